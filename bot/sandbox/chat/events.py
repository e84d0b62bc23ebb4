"""Server-sent events for the page."""

import asyncio
import json

from aiohttp import web

from bot.sandbox import view
from bot.sandbox.model import Chat, Message, Wire
from bot.sandbox.world import World

HEARTBEAT_SECONDS = 15.0
KEPT = 10_000


class Events:
    """Streams of what happens, each as one viewer may see it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._streams: set[asyncio.Queue[str | None]] = set()

    def stop(self) -> None:
        """End every stream."""
        for stream in self._streams:
            stream.put_nowait(None)

    async def stream(self, request: web.Request, viewer: int | None) -> web.StreamResponse:
        """Send events until the reader goes away or the server stops."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        queue: asyncio.Queue[str | None] = asyncio.Queue()

        def listen(event: str, chat: Chat | None, message: Message | None) -> None:
            text = self._text(event, chat, message, viewer)
            if text:
                _offer(queue, text)

        self._world.listeners.append(listen)
        self._streams.add(queue)
        try:
            await self._send(response, queue)
        except ConnectionError:
            pass
        finally:
            self._world.listeners.remove(listen)
            self._streams.discard(queue)
        return response

    async def _send(self, response: web.StreamResponse, queue: asyncio.Queue[str | None]) -> None:
        await response.write(b": hello\n\n")
        while True:
            try:
                text = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                text = ": still here\n\n"
            if text is None:
                return
            await response.write(text.encode())

    def _text(self, event: str, chat: Chat | None, message: Message | None, viewer: int | None) -> str:
        body: Wire = {"now": self._world.clock.iso()} if event == "clock" else {}
        if chat is not None:
            if viewer is not None and event != "chat" and not self._world.inside(chat, viewer):
                return ""
            body = {"chat": chat.id, "bot": chat.peer or None}
        if chat is not None and message is not None:
            body["message"] = view.message(self._world, chat, message)
        return f"event: {event}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n"


def _offer(queue: asyncio.Queue[str | None], text: str) -> None:
    """Add an event; a reader too far behind is cut off instead, and starts afresh when it comes back."""
    if queue.qsize() < KEPT:
        queue.put_nowait(text)
    elif queue.qsize() == KEPT:
        queue.put_nowait(None)
