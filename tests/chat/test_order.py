"""Order in the group at the wire (5.5.2 d): strict rules, a mute and its end, and what the bot never asks Telegram."""

from typing import Any

import pytest

from bot.command.demo_world import DEMO_TOKEN
from bot.sandbox.rights import PERMISSIONS
from tests.chat import steps
from tests.chat.steps import LABELS
from tests.chat.town import Town, labels

STAGE = "discussion"
WHO = "r201"
NEVER = ("setChatPermissions", "promoteChatMember", "setChatSlowMode", "setChatSlowModeDelay")
ORDER = ("deleteMessage", "restrictChatMember", "getChatMember")


async def member(town: Town, who: str = WHO) -> dict[str, Any]:
    """Somebody's membership as the sandbox has it."""
    state = await town.wires.ask("GET", "/state")
    chat = next(one for one in state["chats"] if one["id"] == town.group)
    return next(one for one in chat["members"] if one["user"] == town.accounts[who])


async def becomes(town: Town, who: str | int, status: str, **more: object) -> None:
    """The owner of the group changes somebody's membership."""
    user = town.accounts[who] if isinstance(who, str) else who
    await town.wires.ask("POST", f"/{town.group}/members", {"user": user, "status": status} | more)
    await town.quiet()


async def calls_of_order(town: Town, since: int) -> list[dict[str, Any]]:
    """What the bot asked about order, and nothing it may never ask (T20, T25, T27)."""
    calls = await town.wires.calls(after=since)
    assert [call["method"] for call in calls if call["method"] in NEVER] == []
    return [call for call in calls if call["method"] in ORDER and call["chat"] == town.group]


async def asks_to_rest(town: Town, minutes: str) -> None:
    """The chair's form, from the console's button."""
    await town.taps("chair", "请一位先不说话")
    await town.taps("chair", LABELS[WHO])
    await town.taps("chair", minutes)
    await town.taps("chair", "请了几次还是插话")
    await town.taps("chair", "发出去")
    await town.quiet()


async def adopts_strict_rules(town: Town) -> None:
    """Everybody reads what they mean; then the discussion opens, and somebody has the floor."""
    await town.taps("chair", "修改规则")
    await town.taps("chair", "插话：记录后移除")
    await town.taps("chair", "💾 存下来")
    await town.quiet()
    shown = (await town.last("group", "发言和表决规则"))["text"]
    assert "没轮到就说的话：先留存，再移出群" in shown and "这次改了：插话怎么办" in shown
    await steps.rules_are_adopted(town)
    await steps.proposer_explains(town)
    await steps.discussion_opens(town)
    await steps.hands_up(town, ("r102", "赞成"))
    await steps.grants(town, "r102")


async def removes_with_a_reason(town: Town, words: str) -> None:
    """The chair's form; the group and the supervisor read why."""
    await town.taps("chair", "移除一条会外发言")
    await town.taps("chair", f"{LABELS[WHO]}：{words}")
    await town.writes("chair", "说人骗人，没有根据")
    await town.taps("chair", "发出去")
    await town.quiet()
    assert "理由：说人骗人，没有根据" in (await town.last("group", "移出了群"))["text"]
    assert "说人骗人，没有根据" in (await town.console("supervisor"))["text"]


@pytest.mark.parametrize("town", ["rules"], indirect=True)
async def test_t25_under_strict_rules_nobody_is_promoted_and_words_out_of_turn_leave_once_they_are_kept(
    town: Town,
) -> None:
    """Chosen in the form, read by everybody, adopted; then removed once they are kept, with a word how to be heard."""
    await adopts_strict_rules(town)
    since = await town.mark()
    spoken = await town.says("r102", "我先说")
    spoken_out = await town.says(WHO, "你说得不对！")
    told = await town.last(WHO, "还没轮到您")
    assert "已经留存" in told["text"] and "🙋 举手反对" in labels(told)
    await town.board("会外发言 1 条，已留存，已移除")
    seen = {one["id"] for one in await town.sees("group")}
    assert spoken in seen and spoken_out not in seen
    assert "举起来了" in (await town.taps(WHO, "举手反对")).toast
    await town.says("chair", "请大家守规矩")
    await becomes(
        town,
        int(DEMO_TOKEN.partition(":")[0]),
        "administrator",
        rights={"can_manage_chat": True, "can_pin_messages": True},
    )
    assert "先只留存、不移除" in (await town.last("chair", "删除消息"))["text"]
    await town.says("r302", "我也插一句")
    await town.quiet()
    assert [call["method"] for call in await calls_of_order(town, since)] == ["deleteMessage"]
    kept = "SELECT s.standing, c.text, r.removed_at IS NOT NULL FROM speech s JOIN content c ON c.id = s.content_id"
    rows = town.rows(f"{kept} LEFT JOIN removal r ON r.speech_id = s.id WHERE s.message_id >= :first", first=spoken)
    assert [row for row in rows if row[0] == "interruption"] == [
        ("interruption", "你说得不对！", 1),
        ("interruption", "我也插一句", 0),
    ]


async def test_t20_a_mute_is_one_members_and_undone_by_restart_and_own_turn(town: Town) -> None:
    """Muted with a reason, still votes and raises hands, has the floor; a killed bot lifts it; earlier rights stay."""
    since = await town.mark()
    kept = dict.fromkeys(PERMISSIONS, True) | {"can_send_polls": False}
    await becomes(town, WHO, "restricted", rights=kept)
    first = await town.says(WHO, "骗人的吧")
    await asks_to_rest(town, "15 分钟")
    assert "先歇 15 分钟" in (await town.last("group", "不在群里说话"))["text"]
    assert "记录员代读" in (await town.last(WHO, "主持人请您先歇"))["text"]
    assert not (await member(town))["rights"]["can_send_messages"]
    assert f"🔇 {LABELS[WHO]}：禁言到" in (await town.console("supervisor"))["text"]
    assert "举起来了" in (await town.taps(WHO, "举手反对")).toast
    await steps.grants(town, WHO)
    await town.quiet()
    assert (await member(town))["rights"] | {"is_member": True} == kept | {"is_member": True}
    await town.says(WHO, "我反对，理由是太吵。")
    await town.taps(WHO, "我说完了")
    await town.passes(10)
    last = await town.says(WHO, "骗人的吧，就是骗人")
    await asks_to_rest(town, "到散会")
    await town.stops_bot()
    await town.starts_bot()
    await town.quiet()
    assert (await member(town))["rights"]["can_send_messages"]
    assert "禁言都解除了" in (await town.last("chair", "重新启动"))["text"]
    await removes_with_a_reason(town, "骗人的吧，就是骗人")
    seen = {one["id"] for one in await town.sees("group")}
    assert first in seen and last not in seen
    asked = await calls_of_order(town, since)
    sent = [call["args"] for call in asked if call["method"] == "restrictChatMember"]
    assert len(sent) == 4 and all(one["use_independent_chat_permissions"] for one in sent)
    assert town.value("SELECT count(*) FROM restriction WHERE closed_at IS NULL") == 0
