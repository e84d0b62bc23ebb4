"""Facts for the messages around the room of a hybrid meeting, in the plain and in the most extreme form."""

from typing import Any, Final

from procedure.seats import MOST_SEATS
from tests.views.facts import HEADING, NASTY

SEATS: Final = [[1000 - seat, NASTY] for seat in range(1, MOST_SEATS + 1)]
_HANDS: Final = {"stance": "against", "hands": SEATS}
ROOM_KINDS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("room_speech", {"label": NASTY, "seat": 999, "stance": "for", "text": NASTY * 99, "speech_id": 1}),
    ("room_speech", {"label": NASTY, "seat": 1, "stance": None, "text": NASTY, "speech_id": 1}),
    ("hands_to_confirm", _HANDS | {"batch_id": 10**18}),
    ("hands_to_confirm", {"stance": "for", "hands": [[3, "2-201"]], "batch_id": 1}),
    ("hands_judged", _HANDS | {"state": "refused", "count": 0, "skipped": []}),
    ("hands_judged", _HANDS | {"state": "confirmed", "count": 300, "skipped": list(range(1, 151))}),
    ("hands_set_aside", {"count": 300, "why": NASTY * 9}),
    ("room_hand_counted", {"stance": "abstain", "seat": 999, "code": "0042"}),
]
ROOM_MESSAGES: Final = [(kind, HEADING | facts) for kind, facts in ROOM_KINDS]
"""(kind, facts) of all of them."""
BOARD: Final = {"seated": 300, "hands": 150, "waiting": 150}
CONSOLE: Final = {
    "room": BOARD,
    "seats": SEATS,
    "room_hands": [{"hand_id": 10**18 + one, "label": NASTY} for one in range(30)],
    "batches": [{"id": 10**18 + one, "stance": "for", "hands": SEATS} for one in range(9)],
}
