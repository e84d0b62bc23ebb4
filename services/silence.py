"""What the turn's own clock does: warn, end, ask a silent speaker (product.md "A turn")."""

from datetime import datetime, timedelta

from procedure.terms import TurnKind
from procedure.turns import SILENCE_ANSWER_SECONDS, silence_at
from services import boards, explaining, reading_rows, turns
from services.board_facts import iso
from services.messages import to_group
from services.sitting import Sitting
from services.timer_rows import set_timer
from storage.tables import Speech, Timer, Turn


def warn(sitting: Sitting, timer: Timer, now: datetime) -> None:
    """30 s are left."""
    turn = _mine(sitting, timer)
    if turn is None or turn.ends_at is None or now >= turn.ends_at:
        return
    to_group(
        sitting,
        "turn_warning",
        now,
        key=f"{turn.id}:{iso(turn.ends_at)}",
        turn_id=turn.id,
        label=sitting.label(turn.person_id),
        ends_at=iso(turn.ends_at),
    )


def end(sitting: Sitting, timer: Timer, now: datetime) -> None:
    """Time is up."""
    turn = _mine(sitting, timer)
    if turn is None:
        return
    turns.close(sitting, turn, "time", now)
    if turn.kind == TurnKind.EXPLANATION:
        explaining.explained(sitting, now)


def ask(sitting: Sitting, timer: Timer, now: datetime) -> None:
    """Nothing was heard for 90 s: ask once, and wait 30 s. Who speaks in the room is heard there."""
    turn = _mine(sitting, timer)
    if turn is None or turn.last_word_at is None or turn.id is None or turn.person_id in sitting.seats:
        return
    due = silence_at(turn.last_word_at)
    if now < due:
        set_timer(sitting, "silence", turn.id, due)
        return
    turn.asked_at = now
    until = now + timedelta(seconds=SILENCE_ANSWER_SECONDS)
    set_timer(sitting, "silence_end", turn.id, until)
    to_group(
        sitting,
        "silence_ask",
        now,
        key=f"{turn.id}:{iso(now)}",
        turn_id=turn.id,
        label=sitting.label(turn.person_id),
        answer_until=iso(until),
    )
    boards.touch(sitting.uow, sitting.id)


def give_up(sitting: Sitting, timer: Timer, now: datetime) -> None:
    """No answer: a turn without a word is not used up and its hand waits behind the next; otherwise it is over.

    A hand that stayed silent twice comes down, so that nobody who has left can hold up the meeting; it can go up again.
    """
    turn = _mine(sitting, timer)
    if turn is None or turn.asked_at is None:
        return
    reading_rows.post_all(sitting, turn, now)
    spoke = sitting.uow.first(Speech, turn_id=turn.id, standing="speech") is not None
    if not spoke:
        turn.counted = False
    again = turn.hand_id is not None and sitting.uow.count(Turn, hand_id=turn.hand_id) > 1
    reason = "silent" if spoke else "silent_lowered" if again else "silent_unspoken"
    turns.close(sitting, turn, reason, now, hand=None if spoke else "lowered" if again else "skipped")
    if turn.kind == TurnKind.EXPLANATION:
        explaining.explained(sitting, now)


def _mine(sitting: Sitting, timer: Timer) -> Turn | None:
    turn = sitting.turn
    return turn if turn is not None and turn.id == timer.subject_id else None
