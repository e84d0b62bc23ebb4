"""Forms in private chats: `dialogs()` for the private router, `attach` for their middlewares, `FORMS` to open them."""

from collections.abc import Awaitable, Callable
from types import MappingProxyType
from typing import Final

from aiogram_dialog import Dialog

from dialogs import (
    annex,
    challenge,
    correction,
    experts,
    floor,
    items,
    lines,
    order,
    quoting,
    reason,
    room,
    rules,
    sheet,
    supervision,
    wording,
)
from dialogs.manager import attach
from dialogs.sheets import SHEETS

__all__ = ["FORMS", "attach", "dialogs"]

FORMS: Final = MappingProxyType[str, Callable[..., Awaitable[None]]](
    {
        "reason_form": reason.open_form,
        "room_form": room.open_form,
        "rules_form": rules.open_form,
        "wording_form": wording.open_form,
        "quote_form": quoting.open_form,
        "correction_form": correction.open_asking,
        "decision_form": correction.open_deciding,
        "item_form": items.open_putting,
        "demand_form": items.open_demanding,
        "point_form": floor.open_pointing,
        "opinion_form": floor.open_opinion,
        "answer_point_form": floor.open_answering,
        "reading_form": floor.open_reading,
        "summary_form": floor.open_summing,
        "line_form": lines.open_correcting,
        "remove_form": order.open_removing,
        "mute_form": order.open_muting,
        "question_form": experts.open_asking,
        "expert_form": experts.open_form,
        "annex_form": annex.open_raising,
        "refuse_annex_form": annex.open_refusing,
        "challenge_form": challenge.open_challenging,
        "stop_form": supervision.open_stopping,
        "annul_form": supervision.open_annulling,
    }
)
"""Verb of a button → what opens the form: fn(manager, **the verb's facts)."""


def dialogs() -> tuple[Dialog, ...]:
    """New dialogs; a router belongs to one parent only."""
    return (
        reason.dialog(),
        rules.dialog(),
        wording.dialog(),
        quoting.dialog(),
        correction.ask_dialog(),
        correction.decide_dialog(),
        sheet.dialog(SHEETS),
    )
