"""The chair's exceptions, each with its reason: four ready ones or an own sentence (5.6.1)."""

from dialogs.reason.windows import dialog, open_form

__all__ = ["dialog", "open_form"]
