"""The chair keeps order and asks for last words (5.5.2 d, 5.5.3 a)."""

from datetime import datetime, timedelta

from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import TurnKind
from procedure.turns import LAST_CALL_SECONDS
from services import boards, question_rows
from services.act import SYSTEM, Receipt
from services.board_facts import iso
from services.delivery import when_delivered, when_sending
from services.messages import below, to_group
from services.sitting import Sitting, load, meeting_action
from services.timer_rows import set_timer
from storage.tables import Meeting, Outbox, Speech, Turn
from storage.work import UnitOfWork


@meeting_action("please_stop")
def please_stop(sitting: Sitting, person_id: int, *, speech_id: int, now: datetime) -> Receipt:
    """One tap: the chair's 请停止 is posted and recorded (5.5.2 d). Raises RuleBroken no_interruption."""
    speech = sitting.uow.get(Speech, speech_id)
    if speech is None or speech.meeting_id != sitting.id or speech.standing != "interruption":
        raise RuleBroken("no_interruption", "5.5.2 d")
    speech.standing = "stopped"
    label = sitting.label(speech.person_id) if speech.person_id else None
    sitting.note("please_stop", now, by=person_id, speech=speech_id, person=speech.person_id)
    to_group(sitting, "please_stop", now, key=speech_id, label=label, reply_to=below(sitting, speech))
    boards.touch(sitting.uow, sitting.id)
    return Receipt("stop_posted")


@meeting_action("accept_words")
def accept_words(sitting: Sitting, person_id: int, *, speech_id: int, reason: str, now: datetime) -> Receipt:
    """The chair lets something forwarded count as the speaker's own words, with a reason (our rule).

    Raises RuleBroken no_borrowed_words; a turn that was given back unused takes no words any more. An answer, which
    is never counted, takes them when it is over, too.
    """
    speech = sitting.uow.get(Speech, speech_id)
    turn = sitting.uow.get(Turn, speech.turn_id) if speech is not None and speech.turn_id else None
    if speech is None or speech.meeting_id != sitting.id or speech.standing != "borrowed" or speech.edit:
        raise RuleBroken("no_borrowed_words", OUR_RULE)
    used = turn is not None and (turn.counted or turn.ended_at is None or turn.kind == TurnKind.ANSWER)
    if turn is None or not used:
        raise RuleBroken("no_borrowed_words", OUR_RULE)
    speech.standing = "speech"
    question_rows.answered(sitting, turn, now)
    _, digest = sitting.keep(reason, person_id)
    sitting.note("words_accepted", now, by=person_id, speech=speech_id, person=speech.person_id, why=digest)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("words_accepted")


@meeting_action("last_call")
def last_call(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """Who else wants to speak? 60 s from when the group sees the question."""
    until = now + timedelta(seconds=LAST_CALL_SECONDS)
    sitting.meeting.last_call_until = until
    set_timer(sitting, "last_call_end", sitting.id, until)
    sitting.note("last_call", now, by=person_id)
    to_group(sitting, "last_call", now, key=iso(now), until=iso(until), asked_at=iso(until))
    boards.touch(sitting.uow, sitting.id)
    return Receipt("last_call_posted")


@when_sending("last_call")
def _asked_now(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    """A question that had to wait for its turn to be sent names the end that holds from now on."""
    until = max(datetime.fromisoformat(row.facts["until"]), now + timedelta(seconds=LAST_CALL_SECONDS))
    row.facts = row.facts | {"until": iso(until)}
    return True


@when_delivered("last_call")
def _last_call_seen(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    meeting = uow.must(Meeting, row.subject_id)
    # A hand that came in the meantime has withdrawn the call; a later one has its own message.
    if meeting.last_call_until is None or iso(meeting.last_call_until) != row.facts["asked_at"]:
        return
    sitting = load(uow, row.facts["meeting_id"], SYSTEM)
    until = max(meeting.last_call_until, seen_at + timedelta(seconds=LAST_CALL_SECONDS))
    sitting.meeting.last_call_until = until
    set_timer(sitting, "last_call_end", sitting.id, until)
    boards.touch(uow, sitting.id)
