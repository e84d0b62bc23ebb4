"""The kinds of message that leave the house, how urgent each is and what is done when nobody knows whether it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

CLOSE_OF_VOTE: Final = 0
ORDER: Final = 5
FLOOR: Final = 10
DEADLINE: Final = 20
PERSONAL: Final = 30
BOARD: Final = 40


@dataclass(frozen=True, slots=True)
class Kind:
    """How a message is treated: `repeat` says what to do when nobody knows whether it arrived."""

    repeat: Literal["repeat", "once", "ask"]
    priority: int
    seconds: int | None = None
    """After so many seconds it is no longer worth sending."""


KINDS: Final[Mapping[str, Kind]] = {
    "board_post": Kind("repeat", FLOOR),
    "private_board": Kind("repeat", BOARD),
    "board_pin": Kind("repeat", BOARD),
    "board_close": Kind("repeat", BOARD),
    "board_delete": Kind("repeat", BOARD),
    "post_pin": Kind("repeat", BOARD),
    "handover": Kind("repeat", FLOOR),
    "turn_warning": Kind("once", FLOOR, 30),
    "silence_ask": Kind("once", FLOOR, 30),
    "read_out": Kind("repeat", FLOOR),
    "point_raised": Kind("repeat", FLOOR),
    "point_decided": Kind("repeat", FLOOR),
    "voice_summed": Kind("once", BOARD, 600),
    "line_corrected": Kind("once", BOARD, 600),
    "reading_waits": Kind("once", FLOOR, 180),
    "speaker_gone": Kind("once", FLOOR, 120),
    "turn_extended": Kind("repeat", FLOOR),
    "please_stop": Kind("once", FLOOR, 60),
    "civility_reminder": Kind("once", FLOOR),
    "speech_delete": Kind("repeat", ORDER),
    "words_removed": Kind("once", FLOOR, 600),
    "floor_hint": Kind("once", BOARD, 60),
    "hint_removed": Kind("once", PERSONAL, 300),
    "member_look": Kind("repeat", ORDER),
    "member_restrict": Kind("repeat", ORDER),
    "member_restore": Kind("repeat", ORDER),
    "mute_posted": Kind("once", FLOOR, 600),
    "mute_told": Kind("once", PERSONAL, 600),
    "mute_over": Kind("once", PERSONAL, 600),
    "mute_by_hand": Kind("repeat", DEADLINE),
    "order_told": Kind("once", FLOOR, 3600),
    "reasons_read": Kind("repeat", FLOOR),
    "last_call": Kind("repeat", FLOOR),
    "list_closed": Kind("repeat", FLOOR),
    "list_closing": Kind("repeat", FLOOR),
    "rules_shown": Kind("repeat", FLOOR),
    "rules_result": Kind("repeat", CLOSE_OF_VOTE),
    "declared_open": Kind("repeat", FLOOR),
    "wording_posted": Kind("repeat", FLOOR),
    "correction_decided": Kind("repeat", FLOOR),
    "item_result": Kind("repeat", CLOSE_OF_VOTE),
    "vote_starts": Kind("repeat", CLOSE_OF_VOTE),
    "result": Kind("ask", CLOSE_OF_VOTE),
    "look_please": Kind("repeat", PERSONAL),
    "result_text": Kind("repeat", CLOSE_OF_VOTE),
    "adjourned": Kind("repeat", CLOSE_OF_VOTE),
    "sitting_missed": Kind("repeat", FLOOR),
    "sitting_missed_private": Kind("once", DEADLINE),
    "annex_raised": Kind("repeat", CLOSE_OF_VOTE),
    "annex_referred": Kind("repeat", FLOOR),
    "annex_to_judge": Kind("repeat", DEADLINE),
    "annex_dismissed": Kind("repeat", DEADLINE),
    "annex_diverted": Kind("repeat", CLOSE_OF_VOTE),
    "meeting_stopped": Kind("repeat", CLOSE_OF_VOTE),
    "motion_annulled": Kind("repeat", CLOSE_OF_VOTE),
    "annul_offered": Kind("repeat", DEADLINE),
    "stop_told": Kind("repeat", DEADLINE),
    "stop_lifted": Kind("repeat", FLOOR),
    "sitting_resumed": Kind("repeat", FLOOR),
    "room_speech": Kind("repeat", FLOOR),
    "hands_to_confirm": Kind("repeat", FLOOR),
    "hands_judged": Kind("repeat", FLOOR),
    "hands_set_aside": Kind("repeat", CLOSE_OF_VOTE),
    "room_hand_counted": Kind("once", PERSONAL),
    "chair_replaced": Kind("repeat", FLOOR),
    "chair_passed_on": Kind("repeat", FLOOR),
    "chair_asked": Kind("once", FLOOR, 60),
    "resumed_after_restart": Kind("repeat", FLOOR),
    "clock_jumped": Kind("once", PERSONAL, 600),
    "group_status": Kind("once", BOARD, 60),
    "bind_answer": Kind("once", BOARD, 600),
    "bot_added": Kind("once", BOARD, 600),
    "group_moved": Kind("repeat", FLOOR),
    "topic_lost": Kind("repeat", PERSONAL),
    "channel_ban": Kind("repeat", ORDER),
    "channel_told": Kind("once", PERSONAL),
    "channel_hint": Kind("once", BOARD, 600),
    "anonymous_hint": Kind("once", BOARD, 60),
    "official_gone": Kind("once", PERSONAL),
    "start_hint": Kind("once", BOARD, 600),
    "minutes_file": Kind("once", PERSONAL),
    "questions_settled": Kind("repeat", FLOOR),
    "answer_written": Kind("repeat", DEADLINE),
    "your_answer": Kind("once", FLOOR, 60),
    "question_assigned": Kind("once", PERSONAL),
    "answer_due": Kind("repeat", PERSONAL),
    "roll_file": Kind("once", PERSONAL),
    "group_checkup": Kind("once", BOARD, 60),
    "typed_refusal": Kind("once", BOARD, 60),
    "vote_receipt": Kind("once", PERSONAL),
    "vote_nudge": Kind("once", PERSONAL, 60),
    "vote_nudge_group": Kind("once", FLOOR, 60),
    "hint_hand": Kind("once", PERSONAL, 300),
    "hint_borrowed": Kind("once", PERSONAL, 300),
    "hint_vote": Kind("once", PERSONAL, 60),
    "your_turn": Kind("once", FLOOR, 60),
    "typed_answer": Kind("once", PERSONAL, 120),
    "meeting_tomorrow": Kind("once", DEADLINE),
    "meeting_adjourned_private": Kind("once", DEADLINE),
    "reminder": Kind("once", DEADLINE),
    "topic_proposed": Kind("repeat", DEADLINE),
    "proposal_received": Kind("repeat", PERSONAL),
    "topic_registered": Kind("repeat", PERSONAL),
    "topic_to_review": Kind("repeat", DEADLINE),
    "topic_reviewed": Kind("repeat", PERSONAL),
    "review_told": Kind("repeat", DEADLINE),
    "proposer_unreachable": Kind("repeat", DEADLINE),
    "post_offered": Kind("repeat", DEADLINE),
    "post_unreachable": Kind("repeat", DEADLINE),
    "offer_withdrawn": Kind("repeat", PERSONAL),
    "post_declined": Kind("repeat", PERSONAL),
    "posts_complete": Kind("repeat", DEADLINE),
    "plan_sent": Kind("repeat", DEADLINE),
    "plan_news": Kind("repeat", DEADLINE),
    "look_at_post": Kind("repeat", PERSONAL),
    "notice_posted": Kind("ask", DEADLINE),
    "notice_paper": Kind("ask", DEADLINE),
    "notice_told": Kind("repeat", PERSONAL),
    "meeting_postponed": Kind("ask", DEADLINE),
    "meeting_postponed_private": Kind("repeat", DEADLINE),
    "record_draft": Kind("repeat", DEADLINE),
    "record_handed": Kind("repeat", DEADLINE),
    "result_published": Kind("ask", DEADLINE),
    "paper_posted": Kind("ask", DEADLINE),
    "result_told": Kind("repeat", DEADLINE),
    "supervision_published": Kind("ask", DEADLINE),
    "after_posted": Kind("repeat", DEADLINE),
    "after_news": Kind("repeat", DEADLINE),
    "paper_copy": Kind("once", PERSONAL),
}

ANSWERS_A_MINUTE: Final = MappingProxyType(
    {
        "typed_refusal": 3,
        "group_status": 1,
        "floor_hint": 1,
        "anonymous_hint": 1,
        "channel_hint": 2,
        "start_hint": 1,
    }
)
"""Answers that anybody in the group can provoke: more would take the group's calls from the floor (our rule)."""
