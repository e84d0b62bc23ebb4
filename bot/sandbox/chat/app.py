"""The chat side's routes."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.api import Api
from bot.sandbox.chat.body import body_of, json_of, number, seconds
from bot.sandbox.chat.events import Events
from bot.sandbox.chat.people import People
from bot.sandbox.chat.places import Places
from bot.sandbox.chat.posts import Posts
from bot.sandbox.chat.press import Presses
from bot.sandbox.conductor import SETTLE_SECONDS, Conductor, instant
from bot.sandbox.errors import ChatError
from bot.sandbox.model import Wire

PAGE = Path(__file__).parent.parent / "page"
BODY_BYTES = 96 * 2**20
LONGEST_WAIT = 60.0
MIME = re.compile(r"[a-z]+/[a-z0-9.+-]+")
FILE_HEADERS = {
    "Cache-Control": "max-age=86400",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
Route = Callable[[web.Request], Awaitable[Any]]


class ChatSide:
    """Everything the chat port serves; the controls of the world only with `control`."""

    def __init__(self, api: Api, conductor: Conductor, control: bool) -> None:
        self.world = api.world
        self.api = api
        self.conductor = conductor
        self.people = People(self.world, api.delivery)
        self.places = Places(self.world, api.delivery, self.people)
        self.posts = Posts(self.world, api.delivery)
        self.presses = Presses(self.world, api.delivery)
        self.events = Events(self.world)
        self._control = control

    def app(self) -> web.Application:
        """The web application that serves it."""
        app = web.Application(client_max_size=BODY_BYTES)
        chat = r"/chat/{chat:-?\d+}"
        add = app.router.add_route
        for method, path, route in (
            ("GET", "/chat/state", self._state),
            ("POST", "/chat/users", self._users),
            ("POST", "/chat/groups", self._groups),
            ("POST", f"{chat}/members", self._members),
            ("GET", f"{chat}/messages", self._messages),
            ("POST", f"{chat}/messages", self._post),
            ("PATCH", chat + r"/messages/{id:\d+}", self._edit),
            ("DELETE", chat + r"/messages/{id:\d+}", self._delete),
            ("POST", f"{chat}/press", self._press),
            ("POST", "/chat/presses", self._presses),
            ("POST", f"{chat}/upgrade", self._upgrade),
            ("POST", f"{chat}/topics", self._topics),
            ("GET", "/chat/clock", self._clock),
            ("POST", "/chat/clock/report", self._report),
            ("POST", "/chat/settle", self._settle),
            *self._controls(chat),
        ):
            add(method, path, self._json(route))
        add("GET", "/chat/events", self._json(self._events))
        add("GET", "/chat/files/{id}/{name}", self._json(self._file))
        add("*", "/chat/{rest:.*}", self._json(_nowhere))
        if (PAGE / "index.html").exists():
            add("GET", "/", self._index)
            app.router.add_static("/static/", PAGE)
        return app

    def _controls(self, chat: str) -> Iterator[tuple[str, str, Route]]:
        for method, path, route in (
            ("POST", f"{chat}/settings", self._settings),
            ("POST", "/chat/block", self._block),
            ("POST", "/chat/clock", self._move),
            ("GET", "/chat/calls", self._calls),
            ("POST", "/chat/faults", self._faults),
        ):
            yield method, path, route if self._control else _absent

    def _json(self, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            status, body = 200, None
            try:
                _own_page(request)
                body = await route(request)
            except ChatError as error:
                status, body = error.status, {"error": error.text}
            self.world.flush()
            if isinstance(body, web.StreamResponse):
                return body
            return web.Response(
                text=json.dumps(body, ensure_ascii=False), status=status, content_type="application/json"
            )

        return answer

    async def _state(self, _request: web.Request) -> Wire:
        return self.people.state() | {"control": self._control, "version": self.world.clock.version}

    async def _users(self, request: web.Request) -> Wire:
        return self.people.add_user(await body_of(request))

    async def _groups(self, request: web.Request) -> Wire:
        return self.people.add_group(await body_of(request))

    async def _members(self, request: web.Request) -> Wire:
        return self.people.set_member(_chat(request), await body_of(request))

    async def _settings(self, request: web.Request) -> Wire:
        return self.people.settings(_chat(request), await body_of(request))

    async def _block(self, request: web.Request) -> Wire:
        return self.people.block(await body_of(request))

    async def _messages(self, request: web.Request) -> list[Wire]:
        return self.posts.list(_chat(request), dict(request.query))

    async def _post(self, request: web.Request) -> Wire:
        body = await body_of(request)
        message = self.posts.post(_chat(request), body)
        if body.get("wait"):
            await self.conductor.settle()
        return message

    async def _edit(self, request: web.Request) -> Wire:
        return self.posts.edit(_chat(request), int(request.match_info["id"]), await body_of(request))

    async def _delete(self, request: web.Request) -> Wire:
        body = dict(request.query) | await body_of(request)
        return self.posts.delete(_chat(request), int(request.match_info["id"]), body)

    async def _press(self, request: web.Request) -> Wire:
        return await self.presses.press(_chat(request), await body_of(request))

    async def _presses(self, request: web.Request) -> list[Wire]:
        return await self.presses.many(await body_of(request))

    async def _upgrade(self, request: web.Request) -> Wire:
        return self.places.upgrade(_chat(request))

    async def _topics(self, request: web.Request) -> Wire:
        return self.places.topic(_chat(request), await body_of(request))

    async def _clock(self, request: web.Request) -> Wire:
        clock, query = self.world.clock, dict(request.query)
        client = query.get("client")
        if client is not None:
            self.conductor.watch(client, True)
        try:
            wait = min(seconds(query, "wait", 0), LONGEST_WAIT)
            if wait > 0 and number(query, "version", clock.version) == clock.version:
                await clock.moved.wait(wait)
        finally:
            if client is not None:
                self.conductor.watch(client, False)
        return {"now": clock.iso(), "version": clock.version, "reporters": self.conductor.reporters()}

    async def _move(self, request: web.Request) -> Wire:
        body = await body_of(request)
        if "advance" in body:
            target = instant(self.world.clock.now() + seconds(body, "advance", 0), "advance")
        else:
            target = instant(body.get("to"), "to")
        await self.conductor.move(target, bool(body.get("settle", True)))
        return {"now": self.world.clock.iso(), "version": self.world.clock.version}

    async def _report(self, request: web.Request) -> Wire:
        return self.conductor.report(await body_of(request))

    async def _settle(self, request: web.Request) -> Wire:
        body = await body_of(request)
        await self.conductor.settle(seconds(body, "timeout", SETTLE_SECONDS))
        return {"now": self.world.clock.iso()}

    async def _calls(self, request: web.Request) -> list[Wire]:
        query: Wire = dict(request.query)
        bot, chat = (number(query, name) if name in query else None for name in ("bot", "chat"))
        return self.api.calls.find(bot, query.get("method"), chat, number(query, "after", 0))

    async def _faults(self, request: web.Request) -> Wire:
        given = await json_of(request)
        faults = given if isinstance(given, list) else [given]
        if not all(isinstance(one, dict) for one in faults):
            raise ChatError(400, "a list of faults is expected")
        if not faults:
            self.api.faults.clear()
        for fault in faults:
            if fault.get("error") == "duplicate_update":
                self.api.delivery.repeats += number(fault, "times", 1)
            else:
                self.api.faults.order(fault)
        return {"ordered": len(faults)}

    async def _events(self, request: web.Request) -> web.StreamResponse:
        query = dict(request.query)
        viewer = self.world.user(number(query, "viewer")).id if "viewer" in query else None
        return await self.events.stream(request, viewer)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self.world.files.get(request.match_info["id"])
        if file is None:
            raise ChatError(404, "no such file")
        mime = (
            file.mime.partition(";")[0] if MIME.fullmatch(file.mime.partition(";")[0]) else "application/octet-stream"
        )
        return web.Response(body=file.content, content_type=mime, headers=FILE_HEADERS)

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})


def _own_page(request: web.Request) -> None:
    """Another site's page, open in the same browser, must not act here."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise ChatError(403, "this page belongs to another site")


async def _nowhere(request: web.Request) -> None:
    raise ChatError(404, f"nothing at {request.method} {request.path}")


async def _absent(_request: web.Request) -> None:
    raise ChatError(404, "this sandbox is not run with --control")


def _chat(request: web.Request) -> int:
    return int(request.match_info["chat"])


async def end(side: ChatSide) -> None:
    """End the streams and long polls, so that the server can stop at once."""
    side.events.stop()
    side.world.clock.moved.fire()
    side.api.end_polls()
    await asyncio.sleep(0)
