"""The Bot API methods the sandbox carries out; importing this package fills the table in `base`."""

from bot.sandbox.methods import account, edits, media, members, messages, queries
from bot.sandbox.methods.base import METHODS

__all__ = ["METHODS", "account", "edits", "media", "members", "messages", "queries"]
