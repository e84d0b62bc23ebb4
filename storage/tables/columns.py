"""Shorthands for columns that many tables carry."""

from typing import Any

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field

from storage.types import Instant


def key() -> Any:
    """Our own integer primary key."""
    return Field(default=None, primary_key=True)


def community() -> Any:
    """The community a row belongs to; it is on everything but account, inbox, receipt and dialog state."""
    return Field(foreign_key="community.id", index=True)


def instant(default: Any = ..., **more: Any) -> Any:
    """An aware UTC instant."""
    return Field(default=default, sa_type=Instant, **more)


def big(default: Any = ..., **more: Any) -> Any:
    """A number that may pass 32 bits (Telegram ids, inbox numbers)."""
    return Field(default=default, sa_type=BigInteger, **more)


def json(**more: Any) -> Any:
    """A plain dict."""
    return Field(default_factory=dict, sa_type=JSON, **more)
