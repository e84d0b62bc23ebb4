"""Changing the rules before they are put, or put again (5.5.1, 5.6.1 b)."""

from dialogs.rules.windows import dialog, open_form

__all__ = ["dialog", "open_form"]
