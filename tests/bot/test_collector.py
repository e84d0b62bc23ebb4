"""The collector: files of speeches come to the disk under their SHA-256, whole, once, and bounded."""

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from bot.outbound.collector import Collector, keep, path_of
from bot.outbound.limiter import Limiter
from bot.outbound.post import Post
from services import demo, files, files_coming
from services.act import SYSTEM
from storage.tables import Attachment, Speech
from storage.work import UnitOfWork
from tests.bot.conftest import Street

BODY = "南门现场".encode()
DIGEST = hashlib.sha256(BODY).hexdigest()
ROOMY = 2**20


async def sent(street: Street, body: bytes) -> str:
    """张三 sends a file into the group; its file_id."""
    made = {"from": street.resident, "document": b64encode(body).decode(), "name": "现场.bin"}
    await street.ask("POST", f"/{street.group}/messages", made)
    answer = await street.http.post(f"{street.sandbox.api_url}/bot{street.settings.token}/getUpdates")
    return str(answer.json()["result"][-1]["message"]["document"]["file_id"])


def _add(row: SQLModel, uow: UnitOfWork) -> None:
    uow.add(row)


def wanted(street: Street, *file_ids: str) -> None:
    """A speech for each of these files, which are to be fetched."""
    accounts = {cast.key: 9000 + number for number, cast in enumerate(demo.CAST)}
    facts = {"accounts": accounts, "group_id": street.group, "group_kind": "supergroup", "channel_id": None}
    meeting_id = street.door.act_now(demo.seed, SYSTEM, None, **facts).facts["meeting_id"]
    now = street.clock.now()
    for number, file_id in enumerate(file_ids, start=1):
        speech = Speech(
            community_id=1,
            meeting_id=meeting_id,
            chat_id=street.group,
            message_id=number,
            kind="document",
            standing="speech",
            sent_at=now,
        )
        street.database.write_now(partial(_add, speech))
        row = Attachment(community_id=1, speech_id=speech.id or 0, file_id=file_id, due_at=now)
        street.database.write_now(partial(_add, row))


def kept(street: Street) -> list[Attachment]:
    return list(street.database.read_now(lambda uow: uow.all(Attachment)))


@asynccontextmanager
async def collecting(street: Street, folder: Path, most_bytes: int = ROOMY) -> AsyncIterator[None]:
    post = Post(street.settings, Limiter(street.settings.limits, street.clock))
    working = asyncio.create_task(Collector(street.door, post, street.clock, folder, most_bytes).run())
    try:
        yield
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await post.close()


async def becomes(found: Callable[[], bool]) -> None:
    """Within ten seconds this is so."""
    async with asyncio.timeout(60):
        while not found():
            await asyncio.sleep(0.02)


async def test_t31_files_lie_on_the_disk_by_their_sha256_each_once(street: Street, folder: Path) -> None:
    wanted(street, await sent(street, BODY), await sent(street, BODY))
    async with collecting(street, folder):
        await becomes(lambda: [row.state for row in kept(street)] == [files_coming.STORED] * 2)
    assert {row.sha256 for row in kept(street)} == {DIGEST}
    assert [path.read_bytes() for path in folder.rglob("*") if path.is_file()] == [BODY]
    assert path_of(folder, DIGEST).is_file()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Nothing else lies here."""
    return tmp_path / "files"


@pytest.mark.parametrize(
    ("file_id", "most_bytes", "state"),
    [("nobody-sent-this", ROOMY, files_coming.LOST), ("", len(BODY) - 1, files_coming.NO_ROOM)],
)
async def test_t31_what_cannot_be_had_or_does_not_fit_is_said_so(
    street: Street, folder: Path, file_id: str, most_bytes: int, state: str
) -> None:
    wanted(street, file_id or await sent(street, BODY))
    async with collecting(street, folder, most_bytes):
        await becomes(lambda: kept(street)[0].state == state)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


async def test_t31_more_than_twenty_megabytes_is_not_asked_for_again(street: Street, folder: Path) -> None:
    wanted(street, await sent(street, b"\0" * (files.MOST_BYTES + 1)))
    async with collecting(street, folder, 2**30):
        await becomes(lambda: kept(street)[0].state == files_coming.TOO_BIG)


async def test_t31_a_call_that_fails_is_made_again_later(street: Street, folder: Path) -> None:
    wanted(street, await sent(street, BODY))
    await street.fault(method="getFile", error=500)
    async with collecting(street, folder):
        await becomes(lambda: kept(street)[0].attempts == 1)
    row = kept(street)[0]
    assert (row.state, row.due_at > street.clock.now()) == (files_coming.WANTED, True)


def test_what_cannot_be_written_leaves_nothing_behind(folder: Path) -> None:
    folder.mkdir()
    (folder / DIGEST[:2]).write_text("no folder")
    with pytest.raises(OSError, match=r"File exists|Not a directory"):
        keep(folder, BODY)
    assert [path.name for path in folder.rglob("*")] == [DIGEST[:2]]
