"""Answers to the questions; the last one performs the chair's act."""

from collections.abc import Callable
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.views.words import words
from dialogs.form import ERROR, Form
from dialogs.reason.states import REASON_LIMIT
from procedure.text import clean_text
from services import adjourning, calling, closing_list, explaining, faceless, floor, hands, room_votes, turns
from services.act import Action

RECORD_LANGUAGE: Final = "zh"

Facts = Callable[[dict[str, Any], str], dict[str, Any]]
_ACTS: Final = MappingProxyType[str, tuple[Action, Facts]](
    {
        "grant_other": (turns.grant_other, lambda fields, tz: {"hand_id": fields["hand_id"]}),
        "skip": (hands.skip, lambda fields, tz: {"hand_id": fields["subject_id"]}),
        "undo_grant": (calling.undo_grant, lambda fields, tz: {"turn_id": fields["subject_id"]}),
        "accept_words": (floor.accept_words, lambda fields, tz: {"speech_id": fields["subject_id"]}),
        "ban_channel": (faceless.ban_channel, lambda fields, tz: {"row_id": fields["subject_id"]}),
        "end_turn": (turns.end_turn, lambda fields, tz: {"turn_id": fields["subject_id"]}),
        "extend_turn": (
            turns.extend_turn,
            lambda fields, tz: {"turn_id": fields["subject_id"], "minutes": fields["minutes"]},
        ),
        "close_list": (closing_list.close_list, lambda fields, tz: {}),
        "set_aside_hands": (room_votes.set_aside_hands, lambda fields, tz: {}),
        "start_explanation": (explaining.start_explanation, lambda fields, tz: {}),
        "adjourn": (adjourning.adjourn, lambda fields, tz: {"next_at": instant(fields["day"], fields["time"], tz)}),
    }
)


def instant(day: str, hour: str, tz: str) -> datetime:
    """A local day and time of day as an aware instant."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), ZoneInfo(tz))


async def choose_hand(form: Form, value: str) -> None:
    """Who goes first."""
    await form.keep(hand_id=int(value))


async def choose_minutes(form: Form, value: str) -> None:
    """How much longer."""
    await form.keep(minutes=int(value))


async def choose_day(form: Form, value: str) -> None:
    """The next sitting's day."""
    await form.keep(day=date.fromisoformat(value).isoformat())


async def choose_time(form: Form, value: str) -> None:
    """The next sitting's time of day, tapped or typed (15:30, 15：30)."""
    hours, _, minutes = value.strip().replace("\uff1a", ":").partition(":")
    try:
        at = time(int(hours), int(minutes))
    except ValueError:
        form.manager.dialog_data[ERROR] = str(form.say("form-failed", sentence=form.say("reason-time-bad")))
        return
    await form.keep(time=at.isoformat("minutes"))


async def back(form: Form, value: str) -> None:
    """To the question before."""
    last = next((name for name in ("time", "day", "minutes", "hand_id") if form.fields.get(name)), None)
    if last is None:
        await form.drop()
    else:
        await form.keep(**{last: None})


async def choose_reason(form: Form, value: str) -> None:
    """One of the four; it enters the record in the record's language."""
    await perform(form, words(RECORD_LANGUAGE, markup=False)(f"preset-{form.fields['action']}-{int(value)}"))


async def write_reason(form: Form, value: str) -> None:
    """An own sentence."""
    await perform(form, clean_text(value, limit=REASON_LIMIT, field="reason"))


async def perform(form: Form, reason: str) -> None:
    """The act itself."""
    action, facts = _ACTS[form.fields["action"]]
    await form.submit(action, reason=reason, **facts(form.fields, form.known["tz"]))
