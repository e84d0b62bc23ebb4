"""The Bot API over HTTP: reading calls, refusing as Telegram refuses, long polling, file downloads."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.sandbox.calls import Calls, Faults
from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import Refused, bad
from bot.sandbox.known_methods import KNOWN
from bot.sandbox.methods import METHODS
from bot.sandbox.methods.base import Call, Method
from bot.sandbox.model import Bot, Wire
from bot.sandbox.params import NOT_UTF8, Upload, read, well_formed
from bot.sandbox.traffic import Traffic
from bot.sandbox.world import World

BODY_BYTES = 64 * 2**20
POLL_MOST, UPDATES_MOST = 50, 100
HOLD_LOOK = 0.02
POLLING = {"offset": "int", "limit": "int", "timeout": "int", "allowed_updates": "json"}
PATH = re.compile(r"/bot([^/]+)/([^/]+)/?")
FILE = re.compile(r"/file/bot([^/]+)/(.+)")
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Api:
    """The Bot API side of a world."""

    def __init__(self, world: World, delivery: Delivery, traffic: Traffic) -> None:
        self.world = world
        self.delivery = delivery
        self.traffic = traffic
        self.calls = Calls(world.clock)
        self.faults = Faults()

    def app(self) -> web.Application:
        """The web application that serves it."""
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_route("*", "/{rest:.*}", self._serve)
        return app

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if file := FILE.fullmatch(request.path):
            return self._download(file[1], file[2])
        match = PATH.fullmatch(request.path)
        if match is None or request.method not in ("GET", "POST"):
            return _answer(_failure(Refused(404, "Not Found")))
        bot = self.world.bot_of(match[1])
        if bot is None:
            return _answer(_failure(Refused(401, "Unauthorized")))
        return await self._call(request, bot, match[2])

    def _download(self, token: str, path: str) -> web.Response:
        if self.world.bot_of(token) is None:
            return _answer(_failure(Refused(401, "Unauthorized")))
        for file in self.world.files.values():
            if file.path == path:
                return web.Response(body=file.content, content_type="application/octet-stream")
        return _answer(_failure(Refused(404, "Not Found")))

    async def _call(self, request: web.Request, bot: Bot, name: str) -> web.StreamResponse:
        try:
            raw = await _parameters(request)
        except Refused as refusal:
            return _answer(_failure(refusal))
        except web.HTTPRequestEntityTooLarge:
            return _answer(_failure(Refused(413, "Request Entity Too Large")))
        method = METHODS.get(name.lower())
        row = self.calls.enter(bot.id, method.name if method else KNOWN.get(name.lower(), name), raw)
        fault = self.faults.take(row["method"], raw.get("chat_id"))
        if fault is not None:
            row["fault"] = fault["error"]
        if name.lower() == "getupdates":
            return await self._poll(bot, raw, row, fault)
        with self.traffic.call():
            if fault is not None and fault["error"] in ("timeout_before", "drop"):
                return await self._hang_up(request, fault)
            body = self._finish(row, lambda: self._carry_out(method, name, bot, raw, fault))
            self.world.flush()
            if fault is not None and fault["error"] == "timeout_after":
                return await self._hang_up(request, fault)
            return _answer(body)

    def _finish(self, row: Wire, run: Callable[[], Any]) -> Wire:
        try:
            row["result"] = run()
            row["ok"] = True
        except Refused as refusal:
            body = _failure(refusal)
            row |= {"ok": False, "error_code": refusal.code, "description": refusal.description}
            if refusal.retry_after is not None:
                row["retry_after"] = refusal.retry_after
            return body
        return {"ok": True, "result": row["result"]}

    def _carry_out(self, method: Method | None, name: str, bot: Bot, raw: dict[str, Any], fault: Wire | None) -> Any:
        _raise_fault(fault)
        if method is None:
            if name.lower() in KNOWN:
                raise Refused(501, f"Not Implemented: the sandbox does not implement {KNOWN[name.lower()]}")
            raise Refused(404, "Not Found: method not found")
        uploads = {key: value for key, value in raw.items() if isinstance(value, Upload)}
        return method.run(Call(self.world, self.delivery, bot, read(method.params, raw), uploads))

    async def _hang_up(self, request: web.Request, fault: Wire) -> web.Response:
        await _hold(request, float(fault.get("hold", 0)))
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _poll(self, bot: Bot, raw: dict[str, Any], row: Wire, fault: Wire | None) -> web.Response:
        self.world.wake(bot.id, False)
        try:
            _raise_fault(fault)
            args = read(POLLING, raw)
            self._note_allowed(bot, args.get("allowed_updates"))
            updates = await self._wait(bot, args)
        except Refused as refusal:
            row |= {"ok": False, "error_code": refusal.code, "description": refusal.description}
            return _answer(_failure(refusal))
        finally:
            self.world.flush()
        row |= {"ok": True, "result": len(updates)}
        return web.Response(text=f'{{"ok":true,"result":[{",".join(updates)}]}}', content_type="application/json")

    def _note_allowed(self, bot: Bot, allowed: Any) -> None:
        if allowed is None:
            return
        if not isinstance(allowed, list):
            raise bad("can't parse allowed_updates: expected an Array of String")
        if (allowed or None) != bot.allowed:
            bot.allowed = allowed or None
            self.world.save("bot", bot.id, bot)

    async def _wait(self, bot: Bot, args: dict[str, Any]) -> list[str]:
        self.delivery.confirm(bot, args.get("offset", 0))
        limit = min(max(args.get("limit", UPDATES_MOST), 1), UPDATES_MOST)
        ready = self.delivery.take(bot, limit)
        seconds = min(max(args.get("timeout", 0), 0), POLL_MOST)
        if not ready and seconds:
            self.world.flush()
            ready = await self._sleep(bot, limit, seconds)
        self.traffic.delivered(len(ready))
        return ready

    async def _sleep(self, bot: Bot, limit: int, seconds: float) -> list[str]:
        waiting = self.world.pollers[bot.id] = asyncio.get_running_loop().create_future()
        self.traffic.changed.fire()
        try:
            woken_by_updates = await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            return []
        finally:
            if self.world.pollers.get(bot.id) is waiting:
                del self.world.pollers[bot.id]
        if not woken_by_updates:
            raise Refused(409, CONFLICT)
        return self.delivery.take(bot, limit)

    def end_polls(self) -> None:
        """Answer every waiting poll at once: the server stops."""
        for bot in self.world.bots:
            self.world.wake(bot, True)


async def _hold(request: web.Request, seconds: float) -> None:
    """Keep the caller waiting, unless it is gone: a killed bot must not keep the world from settling."""
    for _ in range(int(seconds / HOLD_LOOK)):
        if request.transport is None or request.transport.is_closing():
            return
        await asyncio.sleep(HOLD_LOOK)


def _raise_fault(fault: Wire | None) -> None:
    if fault is None or fault["error"] not in (429, 500):
        return
    if fault["error"] == 500:
        raise Refused(500, "Internal Server Error")
    seconds = int(fault.get("retry_after", 1))
    raise Refused(429, f"Too Many Requests: retry after {seconds}", seconds)


def _failure(refusal: Refused) -> Wire:
    body: Wire = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.retry_after is not None:
        body["parameters"] = {"retry_after": refusal.retry_after}
    if refusal.migrate_to is not None:
        body["parameters"] = {"migrate_to_chat_id": refusal.migrate_to}
    return body


def _answer(body: Wire) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(text=text, content_type="application/json", status=200 if body["ok"] else body["error_code"])


async def _parameters(request: web.Request) -> dict[str, Any]:
    values: dict[str, Any] = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return values
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except (ValueError, RecursionError):
            raise bad("can't parse JSON-serialized request body") from None
        if not isinstance(body, dict):
            raise bad("request body must be a JSON object")
        if not well_formed(body):
            raise bad(NOT_UTF8)
        return values | body
    for name, value in (await request.post()).items():
        values[name] = _upload(value) if isinstance(value, FileField) else value
    return values


def _upload(field: FileField) -> Upload:
    return Upload(field.filename or "file", field.content_type, field.file.read())
