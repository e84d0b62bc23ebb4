"""The command line: plain lines, exit codes, a journal that shows tampering, logs that keep quiet."""

import json
import logging
import sys
from pathlib import Path
from typing import Any

import pytest

from bot import __main__ as command_line
from bot.command.checkup import Finding, checkup
from bot.command.logs import Discreet
from procedure.journal import GENESIS, link
from services import journal
from storage.database import Database
from storage.tables import Community, Group
from storage.work import UnitOfWork
from tests.bot.conftest import BOT, TOKEN, Street
from tests.support.clock import START


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit code of `yishiting …`."""
    monkeypatch.setattr(sys, "argv", ["yishiting", *arguments])
    with pytest.raises(SystemExit) as end:
        command_line.main()
    assert isinstance(end.value.code, int)
    return end.value.code


def write_journal(uow: UnitOfWork) -> None:
    """Two chains: a topic's with three entries and the community's with one."""
    uow.add(Community(id=1, name="向阳社区", created_at=START))
    for number in range(3):
        journal.record(uow, "noted", community_id=1, subject_id=4, now=START, figure=number)
    journal.record(uow, "noted", community_id=1, subject="community", subject_id=1, now=START)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, database: Database, database_url: str, tmp_path: Path) -> Database:
    """The command line's database, with a journal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YISHITING_DATABASE_URL", database_url)
    database.write_now(write_journal)
    return database


def test_verify_says_whole_or_where_it_breaks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kept: Database
) -> None:
    assert run(monkeypatch, "verify") == 0
    assert json.loads(capsys.readouterr().out) == {"chains": 2, "entries": 4, "broken": []}
    forged = "UPDATE journal SET entry = REPLACE(entry, '\"figure\":1', '\"figure\":7') WHERE number = 2"
    kept.write_now(lambda uow: uow.raw(forged))
    assert run(monkeypatch, "verify") == 1
    broken = json.loads(capsys.readouterr().out)["broken"]
    assert broken == [{"subject": "topic", "subject_id": 4, "number": 2}]


TAMPERED = (
    "entry = REPLACE(entry, 'noted', 'denied')",
    "entry = '买菜'",
    "entry = '5'",
    "entry = entry || ' '",
    "hash = REPLACE(hash, SUBSTR(hash, 1, 1), '-')",
    "at = at + 1",
    "number = 9",
    "community_id = 2",
    "subject_id = 8",
    "subject = 'community', subject_id = 3",
)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("change", TAMPERED)
def test_verify_sees_whatever_was_changed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kept: Database, change: str
) -> None:
    kept.write_now(lambda uow: uow.add(Community(id=2, name="另一社区", created_at=START)) and None)
    forged = f"UPDATE journal SET {change} WHERE subject = 'topic' AND number = 2"
    kept.write_now(lambda uow: uow.raw(forged) and None)
    assert run(monkeypatch, "verify") == 1
    assert json.loads(capsys.readouterr().out)["broken"] != []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_verify_an_unknown_topic(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kept: Database
) -> None:
    assert run(monkeypatch, "verify", "--topic", "99") == 2
    assert capsys.readouterr().err == "yishiting: there is no topic 99\n"


@pytest.mark.parametrize(("tamper", "code"), [(False, 0), (True, 1)])
def test_verify_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tamper: bool, code: int) -> None:
    previous, lines = GENESIS, []
    for number in range(3):
        entry = {"n": number, "kind": "noted"}
        previous = link(previous, entry)
        shown = entry | {"kind": "forged"} if tamper and number == 1 else entry
        lines.append(json.dumps({"entry": shown, "hash": previous}))
    file = tmp_path / "journal.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert run(monkeypatch, "verify", str(file)) == code


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("nonsense",), "No such command 'nonsense'."),
        (("run", "--roles", "cook"), "--roles takes bot,outbound,reminders"),
        (("verify",), "there is no database data/yishiting.db; yishiting migrate makes one"),
        (("verify", "not-there.jsonl"), "not-there.jsonl cannot be read: No such file or directory"),
        (("verify", "notes.txt"), "notes.txt is not a journal: JSON lines with entry and hash are expected"),
    ],
)
def test_errors_are_one_plain_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    arguments: tuple[str, ...],
    line: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("YISHITING_DATABASE_URL", raising=False)
    Path("notes.txt").write_text("买菜", encoding="utf-8")
    assert run(monkeypatch, *arguments) == 2
    assert capsys.readouterr().err == f"yishiting: {line}\n"


def test_a_database_that_does_not_answer_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YISHITING_DATABASE_URL", "postgresql://nobody:hidden@127.0.0.1:9/none")
    assert run(monkeypatch, "migrate") == 2
    shown = capsys.readouterr().err
    assert shown.startswith("yishiting: OperationalError")
    assert shown.count("\n") == 1
    assert "hidden" not in shown


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_checkup_finds_what_is_missing(street: Street, database_url: str) -> None:
    settings = street.settings.model_copy(update={"database_url": database_url})
    findings = {found.what.split(" ")[-1]: found for found in [line async for line in checkup(settings)]}
    assert all(findings[what].well for what in ("database", "token", "mode", "types", "clock"))
    broken = settings.model_copy(update={"api_url": "http://127.0.0.1:9"})
    assert [found.well for found in [line async for line in checkup(broken)]] == [True, False]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_t17_checkup_names_the_kinds_of_update_that_do_not_come(street: Street, database_url: str) -> None:
    settings = street.settings.model_copy(update={"database_url": database_url})
    poll = f"{street.sandbox.api_url}/bot{settings.token}/getUpdates"
    await street.http.post(poll, json={"timeout": 0, "allowed_updates": ["message", "callback_query"]})
    (updates,) = [line async for line in checkup(settings) if "update types" in line.what]
    assert not updates.well and "chat_member" in updates.detail and "edited_message" in updates.detail


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_t18_t26_checkup_says_what_the_bot_hears_and_whom_the_group_favours(
    street: Street, database_url: str
) -> None:
    settings = street.settings.model_copy(update={"database_url": database_url})
    group: dict[str, Any] = {"chat_id": street.group, "title": "议事群", "kind": "supergroup"}
    await street.database.write(lambda uow: uow.add(Community(name="向阳", created_at=street.clock.now())))
    await street.database.write(lambda uow: uow.add(Group(community_id=1, **group)))

    async def found(what: str) -> Finding:
        return next(one for one in [line async for line in checkup(settings)] if what in one.what)

    assert "须是群管理员" in (await found("privacy")).detail and (await found("议事群")).well
    change = {"unrestrict_boost_count": 3, "slow_mode_delay": 30, "bot_privacy": False}
    await street.ask("POST", f"/{street.group}/settings", change)
    assert "关 off" in (await found("privacy")).detail
    uneven = await found("议事群")
    assert not uneven.well and "加速 3 次" in uneven.detail and "慢速模式 30 秒" in uneven.detail
    await street.ask("POST", f"/{street.group}/members", {"user": BOT, "status": "member"})
    assert "不是管理员" in (await found("议事群")).detail


def test_logs_show_neither_token_nor_words() -> None:
    said = "张三说过的话"
    try:
        raise LookupError(said)
    except LookupError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, f"bot{TOKEN}/send", None, sys.exc_info())
    line = Discreet("%(message)s").format(record)
    assert TOKEN not in line
    assert "张三" not in line
    assert "LookupError" in line
    assert "bot<token>/send" in line
