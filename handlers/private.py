"""The private chat: commands, pages, consoles' taps and forms."""

from types import MappingProxyType
from typing import Final

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart, ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.api.exceptions import OutdatedIntent, UnknownIntent, UnknownState

from bot import views
from bot.middlewares import Act, Languages, Read, answer_callback
from bot.views.codec import VERBS, unpack
from bot.views.words import words
from dialogs import FORMS, attach, dialogs
from handlers import binding, fact_sheets, lists, minutes, proposing, roll, searching, steps
from handlers.beginning import begin, linked
from handlers.callbacks import pressed
from handlers.filters import Tapped, Where
from handlers.pages import PAGES, PLAIN_PAGES, page, send, turn_to
from services import people, private_boards
from services.act import Actor
from services.text import ReadingDesk

_LINKS: Final = MappingProxyType(
    {
        "fix": "correction_form",
        "item": "demand_form",
        "point": "point_form",
        "write": "opinion_form",
        "read": "reading_form",
        "challenge": "challenge_form",
        "ask": "question_form",
    }
)
"""What a deep link of the board begins with → the form it opens; a meeting's number follows."""
BOARD_LINK: Final = "board-"
_PAGE_COMMANDS: Final = (*PAGES.keys() - {"home"}, *PLAIN_PAGES)


def router() -> Router:
    """Our own buttons and commands come before an open form, which would take every message for an answer."""
    found = Router(name="private")
    found.message.filter(Where(F.chat.type == ChatType.PRIVATE))
    first = Router(name="private-first")
    first.callback_query.register(pressed, Tapped(*VERBS), Where(F.data.func(unpack).is_(None)))
    first.message.register(fill_in, CommandStart(deep_link=True, magic=F.args.split("-")[0].in_(_LINKS.keys())))
    first.message.register(see_board, CommandStart(deep_link=True, magic=F.args.startswith(BOARD_LINK)))
    binding.in_private(first)
    minutes.register(first)
    fact_sheets.register(first)
    lists.register(first)
    proposing.register(first)
    roll.register(first)
    first.message.register(start, CommandStart())
    first.message.register(cancel, Command("cancel"))
    first.message.register(only_in_groups, Command(*views.ONLY_IN_GROUPS))
    first.message.register(show_command, Command(*sorted(_PAGE_COMMANDS)))
    first.callback_query.register(turn_page, Tapped("show"))
    first.callback_query.register(turn_topics, Tapped("topics"))
    first.callback_query.register(set_language, Tapped("set_language"))
    first.callback_query.register(open_form, Tapped(*FORMS))
    first.callback_query.register(steps.show_topic, Tapped("topic"))
    first.callback_query.register(steps.show_timeline, Tapped("timeline"))
    first.callback_query.register(steps.show_papers, Tapped("papers"))
    first.callback_query.register(steps.take_step, Tapped("step"))
    first.callback_query.register(steps.propose, Tapped("propose"))
    first.callback_query.register(steps.answer_offer, Tapped(*steps.ANSWERS))
    last = Router(name="private-last")
    binding.after_forms(last)
    searching.register(first, last)
    first.callback_query.register(pressed, Tapped(*VERBS))
    last.message.register(not_understood)
    last.callback_query.register(pressed)
    found.include_routers(first, *dialogs(), last)
    found.errors.register(form_is_closed, ExceptionTypeFilter(UnknownIntent, OutdatedIntent, UnknownState))
    attach(found)
    return found


async def start(
    message: Message, act: Act, read: Read, actor: Actor, languages: Languages, dialog_manager: DialogManager
) -> None:
    """/start: the private chat is open to us; home."""
    await dialog_manager.reset_stack()
    language = await begin(message, act, actor, languages)
    home = await page("home", read, actor, language)
    assert home is not None
    await send(message, home)


async def fill_in(
    message: Message,
    command: CommandObject,
    act: Act,
    actor: Actor,
    languages: Languages,
    dialog_manager: DialogManager,
) -> None:
    """/start fix-…, point-…, read-…, challenge-…, ask-…: from the board's button to the form."""
    await begin(message, act, actor, languages)
    link = _LINKS[(command.args or "").partition("-")[0]]
    await FORMS[link](dialog_manager, meeting_id=linked(command) or 0)


async def see_board(message: Message, command: CommandObject, act: Act, actor: Actor, languages: Languages) -> None:
    """/start board-…: the group's board here too; it comes by itself, like every board."""
    await begin(message, act, actor, languages)
    await act(private_boards.open_board, meeting_id=linked(command) or 0)


async def cancel(message: Message, language: str, dialog_manager: DialogManager) -> None:
    """/cancel: leave the form; what was typed is kept."""
    open_form = dialog_manager.has_context()
    await dialog_manager.reset_stack()
    await send(message, views.render("cancelled", {"form": open_form}, language))


async def show_command(
    message: Message, command: CommandObject, act: Act, read: Read, actor: Actor, desk: ReadingDesk, language: str
) -> None:
    """/todo, /topics, /me, /help, /privacy, /language; /topics with words looks for them."""
    if command.command == "topics" and command.args:
        await searching.search_for(message, command.args, act, read, actor, desk, language)
        return
    shown = await page(command.command, read, actor, language)
    assert shown is not None
    await send(message, shown)


async def turn_page(query: CallbackQuery, bot: Bot, read: Read, actor: Actor, language: str) -> None:
    """A tap on a page's button."""
    _, facts = unpack(query.data) or ("", {"page": ""})
    shown = await page(str(facts["page"]), read, actor, language)
    await answer_callback(bot, query.id, None if shown else views.stale(language))
    if shown is not None:
        await turn_to(query, shown)


async def turn_topics(query: CallbackQuery, bot: Bot, read: Read, actor: Actor, language: str) -> None:
    """A tap on "older" or "newer" below the topics."""
    _, facts = unpack(query.data) or ("", {})
    shown = await page("topics", read, actor, language, **facts)
    assert shown is not None
    await answer_callback(bot, query.id, None)
    await turn_to(query, shown)


async def set_language(query: CallbackQuery, bot: Bot, act: Act, actor: Actor, languages: Languages) -> None:
    """Said in the language just chosen."""
    _, facts = unpack(query.data) or ("", {"language": ""})
    language: str = (await act(people.set_language, **facts)).facts["language"]
    languages.put(actor.account_id or 0, language)
    await answer_callback(bot, query.id, None)
    await turn_to(query, views.render("language_set", {}, language))


async def open_form(query: CallbackQuery, bot: Bot, language: str, dialog_manager: DialogManager) -> None:
    """A step that needs words opens its form."""
    verb, facts = unpack(query.data) or ("", {})
    if verb in FORMS:
        await FORMS[verb](dialog_manager, **facts)
    await answer_callback(bot, query.id, None if verb in FORMS else views.stale(language))


async def form_is_closed(event: ErrorEvent, bot: Bot, language: str, dialog_manager: DialogManager) -> None:
    """A button of a form that is no longer open, or words for a form that this version no longer has."""
    if isinstance(event.exception, UnknownState):
        await dialog_manager.reset_stack(remove_keyboard=False)
    text = words(language, markup=False)("form-closed")
    query, message = event.update.callback_query, event.update.message
    if query is not None:
        await answer_callback(bot, query.id, views.Toast(text, alert=True))
    elif message is not None:
        await message.answer(text)


async def only_in_groups(message: Message, command: CommandObject, language: str) -> None:
    """/bind, /status and /checkup: not here."""
    await send(message, views.render("only_in_groups", {"command": command.command}, language))


async def not_understood(message: Message, language: str) -> None:
    """Neither a command nor an answer to a form."""
    await send(message, views.render("not_understood", {"file": message.text is None}, language))
