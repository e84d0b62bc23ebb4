"""Facts of reminders, things to do, lists of topics and topics' pages, in the plain and in the most extreme form."""

from typing import Any, Final

from procedure.clocks import CLOCKS, LEADS_TO, DeadlineKind
from procedure.course import STEPS
from procedure.terms import Post
from tests.views.facts import AT, NASTY, TZ

TOPIC: Final = {"tz": TZ, "topic_id": 10**18, "topic": {"number": 3, "title": NASTY * 3}}
EVENTS: Final = (
    "proposed",
    "registered",
    "review_approved",
    "review_rejected",
    "review_diverted",
    "posts_accepted",
    "plan_drafted",
    "plan_sent",
    "plan_final",
    "objection",
    "objection_answered",
    "notice_published",
    "vote_annulled",
    "meeting_opened",
    "announced",
    "meeting_diverted",
    "record_signed",
    "record_handed",
    "result_notice_published",
    "item_received",
    "item_done",
    "b4_published",
    "archive_confirmed",
)


def arithmetic(kind: DeadlineKind, *, moved: bool = False) -> dict[str, Any]:
    """A sum as a deadline keeps it."""
    clock = CLOCKS[kind]
    return {
        "clause": clock.clause,
        "unit": clock.unit.value,
        "amount": clock.amount,
        "start": "2026-11-05",
        "nominal": "2026-11-08",
        "last_day": "2026-11-09" if moved else "2026-11-08",
        "uncertain": moved,
    }


def item(kind: DeadlineKind, role: str, *, late_days: int = 0, missed: int = 0, **more: Any) -> dict[str, Any]:
    """A running clock as `services.deadlines.describe` and a reminder give it."""
    return (
        TOPIC
        | {
            "deadline_id": 10**18,
            "kind": kind.value,
            "ends_at": AT,
            "arithmetic": arithmetic(kind, moved=bool(late_days)),
            "late": late_days > 0,
            "late_days": late_days,
            "who": sorted(standing.value for standing in CLOCKS[kind].acting),
            "item": {"number": 9, "text": NASTY * 9} if kind is DeadlineKind.ITEM else None,
            "step": "created",
            "role": role,
            "missed_minutes": missed,
            "meeting_id": 10**18,
            "place": NASTY,
        }
        | more
    )


def every(late_days: int = 0) -> list[dict[str, Any]]:
    """Each kind of clock, once for everybody it reminds, each of another topic."""
    pairs = [(kind, role) for kind, clock in CLOCKS.items() for role in (*clock.acting, *clock.watching)]
    return [
        item(kind, role.value, late_days=late_days, missed=number * 60, topic_id=10**18 + number)
        for number, (kind, role) in enumerate(pairs)
    ]


def waiting(number: int, *posts: str) -> dict[str, Any]:
    """A topic in which it is somebody's turn."""
    steps = list(STEPS)
    more = {"stage": "plan", "steps": steps, "needed": steps[:6], "posts": list(posts)}
    return TOPIC | {"topic_id": 10**18 + number} | more


def listed(number: int, stage: str = "plan", **more: Any) -> dict[str, Any]:
    """A topic in a list."""
    nothing = {"outcome": None, "state": None, "meeting_at": None, "ends_at": None}
    return {"topic_id": 10**18 + number, "number": number, "title": NASTY, "stage": stage} | nothing | more


BUSY: Final = {"todo": 99, "waiting": [waiting(1)] * 4}
QUIET: Final = {"todo": 0, "waiting": []}
LISTED: Final = [
    listed(1, "meeting", state="discussion", meeting_at=AT),
    listed(2, "closed", outcome="agreed"),
    listed(3, ends_at=AT),
    listed(4),
]
PAGE: Final[dict[str, Any]] = TOPIC | {
    "fact_sheet": {"version": 9, "readers": 600},
    "alike": [{"topic_id": 10**18, "number": 10**6, "title": NASTY * 3, "words": [NASTY] * 3}] * 3,
    "stage": "plan",
    "outcome": None,
    "steps": list(STEPS),
    "awaits": {"register_topic": ["committee"]},
    "mine": ["committee"],
    "clocks": every() + every(9),
    "events": [{"event": name, "at": AT, "version": 2, "number": 9, "verdict": "agreed"} for name in EVENTS],
    "more": 30,
    "posts": {post.value: NASTY for post in Post},
    "proposal": NASTY * 20,
    "support": {"count": 40, "households": 30, "labels": [NASTY] * 40},
    "planned": AT,
    "choice": {"item": "C.2.3", "annex": None, "told": {"annex": "D.h", "elsewhere": "repair"}},
}
BARE: Final[dict[str, Any]] = {
    "alike": [],
    "steps": [],
    "clocks": [],
    "events": [],
    "more": 0,
    "posts": {},
    "support": {"count": 1},
    "planned": None,
    "choice": None,
    "fact_sheet": None,
}
UPLOADED: Final = {"event": "uploaded", "on": "2026-12-01"}

FOUND: dict[str, Any] = {
    "words": NASTY * 9,
    "asked": 10**6,
    "count": 120,
    "page": 2,
    "pages": 24,
    "understood": True,
    "hits": [
        {
            "topic_id": 10**18 + number,
            "topic": {"number": 10**6, "title": NASTY * 3},
            "community": f"{number}{NASTY}",
            "kind": kind,
            "on": "2026-11-04",
            "passages": [["…", False], [NASTY * 2, False], [NASTY, True], [" <b>", False]],
        }
        for number, kind in enumerate(("topic", "notice", "minutes", "opinion", "topic"))
    ],
}
CLOCK_KINDS: Final[list[tuple[str, dict[str, Any]]]] = [
    *(("reminder", {"tz": TZ, "items": [one]}) for late in (0, 2) for one in every(late)),
    *(("reminder", {"tz": TZ, "items": [one | {"steps": sorted(LEADS_TO[one["kind"]])}]}) for one in every()),
    ("reminder", {"tz": TZ, "items": every() + every(3)}),
    ("meeting_tomorrow", item(DeadlineKind.MEETING, "resident", at=AT)),
    ("todo", {"items": [], "waiting": [], "tz": TZ}),
    ("todo", {"items": every(3) + every(), "waiting": [waiting(1), waiting(2, "recorder", "adviser")] * 9, "tz": TZ}),
    ("todo", {"items": [], "waiting": [waiting(1), waiting(2, "recorder")], "tz": TZ}),
    ("topics", {"topics": [], "page": 1, "pages": 1, "tz": TZ}),
    ("topics", {"topics": LISTED * 2, "page": 2, "pages": 4, "tz": TZ}),
    ("search", {}),
    ("found", FOUND),
    ("found", FOUND | {"page": 1, "pages": 1, "count": 1, "hits": FOUND["hits"][:1]}),
    ("found", FOUND | {"hits": [], "count": 0, "pages": 1, "page": 1}),
    ("found", FOUND | {"hits": [], "count": 0, "pages": 1, "page": 1, "understood": False}),
    ("group_status", {"meeting": None, "topics": LISTED, "more": 3, "tz": TZ}),
    ("group_status", {"meeting": None, "topics": LISTED, "more": 0, "tz": TZ}),
    ("topic_page", PAGE),
    ("topic_page", PAGE | BARE),
    ("topic_page", PAGE | BARE | {"stage": "closed", "outcome": "agreed", "awaits": {}}),
    ("timeline", TOPIC | {"events": [UPLOADED, *PAGE["events"]] * 9}),
    ("timeline", TOPIC | {"events": [UPLOADED]}),
]
