"""What a form must know of its meeting before it can ask anything."""

from datetime import datetime
from typing import Any

from dialogs.form import Form
from procedure.errors import OUR_RULE, RuleBroken
from procedure.roles import permit
from services import board_facts
from services.act import Actor
from services.sitting import Sitting, peek
from storage.tables import Meeting
from storage.work import UnitOfWork


def allowed(uow: UnitOfWork, *, actor: Actor, meeting_id: int, action: str, now: datetime) -> None:
    """Raises RuleBroken when this person may not take this step now: no form opens for nothing."""
    sitting = _sitting(uow, actor, meeting_id)
    permit(action, sitting.standings(sitting.person_id()), sitting.facts(), now)


async def may(form: Form) -> None:
    """Whether this person may take the step that the form is for. Raises RuleBroken as `allowed`."""
    await form.read(allowed, meeting_id=form.subject_id, action=form.kind)


def known(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> dict[str, Any]:
    """The meeting as the person's console shows it."""
    sitting = _sitting(uow, actor, meeting_id)
    return board_facts.common(sitting, now) | board_facts.console(sitting, sitting.person_id() or 0, now)


def _sitting(uow: UnitOfWork, actor: Actor, meeting_id: int) -> Sitting:
    meeting = uow.get(Meeting, meeting_id)
    if meeting is None:
        raise RuleBroken("no_such_meeting", OUR_RULE)
    return peek(uow, meeting, actor)
