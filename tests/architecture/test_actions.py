"""Action = function = row of the role table: a test fails when a partner is missing."""

import importlib
import pkgutil

import services
from procedure.roles import ACTIONS

UNWRAPPED = {"cast_vote"}
"""Driver-level SQL: asks the same table itself."""


def wrapped_actions() -> dict[str, str]:
    found = {}
    for module in pkgutil.iter_modules(services.__path__):
        loaded = importlib.import_module(f"services.{module.name}")
        for name, value in vars(loaded).items():
            action = getattr(value, "action_name", None)
            if action is not None and value.__module__ == loaded.__name__:
                found[action] = name
    return found


def test_every_row_has_its_action_and_every_action_its_row() -> None:
    assert set(wrapped_actions()) | UNWRAPPED == set(ACTIONS)


def test_an_action_bears_the_name_of_its_row() -> None:
    assert all(action == name for action, name in wrapped_actions().items())
