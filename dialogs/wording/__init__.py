"""Writing the opinion to be voted on, item by item (5.7.2 a)."""

from dialogs.wording.windows import dialog, open_form

__all__ = ["dialog", "open_form"]
