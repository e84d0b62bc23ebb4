"""The seven kinds of record a topic leaves behind, and which of them its end calls for (6)."""

from collections.abc import Set as AbstractSet
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class RecordKind(StrEnum):
    """6 a to g, in that order: form B.1, notice, sign-in sheet B.2, record B.3, supervision B.4, result notice, and the
    texts, pictures and recordings of the meeting itself.
    """

    B1 = "b1"
    NOTICE = "notice"
    B2 = "b2"
    B3 = "b3"
    B4 = "b4"
    RESULT_NOTICE = "result_notice"
    MEDIA = "media"


class TopicEnd(StrEnum):
    """How a topic came to its end: at the review (5.2), or by its meeting (5.7)."""

    REJECTED = "rejected"
    DIVERTED_AT_REVIEW = "diverted_at_review"
    DIVERTED_IN_MEETING = "diverted_in_meeting"
    ENDED = "ended"
    RECONVENE = "reconvene"
    CARRIED_OUT = "carried_out"


_ALL: Final = frozenset(RecordKind)
_MET: Final = _ALL - {RecordKind.B4}
_PROPOSED: Final = frozenset({RecordKind.B1})

NEEDED: Final = MappingProxyType(
    {
        TopicEnd.REJECTED: _PROPOSED,
        TopicEnd.DIVERTED_AT_REVIEW: _PROPOSED,
        TopicEnd.DIVERTED_IN_MEETING: _MET,
        TopicEnd.ENDED: _MET,
        TopicEnd.RECONVENE: _MET,
        TopicEnd.CARRIED_OUT: _ALL,
    }
)
"""B.4 supervises what was agreed, so only a topic that was carried out has one; without a meeting there is only B.1."""


def missing(present: AbstractSet[RecordKind], end: TopicEnd) -> tuple[RecordKind, ...]:
    """The kinds this end calls for and nobody has filed yet, in the order of clause 6."""
    return tuple(kind for kind in RecordKind if kind in NEEDED[end] and kind not in present)
