"""What is voted on in which state, and what is presupposed: around a turn, in a hybrid room, by keeping order."""

from datetime import datetime, timedelta
from typing import Any

from procedure.meeting import MotionFacts, RoomFacts, TurnFacts
from procedure.terms import MeetingState, MotionKind, TurnKind

_ORDERED = "rules_vote open explained discussion expert_answers wording main_vote"
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


def turn_of(kind: TurnKind, now: datetime) -> TurnFacts:
    """A turn of this kind that runs for another minute."""
    return TurnFacts(7, kind, running=True, ends_at=now + timedelta(minutes=1))


def around_turns(now: datetime) -> dict[str, dict[str, Any]]:
    """What the steps around a turn presuppose, and those about questions to the experts."""
    speech = {"turn": turn_of(TurnKind.SPEECH, now)}
    questions = ("ask_expert", "enter_question", "merge_questions", "assign_question")
    return {
        **dict.fromkeys(("undo_grant", "pass_on", "read_out"), speech),
        "grant_by_standing": {"waiting": 1, "standing": True},
        "end_standing": {"standing": True},
        "decide_point": {"points_open": 1},
        **order_kept(),
        **{name: {"experts": 1, "questions_open": 2} for name in (*questions, "call_expert", "settle_questions")},
    }
