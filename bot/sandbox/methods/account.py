"""The bot itself: who it is, its commands, its files, and the absence of webhooks."""

import json
import re

from bot.sandbox import wire
from bot.sandbox.errors import bad
from bot.sandbox.methods.base import Call, method
from bot.sandbox.model import Wire

DOWNLOAD_BYTES = 20 * 2**20
MOST_COMMANDS = 100
SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


@method("getMe")
def get_me(call: Call) -> Wire:
    """The bot as a user."""
    return wire.user(call.world.users[call.bot.id]) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not call.bot.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
        "supports_join_request_queries": False,
    }


@method("deleteWebhook", drop_pending_updates="bool")
def delete_webhook(call: Call) -> bool:
    """There is none to delete; pending updates are dropped on request."""
    if call.get("drop_pending_updates"):
        call.delivery.confirm(call.bot, call.bot.last_update + 1)
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Wire:
    """No webhook, and how many updates wait."""
    info: Wire = {"url": "", "has_custom_certificate": False, "pending_update_count": len(call.bot.queue)}
    return info | ({"allowed_updates": call.bot.allowed} if call.bot.allowed else {})


SCOPED = {"scope": "json", "language_code": "str"}


def _scope(call: Call) -> str:
    scope = call.get("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    fields = SCOPES[scope["type"]]
    if any(scope.get(name) is None for name in fields):
        raise bad(f"can't parse BotCommandScope: Can't find field \"{fields[-1]}\"")
    kept = [scope["type"], *(str(scope[name]) for name in fields), call.get("language_code", "")]
    return json.dumps(kept)


@method("setMyCommands", commands="json!", **SCOPED)
def set_my_commands(call: Call) -> bool:
    """Commands of one scope and language."""
    commands = call.args["commands"]
    if not isinstance(commands, list) or len(commands) > MOST_COMMANDS:
        raise bad("expected an Array of BotCommand")
    for one in commands:
        if not isinstance(one, dict) or not re.fullmatch(r"/?[a-z0-9_]{1,32}", str(one.get("command", ""))):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(one.get("description", "")).strip()) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    kept = [{"command": c["command"].lstrip("/"), "description": c["description"]} for c in commands]
    call.bot.commands[_scope(call)] = kept
    call.world.save("bot", call.bot.id, call.bot)
    return True


@method("getMyCommands", **SCOPED)
def get_my_commands(call: Call) -> list[Wire]:
    """Commands of one scope and language, empty when none are set."""
    return call.bot.commands.get(_scope(call), [])


@method("deleteMyCommands", **SCOPED)
def delete_my_commands(call: Call) -> bool:
    """Take the commands of one scope and language away."""
    call.bot.commands.pop(_scope(call), None)
    call.world.save("bot", call.bot.id, call.bot)
    return True


@method("getFile", file_id="str!")
def get_file(call: Call) -> Wire:
    """Where to download a file of at most 20 MB."""
    file = call.world.files.get(call.args["file_id"])
    if file is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > DOWNLOAD_BYTES:
        raise bad("file is too big")
    return wire.file_ids(file) | {"file_path": file.path}
