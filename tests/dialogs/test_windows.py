"""Every window renders without a bot or a database, and every draft has a window."""

import itertools
from typing import Any

import pytest
from aiogram.fsm.state import State
from aiogram.types import Chat
from aiogram_dialog import Window
from aiogram_dialog.api.entities import Context

import dialogs
from bot.views.codec import VERBS
from dialogs import FORMS
from dialogs.correction.states import where_deciding, where_requesting
from dialogs.reason.states import ACTIONS
from dialogs.reason.states import where as where_reason
from dialogs.wording.states import where as where_wording


class Preview:
    """As much of a dialog manager as a window with preview data needs."""

    def __init__(self) -> None:
        self.middleware_data = {"dialog_manager": self, "event_chat": Chat(id=1, type="private")}
        self.event = None

    def is_preview(self) -> bool:
        """Getters give their preview data."""
        return True

    async def load_data(self) -> dict[str, Any]:
        """Nothing of the dialog's own."""
        return {}

    def current_context(self) -> Context:
        """Any."""
        return Context(_intent_id="1", _stack_id="", state=State("x"), start_data={})


async def test_every_window_renders_with_its_preview() -> None:
    names = []
    for dialog in dialogs.dialogs():
        for state, shown in dialog.windows.items():
            assert isinstance(shown, Window)
            manager: Any = Preview()
            data = await shown.load_data(dialog, manager)
            assert await shown.render_text(data, manager) == "…"
            keyboard: Any = await shown.render_kbd(data, manager)
            buttons = [button.text for row in keyboard.inline_keyboard for button in row]
            assert {"💾 先存着，回头再写", "🗑 整张不要了", "…"} <= set(buttons)
            names.append(state.state)
    assert len(names) == len(set(names)) == 19


def test_every_form_verb_opens_a_form() -> None:
    assert set(FORMS) == {verb for verb in VERBS if verb.endswith("_form")}


Answers = dict[str, tuple[Any, ...]]
REASON: Answers = {
    "action": (None, *ACTIONS),
    "hand_id": (None, 1),
    "minutes": (None, 2),
    "day": (None, "2026-11-07"),
}
REASON |= {"time": (None, "19:00")}
WORDING: Answers = {
    "current": (None, {"at": "text"}, {"at": "implementer"}, {"at": "due"}),
    "items": ([], [{}]),
}
WORDING |= {"objections": (None, "", "怕吵"), "asking_objections": (False, True)}
DECISION: Answers = {"adopted": (None, False, True)}
REQUEST: Answers = {"text": (None, "写清楚"), "again": (None, False, True)}


@pytest.mark.parametrize(
    ("where", "fields"),
    [(where_reason, REASON), (where_wording, WORDING), (where_deciding, DECISION), (where_requesting, REQUEST)],
)
def test_every_draft_has_a_window_of_its_flow(where: Any, fields: Answers) -> None:
    group = where({}).group
    for values in itertools.product(*fields.values()):
        assert where(dict(zip(fields, values, strict=True))).group is group
