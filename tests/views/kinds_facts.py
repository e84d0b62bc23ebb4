"""Facts for the fact sheet, in the plain and in the most extreme form: eight lines of the longest have to fit."""

from typing import Any, Final

from procedure.fact_sheet import LINE_LIMIT, MOST_LINES, SOURCE_LIMIT
from tests.views.facts import AT, HEADING, NASTY
from tests.views.kinds_planning import NOTICES, TOPIC

_HARD: Final = ("<b>&\u202e\u05d0" * LINE_LIMIT)[:LINE_LIMIT]
_LONG: Final = {"text": _HARD, "source": _HARD[:SOURCE_LIMIT]}
_NUMBERS: Final = list(range(1, MOST_LINES + 1))
_CHANGES: Final = {"added": _NUMBERS, "removed": _NUMBERS, "changed": _NUMBERS}
_SHEET: Final = {"version": 10**6, "digest": "ab" * 32, "attached_at": AT, "changes": _CHANGES, "readers": 10**6}
_LINK: Final = {"topic_id": 10**18, "bot_username": "yishiting_bot"}
FACT_KINDS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("facts_first", HEADING | {"fact_sheet": _LINK}),
    ("facts_first", HEADING | {"fact_sheet": _LINK | {"bot_username": None}}),
    ("fact_sheet", TOPIC | _SHEET | {"lines": [_LONG] * MOST_LINES}),
    ("fact_sheet", TOPIC | _SHEET | {"lines": [{"text": NASTY, "source": NASTY}], "changes": {}, "readers": None}),
    ("fact_sheet", TOPIC | _SHEET | {"lines": None, "readers": None}),
    *(
        (kind, TOPIC | facts | {"fact_sheet": _LINK})
        for kind, facts in NOTICES
        if kind in ("notice_posted", "notice_told")
    ),
]
"""(kind, facts) of all of them."""
