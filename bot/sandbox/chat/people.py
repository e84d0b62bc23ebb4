"""People, groups, memberships and settings."""

from typing import Any

from bot.sandbox import view, wire
from bot.sandbox.chat.body import bot_of, chat_of, flag, known, number, positive, whole, words
from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import ChatError
from bot.sandbox.model import GROUPS, Chat, Member, Wire
from bot.sandbox.rights import ADMIN_DEFAULT, ADMIN_RIGHTS, PERMISSIONS, open_permissions, until
from bot.sandbox.world import World

KINDS = ("group", "supergroup", "channel")
STATUSES = ("member", "restricted", "administrator", "creator", "left", "kicked")
OF_BOTS = ("bot_privacy", "bot")
FIRST_SUPERGROUP, FIRST_GROUP = 1_002_000_000_000, 4_000_000


class People:
    """What is known of who is where."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world = world
        self._delivery = delivery

    def state(self) -> Wire:
        """Everything but the messages."""
        world = self._world
        places = (*world.chats.values(), *world.privates.values())
        for place in world.chats.values():
            for one in list(place.members):
                world.member(place, one)
        return {
            "now": world.clock.iso(),
            "users": [view.user(world.users[who]) for who in sorted(world.users) if not world.users[who].is_bot],
            "bots": [view.bot(world, one) for one in world.bots.values()],
            "chats": [view.chat(place) for place in places],
        }

    def add_user(self, body: Wire) -> Wire:
        """A new person; `id` may be asked for."""
        known(body, "name", "username", "language_code", "id")
        name = body.get("name")
        if not isinstance(name, str) or not name.strip():
            raise ChatError(400, "name must be a text")
        wanted = positive(body, "id") if "id" in body else None
        user = self._world.add_user(name, words(body, "username"), words(body, "language_code"), wanted)
        return {"id": user.id}

    def add_group(self, body: Wire) -> Wire:
        """A new group, supergroup or channel with its members; bots may be among them."""
        known(body, "title", "kind", "members", "admins", "owner", "forum")
        kind, title = body.get("kind", "supergroup"), body.get("title")
        if kind not in KINDS:
            raise ChatError(400, f"kind must be one of {', '.join(KINDS)}")
        if not isinstance(title, str) or not title.strip():
            raise ChatError(400, "title must be a text")
        wanted = self._roles(body, kind)
        chat = Chat(self.fresh(kind), kind, title, forum=flag(body, "forum", False))
        if kind in GROUPS:
            chat.permissions = open_permissions()
        self._world.chats[chat.id] = chat
        self._world.save_chat(chat)
        actor = next((who for who, status in wanted.items() if status == "creator"), next(iter(wanted)))
        for who, status in wanted.items():
            rights = dict(ADMIN_DEFAULT) if status == "administrator" else {}
            self._seat(chat, Member(chat.id, who, status, rights), actor)
        self._world.tell("chat", chat)
        return {"id": chat.id}

    def _roles(self, body: Wire, kind: str) -> dict[int, str]:
        wanted: dict[int, str] = {}
        for name, status in (("members", "member"), ("admins", "administrator")):
            if not isinstance(body.get(name, []), list):
                raise ChatError(400, f"{name} must be a list of ids")
            wanted |= {whole(who, name): status for who in body.get(name, [])}
        if body.get("owner") is not None:
            wanted[number(body, "owner")] = "creator"
        for who in wanted:
            if self._world.user(who).is_bot and kind == "channel" and wanted[who] == "member":
                raise ChatError(400, "a bot can only be an administrator of a channel")
        if not wanted:
            raise ChatError(400, "a group needs an owner or members")
        return wanted

    def _seat(self, chat: Chat, one: Member, actor: int) -> None:
        if one.user in self._world.bots:
            self._delivery.admit(chat, one, self._world.users[actor])
            return
        chat.members[one.user] = one
        self._world.save_member(one)

    def fresh(self, kind: str) -> int:
        """The next id of a chat of this kind."""
        if kind == "group":
            taken = [-one for one in self._world.chats if one > -FIRST_SUPERGROUP]
            return -(max(taken, default=FIRST_GROUP) + 1)
        taken = [-one for one in self._world.chats if one <= -FIRST_SUPERGROUP]
        return -(max(taken, default=FIRST_SUPERGROUP) + 1)

    def set_member(self, chat_id: int, body: Wire) -> Wire:
        """Put a membership in place: joining, leaving, promoting, restricting. `by` is who does it."""
        known(body, "user", "status", "rights", "until_date", "by")
        chat = self._world.chats.get(chat_id)
        if chat is None:
            raise ChatError(404, f"no group {chat_id}")
        user = self._world.user(number(body, "user"))
        status = body.get("status", "member")
        if status not in STATUSES:
            raise ChatError(400, f"status must be one of {', '.join(STATUSES)}")
        if status == "restricted" and chat.kind != "supergroup":
            raise ChatError(400, "only supergroups restrict members")
        rights = self._rights(status, body.get("rights"))
        after = Member(chat.id, user.id, status, rights, until(number(body, "until_date", 0), self._world.clock.now()))
        owner = next((one.user for one in chat.members.values() if one.status == "creator"), user.id)
        came_alone = status == "member" and user.id not in self._world.bots
        actor = number(body, "by", user.id if came_alone or status == "left" else owner)
        self._delivery.admit(chat, after, self._world.user(actor))
        return view.member(after)

    def _rights(self, status: str, given: Any) -> dict[str, bool]:
        if given is not None and not isinstance(given, dict):
            raise ChatError(400, "rights must be an object of true and false")
        names = PERMISSIONS if status == "restricted" else ADMIN_RIGHTS
        unknown = [name for name in given or {} if name not in names and name != "is_member"]
        if unknown:
            raise ChatError(400, f"unknown right {unknown[0]}")
        if status == "administrator":
            return dict(ADMIN_DEFAULT) if given is None else {name: bool(given.get(name)) for name in ADMIN_RIGHTS}
        if status == "restricted":
            return {name: bool((given or {}).get(name)) for name in PERMISSIONS} | {"is_member": True}
        return {}

    def settings(self, chat_id: int, body: Wire) -> Wire:
        """Default permissions (those named), slow mode in seconds, protection, boosts that lift both, a channel's
        discussion group; and a bot's privacy mode.
        """
        known(body, "permissions", "slow_mode_delay", "protected", "unrestrict_boost_count", "linked", *OF_BOTS)
        chat = chat_of(self._world, chat_id, body.get("bot"))
        permissions = body.get("permissions", {})
        if not isinstance(permissions, dict) or any(name not in PERMISSIONS for name in permissions):
            raise ChatError(400, "permissions must be an object of known permissions")
        delay = positive(body, "slow_mode_delay", chat.slow_mode_delay)
        protected, private = flag(body, "protected", chat.protected), flag(body, "bot_privacy", True)
        chat.permissions |= {name: bool(value) for name, value in permissions.items()}
        chat.slow_mode_delay = delay
        chat.protected = protected
        chat.boosts = number(body, "unrestrict_boost_count", chat.boosts)
        if "linked" in body:
            self._link(chat, number(body, "linked"))
        if "bot_privacy" in body:
            bot = bot_of(self._world, body.get("bot"))
            bot.privacy = private
            self._world.save("bot", bot.id, bot)
        self._world.save_chat(chat)
        self._world.tell("chat", chat)
        return view.chat(chat)

    def _link(self, group: Chat, channel_id: int) -> None:
        channel = self._world.chats.get(channel_id)
        if group.kind != "supergroup" or channel is None or channel.kind != "channel":
            raise ChatError(400, "linked must be the id of a channel, set in a supergroup")
        group.linked, channel.linked = channel.id, group.id
        self._world.save_chat(channel)

    def block(self, body: Wire) -> Wire:
        """A person blocks or unblocks a bot."""
        known(body, "user", "bot", "blocked")
        bot = bot_of(self._world, body.get("bot"))
        chat = self._world.private(self._world.user(number(body, "user")).id, bot.id)
        wanted = flag(body, "blocked", True)
        if wanted != chat.blocked:
            chat.blocked = wanted
            self._world.save_chat(chat)
            self._delivery.blocked(chat)
            self._world.tell("chat", chat)
        return {"blocked": wanted, "user": wire.user(self._world.users[chat.id])["id"]}
