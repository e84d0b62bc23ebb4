"""Annexes C and D: the entries, their rows of table 1, and codes that do not exist."""

import pytest

from procedure.catalogue import ANNEX, ITEMS, ROWS, check_annex, check_item, items_of
from procedure.errors import RuleBroken


def test_annex_c_has_sixteen_entries_in_its_order() -> None:
    assert tuple(ITEMS) == (
        *("C.1.1", "C.1.2", "C.1.3", "C.1.4", "C.1.5", "C.1.6"),
        *("C.2.1", "C.2.2", "C.2.3"),
        *("C.3.1", "C.3.2", "C.3.3"),
        *("C.4.1", "C.4.2", "C.4.3"),
        "C.5",
    )


def test_annex_d_has_nine_entries_in_its_order() -> None:
    assert tuple(ANNEX) == ("D.a", "D.b", "D.c", "D.d", "D.e", "D.f", "D.g", "D.h", "D.i")


@pytest.mark.parametrize(("row", "count"), [(1, 6), (2, 3), (3, 3), (4, 3), (5, 1), (6, 0)])
def test_entries_of_a_row(row: int, count: int) -> None:
    entries = items_of(row)
    assert len(entries) == count
    assert all(entry.code.startswith(f"C.{row}") for entry in entries)


def test_the_rows_of_table_1_share_out_annex_c() -> None:
    assert tuple(item for row in ROWS for item in items_of(row)) == tuple(ITEMS.values())


@pytest.mark.parametrize("code", tuple(ITEMS))
def test_an_entry_of_annex_c_is_known(code: str) -> None:
    assert check_item(code).code == code


@pytest.mark.parametrize("code", tuple(ANNEX))
def test_an_entry_of_annex_d_is_known(code: str) -> None:
    item = check_annex(code)
    assert (item.code, item.row) == (code, None)


@pytest.mark.parametrize("code", ["", "C.1", "C.1.7", "C.5.1", "c.1.1", "D.a", "NONE"])
def test_anything_else_is_no_entry_of_annex_c(code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_item(code)
    assert (refusal.value.code, refusal.value.clause) == ("unknown_item", "5.2.1 a")
    assert refusal.value.facts == {"item": code}


@pytest.mark.parametrize("code", ["", "D", "D.j", "d.a", "C.5"])
def test_anything_else_is_no_entry_of_annex_d(code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_annex(code)
    assert (refusal.value.code, refusal.value.clause) == ("unknown_annex", "5.2.2")
    assert refusal.value.facts == {"annex": code}


def test_text_keys_are_names_a_catalogue_of_texts_can_hold() -> None:
    assert (ITEMS["C.1.6"].text_key, ITEMS["C.5"].text_key, ANNEX["D.i"].text_key) == (
        "annex-c-1-6",
        "annex-c-5",
        "annex-d-i",
    )
