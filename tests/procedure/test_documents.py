"""5.4's nine fields, the wording of 5.7.2 a and its digest, the journal's chain."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from procedure import notice, wording
from procedure.errors import RuleBroken
from procedure.journal import GENESIS, canonical, link, verify
from procedure.notice import NINE_FIELDS, NoticeFields
from procedure.wording import Item, Wording

TODAY = date(2025, 11, 18)
ITEM = Item(1, "在3号楼东侧设充电桩8个", "物业公司", date(2025, 12, 18))
OPINION = Wording((ITEM, Item(2, "每月公布用电账目", "居民委员会", TODAY)), "有人担心夜间噪声")


def test_nine_fields_make_a_notice() -> None:
    fields = dict.fromkeys(NINE_FIELDS, "某")
    assert len(NINE_FIELDS) == 9
    notice.check(NoticeFields(**fields))
    for name in NINE_FIELDS:
        with pytest.raises(RuleBroken) as refused:
            notice.check(NoticeFields(**fields | {name: " "}))
        assert (refused.value.code, refused.value.clause) == ("notice_field_missing", "5.4")
        assert refused.value.facts == {"field": name, "missing": (name,)}


def test_a_wording_that_can_be_carried_out() -> None:
    wording.check(OPINION, TODAY)
    wording.check(Wording((replace(ITEM, text="字" * 300, implementer="位" * 60),), ""), TODAY)
    wording.check(Wording(tuple(replace(ITEM, number=n) for n in range(1, 10)), "字" * 1000), TODAY)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": ""}, "item_empty"),
        ({"text": "  "}, "item_empty"),
        ({"implementer": ""}, "item_empty"),
        ({"text": "字" * 301}, "item_too_long"),
        ({"text": "😀" * 151}, "item_too_long"),
        ({"implementer": "位" * 61}, "item_too_long"),
        ({"due": TODAY - timedelta(days=1)}, "due_in_past"),
        ({"number": 2}, "bad_numbering"),
        ({"number": 0}, "bad_numbering"),
    ],
)
def test_items_that_cannot_stand(change: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        wording.check(Wording((replace(ITEM, **change),), ""), TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("opinion", "code"),
    [
        (Wording((), "没有"), "no_items"),
        (Wording(tuple(replace(ITEM, number=n) for n in range(1, 11)), ""), "too_many_items"),
        (Wording((ITEM, ITEM), ""), "bad_numbering"),
        (Wording((ITEM,), "字" * 1001), "objections_too_long"),
    ],
)
def test_wordings_that_cannot_stand(opinion: Wording, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        wording.check(opinion, TODAY)
    assert refused.value.code == code


def test_the_written_form_is_fixed() -> None:
    expected = (
        '{"items":[{"due":"2025-12-18","implementer":"物业公司","number":1,"text":"在3号楼东侧设充电桩8个"}],'
        '"objections":"无"}'
    )
    opinion = Wording((ITEM,), "无")
    assert wording.canonical(opinion) == expected
    assert wording.digest(opinion) == hashlib.sha256(expected.encode()).hexdigest()


@pytest.mark.parametrize(
    "changed",
    [
        replace(OPINION, objections=""),
        replace(OPINION, items=OPINION.items[:1]),
        replace(OPINION, items=(replace(ITEM, text="在3号楼东侧设充电桩9个"), OPINION.items[1])),
        replace(OPINION, items=(replace(ITEM, implementer="业主委员会"), OPINION.items[1])),
        replace(OPINION, items=(replace(ITEM, due=date(2025, 12, 19)), OPINION.items[1])),
    ],
)
def test_another_wording_has_another_digest(changed: Wording) -> None:
    assert wording.digest(changed) != wording.digest(OPINION)


def test_the_same_words_composed_otherwise_have_the_same_digest() -> None:
    composed, decomposed = (replace(OPINION, objections=text) for text in ("caf\u00e9", "cafe\u0301"))
    assert wording.digest(composed) == wording.digest(decomposed)


ENTRIES: list[dict[str, object]] = [
    {"kind": "check_in", "person": 7, "at": 1_763_467_200},
    {"kind": "hand", "person": 7, "stance": "for", "room": False, "note": None},
    {"kind": "verdict", "counts": [7, 5, 0], "facts": {"总数": 12}},
]


def chain(entries: list[dict[str, object]]) -> list[tuple[dict[str, object], str]]:
    previous, linked = GENESIS, []
    for entry in entries:
        previous = link(previous, entry)
        linked.append((entry, previous))
    return linked


def test_a_whole_chain_verifies() -> None:
    assert verify([]) is None
    assert verify(chain(ENTRIES)) is None
    assert len({stored for _entry, stored in chain(ENTRIES)} | {GENESIS}) == 4


def test_the_chain_is_what_it_says() -> None:
    written = '{"at":1763467200,"kind":"check_in","person":7}'
    assert canonical(ENTRIES[0]) == written
    assert chain(ENTRIES)[0][1] == hashlib.sha256(("0" * 64 + written).encode()).hexdigest()
    assert canonical(ENTRIES[2]) == '{"counts":[7,5,0],"facts":{"总数":12},"kind":"verdict"}'


def test_key_order_does_not_matter() -> None:
    assert link(GENESIS, dict(reversed(ENTRIES[0].items()))) == link(GENESIS, ENTRIES[0])


@pytest.mark.parametrize("index", range(3))
def test_tampering_is_found_where_it_was_done(index: int) -> None:
    edited = chain(ENTRIES)
    edited[index] = (edited[index][0] | {"person": 8}, edited[index][1])
    assert verify(edited) == index
    rehashed = chain(ENTRIES)
    rehashed[index] = (rehashed[index][0], "f" * 64)
    assert verify(rehashed) == index


def test_removed_added_and_swapped_entries_are_found() -> None:
    whole = chain(ENTRIES)
    assert verify(whole[1:]) == 0
    assert verify([whole[0], whole[2]]) == 1
    assert verify([whole[0], whole[0], *whole[1:]]) == 1
    assert verify([whole[1], whole[0], whole[2]]) == 0


@pytest.mark.parametrize("value", [0.5, date(2025, 11, 18), b"x", (1, 2), {1: "a"}, [1, [0.1]], {"a": {"b": 1.0}}, {3}])
def test_values_without_one_written_form_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"value": value})
