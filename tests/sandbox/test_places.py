"""What a group can become: a supergroup, a forum, a channel's discussion; who writes without a face of their own."""

from typing import Any

import aiogram.methods
import telegram
from aiogram.types import Update

from tests.sandbox.conftest import BOT, NEIGHBOUR, OWNER, STRANGER, Town

ADMIN = {"can_manage_chat": True, "can_restrict_members": True, "can_pin_messages": True}


async def _group(town: Town, **more: Any) -> int:
    body = {"title": "邻里", "owner": OWNER, "members": [NEIGHBOUR], "admins": [BOT], **more}
    return int((await town.ask("POST", "/groups", body))["id"])


def _parsed(updates: list[dict[str, Any]]) -> list[telegram.Update]:
    """Both libraries know every field."""
    found = []
    for one in updates:
        Update.model_validate(one)
        found.append(telegram.Update.de_json(one, None))
        message = found[-1].message
        assert found[-1].api_kwargs == {}
        assert message is None or not {*message.api_kwargs} - {"new_chat_participant", "new_chat_member"}
    return found


async def test_t45_a_group_becomes_a_supergroup_with_a_new_id_and_new_message_ids(town: Town) -> None:
    old = await _group(town, kind="group")
    await town.say(NEIGHBOUR, "早", old)
    before = (await town.ok("sendMessage", chat_id=old, text="板"))["message_id"]
    await town.updates()
    new = (await town.ask("POST", f"/{old}/upgrade", {}))["id"]
    assert str(new).startswith("-100")
    await town.ask("POST", f"/{old}/upgrade", {}, 409)
    there, here = (one.message for one in _parsed(await town.updates()))
    assert there is not None and here is not None
    assert (there.chat.id, there.migrate_to_chat_id) == (old, new)
    assert (here.chat.id, here.migrate_from_chat_id, here.message_id) == (new, old, 1)
    for method, args in (
        ("sendMessage", {"text": "x"}),
        ("editMessageText", {"text": "x", "message_id": before}),
        ("pinChatMessage", {"message_id": before}),
    ):
        body = await town.call(method, chat_id=old, **args)
        assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
        assert body["parameters"] == {"migrate_to_chat_id": new}
    await town.say(NEIGHBOUR, "还在老群说", old, 403)
    await town.say(NEIGHBOUR, "新群好", new)
    assert (await town.ok("getChatMember", chat_id=new, user_id=BOT))["status"] == "administrator"
    assert (await town.ok("sendMessage", chat_id=new, text="板"))["message_id"] == 3


async def test_t32_topics_of_a_forum(town: Town) -> None:
    forum = await _group(town, kind="supergroup", forum=True)
    await town.ask("POST", f"/{town.group}/topics", {"from": OWNER, "name": "x"}, 400)
    await town.ask("POST", f"/{forum}/topics", {"from": NEIGHBOUR, "name": "x"}, 403)
    thread = (await town.ask("POST", f"/{forum}/topics", {"from": OWNER, "name": "议事"}))["thread"]
    said = await town.say(NEIGHBOUR, "在话题里", forum, thread=thread)
    assert (said["thread"], said["topic"]) == (thread, "议事")
    await town.say(NEIGHBOUR, "接着说", forum, reply_to=said["id"])
    general = await town.say(NEIGHBOUR, "在 General", forum, thread=1)
    await town.say(NEIGHBOUR, "回一句", forum, reply_to=general["id"])
    made, first, second, third, fourth = (one.message for one in _parsed(await town.updates())[-5:])
    assert made and first and second and third and fourth and made.forum_topic_created is not None
    assert [one.message_thread_id for one in (made, first, second)] == [thread] * 3
    assert all(one.is_topic_message for one in (made, first, second))
    assert (third.message_thread_id, third.is_topic_message) == (None, None)
    assert (fourth.message_thread_id, fourth.is_topic_message) == (general["id"], None)
    sent = await town.ok("sendMessage", chat_id=forum, text="板", message_thread_id=thread)
    aiogram.methods.Response[aiogram.types.Message].model_validate({"ok": True, "result": sent})
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    for wrong in (1, 99):
        words = await town.refused("sendMessage", chat_id=forum, text="板", message_thread_id=wrong)
        assert words == "Bad Request: message thread not found"
    await town.ask("POST", f"/{forum}/topics", {"from": OWNER, "thread": thread, "closed": True})
    await town.say(NEIGHBOUR, "还说", forum, 403, thread=thread)
    assert await town.refused("sendMessage", chat_id=forum, text="板", message_thread_id=thread) == (
        "Bad Request: TOPIC_CLOSED"
    )
    await town.ask("POST", f"/{forum}/topics", {"from": OWNER, "thread": thread, "deleted": True})
    await town.say(NEIGHBOUR, "还说", forum, 404, thread=thread)
    words = await town.refused("editMessageText", chat_id=forum, text="板", message_id=sent["message_id"])
    assert words == "Bad Request: message to edit not found"


async def test_t11_a_channel_speaks_past_a_persons_mute_until_it_is_banned(town: Town) -> None:
    channel = await _group(town, kind="channel", members=[])
    await town.put(NEIGHBOUR, "restricted")
    await town.say(NEIGHBOUR, "我说", town.group, 403)
    await town.say(NEIGHBOUR, "频道说", town.group, as_channel=channel)
    assert await town.refused("banChatSenderChat", chat_id=town.group, sender_chat_id=STRANGER) == (
        "Bad Request: PARTICIPANT_ID_INVALID"
    )
    await town.put(BOT, "administrator", rights={"can_manage_chat": True})
    words = await town.refused("banChatSenderChat", chat_id=town.group, sender_chat_id=channel)
    assert words == "Bad Request: not enough rights to restrict/unrestrict chat member"
    await town.put(BOT, "administrator", rights=ADMIN)
    assert await town.ok("banChatSenderChat", chat_id=town.group, sender_chat_id=channel) is True
    await town.say(NEIGHBOUR, "频道说", town.group, 403, as_channel=channel)
    assert await town.ok("unbanChatSenderChat", chat_id=town.group, sender_chat_id=channel) is True
    await town.say(NEIGHBOUR, "频道说", town.group, as_channel=channel)


async def test_t12_and_t26_a_discussion_group_shows_its_channels_posts_and_its_boosts(town: Town) -> None:
    channel = await _group(town, kind="channel", members=[])
    await town.ask("POST", f"/{town.group}/settings", {"linked": town.group}, 400)
    await town.ask("POST", f"/{town.group}/settings", {"linked": channel, "unrestrict_boost_count": 3})
    full = await town.ok("getChat", chat_id=town.group)
    assert (full["linked_chat_id"], full["unrestrict_boost_count"]) == (channel, 3)
    await town.updates()
    await town.ok("sendMessage", chat_id=channel, text="公告")
    (shown,) = (one.message for one in _parsed(await town.updates()) if one.message)
    assert shown.is_automatic_forward and shown.from_user is not None and shown.from_user.id == 777000
    assert shown.sender_chat is not None and shown.sender_chat.id == channel and shown.text == "公告"
