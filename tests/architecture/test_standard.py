"""docs/standard.md names what is there: every function it rests on, every test that says so."""

import importlib
import re
from functools import reduce
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "standard.md").read_text(encoding="utf-8")
CODE = sorted(set(re.findall(r"`((?:procedure|services)(?:\.\w+)+)`", PAGE)))
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
ROWS = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| Clause")]


@pytest.mark.parametrize("name", CODE)
def test_every_function_that_is_named_exists(name: str) -> None:
    parts = name.split(".")
    module = importlib.import_module(".".join(parts[:-1]))
    assert callable(reduce(getattr, parts[-1:], module))


@pytest.mark.parametrize(("path", "name"), TESTS)
def test_every_test_that_is_named_exists(path: str, name: str) -> None:
    assert re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_row_names_code_and_a_test() -> None:
    assert len(ROWS) > 40
    assert [row[0] for row in ROWS if "`" not in row[2] or "::test_" not in row[3]] == []


def test_every_clause_of_chapters_5_and_6_has_a_row() -> None:
    named = " ".join(row[0] for row in ROWS)
    for clause in (
        "5.1.1",
        "5.1.2",
        "5.1.3",
        *(f"5.2.{n}" for n in range(1, 6)),
        "5.3.1 a",
        "5.3.1 b",
        "5.3.1 c",
        "5.3.1 d",
    ):
        assert clause in named, clause
    for clause in (
        "5.3.2",
        "5.3.5",
        "5.4",
        "5.5.1",
        "5.6.1 a",
        "5.6.1 i",
        "5.6.3",
        "5.6.4",
        "5.7.1",
        "5.7.2",
        "5.8 a",
        "5.8 b",
    ):
        assert clause in named, clause
    for clause in ("5.8 c", "5.9.1", "5.9.2", "5.9.3", "5.9.4", "6 a–g"):
        assert clause in named, clause
