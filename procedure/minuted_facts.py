"""The fact sheet as the minutes hold it (5.6.1 d and i)."""

from dataclasses import dataclass
from datetime import datetime

from procedure.fact_sheet import FactLine


@dataclass(frozen=True, slots=True)
class FactSheetShown:
    """The version that stood when the meeting was opened; ``lines`` is None once the words are erased."""

    version: int
    digest: str
    at: datetime
    lines: tuple[FactLine, ...] | None
