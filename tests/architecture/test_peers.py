"""docs/peers.md names tests that are there; and what only the shape of the code can promise."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "peers.md").read_text(encoding="utf-8")
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
ROOMS = ("services", "handlers", "dialogs", "bot", "storage")


@pytest.mark.parametrize(("path", "name"), TESTS)
def test_every_test_that_is_named_exists(path: str, name: str) -> None:
    assert re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_verdict_comes_from_one_call() -> None:
    """Whoever closes a vote, and however: 5.7.2 is asked in one place."""
    calling = re.compile(r"(?<![\w.])verdict\((?!self)")
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "rehearsal" not in path.parts]
    calls = [(path.name, line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    assert [name for name, line in calls if calling.search(line) and "def verdict" not in line] == ["result.py"]
    assert not [name for name, line in calls if "rules_adopted(" in line and name not in ("result.py", "voting.py")]
