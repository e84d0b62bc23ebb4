"""Bytes by their hash."""

import asyncio
from datetime import UTC, datetime

from storage import files
from storage.database import Database
from storage.tables import Community, File
from storage.work import UnitOfWork

MANY, AT_ONCE = 40, 6


async def test_the_same_bytes_brought_by_many_at_once_are_kept_once(database: Database) -> None:
    """Two meetings with the same title and the same result draw the same picture: neither may fail for it."""

    await database.write(
        lambda uow: uow.add(Community(id=1, name="试验社区", created_at=datetime(2026, 11, 3, tzinfo=UTC)))
    )

    def bring(uow: UnitOfWork) -> None:
        for number in range(MANY):
            files.keep(uow, sha256=f"{number:064}", community_id=1, name="result.png", mime="image/png", body=b"png")

    await asyncio.gather(*(database.write(bring) for _ in range(AT_ONCE)))
    kept = database.read_now(lambda uow: [(row.name, row.body) for row in uow.all(File, order="sha256")])
    assert kept == [("result.png", b"png")] * MANY
