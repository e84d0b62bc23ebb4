"""Contact data at rest: sealed with a key that lies beside the database, never inside it."""

import base64
import binascii
import hashlib
import hmac
import json
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.settings import BadSettingsError

_KEY_BYTES: Final = 32
_FOREIGN: Final = stat.S_IRWXO | stat.S_IWGRP | stat.S_IXGRP
_MARKS: Final = b"yishiting one-time slips"


class BadKeyError(BadSettingsError):
    """The key file cannot be used; str() is one plain line without anything of the key."""


class SealBrokenError(Exception):
    """What was sealed cannot be opened with any of our keys, or somebody has changed it."""


class Vault:
    """Seals and unseals; the first key seals, all of them open (rotation). Its repr shows nothing."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Keys in Fernet's form, urlsafe base64 of 32 bytes. Raises BadKeyError."""
        if not keys:
            raise BadKeyError("YISHITING_SECRET_FILE: there is no key in it")
        for number, key in enumerate(keys, start=1):
            if not _well_formed(key):
                raise BadKeyError(f"YISHITING_SECRET_FILE: line {number} is not a key")
        self._seal = MultiFernet([Fernet(key) for key in keys])
        self._marks = [hmac.digest(base64.urlsafe_b64decode(key), _MARKS, hashlib.sha256) for key in keys]

    @classmethod
    def open(cls, path: Path) -> "Vault":
        """The vault of a key file; the file is made, readable by its owner alone, when there is none.

        Raises BadKeyError when it cannot be made or read, when others may read it, or when a line is not a key.
        """
        try:
            _make(path)
            if stat.S_IMODE(path.stat().st_mode) & _FOREIGN:
                raise BadKeyError(f"YISHITING_SECRET_FILE: others may read {path}; run: chmod 600 {path}")
            lines = path.read_bytes().splitlines()
        except OSError as error:
            raise BadKeyError(f"YISHITING_SECRET_FILE: {path}: {error.strerror}") from None
        return cls([line.strip() for line in lines if line.strip()])

    @classmethod
    def fresh(cls) -> "Vault":
        """A vault with a key of its own that is kept nowhere: what it seals is lost with it."""
        return cls([Fernet.generate_key()])

    def seal(self, plain: dict[str, str]) -> str:
        """The fields as one opaque text; twice the same fields give two different texts."""
        body = json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()
        # When somebody gave their number is for the row to say, not for the seal.
        return self._seal.encrypt_at_time(body, 0).decode("ascii")

    def unseal(self, sealed: str) -> dict[str, str]:
        """The fields. Raises SealBrokenError."""
        try:
            fields: dict[str, str] = json.loads(self._seal.decrypt(sealed.encode()))
        except InvalidToken:
            raise SealBrokenError("sealed with another key, or changed") from None
        return fields

    def mark(self, text: str) -> str:
        """A keyed hash under which a secret can be found again, and not be guessed from the database alone."""
        return self.marks(text)[0]

    def marks(self, text: str) -> tuple[str, ...]:
        """The marks under every key, the present one first."""
        return tuple(hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in self._marks)


def _well_formed(key: bytes) -> bool:
    try:
        return len(base64.b64decode(key, altchars=b"-_", validate=True)) == _KEY_BYTES
    except binascii.Error:
        return False


def _make(path: Path) -> None:
    """A key file, complete or not at all: of two processes that start together one makes it, both read the same."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:  # for its owner alone: mkstemp
        draft = Path(file.name)
        file.write(Fernet.generate_key() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
