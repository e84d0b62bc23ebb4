"""Step of a topic's course = function = form or tap: a test fails when a partner is missing."""

import importlib
import pkgutil

import services
from dialogs.sheets import SHEETS
from handlers.steps import TAKEN
from procedure.course import STEPS

BESIDES = frozenset({"propose", "raise_annex", "refuse_annex", "stop_meeting", "annul_motion"})
BESIDES |= {"put_item", "demand_item"}
BESIDES |= {"remove_words", "mute_member"}
BESIDES |= {"raise_point", "decide_point", "ask_reading", "sum_voice", "correct_line", "write_opinion"}
BESIDES |= {"ask_expert", "enter_question", "merge_questions", "assign_question"}
BESIDES |= {"settle_questions", "promise_answer", "write_answer"}
BESIDES |= {"room_check_in", "raise_room_hand", "write_room_speech", "enter_hands"}
"""Forms of other tables: a community's (5.1), a meeting's (5.5, 5.6, 5.7.1)."""


def actions() -> dict[str, str]:
    """Step → the function that carries it out."""
    found = {}
    for module in pkgutil.iter_modules(services.__path__):
        if module.ispkg:
            continue
        loaded = importlib.import_module(f"services.{module.name}")
        for name, value in vars(loaded).items():
            step = getattr(value, "step_name", None)
            if step is not None and value.__module__ == loaded.__name__:
                found[step] = name
    return found


def test_every_step_has_the_action_that_bears_its_name() -> None:
    found = actions()
    assert set(found) == set(STEPS) and all(step == name for step, name in found.items())


def test_every_step_is_taken_by_a_tap_or_filled_in_as_a_form() -> None:
    assert set(TAKEN).isdisjoint(SHEETS)
    assert set(TAKEN) | set(SHEETS) == set(STEPS) | BESIDES
    assert {name for name, step in STEPS.items() if step.form} == set(SHEETS) - BESIDES
