"""The Bot API's own form of users, chats, members and files."""

from bot.sandbox.model import Chat, File, Member, User, Wire
from bot.sandbox.rights import ADMIN_RIGHTS, CHANNEL_ONLY, GROUP_ONLY, PERMISSIONS

GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def user(person: User) -> Wire:
    """User, with only what is set."""
    wire: Wire = {"id": person.id, "is_bot": person.is_bot, "first_name": person.first_name}
    if person.username:
        wire["username"] = person.username
    if person.language_code:
        wire["language_code"] = person.language_code
    return wire


def chat(place: Chat, owner: User | None) -> Wire:
    """Chat as messages carry it; `owner` is the person of a private chat."""
    wire: Wire = {"id": place.id, "type": place.kind}
    if owner is not None:
        wire["first_name"] = owner.first_name
        if owner.username:
            wire["username"] = owner.username
        return wire
    wire["title"] = place.title
    if place.forum:
        wire["is_forum"] = True
    return wire


def full_chat(place: Chat, owner: User | None, pinned: Wire | None) -> Wire:
    """ChatFullInfo, the answer of getChat."""
    wire = chat(place, owner) | {
        "accent_color_id": abs(place.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    if place.kind in ("group", "supergroup"):
        wire["permissions"] = dict(place.permissions)
    if place.linked:
        wire["linked_chat_id"] = place.linked
    if place.boosts:
        wire["unrestrict_boost_count"] = place.boosts
    if place.slow_mode_delay:
        wire["slow_mode_delay"] = place.slow_mode_delay
    if place.protected:
        wire["has_protected_content"] = True
    if pinned is not None:
        wire["pinned_message"] = pinned
    return wire


def member(place: Chat, one: Member, person: User, editable: bool = False) -> Wire:
    """ChatMember of the kind its status asks for."""
    wire: Wire = {"status": one.status, "user": user(person)}
    if one.status == "creator":
        wire["is_anonymous"] = one.rights.get("is_anonymous", False)
    elif one.status == "administrator":
        wire["can_be_edited"] = editable
        unfit = GROUP_ONLY if place.kind == "channel" else CHANNEL_ONLY
        wire |= {name: one.rights.get(name, False) for name in ADMIN_RIGHTS if name not in unfit}
    elif one.status == "restricted":
        wire["is_member"] = one.rights.get("is_member", True)
        wire |= {name: one.rights.get(name, False) for name in PERMISSIONS}
        wire["until_date"] = one.until
    elif one.status == "kicked":
        wire["until_date"] = one.until
    return wire


def file_ids(file: File) -> Wire:
    """What every kind of file has."""
    return {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": len(file.content)}


def media(file: File) -> Wire:
    """The message field a stored file becomes: photo, document or voice."""
    ids = file_ids(file)
    if file.kind == "photo":
        return {"photo": [ids | {"width": file.width, "height": file.height}]}
    if file.kind == "voice":
        return {"voice": ids | {"duration": file.duration, "mime_type": file.mime}}
    return {"document": ids | {"file_name": file.name, "mime_type": file.mime}}
