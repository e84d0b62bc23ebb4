"""The record's hash chain: what has been written cannot be changed unseen (clause 6)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Final

GENESIS: Final = "0" * 64
"""What stands before the first entry of a chain."""


def canonical(entry: Mapping[str, object]) -> str:
    """The one written form of an entry: JSON, keys sorted, no blanks.

    Raises TypeError for anything but strings, whole numbers, booleans, None, lists and dictionaries with string keys:
    another kind of value, a float above all, has no single written form.
    """
    _check_plain(dict(entry))
    return json.dumps(dict(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _check_plain(value: object) -> None:
    if isinstance(value, dict):
        for key, member in value.items():
            if not isinstance(key, str):
                raise TypeError(f"journal keys are strings, not {type(key).__name__}")
            _check_plain(member)
    elif isinstance(value, list):
        for member in value:
            _check_plain(member)
    elif value is not None and not isinstance(value, str | int):
        raise TypeError(f"a journal entry cannot hold {type(value).__name__}")


def link(previous: str, entry: Mapping[str, object]) -> str:
    """SHA-256 over the previous hash and the canonical entry in UTF-8, 64 hexadecimal digits."""
    return hashlib.sha256((previous + canonical(entry)).encode()).hexdigest()


def verify(entries: Iterable[tuple[Mapping[str, object], str]]) -> int | None:
    """The index of the first (entry, hash) whose hash does not follow; None when the chain is whole."""
    previous = GENESIS
    for index, (entry, stored) in enumerate(entries):
        if link(previous, entry) != stored:
            return index
        previous = stored
    return None
