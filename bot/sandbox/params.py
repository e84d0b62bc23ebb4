"""Reading a call's parameters: whatever way they came, as the types the method declares."""

import json
import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad

NOT_UTF8 = "strings must be encoded in UTF-8"
TRUE, FALSE = ("true", "1", "yes"), ("false", "0", "no", "")


@dataclass
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    content: bytes


def read(declared: dict[str, str], raw: dict[str, Any]) -> dict[str, Any]:
    """The declared parameters as `int`, `str`, `bool`, `json`, `chat` or `file`; absent ones are absent.

    A `!` after the kind means it must be there. Raises Refused (400) for what is missing, unknown or unreadable.
    """
    unknown = [name for name in raw if name not in declared and not isinstance(raw[name], Upload)]
    if unknown:
        raise bad(f'unknown parameter "{unknown[0]}"')
    values: dict[str, Any] = {}
    for name, kind in declared.items():
        value = raw.get(name)
        if value is None or value == "":
            if kind.endswith("!"):
                raise bad(MISSING.get(name, f'parameter "{name}" is required'))
            continue
        values[name] = READERS[kind.rstrip("!")](name, value)
    return values


MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "user_id": "invalid user_id specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "action": "wrong parameter action in request",
}


def well_formed(value: Any) -> bool:
    """True when every text in a JSON value can be written as UTF-8 (no lone surrogates)."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _int(name: str, value: Any) -> int:
    if isinstance(value, bool):
        raise bad(f'parameter "{name}" must be an integer')
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,18}", value.strip()):
        return int(value)
    raise bad(f'parameter "{name}" must be an integer')


def _bool(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).lower()
    if text in TRUE or text in FALSE:
        return text in TRUE
    raise bad(f'parameter "{name}" must be a boolean')


def _str(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(value)
    raise bad(f'parameter "{name}" must be a string')


def _json(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        read_value = json.loads(value)
    except (ValueError, RecursionError):
        raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None
    if not well_formed(read_value):
        raise bad(NOT_UTF8)
    return read_value


def _chat(name: str, value: Any) -> int | str:
    text = str(value).strip()
    if re.fullmatch(r"-?\d{1,18}", text):
        return int(text)
    if text.startswith("@"):
        return text
    raise bad("chat not found")


def _file(name: str, value: Any) -> Upload | str:
    return value if isinstance(value, Upload) else _str(name, value)


READERS = {"int": _int, "bool": _bool, "str": _str, "json": _json, "chat": _chat, "file": _file}
