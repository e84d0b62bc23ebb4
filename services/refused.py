"""What follows when Telegram will never take something as it is: the row has failed, and its kind may say more."""

from collections.abc import Callable
from datetime import datetime

from services.act import Actor, Receipt
from storage import outbox
from storage.tables import Outbox
from storage.work import UnitOfWork

Refused = Callable[[UnitOfWork, Outbox, str, datetime], None]
_follow: dict[str, Refused] = {}


def when_refused(kind: str) -> Callable[[Refused], Refused]:
    """Register what follows from a refusal: fn(uow, row, Telegram's own words, now)."""

    def register(follow: Refused) -> Refused:
        _follow[kind] = follow
        return follow

    return register


def refused(uow: UnitOfWork, actor: Actor, *, outbox_id: int, reason: str, now: datetime) -> Receipt:
    """Telegram refused this row: it has failed."""
    row = uow.must(Outbox, outbox_id)
    row.state, row.error = outbox.FAILED, reason
    uow.flush()
    if row.kind in _follow:
        _follow[row.kind](uow, row, reason, now)
    return Receipt("refused")
