"""Facts of what is sent after a meeting, in the plain and in the most extreme form."""

from typing import Any, Final

from procedure.followup import SUPERVISION_FIELDS
from services.papers import COMPOSERS
from tests.views import facts
from tests.views.facts import AT, MAJORITY, NASTY, TWO_THIRDS, TZ

TOPIC: Final = {"tz": TZ, "topic_id": 10**18, "topic": {"number": 3, "title": NASTY * 3}}
FILE: Final = {"paper": {"topic_id": 1, "kind": "b3", "version": 1}, "document": ["ab" * 32, f"{NASTY}.docx"]}
AFTER_NEWS: Final = (
    "challenged",
    "challenge_upheld",
    "challenge_refused",
    "correction_asked",
    "addendum_made",
    "correction_adopted",
    "correction_refused",
    "call_list",
    "waiting",
    "condition_met",
    "again",
    "to_hand",
    "follow_up",
    "to_explain",
    "item_yours",
    "item_received",
    "item_progress",
    "item_done",
    "all_done",
    "b4_ready",
    "item_extended",
    "to_archive",
    "supervised",
    "to_upload",
    "closed",
)
AFTER_POSTED: Final = ("explained", "extended", "closed")
OUTCOMES: Final = ("agreed", "ended", "reconvene", "diverted")
_MORE: Final = {
    "label": NASTY,
    "number": 9,
    "count": 9,
    "till": AT,
    "due": "2026-12-30",
    "outcome": "agreed",
    "words": NASTY * 500,
}


def _results() -> list[dict[str, Any]]:
    condition = {"text": NASTY * 200, "day": "2026-12-30"}
    held: list[dict[str, Any]] = [
        {"outcome": outcome, "result": facts.result(outcome, ratio), "wording": facts.wording(items)}
        for outcome in OUTCOMES[:3]
        for ratio in (MAJORITY, TWO_THIRDS)
        for items in (1, 9)
    ]
    named = [one | {"condition": condition if one["outcome"] == "reconvene" else None} for one in held]
    return [*named, {"outcome": "diverted", "result": None, "wording": None, "condition": None}]


_KINDS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("record_draft", FILE | {"mine": "recorder", "till": AT, "steps": ["name_condition", "sign_record"]}),
    ("record_draft", FILE | {"mine": "listed", "till": AT, "steps": ["ask_record_correction"]}),
    *(("record_handed", FILE | {"kind": kind, "signed_at": AT}) for kind in ("b2", "b3")),
    *(
        (name, one | {"label": NASTY, "person": 1, "meeting": 1})
        for one in _results()
        for name in ("result_published", "result_told")
    ),
    *(
        (name, FILE | {"kind": kind, "void": kind == "b3"})
        for name in ("paper_posted", "paper_copy")
        for kind in COMPOSERS
    ),
    ("topic_papers", {"papers": []}),
    (
        "topic_papers",
        {
            "papers": [
                {"id": 10**18, "kind": kind, "issued_on": "2026-11-30", "void": void}
                for kind in COMPOSERS
                for void in (False, True)
            ]
        },
    ),
    ("supervision_published", {"count": 9, "fields": dict.fromkeys(SUPERVISION_FIELDS, NASTY * 500)}),
    *(("after_news", _MORE | {"code": code, "steps": ["hand_item"]}) for code in AFTER_NEWS),
    ("after_news", {"code": "to_archive", "steps": [], "words": ""}),
    *(("after_posted", _MORE | {"code": code}) for code in AFTER_POSTED),
]
FOLLOWING: Final = [(name, TOPIC | told) for name, told in _KINDS]
