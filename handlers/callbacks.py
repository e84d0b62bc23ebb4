"""Taps on our buttons: a verb names a service function, its receipt becomes the toast."""

from types import MappingProxyType
from typing import Any, Final

from aiogram import Bot
from aiogram.types import CallbackQuery

from bot import views
from bot.middlewares import Act, answer_callback
from bot.views.codec import unpack
from services import (
    annex,
    answering,
    calling,
    chairing,
    checkin,
    civility,
    explaining,
    floor,
    hands,
    home,
    minutes_reading,
    muting,
    nudging,
    opening,
    papers,
    private_boards,
    readings,
    result,
    roll,
    room,
    room_votes,
    standing,
    stopping,
    turns,
    unsure,
    unsure_posts,
    voting,
    wording,
)
from services.act import Action

ACTIONS: Final = MappingProxyType[str, Action](
    {
        "open_check_in": opening.open_check_in,
        "check_in": checkin.check_in,
        "ask_chair": chairing.ask_chair,
        "chair_here": chairing.chair_here,
        "take_chair": chairing.take_chair,
        "hand_over_chair": chairing.hand_over_chair,
        "take_chair_back": chairing.take_chair_back,
        "open_meeting": opening.open_meeting,
        "resume_sitting": opening.resume_sitting,
        "put_rules": opening.put_rules,
        "declare_open": opening.declare_open,
        "start_explanation": explaining.start_explanation,
        "finish_explanation": explaining.finish_explanation,
        "open_discussion": explaining.open_discussion,
        "raise_hand": hands.raise_hand,
        "lower_hand": hands.lower_hand,
        "grant": turns.grant,
        "yield_turn": turns.yield_turn,
        "still_speaking": turns.still_speaking,
        "pass_on": calling.pass_on,
        "allow_standing": standing.allow_standing,
        "end_standing": standing.end_standing,
        "read_out": readings.read_out,
        "call_expert": answering.call_expert,
        "please_stop": floor.please_stop,
        "lift_mute": muting.lift_mute,
        "lift_mutes": muting.lift_mutes,
        "remind_civility": civility.remind_civility,
        "dismiss_flag": civility.dismiss_flag,
        "lower_room_hand": room.lower_room_hand,
        "end_room_turn": room.end_room_turn,
        "confirm_hands": room_votes.confirm_hands,
        "refuse_hands": room_votes.refuse_hands,
        "withdraw_hands": room_votes.withdraw_hands,
        "last_call": floor.last_call,
        "open_wording": wording.open_wording,
        "open_call": voting.open_call,
        "close_call": voting.close_call,
        "cast_vote": voting.cast_vote,
        "nudge_voters": nudging.nudge_voters,
        "put_again": voting.put_again,
        "announce": result.announce,
        "agree_annex": annex.agree_annex,
        "resume_meeting": annex.resume_meeting,
        "lift_stop": stopping.lift_stop,
        "was_delivered": unsure.was_delivered,
        "send_again": unsure.send_again,
        "post_seen": unsure_posts.post_seen,
        "post_again": unsure_posts.post_again,
        "open_console": home.open_console,
        "open_board": private_boards.open_board,
        "close_board": private_boards.close_board,
        "paper": papers.fetch_paper,
        "minutes_file": minutes_reading.send_file,
        "roll_file": roll.fetch_roll,
    }
)
"""Verb → what it does; the other verbs of the codec open pages and forms in private chats."""

_BESIDES: Final[dict[str, dict[str, Any]]] = {"check_in": {"via": "button"}}


async def pressed(query: CallbackQuery, bot: Bot, act: Act, language: str) -> None:
    """Carry out what the button stands for; one that stands for nothing is answered calmly."""
    verb, facts = unpack(query.data) or ("", {})
    action = ACTIONS.get(verb)
    if action is None:
        await answer_callback(bot, query.id, views.stale(language))
        return
    receipt = await act(action, **facts, **_BESIDES.get(verb, {}))
    await answer_callback(bot, query.id, views.toast(receipt.code, receipt.facts, language))
