"""What is tapped and typed while an opinion is written; every answer is saved before the next question."""

from datetime import date, timedelta
from typing import Any, Final

from dialogs.form import ERROR, Form
from procedure.errors import OUR_RULE, RuleBroken
from procedure.text import clean_text
from procedure.wording import IMPLEMENTER_LIMIT, MOST_ITEMS, OBJECTIONS_LIMIT, TEXT_LIMIT
from services import wording

KEEP: Final = "keep"
PROPOSAL: Final = "proposal"


def current(form: Form) -> dict[str, Any]:
    """The item being written."""
    found: dict[str, Any] = form.fields.get("current") or {"at": "text"}
    return found


async def write_text(form: Form, value: str) -> None:
    """What is to be done."""
    text = clean_text(value, limit=TEXT_LIMIT, field="text")
    await form.keep(current=current(form) | {"at": "implementer", "text": text})


async def choose_text(form: Form, value: str) -> None:
    """The proposer's words, or the ones written before."""
    if value == PROPOSAL:
        await write_text(form, form.known["proposal"])
    else:
        await form.keep(current=current(form) | {"at": "implementer"})


async def write_implementer(form: Form, value: str) -> None:
    """Who does it."""
    who = " ".join(clean_text(value, limit=IMPLEMENTER_LIMIT, field="implementer").split())
    await form.keep(current=current(form) | {"at": "due", "implementer": who})


async def keep_implementer(form: Form, value: str) -> None:
    """Who was written before."""
    await form.keep(current=current(form) | {"at": "due"})


async def choose_due(form: Form, value: str) -> None:
    """By when: so many days from today."""
    await _finish_item(form, date.fromisoformat(form.known["today"]) + timedelta(days=int(value)))


async def write_due(form: Form, value: str) -> None:
    """By when, typed: 2026-11-30, 2026.11.30, 2026年11月30日."""
    plain = value.strip().rstrip("日")
    for mark in ("年", "月", ".", "/"):
        plain = plain.replace(mark, "-")
    parts = plain.split("-")
    try:
        due = date(*(int(part) for part in parts))
    except (TypeError, ValueError):
        form.manager.dialog_data[ERROR] = str(form.say("form-failed", sentence=form.say("wording-due-bad")))
        return
    await _finish_item(form, due)


async def _finish_item(form: Form, due: date) -> None:
    items = list(form.fields.get("items") or [])
    if due < date.fromisoformat(form.known["today"]):
        raise RuleBroken("due_in_past", "5.7.2 a", number=len(items) + 1)
    done = {"text": current(form)["text"], "implementer": current(form)["implementer"], "due": due.isoformat()}
    await form.keep(items=[*items, done], current=None)


async def back(form: Form, value: str) -> None:
    """To the question before; what was written stays."""
    at, items = form.fields.get("current"), list(form.fields.get("items") or [])
    if at and at["at"] == "due":
        await form.keep(current=at | {"at": "implementer"})
    elif at and at["at"] == "implementer":
        await form.keep(current=at | {"at": "text"})
    elif items and at:
        await form.keep(current=None)
    elif form.fields.get("asking_objections"):
        await form.keep(asking_objections=False)
    elif items:
        await _reopen_last(form, items)
    else:
        await form.leave(form.say("form-kept"))


async def _reopen_last(form: Form, items: list[dict[str, Any]]) -> None:
    last = items[-1]
    reopened = {"at": "due", "text": last["text"], "implementer": last["implementer"]}
    await form.keep(items=items[:-1], current=reopened)


async def write_objections(form: Form, value: str) -> None:
    """What was raised against it."""
    said = clean_text(value, limit=OBJECTIONS_LIMIT, field="objections")
    await form.keep(objections=said, asking_objections=False)


async def choose_objections(form: Form, value: str) -> None:
    """None; the ones written before; or first another item."""
    if value == "add":
        await add_item(form)
    elif value == KEEP:
        await form.keep(asking_objections=False)
    else:
        await form.keep(objections="", asking_objections=False)


async def add_item(form: Form) -> None:
    """One more item, up to nine."""
    items = form.fields.get("items") or []
    if len(items) >= MOST_ITEMS:
        raise RuleBroken("too_many_items", OUR_RULE, count=len(items) + 1, most=MOST_ITEMS)
    await form.keep(current={"at": "text"})


async def choose_review(form: Form, value: str) -> None:
    """Send, or change something first."""
    items = list(form.fields["items"])
    if value == "send":
        await form.submit(wording.post_wording, items=items, objections=form.fields["objections"] or "")
    elif value == "add":
        await add_item(form)
    elif value == "remove":
        await form.keep(items=items[:-1])
    else:
        await form.keep(asking_objections=True)
