"""Pressing buttons, one at a time or many at once."""

import asyncio
from collections.abc import Iterator

from bot.sandbox import view, wire
from bot.sandbox.chat.body import chat_of, known, number, seconds, words
from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import ChatError
from bot.sandbox.model import Chat, Message, Query, Wire
from bot.sandbox.world import World

EXPIRES_SECONDS = 60.0
ANSWER_SECONDS = 15.0


class Presses:
    """Callback queries made by people."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world = world
        self._delivery = delivery

    async def press(self, chat_id: int, body: Wire, patience: float = ANSWER_SECONDS) -> Wire:
        """Press a button and wait for the bot's answer, `patience` real seconds at most.

        Raises ChatError: 403 and 404 for what the person cannot see, 409 when the button is not there,
        504 when no answer comes in time.
        """
        known(body, "from", "message_id", "button", "data", "bot", "chat")
        chat = chat_of(self._world, chat_id, body.get("bot"))
        user = number(body, "from")
        self._world.user(user)
        if not self._world.inside(chat, user):
            raise ChatError(403, f"user {user} is not in this chat")
        message = chat.messages.get(number(body, "message_id"))
        if message is None:
            raise ChatError(404, "no such message")
        data, named = words(body, "data"), words(body, "button")
        if data is None and named is None:
            raise ChatError(400, "button or data is expected")
        if data is None:
            found = _button(message, named)
            if "url" in found:
                return {"toast": None, "alert": False, "url": found["url"]}
            data = str(found["data"])
        return await self._answer(self._ask(chat, user, message, data), patience)

    def _ask(self, chat: Chat, user: int, message: Message, data: str) -> Query:
        bot = self._world.bots.get(message.sender if chat.kind != "private" else chat.peer)
        if bot is None:
            raise ChatError(409, "the message is not a bot's")
        query = self._world.new_query(bot.id, user, EXPIRES_SECONDS)
        gone: Wire = {"chat": message.wire["chat"], "message_id": message.id, "date": 0}
        update: Wire = {
            "id": query.id,
            "from": wire.user(self._world.users[user]),
            "message": gone if message.deleted else message.wire,
            "chat_instance": str(chat.id),
            "data": data,
        }
        self._world.awaited[query.id] = asyncio.get_running_loop().create_future()
        self._delivery.push(bot, "callback_query", update)
        return query

    async def _answer(self, query: Query, patience: float) -> Wire:
        try:
            return await asyncio.wait_for(self._world.awaited[query.id], patience)
        except TimeoutError:
            raise ChatError(504, "the bot did not answer") from None
        finally:
            self._world.awaited.pop(query.id, None)

    async def many(self, body: Wire) -> list[Wire]:
        """Press in the order given, never more than `in_flight` unanswered, each for `patience` real seconds at most.

        `ms` is real time to the answer.
        """
        known(body, "presses", "in_flight", "patience")
        presses = body.get("presses")
        if not isinstance(presses, list) or not all(isinstance(one, dict) for one in presses):
            raise ChatError(400, "presses must be a list of presses")
        answers: list[Wire] = [{} for _one in presses]
        coming = iter(enumerate(presses))
        patience = min(seconds(body, "patience", ANSWER_SECONDS), ANSWER_SECONDS)
        workers = min(max(number(body, "in_flight", 100), 1), max(len(presses), 1))
        await asyncio.gather(*(self._work(coming, answers, patience) for _worker in range(workers)))
        return answers

    async def _work(self, coming: Iterator[tuple[int, Wire]], answers: list[Wire], patience: float) -> None:
        loop = asyncio.get_running_loop()
        for place, one in coming:
            began = loop.time()
            try:
                answers[place] = await self.press(number(one, "chat"), one, patience)
            except ChatError as error:
                answers[place] = {"error": error.text}
            answers[place]["ms"] = round((loop.time() - began) * 1000, 3)


def _button(message: Message, wanted: str | None) -> Wire:
    if message.deleted:
        raise ChatError(409, "button not there: the message was deleted")
    every = [button for row in view.buttons(message.wire) for button in row]
    named = [b for b in every if b["text"] == wanted] or [b for b in every if b.get("data") == wanted]
    if not named:
        raise ChatError(409, f"button not there: {wanted}")
    return named[0]
