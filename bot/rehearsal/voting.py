"""A called vote: three calls, wrong taps, taps in the last moment, changes of mind, and the count (5.5.3 b and c)."""

import asyncio
from collections.abc import Sequence
from random import Random

from bot.rehearsal import chair, weather
from bot.rehearsal.hall import Hall, Seen, Tap
from bot.rehearsal.ledger import Ballot
from bot.rehearsal.people import FOR, STANCES, Resident

LATE_VOTERS = 0.06
FLOOD = 60
CALL_SECONDS, CORRECTION_SECONDS = 60, 60
Hands = dict[str, str]


async def ballot(hall: Hall, kind: str, hands: Hands) -> Ballot:
    """One whole vote in which everybody raises the hand they mean to; ends with the count on the board."""
    about = f"{kind}:{sum(one.kind == kind for one in hall.ledger.ballots) + 1}"
    await chair.does(hall, "请赞成的举手", lambda board: board.calling == FOR)
    held = hall.ledger.opens_ballot(kind)
    for place, stance in enumerate(STANCES):
        held.calling = stance
        following = STANCES[place + 1] if place + 1 < len(STANCES) else "any"
        await _call(hall, held, f"{about}:{stance}", hands, following)
    held.calling = "any"
    await _corrections(hall, held, hall.dice(f"changes:{about}"))
    held.calling = None
    await hall.becomes(lambda board: board.calling is None, "表决的结果")
    return held


async def _call(hall: Hall, held: Ballot, about: str, hands: Hands, following: str) -> None:
    dice, stance = hall.dice(about), held.calling or ""
    seen = await hall.on_board(f"✋ {stance}")
    await weather.worsens(hall, dice)
    willing = [one for one in hall.cast.residents if hands.get(one.key) == stance]
    in_time = [one for one in willing if dice.random() >= LATE_VOTERS]
    await _raise(hall, seen, in_time, stance)
    await _wrong_taps(hall, seen, stance, dice)
    await weather.flood(hall, dice, FLOOD)
    await hall.hours.passes(CALL_SECONDS)
    await _close(hall, seen, [one.key for one in willing if one not in in_time], stance, following)
    await weather.clears(hall)


async def _raise(hall: Hall, seen: Seen, people: Sequence[Resident], stance: str) -> None:
    """By word and by tap; who has typed looks whether it counted by tapping as well."""
    for one in people:
        if one.types:
            await hall.types(one.key, stance)
    await hall.hours.settle()
    await _tap(hall, seen, [one.key for one in people for _ in range(2 if one.twice else 1)], stance)


async def _tap(hall: Hall, seen: Seen, keys: Sequence[str], stance: str, *, racing: bool = False) -> None:
    for who, answer in zip(keys, await hall.taps([Tap(who, seen) for who in keys]), strict=True):
        # A chair of flesh and blood may close the call at any moment.
        hall.ledger.votes(who, stance, answer, racing=racing or hall.practice)


async def _wrong_taps(hall: Hall, seen: Seen, stance: str, dice: Random) -> None:
    """Who has raised another hand, who is not on the roster, who is nobody here, and a stance that is not called."""
    others = [one.key for one in hall.cast.residents]
    keys = [*dice.sample(others, 1 + len(others) // 40), weather.STRANGER, chair.CHAIR]
    await _tap(hall, seen, keys, stance)
    other = dice.choice([one for one in STANCES if one != stance])
    forged = Seen(seen.chat, seen.message_id, seen.data[:-1] + str(STANCES.index(other)))
    await _tap(hall, forged, dice.sample(others, 1 + len(others) // 40), other)


async def _close(hall: Hall, seen: Seen, racers: Sequence[str], stance: str, following: str) -> None:
    """The chair ends the call, some hands going up at the very moment: whoever was told that it counts is counted."""
    words = f"结束{stance}这一轮"
    if hall.practice:
        await _tap(hall, seen, racers, stance)
    elif racers:
        _, close = await hall.sees(chair.CHAIR, lambda text: text.endswith(words), words)
        middle = len(racers) // 2
        taps = [Tap(who, seen) for who in racers]
        taps.insert(middle, Tap(chair.CHAIR, close))
        told = await hall.taps(taps)
        for tap, answer in zip(taps, told, strict=True):
            if tap.who != chair.CHAIR:
                hall.ledger.votes(tap.who, stance, answer, racing=True)
        await hall.becomes(lambda board: board.calling == following, f"「{words}」之后的看板")
        return
    await chair.does(hall, words, lambda board: board.calling == following)


async def _corrections(hall: Hall, held: Ballot, dice: Random) -> None:
    """Changes of mind, hands added, some more than once; and some while the time runs out."""
    buttons = {stance: await hall.on_board(f"✋ {stance}") for stance in STANCES}
    await weather.worsens(hall, dice)
    wishes = [(one.key, one.second) for one in hall.cast.residents if one.votes and one.second is not None]
    wishes += [(who, dice.choice(STANCES)) for who in sorted(held.roster - set(held.hands)) if dice.random() < 0.5]
    wishes += [(who, dice.choice(STANCES)) for who, _ in wishes if dice.random() < 0.3]
    for stance in STANCES:
        await _tap(hall, buttons[stance], [who for who, wish in wishes if wish == stance], stance)
    await weather.clears(hall)
    last = [one.key for one in hall.cast.residents if one.votes and dice.random() < 0.03]
    stance = dice.choice(STANCES)
    running_out = asyncio.create_task(hall.hours.passes(CORRECTION_SECONDS + 5))
    await _tap(hall, buttons[stance], last, stance, racing=True)
    await running_out


def meant(hall: Hall, *, rules: bool, again: bool = False) -> Hands:
    """What everybody means to vote: on the opinion by conviction; the rules most can live with, `again` even more.

    At every fifth seed the rules are refused at first.
    """
    dice = hall.dice(f"meant:{rules}:{again}")
    refused = rules and not again and hall.seed % 5 == 2
    found = {}
    for place, one in enumerate(hall.cast.residents):
        accepts = place % 5 == 0 if refused else dice.random() < 0.9
        if one.votes and dice.random() < 0.94:
            found[one.key] = (FOR if accepts else STANCES[1]) if rules else one.stance
    return found
