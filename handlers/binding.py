"""Slips in the private chat, and chats that staff bind: Telegram is asked here, everything else is decided inside."""

from typing import Final

from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, ChatFullInfo, ChatMemberAdministrator, Message, MessageOriginChannel
from aiogram.types import Chat as TelegramChat
from aiogram_dialog import DialogManager

from bot import views
from bot.inbox.poller import ALLOWED_UPDATES
from bot.middlewares import Act, Languages, Read, answer_callback
from bot.views.codec import unpack
from handlers.filters import Tapped, Where
from handlers.pages import send, turn_to
from handlers.threads import thread_of
from services import binding, contacts, groups, people
from services.act import Actor, Receipt
from services.groups import Chat, Look

SLIP: Final = "bind-"
_RULING: Final = frozenset({ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR})
_RIGHTS: Final = {"pin": "can_pin_messages", "delete": "can_delete_messages", "restrict": "can_restrict_members"}


def in_groups(router: Router) -> None:
    """/bind and /checkup, and the choice of a community."""
    router.message.register(bind_group, Command("bind"))
    router.message.register(checkup, Command("checkup"))
    router.callback_query.register(chosen, Tapped("bind_chat"))


def in_private(router: Router) -> None:
    """A slip's deep link, its owner's yes, contact data taken back, a community chosen for a channel."""
    router.message.register(open_slip, CommandStart(deep_link=True, magic=F.args.startswith(SLIP)))
    router.callback_query.register(withdraw_contact, Tapped("withdraw_contact"))
    router.callback_query.register(bind_account, Tapped("bind_account"))
    router.callback_query.register(chosen, Tapped("bind_chat"))


def after_forms(router: Router) -> None:
    """A code, or a post of a channel, that no open form has taken for an answer."""
    router.message.register(typed_slip, Where(F.text.func(lambda text: binding.read_code(text or "") is not None)))
    router.message.register(
        bind_channel, Where(F.forward_origin.func(lambda origin: isinstance(origin, MessageOriginChannel)))
    )


async def open_slip(
    message: Message,
    command: CommandObject,
    act: Act,
    actor: Actor,
    languages: Languages,
    dialog_manager: DialogManager,
) -> None:
    """/start bind-…: whose slip is this?"""
    await dialog_manager.reset_stack()
    code = message.from_user.language_code if message.from_user else None
    language: str = (await act(people.start, language_code=code)).facts["language"]
    languages.put(actor.account_id or 0, language)
    await _show_slip(message, (command.args or "").removeprefix(SLIP), act, language)


async def typed_slip(message: Message, act: Act, language: str) -> None:
    """The code as plain words."""
    await _show_slip(message, message.text or "", act, language)


async def _show_slip(message: Message, text: str, act: Act, language: str) -> None:
    receipt = await act(binding.show_slip, code=binding.read_code(text) or "")
    await send(message, views.render(receipt.code, receipt.facts, language))


async def bind_account(query: CallbackQuery, bot: Bot, act: Act, language: str) -> None:
    """That is me."""
    _, facts = unpack(query.data) or ("", {"number": -1})
    receipt = await act(binding.bind_account, code=binding.number_code(int(facts["number"])))
    await answer_callback(bot, query.id, None)
    await turn_to(query, views.render(receipt.code, receipt.facts, language))


async def withdraw_contact(query: CallbackQuery, bot: Bot, act: Act, read: Read, actor: Actor, language: str) -> None:
    """Take back what one has given, and see what is left."""
    _, facts = unpack(query.data) or ("", {"contact_id": 0})
    receipt = await act(contacts.withdraw_contact, **facts)
    await answer_callback(bot, query.id, views.toast(receipt.code, receipt.facts, language))
    left = await read(contacts.my_contacts, actor=actor)
    await turn_to(query, views.render(left.code, left.facts, language))


async def bind_group(
    message: Message, bot: Bot, act: Act, actor: Actor, operators: frozenset[int] = frozenset()
) -> None:
    """/bind: this group is our community's; the answer comes through the outbox."""
    await _bind(bot, act, actor, _described(message.chat, thread_of(message)), operators, None)


async def bind_channel(
    message: Message, bot: Bot, act: Act, actor: Actor, language: str, operators: frozenset[int] = frozenset()
) -> None:
    """A forwarded post says which channel is meant: there nobody could say /bind under their own name."""
    assert isinstance(message.forward_origin, MessageOriginChannel)
    chat = _described(message.forward_origin.chat)
    receipt = await _bind(bot, act, actor, chat, operators, None)
    await send(message, views.render(receipt.code, receipt.facts, language))


async def chosen(
    query: CallbackQuery, bot: Bot, act: Act, actor: Actor, language: str, operators: frozenset[int] = frozenset()
) -> None:
    """One of several communities; who may choose is asked again."""
    _, facts = unpack(query.data) or ("", {})
    under = thread_of(query.message) if isinstance(query.message, Message) else None
    chat = await _look(bot, -int(facts["chat"]), under) if facts else None
    if chat is None or query.message is None:
        await answer_callback(bot, query.id, views.stale(language))
        return
    receipt = await _bind(bot, act, actor, chat, operators, int(facts["community_id"]))
    await answer_callback(bot, query.id, None)
    if query.message.chat.type == ChatType.PRIVATE:
        await turn_to(query, views.render(receipt.code, receipt.facts, language))


async def checkup(message: Message, bot: Bot, act: Act) -> None:
    """/checkup: what the group still lacks."""
    await act(groups.group_checkup, chat_id=message.chat.id, look=await _looked(bot, message))


async def _looked(bot: Bot, message: Message) -> Look:
    """The bot's own standing, the chat's settings, and which updates come, as Telegram has them now."""
    try:
        me = await bot.get_chat_member(message.chat.id, bot.id)
        chat = await bot.get_chat(message.chat.id)
        self, hook = await bot.get_me(), await bot.get_webhook_info()
    except TelegramAPIError:
        return Look({"admin": False} | dict.fromkeys(_RIGHTS, False), reads_all=False, kind=message.chat.type)
    ruling = isinstance(me, ChatMemberAdministrator)
    wanted = frozenset(ALLOWED_UPDATES)
    return Look(
        {"admin": ruling} | {name: ruling and bool(getattr(me, right)) for name, right in _RIGHTS.items()},
        reads_all=bool(self.can_read_all_group_messages),
        missing_updates=tuple(sorted(wanted - set(hook.allowed_updates or wanted))),
        kind=ChatType(chat.type).value,
        boosts=chat.unrestrict_boost_count or 0,
        slow_mode=chat.slow_mode_delay or 0,
        linked=chat.linked_chat_id is not None,
        thread=thread_of(message),
    )


async def _bind(
    bot: Bot,
    act: Act,
    actor: Actor,
    chat: Chat,
    operators: frozenset[int],
    community_id: int | None,
) -> Receipt:
    return await act(
        groups.bind_chat,
        chat=chat,
        telegram_admin=await _rules(bot, chat.id, actor.account_id or 0),
        operators=operators,
        community_id=community_id,
    )


async def _rules(bot: Bot, chat_id: int, account_id: int) -> bool | None:
    """Whether this account administers the chat now; None when Telegram does not tell us, not being there."""
    if not account_id:
        return False
    try:
        return (await bot.get_chat_member(chat_id, account_id)).status in _RULING
    except TelegramAPIError:
        return None


async def _look(bot: Bot, chat_id: int, thread: int | None) -> Chat | None:
    try:
        return _described(await bot.get_chat(chat_id), thread)
    except TelegramAPIError:
        return None


def _described(chat: TelegramChat | ChatFullInfo, thread: int | None = None) -> Chat:
    return Chat(chat.id, chat.title or "", ChatType(chat.type).value, chat.username, thread)
