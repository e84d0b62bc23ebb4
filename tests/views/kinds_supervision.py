"""Facts for the messages about what the supervisor does to a meeting, in the plain and in the most extreme form."""

from typing import Any, Final

from tests.views.facts import AT, HEADING, NASTY

_ORDER: Final = {"reason": NASTY * 20, "correction": NASTY * 20}
SUPERVISION_KINDS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("meeting_stopped", HEADING | _ORDER),
    ("stop_told", HEADING | _ORDER),
    *(("stop_lifted", HEADING | _ORDER | {"state": "discussion", "next_at": at}) for at in (AT, None)),
]
"""(kind, facts) of all of them."""
