"""Facts for the minutes in the private chat: a full page, of nothing but what is hard to show, and an empty one."""

from typing import Any, Final

from services.minutes_reading import BESIDE, PAGE_ROOM
from tests.views.facts import AT, NASTY, TZ

_TOPIC: Final = {"topic_id": 10**9, "topic": {"number": 3, "title": NASTY * 9}, "tz": TZ, "meeting_id": 10**18}
_LINK: Final = "https://t.me/c/1000000000/1000000"
_HARD: Final = ("<b>&\u202e赞成\u2066" * PAGE_ROOM)[: PAGE_ROOM // 10 - BESIDE]
_FULL: Final = [{"text": _HARD, "link": _LINK, "goes_on": goes_on} for goes_on in (True, False) for _ in range(5)]
_STATES: Final[tuple[dict[str, Any], ...]] = (
    {"live": True, "signed_at": None, "corrections_until": None, "steps": []},
    {"live": False, "signed_at": None, "corrections_until": AT, "steps": ["ask_record_correction"]},
    {"live": False, "signed_at": AT, "corrections_until": AT, "steps": ["ask_record_correction"]},
)
_PAGE: Final = {"page": 2, "pages": 999, "blocks": _FULL}
MINUTES_KINDS: Final[list[tuple[str, dict[str, Any]]]] = [
    *(
        (
            "minutes_page",
            _TOPIC | state | {"whole": whole, "may_correct": whole, "page": 2, "pages": 999, "blocks": _FULL},
        )
        for state in _STATES
        for whole in (False, True)
    ),
    ("minutes_page", _TOPIC | _STATES[0] | {"whole": False, "may_correct": False, "page": 1, "pages": 1, "blocks": []}),
    ("line_corrected", _TOPIC | {"label": NASTY, "text": NASTY * 99, "before": NASTY * 99, "reply_to": None}),
    *(
        ("minutes_file", _TOPIC | {"document": ["ab" * 32, NASTY], "sha256": "ab" * 32, "signed": signed})
        for signed in (False, True)
    ),
]
