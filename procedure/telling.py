"""Who has to be told the result, and when they count as told (5.8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

ATTEMPTS_ENOUGH: Final = 2


@dataclass(frozen=True, slots=True)
class Reach:
    """What was done to tell one person: delivered (also by telephone or at the door), or so many vain attempts."""

    delivered: bool = False
    attempts: int = 0


def told(delivered: bool, attempts: int, notice_published: bool) -> bool:
    """Delivered, or two recorded attempts and the public notice (our rule on 5.8 c)."""
    return delivered or (attempts >= ATTEMPTS_ENOUGH and notice_published)


def to_be_told(stakeholders: Iterable[int], entrusting_unit: int | None = None) -> tuple[int, ...]:
    """The persons due: the stakeholders; for an entrusted topic only whoever stands for the entrusting unit (5.8 b)."""
    return tuple(sorted(set(stakeholders))) if entrusting_unit is None else (entrusting_unit,)


def untold(due: Iterable[int], reached: Mapping[int, Reach], notice_published: bool) -> tuple[int, ...]:
    """Who of those due is not told yet, ascending; a person without an entry was not reached at all."""
    nothing = Reach()
    return tuple(
        person
        for person in sorted(set(due))
        if not told(reached.get(person, nothing).delivered, reached.get(person, nothing).attempts, notice_published)
    )


def still_missing(
    record_handed: bool, notice_published: bool, everybody: bool, *, entrusted: bool = False
) -> tuple[str, ...]:
    """What stage 8 still lacks, of record (5.8 a), notice and people (5.8 c); an entrusted topic owes no notice."""
    done = {"record": record_handed, "notice": notice_published or entrusted, "people": everybody}
    return tuple(name for name, is_done in done.items() if not is_done)


def telling_done(record_handed: bool, notice_published: bool, everybody: bool, *, entrusted: bool = False) -> bool:
    """5.8: record handed over, notice published, everybody due told."""
    return not still_missing(record_handed, notice_published, everybody, entrusted=entrusted)
