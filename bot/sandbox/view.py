"""Chats and messages as the chat side shows them to a person."""

import json
from urllib.parse import quote

from bot.sandbox.clock import to_iso
from bot.sandbox.model import Bot, Chat, File, Member, Message, User, Wire
from bot.sandbox.world import World


def user(person: User) -> Wire:
    """A person, or a bot's face."""
    return {
        "id": person.id,
        "name": person.first_name,
        "username": person.username,
        "language_code": person.language_code,
        "is_bot": person.is_bot,
    }


MENU_SCOPES = {"private": "all_private_chats", "group": "all_group_chats"}


def bot(world: World, one: Bot) -> Wire:
    """A bot with its commands; never its token."""
    return user(world.users[one.id]) | {
        "privacy": one.privacy,
        "commands": one.commands.get('["default", ""]', []),
        "menus": {place: _menus(one, scope) for place, scope in MENU_SCOPES.items()},
        "undelivered": len(one.queue),
    }


def _menus(one: Bot, scope: str) -> dict[str, list[Wire]]:
    """What a slash offers by language ("" for every other one), picked in Telegram's order."""
    kept = {tuple(json.loads(key)): commands for key, commands in one.commands.items()}
    spoken = {"", *(key[1] for key in kept if key[0] in (scope, "default"))}
    order = {tongue: [(place, code) for place in (scope, "default") for code in (tongue, "")] for tongue in spoken}
    return {tongue: next((kept[key] for key in keys if kept.get(key)), []) for tongue, keys in order.items()}


def member(one: Member) -> Wire:
    """A membership."""
    return {"user": one.user, "status": one.status, "rights": one.rights, "until": one.until}


def chat(place: Chat) -> Wire:
    """A chat with members, rights, pins and a line about its last message."""
    wire: Wire = {"id": place.id, "kind": place.kind, "title": place.title, "pins": place.pins}
    wire["last"] = _last(place)
    if place.kind == "private":
        return wire | {
            "bot": place.peer,
            "started": place.started,
            "blocked": place.blocked,
            "members": [{"user": who, "status": "member", "rights": {}, "until": 0} for who in (place.id, place.peer)],
        }
    return wire | {
        "members": [member(place.members[who]) for who in sorted(place.members)],
        "permissions": place.permissions,
        "slow_mode_delay": place.slow_mode_delay,
        "protected": place.protected,
        "forum": place.forum,
        "topics": [{"thread": int(number)} | place.topics[number] for number in sorted(place.topics, key=int)],
        "linked": place.linked or None,
        "unrestrict_boost_count": place.boosts,
        "banned": place.banned,
        "migrated_to": place.migrated_to or None,
    }


TOPIC_WORDS = {
    "forum_topic_closed": "关闭了这个话题",
    "forum_topic_reopened": "重新打开了这个话题",
    "migrate_to_chat_id": "把群升级成了超级群",
    "migrate_from_chat_id": "群已升级成超级群",
}


def _last(place: Chat) -> Wire | None:
    for number in range(place.last_id, max(place.last_id - 50, 0), -1):
        last = place.messages.get(number)
        if last is not None and not last.deleted:
            body = last.wire
            text = body.get("text") or body.get("caption") or service(body) or f"[{kind(body)}]"
            return {"id": last.id, "from": last.sender, "date": to_iso(body["date"]), "text": text[:120]}
    return None


def kind(body: Wire) -> str:
    """text, photo, document, voice, contact or service."""
    return next((name for name in ("text", "photo", "document", "voice", "contact") if name in body), "service")


def service(body: Wire) -> str | None:
    """The sentence of a service message."""
    actor = body.get("from", {}).get("first_name", "")
    if "new_chat_members" in body:
        names = "、".join(one["first_name"] for one in body["new_chat_members"])
        return f"{names} 加入了群" if names == actor else f"{actor} 邀请 {names} 加入了群"
    if "left_chat_member" in body:
        name = body["left_chat_member"]["first_name"]
        return f"{name} 离开了群" if name == actor else f"{actor} 把 {name} 移出了群"
    if "forum_topic_created" in body:
        return f"{actor} 开了话题：{body['forum_topic_created']['name']}"
    for name, words in TOPIC_WORDS.items():
        if name in body:
            return f"{actor} {words}"
    if "pinned_message" in body:
        pinned = body["pinned_message"]
        return f"{actor} 置顶了：{(pinned.get('text') or pinned.get('caption') or kind(pinned))[:40]}"
    return None


def message(world: World, place: Chat, one: Message) -> Wire:
    """A message as a person sees it; times are ISO text."""
    body = one.wire
    author = body.get("sender_chat") or body["from"]
    wire: Wire = {
        "id": one.id,
        "kind": kind(body),
        "text": body.get("text") or body.get("caption") or body.get("contact", {}).get("phone_number", ""),
        "entities": body.get("entities") or body.get("caption_entities") or [],
        "from": author["id"],
        "name": author.get("first_name") or author.get("title", ""),
        "via": body.get("via_bot", {}).get("id"),
        "date": to_iso(body["date"]),
        "edited": "edit_date" in body,
        "edit_date": to_iso(body["edit_date"]) if "edit_date" in body else None,
        "deleted": one.deleted,
        "pinned": one.id in place.pins,
        "buttons": buttons(body),
        "files": files(world, body),
        "reply_to": body.get("reply_to_message", {}).get("message_id"),
        "quote": body.get("quote", {}).get("text"),
        "forward": body.get("forward_origin"),
        "album": body.get("media_group_id"),
        "service": service(body),
        "thread": body.get("message_thread_id") if body.get("is_topic_message") else None,
        "topic": place.topics.get(str(body.get("message_thread_id")), {}).get("name"),
    }
    return wire | ({"keyboard": one.keyboard} if one.keyboard else {})


def buttons(body: Wire) -> list[list[Wire]]:
    """Rows of buttons: text with data or url, and style where set."""
    rows = body.get("reply_markup", {}).get("inline_keyboard", [])
    names = {"text": "text", "callback_data": "data", "url": "url", "style": "style"}
    return [[{names[key]: value for key, value in button.items()} for button in row] for row in rows]


def files(world: World, body: Wire) -> list[Wire]:
    """The files of a message, with where to fetch them."""
    given = body["photo"][-1] if "photo" in body else body.get("document") or body.get("voice")
    return [_file(world.files[given["file_id"]])] if given else []


def _file(one: File) -> Wire:
    return {
        "id": one.id,
        "name": one.name,
        "url": f"/chat/files/{one.id}/{quote(one.name)}",
        "kind": one.kind,
        "mime": one.mime,
        "size": len(one.content),
        "width": one.width,
        "height": one.height,
        "duration": one.duration,
    }
