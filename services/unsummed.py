"""Which voice notes still want a line in writing; the record is not signed before (our rule, 5.6.3)."""

from collections.abc import Sequence

from procedure.turns import RECORDED_KINDS
from storage.tables import Speech
from storage.work import UnitOfWork


def unsummed(uow: UnitOfWork, meeting_id: int) -> Sequence[Speech]:
    """The oldest first."""
    kinds = tuple(RECORDED_KINDS)
    return uow.all(Speech, meeting_id=meeting_id, kind=kinds, standing="speech", edit=0, summary_id=None)
