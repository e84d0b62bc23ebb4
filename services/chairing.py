"""Who holds the chair (5.3.1 d): the two the plan names stand in for each other, so that no meeting stands still."""

from datetime import datetime, timedelta

from procedure.meeting import CHAIR_ANSWER_SECONDS
from services import boards, chair_facts, checkin
from services.act import SYSTEM, Receipt
from services.board_facts import iso
from services.delivery import when_delivered, when_sending
from services.messages import to_group, to_person
from services.sitting import CHAIR_SILENT, Sitting, load, meeting_action
from services.timer_rows import set_timer
from storage.tables import Hand, Meeting, Outbox, Timer
from storage.work import UnitOfWork


@meeting_action("ask_chair")
def ask_chair(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """The deputy asks whether the chair is still there; 2 minutes from when the group sees the question (our rule)."""
    until = now + timedelta(seconds=CHAIR_ANSWER_SECONDS)
    chair = sitting.meeting.chair_id
    set_timer(sitting, CHAIR_SILENT, sitting.id, until)
    sitting.note("chair_asked", now, by=person_id, chair=chair)
    facts = {"label": sitting.label(chair), "until": iso(until), "chair_id": chair}
    to_group(sitting, "chair_asked", now, key=iso(now), **facts)
    to_person(sitting, "chair_asked", chair, now, key=iso(now), **facts)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("chair_asked", {"label": sitting.label(chair)})


@when_delivered("chair_asked")
def _question_seen(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    sitting = load(uow, row.facts["meeting_id"], SYSTEM)
    timer = uow.first(Timer, meeting_id=sitting.id, kind=CHAIR_SILENT, done_at=None)
    if timer is not None and row.chat_id == sitting.meeting.chat_id:
        timer.due_at = max(timer.due_at, seen_at + timedelta(seconds=CHAIR_ANSWER_SECONDS))


@when_sending("chair_asked")
def _still_asked(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    meeting = uow.must(Meeting, row.facts["meeting_id"])
    asked = uow.first(Timer, meeting_id=meeting.id, kind=CHAIR_SILENT)
    return meeting.live and asked is not None and meeting.chair_id == row.facts["chair_id"]


@meeting_action("chair_here")
def chair_here(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """The chair's button 我在; every other act or word of the chair answers the question as well."""
    boards.touch(sitting.uow, sitting.id)
    return Receipt("chair_here")


@meeting_action("take_chair")
def take_chair(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """The deputy takes an empty or silent chair (5.3.1 d), and is thereby here; their own raised hand comes down."""
    sitting.note("chair_taken", now, by=person_id, instead_of=sitting.meeting.chair_id)
    checkin.enter(sitting, person_id, via="button", now=now)
    _seat(sitting, person_id, now, lent=False)
    to_group(sitting, "chair_replaced", now, key=iso(now), label=sitting.label(person_id))
    return Receipt("chair_taken")


@meeting_action("hand_over_chair")
def hand_over_chair(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """The chair hands over to the other of the two, to speak or to go away; whoever stood in hands it back."""
    other = chair_facts.other_chair(sitting.meeting, sitting.plan)
    assert other is not None
    return _pass_on(sitting, other, person_id, now, returned=sitting.meeting.chair_lent)


@meeting_action("take_chair_back")
def take_chair_back(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """Who handed the chair over is done speaking and presides again; their own raised hand comes down."""
    return _pass_on(sitting, person_id, sitting.meeting.chair_id, now, returned=True)


def _pass_on(sitting: Sitting, to: int, former: int, now: datetime, *, returned: bool) -> Receipt:
    kind = "chair_returned" if returned else "chair_handed_over"
    sitting.note(kind, now, by=to, instead_of=former)
    _seat(sitting, to, now, lent=not returned)
    labels = {"label": sitting.label(to), "former": sitting.label(former)}
    to_group(sitting, "chair_passed_on", now, key=f"{iso(now)}:{to}", returned=returned, **labels)
    return Receipt("chair_returned", labels) if returned else Receipt("chair_handed_over", labels)


def _seat(sitting: Sitting, person_id: int, now: datetime, *, lent: bool) -> None:
    """This person presides from now on, and therefore speaks no more (5.5.2 b)."""
    sitting.meeting.chair_id, sitting.meeting.chair_lent = person_id, lent
    sitting.chair_heard()
    hand = sitting.uow.first(Hand, meeting_id=sitting.id, person_id=person_id, state=("open", "skipped"))
    if hand is not None:
        hand.state = "lowered"
        sitting.note("hand_lowered", now, person=person_id, hand=hand.id)
    boards.show_console(sitting, person_id, now)
    boards.touch(sitting.uow, sitting.id)
