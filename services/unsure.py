"""A result of which nobody knows whether it arrived is never repeated by guessing: a person looks (our rule)."""

from datetime import datetime

from procedure.errors import OUR_RULE, RuleBroken
from services import boards
from services.act import SYSTEM, Receipt
from services.delivery import when_delivered, when_sending
from services.messages import to_person
from services.sitting import Sitting, load, meeting_action
from storage import outbox
from storage.tables import Outbox
from storage.work import UnitOfWork


@when_delivered("result")
def _ask(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    if row.state != outbox.UNSURE or row.id is None:
        return
    sitting = load(uow, row.facts["meeting_id"], SYSTEM)
    sitting.note("delivery_unsure", now, outbox=row.id, kind_sent=row.kind)
    for person_id in boards.officials(sitting):
        to_person(sitting, "look_please", person_id, now, key=f"{row.id}:{row.attempts}", outbox_id=row.id)


@when_sending("look_please")
def _still_unsure(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    return uow.must(Outbox, row.facts["outbox_id"]).state == outbox.UNSURE


@meeting_action("was_delivered")
def was_delivered(sitting: Sitting, person_id: int, *, outbox_id: int, now: datetime) -> Receipt:
    """Somebody has seen it in the group."""
    _unsure(sitting, outbox_id).state = outbox.SENT
    sitting.note("delivery_seen", now, by=person_id, outbox=outbox_id)
    return Receipt("was_delivered")


@meeting_action("send_again")
def send_again(sitting: Sitting, person_id: int, *, outbox_id: int, now: datetime) -> Receipt:
    """It is not in the group: the very same message goes out once more."""
    row = _unsure(sitting, outbox_id)
    row.state, row.not_before = outbox.QUEUED, now
    sitting.note("delivery_repeated", now, by=person_id, outbox=outbox_id)
    return Receipt("sent_again")


def _unsure(sitting: Sitting, outbox_id: int) -> Outbox:
    """Raises RuleBroken delivery_settled for everything but an unsure message of this meeting."""
    row = sitting.uow.get(Outbox, outbox_id)
    if row is None or row.state != outbox.UNSURE or row.facts.get("meeting_id") != sitting.id or row.kind != "result":
        raise RuleBroken("delivery_settled", OUR_RULE)
    return row
