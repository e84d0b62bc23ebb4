"""The roster from the command line: communities, import, one-time slips. No name is printed and none is logged."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.command.roster_words import FILES, LINES
from bot.command.run import CommandError
from bot.settings import Settings, load

cli = typer.Typer(help="Communities, their rosters, and the slips that bind accounts to persons.")
Community = Annotated[str, typer.Option(help="the community's number or name")]


@cli.command("community")
def add(
    name: Annotated[str, typer.Argument(help="the community's name")],
    timezone: Annotated[str | None, typer.Option(help="its time zone, such as Asia/Shanghai")] = None,
) -> None:
    """Make a community; its number is printed."""
    from services import roster  # noqa: PLC0415

    settings = load() if timezone is None else load(timezone=timezone)
    with _office(settings) as office:
        made = office.act(roster.add_community, name=name, timezone=settings.timezone)
    typer.echo(f"社区已建立 community made, 编号 number {made['community_id']}")


@cli.command("list")
def show() -> None:
    """List the communities."""
    from services import roster  # noqa: PLC0415

    with _office(load()) as office:
        found = office.database.read_now(roster.communities)
    for one in found:
        counted = f"{one.people} 人 people, 已绑定 bound {one.bound}"
        typer.echo(f"{one.id}  {one.name}  {one.timezone}  {counted}")


@cli.command("people")
def show_people(community: Community) -> None:
    """List the persons of a community by number and label, without names."""
    from services import roster  # noqa: PLC0415

    with _office(load()) as office:
        community_id = office.community(community)
        found = office.database.read_now(lambda uow: roster.people(uow, community_id))
    for number, label, bound in found:
        typer.echo(f"{number}  {label}  {'已绑定 bound' if bound else '未绑定 not bound'}")


@cli.command("release")
def release(community: Community, person: Annotated[int, typer.Option(help="the person's number")]) -> None:
    """Loosen a person from their account, for a new phone or a mistake; a new slip binds them again."""
    from services import binding  # noqa: PLC0415

    with _office(load()) as office:
        community_id = office.community(community)
        freed = office.act(binding.release_account, community_id=community_id, person_id=person)
    typer.echo(f"已解除绑定 released: {freed['label']}")


@cli.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(help="csv (UTF-8 or GBK) or xlsx")],
    community: Community,
    partly: Annotated[bool, typer.Option("--partly", help="import the good lines of a file with bad ones")] = False,
) -> None:
    """Import a roster; a second time brings it up to date. Unless every line is good nothing is imported."""
    from services import roster, roster_files  # noqa: PLC0415

    try:
        found = roster_files.read(file.read_bytes())
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from None
    except roster_files.BadFileError as error:
        raise CommandError(f"{file.name}: {FILES[error.code]}") from None
    for problem in found.problems:
        column = roster_files.HEADERS[problem.column][0]
        other = f" (第 {problem.other} 行 line {problem.other})" if problem.other else ""
        typer.echo(f"第 {problem.line} 行 line {problem.line}, {column}: {LINES[problem.code]}{other}")
    if found.ignored:
        typer.echo(f"不读的列 columns not read: {len(found.ignored)}")
    if found.problems and not partly:
        lines = len({problem.line for problem in found.problems})
        raise CommandError(
            f"{lines} 行要改, 什么都没有导入 lines to mend, nothing was imported (--partly: 只导入好的行)"
        )
    with _office(load()) as office:
        counts = office.act(roster.import_roster, community_id=office.community(community), entries=found.entries)
    typer.echo(f"新增 new {counts['made']}, 更新 changed {counts['changed']}, 不变 same {counts['same']}")


@cli.command("slips")
def make_slips(
    community: Community,
    out: Annotated[Path, typer.Option(help="a new .docx or .csv file")],
    person: Annotated[int | None, typer.Option(help="only this person's number")] = None,
    building: Annotated[str | None, typer.Option(help="only this building")] = None,
) -> None:
    """Make one-time slips for everybody whose account is not bound yet. Earlier slips of theirs stop working."""
    from bot.command import slips  # noqa: PLC0415
    from services import binding  # noqa: PLC0415

    with _office(load()) as office, slips.new_file(out) as write:
        community_id = office.community(community)
        made = office.act(binding.make_slips, community_id=community_id, person_id=person, building=building)
        bot = office.database.read_now(binding.bot_username)
        zone = ZoneInfo(made["timezone"])
        write(slips.Sheet(made["community"], bot, zone, [slips.Slip(**slip) for slip in made["slips"]]))
    typer.echo(f"登记条 slips: {len(made['slips'])}, {out}")


class _Office:
    """The open database, and the instant at which the command acts."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        from services.act import Door  # noqa: PLC0415
        from storage.database import Database  # noqa: PLC0415
        from storage.vault import Vault  # noqa: PLC0415

        self.database = Database(settings.database, Vault.open(settings.key_file))
        self._now = now
        self._door = Door(self.database, self)

    def now(self) -> datetime:
        """The instant of the command."""
        return self._now

    def act(self, action: Any, **facts: Any) -> dict[str, Any]:
        """Act through the door as the system; a refusal is one plain line."""
        from bot.views.toasts import refusal_sentence  # noqa: PLC0415
        from bot.views.words import words  # noqa: PLC0415
        from procedure.errors import RuleBroken  # noqa: PLC0415
        from services.act import SYSTEM  # noqa: PLC0415

        try:
            return self._door.act_now(action, SYSTEM, None, **facts).facts
        except RuleBroken as broken:
            said = (refusal_sentence(words(one, markup=False), broken.code, "", broken.facts) for one in ("zh", "en"))
            raise CommandError(" / ".join(said)) from None

    def community(self, wanted: str) -> int:
        """The number of a community given by number or name. Raises CommandError."""
        from services import roster  # noqa: PLC0415

        known = self.database.read_now(roster.communities)
        found = [one.id for one in known if one.name == wanted] or [one.id for one in known if str(one.id) == wanted]
        if not found:
            raise CommandError(f"没有这个社区 no such community: {wanted} (yishiting roster list)")
        return found[0]


@contextmanager
def _office(settings: Settings) -> Iterator[_Office]:
    from storage import migrations  # noqa: PLC0415

    office = _Office(settings, asyncio.run(_now(settings)))
    try:
        migrations.upgrade(office.database)
        yield office
    finally:
        office.database.close()


async def _now(settings: Settings) -> datetime:
    """Real time, or the instant of the sandbox that the settings follow."""
    from bot.clock import SandboxClock, SystemClock  # noqa: PLC0415

    if settings.clock is None:
        return SystemClock().now()
    clock = SandboxClock(settings.clock, "roster")
    await clock.start()
    try:
        return clock.now()
    finally:
        await clock.stop()
