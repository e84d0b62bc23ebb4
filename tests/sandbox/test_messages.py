"""Sending, editing, copying, forwarding, deleting and pinning, and what people then see."""

from typing import Any

import pytest

from tests.sandbox.conftest import BOT, NEIGHBOUR, OWNER, Town


async def _shown(town: Town, number: int, chat: int | None = None) -> dict[str, Any]:
    messages = await town.ask("GET", f"/{chat or town.group}/messages?viewer={OWNER}&after={number - 1}")
    first: dict[str, Any] = messages[0]
    assert first["id"] == number
    return first


async def test_what_the_bot_sends_is_what_people_see(town: Town) -> None:
    keys = {
        "inline_keyboard": [
            [{"text": "举手", "callback_data": "h", "style": "success"}, {"text": "看", "url": "https://example.org/a"}]
        ]
    }
    sent = await town.ok("sendMessage", chat_id=town.group, text="<b>议</b>", parse_mode="HTML", reply_markup=keys)
    shown = await _shown(town, sent["message_id"])
    assert (shown["text"], shown["from"], shown["name"], shown["kind"]) == ("议", BOT, "议事厅", "text")
    assert shown["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert shown["buttons"] == [
        [{"text": "举手", "data": "h", "style": "success"}, {"text": "看", "url": "https://example.org/a"}]
    ]
    assert (shown["edited"], shown["deleted"], shown["pinned"], shown["files"]) == (False, False, False, [])


async def test_an_edit_keeps_place_and_date(town: Town) -> None:
    board = await town.board({"text": "好", "callback_data": "y"})
    before = await _shown(town, board)
    await town.pass_time(5)
    edited = await town.ok("editMessageText", chat_id=town.group, message_id=board, text="新的")
    assert edited["edit_date"] >= edited["date"] + 5
    after = await _shown(town, board)
    assert (after["text"], after["date"], after["edited"], after["buttons"]) == ("新的", before["date"], True, [])
    keys = {"inline_keyboard": [[{"text": "再", "callback_data": "z"}]]}
    await town.ok("editMessageReplyMarkup", chat_id=town.group, message_id=board, reply_markup=keys)
    assert (await _shown(town, board))["buttons"] == [[{"text": "再", "data": "z"}]]


async def test_a_reply_names_its_message(town: Town) -> None:
    said = (await town.say(NEIGHBOUR, "我想说", town.group))["id"]
    sent = await town.ok("sendMessage", chat_id=town.group, text="请", reply_parameters={"message_id": said})
    assert sent["reply_to_message"]["text"] == "我想说"
    assert (await _shown(town, sent["message_id"]))["reply_to"] == said
    loose = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await town.ok("sendMessage", chat_id=OWNER, text="请", reply_parameters=loose)


async def test_deletion_leaves_a_mark_for_people_and_nothing_for_bots(town: Town) -> None:
    said = (await town.say(NEIGHBOUR, "骂人的话", town.group))["id"]
    await town.updates()
    assert await town.ok("deleteMessages", chat_id=town.group, message_ids=[said, 777]) is True
    assert (await _shown(town, said))["deleted"] is True
    assert await town.refused("deleteMessage", chat_id=town.group, message_id=said) == (
        "Bad Request: message to delete not found"
    )
    assert await town.updates() == []


async def test_pins(town: Town) -> None:
    first, second = await town.board(), await town.board()
    for number in (first, second):
        assert await town.ok("pinChatMessage", chat_id=town.group, message_id=number) is True
    assert (await town.ok("getChat", chat_id=town.group))["pinned_message"]["message_id"] == second
    notices = [one["message"] for one in await town.updates()]
    assert [one["pinned_message"]["message_id"] for one in notices] == [first, second]
    assert [(await _shown(town, number))["pinned"] for number in (first, second)] == [True, True]
    await town.ok("unpinChatMessage", chat_id=town.group)
    assert (await town.ok("getChat", chat_id=town.group))["pinned_message"]["message_id"] == first
    await town.ok("unpinAllChatMessages", chat_id=town.group)
    assert "pinned_message" not in await town.ok("getChat", chat_id=town.group)


async def test_pinning_needs_the_right(town: Town) -> None:
    board = await town.board()
    await town.put(BOT, "administrator", rights={"can_manage_chat": True})
    words = "Bad Request: not enough rights to manage pinned messages in the chat"
    assert await town.refused("pinChatMessage", chat_id=town.group, message_id=board) == words


async def test_copy_and_forward(town: Town) -> None:
    said = (await town.say(NEIGHBOUR, "原话", town.group))["id"]
    source = {"chat_id": OWNER, "from_chat_id": town.group, "message_id": said}
    copied = await _shown(town, (await town.ok("copyMessage", **source))["message_id"], OWNER)
    assert (copied["text"], copied["from"], copied["forward"]) == ("原话", BOT, None)
    forwarded = await town.ok("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == NEIGHBOUR
    again = await town.ok("forwardMessage", chat_id=OWNER, from_chat_id=OWNER, message_id=forwarded["message_id"])
    assert again["forward_origin"] == forwarded["forward_origin"]


async def test_protected_chats_are_not_copied(town: Town) -> None:
    await town.ask("POST", f"/{town.group}/settings", {"protected": True})
    said = (await town.say(NEIGHBOUR, "内部", town.group))["id"]
    source = {"chat_id": OWNER, "from_chat_id": town.group, "message_id": said}
    assert await town.refused("copyMessage", **source) == "Bad Request: message can't be copied"


async def test_people_edit_and_delete_their_own(town: Town) -> None:
    said = (await town.say(NEIGHBOUR, "我同意", town.group))["id"]
    path = f"/{town.group}/messages/{said}"
    await town.updates()
    await town.ask("PATCH", path, {"from": OWNER, "text": "我反对"}, 403)
    assert (await town.ask("PATCH", path, {"from": NEIGHBOUR, "text": "我不同意"}))["edited"] is True
    (update,) = await town.updates()
    assert (update["edited_message"]["text"], update["edited_message"]["message_id"]) == ("我不同意", said)
    await town.ask("PATCH", path, {"from": NEIGHBOUR, "text": "我不同意"})
    assert await town.updates() == []
    await town.ask("DELETE", path, {"from": NEIGHBOUR})
    await town.ask("DELETE", path, {"from": NEIGHBOUR}, 404)


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"anonymous": True}, {"from": 1087968824, "sender_chat": "supergroup"}),
        ({"forward_from": NEIGHBOUR}, {"from": OWNER, "forward_origin": "user"}),
        ({"forward_from": "隐名"}, {"from": OWNER, "forward_origin": "hidden_user"}),
        ({"date": "2020-01-01T08:00:00+08:00"}, {"from": OWNER, "date": 1577836800}),
        ({"reply_to": 1}, {"from": OWNER, "reply_to_message": 1}),
    ],
)
async def test_ways_to_speak(town: Town, more: dict[str, Any], fields: dict[str, Any]) -> None:
    await town.say(OWNER, "话", town.group, **more)
    (update,) = await town.updates()
    message = update["message"]
    names = {"from": "id", "sender_chat": "type", "forward_origin": "type", "reply_to_message": "message_id"}
    assert {k: message[k][names[k]] if k in names else message[k] for k in fields} == fields


async def test_speaking_as_a_channel(town: Town) -> None:
    body = {"title": "通知", "kind": "channel", "owner": OWNER, "admins": [BOT]}
    channel = (await town.ask("POST", "/groups", body))["id"]
    await town.updates()
    await town.say(OWNER, "以频道名义", town.group, as_channel=channel)
    await town.say(OWNER, "公告", channel)
    await town.say(NEIGHBOUR, "插话", channel, status=403)
    spoken, posted = await town.updates()
    assert spoken["message"]["sender_chat"]["id"] == channel
    assert spoken["message"]["from"]["id"] == 136817688
    assert "from" not in posted["channel_post"]
    assert posted["channel_post"]["text"] == "公告"
    sent = await town.ok("sendMessage", chat_id=channel, text="结果")
    assert sent["sender_chat"]["id"] == channel


async def test_commands_are_kept_by_scope_and_language(town: Town) -> None:
    menu = [{"command": "start", "description": "开始"}]
    await town.ok("setMyCommands", commands=menu, scope={"type": "all_private_chats"}, language_code="zh")
    assert await town.ok("getMyCommands") == []
    scope = {"scope": {"type": "all_private_chats"}, "language_code": "zh"}
    assert await town.ok("getMyCommands", **scope) == menu
    await town.ok("deleteMyCommands", **scope)
    assert await town.ok("getMyCommands", **scope) == []
    assert "Unsupported type" in await town.refused("setMyCommands", commands=menu, scope={"type": "moon"})


async def test_what_a_slash_offers_goes_by_kind_of_chat_and_language(town: Town) -> None:
    async def menu(word: str, scope: str, language: str | None) -> None:
        commands = [{"command": word, "description": word}]
        more = {} if language is None else {"language_code": language}
        await town.ok("setMyCommands", commands=commands, scope={"type": scope}, **more)

    for word, scope, language in (
        ("everywhere", "default", None),
        ("private", "all_private_chats", None),
        ("english", "all_private_chats", "en"),
        ("group", "all_group_chats", None),
    ):
        await menu(word, scope, language)
    menus = (await town.ask("GET", "/state"))["bots"][0]["menus"]
    offered = {place: {key: found[0]["command"] for key, found in one.items()} for place, one in menus.items()}
    assert offered == {"private": {"": "private", "en": "english"}, "group": {"": "group"}}
    await town.ok("deleteMyCommands", scope={"type": "all_group_chats"})
    menus = (await town.ask("GET", "/state"))["bots"][0]["menus"]
    assert menus["group"][""][0]["command"] == "everywhere"
