"""Clause 6: the seven kinds of record and what each end of a topic calls for."""

import pytest

from procedure.archive import NEEDED, RecordKind, TopicEnd, missing

K = RecordKind
MET = (K.B1, K.NOTICE, K.B2, K.B3, K.RESULT_NOTICE, K.MEDIA)

NEEDS = [
    (TopicEnd.REJECTED, (K.B1,)),
    (TopicEnd.DIVERTED_AT_REVIEW, (K.B1,)),
    (TopicEnd.DIVERTED_IN_MEETING, MET),
    (TopicEnd.ENDED, MET),
    (TopicEnd.RECONVENE, MET),
    (TopicEnd.CARRIED_OUT, (K.B1, K.NOTICE, K.B2, K.B3, K.B4, K.RESULT_NOTICE, K.MEDIA)),
]


def test_seven_kinds() -> None:
    assert len(RecordKind) == 7
    assert set(NEEDED) == set(TopicEnd)


@pytest.mark.parametrize(("end", "needed"), NEEDS)
def test_what_an_end_calls_for(end: TopicEnd, needed: tuple[RecordKind, ...]) -> None:
    assert missing(frozenset(), end) == needed
    assert missing(set(needed), end) == ()
    assert missing(set(RecordKind), end) == ()


@pytest.mark.parametrize(("end", "needed"), NEEDS)
def test_each_kind_is_missed(end: TopicEnd, needed: tuple[RecordKind, ...]) -> None:
    for kind in needed:
        assert missing(set(RecordKind) - {kind}, end) == (kind,)
