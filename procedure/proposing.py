"""Who may propose what and what a proposal says (5.1, table 1, form B.1)."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from procedure.catalogue import check_item
from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Standing
from procedure.text import utf16_length

TITLE_LIMIT: Final = 60
REASON_LIMIT: Final = 1000
PROPOSAL_LIMIT: Final = 1000
OTHER_LIMIT: Final = 500
CONTACT_LIMIT: Final = 120
OPEN_PROPOSALS: Final = 5
"""So many proposals of one person may wait for their review at a time (our rule)."""
TELLS_FOR: Final = timedelta(days=730)
"""So long after its end a topic is named to whoever raises the same matter (our rule)."""
_FEWEST_DIGITS: Final = 7
_MOST_DIGITS: Final = 15


class ProposerKind(StrEnum):
    """The proposing subjects of table 1."""

    COMMITTEE = "committee"
    RESIDENT = "resident"
    GROUP_LEADER = "group_leader"
    OWNERS_COMMITTEE = "owners_committee"
    BUILDING_HEAD = "building_head"
    PROPERTY_COMPANY = "property_company"
    UNIT = "unit"
    SOCIAL_ORGANISATION = "social_organisation"
    GOVERNMENT = "government"
    COMMITTEE_MEMBER = "committee_member"


_K = ProposerKind

ROWS: Final = MappingProxyType(
    {
        1: frozenset({_K.COMMITTEE, _K.RESIDENT}),
        2: frozenset({_K.RESIDENT, _K.GROUP_LEADER, _K.OWNERS_COMMITTEE, _K.BUILDING_HEAD}),
        3: frozenset({_K.COMMITTEE, _K.OWNERS_COMMITTEE, _K.PROPERTY_COMPANY, _K.UNIT, _K.SOCIAL_ORGANISATION}),
        4: frozenset({_K.COMMITTEE, _K.GOVERNMENT}),
        5: frozenset({_K.COMMITTEE_MEMBER}),
    }
)
"""Table 1: which subjects may propose the matters of each row."""


_OF_COMMITTEES: Final = (_K.COMMITTEE, _K.COMMITTEE_MEMBER)
_OF_RESIDENTS: Final = (_K.GROUP_LEADER, _K.OWNERS_COMMITTEE, _K.BUILDING_HEAD, _K.PROPERTY_COMPANY)
_OF_UNITS: Final = (_K.PROPERTY_COMPANY, _K.UNIT, _K.SOCIAL_ORGANISATION, _K.GOVERNMENT)
_UNIT_CATEGORY: Final = "辖区单位"
_GROUP_CATEGORY: Final = "群体"


def kinds_for(roles: AbstractSet[Standing], category: str | None) -> tuple[ProposerKind, ...]:
    """As which subjects of table 1 a person may speak: everybody as a resident, first.

    ``category`` is the person's row of table 2, None when the roster does not say: then all but the units' subjects.
    Whether somebody really leads their group or building, the committee knows when it registers the topic (our rule).
    """
    kinds: tuple[ProposerKind, ...] = (_K.RESIDENT,)
    if not roles.isdisjoint({Standing.COMMITTEE, Standing.PARTY_BRANCH}):
        kinds += _OF_COMMITTEES
    if category in (None, _GROUP_CATEGORY):
        kinds += _OF_RESIDENTS
    return kinds + (_OF_UNITS if category == _UNIT_CATEGORY else ())


def check_kind(kind: str, roles: AbstractSet[Standing], category: str | None) -> ProposerKind:
    """Raises RuleBroken not_your_kind (5.1.1): this person does not speak for that subject."""
    found = next((one for one in kinds_for(roles, category) if one == kind), None)
    if found is None:
        raise RuleBroken("not_your_kind", "5.1.1")
    return found


def check_open(waiting: int) -> None:
    """``waiting``: this person's proposals before their review. Raises RuleBroken too_many_proposals (our rule)."""
    if waiting >= OPEN_PROPOSALS:
        raise RuleBroken("too_many_proposals", OUR_RULE, most=OPEN_PROPOSALS)


def still_tells(ended_at: datetime | None, now: datetime) -> bool:
    """Whether a topic is worth naming to whoever raises the same matter: it is open, or ended not long ago."""
    return ended_at is None or now - ended_at <= TELLS_FOR


def rows_for(kind: ProposerKind) -> tuple[int, ...]:
    """The rows of table 1 this subject may propose in, ascending."""
    return tuple(row for row, kinds in ROWS.items() if kind in kinds)


def check_row(kind: ProposerKind, row: int) -> None:
    """Raises RuleBroken not_your_row (5.1.1) with ``kind``, ``row`` and the ``rows`` that are open to it."""
    rows = rows_for(kind)
    if row not in rows:
        raise RuleBroken("not_your_row", "5.1.1", kind=kind, row=row, rows=rows)


@dataclass(frozen=True, slots=True)
class ProposalFields:
    """What a proposer writes on form B.1; empty where nothing was given.

    ``row`` of table 1; ``item`` of annex C if one was picked; ``consent`` to the contact data being kept.
    ``answers_here``: the proposer can be answered in the chat they wrote from.
    """

    kind: ProposerKind
    row: int
    title: str
    reason: str
    proposal: str
    item: str | None = None
    other: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    consent: bool = False
    answers_here: bool = True

    @property
    def has_contact(self) -> bool:
        """Whether any personal contact field is filled."""
        return any(value.strip() for value in (self.contact_name, self.phone, self.email, self.address))


def check(fields: ProposalFields) -> None:
    """A proposal that can be sent. The first fault found raises RuleBroken:

    not_your_row, unknown_item, item_of_other_row(item, row, item_row); field_empty(field), field_too_long(field, limit,
    length); bad_phone, bad_email; consent_needed; no_way_to_reach when the chat is none and no contact was given.
    """
    check_row(fields.kind, fields.row)
    if fields.item is not None:
        _check_item_of_row(fields.item, fields.row)
    for field in ("title", "reason", "proposal", "other"):
        check_field(field, getattr(fields, field))
    _check_contact(fields)


_LIMITS: Final = {"title": TITLE_LIMIT, "reason": REASON_LIMIT, "proposal": PROPOSAL_LIMIT, "other": OTHER_LIMIT}
_MAY_BE_EMPTY: Final = frozenset({"other"})


def check_field(field: str, value: str) -> None:
    """One of title, reason, proposal, other by itself, as a form asks for them; lengths are UTF-16 units.

    Raises RuleBroken field_empty(field) (5.1.3) and field_too_long(field, limit, length); KeyError for another field.
    """
    limit = _LIMITS[field]
    if not value.strip() and field not in _MAY_BE_EMPTY:
        raise RuleBroken("field_empty", "5.1.3", field=field)
    _check_length(field, value, limit)


def _check_length(field: str, value: str, limit: int) -> None:
    length = utf16_length(value)
    if length > limit:
        raise RuleBroken("field_too_long", OUR_RULE, field=field, limit=limit, length=length)


def _check_item_of_row(code: str, row: int) -> None:
    item = check_item(code)
    if item.row != row:
        raise RuleBroken("item_of_other_row", "5.1.1", item=code, row=row, item_row=item.row)


def _check_contact(fields: ProposalFields) -> None:
    for field in ("contact_name", "address"):
        _check_length(field, getattr(fields, field), CONTACT_LIMIT)
    if fields.phone.strip():
        check_phone(fields.phone)
    if fields.email.strip():
        check_email(fields.email)
    if fields.has_contact and not fields.consent:
        raise RuleBroken("consent_needed", OUR_RULE)
    if not fields.answers_here and not any(value.strip() for value in (fields.phone, fields.email, fields.address)):
        raise RuleBroken("no_way_to_reach", "5.2.4")


def check_phone(phone: str) -> None:
    """Lenient: 7 to 15 digits, blanks, hyphens, brackets and a leading + allowed. Raises RuleBroken bad_phone."""
    bare = phone.strip().removeprefix("+").translate(_PHONE_MARKS)
    if not (bare.isascii() and bare.isdigit() and _FEWEST_DIGITS <= len(bare) <= _MOST_DIGITS):
        raise RuleBroken("bad_phone", OUR_RULE)


_PHONE_MARKS: Final = str.maketrans("", "", " -()()－\u3000")


def check_email(email: str) -> None:
    """Lenient: something, one @, a domain with a dot, no blanks. Raises RuleBroken bad_email."""
    name, at, domain = email.strip().partition("@")
    labels = domain.split(".")
    whole = bool(name and at) and len(labels) > 1 and all(labels)
    if not whole or "@" in domain or any(character.isspace() for character in name + domain):
        raise RuleBroken("bad_email", OUR_RULE)
    _check_length("email", email, CONTACT_LIMIT)
