"""A stakeholder asks for a correction of the wording; the chair answers with a reason (our rule)."""

from dialogs.correction.windows import ask_dialog, decide_dialog, open_asking, open_deciding

__all__ = ["ask_dialog", "decide_dialog", "open_asking", "open_deciding"]
