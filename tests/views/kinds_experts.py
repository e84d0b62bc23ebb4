"""Facts for the messages about questions to the experts, in the plain and in the most extreme form."""

from typing import Any, Final

from tests.views.facts import AT, HEADING, NASTY

ENDED_ANSWERS: Final = (
    "done",
    "time",
    "unanswered",
    "chair",
    "silent",
    "silent_unspoken",
    "left",
    "muted",
    "blocked",
    "promised",
)
_ASKED: Final = {"number": 600, "asker": NASTY, "text": NASTY * 9}
_SETTLED: Final = {"questions": [_ASKED | {"expert": NASTY, "number": number} for number in range(541, 601)]}
_ONE: Final = {"questions": [{"number": 1, "asker": "1-102", "text": "离楼多远？", "expert": None}]}
_ENDED: Final[list[tuple[str, dict[str, Any]]]] = [
    ("handover", {"ended": {"label": NASTY, "reason": reason, "why": NASTY, "kind": "answer"}, "waiting": 0})
    for reason in ENDED_ANSWERS
]
EXPERT_KINDS: Final[list[tuple[str, dict[str, Any]]]] = [
    *((kind, facts | {"next": None}) for kind, facts in _ENDED),
    ("question_assigned", _ASKED | {"minutes": 8}),
    ("your_answer", _ASKED | {"minutes": 8}),
    ("answer_due", {"question_id": 10**18, "number": 600, "text": NASTY * 9, "due": "2026-11-30"}),
    ("questions_settled", _SETTLED | {"by": "chair", "until": None, "why": NASTY * 9}),
    ("questions_settled", _SETTLED | {"by": "chair", "until": "2026-11-30", "why": ""}),
    ("questions_settled", _SETTLED | {"by": "expert", "until": "2026-11-30", "why": ""}),
    ("questions_settled", _ONE | {"by": "chair", "until": None, "why": "不是这次会的事"}),
    ("answer_written", _ASKED | {"label": NASTY, "question": NASTY * 9, "text": NASTY * 99}),
]
_LISTS: Final = ["queue", "not_voted", "absent", "present", "questions"]
_ENTRY: Final = {"label": NASTY, "seat": 999, "stance": "against", "reason": "not_yet_spoken", "number": 600}
_LIST_KINDS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("list_closing", {"until": AT, "why": NASTY * 9}),
    *(
        (
            "name_list",
            {"list": name, "lists": _LISTS, "page": 2, "pages": 20, "count": 600, "first": 571, "entries": most},
        )
        for name in _LISTS
        for most in ([], [_ENTRY | {"text": NASTY * 9}] * 30)
    ),
]
EXPERT_MESSAGES: Final = [(kind, HEADING | facts) for kind, facts in EXPERT_KINDS + _LIST_KINDS]
"""(kind, facts) of all of them."""
