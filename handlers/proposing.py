"""The ways to form B.1 (5.1): /propose, a deep link from the group, and the button of the home page."""

from typing import Final

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot import views
from bot.middlewares import Act, Languages, Read
from dialogs.sheet import open_sheet
from handlers.beginning import begin, linked
from handlers.pages import page, send
from services import proposing
from services.act import Actor

LINK: Final = "propose"


def register(router: Router) -> None:
    """Before the plain /start and the pages."""
    router.message.register(from_link, CommandStart(deep_link=True, magic=F.args.regexp(rf"^{LINK}(-|$)")))
    router.message.register(from_command, Command("propose"))


async def from_command(
    message: Message, read: Read, actor: Actor, language: str, dialog_manager: DialogManager
) -> None:
    """/propose: the form, after the choice of a community where somebody is of several."""
    await _open(message, read, actor, language, dialog_manager, None)


async def from_link(
    message: Message,
    command: CommandObject,
    act: Act,
    read: Read,
    actor: Actor,
    languages: Languages,
    dialog_manager: DialogManager,
) -> None:
    """/start propose, /start propose-…: the latter names the community."""
    language = await begin(message, act, actor, languages)
    await _open(message, read, actor, language, dialog_manager, linked(command))


async def _open(
    message: Message, read: Read, actor: Actor, language: str, manager: DialogManager, named: int | None
) -> None:
    places = await read(proposing.places, actor=actor)
    mine = [place["community_id"] for place in places]
    if named is not None or len(mine) == 1:
        await open_sheet(manager, "propose", community_id=named if named is not None else mine[0])
        return
    shown = views.render("propose_where", {"places": places}, language) if mine else None
    home = shown or await page("home", read, actor, language)
    assert home is not None
    await send(message, home)
