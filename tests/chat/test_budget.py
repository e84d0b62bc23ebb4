"""How many calls a lively group costs: Telegram takes 20 a minute, and we want to stay well below."""

import random
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.rehearsal import eyes
from bot.rehearsal.wires import Wire, group_call
from tests.chat import steps
from tests.chat.steps import STAKEHOLDERS
from tests.chat.town import Town

STAGE = "discussion"
LATE = ("property", "neighbour", "observer", "adviser", "deputy")
TURN_CALLS, VOTE_CALLS = 29, 40
BOARD_CALLS, GROUP_CALLS = 10, 20


async def nothing_was_refused(town: Town, since: int) -> None:
    """Our own limiter keeps us out of Telegram's."""
    calls = await town.wires.calls(after=since, chat=town.group)
    assert [one for one in calls if one.get("error_code") == 429] == []


async def test_a_turn_of_three_minutes(town: Town) -> None:
    """The speaker writes, others raise and lower hands, come late, chat in between."""
    lively = random.Random(7)
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await town.passes(61)
    since = await town.mark()
    await steps.grants(town, "r102")
    _, ends = town.rows("SELECT starts_at, ends_at FROM turn WHERE kind = 'speech'")[0]
    for round_number in range(13):
        await town.says("r102", f"第 {round_number + 1} 点，我赞成。")
        guest = lively.choice(STAKEHOLDERS[4:])
        await town.says(guest, lively.choice(("我也说一句", "对！", "不对吧", "👍")))
        await town.taps(lively.choice(STAKEHOLDERS[4:]), lively.choice(("举手赞成", "举手反对", "放下手")))
        if round_number < len(LATE):
            await town.says(LATE[round_number], "签到")
        await town.passes(13)
    await town.reaches(ends, 1)
    await town.settle()
    assert town.value("SELECT count(*) FROM turn WHERE ended_at IS NULL") == 0
    calls = await town.group_calls(since)
    assert 6 <= calls <= TURN_CALLS
    await nothing_was_refused(town, since)


@pytest.mark.parametrize("town", ["vote"], indirect=True)
async def test_a_vote_of_four_minutes(town: Town) -> None:
    """Three calls and the correction time, hands coming in one by one."""
    await town.passes(61)
    since = await town.mark()
    yes, no = list(STAKEHOLDERS[:7]), list(STAKEHOLDERS[7:])
    await town.taps("chair", "请赞成的举手")
    for stance, people in zip(steps.CALLS, (yes, no, []), strict=True):
        for _ in range(6):
            for who in (people.pop(0), people.pop(0)) if len(people) > 1 else people[:1]:
                await town.says(who, stance)
            await town.says("neighbour", "我看着呢")
            await town.passes(10)
        await town.taps("chair", f"结束{stance}这一轮")
    await town.taps(STAKEHOLDERS[0], "✋ 弃权")
    await town.passes(61)
    await town.settle()
    assert town.value("SELECT stage FROM motion WHERE kind = 'main'") == "decided"
    calls = await town.group_calls(since)
    assert 8 <= calls <= VOTE_CALLS
    await nothing_was_refused(town, since)


def most_in_a_minute(calls: list[Wire]) -> int:
    """The most calls within any minute."""
    made = [datetime.fromisoformat(one["at"]) for one in calls]
    return max(sum(begin <= at < begin + timedelta(minutes=1) for at in made) for begin in made)


async def the_board_is_reachable(town: Town, since: int) -> None:
    """Reposted as it drowns, once a minute; pinned, with a link from the board before; edits rest in between."""
    calls = [one for one in await town.wires.calls(after=since, chat=town.group) if group_call(one)]
    made = {name: [one for one in calls if one["method"].startswith(name)] for name in ("send", "edit", "pin", "unpin")}
    posts = [one for one in made["send"] if eyes.HEAD.match(one["args"]["text"].replace("<b>", "").replace("</b>", ""))]
    boards = [*posts, *made["edit"], *made["pin"], *made["unpin"]]
    assert most_in_a_minute(boards) <= BOARD_CALLS and most_in_a_minute(calls) <= GROUP_CALLS
    assert len(posts) >= 2 and most_in_a_minute(posts) == 1, "while the chair grants nothing only the flood reposts it"
    assert made["edit"] and all(one["ok"] for one in made["edit"]), "what would change nothing is not sent"
    for one, following in pairwise(made["edit"]):
        apart = datetime.fromisoformat(following["at"]) - datetime.fromisoformat(one["at"])
        assert apart >= timedelta(seconds=9) or one["args"]["message_id"] != following["args"]["message_id"]
    seen = await town.sees("group")
    (pinned,) = [one["id"] for one in seen if one["pinned"] and eyes.HEAD.match(one["text"])]
    links = [button["url"] for one in seen for button in eyes.buttons(one) if button["text"] == "看最新一条"]
    assert links[-1] == f"https://t.me/c/{str(town.group)[4:]}/{pinned}"


async def test_t02_three_hundred_messages_a_minute_and_the_board_stays_reachable(town: Town) -> None:
    """Commands by the dozen in the flood: answered now and then, and the floor waits for nothing."""
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await town.passes(61)
    since = await town.mark()
    shouting = ("签到", "/status", "赞成", "快点快点")
    for number in range(300):
        body = {"from": town.accounts[("stranger", "r302", "r402")[number % 3]], "text": shouting[number % 4]}
        await town.wires.ask("POST", f"/{town.group}/messages", body)
        if number % 5 == 4:
            await town.passes(1)
    await the_board_is_reachable(town, since)
    asked = await town.now()
    await steps.grants(town, "r102")
    assert await town.now() - asked <= timedelta(seconds=3)
    answers = "SELECT count(*) FROM outbox WHERE kind = 'typed_refusal' OR kind = 'group_status'"
    assert 2 <= town.value(answers) <= 8
    assert await town.group_calls(since) <= VOTE_CALLS
    assert town.value("SELECT count(*) FROM speech WHERE id > 1") >= 75
    await nothing_was_refused(town, since)


async def test_somebody_who_floods_the_private_chat(town: Town) -> None:
    """Every message is answered, none faster than Telegram lets us, and nobody else waits for it."""
    since = await town.mark()
    body = {"from": town.accounts["r101"], "text": "在吗"}
    for _ in range(80):
        await town.wires.ask("POST", f"/{town.accounts['r101']}/messages", body)
    await town.settle()
    calls = await town.wires.calls(after=since, chat=town.accounts["r101"], method="sendMessage")
    assert len(calls) == 80 and all(one["ok"] for one in calls)
    await steps.hands_up(town, ("r102", "赞成"))
    await town.writes("r201", "/me")
    assert "1-201" in (await town.last("r201"))["text"]
    await nothing_was_refused(town, since)


async def test_telegram_asks_a_private_answer_to_wait(town: Town) -> None:
    """The answer comes when Telegram lets it; one that would come too late for anybody to look for is left."""
    who = town.accounts["r101"]
    await town.wires.faults({"method": "sendMessage", "chat": who, "error": 429, "times": 2, "retry_after": 1})
    await town.writes("r101", "/me")
    assert "1-101" in (await town.last("r101"))["text"]
    await town.wires.faults({"method": "sendMessage", "chat": who, "error": 429, "times": 1, "retry_after": 600})
    before = len(await town.sees("r101"))
    await town.writes("r101", "/me")
    await town.writes("r101", "/me")  # within the ten minutes: nobody asks Telegram again, and nothing stands still
    assert len(await town.sees("r101")) == before + 2  # what they wrote themselves
    assert town.rows("SELECT id FROM inbox WHERE error IS NOT NULL") == []
