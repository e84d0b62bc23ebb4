"""The items of the agreed opinion: received, under way, done, extended (5.9.2, 5.9.3)."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from dialogs.following.parts import COMING, PAST, choices, chosen, day, may, typed
from dialogs.form import Choices, Form
from dialogs.planning.people import words
from dialogs.sheet.questions import Options, Question, Sheet
from services import after_choices, following

LIMIT: Final = following.TEXT_LIMIT


def _items(wanted: Callable[[dict[str, Any]], bool]) -> Options:
    async def options(form: Form, narrowed: str) -> Choices:
        plain = form.say.plain()
        return [
            (str(one["id"]), str(plain("sheet-item-choice", number=one["number"], text=one["text"])))
            for one in (await choices(form))["items"]
            if not one["done"] and wanted(one)
        ]

    return options


_WAITING: Final = chosen("item", "sheet-item", _items(lambda one: not one["received"]))
_RUNNING: Final = chosen("item", "sheet-item", _items(lambda one: one["received"]))
_MINE: Final = chosen("item", "sheet-item", _items(lambda one: one["received"] and one["mine"]))


async def _people(form: Form, narrowed: str) -> Choices:
    found = await form.read(after_choices.people, topic_id=form.subject_id)
    return [(str(one["id"]), words(one)) for one in found]


async def _hand(form: Form) -> Sequence[Question]:
    return (
        _WAITING,
        day("day", "sheet-received", PAST),
        chosen("implementer", "sheet-implementer", _people, optional=True),
    )


async def _send_hand(form: Form) -> None:
    fields = form.fields
    who = int(fields["implementer"]) if fields["implementer"] else None
    await form.submit(following.hand_item, item_id=int(fields["item"]), day=fields["day"], implementer_id=who)


async def _progress(form: Form) -> Sequence[Question]:
    return (_MINE, typed("text", "sheet-progress", LIMIT))


async def _send_progress(form: Form) -> None:
    await form.submit(following.report_progress, item_id=int(form.fields["item"]), text=form.fields["text"])


async def _done(form: Form) -> Sequence[Question]:
    return (_MINE, typed("text", "sheet-done-what", LIMIT))


async def _send_done(form: Form) -> None:
    await form.submit(following.finish_item, item_id=int(form.fields["item"]), text=form.fields["text"])


async def _extend(form: Form) -> Sequence[Question]:
    return (_RUNNING, day("day", "sheet-extend-day", COMING), typed("reason", "sheet-extend-why", LIMIT))


async def _send_extend(form: Form) -> None:
    fields = form.fields
    await form.submit(following.extend_item, item_id=int(fields["item"]), day=fields["day"], reason=fields["reason"])


SHEETS: Final = (
    Sheet("hand_item", _hand, _send_hand, begin=may),
    Sheet("report_progress", _progress, _send_progress, begin=may),
    Sheet("finish_item", _done, _send_done, begin=may),
    Sheet("extend_item", _extend, _send_extend, begin=may),
)
