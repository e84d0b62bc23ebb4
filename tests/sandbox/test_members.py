"""Memberships, rights and what bots may hear."""

from typing import Any

import pytest

from bot.sandbox.rights import PERMISSIONS
from tests.sandbox.conftest import BOT, NEIGHBOUR, OWNER, STRANGER, Town

OPEN = dict.fromkeys(PERMISSIONS, True)


async def _status(town: Town, user: int = NEIGHBOUR) -> str:
    return str((await town.ok("getChatMember", chat_id=town.group, user_id=user))["status"])


async def _restrict(town: Town, **args: Any) -> Any:
    return await town.ok("restrictChatMember", chat_id=town.group, user_id=NEIGHBOUR, **args)


@pytest.mark.parametrize(
    ("group", "own", "speaks"),
    [(True, None, True), (True, True, True), (True, False, False), (False, None, False), (False, True, False)],
)
async def test_a_right_needs_the_groups_default_and_the_members_own(
    town: Town, group: bool, own: bool | None, speaks: bool
) -> None:
    await town.ask("POST", f"/{town.group}/settings", {"permissions": {"can_send_messages": group}})
    if own is not None:
        await town.put(NEIGHBOUR, "restricted", rights=OPEN | {"can_send_messages": own})
    await town.say(NEIGHBOUR, "我说", town.group, status=200 if speaks else 403)
    await town.say(OWNER, "群主总能说", town.group)
    await town.ok("sendMessage", chat_id=town.group, text="管理员也能说")


async def test_a_member_bot_falls_silent_with_the_group(town: Town) -> None:
    await town.put(BOT, "member")
    await town.ask("POST", f"/{town.group}/settings", {"permissions": {"can_send_messages": False}})
    words = await town.refused("sendMessage", chat_id=town.group, text="x")
    assert words == "Bad Request: not enough rights to send text messages to the chat"


async def test_a_restriction_ends_on_the_sandboxs_clock(town: Town) -> None:
    now = int(town.sandbox.world.clock.now())
    await _restrict(town, permissions={}, until_date=now + 60)
    await town.say(NEIGHBOUR, "我说", town.group, status=403)
    member = await town.ok("getChatMember", chat_id=town.group, user_id=NEIGHBOUR)
    assert (member["status"], member["until_date"], member["can_send_messages"]) == ("restricted", now + 60, False)
    await town.pass_time(61)
    await town.say(NEIGHBOUR, "我说", town.group)
    assert await _status(town) == "member"


@pytest.mark.parametrize("ahead", [20, 367 * 86400])
async def test_too_short_and_too_long_mean_for_ever(town: Town, ahead: int) -> None:
    await _restrict(town, permissions={}, until_date=int(town.sandbox.world.clock.now()) + ahead)
    assert (await town.ok("getChatMember", chat_id=town.group, user_id=NEIGHBOUR))["until_date"] == 0
    await town.pass_time(400 * 86400)
    await town.say(NEIGHBOUR, "我说", town.group, status=403)


@pytest.mark.parametrize(
    ("independent", "given", "messages", "photos"),
    [
        (False, {"can_send_polls": True}, True, True),
        (True, {"can_send_polls": True}, False, False),
        (False, {"can_send_photos": True}, True, True),
        (True, {"can_send_photos": True}, False, True),
    ],
)
async def test_one_flag_implies_others_unless_independent(
    town: Town, independent: bool, given: dict[str, bool], messages: bool, photos: bool
) -> None:
    await _restrict(town, permissions=given, use_independent_chat_permissions=independent)
    member = await town.ok("getChatMember", chat_id=town.group, user_id=NEIGHBOUR)
    assert (member["can_send_messages"], member["can_send_photos"]) == (messages, photos)


async def test_giving_everything_back_makes_a_member_again(town: Town) -> None:
    await _restrict(town, permissions={})
    await _restrict(town, permissions=OPEN)
    assert await _status(town) == "member"


@pytest.mark.parametrize(
    ("user", "words"),
    [(OWNER, "can't remove chat owner"), (BOT, "can't restrict self"), (999, "PARTICIPANT_ID_INVALID")],
)
async def test_who_cannot_be_restricted(town: Town, user: int, words: str) -> None:
    answer = await town.refused("restrictChatMember", chat_id=town.group, user_id=user, permissions={})
    assert answer == f"Bad Request: {words}"


async def test_restricting_needs_the_right_and_spares_administrators(town: Town) -> None:
    call = {"chat_id": town.group, "user_id": NEIGHBOUR, "permissions": {}}
    await town.put(NEIGHBOUR, "administrator")
    assert "user is an administrator" in await town.refused("restrictChatMember", **call)
    await town.put(NEIGHBOUR, "member")
    await town.put(BOT, "administrator", rights={"can_manage_chat": True})
    assert "not enough rights" in await town.refused("restrictChatMember", **call)


async def test_basic_groups_do_not_restrict(town: Town) -> None:
    body = {"title": "小群", "kind": "group", "owner": OWNER, "members": [NEIGHBOUR], "admins": [BOT]}
    chat = (await town.ask("POST", "/groups", body))["id"]
    words = await town.refused("restrictChatMember", chat_id=chat, user_id=NEIGHBOUR, permissions={})
    assert words == "Bad Request: method is available only for supergroups"


async def test_ban_and_unban(town: Town) -> None:
    await town.ok("banChatMember", chat_id=town.group, user_id=NEIGHBOUR)
    assert await _status(town) == "kicked"
    await town.say(NEIGHBOUR, "我说", town.group, status=403)
    await town.ok("unbanChatMember", chat_id=town.group, user_id=NEIGHBOUR, only_if_banned=True)
    assert await _status(town) == "left"
    services = [one["message"] for one in await town.updates()]
    assert services[0]["left_chat_member"]["id"] == NEIGHBOUR


async def test_promotion(town: Town) -> None:
    call = {"chat_id": town.group, "user_id": NEIGHBOUR}
    assert await town.refused("promoteChatMember", **call, can_pin_messages=True) == "Bad Request: not enough rights"
    rights = {"can_manage_chat": True, "can_promote_members": True, "can_pin_messages": True}
    await town.put(BOT, "administrator", rights=rights)
    assert await town.refused("promoteChatMember", **call, can_delete_messages=True) == "Bad Request: RIGHT_FORBIDDEN"
    await town.ok("promoteChatMember", **call, can_pin_messages=True)
    admins = await town.ok("getChatAdministrators", chat_id=town.group)
    assert {one["user"]["id"] for one in admins} == {OWNER, NEIGHBOUR, BOT}
    await town.ok("promoteChatMember", **call)
    assert await _status(town) == "member"


async def test_default_permissions(town: Town) -> None:
    call = {"chat_id": town.group, "permissions": {"can_send_polls": True}}
    await town.ok("setChatPermissions", **call)
    permissions = (await town.ok("getChat", chat_id=town.group))["permissions"]
    assert permissions["can_send_messages"] is True
    assert permissions["can_invite_users"] is False
    assert await town.refused("setChatPermissions", **call) == "Bad Request: CHAT_NOT_MODIFIED"


async def test_joining_is_announced_and_counted(town: Town) -> None:
    assert await town.ok("getChatMemberCount", chat_id=town.group) == 3
    await town.put(STRANGER, "member")
    (update,) = await town.updates()
    assert [one["id"] for one in update["message"]["new_chat_members"]] == [STRANGER]
    assert update["message"]["from"]["id"] == STRANGER
    assert await town.ok("getChatMemberCount", chat_id=town.group) == 4


async def test_the_bot_hears_of_its_own_fate(town: Town) -> None:
    await town.put(BOT, "member")
    await town.put(BOT, "left", by=OWNER)
    changes = [one["my_chat_member"] for one in await town.updates() if "my_chat_member" in one]
    assert [(one["old_chat_member"]["status"], one["new_chat_member"]["status"]) for one in changes] == [
        ("administrator", "member"),
        ("member", "left"),
    ]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("大家好", False),
        ("/status@yishiting_bot", True),
        ("/status@other_bot", False),
        ("/status", True),
        ("看 @yishiting_bot", True),
    ],
)
async def test_privacy_mode(town: Town, text: str, heard: bool) -> None:
    await town.put(BOT, "member")
    await town.updates()
    await town.say(NEIGHBOUR, text, town.group)
    assert bool(await town.updates()) is heard


async def test_privacy_mode_lets_replies_through_and_can_be_switched_off(town: Town) -> None:
    board = await town.board()
    await town.put(BOT, "member")
    await town.updates()
    await town.say(NEIGHBOUR, "回复", town.group, reply_to=board)
    assert len(await town.updates()) == 1
    assert (await town.ok("getMe"))["can_read_all_group_messages"] is False
    await town.ask("POST", f"/{town.group}/settings", {"bot_privacy": False})
    await town.say(NEIGHBOUR, "大家好", town.group)
    assert len(await town.updates()) == 1
    assert (await town.ok("getMe"))["can_read_all_group_messages"] is True


async def test_t27_slow_mode_is_peoples_to_set_and_holds_no_administrator(town: Town) -> None:
    for method in ("setChatSlowModeDelay", "setSlowMode"):
        assert (await town.call(method, chat_id=town.group))["error_code"] == 404
    await town.ask("POST", f"/{town.group}/settings", {"slow_mode_delay": 30})
    assert (await town.ok("getChat", chat_id=town.group))["slow_mode_delay"] == 30
    await town.say(NEIGHBOUR, "一", town.group)
    await town.say(NEIGHBOUR, "二", town.group, status=429)
    await town.pass_time(31)
    await town.say(NEIGHBOUR, "三", town.group)
    for text in "四五":
        await town.say(OWNER, text, town.group)
