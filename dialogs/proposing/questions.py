"""The questions of form B.1 (5.1.1, 5.1.3, annexes C and D), as they follow from what is answered so far."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from bot.views.choosing import entry
from bot.views.words import Own
from dialogs import suggesting
from dialogs.form import Choices, Form
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Question, Read, as_written
from procedure import proposing as rules
from procedure.catalogue import ANNEX, ITEMS, items_of
from procedure.proposing import ProposerKind, rows_for
from services import proposing
from services.text import NotAMatter, TopicReading

CONSENT_YES: Final = "yes"
UNSURE: Final = "unsure"
WARNED: Final = "_warned"
"""The draft's field with the item of annex D that was warned of when the question was answered."""
_FIRST_AID: Final = ("emergency", "crisis")
CONTACT: Final = MappingProxyType({"name": "contact_name", "phone": "phone", "email": "email", "address": "address"})
"""Field of the contact data → its question."""


def row_of(fields: dict[str, Any]) -> int:
    """The row of table 1: the only one this subject has, or the one chosen."""
    rows = rows_for(ProposerKind(fields["kind"]))
    return rows[0] if len(rows) == 1 else int(fields["row"])


async def _kinds(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    known = await form.read(proposing.open_to, community_id=form.subject_id)
    return [(kind, str(plain.of("proposer-kind", kind))) for kind in known["kinds"]]


async def _read_kind(form: Form, value: str) -> str:
    """Another subject has other rows, and they other items: answers that no longer fit are taken back."""
    if value != form.fields.get("kind"):
        await form.keep(row=None, item=None)
    return value


async def _rows(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    rows = rows_for(ProposerKind(form.fields["kind"]))
    return [(str(row), str(plain.of("table-row", row))) for row in rows]


async def _read_row(form: Form, value: str) -> str:
    if value != form.fields.get("row"):
        await form.keep(item=None)
    return value


async def read(form: Form, **other: str) -> TopicReading | None:
    """What the topic looks like as far as it is written; only items that this subject may propose are suggested.

    ``other``: texts by field in place of those in the draft.
    """
    fields = form.fields | other
    rows = rows_for(ProposerKind(fields["kind"])) if fields.get("kind") else ()
    among = [item.code for row in rows for item in items_of(row)]
    texts = (str(fields.get(name) or "") for name in ("title", "reason", "proposal"))
    return await suggesting.read(form, *texts, among=among)


async def _elsewhere(form: Form, **other: str) -> NotAMatter | None:
    """What it is instead of a matter; by its title alone only what may not wait for the reason."""
    reading = await read(form, **other)
    found = reading.not_a_matter if reading else None
    told = (form.fields | other).get("reason") or (found is not None and found.kind in _FIRST_AID)
    return found if told else None


async def _retold(form: Form, value: str, name: str) -> str:
    """Other words may be another matter: answers given to what the old ones looked like are taken back."""
    fields = form.fields
    if value != fields.get(name):
        gone = {"matter": None} if fields.get("matter") and await _another(form, value, name) else {}
        if fields.get("annex") is not None:
            reading = await read(form, **{name: value})
            new = reading.annex.code if reading and reading.annex else None
            gone |= {"annex": None} if new not in (None, fields["annex"], fields.get(WARNED)) else {}
        if gone:
            await form.keep(**gone)
    return value


async def _another(form: Form, value: str, name: str) -> bool:
    """The proposal does not count; the first reason may bear out what the title alone looked like."""
    if name == "proposal":
        return False
    before, after = await _elsewhere(form), await _elsewhere(form, **{name: value})
    same = before is not None and after is not None and before.kind == after.kind
    return form.fields.get(name) is not None or not same


async def _read_title(form: Form, value: str) -> str:
    return await _retold(form, value, "title")


async def _read_reason(form: Form, value: str) -> str:
    return await _retold(form, value, "reason")


async def _read_proposal(form: Form, value: str) -> str:
    return await _retold(form, value, "proposal")


async def _where_else(form: Form) -> list[Own]:
    """A warm word, and where to go with it instead."""
    found = await _elsewhere(form)
    if found is None:
        return []
    say = form.say
    lines = [Own(""), say.of("go", found.kind), Own("")]
    # Who is in danger or in despair is not shown their words taken apart.
    if found.kind not in _FIRST_AID:
        lines.append(say("propose-matter-why", words=suggesting.quoted(say, found.words)))
    return [*lines, say("propose-matter-choose")]


async def _items(form: Form, narrowed: str) -> Choices:
    """The row's entries, what is suggested of other rows, and "not sure"."""
    codes = [item.code for item in items_of(row_of(form.fields))]
    more = [code for code in await _suggested(form) if code not in codes]
    return _entries(form, [*codes, *more])


async def _first_items(form: Form, narrowed: str) -> Choices:
    codes = await _suggested(form)
    return _entries(form, codes) if codes else []


def _entries(form: Form, codes: Sequence[str]) -> Choices:
    plain = form.say.plain()
    return [(code, str(entry(plain, code))) for code in codes] + [(UNSURE, str(plain("annex-unsure")))]


async def _suggested(form: Form) -> list[str]:
    reading = await read(form)
    return [one.code for one in reading.suggestions] if reading else []


async def _like(form: Form) -> list[Own]:
    reading = await read(form)
    return suggesting.items(form.say, reading.suggestions) if reading else []


async def _read_item(form: Form, value: str) -> str:
    """An entry stands under one row of table 1: a suggestion of another row brings its row along."""
    if value in ITEMS and ITEMS[value].row != row_of(form.fields):
        await form.keep(row=str(ITEMS[value].row))
    return value


async def _warned(form: Form) -> list[Own]:
    return suggesting.warning(form.say, await read(form))


async def _read_annex(form: Form, value: str) -> str:
    """What was warned of when this was answered; only that may be said of the proposer later."""
    reading = await read(form)
    await form.keep(**{WARNED: reading.annex.code if reading and reading.annex else None})
    return value


async def _annex(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    found = [("none", str(plain("annex-none"))), (UNSURE, str(plain("annex-unsure")))]
    return found + [(code, str(entry(plain, code))) for code in ANNEX]


async def _read_consent(form: Form, value: str) -> str:
    """Without consent nothing personal stays in the draft."""
    if value != CONSENT_YES:
        for field in CONTACT.values():
            if form.fields.get(field):
                await form.keep(**{field: None})
    return value


async def _read_phone(form: Form, value: str) -> str:
    rules.check_phone(value)
    return value


async def _read_email(form: Form, value: str) -> str:
    rules.check_email(value)
    return value


def _typed(name: str, limit: int, read: Read = as_written, *, optional: bool = False) -> Question:
    asks, named = f"propose-ask-{name}", f"propose-name-{name}"
    return Question(name, asks, named, limit=limit, optional=optional, read=read, facts={"limit": limit})


def _private(name: str, read: Read | None = None) -> Question:
    question = Question(
        name, f"propose-ask-{name}", f"propose-name-{name}", limit=rules.CONTACT_LIMIT, optional=True, private=True
    )
    return question if read is None else replace(question, read=read)


_consents = terms("consent", (CONSENT_YES, "no"))
_KIND = Question("kind", "propose-ask-kind", "propose-name-kind", options=_kinds, read=_read_kind, shown=picked(_kinds))
_ROW = Question("row", "propose-ask-row", "propose-name-row", options=_rows, read=_read_row, shown=picked(_rows))
_TITLE = _typed("title", rules.TITLE_LIMIT, _read_title)
_REASON = _typed("reason", rules.REASON_LIMIT, _read_reason)
_goes_on = terms("matter", ("go_on",))
_MATTER = Question(
    "matter",
    "propose-ask-matter",
    "propose-name-matter",
    options=_goes_on,
    shown=picked(_goes_on),
    hint=_where_else,
    leave="matter-leave",
    typed="reason",
)
_HOW = (
    _typed("proposal", rules.PROPOSAL_LIMIT, _read_proposal),
    _typed("other", rules.OTHER_LIMIT, optional=True),
)
_ITEM = Question(
    "item",
    "propose-ask-item",
    "propose-name-item",
    options=_items,
    read=_read_item,
    shown=picked(_items),
    hint=_like,
    first=_first_items,
)
_ANNEX = Question(
    "annex",
    "propose-ask-annex",
    "propose-name-annex",
    options=_annex,
    read=_read_annex,
    shown=picked(_annex),
    hint=_warned,
)
_CONSENT = Question(
    "consent",
    "propose-ask-consent",
    "propose-name-consent",
    options=_consents,
    read=_read_consent,
    shown=picked(_consents),
)
_CONTACT = (
    _private("contact_name"),
    _private("phone", _read_phone),
    _private("email", _read_email),
    _private("address"),
)


async def questions_of(form: Form) -> tuple[Question, ...]:
    """A subject with one row is not asked for it; contact data is asked for after consent only.

    What looks like no matter for a consultation is asked about as soon as it is told: it may be urgent, and an
    emergency or despair is answered before any reason is asked for.
    """
    fields = form.fields
    kind = fields.get("kind")
    only = kind is not None and len(rows_for(ProposerKind(kind))) == 1
    row = () if only else (_ROW,)
    contact = _CONTACT if fields.get("consent") == CONSENT_YES else ()
    matter = (_MATTER,) if await _elsewhere(form) is not None else ()
    why = (_REASON, *matter) if fields.get("reason") else (*matter, _REASON)
    return (_KIND, *row, _TITLE, *why, *_HOW, _ITEM, _ANNEX, _CONSENT, *contact)
