"""Speaking turns (5.5.2 b, d, f): granted by the chair, clocked by the grant message's own date, ended once."""

from datetime import datetime, timedelta

from procedure.errors import RuleBroken
from procedure.terms import MeetingState, TurnKind
from procedure.turns import Window, check_extension, ends_at, silence_at, warning_at
from services import boards, hindered, motions, muting, question_rows, reading_rows, standing, standing_rows
from services.act import SYSTEM, Receipt
from services.board_facts import iso
from services.delivery import when_delivered, when_sending
from services.hands import readmit_skipped, waiting_hand
from services.messages import to_group, to_person
from services.sitting import Sitting, load, meeting_action
from services.timer_rows import cancel, set_timer
from storage.tables import Board, ExpertQuestion, Hand, Meeting, Outbox, Turn
from storage.work import UnitOfWork

SPOKEN_IN = (MeetingState.OPEN, MeetingState.DISCUSSION, MeetingState.EXPERT_ANSWERS)
TURN_TIMERS = ("turn_warning", "turn_end", "silence", "silence_end")


@meeting_action("grant")
def grant(sitting: Sitting, person_id: int, *, hand_id: int, now: datetime) -> Receipt:
    """The chair gives the floor to the next in the queue. Raises RuleBroken not_next when that is another by now."""
    hand = waiting_hand(sitting, hand_id)
    if sitting.queue()[0].hand.id != hand_id:
        raise RuleBroken("not_next", "5.5.2 b")
    return call_up(sitting, hand, person_id, now)


@meeting_action("grant_other")
def grant_other(sitting: Sitting, person_id: int, *, hand_id: int, reason: str, now: datetime) -> Receipt:
    """The chair takes another than the next, with a reason that stays on record."""
    hand = waiting_hand(sitting, hand_id)
    _, digest = sitting.keep(reason, person_id)
    sitting.note("granted_out_of_order", now, by=person_id, hand=hand_id, why=digest)
    return call_up(sitting, hand, person_id, now)


def call_up(sitting: Sitting, hand: Hand, chair_id: int, now: datetime) -> Receipt:
    """With the chair's consent this hand has the floor."""
    hand.state = "granted"
    turn = give(sitting, hand.person_id, TurnKind.SPEECH, now, hand=hand)
    sitting.note("turn_granted", now, by=chair_id, person=hand.person_id, turn=turn.id, hand=hand.id)
    return Receipt("turn_granted", {"label": sitting.label(hand.person_id)})


def give(
    sitting: Sitting,
    person_id: int,
    kind: TurnKind,
    now: datetime,
    *,
    hand: Hand | None = None,
    question: ExpertQuestion | None = None,
) -> Turn:
    """Give the floor. The new board is the grant message; the clock starts when the group sees it."""
    turn = sitting.uow.add(
        Turn(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            person_id=person_id,
            hand_id=hand.id if hand else None,
            question_id=question.id if question else None,
            kind=kind.value,
            stance=hand.stance if hand else None,
            minutes=question.minutes if question else sitting.rules.minutes,
            granted_at=now,
            counted=kind is TurnKind.SPEECH,
        )
    )
    cancel(sitting, now, standing_rows.TIMER)
    boards.renew(sitting, now)
    if not muting.lift_person(sitting, person_id, now):
        hindered.tell(sitting, turn, now)
    if question is None:
        to_person(sitting, "your_turn", person_id, now, key=turn.id, minutes=turn.minutes, ends_at=None)
    return turn


@when_delivered("board_post")
def _grant_seen(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    board = uow.must(Board, row.facts["board_id"])
    if board.person_id is not None or row.facts["generation"] < board.generation:
        return
    sitting = load(uow, board.meeting_id, SYSTEM)
    turn = sitting.turn
    if turn is not None and turn.starts_at is None and sitting.state in SPOKEN_IN:
        begin(sitting, turn, max(seen_at, turn.granted_at))
    motions.call_seen(sitting, seen_at)


def begin(sitting: Sitting, turn: Turn, starts_at: datetime) -> None:
    """The clock runs from `starts_at`."""
    turn.starts_at = starts_at
    turn.last_word_at = starts_at
    turn.ends_at = ends_at(starts_at, turn.minutes)
    _set_turn_timers(sitting, turn)
    boards.touch(sitting.uow, sitting.id)


def _set_turn_timers(sitting: Sitting, turn: Turn) -> None:
    assert turn.id is not None and turn.starts_at is not None and turn.ends_at is not None
    warning = warning_at(Window(turn.starts_at, turn.ends_at))
    if warning is not None:
        set_timer(sitting, "turn_warning", turn.id, warning)
    set_timer(sitting, "turn_end", turn.id, turn.ends_at)
    silence = silence_at(turn.last_word_at or turn.starts_at)
    if silence < turn.ends_at:
        set_timer(sitting, "silence", turn.id, silence)


def running(sitting: Sitting, turn_id: int) -> Turn:
    """The turn that has the floor, if it is still this one. Raises RuleBroken turn_over."""
    turn = sitting.turn
    if turn is None or turn.id != turn_id:
        raise RuleBroken("turn_over", "5.5.2 f")
    return turn


@meeting_action("yield_turn")
def yield_turn(sitting: Sitting, person_id: int, *, turn_id: int, now: datetime) -> Receipt:
    """The speaker says: I am done."""
    close(sitting, running(sitting, turn_id), "done", now)
    return Receipt("turn_ended")


@meeting_action("end_turn")
def end_turn(sitting: Sitting, person_id: int, *, turn_id: int, now: datetime, reason: str | None = None) -> Receipt:
    """The chair ends a turn, with a reason; the system when its time is up."""
    turn = running(sitting, turn_id)
    if person_id:
        _, digest = sitting.keep(reason or "", person_id)
        sitting.note("turn_ended_by_chair", now, by=person_id, turn=turn_id, why=digest)
    close(sitting, turn, "chair" if person_id else "time", now, why=reason)
    return Receipt("turn_ended")


@meeting_action("extend_turn")
def extend_turn(sitting: Sitting, person_id: int, *, turn_id: int, minutes: int, reason: str, now: datetime) -> Receipt:
    """The chair lengthens a running turn by 1 to 3 minutes. Raises RuleBroken bad_extension, turn_not_begun."""
    turn = running(sitting, turn_id)
    check_extension(minutes)
    if turn.ends_at is None or turn.starts_at is None:
        raise RuleBroken("turn_not_begun", "5.5.2 f")
    turn.ends_at += timedelta(minutes=minutes)
    _set_turn_timers(sitting, turn)
    _, digest = sitting.keep(reason, person_id)
    sitting.note("turn_extended", now, by=person_id, turn=turn_id, minutes=minutes, why=digest)
    to_group(
        sitting,
        "turn_extended",
        now,
        key=f"{turn.id}:{iso(turn.ends_at)}",
        label=sitting.label(turn.person_id),
        ends_at=iso(turn.ends_at),
        why=reason,
    )
    boards.touch(sitting.uow, sitting.id)
    return Receipt("turn_extended", {"ends_at": iso(turn.ends_at), "tz": sitting.tz.key})


@meeting_action("still_speaking")
def still_speaking(sitting: Sitting, person_id: int, *, turn_id: int, now: datetime) -> Receipt:
    """The speaker's button 我在说/在写."""
    heard(sitting, running(sitting, turn_id), now, now)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("still_speaking")


def heard(sitting: Sitting, turn: Turn, at: datetime, now: datetime) -> None:
    """A sign of life at `at`: the silence clock starts anew."""
    turn.last_word_at = max(at, turn.last_word_at or at)
    turn.asked_at = None
    cancel(sitting, now, "silence_end")
    if turn.ends_at is not None and turn.id is not None:
        silence = silence_at(turn.last_word_at)
        if silence < turn.ends_at:
            set_timer(sitting, "silence", turn.id, silence)
        else:
            cancel(sitting, now, "silence")


def close(
    sitting: Sitting, turn: Turn, reason: str, now: datetime, *, why: str | None = None, hand: str | None = None
) -> None:
    """End the turn, once, and say in one message who is next and why; `hand` is what becomes of the turn's hand."""
    if reason != "undone":
        reading_rows.post_all(sitting, turn, now)
    turn.ended_at = now
    turn.end_reason = reason
    if turn.stance is not None and turn.counted:
        sitting.meeting.last_stance = turn.stance
    cancel(sitting, now, *TURN_TIMERS)
    sitting.note("turn_ended", now, turn=turn.id, person=turn.person_id, reason=reason, counted=turn.counted)
    readmit_skipped(sitting)
    if hand is not None and turn.hand_id is not None:
        sitting.uow.must(Hand, turn.hand_id).state = hand
    sitting.uow.flush()
    if turn.kind == TurnKind.ANSWER:
        sitting.move("end_turn")
    if turn.kind != TurnKind.EXPLANATION:
        standing.arm(sitting, now)
        told = "unanswered" if reason in ("done", "time") and question_rows.waits(sitting, turn) else reason
        _hand_over(sitting, turn, told, why, now)
    boards.touch(sitting.uow, sitting.id)


def _hand_over(sitting: Sitting, turn: Turn, reason: str, why: str | None, now: datetime) -> None:
    queue = sitting.queue()
    first = queue[0] if queue else None
    to_group(
        sitting,
        "handover",
        now,
        key=turn.id,
        ended={"label": sitting.label(turn.person_id), "reason": reason, "why": why, "kind": turn.kind},
        next=first
        and {
            "hand_id": first.hand.id,
            "label": sitting.label(first.hand.person_id),
            "stance": first.hand.stance.value,
            "reason": first.reason.value,
        },
        waiting=len(queue),
        list_closed=sitting.list_closed(now),
        standing=standing_rows.given(sitting),
    )


@when_sending("turn_warning")
@when_sending("silence_ask")
def _turn_goes_on(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    turn = uow.get(Turn, row.facts["turn_id"])
    meeting = uow.get(Meeting, row.facts["meeting_id"])
    going_on = meeting is not None and meeting.live and meeting.state != MeetingState.SUSPENDED
    return turn is not None and turn.ended_at is None and going_on
