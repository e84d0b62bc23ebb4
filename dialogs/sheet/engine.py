"""The sheet's flow: from the form's start data to its draft, its open question, and what the window shows."""

from typing import Any, Final

from aiogram_dialog import DialogManager

from bot.views.toasts import refusal_sentence
from bot.views.words import Own
from dialogs.form import ERROR, Choices, Event, Form, Show, window_data
from dialogs.sheet.filler import Filler, Filling
from dialogs.sheet.questions import Sheet
from dialogs.sheet.showing import asked, reviewed
from procedure.errors import RuleBroken

SURE: Final = "sure"


class SheetFlow:
    """What the windows run: the sheet named by the form's start data."""

    def __init__(self, sheets: dict[str, Sheet]) -> None:
        self.sheets = sheets

    def _sheet(self, manager: DialogManager) -> Sheet:
        data = manager.start_data
        assert isinstance(data, dict)
        return self.sheets[str(data["sheet"])]

    async def _filler(self, manager: DialogManager) -> Filler:
        sheet = self._sheet(manager)
        form = await Form(manager, sheet.name).load()
        return Filler(form, sheet, await sheet.questions(form))

    async def begin(self, manager: DialogManager) -> None:
        """On start. Who may not take the step is refused before anything is asked: there may be nothing to ask yet."""
        sheet = self._sheet(manager)
        form = await Form(manager, sheet.name).load()
        if form.fields:
            manager.dialog_data[ERROR] = form.say("sheet-resumed")
        if sheet.begin is not None:
            await sheet.begin(form)
        await self._show_open(manager)

    async def run(self, manager: DialogManager, event: Event, value: str) -> None:
        """One tap or one typed text; what the rules refuse is said above the question, and nothing is lost."""
        manager.dialog_data.pop(ERROR, None)
        if event != self.dropped:
            manager.dialog_data.pop(SURE, None)
        filler = await self._filler(manager)
        try:
            await event(filler.form, value)
        except RuleBroken as broken:
            sentence = refusal_sentence(filler.form.say, broken.code, broken.clause, broken.facts)
            manager.dialog_data[ERROR] = str(filler.form.say("form-failed", sentence=sentence))
        if manager.has_context():
            await self._show_open(manager)

    async def _show_open(self, manager: DialogManager) -> None:
        filler = await self._filler(manager)
        await manager.switch_to(Filling.review if filler.question is None else Filling.asking)

    async def tapped(self, form: Form, value: str) -> None:
        """A choice."""
        await (await self._filler(form.manager)).tap(value)

    async def written(self, form: Form, value: str) -> None:
        """A text."""
        await (await self._filler(form.manager)).write(value)

    async def backwards(self, form: Form, value: str) -> None:
        """The way back."""
        await (await self._filler(form.manager)).back()

    async def dropped(self, form: Form, value: str) -> None:
        """Thrown away; what was written only at the second tap, for a finger slips."""
        asked = form.manager.dialog_data
        if form.fields and not asked.get(SURE):
            asked[SURE] = True
            asked[ERROR] = str(form.say("sheet-drop-sure"))
        else:
            await form.drop()

    async def shown(self, form: Form) -> tuple[list[Own], Choices]:
        """What the open window shows."""
        filler = await self._filler(form.manager)
        return await (reviewed(filler) if filler.question is None else asked(filler, filler.question))

    async def data(self, manager: DialogManager, show: Show) -> dict[str, Any]:
        """The window's lines, above them why the last step was refused, and its choices."""
        filler = await self._filler(manager)
        return window_data(manager, *await show(filler.form))
