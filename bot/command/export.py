"""Writing one topic's archive into a new folder: papers, minutes, journal, files, and a page that says what is what."""

import hashlib
import mimetypes
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.command.run import CommandError
from bot.outbound.collector import path_of
from services.exporting import Archived, WhichTopicError, Written, archive
from storage.database import Database

README: Final = """{community} {number} 号议题：{title}
导出时间 {at}

papers/          发出过的材料（Word），每个版本一份，文件名是 序号-版本-名称
minutes-*.json   每次协商会的会议记录全文，记录表 B.3 上印着它的 SHA-256，记录员签字确认的就是它
so-far/          到导出时为止的会议记录（还没有记录表，或者后来有补充）
files/           发言里的图片、语音、文件，文件名是 SHA-256
journal.jsonl    操作日志，每一行都带着前一行的校验值，改动一处后面就对不上
{missing}
核对：yishiting verify journal.jsonl
带联系方式的 B.1 不在这里，公开本在 papers/ 里。会议记录里有谁举了什么手，只供归档，不要公开。
"""


def write(database: Database, files: Path, *, number: int, community: int | None, folder: Path, now: datetime) -> int:
    """Make the folder, whole or not at all, readable by its owner alone; how many files it holds.

    ``files`` is where the files of speeches lie. Raises CommandError.
    """
    _check_free(folder)
    try:
        found = database.read_now(lambda uow: archive(uow, number=number, community_id=community, now=now))
    except WhichTopicError as error:
        raise CommandError(_which(error.communities, number)) from None
    try:
        making = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".export-"))
    except OSError as error:
        raise CommandError(f"{folder} cannot be made: {error.strerror}") from None
    try:
        count = _fill(making, found, files)
        making.replace(folder)
    except OSError as error:
        raise CommandError(f"{folder} cannot be written: {error.strerror}") from None
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return count


def _check_free(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        raise CommandError(f"{folder} is there already; name a new folder")


def _which(communities: list[int], number: int) -> str:
    if not communities:
        return f"there is no topic {number}"
    return f"several communities have a topic {number}: choose with --community {'|'.join(map(str, communities))}"


def _fill(making: Path, found: Archived, files: Path) -> int:
    missing = [f"还没有生成的材料：{name}" for name in found.undrawn]
    count = 0
    for one in (*found.written, *_from_disk(found, files, missing)):
        path = making / one.place
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(one.body)
        count += 1
    told = {"community": found.community, "number": found.number, "title": found.title}
    text = README.format(**told, at=found.at.isoformat(timespec="minutes"), missing="\n".join(missing))
    (making / "README.txt").write_text(text, encoding="utf-8")
    return count + 1


def _from_disk(found: Archived, files: Path, missing: list[str]) -> Iterator[Written]:
    for digest, mime in found.files:
        try:
            body = path_of(files, digest).read_bytes()
        except OSError:
            body = b""
        if hashlib.sha256(body).hexdigest() != digest:
            missing.append(f"磁盘上找不到或已损坏的文件：{digest}")
            continue
        yield Written(f"files/{digest}{mimetypes.guess_extension(mime or '') or ''}", body)
