"""Everybody arrives: opens the private chat or not, signs in by tap or word, once or twice (5.6.1 a)."""

from collections.abc import Iterable

from bot.rehearsal import weather
from bot.rehearsal.hall import Hall, Tap
from bot.rehearsal.people import Resident

OFFICIALS = ("chair", "recorder", "supervisor")
GUESTS = ("deputy", "adviser")
BATCH = 15


async def open_private_chats(hall: Hall) -> None:
    """A few at a time: nobody's first message is lost in the crowd."""
    keys = [*OFFICIALS, *GUESTS, *(one.key for one in hall.cast.residents if one.started)]
    for begin in range(0, len(keys), BATCH):
        for who in keys[begin : begin + BATCH]:
            account = hall.cast.accounts[who]
            await hall.wires.ask("POST", f"/{account}/messages", {"from": account, "text": "/start"})
        await hall.hours.settle()
        await hall.wires.advance(1)


async def sign_in(hall: Hall) -> None:
    """The officials first; then whoever comes in time, and a stranger who is on no roster."""
    seen = await hall.on_board("签到")
    for who, answer in zip(OFFICIALS, await hall.taps([Tap(who, seen) for who in OFFICIALS]), strict=True):
        hall.ledger.signs_in(who, answer)
    await weather.worsens(hall, hall.dice("weather:arrival"))
    coming = [one for one in hall.cast.residents if one.comes and not one.late]
    await _signs_in(hall, coming, "签到")
    hall.ledger.signs_in(weather.STRANGER, await hall.tap(weather.STRANGER, await hall.on_board("签到")))
    await weather.clears(hall)


async def come_late(hall: Hall) -> None:
    """Late is not too late: they may speak, and vote on what is put afterwards."""
    late = [one for one in hall.cast.residents if one.comes and one.late and one.key not in hall.ledger.present]
    if late:
        await _signs_in(hall, late, "刚到，签到")


async def _signs_in(hall: Hall, people: Iterable[Resident], words: str) -> None:
    everybody = list(people)
    for one in everybody:
        if one.types:
            await hall.types(one.key, hall.dice(f"word:{one.key}").choice(("签到", "签到。", " 签 到 ")))
    seen = await hall.on_board(words)
    # Who has typed looks whether it was taken down by tapping as well.
    taps = [Tap(one.key, seen) for one in everybody for _ in range(2 if one.twice else 1)]
    for tap, answer in zip(taps, await hall.taps(taps), strict=True):
        hall.ledger.signs_in(tap.who, answer)
