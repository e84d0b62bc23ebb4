"""kill -9 at every step of the way: no act is lost or applied twice, and what may have arrived follows its kind."""

from functools import partial

from services.kinds import KINDS
from tests.kill.lives import Lives
from tests.kill.rooms import Room

ONCE = (1, 1, 1)
"""One vote, one entry of its trail, one entry of the journal."""
NEVER = (0, 0, 0)
NO_BUTTON = "nothing"
VOTE_STARTS, RECEIPT, RESULT = "举手是公开的", "回执号", "📊 协商结果"
COUNTED = "✅ 记下了：赞成"
TAPS = "SELECT count(*) FROM inbox WHERE body LIKE :like"
CROWD = 120


def for_it(room: Room) -> str:
    """What the button of the first call carries."""
    return f"cast_vote:{room.meeting}:{room.motion}:0"


async def toasts_held(town: Lives, count: int) -> None:
    """So many answers are on their way and will never arrive."""

    async def held() -> bool:
        return len(await town.wires.calls(method="answerCallbackQuery")) == count

    await town.until(held)


async def told_and_not_marked(town: Lives, room: Room, people: list[int]) -> int:
    """Freeze the bot when somebody has just been told that their hand counts, and the update is still open."""
    for who in people:
        answer = await town.tap(room.chat, who, for_it(room))
        town.freeze()
        assert answer["toast"].startswith(COUNTED)
        if town.value("SELECT done_at FROM inbox ORDER BY id DESC LIMIT 1") is None:
            return who
        town.thaw()
    raise AssertionError("every update was marked before anybody could look")


async def test_on_the_way_in_and_with_messages_to_be_repeated(town: Lives) -> None:
    """One act not begun, one without its toast, one not marked done; two announcements of unknown delivery."""
    assert KINDS["vote_starts"].repeat == "repeat"
    hall, before, after = await town.room(8), await town.room(3), await town.room(3)
    await town.fault("sendMessage", "timeout_before", before.chat)
    await town.fault("sendMessage", "timeout_after", after.chat)
    await town.begins()
    await town.sending("vote_starts", before.chat, after.chat)
    await town.until(partial(town.has_text, hall.chat, VOTE_STARTS))
    _, stored, acted, *others = hall.accounts
    await town.fault("answerCallbackQuery", "timeout_before", times=2)
    town.tap_unanswered(hall.chat, stored, NO_BUTTON)
    await toasts_held(town, 1)
    town.tap_unanswered(hall.chat, acted, for_it(hall))
    await toasts_held(town, 2)
    # The second tap of somebody whose first is still being answered is stored, and waits.
    town.tap_unanswered(hall.chat, stored, for_it(hall))
    await town.sees(TAPS, 3, like="%callback_query%")
    told = await told_and_not_marked(town, hall, others)
    assert [town.hands(hall, who) for who in (stored, acted, told)] == [NEVER, ONCE, ONCE]
    assert town.outbox("vote_starts", before.chat) == town.outbox("vote_starts", after.chat) == [("sending", 1)]
    assert (await town.texts(before.chat, VOTE_STARTS), await town.texts(after.chat, VOTE_STARTS)) == (0, 1)
    town.kill()
    await town.begins_again()
    await acts_happened_once(town, hall, (stored, acted, told))
    for room, seen in ((before, 1), (after, 2)):
        assert town.outbox("vote_starts", room.chat) == [("sent", 2)]
        assert await town.texts(room.chat, VOTE_STARTS) == seen


async def acts_happened_once(town: Lives, hall: Room, people: tuple[int, int, int]) -> None:
    """Everybody has one hand; who had been told is told the same, receipt number and all: it was not a second act."""
    stored, acted, told = people
    assert [town.hands(hall, who) for who in people] == [ONCE, ONCE, ONCE]
    for who, times in ((stored, 1), (acted, 2), (told, 2)):
        words = (await town.answers_to(who))[-1]
        assert len(words) == times and len(set(words)) == 1
        assert words[0].startswith(COUNTED)
    assert town.value("SELECT count(*) FROM receipt WHERE key LIKE :like", like="%:cast_vote:%") == town.value(
        "SELECT count(*) FROM vote WHERE motion_id = :motion", motion=hall.motion
    )
    assert town.chains_are_whole()


async def test_messages_not_to_be_repeated(town: Lives) -> None:
    """A receipt (`once`) and a result (`ask`) whose delivery nobody knows stay unsure, arrived or not."""
    assert (KINDS["vote_receipt"].repeat, KINDS["result"].repeat) == ("once", "ask")
    before, after = await town.room(3, decided=True), await town.room(3, decided=True)
    lost, arrived = before.accounts[1], after.accounts[1]
    await town.fault("sendMessage", "timeout_before", lost)
    await town.fault("sendMessage", "timeout_after", arrived)
    await town.begins()
    await town.sending("vote_receipt", lost, arrived)
    await town.until(partial(town.has_text, arrived, RECEIPT))
    town.kill()
    await town.begins_again()
    await announce_and_kill(town, before, after)
    await town.begins_again()
    for kind, held, words in (
        ("vote_receipt", (lost, arrived), RECEIPT),
        ("result", (before.chat, after.chat), RESULT),
    ):
        assert [town.outbox(kind, chat) for chat in held] == [[("unsure", 1)]] * 2
        assert [await town.texts(chat, words) for chat in held] == [0, 1]
    assert [town.outbox("result_text", room.chat) for room in (before, after)] == [[("sent", 1)]] * 2
    assert town.value("SELECT count(*) FROM meeting WHERE announced_at IS NOT NULL") == 2
    assert town.chains_are_whole()


async def announce_and_kill(town: Lives, before: Room, after: Room) -> None:
    """Both chairs announce; one picture does not leave, the other arrives, and the bot never learns which."""
    await town.fault("sendPhoto", "timeout_before", before.chat)
    await town.fault("sendPhoto", "timeout_after", after.chat)
    for room in (before, after):
        await town.tap(room.chat, room.accounts[0], f"announce:{room.meeting}")
    await town.sending("result", before.chat, after.chat)
    for room in (before, after):
        await town.until(partial(town.has_call, "sendPhoto", room.chat))
    town.kill()


async def some_are_stored(town: Lives) -> None:
    """The first votes are in."""

    async def stored() -> bool:
        return bool(town.value("SELECT count(*) FROM vote"))

    await town.until(stored)


async def test_in_the_middle_of_a_crowd(town: Lives) -> None:
    """A crowd taps at once; the kill falls wherever it falls between the first stored vote and the last."""
    hall = await town.room(CROWD + 1)
    await town.begins()
    await town.quiet()
    crowd = hall.accounts[1:]
    answers = await town.tap_together(hall, crowd, for_it(hall))
    await some_are_stored(town)
    town.kill()
    await town.begins_again()
    shown = await answers
    await town.sees("SELECT count(*) FROM vote", CROWD)
    assert {town.hands(hall, who) for who in crowd} == {ONCE}
    assert all(answer.get("toast", COUNTED).startswith(COUNTED) for answer in shown)
    assert town.value("SELECT count(*) FROM inbox WHERE done_at IS NULL OR error IS NOT NULL") == 0
    assert town.chains_are_whole()
