"""The roster: communities, and the persons that an office's file brings in. Nothing here goes by Telegram's names."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.text import clean_name
from services import clocks, contacts, journal
from services.act import Actor, Receipt
from services.roster_fields import Entry
from storage.tables import Community, CommunityRole, Contact, Person
from storage.work import UnitOfWork

OTHERS: Final = "居民"
STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
COMMUNITY_NAME_LIMIT: Final = 60
_ROLE_WORDS: Final = {
    "committee": "居委会",
    "party_branch": "党组织",
    "supervisory_committee": "监委会",
    "administrator": "管理员",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A community as lists show it."""

    id: int
    name: str
    timezone: str
    people: int
    bound: int


def add_community(uow: UnitOfWork, actor: Actor, *, name: str, timezone: str, now: datetime) -> Receipt:
    """A new community. Raises RuleBroken community_exists, empty_name."""
    name = clean_name(name, COMMUNITY_NAME_LIMIT)
    if uow.first(Community, name=name) is not None:
        raise RuleBroken("community_exists", OUR_RULE)
    made = uow.add(Community(name=name, timezone=timezone, created_at=now))
    assert made.id is not None
    journal.record(uow, "community_added", community_id=made.id, subject="community", subject_id=made.id, now=now)
    return Receipt("community_added", {"community_id": made.id})


def communities(uow: UnitOfWork) -> list[Known]:
    """Every community, with how many persons it has and how many of them are bound to an account."""
    rows = uow.rows(
        "SELECT c.id, c.name, c.timezone, count(p.id), count(p.account_id) FROM community c"
        " LEFT JOIN person p ON p.community_id = c.id AND p.left_at IS NULL GROUP BY c.id, c.name, c.timezone"
        " ORDER BY c.id"
    )
    return [Known(*row) for row in rows]


def people(uow: UnitOfWork, community_id: int) -> list[tuple[int, str, bool]]:
    """Number, label, and whether an account is bound, of everybody who has not left."""
    rows = uow.rows(
        "SELECT id, label, account_id IS NOT NULL FROM person WHERE community_id = :id AND left_at IS NULL ORDER BY id",
        {"id": community_id},
    )
    return [(row[0], row[1], bool(row[2])) for row in rows]


def import_roster(
    uow: UnitOfWork, actor: Actor, *, community_id: int, entries: Sequence[Entry], now: datetime
) -> Receipt:
    """Enter the persons of a file; who is there already (by household and name) is brought up to date, nobody goes.

    A phone number that its owner has withdrawn does not come back.
    """
    uow.lock("community", community_id)
    merge = _Merge(uow, community_id, now)
    taken = [merge.person(entry) for entry in entries]
    uow.flush()
    for entry, one in zip(entries, taken, strict=True):
        merge.roles(entry, one)
        merge.phone(entry, one)
    merge.labels()
    uow.flush()
    clocks.refresh_community(uow, community_id, now)
    made = sum(one.fresh for one in taken)
    changed = sum(one.changed and not one.fresh for one in merge.everybody.values())
    facts = {"made": made, "changed": changed, "same": sum(not one.fresh and not one.changed for one in taken)}
    journal.record(
        uow,
        "roster_imported",
        community_id=community_id,
        subject="community",
        subject_id=community_id,
        now=now,
        **facts,
    )
    return Receipt("roster_imported", facts)


@dataclass(slots=True)
class _One:
    """A person on the way through an import."""

    row: Person
    fresh: bool = False
    changed: bool = False

    @property
    def id(self) -> int:
        """Known once the rows are flushed."""
        assert self.row.id is not None
        return self.row.id

    def put(self, **fields: object) -> None:
        """Set what differs."""
        for name, value in fields.items():
            if getattr(self.row, name) != value:
                setattr(self.row, name, value)
                self.changed = True


class _Merge:
    """An import's view of the community: everything is read once, however long the file is."""

    def __init__(self, uow: UnitOfWork, community_id: int, now: datetime) -> None:
        self._uow, self._community_id, self._now = uow, community_id, now
        rows = uow.all(Person, order="-id", community_id=community_id)
        self.everybody = {(row.household, row.name): _One(row) for row in rows}
        self._roles: dict[int, dict[str, CommunityRole]] = defaultdict(dict)
        for role in uow.all(CommunityRole, community_id=community_id):
            self._roles[role.person_id][role.role] = role
        self._contacts = {row.person_id: row for row in uow.all(Contact, community_id=community_id, topic_id=None)}

    def person(self, entry: Entry) -> _One:
        """The person of an entry, made if need be."""
        one = self.everybody.get(entry.key)
        if one is None:
            row = Person(
                community_id=self._community_id, name=entry.name, label=entry.label or "", household=entry.household
            )
            self._uow.orm.add(row)
            one = self.everybody[entry.key] = _One(row, fresh=True)
        fields: dict[str, object] = {name: getattr(entry, name) for name in ("building", "unit") if name in entry.given}
        if entry.category is not None:
            fields["category"] = entry.category
        if entry.label is not None:
            fields["label"] = entry.label
        one.put(left_at=None, **fields)
        return one

    def roles(self, entry: Entry, one: _One) -> None:
        """Exactly the roles that the file's column gives; no column, no change."""
        if "roles" not in entry.given:
            return
        has = self._roles[one.id]
        for role in sorted(entry.roles - set(has)):
            has[role] = CommunityRole(community_id=self._community_id, person_id=one.id, role=role)
            self._uow.orm.add(has[role])
            one.changed = True
        for role in set(has) - entry.roles:
            self._uow.orm.delete(has.pop(role))
            one.changed = True

    def phone(self, entry: Entry, one: _One) -> None:
        """Seal the number, unless it is the one we have or its owner took it back."""
        known = self._contacts.get(one.id)
        if entry.phone is None or (known is not None and known.sealed is None):
            return
        before = self._uow.vault.unseal(known.sealed) if known is not None and known.sealed is not None else {}
        if before.get("phone") == entry.phone:
            return
        self._contacts[one.id] = contacts.keep(
            self._uow,
            person_id=one.id,
            community_id=self._community_id,
            topic_id=None,
            fields=before | {"phone": entry.phone},
            known=known or Contact(community_id=self._community_id, person_id=one.id, consent_at=self._now),
            now=self._now,
        )
        one.changed = True

    def labels(self) -> None:
        """Give everybody without a name of their own a label that no other person has: 3-201, 3-201 甲, 居委会 2."""
        housemates: dict[str, list[_One]] = defaultdict(list)
        for one in sorted(self.everybody.values(), key=lambda one: one.id):
            base = self._base(one)
            if one.row.label in ("", base) or one.row.label.startswith(f"{base} "):
                housemates[base].append(one)
        for base, group in housemates.items():
            used = {one.row.label for one in group}
            free = (label for label in _numbered(base, home=group[0].row.household is not None) if label not in used)
            for one in group:
                if len(group) == 1:
                    one.put(label=one.row.label or base)
                elif one.row.label in ("", base):
                    one.put(label=next(free))

    def _base(self, one: _One) -> str:
        roles = (word for role, word in _ROLE_WORDS.items() if role in self._roles[one.id])
        row = one.row
        return row.household or row.unit or next(roles, None) or row.category or row.label or OTHERS


def _numbered(base: str, *, home: bool) -> Iterator[str]:
    if home:
        yield from (f"{base} {stem}" for stem in STEMS)
    yield from (f"{base} {number}" for number in count(len(STEMS) + 1 if home else 1))
