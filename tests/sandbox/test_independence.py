"""A stranger cannot share a bug: the sandbox uses neither our code nor a bot library."""

import ast
from collections.abc import Iterator
from pathlib import Path

SANDBOX = Path(__file__).parents[2] / "bot" / "sandbox"
FORBIDDEN = {"aiogram", "aiogram_dialog", "telegram", "handlers", "dialogs", "services", "storage", "procedure"}


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module is not None
            yield node.module


def test_the_sandbox_stands_alone() -> None:
    found = {name for path in SANDBOX.rglob("*.py") for name in _imports(path)}
    assert "aiohttp" in found
    assert {name for name in found if name.split(".")[0] in FORBIDDEN} == set()
    assert {name for name in found if name.split(".")[0] == "bot" and not name.startswith("bot.sandbox")} == set()
