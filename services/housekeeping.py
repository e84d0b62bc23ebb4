"""What need not be kept: raw updates and receipts, once no repeat can come any more."""

from datetime import datetime, timedelta
from typing import Final

from services.act import Actor, Receipt
from storage import inbox
from storage.types import to_micros
from storage.work import UnitOfWork

KEEP: Final = timedelta(days=2)
"""Telegram repeats an update for at most a day."""


def tidy(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """Raw updates hold what people wrote: two days after they were handled they are gone, with their receipts."""
    forgotten = inbox.prune(uow, before=now - KEEP)
    uow.raw("DELETE FROM receipt WHERE at < :before", {"before": to_micros(now - KEEP)})
    return Receipt("tidied", {"updates": forgotten})
