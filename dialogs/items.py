"""One item of the wording by itself: put to the vote by the chair, or asked for by a stakeholder (our rule)."""

from collections.abc import Sequence
from typing import Any, Final

from aiogram_dialog import DialogManager

from bot.views.items import question_lines
from bot.views.words import Own
from dialogs import facts
from dialogs.form import Choices, Form
from dialogs.sheet import open_sheet
from dialogs.sheet.options import picked
from dialogs.sheet.questions import Question, Sheet
from procedure.wording import TEXT_LIMIT
from services import items, wording
from services.act import Action

__all__ = ["SHEETS", "open_demanding", "open_putting"]

KEEP: Final = "keep"
"""No other text is asked about, only whether the item stays."""


async def _wording(form: Form) -> dict[str, Any]:
    meeting = await form.read(facts.known, meeting_id=form.subject_id)
    found: dict[str, Any] = meeting["wording"] or {"version": 0, "items": []}
    return found


async def _begin(form: Form) -> None:
    """Begun on another version, the form starts anew: numbers may have moved."""
    await form.read(facts.allowed, meeting_id=form.subject_id, action=form.kind)
    version = (await _wording(form))["version"]
    if form.fields.get("version") != version:
        await form.keep(version=version, item=None, alternative=None)


async def _numbered(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [
        (str(one["number"]), str(plain("items-item", number=one["number"], text=one["text"])))
        for one in (await _wording(form))["items"]
    ]


async def _keep(form: Form, narrowed: str) -> Choices:
    return [(KEEP, str(form.say.plain()("items-keep")))]


async def _alternative(form: Form, value: Any) -> str:
    return str(form.say.plain()("items-keep")) if value == KEEP else str(value)


_ITEM: Final = Question("item", "items-ask-item", "items-name-item", options=_numbered, shown=picked(_numbered))
_OTHER: Final = Question(
    "alternative",
    "items-ask-alternative",
    "items-name-alternative",
    limit=TEXT_LIMIT,
    options=_keep,
    shown=_alternative,
    facts={"limit": TEXT_LIMIT},
)


async def _questions(form: Form) -> Sequence[Question]:
    return (_ITEM, _OTHER)


def _asked(form: Form) -> dict[str, Any]:
    fields = form.fields
    other = "" if fields["alternative"] == KEEP else fields["alternative"]
    return {"number": int(fields["item"]), "version": int(fields["version"]), "alternative": other}


async def _note(form: Form) -> list[Own]:
    """What people will be asked, word for word, and what comes next."""
    asked = _asked(form)
    found = (one for one in (await _wording(form))["items"] if one["number"] == asked["number"])
    lines = [line for one in found for line in question_lines(form.say, asked | {"text": one["text"]})]
    return [*lines, form.say(f"items-note-{form.kind}")]


def _sheet(name: str, action: Action) -> Sheet:
    async def send(form: Form) -> None:
        await form.submit(action, **_asked(form))

    return Sheet(name, _questions, send, begin=_begin, note=_note)


SHEETS: Final = (_sheet("put_item", items.put_item), _sheet("demand_item", wording.demand_item))


async def open_putting(manager: DialogManager, *, meeting_id: int) -> None:
    """The chair's form. Raises RuleBroken for whoever may not put an item now."""
    await open_sheet(manager, "put_item", meeting_id=meeting_id)


async def open_demanding(manager: DialogManager, *, meeting_id: int) -> None:
    """A stakeholder's form. Raises RuleBroken for whoever may not ask for it now."""
    await open_sheet(manager, "demand_item", meeting_id=meeting_id)
