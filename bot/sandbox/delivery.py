"""Who hears of what: updates made from what happens, queued per bot, kept until the bot confirms them."""

import json
import re

from bot.sandbox import wire
from bot.sandbox.model import GROUPS, Bot, Chat, Member, Message, Update, User, Wire
from bot.sandbox.rights import is_admin, present
from bot.sandbox.world import CHANNEL_BOT, World

ASKED_FOR_ONLY = ("chat_member", "message_reaction", "message_reaction_count")
SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "pinned_message",
    "new_chat_title",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
    "forum_topic_closed",
    "forum_topic_reopened",
)
TELEGRAM: Wire = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
OWN = ("message_id", "date", "chat", "sender_chat", "from", "reply_to_message", "reply_markup", "edit_date")
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z]\w{3,31}))?", re.ASCII)


class Delivery:
    """Makes updates. `repeats` counts the coming updates that a fault has asked to be delivered twice."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.repeats = 0
        self.handed_over = 0

    def push(self, bot: Bot, kind: str, body: Wire) -> None:
        """Queue an update, unless the bot does not want this kind."""
        if kind not in bot.allowed if bot.allowed is not None else kind in ASKED_FOR_ONLY:
            return
        bot.last_update += 1
        text = json.dumps({"update_id": bot.last_update, kind: body}, ensure_ascii=False, separators=(",", ":"))
        update = Update(bot.last_update, text, self.repeats > 0)
        self.repeats -= update.repeat
        bot.queue.append(update)
        self._world.save("update", f"{bot.id}:{update.id}", update)
        self._world.save("bot", bot.id, bot)
        self._world.wake(bot.id, True)

    def confirm(self, bot: Bot, offset: int) -> None:
        """Forget the updates before `offset`; a negative one keeps only so many of the newest."""
        if offset < 0:
            offset = bot.queue[max(len(bot.queue) + offset, 0)].id if bot.queue else 0
        while bot.queue and bot.queue[0].id < offset:
            update = bot.queue.popleft()
            if update.repeat:
                update.repeat = False
                bot.again.append(update)
            self._world.forget("update", f"{bot.id}:{update.id}")

    def take(self, bot: Bot, limit: int) -> list[str]:
        """The next updates as JSON texts; they stay queued until confirmed."""
        ready = [update.body for update in bot.again[:limit]]
        del bot.again[:limit]
        ready += [bot.queue[place].body for place in range(min(len(bot.queue), limit - len(ready)))]
        return ready

    def message(self, chat: Chat, message: Message, edited: bool = False) -> None:
        """Tell the page, and the bots that may see this message, of a new or edited message."""
        self._world.tell("edit" if edited else "message", chat, message)
        kind = "channel_post" if chat.kind == "channel" else "message"
        for bot in self._world.bots_in(chat):
            if self._hears(bot, chat, message):
                self.push(bot, f"edited_{kind}" if edited else kind, message.wire)
        if chat.kind == "channel" and chat.linked and not edited:
            self._forward(chat, message)

    def _forward(self, channel: Chat, post: Message) -> None:
        """A channel's post appears in its discussion group by itself."""
        group, body = self._world.chats[channel.linked], post.wire
        if group.migrated_to or any(name in body for name in SERVICE):
            return
        origin = {"type": "channel", "date": body["date"], "chat": body["chat"], "message_id": post.id}
        kept = {name: value for name, value in body.items() if name not in OWN}
        head: Wire = {"from": TELEGRAM, "sender_chat": body["chat"], "is_automatic_forward": True}
        self.message(group, self._world.append(group, CHANNEL_BOT, kept | head | {"forward_origin": origin}))

    def _hears(self, bot: Bot, chat: Chat, message: Message) -> bool:
        service = any(name in message.wire for name in SERVICE)
        if service:
            return True
        if message.sender in self._world.bots:
            return False
        if chat.kind not in GROUPS or not bot.privacy or is_admin(self._world.member(chat, bot.id)):
            return True
        return self._meant_for(bot, chat, message.wire)

    def _meant_for(self, bot: Bot, chat: Chat, body: Wire) -> bool:
        if body.get("reply_to_message", {}).get("from", {}).get("id") == bot.id:
            return True
        text = body.get("text") or body.get("caption") or ""
        username = self._world.users[bot.id].username or ""
        for match in COMMAND.finditer(text):
            if match[2] and match[2].lower() == username.lower():
                return True
            if not match[2] and match.start() == 0 and chat.last_bot in (0, bot.id):
                return True
        return re.search(rf"@{username}\b", text, re.IGNORECASE) is not None

    def admit(self, chat: Chat, after: Member, actor: User) -> None:
        """Put a membership in place and tell the page, the bots, and the group by a service message."""
        world = self._world
        who = world.users[after.user]
        old = world.member(chat, after.user) or Member(chat.id, after.user, "left")
        before, was_in, is_in = wire.member(chat, old, who), present(old), present(after)
        chat.members[after.user] = after
        world.save_member(after)
        self._membership(chat, actor, before, after)
        world.tell("chat", chat)
        if was_in == is_in or chat.kind not in GROUPS:
            return
        face = wire.user(who)
        joined: Wire = {"new_chat_participant": face, "new_chat_member": face, "new_chat_members": [face]}
        left: Wire = {"left_chat_participant": face, "left_chat_member": face}
        self.message(chat, world.append(chat, actor.id, joined if is_in else left))

    def _membership(self, chat: Chat, actor: User, before: Wire, after: Member) -> None:
        """Tell of a change of membership: my_chat_member to the bot itself, chat_member to administrators."""
        who = self._world.users[after.user]
        body: Wire = {
            "chat": self._world.chat_wire(chat),
            "from": wire.user(actor),
            "date": int(self._world.clock.now()),
            "old_chat_member": before,
            "new_chat_member": wire.member(chat, after, who),
        }
        if body["old_chat_member"] == body["new_chat_member"]:
            return
        for bot in self._world.bots.values():
            if bot.id == after.user:
                self.push(bot, "my_chat_member", body)
            elif is_admin(self._world.member(chat, bot.id)):
                self.push(bot, "chat_member", body)

    def blocked(self, chat: Chat) -> None:
        """Tell a bot that a person has blocked or unblocked it."""
        bot, person = self._world.bots[chat.peer], self._world.users[chat.id]
        face = wire.user(self._world.users[bot.id])
        kicked = {"status": "kicked", "user": face, "until_date": 0}
        there = {"status": "member", "user": face}
        body: Wire = {
            "chat": self._world.chat_wire(chat),
            "from": wire.user(person),
            "date": int(self._world.clock.now()),
            "old_chat_member": there if chat.blocked else kicked,
            "new_chat_member": kicked if chat.blocked else there,
        }
        self.push(bot, "my_chat_member", body)
