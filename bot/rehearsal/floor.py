"""The discussion: hands by tap and word, turns, interruptions, silent speakers, the last call (5.5.2, 5.5.3 a)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from bot.rehearsal import answers, arrival, chair, eyes, weather
from bot.rehearsal.hall import Hall, Seen, StuckError, Tap
from bot.rehearsal.ledger import Turn
from bot.rehearsal.people import AGAINST, FOR, PROPOSER, Resident

CHINA: Final = ZoneInfo("Asia/Shanghai")
LAST_CALL_SECONDS: Final = 60
FIRST_HANDS: Final = 8
FLOOD: Final = 120
CLOSE_TO_THE_END: Final = timedelta(seconds=2)
DONE: Final = "我说完了"
_ENDED: Final = ("说完了", "时间到", "先说到这里", "没有动静", "还没开口", "都没开口")
_UNUSED: Final = ("还没开口", "都没开口")
_WORDS: Final = (
    "我家就在边上，天天从那里过。",
    "赞成",
    "钱从哪里来？总要说清楚。",
    "老人推车不方便，离得近一点好。",
    "晚上的声音要管住，我只担心这个。",
    "安全第一，去年冒烟的事大家都记得。",
    "反对",
    "先试三个月，不行再改。",
)
_STOP: Final = "请 {} 停下"


@dataclass
class Wishes:
    """Who still wants how many turns, who waits for the last call, and buttons that somebody has kept."""

    left: Counter[str]
    late: list[str]
    old: list[Seen] = field(default_factory=list)


async def explanation(hall: Hall) -> None:
    """The proposer explains the topic, and says so when done (5.6.1 d)."""
    shown = await chair.does(hall, "请提出人说明议题", lambda board: board.floor is not None)
    turn = hall.ledger.granted(PROPOSER, "explanation", await _until(hall, shown))
    dice = hall.dice("explanation")
    for words in _WORDS[::3]:
        await _speaks(hall, turn, words, dice)
        await weather.flood(hall, dice, 4)
        await hall.hours.passes(dice.uniform(2, 6))
    await _is_done(hall, turn, dice)
    turn.ended = turn.ended or "时间到"
    hall.ledger.explained = True
    await hall.becomes(lambda board: board.mark == eyes.EXPLAINED, "说明结束的看板")


async def discussion(hall: Hall) -> None:
    """Until nobody wants the floor any more and the last call has gone unanswered."""
    wishes = _wishes(hall)
    await _hands(hall, wishes, hall.dice("hands:first"), FIRST_HANDS)
    await chair.does(hall, "开始讨论", lambda board: board.mark == eyes.DISCUSSION)
    await arrival.come_late(hall)
    for number in count():
        dice = hall.dice(f"turn:{number}")
        await _hands(hall, wishes, dice, dice.randint(1, 5))
        if hall.ledger.next() is not None:
            await weather.worsens(hall, dice)
            if not await _turn(hall, wishes, dice):
                return
            await weather.clears(hall)
        elif +wishes.left:
            continue
        elif await _last_call(hall, wishes, dice):
            return


def _wishes(hall: Hall) -> Wishes:
    dice = hall.dice("wishes")
    wanted = Counter({one.key: one.turns for one in hall.cast.residents if one.turns})
    late = dice.sample(sorted(wanted), min(len(wanted), dice.randint(0, 2)))
    for who in late:
        del wanted[who]
    return Wishes(wanted, late)


async def _hands(hall: Hall, wishes: Wishes, dice: Random, most: int) -> None:
    """Some of those who want to speak raise a hand; one may think better of it; some may not and try all the same."""
    up = {hand.who for hand in hall.ledger.hands}
    turn = hall.ledger.speaking
    wanting = [who for who in sorted(+wishes.left) if who not in up and (turn is None or turn.who != who)]
    chosen = dice.sample(wanting, min(most, len(wanting)))
    for who in chosen:
        wishes.left[who] -= 1
    await _raise(hall, [(who, _side(hall, who, dice)) for who in chosen], dice)
    if hall.ledger.hands and dice.random() < 0.15:
        who = dice.choice(hall.ledger.hands).who
        lawful = hall.ledger.lowers(who)
        answer = await hall.tap(who, await hall.on_board("放下手"))
        hall.ledger.check(lawful, answers.lowered(answer), answers.not_up(answer), f"{who} 放下手：{answer}")
        wishes.left[who] += 1
    if dice.random() < 0.3:
        anybody = [one.key for one in hall.cast.residents if one.key not in wishes.left and one.key not in wishes.late]
        absent = [one for one in anybody if one not in hall.ledger.present]
        await _raise(hall, [(dice.choice([*absent, weather.STRANGER, chair.CHAIR]), FOR)], dice)


def _side(hall: Hall, who: str, dice: Random) -> str:
    one: Resident = next(one for one in hall.cast.residents if one.key == who)
    return one.stance if one.stance in (FOR, AGAINST) else dice.choice((FOR, AGAINST))


async def _raise(hall: Hall, hands: list[tuple[str, str]], dice: Random) -> None:
    """One after the other: the order in which they are sent is the order of arrival."""
    if not hands:
        return
    known = {one.key: one for one in hall.cast.residents}
    buttons = {stance: await hall.on_board(f"举手{stance}") for stance in (FOR, AGAINST)}
    typed = [(who, stance) for who, stance in hands if who in known and known[who].types]
    lawful = {}
    for who, stance in typed:
        lawful[who] = hall.ledger.raises(who, stance)
        await hall.types(who, f"举手{stance}")
    await hall.hours.settle()
    taps = []
    for who, stance in hands:
        if who not in lawful:
            lawful[who] = hall.ledger.raises(who, stance)
        taps += [Tap(who, buttons[stance])] * (2 if who in known and known[who].twice else 1)
    for tap, answer in zip(taps, await hall.taps(taps), strict=True):
        said = f"{tap.who} 举手：{answer}"
        hall.ledger.check(lawful[tap.who], answers.raised(answer), answers.already_up(answer), said)


async def _turn(hall: Hall, wishes: Wishes, dice: Random) -> bool:
    """One turn from the grant to its end; False when the chair has gone on without it."""
    who = await chair.grants(hall)
    if who is None:
        return False
    turn = hall.ledger.granted(who, "speech")
    turn.until = await _until(hall, await hall.board())
    manner = next((one.manner for one in hall.cast.residents if one.key == who), "silent")
    if manner != "silent":
        for _ in range(dice.randint(1, 3)):
            await _speaks(hall, turn, dice.choice(_WORDS), dice)
            await hall.hours.passes(dice.uniform(2, 8))
    await _meanwhile(hall, wishes, dice)
    if manner == "talks":
        await _is_done(hall, turn, dice)
    await _over(hall, turn)
    return True


async def _meanwhile(hall: Hall, wishes: Wishes, dice: Random) -> None:
    """What others do while somebody has the floor."""
    await _hands(hall, wishes, dice, dice.randint(0, 3))
    if dice.random() < 0.5:
        await weather.flood(hall, dice, dice.choice((3, 8, FLOOD)))
    if dice.random() < 0.4 and wishes.old:
        await hall.taps([Tap(dice.choice(hall.cast.residents).key, dice.choice(wishes.old))])
    if dice.random() < 0.15 and not hall.practice:
        await _is_stopped(hall)
    board = await hall.board()
    if (done := eyes.button(board.message, DONE)) is not None:
        wishes.old.append(Seen(hall.cast.group, board.id, done["data"]))


async def _is_stopped(hall: Hall) -> None:
    """One interrupts, and the chair asks them to be quiet."""
    quiet = [one.key for one in hall.cast.residents if one.turns == 0 and one.key != PROPOSER]
    who = next(one for one in quiet if one in hall.ledger.present)
    await hall.says(who, "我不同意，我先说！")
    words = _STOP.format(hall.cast.labels[who])
    _, seen = await hall.sees(chair.CHAIR, lambda text: text.endswith(words), words)
    await hall.tap(chair.CHAIR, seen)


async def _speaks(hall: Hall, turn: Turn, words: str, dice: Random) -> None:
    """The speaker says something while there is time for it; sometimes mends it afterwards."""
    mends = dice.random() < 0.25
    if turn.until is not None and await hall.hours.now() > turn.until - CLOSE_TO_THE_END:
        return
    message = await hall.says(turn.who, words)
    if mends:
        body = {"from": hall.cast.accounts[turn.who], "text": f"{words}（改）"}
        await hall.wires.ask("PATCH", f"/{hall.cast.group}/messages/{message}", body)
        hall.ledger.edits[message] += 1


async def _is_done(hall: Hall, turn: Turn, dice: Random) -> None:
    """The speaker's own word, sometimes with two taps; on a slow machine the clock may have been quicker."""
    taps = dice.choice((1, 1, 2))
    board = await hall.board()
    done = eyes.button(board.message, DONE)
    if done is None:
        return
    told = await hall.taps([Tap(turn.who, Seen(hall.cast.group, board.id, done["data"]))] * taps)
    if any(answers.turn_ended(answer) for answer in told):
        turn.ended = "说完了"


async def _over(hall: Hall, turn: Turn) -> None:
    """Wait until the board says that nobody has the floor, and read how the turn ended."""
    label = hall.cast.labels[turn.who]
    await hall.becomes(lambda board: not (board.floor or "").startswith(label), f"{label} 的发言结束")
    if turn.ended is not None:
        return
    since = [one for one in await _since(hall, turn) if one.startswith(label) or f" {label} 先说到" in one]
    if not since:
        raise StuckError(f"{label} 的发言怎么结束的，群里没有说")
    turn.ended = next(way for way in _ENDED if way in since[-1])
    turn.counted = turn.ended not in _UNUSED


async def _since(hall: Hall, turn: Turn) -> list[str]:
    """First lines of the bot's messages that end a turn, newest last."""
    await hall.hours.quiet()
    found = await hall.wires.messages(hall.cast.group, after=max(turn.words, default=0))
    lines = [one["text"].split("\n")[0] for one in found if one["from"] == hall.cast.bot]
    return [line for line in lines if any(way in line for way in _ENDED)]


async def _until(hall: Hall, shown: eyes.Board) -> datetime | None:
    """When the running turn ends, from the board: its clock begins when the group sees the grant."""
    board = shown if shown.until else await hall.becomes(lambda one: one.until is not None, "发言计时的看板")
    assert board.until is not None
    now = (await hall.hours.now()).astimezone(CHINA)
    hour, minute, second = board.until
    until = now.replace(hour=hour, minute=minute, second=second, microsecond=0)
    return until if until > now - timedelta(hours=12) else until + timedelta(days=1)


async def _last_call(hall: Hall, wishes: Wishes, dice: Random) -> bool:
    """Anybody else? True when nobody was; whoever has waited for it raises a hand."""
    await chair.does(hall, "问一声：还有谁要发言", lambda board: "还有人要发言吗" in board.text)
    if wishes.late:
        who = wishes.late.pop()
        await _raise(hall, [(who, _side(hall, who, dice))], dice)
        return False
    await hall.hours.passes(LAST_CALL_SECONDS + 5)
    await chair.does(hall, "讨论结束，写协商意见", lambda board: board.mark == eyes.WORDING)
    return True
