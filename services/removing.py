"""Words out of turn are taken out of the group, after they were kept (5.5.2 d, T28)."""

from datetime import datetime
from typing import Final

from procedure import floor
from procedure.errors import RuleBroken
from procedure.floor import CLAUSE, REASON_LIMIT, Outsider
from procedure.terms import FloorMode
from procedure.text import clean_text
from services import boards, files, group_rights, powers
from services.act import SYSTEM, Receipt
from services.delivery import answered_enough, enqueue, when_delivered, when_sending
from services.messages import heading, to_group, to_person
from services.refused import when_refused
from services.sitting import HANDS_IN, Sitting, load, meeting_action
from storage import outbox
from storage.tables import Outbox, Removal, Speech
from storage.work import UnitOfWork

KIND: Final = "speech_delete"
OUT_OF_TURN: Final = ("interruption", "stopped")


def by_the_rules(sitting: Sitting, speech: Speech, text: str, now: datetime, *, again: bool) -> bool:
    """A message was logged as an interruption: under strict rules it leaves the group. Says whether it does.

    `again`: one more part of an album, which goes as its first part went.
    """
    if not floor.removable(speech.sent_at, now):
        return False
    if again:
        first = _album(sitting, speech)[0]
        done = sitting.uow.first(Removal, speech_id=first.id)
        if done is None:
            return False
        _order(sitting, speech, now, by=done.ordered_by, reason_id=done.reason_id)
        return True
    if sitting.rules.floor_mode is FloorMode.SOFT:
        return False
    turn, who = sitting.turn, speech.person_id
    outsider = Outsider(
        capacity=sitting.capacities.get(who) if who is not None else None,
        speaking=turn is not None and turn.person_id == who,
    )
    mode = floor.in_force(sitting.rules.floor_mode, powers.of(sitting.uow, sitting.meeting.chat_id))
    if not floor.removes(mode, sitting.state, outsider, text):
        return False
    _order(sitting, speech, now)
    return True


def hint(sitting: Sitting, who: int | None, now: datetime) -> None:
    """How to be heard: once in private; in the group, at most once a minute, for whoever the bot may not write to."""
    if who is not None:
        way = how_to_speak(sitting, who, now)
        if to_person(sitting, "hint_removed", who, now, key=way, way=way):
            return
    chat_id, closed, hands_in = sitting.meeting.chat_id, sitting.list_closed(now), sitting.state in HANDS_IN
    if not answered_enough(sitting.uow, "floor_hint", chat_id, now):
        everybody = floor.Way.CLOSED if closed else floor.Way.HAND if hands_in else floor.Way.WAIT
        to_group(sitting, "floor_hint", now, key=now.isoformat(), way=everybody.value)


def how_to_speak(sitting: Sitting, who: int, now: datetime) -> str:
    """The way in which this person, who spoke out of turn, can be heard now."""
    return floor.way_to_speak(
        sitting.capacities.get(who),
        here=who in sitting.present,
        hands_in=sitting.state in HANDS_IN,
        closed=sitting.list_closed(now),
        turns_left=sitting.turns_taken().get(who, 0) < sitting.rules.turns,
    ).value


@meeting_action("remove_words")
def remove_words(sitting: Sitting, person_id: int, *, speech_id: int, reason: str, now: datetime) -> Receipt:
    """The chair takes one message out of turn out of the group, an album whole; it stays in the log.

    Raises no_interruption, words_removed_already, too_late_to_remove, remove_no_right, empty_text, text_too_long.
    """
    said = sitting.uow.get(Speech, speech_id)
    if said is None or said.meeting_id != sitting.id or said.standing not in OUT_OF_TURN or said.edit:
        raise RuleBroken("no_interruption", CLAUSE)
    if powers.of(sitting.uow, sitting.meeting.chat_id).may_delete is False:
        raise RuleBroken("remove_no_right", CLAUSE)
    if sitting.uow.first(Removal, speech_id=speech_id) is not None:
        raise RuleBroken("words_removed_already", CLAUSE)
    if not floor.removable(said.sent_at, now):
        raise RuleBroken("too_late_to_remove", CLAUSE)
    why = clean_text(reason, limit=REASON_LIMIT, field="reason")
    reason_id, digest = sitting.keep(why, person_id)
    for part in _album(sitting, said):
        if sitting.uow.first(Removal, speech_id=part.id) is None:
            _order(sitting, part, now, by=person_id, reason_id=reason_id)
    label = sitting.label(said.person_id) if said.person_id is not None else None
    sitting.note("words_removed", now, by=person_id, speech=speech_id, person=said.person_id, why=digest)
    to_group(sitting, "words_removed", now, key=speech_id, label=label, why=why)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("words_removed")


def _album(sitting: Sitting, speech: Speech) -> list[Speech]:
    """The message, or all the parts of its album, first versions, in their order."""
    if speech.album is None:
        return [speech]
    who, account = speech.person_id, speech.account_id
    whole = sitting.uow.all(
        Speech, meeting_id=sitting.id, album=speech.album, edit=0, person_id=who, account_id=account
    )
    return list(whole)


def _order(
    sitting: Sitting, speech: Speech, now: datetime, *, by: int | None = None, reason_id: int | None = None
) -> None:
    """The message is in the log already; its deletion is an obligation like every other."""
    row = sitting.uow.add(
        Removal(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            speech_id=speech.id or 0,
            ordered_by=by,
            reason_id=reason_id,
            at=now,
        )
    )
    files.fetch(sitting.uow, speech, now)
    sitting.note("removal_ordered", now, speech=speech.id, person=speech.person_id, by=by)
    enqueue(
        sitting.uow,
        KIND,
        sitting.meeting.chat_id,
        heading(sitting) | {"removal_id": row.id, "message_id": speech.message_id},
        unique_key=f"{KIND}:{speech.id}",
        now=now,
        community_id=sitting.meeting.community_id,
        subject_id=sitting.id,
    )


@when_sending(KIND)
def _may_still(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    said = uow.must(Speech, uow.must(Removal, row.facts["removal_id"]).speech_id)
    here = said.chat_id == row.chat_id  # in the supergroup that a group became the number is another message's
    return here and floor.removable(said.sent_at, now) and powers.of(uow, row.chat_id).may_delete is not False


@when_delivered(KIND)
def _removed(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    removal = uow.must(Removal, row.facts["removal_id"])
    if row.state == outbox.UNSURE or removal.removed_at is not None:
        return
    sitting = load(uow, removal.meeting_id, SYSTEM)
    removal.removed_at = now
    sitting.note("removed", now, speech=removal.speech_id)
    boards.touch(uow, sitting.id)


@when_refused(KIND)
def _stays(uow: UnitOfWork, row: Outbox, reason: str, now: datetime) -> None:
    removal = uow.must(Removal, row.facts["removal_id"])
    removal.failed_at = now
    group_rights.may_not_delete(uow, row.chat_id, now)
