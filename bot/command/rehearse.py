"""`rehearse`: a whole meeting of simulated residents in a sandbox of its own, and the bot's record against theirs."""

import asyncio
import json
import re
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import typer
from pydantic import AnyHttpUrl, SecretStr

from bot.command.demo_world import DEMO_TOKEN, Places, World
from bot.command.run import ALL_ROLES, CommandError, serve, stop_on_signal
from bot.command.sandbox import sandbox
from bot.command.verify import verify_database
from bot.rehearsal import compare, people, weather
from bot.rehearsal.hall import Cast, Hall, StoppedError, StuckError
from bot.rehearsal.hours import Hours
from bot.rehearsal.ledger import Ledger, total
from bot.rehearsal.people import Resident
from bot.rehearsal.play import play
from bot.rehearsal.wires import Wires, group_call
from bot.settings import Settings
from procedure.rules import TEMPLATE, Rules
from procedure.terms import Capacity
from services import demo
from services.demo import Cast as Role
from storage.database import Database

BEGINNING: Final = "2026-11-03T18:00:00+08:00"
"""A Tuesday: the meeting is on Thursday at 19:30, check-in opens at 19:00."""
MINUTES: Final = 1
OFFICIAL: Final = "official"
_KEY: Final = re.compile(r"(?<![A-Za-z_])(r\d+|chair|recorder|supervisor)(?![A-Za-z_0-9])")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What was asked for: how many residents, which seed, how many times the wall's time, who takes the chair."""

    people: int
    seed: int
    speed: float | None = None
    practice: bool = False

    def check(self) -> None:
        """Raises CommandError for figures that make no meeting."""
        if not people.LEAST_PEOPLE <= self.people <= people.MOST_PEOPLE:
            raise CommandError(f"--people is {people.LEAST_PEOPLE} to {people.MOST_PEOPLE}")
        if self.speed is not None and not 1 <= self.speed <= 600:
            raise CommandError("--speed is 1 to 600")
        if self.practice and self.speed is None:
            raise CommandError("--practice needs --speed: people cannot follow virtual time")

    @property
    def rules(self) -> Rules:
        """Turns of one minute; one or two of them each, by the seed."""
        return Rules(MINUTES, 1 + self.seed % 2, TEMPLATE.floor_mode, None, TEMPLATE.threshold)


@dataclass(frozen=True)
class Outcome:
    """The figures of the last line, and every difference in words."""

    figures: dict[str, Any]
    differences: Sequence[str]
    hall: Hall


async def run_rehearsal(settings: Settings, wanted: Wanted) -> bool:
    """Play one meeting and print what came of it; True when the bot's record is the residents'. Raises CommandError."""
    wanted.check()
    importing = asyncio.create_task(asyncio.to_thread(import_module, "bot.app"))
    with tempfile.TemporaryDirectory() as folder:
        async with sandbox(0, 0, None) as beside:
            await importing
            if wanted.speed is not None:
                typer.echo(f"请用浏览器打开  {beside.chat}/   群：{demo.GROUP_TITLE}")
            ours = sandboxed(settings, beside.api, beside.chat, Path(folder))
            outcome = await perform(ours, beside.chat, wanted, typer.echo)
    for line in outcome.differences:
        typer.echo(f"✗ {line}")
    typer.echo(json.dumps(outcome.figures, ensure_ascii=False))
    return not outcome.differences


def sandboxed(settings: Settings, api: str, chat: str, folder: Path) -> Settings:
    """The operator's settings, on a sandbox and in a folder that is thrown away."""
    return settings.model_copy(
        update={
            "bot_token": SecretStr(DEMO_TOKEN),
            "api_url": AnyHttpUrl(api),
            "clock_url": AnyHttpUrl(chat),
            "database_url": f"sqlite:///{folder / 'rehearsal.db'}",
            "data_dir": folder,
            "secret_file": None,
            "log_level": "ERROR",
        }
    )


async def perform(settings: Settings, chat: str, wanted: Wanted, tell: Tell) -> Outcome:
    """Make the people, start the bot, hold the meeting, compare. The sandbox at `chat` must be fresh."""
    residents = people.invited(wanted.people, wanted.seed, wanted.rules.turns)
    roles = cast_of(residents)
    wires = Wires(chat)
    try:
        await wires.set_clock(BEGINNING)
        places = await World(settings, chat, cast=roles, rules=wanted.rules).prepare()
        hall = await _hall(wires, wanted, residents, roles, places, tell)
        failed = await _hold(settings, hall)
        return await _outcome(settings, hall, wanted, failed)
    finally:
        await wires.close()


def cast_of(residents: Sequence[Resident]) -> tuple[Role, ...]:
    """The demo's officials and its stranger, with these residents. Nobody has started a private chat yet."""
    given = [
        Role(role.key, role.name, role.label, None, role.post, role.deputy, role.roles, started=False)
        for role in demo.CAST
        if role.capacity is None
    ]
    return (*given, *(Role(one.key, one.name, one.label, Capacity(one.capacity), started=False) for one in residents))


async def _hall(
    wires: Wires, wanted: Wanted, residents: Sequence[Resident], roles: Sequence[Role], places: Places, tell: Tell
) -> Hall:
    state = await wires.ask("GET", "/state")
    cast = Cast(
        places.accounts,
        {role.key: role.label for role in roles if role.label},
        residents,
        places.group,
        state["bots"][0]["id"],
    )
    capacities = {role.key: role.capacity.value if role.capacity else OFFICIAL for role in roles if role.label}
    ledger = Ledger(capacities, wanted.rules.turns)
    hall = Hall(wires, Hours(wires, wanted.speed), cast, ledger, wanted.seed, tell)
    hall.practice = wanted.practice
    return hall


async def _hold(settings: Settings, hall: Hall) -> str | None:
    """The meeting, the bot running; returns why it did not come to its end, if it did not."""
    begins = demo.meets_at(datetime.fromisoformat(BEGINNING))
    stop, polls = stop_on_signal(), asyncio.Event()
    serving = asyncio.create_task(serve(settings, ALL_ROLES, stop, ready=polls.set))
    playing = asyncio.create_task(_play(hall, polls, begins))
    try:
        await asyncio.wait({serving, playing}, return_when=asyncio.FIRST_COMPLETED)
        if not playing.done():
            await serving
            raise CommandError("the rehearsal was broken off")
        return await playing
    finally:
        playing.cancel()
        stop.set()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(playing, serving, return_exceptions=True)


async def _play(hall: Hall, polls: asyncio.Event, begins: datetime) -> str | None:
    await polls.wait()
    try:
        await play(hall, begins - timedelta(minutes=30), begins)
    except StuckError as stuck:
        return f"演练走不下去：{stuck}"
    except StoppedError:
        hall.tell("会停下来了，演练到这里为止")
        return ""
    await hall.hours.quiet()
    return None


async def _outcome(settings: Settings, hall: Hall, wanted: Wanted, failed: str | None) -> Outcome:
    calls = await hall.wires.calls()
    in_group = [one for one in calls if one["chat"] == hall.cast.group and group_call(one)]
    found = await asyncio.to_thread(differences, settings.database, hall, failed)
    if failed is None:
        shown = [one["text"] for one in await hall.wires.messages(hall.cast.group) if "协商结果：" in one["text"]]
        found += compare.told(hall.ledger, "\n".join(shown))
    figures = {
        "people": wanted.people,
        "seed": wanted.seed,
        "turns": sum(turn.kind == "speech" for turn in hall.ledger.turns),
        "votes": total(hall.ledger.ballots),
        "verdict": hall.ledger.ballots[-1].verdict if failed is None else None,
        "messages": len(hall.ledger.messages),
        "differences": len(found),
        "group_calls": len(in_group),
        "calls_429": sum(one.get("error_code") == 429 and not one.get("fault") for one in calls),
        "faults": weather.hit(calls) | {"duplicate_update": hall.twice},
    }
    return Outcome(figures, found, hall)


def differences(url: str, hall: Hall, failed: str | None) -> list[str]:
    """The record in this database against the hall's ledger; `failed`: why the meeting did not come to its end."""
    database = Database(url)
    try:
        keys = {account: key for key, account in hall.cast.accounts.items()}
        record = compare.Record(database, keys)
        found = compare.differences(hall.ledger, record, finished=failed is None)
        broken = verify_database(database, None).broken
    finally:
        database.close()
    lines = [*([failed] if failed else []), *found, *(f"日志的链断了：{one}" for one in broken)]
    return [_KEY.sub(lambda key: hall.cast.labels.get(key[0], key[0]), line) for line in lines]
