"""The world outlives the process, however it ends."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.sandbox.__main__ import main
from tests.sandbox.conftest import BOT, NEIGHBOUR, OWNER, PNG, TOKEN

ROOT = Path(__file__).parents[2]


class Served:
    """A sandbox in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process, api: str, chat: str) -> None:
        self.process, self.api_url, self.chat_url = process, api, chat
        self.http = httpx.AsyncClient(timeout=30, verify=False, trust_env=False)

    async def call(self, method: str, **args: Any) -> Any:
        body = (await self.http.post(f"{self.api_url}/bot{TOKEN}/{method}", json=args)).json()
        assert body["ok"], body
        return body["result"]

    async def ask(self, verb: str, path: str, body: Any = None) -> Any:
        answer = await self.http.request(verb, f"{self.chat_url}/chat{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()


@asynccontextmanager
async def served(state: Path, end: signal.Signals = signal.SIGTERM) -> AsyncIterator[Served]:
    """Run `python -m bot.sandbox` on free ports and end it by a signal."""
    command = [sys.executable, "-m", "bot.sandbox", "--control", "--state", str(state)]
    command += ["--api-port", "0", "--chat-port", "0"]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
    match = re.fullmatch(r"sandbox api=(http://127\.0\.0\.1:\d+) chat=(http://127\.0\.0\.1:\d+)\n", line)
    assert match is not None, line
    sandbox = Served(process, match[1], match[2])
    try:
        yield sandbox
    finally:
        await sandbox.http.aclose()
        process.send_signal(end)
        assert await asyncio.wait_for(process.wait(), 10) == (0 if end != signal.SIGKILL else -signal.SIGKILL)


async def _fill(sandbox: Served) -> int:
    """People, a group, settings, a picture, a pin, a query under way, and an update nobody has fetched."""
    for name in ("张三", "李四"):
        await sandbox.ask("POST", "/users", {"name": name})
    await sandbox.call("setMyCommands", commands=[{"command": "start", "description": "开始"}])
    body = {"title": "群", "kind": "supergroup", "owner": OWNER, "members": [NEIGHBOUR], "admins": [BOT]}
    group = int((await sandbox.ask("POST", "/groups", body))["id"])
    await sandbox.call("sendMessage", chat_id=group, text="板")
    form = {"chat_id": str(group), "caption": "图"}
    url = f"{sandbox.api_url}/bot{TOKEN}/sendPhoto"
    assert (await sandbox.http.post(url, data=form, files={"photo": ("a.png", PNG, "image/png")})).is_success
    await sandbox.call("pinChatMessage", chat_id=group, message_id=2)
    await sandbox.call("restrictChatMember", chat_id=group, user_id=NEIGHBOUR, permissions={"can_send_polls": True})
    await sandbox.ask("POST", "/clock", {"advance": 86400, "settle": False})
    await sandbox.ask("POST", f"/{OWNER}/messages", {"from": OWNER, "text": "/start"})
    await sandbox.ask("POST", "/block", {"user": NEIGHBOUR, "bot": BOT})
    return group


async def _everything(sandbox: Served, group: int) -> dict[str, Any]:
    state = await sandbox.ask("GET", "/state")
    seen = {name: state[name] for name in ("users", "bots", "chats")}
    messages = await sandbox.ask("GET", f"/{group}/messages")
    seen["messages"] = [messages, await sandbox.ask("GET", f"/{OWNER}/messages")]
    photo = next(one for one in messages if one["kind"] == "photo")
    seen["photo"] = (await sandbox.http.get(sandbox.chat_url + photo["files"][0]["url"])).content
    seen["updates"] = await sandbox.call("getUpdates")
    return seen


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
async def test_nothing_is_lost(tmp_path: Path, end: signal.Signals) -> None:
    async with served(tmp_path / "world.db", end) as sandbox:
        group = await _fill(sandbox)
        before = await _everything(sandbox, group)
        clock = (await sandbox.ask("GET", "/clock"))["now"]
    async with served(tmp_path / "world.db") as sandbox:
        assert await _everything(sandbox, group) == before
        assert (await sandbox.ask("GET", "/clock"))["now"] > clock
        sent = await sandbox.call("sendMessage", chat_id=group, text="继续")
        assert sent["message_id"] == before["messages"][0][-1]["id"] + 1
        assert (await sandbox.ask("POST", "/users", {"name": "周文"}))["id"] == 1003


async def test_a_query_can_be_answered_after_a_restart(tmp_path: Path) -> None:
    async with served(tmp_path / "world.db", signal.SIGKILL) as sandbox:
        group = await _fill(sandbox)
        body = {"from": OWNER, "message_id": 2, "data": "x"}
        press = asyncio.create_task(sandbox.ask("POST", f"/{group}/press", body))
        await asyncio.sleep(0.2)
        updates = await sandbox.call("getUpdates", offset=-1)
        press.cancel()
    async with served(tmp_path / "world.db") as sandbox:
        assert await sandbox.call("getUpdates") == updates
        query = updates[0]["callback_query"]["id"]
        assert await sandbox.call("answerCallbackQuery", callback_query_id=query) is True


async def test_a_taken_port_is_one_plain_line(tmp_path: Path) -> None:
    async with served(tmp_path / "world.db") as sandbox:
        port = sandbox.api_url.rpartition(":")[2]
        command = [sys.executable, "-m", "bot.sandbox", "--api-port", port, "--chat-port", "0"]
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=asyncio.subprocess.PIPE)
        _out, error = await asyncio.wait_for(process.communicate(), 20)
        assert process.returncode == 2
        assert error.decode().count("\n") == 1
        assert error.startswith(b"sandbox: ")


def test_a_file_that_holds_no_world_is_one_plain_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("买菜" * 50, encoding="utf-8")
    arguments = ("--api-port", "0", "--chat-port", "0", "--state", str(tmp_path / "notes.txt"))
    monkeypatch.setattr(sys, "argv", ["sandbox", *arguments])
    assert main() == 2
    assert capsys.readouterr().err == "sandbox: file is not a database\n"
