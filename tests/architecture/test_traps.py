"""Each trap of Telegram's that a meeting meets has a test that bears its number: `test_t21_…`."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
TRAPS = (*range(1, 15), *range(16, 19), *range(20, 43), *range(44, 51))
NAMED = re.compile(r"^(?:async )?def test_t(\d\d)_", re.MULTILINE)


@pytest.fixture(scope="module")
def named() -> frozenset[int]:
    """The numbers that tests bear."""
    texts = (path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    return frozenset(int(number) for text in texts for number in NAMED.findall(text))


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_has_a_test_of_its_name(trap: int, named: frozenset[int]) -> None:
    assert trap in named, f"no test_t{trap:02}_… in tests/"
