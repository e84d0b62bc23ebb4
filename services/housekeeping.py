"""What need not be kept: raw updates and receipts, once no repeat can come any more."""

from datetime import datetime, timedelta
from typing import Final

from services import minutes_file, searching
from services.act import Actor, Receipt
from storage import inbox, search
from storage.types import to_micros
from storage.work import UnitOfWork

KEEP: Final = timedelta(days=2)
"""Telegram repeats an update for at most a day."""


def tidy(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """Raw updates hold what people wrote: two days after they were handled they are gone, with their receipts.

    So is what they looked for; words that were erased can be found no more. Minutes that were
    exported while a meeting sat go once they are sent.
    """
    forgotten = inbox.prune(uow, before=now - KEEP)
    uow.raw("DELETE FROM receipt WHERE at < :before", {"before": to_micros(now - KEEP)})
    search.drop_erased(uow)
    searching.forget(uow, before=now - KEEP)
    minutes_file.forget(uow)
    return Receipt("tidied", {"updates": forgotten})
