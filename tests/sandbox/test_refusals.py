"""What Telegram refuses the sandbox refuses, in Telegram's words."""

from typing import Any

import pytest

from tests.sandbox.conftest import BOT, NEIGHBOUR, OWNER, STRANGER, Town

BAD = "Bad Request: "
OLD = "query is too old and response timeout expired or query ID is invalid"


def _keys(*buttons: Any) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": [list(buttons)]}}


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("message text is empty", {"text": ""}),
        ("text must be non-empty", {"text": " \n "}),
        ("message is too long", {"text": "议" * 4097}),
        ("message is too long", {"text": "😀" * 2049}),
        ("unsupported parse_mode", {"parse_mode": "nope"}),
        ("message to be replied not found", {"reply_parameters": {"message_id": 9999}}),
        ("message thread not found", {"message_thread_id": 5}),
        ('unknown parameter "colour"', {"colour": "red"}),
        ("object expected as reply markup", {"reply_markup": [1]}),
        ("can't parse reply markup JSON object", {"reply_markup": "{"}),
        ('field "inline_keyboard" must be of type Array', {"reply_markup": {"inline_keyboard": {}}}),
        (
            'field "inline_keyboard" must be an Array of Arrays of InlineKeyboardButton',
            {"reply_markup": {"inline_keyboard": [{"text": "x"}]}},
        ),
        ("reply markup of an unknown kind", {"reply_markup": {"foo": 1}}),
        ("can't parse inline keyboard button: Can't find field \"text\"", _keys({"callback_data": "x"})),
        ("can't parse inline keyboard button: InlineKeyboardButton must be an Object", _keys("x")),
        (
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
            _keys({"text": "x"}),
        ),
        ("BUTTON_DATA_INVALID", _keys({"text": "x", "callback_data": "议" * 22})),
        ("BUTTON_DATA_INVALID", _keys({"text": "x", "callback_data": ""})),
        ("REPLY_MARKUP_TOO_LONG", _keys(*[{"text": "x", "callback_data": "y"}] * 101)),
        (
            "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
            _keys({"text": "x", "url": "ftp://example.org"}),
        ),
        ("inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL", _keys({"text": "x", "url": "nowhere"})),
    ],
)
async def test_messages(town: Town, words: str, more: dict[str, Any]) -> None:
    before = len(await town.ask("GET", f"/{town.group}/messages"))
    assert await town.refused("sendMessage", **{"chat_id": town.group, "text": "好"} | more) == BAD + words
    assert len(await town.ask("GET", f"/{town.group}/messages")) == before


@pytest.mark.parametrize("more", [{"text": "议" * 4096}, {"text": "<b>议</b>" * 4096, "parse_mode": "HTML"}])
async def test_the_longest_text_passes(town: Town, more: dict[str, Any]) -> None:
    assert len((await town.ok("sendMessage", chat_id=town.group, **more))["text"]) == 4096


@pytest.mark.parametrize("data", ["x" * 64, "议" * 21 + "x"])
async def test_the_longest_data_passes(town: Town, data: str) -> None:
    await town.board({"text": "好", "callback_data": data})


@pytest.mark.parametrize(
    ("method", "args", "words"),
    [
        ("sendMessage", {"text": "x"}, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": 424242, "text": "x"}, "Bad Request: chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "Bad Request: chat not found"),
        (
            "sendMessage",
            {"chat_id": NEIGHBOUR, "text": "x"},
            "Forbidden: bot can't initiate conversation with a user",
        ),
        ("sendMessage", {"chat_id": BOT, "text": "x"}, "Forbidden: bots can't send messages to bots"),
        ("getChat", {"chat_id": -1}, "Bad Request: chat not found"),
        ("getChatMember", {"chat_id": OWNER, "user_id": 5}, "Bad Request: PARTICIPANT_ID_INVALID"),
        ("editMessageText", {"chat_id": OWNER, "message_id": 99, "text": "x"}, f"{BAD}message to edit not found"),
        ("editMessageText", {"chat_id": OWNER, "message_id": 1, "text": "x"}, f"{BAD}message can't be edited"),
        ("editMessageText", {"chat_id": OWNER, "text": "x"}, f"{BAD}message identifier is not specified"),
        ("deleteMessage", {"chat_id": OWNER, "message_id": 99}, f"{BAD}message to delete not found"),
        ("pinChatMessage", {"chat_id": OWNER, "message_id": 99}, f"{BAD}message to pin not found"),
        ("unpinChatMessage", {"chat_id": OWNER}, f"{BAD}message to unpin not found"),
        ("copyMessage", {"chat_id": OWNER, "from_chat_id": OWNER, "message_id": 99}, f"{BAD}message to copy not found"),
        ("answerCallbackQuery", {"callback_query_id": "7"}, BAD + OLD),
        ("getFile", {"file_id": "x"}, f"{BAD}wrong file_id or the file is temporarily unavailable"),
        ("sendDocument", {"chat_id": OWNER, "document": "x"}, f"{BAD}wrong file identifier/HTTP URL specified"),
        ("sendDocument", {"chat_id": OWNER}, f"{BAD}there is no document in the request"),
        ("sendPhoto", {"chat_id": OWNER, "photo": "http://example.org/a"}, f"{BAD}failed to get HTTP URL content"),
        ("sendChatAction", {"chat_id": OWNER, "action": "dance"}, f"{BAD}wrong parameter action in request"),
        ("setMyCommands", {"commands": [{"command": "大", "description": "x"}]}, f"{BAD}BOT_COMMAND_INVALID"),
        ("banChatMember", {"chat_id": OWNER, "user_id": 1}, f"{BAD}there are no members in the private chat"),
        ("deleteMessages", {"chat_id": OWNER, "message_ids": []}, f"{BAD}message identifiers are not specified"),
        ("sendMediaGroup", {"chat_id": OWNER, "media": []}, f"{BAD}group send failed: wrong number of media"),
        ("sendMessage", {"chat_id": "here", "text": "x"}, f"{BAD}chat not found"),
        ("getChatMember", {"chat_id": OWNER, "user_id": "x"}, f'{BAD}parameter "user_id" must be an integer'),
    ],
)
async def test_calls(town: Town, method: str, args: dict[str, Any], words: str) -> None:
    assert await town.refused(method, **args) == words


async def test_a_blocked_bot_is_told_and_then_forbidden(town: Town) -> None:
    await town.ask("POST", "/block", {"user": OWNER, "bot": BOT, "blocked": True})
    (update,) = await town.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert await town.refused("sendMessage", chat_id=OWNER, text="x") == "Forbidden: bot was blocked by the user"
    await town.say(OWNER, "你好", status=403)
    await town.ask("POST", "/block", {"user": OWNER, "bot": BOT, "blocked": False})
    await town.ok("sendMessage", chat_id=OWNER, text="x")


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("supergroup", "left", "bot is not a member of the supergroup chat"),
        ("supergroup", "kicked", "bot was kicked from the supergroup chat"),
        ("group", "kicked", "bot was kicked from the group chat"),
        ("channel", "left", "bot is not a member of the channel chat"),
    ],
)
async def test_a_bot_that_is_not_there(town: Town, kind: str, status: str, words: str) -> None:
    chat = (await town.ask("POST", "/groups", {"title": "别处", "kind": kind, "owner": OWNER, "admins": [BOT]}))["id"]
    await town.ask("POST", f"/{chat}/members", {"user": BOT, "status": status})
    assert await town.refused("sendMessage", chat_id=chat, text="x") == f"Forbidden: {words}"


async def test_an_unchanged_edit_is_refused(town: Town) -> None:
    board = await town.board({"text": "好", "callback_data": "y"})
    same = {"chat_id": town.group, "message_id": board, "text": "议事板"}
    keys = {"inline_keyboard": [[{"text": "好", "callback_data": "y"}]]}
    words = await town.refused("editMessageText", **same, reply_markup=keys)
    assert words == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )
    assert "reply_markup" not in await town.ok("editMessageText", **same)


async def test_old_messages_of_others_cannot_be_deleted_without_the_right(town: Town) -> None:
    theirs = (await town.say(NEIGHBOUR, "闲话", town.group))["id"]
    await town.ask("POST", f"/{town.group}/members", {"user": BOT, "status": "member"})
    mine = (await town.ok("sendMessage", chat_id=town.group, text="我的"))["message_id"]
    words = "Bad Request: message can't be deleted"
    assert await town.refused("deleteMessage", chat_id=town.group, message_id=theirs) == words
    await town.pass_time(49 * 3600)
    assert await town.refused("deleteMessage", chat_id=town.group, message_id=mine) == words


async def test_a_stranger_sees_and_does_nothing(town: Town) -> None:
    await town.say(STRANGER, "我来了", town.group, status=403)
    await town.ask("GET", f"/{town.group}/messages?viewer={STRANGER}", status=403)
