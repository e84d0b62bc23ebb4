"""Chats and their members: reading them, restricting, banning, promoting."""

from typing import Any

from bot.sandbox import wire
from bot.sandbox.errors import bad
from bot.sandbox.methods.base import Call, chat_named, method, reachable, shallow
from bot.sandbox.model import GROUPS, Chat, Member, User, Wire
from bot.sandbox.rights import ADMIN_RIGHTS, PERMISSIONS, allowed, is_admin, present, spread, until


@method("getChat", chat_id="chat!")
def get_chat(call: Call) -> Wire:
    """ChatFullInfo, with the message pinned last."""
    chat = _seen(call)
    owner = call.world.users[chat.id] if chat.kind == "private" else None
    pinned = shallow(chat.messages[chat.pins[-1]]) if chat.pins else None
    return wire.full_chat(chat, owner, pinned)


def _seen(call: Call) -> Chat:
    chat = chat_named(call)
    return chat if chat.kind == "private" else reachable(call, chat, write=False)


def _group(call: Call) -> Chat:
    chat = _seen(call)
    if chat.kind == "private":
        raise bad("there are no members in the private chat")
    return chat


def _person(call: Call) -> User:
    user = call.world.users.get(call.args["user_id"])
    if user is None:
        raise bad("PARTICIPANT_ID_INVALID")
    return user


@method("getChatMember", chat_id="chat!", user_id="int!")
def get_chat_member(call: Call) -> Wire:
    """A member's status and rights; who was never there counts as left."""
    chat = _seen(call)
    user = _person(call)
    if chat.kind == "private":
        return {"status": "member", "user": wire.user(user)}
    member = call.world.member(chat, user.id) or Member(chat.id, user.id, "left")
    return wire.member(chat, member, user)


@method("getChatAdministrators", chat_id="chat!", return_bots="bool")
def get_chat_administrators(call: Call) -> list[Wire]:
    """The administrators; other bots only on request."""
    chat = _group(call)
    found = [one for one in chat.members.values() if is_admin(one)]
    shown = [(one, call.world.users[one.user]) for one in found]
    return [
        wire.member(chat, one, user)
        for one, user in shown
        if not user.is_bot or user.id == call.bot.id or call.get("return_bots")
    ]


@method("getChatMemberCount", chat_id="chat!")
def get_chat_member_count(call: Call) -> int:
    """How many are in the chat, the bot included."""
    chat = _seen(call)
    return 2 if chat.kind == "private" else sum(present(one) for one in chat.members.values())


@method(
    "restrictChatMember",
    chat_id="chat!",
    user_id="int!",
    permissions="json!",
    use_independent_chat_permissions="bool",
    until_date="int",
)
def restrict_chat_member(call: Call) -> bool:
    """Take or give back a member's permissions, in supergroups only."""
    chat = _group(call)
    if chat.kind != "supergroup":
        raise bad("method is available only for supergroups")
    rights = spread(_flags(call.args["permissions"], PERMISSIONS), bool(call.get("use_independent_chat_permissions")))
    member = _subject(call, chat, "can_restrict_members", "restrict/unrestrict chat member")
    after = Member(chat.id, member.user, "restricted", rights | {"is_member": present(member)})
    after.until = until(call.get("until_date", 0), call.world.clock.now())
    if all(rights.values()):
        after = Member(chat.id, member.user, "member" if present(member) else "left")
    _put(call, chat, after)
    return True


@method("banChatMember", chat_id="chat!", user_id="int!", until_date="int", revoke_messages="bool")
def ban_chat_member(call: Call) -> bool:
    """Put somebody out."""
    chat = _group(call)
    member = _subject(call, chat, "can_restrict_members", "restrict/unrestrict chat member")
    after = Member(chat.id, member.user, "kicked", {}, until(call.get("until_date", 0), call.world.clock.now()))
    _put(call, chat, after)
    return True


@method("banChatSenderChat", chat_id="chat!", sender_chat_id="int!")
def ban_chat_sender_chat(call: Call) -> bool:
    """No more messages as this channel, until it is unbanned: there is no end date."""
    chat, channel = _channel(call)
    if channel not in chat.banned:
        chat.banned.append(channel)
        call.world.save_chat(chat)
        call.world.tell("chat", chat)
    return True


@method("unbanChatSenderChat", chat_id="chat!", sender_chat_id="int!")
def unban_chat_sender_chat(call: Call) -> bool:
    """The channel may be written as again."""
    chat, channel = _channel(call)
    if channel in chat.banned:
        chat.banned.remove(channel)
        call.world.save_chat(chat)
        call.world.tell("chat", chat)
    return True


def _channel(call: Call) -> tuple[Chat, int]:
    chat = _group(call)
    if chat.kind not in ("supergroup", "channel"):
        raise bad("method is available for supergroup and channel chats only")
    channel = call.world.chats.get(call.args["sender_chat_id"])
    if channel is None or channel.kind == "group":
        raise bad("PARTICIPANT_ID_INVALID")
    if not allowed(chat, call.bot.id, "can_restrict_members"):
        raise bad("not enough rights to restrict/unrestrict chat member")
    return chat, channel.id


@method("unbanChatMember", chat_id="chat!", user_id="int!", only_if_banned="bool")
def unban_chat_member(call: Call) -> bool:
    """Let somebody come back; who is still in is put out unless `only_if_banned`."""
    chat = _group(call)
    member = _subject(call, chat, "can_restrict_members", "restrict/unrestrict chat member")
    if member.status == "kicked" or not call.get("only_if_banned"):
        _put(call, chat, Member(chat.id, member.user, "left"))
    return True


@method("promoteChatMember", chat_id="chat!", user_id="int!", **dict.fromkeys(ADMIN_RIGHTS, "bool"))
def promote_chat_member(call: Call) -> bool:
    """Make somebody an administrator with these rights, or an ordinary member when none is given."""
    chat = _group(call)
    rights = {name: bool(call.get(name)) for name in ADMIN_RIGHTS}
    mine = call.world.member(chat, call.bot.id)
    if not allowed(chat, call.bot.id, "can_promote_members"):
        raise bad("not enough rights")
    if mine is not None and mine.status == "administrator":
        beyond = [name for name, given in rights.items() if given and not mine.rights.get(name)]
        if beyond and beyond != ["is_anonymous"]:
            raise bad("RIGHT_FORBIDDEN")
    member = call.world.member(chat, _person(call).id)
    if member is None or not present(member):
        raise bad("USER_NOT_PARTICIPANT")
    if member.status == "creator":
        raise bad("can't remove chat owner")
    if any(rights.values()):
        rights["can_manage_chat"] = True
        _put(call, chat, Member(chat.id, member.user, "administrator", rights))
    else:
        _put(call, chat, Member(chat.id, member.user))
    return True


@method("setChatPermissions", chat_id="chat!", permissions="json!", use_independent_chat_permissions="bool")
def set_chat_permissions(call: Call) -> bool:
    """The default permissions of everybody."""
    chat = _group(call)
    if chat.kind not in GROUPS:
        raise bad("can't change chat permissions in the channel")
    rights = spread(_flags(call.args["permissions"], PERMISSIONS), bool(call.get("use_independent_chat_permissions")))
    if not allowed(chat, call.bot.id, "can_restrict_members"):
        raise bad("not enough rights to change chat permissions")
    if rights == chat.permissions:
        raise bad("CHAT_NOT_MODIFIED")
    chat.permissions = rights
    call.world.save_chat(chat)
    call.world.tell("chat", chat)
    return True


def _flags(given: Any, names: tuple[str, ...]) -> dict[str, bool]:
    if not isinstance(given, dict):
        raise bad("can't parse permissions: expected an Object")
    if any(not isinstance(value, bool) for value in given.values() if value is not None):
        raise bad("can't parse permissions: fields must be of type Boolean")
    return {name: value for name, value in given.items() if name in names and value is not None}


def _subject(call: Call, chat: Chat, right: str, what: str) -> Member:
    user = _person(call)
    if not allowed(chat, call.bot.id, right):
        raise bad(f"not enough rights to {what}")
    if user.id == call.bot.id:
        raise bad("can't restrict self")
    member = call.world.member(chat, user.id) or Member(chat.id, user.id, "left")
    if member.status == "creator":
        raise bad("can't remove chat owner")
    if member.status == "administrator":
        raise bad("user is an administrator of the chat")
    return member


def _put(call: Call, chat: Chat, after: Member) -> None:
    """Put a membership in place, on behalf of the bot."""
    call.delivery.admit(chat, after, call.world.users[call.bot.id])
