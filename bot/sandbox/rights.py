"""Who may do what: Telegram's permissions, the chat's default and the member's own taken together."""

from bot.sandbox.model import GROUPS, Chat, Member

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
ADMIN_RIGHTS = (
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_direct_messages",
    "can_manage_tags",
)
CHANNEL_ONLY = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
GROUP_ONLY = ("can_pin_messages", "can_manage_topics", "can_manage_tags")
ADMIN_DEFAULT = {
    name: name not in ("is_anonymous", "can_promote_members", "can_manage_topics") for name in ADMIN_RIGHTS
}
MEDIA = PERMISSIONS[1:7]
IMPLIED_BY_OTHERS = ("can_send_polls", "can_send_other_messages", "can_add_web_page_previews")
FOREVER_BELOW = 30
FOREVER_ABOVE = 366 * 86400


def open_permissions() -> dict[str, bool]:
    """The default permissions of a fresh group."""
    return {name: name not in ("can_change_info", "can_pin_messages", "can_manage_topics") for name in PERMISSIONS}


def is_admin(member: Member | None) -> bool:
    """Administrators and the owner."""
    return member is not None and member.status in ("administrator", "creator")


def expire(member: Member, now: float) -> bool:
    """Lift a restriction or ban whose time is over; True when something changed."""
    if member.status not in ("restricted", "kicked") or not member.until or member.until > now:
        return False
    member.status = "member" if member.status == "restricted" and member.rights.get("is_member", True) else "left"
    member.rights, member.until = {}, 0
    return True


def present(member: Member | None) -> bool:
    """True for somebody who is in the chat now."""
    if member is None or member.status in ("left", "kicked"):
        return False
    return member.status != "restricted" or member.rights.get("is_member", True)


def allowed(chat: Chat, user: int, right: str) -> bool:
    """Effective right: the owner has all, an administrator his own, others their own AND the chat's default."""
    if chat.kind == "private":
        return True
    member = chat.members.get(user)
    if member is None or not present(member):
        return False
    if member.status == "creator":
        return True
    if member.status == "administrator":
        return _admin_allowed(chat, member, right)
    if chat.kind not in GROUPS or not chat.permissions.get(right, False):
        return False
    return member.status != "restricted" or member.rights.get(right, False)


def _admin_allowed(chat: Chat, member: Member, right: str) -> bool:
    if right in ADMIN_RIGHTS and member.rights.get(right, False):
        return True
    if chat.kind == "channel":
        return right.startswith("can_send") and member.rights.get("can_post_messages", False)
    if right in ADMIN_RIGHTS:
        return right in PERMISSIONS and chat.permissions.get(right, False)
    return right in PERMISSIONS


def spread(permissions: dict[str, bool], independent: bool) -> dict[str, bool]:
    """Every permission field; without `independent` one flag implies others, as Telegram documents it."""
    full = {name: bool(permissions.get(name, False)) for name in PERMISSIONS}
    if "can_react_to_messages" not in permissions:
        full["can_react_to_messages"] = full["can_send_messages"]
    if "can_edit_tag" not in permissions:
        full["can_edit_tag"] = full["can_pin_messages"]
    if independent:
        return full
    if any(full[name] for name in IMPLIED_BY_OTHERS):
        full.update(dict.fromkeys(("can_send_messages", *MEDIA), True))
    elif any(full[name] for name in MEDIA):
        full["can_send_messages"] = True
    return full


def until(date: int, now: float) -> int:
    """The instant a restriction ends; under 30 seconds and over 366 days mean for ever (0)."""
    ahead = date - now
    return date if FOREVER_BELOW <= ahead <= FOREVER_ABOVE else 0
