"""The house rules that a machine can check: small rooms, one clock, no hosts, one action one rule."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE_LIMIT = 300
FUNCTION_LIMIT = 40
CLOCKS = {"bot/clock.py", "bot/sandbox/clock.py"}
BANNED_CALLS = {"now", "utcnow", "today"}
ROOMS = ("bot", "handlers", "dialogs", "services", "storage", "procedure", "tests")


def tracked(*patterns: str) -> list[Path]:
    """Files under version control, and those about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def sources() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations/versions" not in path.as_posix()]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_a_file_has_at_most_300_lines() -> None:
    files = [*sources(), *tracked("*.css", "*.js", "*.html", "*.ftl")]
    assert len(files) > 500
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: count for name, count in lines.items() if count > FILE_LIMIT} == {}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function's name and how many lines it has."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name_of(path)}::{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_a_function_has_at_most_40_lines() -> None:
    found = [function for path in sources() for function in functions(path)]
    assert len(found) > 3000
    assert [(name, count) for name, count in found if count > FUNCTION_LIMIT] == []


def clock_readings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value).split(".")[-1]
            if node.func.attr in BANNED_CALLS and owner in {"datetime", "date", "dt"}:
                yield ast.unparse(node.func)
            if owner == "time" and node.func.attr in {"time", "sleep", "time_ns", "localtime", "gmtime"}:
                yield ast.unparse(node.func)


def test_only_the_clock_reads_time() -> None:
    asked = [path for path in sources() if name_of(path) not in CLOCKS]
    found = {name_of(path): list(clock_readings(ast.parse(path.read_text(encoding="utf-8")))) for path in asked}
    assert len(found) > 500
    assert {name: readings for name, readings in found.items() if readings} == {}


def test_the_clock_ban_sees_a_reading() -> None:
    code = "import datetime\ndatetime.datetime.now()\ndatetime.date.today()\nimport time\ntime.time()\n"
    assert list(clock_readings(ast.parse(code))) == ["datetime.datetime.now", "datetime.date.today", "time.time"]


def test_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("lock", "least"), [("requirements", 20), ("requirements-dev", 40), ("requirements-pip", 1)])
def test_locks_are_hashed_and_name_no_host(lock: str, least: int) -> None:
    text = (ROOT / f"{lock}.lock").read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.findall(r"^[a-z0-9][^\s]*==", text, re.MULTILINE)
    assert len(pins) >= least
    assert len(re.findall(r"^[a-z0-9][^\n]*\\\n\s+--hash=sha256:", text, re.MULTILINE)) == len(pins)


def test_every_package_is_a_room_we_know() -> None:
    packages = {path.parts[-2] for path in ROOT.glob("*/__init__.py")}
    assert packages == set(ROOMS)
