"""The forms of the review and of the four posts (5.2)."""

from dialogs.reviewing.answers import ENTER, NOTE_TOLD, OFFER, VACATE
from dialogs.reviewing.outcomes import APPROVE, DIVERT, REJECT

__all__ = ["SHEETS"]

SHEETS = (APPROVE, REJECT, DIVERT, OFFER, ENTER, NOTE_TOLD, VACATE)
