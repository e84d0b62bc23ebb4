"""Facts for the messages about what the supervisor does to a meeting, in the plain and in the most extreme form."""

from typing import Any, Final

from procedure.supervision import BREAKABLE
from tests.views.facts import AT, HEADING, NASTY

_ORDER: Final = {"reason": NASTY * 20, "correction": NASTY * 20}
SUPERVISION_KINDS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("meeting_stopped", HEADING | _ORDER),
    ("annul_offered", HEADING | {"label": NASTY}),
    ("stop_told", HEADING | _ORDER),
    *(("stop_lifted", HEADING | _ORDER | {"state": "discussion", "next_at": at}) for at in (AT, None)),
    *(
        (
            "motion_annulled",
            HEADING | {"motion_kind": kind.value, "broken": clause, "why": NASTY * 20, "announced": clause == "5.6.4"},
        )
        for kind in BREAKABLE
        for clause in BREAKABLE[kind]
    ),
]
"""(kind, facts) of all of them."""
