"""Keyboards as Telegram takes and refuses them."""

from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad
from bot.sandbox.model import Wire

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
SERVED = ("url", "callback_data")
DATA_BYTES = 64
MOST_BUTTONS = 100
SCHEMES = ("http", "https", "tg")


def split(markup: Any) -> tuple[Wire | None, Wire | None]:
    """An inline keyboard (None when empty) and any other reply markup, checked.

    Raises Refused (400) for a malformed one.
    """
    if markup is None or markup == "":
        return None, None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline_keyboard", "InlineKeyboardButton")
        kept = [[_inline(button) for button in row] for row in rows if row]
        return ({"inline_keyboard": kept} if kept else None), None
    if "keyboard" in markup:
        for row in _rows(markup["keyboard"], "keyboard", "KeyboardButton"):
            for button in row:
                _text(button if isinstance(button, dict) else {"text": button}, "keyboard button")
        return None, markup
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return None, markup
    if markup:
        raise bad("reply markup of an unknown kind")
    return None, None


def _rows(rows: Any, name: str, what: str) -> list[list[Any]]:
    if not isinstance(rows, list):
        raise bad(f'field "{name}" must be of type Array')
    for row in rows:
        if not isinstance(row, list):
            raise bad(f'field "{name}" must be an Array of Arrays of {what}')
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    return rows


def _text(button: Any, what: str) -> str:
    prefix = f"can't parse {what}: "
    if not isinstance(button, dict):
        raise bad(f"{prefix}{'InlineKeyboardButton' if 'inline' in what else 'KeyboardButton'} must be an Object")
    if "text" not in button:
        raise bad(f'{prefix}Can\'t find field "text"')
    text = button["text"]
    if not isinstance(text, str):
        raise bad(f'{prefix}Field "text" must be of type String')
    if not text.strip():
        raise bad(f"{prefix}Text buttons must have a text")
    return text


def _inline(button: Any) -> Wire:
    text = _text(button, "inline keyboard button")
    kinds = [name for name in ACTIONS if button.get(name) is not None]
    if not kinds:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(kinds) > 1 or kinds[0] not in SERVED:
        raise bad(f"the sandbox does not serve inline keyboard buttons with {' and '.join(kinds)}")
    kept: Wire = {"text": text, kinds[0]: button[kinds[0]]}
    if button.get("style"):
        if button["style"] not in ("danger", "success", "primary"):
            raise bad("can't parse inline keyboard button: Unsupported button style")
        kept["style"] = button["style"]
    if kinds[0] == "callback_data":
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= DATA_BYTES:
            raise bad("BUTTON_DATA_INVALID")
    else:
        _check_url(button["url"])
    return kept


def _check_url(url: Any) -> None:
    if not isinstance(url, str):
        raise bad("BUTTON_URL_INVALID")
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in SCHEMES:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if not parts.netloc or (parts.scheme != "tg" and "." not in parts.netloc and parts.hostname != "localhost"):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
