"""A world per test, on either database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.kill.lives import Lives, lives


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Lives]:
    """No bot lives here yet."""
    async with lives(database_url, tmp_path) as ours:
        yield ours
