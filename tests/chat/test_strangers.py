"""Who is not who they seem: other communities' people, voices without a face, words that only look like a hand."""

import pytest

from storage.tables import Account, Community, Participant, Person
from storage.work import UnitOfWork
from tests.chat.town import Town

STAGE = "vote"
VOTES = "SELECT count(*) FROM vote WHERE motion_id = 2"


def next_village(uow: UnitOfWork, *accounts: int) -> None:
    """A community of its own in the same bot, with these people on its roster."""
    village = uow.add(Community(name="另一社区", created_at=uow.must(Community, 1).created_at))
    assert village.id is not None
    for account in accounts:
        if uow.get(Account, account) is None:
            uow.add(Account(id=account))
        uow.add(Person(community_id=village.id, account_id=account, name="周一", label="9-901"))


def second_entry(uow: UnitOfWork, account: int) -> None:
    """A household that shares one phone: the account carries a second stakeholder of the same community."""
    person = uow.add(Person(community_id=1, account_id=account, name="周二", label="9-902"))
    assert person.id is not None
    uow.add(Participant(community_id=1, plan_id=1, person_id=person.id, capacity="stakeholder", category="群体"))


async def test_a_roster_counts_in_its_own_community_only(town: Town) -> None:
    """The neighbour village's resident is a stranger here; who lives in both acts here as who they are here."""
    town.database.write_now(lambda uow: next_village(uow, town.accounts["stranger"], town.accounts["r101"]))
    await town.taps("chair", "请赞成的举手")
    for data in ("cast_vote:1:2:0", "close_call:1:2:0", "check_in:1", "open_console:1"):
        assert (await town.forges("stranger", data)).toast.startswith("您还没登记在名册上"), data
    assert (await town.taps("r101", "✋ 赞成")).toast.startswith("✅ 记下了：赞成")
    voted = "SELECT p.label FROM vote v JOIN person p ON p.id = v.person_id WHERE motion_id = 2"
    assert town.rows(voted) == [("1-101",)]


async def test_one_phone_for_two_people_never_guesses(town: Town) -> None:
    """Whose hand it is has to be said; until then nobody's is counted."""
    town.database.write_now(lambda uow: second_entry(uow, town.accounts["r101"]))
    await town.taps("chair", "请赞成的举手")
    answer = await town.taps("r101", "✋ 赞成")
    assert "（依" in answer.toast and not answer.toast.startswith("✅")
    await town.says("r101", "赞成")
    assert town.value(VOTES) == 0


async def test_who_is_struck_from_the_roster_votes_no_more(town: Town) -> None:
    """The account is taken off the entry in the middle of a call; what was counted before stays."""
    await town.taps("chair", "请赞成的举手")
    await town.taps("r101", "✋ 赞成")
    strike = "UPDATE person SET account_id = NULL WHERE label IN ('1-101', '1-102')"
    town.database.write_now(lambda uow: uow.raw(strike) and None)
    assert (await town.forges("r102", "cast_vote:1:2:0")).toast.startswith("您还没登记在名册上")
    await town.says("r102", "赞成")
    assert town.value(VOTES) == 1


async def test_words_that_only_look_like_a_vote(town: Town) -> None:
    """Edited into 赞成, forwarded, sent for a channel or without a face, or a file's caption: no hand."""
    channel = next(one["id"] for one in (await town.wires.ask("GET", "/state"))["chats"] if one["kind"] == "channel")
    await town.taps("chair", "请赞成的举手")
    said = await town.says("r101", "我再想想")
    await town.edits("r101", said, "赞成")
    await town.says("r102", "赞成", forward_from=town.accounts["r201"])
    await town.says("r201", "赞成", as_channel=channel)
    await town.says("recorder", "赞成", anonymous=True)
    await town.says("r202", document="eA==", name="x.txt", caption="赞成")
    assert town.value(VOTES) == 0
    await town.says("r101", "赞成")
    assert town.value(VOTES) == 1


@pytest.mark.parametrize("town", ["discussion"], indirect=True)
async def test_a_stranger_and_a_channel_can_be_asked_to_stop(town: Town) -> None:
    """Nobody's name is needed for 请停止, and the bot's own messages are none of its business."""
    channel = next(one["id"] for one in (await town.wires.ask("GET", "/state"))["chats"] if one["kind"] == "channel")
    await town.says("stranger", "买东西请加我")
    await town.says("r201", "广告", as_channel=channel)
    await town.quiet()
    ids = [row[0] for row in town.rows("SELECT id FROM speech WHERE standing = 'interruption' ORDER BY id")]
    assert len(ids) == 2
    for speech in ids:
        assert (await town.forges("chair", f"please_stop:1:{speech}")).toast == "已请插话的人停下"
        assert (await town.forges("chair", f"please_stop:1:{speech}")).toast.startswith("这条插话已经不在了")
    await town.quiet()
    assert await town.count("group", "请先停一下") == 2
