"""The recorder's forms about the room: who sits where, hands to speak, words, hands of a vote (5.5.2, 5.5.3, 5.6.1)."""

from collections.abc import Sequence
from typing import Any, Final

from aiogram_dialog import DialogManager

from bot.views.toasts import refusal_sentence
from bot.views.words import Own
from dialogs.facts import may
from dialogs.form import Choices, Form
from dialogs.sheet import open_sheet
from dialogs.sheet.options import comma, picked, terms
from dialogs.sheet.questions import Question, Sheet
from procedure.errors import OUR_RULE, RuleBroken
from procedure.seats import read_seats
from procedure.terms import MotionStage, Stance
from services import room, room_known, room_votes

__all__ = ["SHEETS", "open_form"]

PICK: Final = "pick"
_TYPED_LIMIT: Final = 3000
_SEATS_LIMIT: Final = 600


# who sits where


async def _read_seating(form: Form, value: str) -> Any:
    if value == PICK:
        return PICK
    found = await form.read(room_known.seating, meeting_id=form.subject_id, text=value)
    return [list(one) for one in found]


async def _seating_shown(form: Form, value: Any) -> str:
    if value == PICK:
        return str(form.say.plain()("room-pick"))
    return seated(form, value)


def seated(form: Form, seating: Sequence[Sequence[Any]]) -> str:
    """3 号 2-201、4 号 空."""
    plain = form.say.plain()
    empty = str(plain("room-empty"))
    return str(comma(form.say).join(str(plain("room-seat", seat=one[0], label=one[-1] or empty)) for one in seating))


async def _pick(form: Form, narrowed: str) -> Choices:
    return [(PICK, str(form.say.plain()("room-pick")))]


async def _standing(form: Form, narrowed: str) -> Choices:
    found = await form.read(room_known.standing, meeting_id=form.subject_id)
    return [(str(one["id"]), str(one["label"])) for one in found]


_SEATING: Final = Question(
    "seating",
    "room-ask-seating",
    "room-name-seating",
    limit=_TYPED_LIMIT,
    options=_pick,
    read=_read_seating,
    shown=_seating_shown,
)


async def _picked_shown(form: Form, value: Any) -> str:
    words = dict(await _standing(form, ""))
    seats = await form.read(room_known.next_seats, meeting_id=form.subject_id, count=len(value))
    return seated(form, [(seat, words.get(str(who), "")) for seat, who in zip(seats, value, strict=True)])


_PEOPLE: Final = Question(
    "people", "room-ask-people", "room-name-people", options=_standing, many=True, least=1, shown=_picked_shown
)


async def _seating(form: Form) -> Sequence[Question]:
    return (_SEATING, _PEOPLE) if form.fields.get("seating") == PICK else (_SEATING,)


async def _seat(form: Form) -> None:
    fields = form.fields
    if fields["seating"] == PICK:
        people = [int(who) for who in fields["people"]]
        seats = await form.read(room_known.next_seats, meeting_id=form.subject_id, count=len(people))
        seating = list(zip(seats, people, strict=True))
    else:
        seating = [(one[0], one[1]) for one in fields["seating"]]
    await form.submit(room.room_check_in, seating=seating)


# a hand to speak


async def _seats(form: Form, narrowed: str) -> Choices:
    found = await form.read(room_known.seats, meeting_id=form.subject_id)
    return [(str(one["seat"]), seated(form, [(one["seat"], one["label"])])) for one in found]


async def _read_seat(form: Form, value: str) -> str:
    seats = read_seats(value)
    if len(seats) > 1:
        raise RuleBroken("one_seat", OUR_RULE)
    return str(seats[0])


_sides = terms("stance", (Stance.FOR, Stance.AGAINST))
_SEAT: Final = Question(
    "seat", "room-ask-seat", "room-name-seat", limit=20, options=_seats, read=_read_seat, shown=picked(_seats)
)
_SIDE: Final = Question("stance", "room-ask-stance", "room-name-stance", options=_sides, shown=picked(_sides))


async def _raising(form: Form) -> Sequence[Question]:
    return (_SEAT, _SIDE)


async def _raise(form: Form) -> None:
    await form.submit(room.raise_room_hand, seat=int(form.fields["seat"]), stance=form.fields["stance"])


# words


async def _turns(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    found = await form.read(room_known.turns, meeting_id=form.subject_id)
    return [(str(one["id"]), str(plain("room-turn", label=one["label"], number=one["number"]))) for one in found]


_TURN: Final = Question("turn", "room-ask-turn", "room-name-turn", options=_turns, shown=picked(_turns))
_WORDS: Final = Question(
    "words", "room-ask-words", "room-name-words", limit=room.SPEECH_LIMIT, facts={"limit": room.SPEECH_LIMIT}
)


async def _writing(form: Form) -> Sequence[Question]:
    return (_TURN, _WORDS)


async def _begin_writing(form: Form) -> None:
    """The newest turn needs no choosing; without any there is nothing to write."""
    await may(form)
    turns = await _turns(form, "")
    if not turns:
        raise RuleBroken("no_room_turn", "5.6.1 i")
    if form.fields.get("turn") not in {value for value, _ in turns}:
        await form.keep(turn=turns[0][0])


async def _write(form: Form) -> None:
    await form.submit(room.write_room_speech, turn_id=int(form.fields["turn"]), text=form.fields["words"])


# hands of a vote

_stances = terms("stance", Stance)
_WHICH: Final = Question("stance", "room-ask-which", "room-name-stance", options=_stances, shown=picked(_stances))


async def _entered(form: Form) -> dict[str, Any]:
    found: dict[str, Any] = await form.read(
        room_known.hands, meeting_id=form.subject_id, stance=form.fields["stance"], seats=form.fields["seats"]
    )
    return found


async def _read_seats(form: Form, value: str) -> list[int]:
    """Seats that could not be entered are refused at once, each by its number."""
    seats = list(read_seats(value))
    await form.read(room_known.hands, meeting_id=form.subject_id, stance=form.fields["stance"], seats=seats)
    return seats


async def _seats_shown(form: Form, value: Any) -> str:
    return "、".join(str(seat) for seat in value)


_HANDS: Final = Question(
    "seats", "room-ask-seats", "room-name-seats", limit=_SEATS_LIMIT, read=_read_seats, shown=_seats_shown
)


async def _hands(form: Form) -> Sequence[Question]:
    return (_WHICH, _HANDS)


async def _begin_hands(form: Form) -> None:
    """In a call its own stance is meant; what was typed for another call is not carried over."""
    await may(form)
    motion = await form.read(room_known.motion, meeting_id=form.subject_id)
    if form.fields.get("motion_id") != motion["id"] or form.fields.get("calling") != motion["calling"]:
        stance = motion["calling"] if motion["stage"] == MotionStage.CALLING else None
        await form.keep(motion_id=motion["id"], calling=motion["calling"], stance=stance, seats=None)


async def _who(form: Form) -> list[Own]:
    """Who that is, and who is not sent because they raised a hand themselves; why it cannot be sent any more."""
    say = form.say
    try:
        found = await _entered(form)
    except RuleBroken as broken:
        return [refusal_sentence(say, broken.code, broken.clause, broken.facts)]
    lines = [say("room-who", count=len(found["hands"]), names=say.people(seated(form, found["hands"]), 1500))]
    if found["own"]:
        lines.append(say("room-own", names=say.people(seated(form, found["own"]), 500)))
    return [*lines, say("room-next", official=say.people(found["official"], 40))]


async def _enter(form: Form) -> None:
    fields = form.fields
    await form.submit(
        room_votes.enter_hands, motion_id=fields["motion_id"], stance=fields["stance"], seats=fields["seats"]
    )


SHEETS: Final = (
    Sheet("room_check_in", _seating, _seat, begin=may),
    Sheet("raise_room_hand", _raising, _raise, begin=may),
    Sheet("write_room_speech", _writing, _write, begin=_begin_writing),
    Sheet("enter_hands", _hands, _enter, begin=_begin_hands, note=_who),
)
_NAMES: Final = {sheet.name for sheet in SHEETS}


async def open_form(manager: DialogManager, *, meeting_id: int, action: str) -> None:
    """One of the recorder's forms. Raises RuleBroken stale for any other name, and for whoever may not fill it in."""
    if action not in _NAMES:
        raise RuleBroken("stale", OUR_RULE)
    await open_sheet(manager, action, meeting_id=meeting_id)
