"""The command line: `yishiting`, also `python -m bot`. Errors are one plain line and exit code 2."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.command import roster
from bot.command.run import ALL_ROLES, CommandError, serve, stop_on_signal
from bot.settings import BadSettingsError, Settings, load

if TYPE_CHECKING:
    from storage.database import Database

cli = typer.Typer(
    name="yishiting",
    help="议事厅: 城乡社区协商 in a group chat (DB3303/T 042-2022).",
    pretty_exceptions_enable=False,
    add_completion=False,
)
cli.add_typer(roster.cli, name="roster")


@cli.command()
def run(roles: Annotated[str, typer.Option(help="which parts run in this process")] = ",".join(ALL_ROLES)) -> None:
    """Run the bot; without YISHITING_BOT_TOKEN the demo."""
    chosen = [role.strip() for role in roles.split(",") if role.strip()]
    if not chosen or not set(chosen) <= set(ALL_ROLES):
        raise CommandError(f"--roles takes {','.join(ALL_ROLES)}")
    settings = load()
    if settings.bot_token is None:
        demo()
        return
    asyncio.run(_run(settings, chosen))


@cli.command()
def demo(
    *,
    idea: Annotated[bool, typer.Option("--idea", help="begin before the first topic, with data of its own")] = False,
) -> None:
    """Run the sandbox, a demo community whose meeting is in two days, and the bot; open the printed address."""
    from bot.command.demo import run_demo  # noqa: PLC0415

    settings = load()
    if idea:
        settings = settings.model_copy(update={"data_dir": settings.data_dir / "idea"})
    asyncio.run(run_demo(settings, meeting=not idea))


@cli.command()
def migrate() -> None:
    """Bring the database's schema up to date."""
    with _database():
        typer.echo("ok")


@cli.command()
def checkup() -> None:
    """Check token, rights, privacy mode, update types, database and clock; exit code 1 when something needs a look."""
    from bot.command.checkup import checkup as check  # noqa: PLC0415

    async def show() -> bool:
        well = True
        async for finding in check(load()):
            typer.echo(str(finding))
            well &= finding.well
        return well

    if not asyncio.run(show()):
        raise typer.Exit(1)


@cli.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="an exported journal")] = None,
    topic: Annotated[int | None, typer.Option(help="only this topic's chain")] = None,
) -> None:
    """Check the journal's hash chains; exit code 1 when one is broken."""
    from bot.command.verify import verify_database, verify_file  # noqa: PLC0415

    if file is not None:
        findings = verify_file(file)
    else:
        with _database(migrated=False) as database:
            findings = verify_database(database, topic)
    typer.echo(findings.to_json())
    if findings.broken:
        raise typer.Exit(1)


@cli.command()
def evaluate(
    topics: Annotated[Path | None, typer.Option(help="labelled topics: title, reason, label, second_label")] = None,
    civility: Annotated[Path | None, typer.Option(help="labelled messages: text, label")] = None,
) -> None:
    """Score the reading of topics and messages on labelled files; the last line is JSON."""
    from bot.command.evaluate import evaluate as lines  # noqa: PLC0415

    for line in lines(topics, civility):
        typer.echo(line)


@cli.command()
def examples(file: Annotated[Path, typer.Argument(help="a new csv file")]) -> None:
    """Write out what people chose for their topics, as a labelled file for evaluate."""
    from bot.command.examples import write  # noqa: PLC0415

    with _database() as database:
        count = write(database, file)
    typer.echo(f"rows: {count}, {file}")


@cli.command()
def export(
    topic: Annotated[int, typer.Argument(help="the topic's number")],
    folder: Annotated[Path, typer.Argument(help="a new folder")],
    community: Annotated[int | None, typer.Option(help="which community's, when several have the number")] = None,
) -> None:
    """Write a topic's archive: papers, minutes, journal, files, and what is what."""
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.command.export import write  # noqa: PLC0415

    with _database() as database:
        now = SystemClock().now()
        count = write(database, load().files_dir, number=topic, community=community, folder=folder, now=now)
    typer.echo(f"files: {count}, {folder}")


@cli.command()
def rehearse(
    people: Annotated[int, typer.Option(help="residents who are invited")] = 60,
    seed: Annotated[int, typer.Option(help="the same number makes the same meeting")] = 1,
    speed: Annotated[float | None, typer.Option(help="times the wall's time, to watch; else virtual")] = None,
    *,
    practice: Annotated[bool, typer.Option("--practice", help="you take the chair (with --speed)")] = False,
) -> None:
    """Hold a meeting with simulated residents and compare the bot's record with theirs; the last line is JSON."""
    from bot.command.rehearse import Wanted, run_rehearsal  # noqa: PLC0415

    if not asyncio.run(run_rehearsal(load(), Wanted(people, seed, speed, practice))):
        raise typer.Exit(1)


@contextmanager
def _database(*, migrated: bool = True) -> Iterator["Database"]:
    """The database of the settings, brought up to date unless it is only looked at."""
    from storage import migrations  # noqa: PLC0415 - a second that `--help` need not pay
    from storage.database import Database  # noqa: PLC0415

    settings = load()
    if not migrated and settings.sqlite_file is not None and not settings.sqlite_file.exists():
        raise CommandError(f"there is no database {settings.sqlite_file}; yishiting migrate makes one")
    database = Database(settings.database)
    try:
        if migrated:
            migrations.upgrade(database)
        yield database
    finally:
        database.close()


async def _run(settings: Settings, roles: list[str]) -> None:
    await serve(settings, roles, stop_on_signal())


def main() -> None:
    """Entry point of the `yishiting` command."""
    try:
        code = cli(standalone_mode=False)
    except Exception as error:
        typer.echo(f"yishiting: {_plain(error)}", err=True)
        raise SystemExit(2) from None
    raise SystemExit(code if isinstance(code, int) else 0)


def _plain(error: Exception) -> str:
    if isinstance(error, CommandError | BadSettingsError):
        return str(error)
    usage = getattr(error, "format_message", None)  # the command line's own complaints
    if usage is not None:
        return str(usage())
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"


if __name__ == "__main__":
    main()
