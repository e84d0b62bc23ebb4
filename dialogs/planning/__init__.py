"""The forms of plan, notice and rules (5.3–5.5)."""

from dialogs.planning.answers import ANSWER, ENTER, OBJECT, POSTPONE, TELL
from dialogs.planning.facts import FACTS
from dialogs.planning.plan import PLAN
from dialogs.planning.rules import RULES

__all__ = ["SHEETS"]

SHEETS = (PLAN, ENTER, TELL, OBJECT, ANSWER, POSTPONE, FACTS, RULES)
