"""What each window of the opinion shows."""

from datetime import date, timedelta
from typing import Any, Final

from bot.views.moments import day
from bot.views.voting import item_lines, objection_line
from bot.views.words import Own
from dialogs.form import Choices, Form
from dialogs.wording.events import KEEP, PROPOSAL, current
from procedure.wording import IMPLEMENTER_LIMIT, MOST_ITEMS, OBJECTIONS_LIMIT, TEXT_LIMIT

DUE_DAYS: Final = (7, 15, 30)
_PROPOSAL_SHOWN: Final = 300


def _number(form: Form) -> int:
    return len(form.fields.get("items") or []) + 1


def _before(form: Form, name: str) -> tuple[list[Own], Choices]:
    """What was written for this question earlier, and the button that keeps it."""
    written = current(form).get(name)
    if not written:
        return [], []
    plain = form.say.plain()
    return [form.say("wording-now", text=form.say.long(written, 400))], [(KEEP, str(plain("wording-keep")))]


async def text(form: Form) -> tuple[list[Own], Choices]:
    """What is to be done; the proposer's words are offered for the first item."""
    lines, choices = _before(form, "text")
    if _number(form) == 1 and form.known["proposal"]:
        proposal = form.say.long(form.known["proposal"], _PROPOSAL_SHOWN)
        lines.append(form.say("wording-proposal", proposal=proposal))
        choices.append((PROPOSAL, str(form.say.plain()("wording-use-proposal"))))
    return [form.say("wording-text", number=_number(form), limit=TEXT_LIMIT), *lines], choices


async def implementer(form: Form) -> tuple[list[Own], Choices]:
    """Who does it."""
    lines, choices = _before(form, "implementer")
    return [form.say("wording-implementer", number=_number(form), limit=IMPLEMENTER_LIMIT), *lines], choices


async def due(form: Form) -> tuple[list[Own], Choices]:
    """By when."""
    today, plain = date.fromisoformat(form.known["today"]), form.say.plain()
    choices = [
        (str(days), str(plain("wording-due-in", days=days, day=day(plain, today + timedelta(days=days)))))
        for days in DUE_DAYS
    ]
    return [form.say("wording-due", number=_number(form))], choices


async def objections(form: Form) -> tuple[list[Own], Choices]:
    """What was raised against it, or another item first."""
    plain = form.say.plain()
    lines, choices = [form.say("wording-objections", limit=OBJECTIONS_LIMIT)], []
    if form.fields.get("objections"):
        lines.append(form.say("wording-now", text=form.say.long(form.fields["objections"], OBJECTIONS_LIMIT)))
        choices.append((KEEP, str(plain("wording-keep"))))
    choices.append(("none", str(plain("wording-no-objections"))))
    return lines, choices + _add(form)


async def review(form: Form) -> tuple[list[Own], Choices]:
    """The whole, as the group will read it."""
    plain = form.say.plain()
    choices = [("send", str(plain("form-send"))), *_add(form)]
    choices += [("remove", str(plain("wording-remove"))), ("objections", str(plain("wording-redo-objections")))]
    wording = {"items": numbered(form.fields["items"]), "objections": form.fields["objections"]}
    return [form.say("wording-review"), *item_lines(form.say, wording), objection_line(form.say, wording, 500)], choices


def _add(form: Form) -> Choices:
    full = len(form.fields.get("items") or []) >= MOST_ITEMS
    return [] if full else [("add", str(form.say.plain()("wording-add")))]


def numbered(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items with their numbers, from 1."""
    return [item | {"number": number} for number, item in enumerate(items, start=1)]
