"""Facts for the messages about the group itself, in the plain and in the most extreme form."""

from typing import Any, Final

from tests.views.facts import HEADING, NASTY

LOOK: Final = {
    "rights": dict.fromkeys(("admin", "pin", "delete", "restrict"), False),
    "community": None,
    "reads_all": False,
    "missing_updates": ["chat_member"],
    "kind": "group",
    "boosts": 3,
    "slow_mode": 60,
}
WELL: Final = LOOK | {
    "rights": dict.fromkeys(("admin", "pin", "delete", "restrict"), True),
    "community": NASTY,
    "reads_all": True,
    "missing_updates": [],
    "kind": "supergroup",
    "boosts": 0,
    "slow_mode": 0,
}
PLACES_KINDS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("group_moved", {"live": True}),
    ("group_moved", {"live": False}),
    ("topic_lost", HEADING | {"closed": False}),
    ("topic_lost", HEADING | {"closed": True}),
    ("anonymous_hint", HEADING | {"reply_to": 7}),
    ("channel_hint", HEADING | {"reply_to": 7}),
    ("channel_told", HEADING | {"title": NASTY * 9}),
    *(("official_gone", HEADING | {"label": NASTY, "post": post}) for post in ("chair", "deputy_chair", "recorder")),
    ("group_uneven", HEADING | {"look": {"kind": "group", "boosts": 3, "slow_mode": 60}}),
    ("start_hint", HEADING | {"bot_username": "yishiting_bot"}),
    ("group_checkup", LOOK),
    (
        "bind_answer",
        {"outcome": "bound", "title": NASTY, "chat": 1, "channel": False, "basic": True, "community": NASTY},
    ),
    ("group_checkup", WELL | {"rights": {"admin": False}}),
    ("group_checkup", WELL),
]
"""(kind, facts) of all of them."""
