"""Choosing among what was said in the discussion, word for word, for the opinion to be voted on (5.6.1 g)."""

from dialogs.quoting.windows import dialog, open_form

__all__ = ["dialog", "open_form"]
