"""Forms as data: `Question`, `Sheet`, one dialog that fills any of them in, and how it is opened."""

from typing import Any

from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode

from dialogs.parts import window
from dialogs.sheet.engine import SheetFlow
from dialogs.sheet.filler import Filling
from dialogs.sheet.questions import Question, Sheet

__all__ = ["Question", "Sheet", "dialog", "open_sheet"]


def dialog(sheets: dict[str, Sheet]) -> Dialog:
    """A new dialog that fills in these forms."""
    flow = SheetFlow(sheets)

    async def begin(data: Any, manager: DialogManager) -> None:
        await flow.begin(manager)

    return Dialog(
        window(
            flow,
            Filling.asking,
            flow.shown,
            choose=flow.tapped,
            write=flow.written,
            back=flow.backwards,
            drop=flow.dropped,
        ),
        window(flow, Filling.review, flow.shown, choose=flow.tapped, back=flow.backwards, drop=flow.dropped),
        on_start=begin,
    )


async def open_sheet(manager: DialogManager, name: str, **subject: int) -> None:
    """Go on filling in this form about one subject (topic_id=…, community_id=…, meeting_id=…)."""
    await manager.start(
        Filling.asking, data={"sheet": name, **subject}, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND
    )
