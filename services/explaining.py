"""The proposer explains the topic (5.6.1 d), then the discussion begins (e)."""

from datetime import datetime, timedelta

from procedure.terms import TurnKind
from services import boards, fact_sheets, turns
from services.act import Receipt
from services.messages import to_group
from services.sitting import Sitting, meeting_action
from services.timer_rows import set_timer


@meeting_action("start_explanation")
def start_explanation(sitting: Sitting, person_id: int, *, now: datetime, reason: str | None = None) -> Receipt:
    """The proposer has the floor; an absent one's written reasons are read out, with the reason for it."""
    fact_sheets.show_first(sitting, now)
    if sitting.facts().proposer_present:
        turn = turns.give(sitting, sitting.topic.proposer_id, TurnKind.EXPLANATION, now)
        sitting.note("explanation_started", now, by=person_id, turn=turn.id)
        return Receipt("explanation_started")
    _, digest = sitting.keep(reason or "", person_id)
    to_group(
        sitting, "reasons_read", now, reason=sitting.topic.reason, proposal=sitting.topic.proposal, why=reason or ""
    )
    sitting.note("explanation_read", now, by=person_id, why=digest)
    explained(sitting, now)
    return Receipt("explanation_read")


@meeting_action("finish_explanation")
def finish_explanation(sitting: Sitting, person_id: int, *, turn_id: int, now: datetime) -> Receipt:
    """The proposer is done, or the chair or the clock says so."""
    turn = turns.running(sitting, turn_id)
    turns.close(sitting, turn, "done" if person_id == turn.person_id else "chair" if person_id else "time", now)
    explained(sitting, now)
    return Receipt("explained")


def explained(sitting: Sitting, now: datetime) -> None:
    """Hands may be raised from here on."""
    sitting.move("finish_explanation")
    sitting.meeting.explained_at = now
    boards.renew(sitting, now, consoles=True)


@meeting_action("open_discussion")
def open_discussion(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """5.6.1 e; the list of speakers closes when the rules say so."""
    sitting.move("open_discussion")
    closes = sitting.rules.list_closes_after_minutes
    if closes is not None:
        sitting.meeting.list_closes_at = now + timedelta(minutes=closes)
        set_timer(sitting, "list_closes", sitting.id, sitting.meeting.list_closes_at)
    sitting.note("discussion_opened", now, by=person_id)
    boards.renew(sitting, now, consoles=True)
    return Receipt("discussion_opened")
