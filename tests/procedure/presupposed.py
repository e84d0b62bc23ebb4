"""What is voted on in which state, what the steps of a hybrid meeting's room presuppose, and those that keep order."""

from datetime import datetime
from typing import Any

from procedure.meeting import MotionFacts, RoomFacts, TurnFacts
from procedure.terms import MeetingState, MotionKind

_ORDERED = "rules_vote open explained discussion wording main_vote"
_ENDED = "check_in suspended adjourned announced diverted"
REASONED = ("remove_words", "mute_member")
LIFTING = ("lift_mute", "lift_mutes")
ORDER = {
    **dict.fromkeys(REASONED, ("chair", _ORDERED)),
    **dict.fromkeys(LIFTING, ("chair supervisor", f"{_ORDERED} {_ENDED}")),
}
"""Who keeps order, and in which states (5.5.2 d)."""


def order_kept() -> dict[str, dict[str, Any]]:
    """What keeping order presupposes."""
    return {name: {"interruptions": 1} for name in REASONED} | {name: {"muted": 1} for name in LIFTING}


def in_the_room(calling: MotionFacts, speech: TurnFacts, entered_at: datetime) -> dict[str, dict[str, Any]]:
    """The recorder's and the second official's steps, by name."""
    seated, asked = RoomFacts(seated=1), RoomFacts(seated=1, batches=1, waiting_since=entered_at)
    judged = ("withdraw_hands", "confirm_hands", "refuse_hands", "set_aside_hands")
    return {
        "room_check_in": {"room": RoomFacts()},
        **{name: {"room": seated} for name in ("raise_room_hand", "lower_room_hand", "write_room_speech")},
        "end_room_turn": {"turn": speech, "room": RoomFacts(seated=1, speaking=True)},
        "enter_hands": {"motion": calling, "room": seated},
        **{name: {"motion": calling, "room": asked} for name in judged},
    }


def kind_in(state: MeetingState) -> MotionKind:
    """The rules, an item of the wording, or the opinion."""
    kinds = {MeetingState.RULES_VOTE: MotionKind.RULES, MeetingState.WORDING: MotionKind.ITEM}
    return kinds.get(state, MotionKind.MAIN)
