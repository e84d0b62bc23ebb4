"""Form B.1 as a conversation (5.1): who proposes what, contact data only with consent, looked at before it is sent."""

from collections.abc import Sequence
from dataclasses import replace

from bot.views.words import Own
from dialogs import suggesting
from dialogs.form import Form
from dialogs.proposing import alike
from dialogs.proposing.questions import CONSENT_YES, CONTACT, WARNED, questions_of, read, row_of
from dialogs.sheet.questions import Question, Sheet
from procedure.examples import Suggested
from services import proposing

__all__ = ["SHEET"]


async def _begin(form: Form) -> None:
    """Nobody fills in for nothing; who can only be a resident is not asked."""
    kinds = (await form.read(proposing.open_to, community_id=form.subject_id))["kinds"]
    if len(kinds) == 1:
        await form.keep(kind=kinds[0])


async def _questions(form: Form) -> Sequence[Question]:
    return await questions_of(form)


async def _note(form: Form) -> list[Own]:
    lines = [*await alike.lines(form), form.say("propose-note")]
    if _named(form, "annex"):
        lines.append(form.say("propose-note-annex"))
    return lines


def _named(form: Form, name: str) -> str | None:
    """The entry of annex C or D that was chosen, None for "not sure" and "none of these"."""
    value = str(form.fields.get(name) or "")
    return value if value.startswith(("C.", "D.")) else None


async def _send(form: Form) -> None:
    fields = form.fields
    agreed = fields.get("consent") == CONSENT_YES
    contact = {name: str(fields.get(field) or "") for name, field in CONTACT.items()} if agreed else None
    await form.submit(
        proposing.propose,
        kind=fields["kind"],
        row=row_of(fields),
        title=fields["title"],
        reason=fields["reason"],
        proposal=fields["proposal"],
        other=fields.get("other") or "",
        item=_named(form, "item"),
        annex=_named(form, "annex"),
        contact=contact,
        like=[{"topic_id": one["topic_id"], "words": one["words"]} for one in await alike.found(form)],
        suggested=await _suggested(form),
    )


async def _suggested(form: Form) -> Suggested | None:
    """What the form suggested; a warning that came after its question was answered was never seen."""
    told = suggesting.suggested(await read(form))
    if told is None or told.annex == form.fields.get(WARNED):
        return told
    return replace(told, annex=None)


SHEET = Sheet("propose", _questions, _send, begin=_begin, note=_note, offers=alike.offers, take=alike.take)
