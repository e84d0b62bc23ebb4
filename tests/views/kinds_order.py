"""Facts for the messages about order in the group, in the plain and in the most extreme form."""

from typing import Any, Final

from procedure.floor import Way
from tests.views.facts import HEADING, NASTY

ORDER_TOLD: Final = (
    *(f"mute-{code}" for code in ("unknown", "admin", "gone", "silent", "right", "basic")),
    "floor-soft",
    "floor-strict",
    "restart",
)
_WHY: Final = NASTY * 9
ORDER_KINDS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("words_removed", HEADING | {"label": NASTY, "why": _WHY}),
    ("words_removed", HEADING | {"label": None, "why": "x"}),
    *((kind, HEADING | {"way": way.value}) for kind in ("floor_hint", "hint_removed", "hint_hand") for way in Way),
    *(
        (kind, HEADING | {"label": NASTY, "why": _WHY, "minutes": minutes})
        for kind in ("mute_posted", "mute_told")
        for minutes in (5, None)
    ),
    ("mute_over", HEADING),
    ("mute_by_hand", HEADING | {"label": NASTY}),
    *(("order_told", HEADING | {"code": code, "label": NASTY}) for code in ORDER_TOLD),
    ("order_told", HEADING | {"code": "mute-gone", "label": None}),
]
