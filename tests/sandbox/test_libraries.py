"""Both bot libraries parse every answer and every update, and work against the sandbox as they are."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from typing import Any

import aiogram.methods
import pytest
import telegram
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
    Update,
)
from aiogram.types import ChatPermissions as AiogramPermissions
from telegram.ext import ExtBot

from tests.sandbox.conftest import BOT, NEIGHBOUR, OWNER, PNG, TOKEN, Town

KEYS = {"inline_keyboard": [[{"text": "举手", "callback_data": "h"}]]}
MESSAGES = {
    "sendMessage", "sendPhoto", "sendDocument", "sendVoice", "forwardMessage",
    "editMessageText", "editMessageCaption", "editMessageReplyMarkup", "editMessageMedia",
}  # fmt: skip
IN_TELEGRAM: dict[str, Any] = dict.fromkeys(MESSAGES, telegram.Message) | {
    "getMe": telegram.User,
    "getChat": telegram.ChatFullInfo,
    "getChatMember": telegram.ChatMember,
    "getFile": telegram.File,
    "getWebhookInfo": telegram.WebhookInfo,
    "copyMessage": telegram.MessageId,
}


async def _everything(town: Town) -> None:
    """Call every kind of method that answers more than `true`."""
    group, upload = town.group, b64encode(b"OggS").decode()
    shown = await town.ask("POST", f"/{OWNER}/messages", {"from": OWNER, "voice": upload})
    voice = (await town.updates())[-1]["message"]["voice"]["file_id"]
    board = (await town.ok("sendMessage", chat_id=group, text="<b>板</b>", parse_mode="HTML", reply_markup=KEYS))[
        "message_id"
    ]
    await town.ok("editMessageText", chat_id=group, message_id=board, text="新板", reply_markup=KEYS)
    await town.ok("editMessageReplyMarkup", chat_id=group, message_id=board)
    sent = await town.ok("sendVoice", chat_id=OWNER, voice=voice, reply_parameters={"message_id": shown["id"]})
    await town.ok("editMessageCaption", chat_id=OWNER, message_id=sent["message_id"], caption="录音")
    await town.ok("pinChatMessage", chat_id=group, message_id=board)
    await town.ok("forwardMessage", chat_id=OWNER, from_chat_id=group, message_id=board)
    await town.ok("copyMessage", chat_id=OWNER, from_chat_id=group, message_id=board)
    await town.ok("getFile", file_id=voice)
    for chat in (group, OWNER):
        await town.ok("getChat", chat_id=chat)
        await town.ok("getChatMember", chat_id=chat, user_id=OWNER)
    await town.ok("getChatAdministrators", chat_id=group)
    await town.ok("getWebhookInfo")
    await town.ok("setMyCommands", commands=[{"command": "start", "description": "开始"}])
    await town.ok("getMyCommands")
    for status in ("restricted", "administrator", "kicked", "left", "member"):
        await town.put(NEIGHBOUR, status)
        await town.ok("getChatMember", chat_id=group, user_id=NEIGHBOUR)


async def test_every_answer_is_parsed_by_both(town: Town) -> None:
    await _everything(town)
    rows = [row for row in await town.ask("GET", "/calls") if row["ok"] and row["method"] != "getUpdates"]
    for row in rows:
        model = getattr(aiogram.methods, row["method"][0].upper() + row["method"][1:])
        aiogram.methods.Response[model.__returning__].model_validate({"ok": True, "result": row["result"]})  # type: ignore[name-defined]
        kind = IN_TELEGRAM.get(row["method"])
        if kind is not None:
            parsed = kind.de_json(row["result"], None)
            assert parsed.to_dict().keys() <= row["result"].keys() | {"api_kwargs"} | set(parsed.to_dict())
            assert _unknown(parsed) == {}, (row["method"], _unknown(parsed))
    assert {row["method"] for row in rows} > set(IN_TELEGRAM) - {"sendPhoto", "sendDocument", "editMessageMedia"}


def _unknown(parsed: telegram.TelegramObject) -> dict[str, Any]:
    """Fields the library does not know, less those of the API version after its own and of the one before."""
    newer = {"supports_guest_queries", "supports_join_request_queries", "can_send_welcome_messages", "can_edit_tag"}
    return {name: value for name, value in parsed.api_kwargs.items() if name not in newer}


async def test_every_update_is_parsed_by_both(town: Town) -> None:
    await town.updates(allowed_updates=["message", "edited_message", "callback_query", "my_chat_member", "chat_member"])
    await _everything(town)
    said = await town.say(OWNER, "话", town.group)
    await town.ask("PATCH", f"/{town.group}/messages/{said['id']}", {"from": OWNER, "text": "改"})
    await town.put(BOT, "member")
    board = await town.board({"text": "举手", "callback_data": "h"})
    body = {"from": NEIGHBOUR, "message_id": board, "button": "h"}
    press = asyncio.create_task(town.ask("POST", f"/{town.group}/press", body))
    await asyncio.sleep(0.1)
    updates = await town.ok("getUpdates")
    await town.ok("answerCallbackQuery", callback_query_id=updates[-1]["callback_query"]["id"])
    await press
    kinds = {Update.model_validate(one).event_type for one in updates}
    assert kinds == {"message", "edited_message", "callback_query", "my_chat_member", "chat_member"}
    for one in updates:
        parsed = telegram.Update.de_json(one, None)
        assert parsed.update_id == one["update_id"]
        assert parsed.api_kwargs == {}


@pytest.fixture
async def aiogram_bot(town: Town) -> AsyncIterator[Bot]:
    """An aiogram bot as it comes."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(town.sandbox.api_url)))
    yield bot
    await bot.session.close()


async def test_aiogram_polls_answers_and_sends(town: Town, aiogram_bot: Bot) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def start(message: Message) -> None:
        button = InlineKeyboardButton(text="好", callback_data="ok:议")
        await message.answer(f"你说:{message.text}", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        await query.answer(f"收到 {query.data}")

    polling = asyncio.create_task(dispatcher.start_polling(aiogram_bot, handle_signals=False, close_bot_session=False))
    await town.say(OWNER, "你好", wait=True)
    answer = (await town.ask("GET", f"/{OWNER}/messages"))[-1]
    assert answer["text"] == "你说:你好"
    press = {"from": OWNER, "message_id": answer["id"], "button": "好"}
    assert (await town.ask("POST", f"/{OWNER}/press", press))["toast"] == "收到 ok:议"
    await dispatcher.stop_polling()
    await polling


async def test_aiogram_calls(town: Town, aiogram_bot: Bot) -> None:
    bot, group = aiogram_bot, town.group
    photo = BufferedInputFile(PNG, "图.png")
    sent = await bot.send_photo(group, photo, caption="<b>图</b>", parse_mode="HTML")
    assert sent.photo is not None and sent.caption == "图"
    album = await bot.send_media_group(group, [InputMediaPhoto(media=photo), InputMediaPhoto(media=photo)])
    assert len(album) == 2
    await bot.edit_message_media(InputMediaPhoto(media=photo, caption="新"), chat_id=group, message_id=sent.message_id)
    file = await bot.get_file(sent.photo[-1].file_id)
    assert file.file_path is not None
    content = await bot.download_file(file.file_path)
    assert content is not None and content.read() == PNG
    await bot.restrict_chat_member(group, NEIGHBOUR, AiogramPermissions(can_send_messages=False))
    await bot.set_my_commands([BotCommand(command="start", description="开始")])
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(42, "x")
    with pytest.raises(TelegramForbiddenError, match="initiate"):
        await bot.send_message(NEIGHBOUR, "x")
    await town.ask("POST", "/faults", [{"method": "sendMessage", "times": 1, "error": 429, "retry_after": 9}])
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(group, "x")
    assert refusal.value.retry_after == 9


async def test_telegram_calls(town: Town) -> None:
    group, base = town.group, town.sandbox.api_url
    async with ExtBot(TOKEN, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as bot:
        assert bot.username == "yishiting_bot"
        button = telegram.InlineKeyboardButton("举手", callback_data="h")
        sent = await bot.send_message(
            group, "<i>议</i>", parse_mode="HTML", reply_markup=telegram.InlineKeyboardMarkup([[button]])
        )
        edited = await bot.edit_message_text("新", group, sent.message_id, read_timeout=5)
        assert isinstance(edited, telegram.Message) and edited.text == "新"
        document = await bot.send_document(group, "记录".encode(), filename="记录.txt", caption="表")
        assert document.document is not None
        assert bytes(await (await document.document.get_file()).download_as_bytearray()) == "记录".encode()
        media = [telegram.InputMediaPhoto(PNG, caption="一"), telegram.InputMediaPhoto(PNG)]
        assert len(await bot.send_media_group(group, media)) == 2
        assert await bot.pin_chat_message(group, sent.message_id, disable_notification=True)
        assert await bot.restrict_chat_member(group, NEIGHBOUR, telegram.ChatPermissions.no_permissions())
        with pytest.raises(telegram.error.BadRequest, match="Message is not modified"):
            await bot.edit_message_text("新", group, sent.message_id)
        with pytest.raises(telegram.error.Forbidden):
            await bot.send_message(NEIGHBOUR, "x")
        await town.ask("POST", "/faults", [{"method": "sendMessage", "times": 1, "error": "timeout_after"}])
        with pytest.raises(telegram.error.NetworkError):
            await bot.send_message(group, "x")
