"""Facts as services give them, from plain to extreme."""

from typing import Any

TZ = "Asia/Shanghai"
AT = "2026-03-02T07:42:30+00:00"
NASTY = "<b>甲</b>&\u202egnp.exe\u200f👨‍👩‍👧" + "长" * 60
STATES = (
    "scheduled",
    "check_in",
    "rules_vote",
    "open",
    "explained",
    "discussion",
    "expert_answers",
    "wording",
    "main_vote",
    "announced",
    "adjourned",
    "suspended",
    "diverted",
)
MAJORITY = {"numerator": 1, "denominator": 2, "or_above": False, "source": "5.5.3 c"}
TWO_THIRDS = {"numerator": 2, "denominator": 3, "or_above": True, "source": NASTY}
ANNEX: dict[str, Any] = {
    "item": "D.h",
    "reason": NASTY * 9,
    "referred": None,
    "outcome": None,
    "why": None,
    "agreed": ["adviser", "chair"],
}
FLOOR: dict[str, Any] = {"points_open": 0, "experts": False, "questions_open": 0, "question": None}
FLOOR |= {"standing": False, "next_starts_at": None}
HEADING = {"tz": TZ, "meeting_id": 10**18, "topic": {"number": 3, "title": NASTY * 3}}


def rules(threshold: dict[str, Any] = MAJORITY, closing: int | None = None) -> dict[str, Any]:
    """Settings as to_json gives them."""
    return {
        "minutes": 3,
        "turns": 2,
        "floor_mode": "soft",
        "list_closes_after_minutes": closing,
        "threshold": threshold,
    }


def turn(kind: str = "speech", *, running: bool = True, asked: bool = False) -> dict[str, Any]:
    """Who has the floor."""
    return {
        "id": 10**18,
        "label": NASTY,
        "kind": kind,
        "stance": "for" if kind == "speech" else None,
        "minutes": 3,
        "number": 1,
        "running": running,
        "ends_at": AT if running else None,
        "asked": asked,
    }


def queue(length: int) -> list[dict[str, Any]]:
    """Hands in their order."""
    reasons = ("not_yet_spoken", "other_side", "earliest", "only_hand")
    return [
        {
            "hand_id": 10**18 + place,
            "label": NASTY,
            "stance": ("for", "against")[place % 2],
            "reason": reasons[place % 4],
            "number": 1,
        }
        for place in range(length)
    ]


def wording(items: int = 9, objections: int = 1000) -> dict[str, Any]:
    """An opinion as long as the rules allow."""
    return {
        "version": 2,
        "items": [
            {"number": number, "text": "条" * 300, "implementer": "位" * 60, "due": "2026-11-30"}
            for number in range(1, items + 1)
        ],
        "objections": "异" * objections,
        "corrections_until": AT,
        "requests_open": 2,
        "digest": "ab" * 32,
    }


def motion(stage: str = "calling", kind: str = "main") -> dict[str, Any]:
    """A vote under way."""
    decided = stage == "decided"
    return {
        "id": 10**18,
        "kind": kind,
        "round": 1,
        "stage": stage,
        "calling": "for" if stage == "calling" else None,
        "earliest_close": AT if stage == "calling" else None,
        "correction_until": AT if stage == "correcting" else None,
        "roster": 500,
        "counts": {"for": 250, "against": 250, "abstain": 0} if decided else None,
        "voted": 499,
        "verdict": ("refused" if kind == "item" else "reconvene") if decided else None,
        "digest": "ab" * 32,
        "void": [{"round": 1, "clause": "5.5.3 b"}],
        "item": {"number": 2, "text": NASTY, "version": 1, "alternative": NASTY} if kind == "item" else None,
    }


def result(verdict: str = "agreed", threshold: dict[str, Any] = MAJORITY) -> dict[str, Any]:
    """A verdict with its arithmetic."""
    met = verdict == "agreed"
    figures = {"agreed": (7, 3, 2), "ended": (3, 7, 2), "reconvene": (5, 5, 2), "none": (0, 0, 0)}[verdict]
    total = sum(figures)
    left = threshold["denominator"] * figures[0]
    right = threshold["numerator"] * total
    return {
        "verdict": verdict,
        "tally": {"for": figures[0], "against": figures[1], "abstain": figures[2], "total": total},
        "roster": 12,
        "percent": {"for": "58.33", "against": "25.00", "abstain": "16.66"},
        "arithmetic": {"left": left, "right": right, "sign": ">" if left > right else "<", "met": met},
        "threshold": threshold,
    }


def board(state: str, **more: Any) -> dict[str, Any]:
    """A group board's facts, nothing going on unless said."""
    return (
        HEADING
        | {
            "state": state,
            "sitting": 2,
            "scheduled_at": AT,
            "opened_at": AT,
            "interruptions": 7,
            "removed": 0,
            "chair": NASTY,
            "posts": [
                {"post": post, "label": NASTY, "present": post == "chair", "deputy": False}
                for post in ("chair", "recorder", "supervisor")
            ],
            "stakeholders": 500,
            "present_stakeholders": 499,
            "present_others": 12,
            "rules": rules(),
            "rules_adopted": None,
            "turn": None,
            "queue": [],
            "last_call_until": None,
            "list_closes_at": None,
            "list_closed": False,
            "spoken": 0,
            "wording": None,
            "motion": None,
            "result": None,
            "next_at": None,
            "bot_username": "yishiting_bot",
            "stop": None,
            "fact_sheet": None,
            **FLOOR,
            "annex": ANNEX if state in ("suspended", "diverted") else None,
        }
        | more
    )


def full_board(state: str) -> dict[str, Any]:
    """Everything at once, as much of it as there can be."""
    return board(
        state,
        rules=rules(TWO_THIRDS, 60),
        turn=turn(asked=True),
        queue=queue(500),
        last_call_until=AT,
        list_closes_at=AT,
        list_closed=True,
        spoken=999,
        wording=wording(),
        motion=motion("correcting"),
        result=result("reconvene", TWO_THIRDS),
        next_at=AT,
        points_open=3,
        experts=True,
        questions_open=600,
        question={"number": 600, "asker": NASTY, "text": NASTY * 9},
        next_starts_at=AT,
        removed=5,
        fact_sheet=10**18,
    )


PEOPLE: dict[str, Any] = {
    "doubles": [{"alike": alike, "labels": [NASTY] * 30} for alike in ("account", "name", "household") * 2],
    "doubles_more": 94,
    "unreached": [NASTY] * 20,
    "unreached_more": 480,
}
QUESTIONS: dict[str, Any] = {
    "questions": [
        {"question_id": 10**18 + one, "number": one, "label": NASTY, "excerpt": NASTY}
        | {"expert": NASTY if one < 4 else None, "minutes": 8, "here": one < 4}
        for one in range(5)
    ],
    "questions_more": 600,
}


def order() -> dict[str, Any]:
    """What was said out of turn, who is muted, why the chair removed what."""
    return {
        "outspoken": [
            {"speech_id": 10**18 + one, "label": NASTY, "excerpt": NASTY, "removed": one > 3, "first": one < 3}
            for one in range(30)
        ],
        "muted": [
            {"restriction_id": 10**18 + one, "label": NASTY, "state": state, "ends_at": ends}
            for one, (state, ends) in enumerate((("restricted", AT), ("asked", None), ("unknown", AT)))
        ],
        "removals": [{"label": NASTY, "why": NASTY * 9} for _ in range(3)],
    }


def console(state: str, actions: tuple[str, ...], **more: Any) -> dict[str, Any]:
    """An official's console offering these steps."""
    return (
        full_board(state)
        | {
            "post": "chair",
            "checked_in": False,
            "steps": [
                {"action": action, "clause": "5.5.2 b", "from": None, "needs_reason": False} for action in actions
            ],
            "interrupters": [{"speech_id": 10**18 + one, "label": NASTY, "excerpt": NASTY} for one in range(3)],
            "not_voted": [NASTY] * 20,
            "not_voted_more": 480,
            "absent": [NASTY] * 20,
            "absent_more": 480,
            "requests": [{"id": 10**18 + one, "label": NASTY, "text": NASTY * 5} for one in range(30)],
            "hands": queue(500),
            "points": [{"point_id": 10**18 + one, "label": NASTY, "excerpt": NASTY} for one in range(30)],
            "borrowed": [{"speech_id": 10**18 + one, "label": NASTY, "excerpt": NASTY} for one in range(5)],
            "hindered": {"turn_id": 10**18, "label": NASTY, "how": "muted"},
            "readings": [
                {"reading_id": 10**18 + one, "label": NASTY, "excerpt": NASTY, "now": one < 3} for one in range(30)
            ],
            "fact_sheet_readers": 600,
            **QUESTIONS,
            **PEOPLE,
            "voices": [{"speech_id": 10**18 + one, "label": NASTY, "at": AT} for one in range(30)],
            **order(),
        }
        | more
    )
