"""Reading what residents write, with small models whose words and weights are data files; no network, no clock."""

from services.text.desk import ReadingDesk
from services.text.reader import (
    AnnexWarning,
    CivilityReading,
    NotAMatter,
    Reader,
    Suggestion,
    TopicReading,
    load,
)

__all__ = [
    "AnnexWarning",
    "CivilityReading",
    "NotAMatter",
    "Reader",
    "ReadingDesk",
    "Suggestion",
    "TopicReading",
    "load",
]
