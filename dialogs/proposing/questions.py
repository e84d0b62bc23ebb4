"""The questions of form B.1 (5.1.1, 5.1.3, annexes C and D), as they follow from what is answered so far."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from bot.views.proposing import entry
from dialogs.form import Choices, Form
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Question, Read
from procedure import proposing as rules
from procedure.catalogue import ANNEX, items_of
from procedure.proposing import ProposerKind, rows_for
from services import proposing

CONSENT_YES: Final = "yes"
UNSURE: Final = "unsure"
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


async def _items(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    codes = [item.code for item in items_of(row_of(form.fields))]
    return [(code, str(entry(plain, code))) for code in codes] + [(UNSURE, str(plain("annex-unsure")))]


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


def _typed(name: str, limit: int, *, optional: bool = False) -> Question:
    return Question(
        name, f"propose-ask-{name}", f"propose-name-{name}", limit=limit, optional=optional, facts={"limit": limit}
    )


def _private(name: str, read: Read | None = None) -> Question:
    question = Question(
        name, f"propose-ask-{name}", f"propose-name-{name}", limit=rules.CONTACT_LIMIT, optional=True, private=True
    )
    return question if read is None else replace(question, read=read)


_consents = terms("consent", (CONSENT_YES, "no"))
_KIND = Question("kind", "propose-ask-kind", "propose-name-kind", options=_kinds, read=_read_kind, shown=picked(_kinds))
_ROW = Question("row", "propose-ask-row", "propose-name-row", options=_rows, read=_read_row, shown=picked(_rows))
_TEXTS = (
    _typed("title", rules.TITLE_LIMIT),
    _typed("reason", rules.REASON_LIMIT),
    _typed("proposal", rules.PROPOSAL_LIMIT),
    _typed("other", rules.OTHER_LIMIT, optional=True),
)
_ITEM = Question("item", "propose-ask-item", "propose-name-item", options=_items, shown=picked(_items))
_ANNEX = Question("annex", "propose-ask-annex", "propose-name-annex", options=_annex, shown=picked(_annex))
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


def questions_of(fields: dict[str, Any]) -> tuple[Question, ...]:
    """A subject with one row is not asked for it; contact data is asked for after consent only."""
    kind = fields.get("kind")
    only = kind is not None and len(rows_for(ProposerKind(kind))) == 1
    row = () if only else (_ROW,)
    contact = _CONTACT if fields.get("consent") == CONSENT_YES else ()
    return (_KIND, *row, *_TEXTS, _ITEM, _ANNEX, _CONSENT, *contact)
