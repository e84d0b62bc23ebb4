"""Facts for the messages around a matter of annex D, in the plain and in the most extreme form."""

from typing import Any, Final

from tests.views.facts import AT, HEADING, NASTY

_MATTER: Final = {"item": "D.i", "reason": NASTY * 20, "till": AT}
_REFUSED: Final = [None, {"by": 1, "role": "adviser", "why": NASTY * 20}]
ANNEX_KINDS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("annex_raised", HEADING | _MATTER),
    *(("annex_referred", HEADING | _MATTER | {"refused": refused}) for refused in _REFUSED),
    *(("annex_to_judge", HEADING | _MATTER | {"refused": refused, "topic_id": 10**18}) for refused in _REFUSED),
    *(("annex_dismissed", HEADING | {"item": "D.a", "why": NASTY * 20, "next_at": at}) for at in (AT, None)),
    *(("annex_diverted", HEADING | {"item": "D.a", "why": why, "told_by": "2026-11-09"}) for why in (NASTY * 20, None)),
]
"""(kind, facts) of all of them."""
