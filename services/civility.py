"""Civility (5.5.2 e): messages are read beside the meeting; what looks like an attack is put before the chair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from procedure.civility import FlagState, ReadingState, Span, check_flag, own_part
from procedure.terms import LIVE, MeetingState
from services import boards
from services.act import Actor, Receipt
from services.delivery import when_delivered, when_sending
from services.messages import below, to_group
from services.sitting import Sitting, load, meeting_action
from storage.tables import CivilityFlag, Content, Meeting, Outbox, Speech
from storage.work import UnitOfWork

READ_IN: Final = LIVE - {MeetingState.CHECK_IN}


@dataclass(frozen=True, slots=True)
class Unread:
    """A message still to be read: the sender's own words, everything else blanked out."""

    speech_id: int
    text: str


def unread(uow: UnitOfWork, *, limit: int) -> list[Unread]:
    """What has been said and not been read yet, oldest first; of erased words nothing is left to read."""
    rows = uow.rows("SELECT id FROM speech WHERE civility = 'unread' ORDER BY id LIMIT :most", {"most": limit})
    found = []
    for (speech_id,) in rows:
        speech = uow.must(Speech, speech_id)
        text = uow.must(Content, speech.content_id).text or ""
        found.append(Unread(speech_id, own_part(text, speech.quoted or ())))
    return found


def note_read(
    uow: UnitOfWork, actor: Actor, *, speech_ids: Sequence[int], state: ReadingState, now: datetime
) -> Receipt:
    """These messages need nobody's look; ``state`` says why."""
    for speech_id in speech_ids:
        uow.raw(
            "UPDATE speech SET civility = :state WHERE id = :id AND civility = 'unread'",
            {"state": state.value, "id": speech_id},
        )
    return Receipt("messages_read")


def raise_flag(
    uow: UnitOfWork, actor: Actor, *, speech_id: int, kind: str, spans: Sequence[Span], now: datetime
) -> Receipt:
    """Put a message before the chair, once for each of its versions; not after the meeting, nor when it is erased."""
    found = uow.one("SELECT meeting_id FROM speech WHERE id = :id", {"id": speech_id})
    if found is None:
        return Receipt("nothing_to_do")
    sitting = load(uow, found[0], actor)
    speech = uow.must(Speech, speech_id)
    if speech.civility != ReadingState.UNREAD:
        return Receipt("nothing_to_do")
    if uow.must(Content, speech.content_id).text is None:
        speech.civility = ReadingState.ERASED
    elif sitting.state not in READ_IN:
        speech.civility = ReadingState.OVER
    else:
        speech.civility = ReadingState.FLAGGED
        _flag(sitting, speech, kind, spans, now)
    return Receipt("flag_raised" if speech.civility == ReadingState.FLAGGED else "nothing_to_do")


def _flag(sitting: Sitting, speech: Speech, kind: str, spans: Sequence[Span], now: datetime) -> None:
    flag = sitting.uow.add(
        CivilityFlag(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            sitting=sitting.meeting.sitting,
            speech_id=speech.id or 0,
            kind=kind,
            spans=[list(span) for span in spans],
            flagged_at=now,
        )
    )
    sitting.note("civility_flagged", now, flag=flag.id, speech=speech.id, flag_kind=kind)
    boards.touch_consoles(sitting.uow, sitting.id)


@meeting_action("remind_civility")
def remind_civility(sitting: Sitting, person_id: int, *, flag_id: int, now: datetime) -> Receipt:
    """The chair has the group reminded of 5.5.2 e. Raises RuleBroken no_flag, own_flag, flag_handled."""
    speech = _handle(sitting, person_id, flag_id, FlagState.REMINDED, now)
    label = sitting.label(speech.person_id) if speech.person_id else None
    sitting.note("civility_reminded", now, by=person_id, flag=flag_id, speech=speech.id, person=speech.person_id)
    facts = {"flag_id": flag_id, "label": label, "reply_to": below(sitting, speech)}
    to_group(sitting, "civility_reminder", now, key=flag_id, **facts)
    return Receipt("reminder_posted")


@meeting_action("dismiss_flag")
def dismiss_flag(sitting: Sitting, person_id: int, *, flag_id: int, now: datetime) -> Receipt:
    """The chair lets it be. Raises RuleBroken no_flag, own_flag, flag_handled."""
    speech = _handle(sitting, person_id, flag_id, FlagState.DISMISSED, now)
    sitting.note("civility_dismissed", now, by=person_id, flag=flag_id, speech=speech.id)
    return Receipt("flag_dismissed")


def _handle(sitting: Sitting, person_id: int, flag_id: int, state: FlagState, now: datetime) -> Speech:
    """Settle the flag, and those of earlier versions of the same message with it."""
    flag = sitting.uow.get(CivilityFlag, flag_id)
    speech = sitting.uow.get(Speech, flag.speech_id) if flag is not None else None
    here = flag is not None and (flag.meeting_id, flag.sitting) == (sitting.id, sitting.meeting.sitting)
    check_flag(
        of_this_sitting=here,
        own=speech is not None and speech.person_id == person_id,
        state=flag.state if flag is not None else FlagState.OPEN,
    )
    assert speech is not None
    versions = sitting.uow.all(Speech, chat_id=speech.chat_id, message_id=speech.message_id)
    ids = [version.id for version in versions if version.edit <= speech.edit]
    for one in sitting.uow.all(CivilityFlag, speech_id=ids, state=FlagState.OPEN):
        one.state, one.handled_at, one.handled_by = state, now, person_id
    boards.touch_consoles(sitting.uow, sitting.id)
    return speech


@when_sending("civility_reminder")
def _still_sits(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    """A reminder that could not be sent while the meeting sat is not sent into the days after it."""
    return MeetingState(uow.must(Meeting, row.subject_id).state) in LIVE


@when_delivered("civility_reminder")
def _posted(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    """Only a reminder that the group has seen stands in the record."""
    uow.must(CivilityFlag, row.facts["flag_id"]).posted_at = seen_at
