"""What the recorder types of the room: seat numbers ("3 7 12-20"), and who sits where ("3 = 2-201")."""

import re
import unicodedata
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken

MOST_SEATS: Final = 150
HIGHEST_SEAT: Final = 999
_BETWEEN: Final = re.compile(r"[\s,;、，；。.]+")
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\uff5e~至到", "-"))
_DASH_RUN: Final = re.compile(r"\s*-+\s*")
_NUMBER: Final = re.compile(r"([0-9]{1,9})号?\Z")
_RANGE: Final = re.compile(r"([0-9]{1,9})号?-([0-9]{1,9})号?\Z")
_LINES: Final = re.compile(r"[\n;；,，、]+")
_SITS: Final = re.compile(r"\s*([0-9]{1,9})(?:\s*号?\s*[=:是]\s*|\s*号\s*|\s+)([^\s=:].*?)\s*\Z")


def read_seats(text: str) -> tuple[int, ...]:
    """The seat numbers, each once, ascending; a range includes both its ends.

    Raises RuleBroken seats_empty, seats_unreadable(words), seats_reversed(start_seat, end_seat), seats_too_many(most),
    seat_out_of_range(seat, most).
    """
    line = _DASH_RUN.sub("-", _plain(text))
    parts = [part for part in _BETWEEN.split(line) if part]
    if not parts:
        raise RuleBroken("seats_empty", OUR_RULE)
    found: set[int] = set()
    for part in parts:
        low, high = _bounds(part)
        if high - low >= MOST_SEATS:
            raise RuleBroken("seats_too_many", OUR_RULE, most=MOST_SEATS)
        found.update(range(low, high + 1))
    if len(found) > MOST_SEATS:
        raise RuleBroken("seats_too_many", OUR_RULE, most=MOST_SEATS)
    return tuple(sorted(found))


def _bounds(part: str) -> tuple[int, int]:
    one, two = _NUMBER.match(part), _RANGE.match(part)
    if one is None and two is None:
        raise RuleBroken("seats_unreadable", OUR_RULE, words=part[:20])
    low, high = (int(two[1]), int(two[2])) if two is not None else (int(part.rstrip("号")),) * 2
    if high < low:
        raise RuleBroken("seats_reversed", OUR_RULE, start_seat=low, end_seat=high)
    for seat in (low, high):
        check_seat(seat)
    return low, high


def check_seat(seat: int) -> None:
    """Raises RuleBroken seat_out_of_range."""
    if not 1 <= seat <= HIGHEST_SEAT:
        raise RuleBroken("seat_out_of_range", OUR_RULE, seat=seat, most=HIGHEST_SEAT)


def read_seating(text: str) -> tuple[tuple[int, str], ...]:
    """(seat, what was written of the person) of every entry, in the order typed.

    Raises RuleBroken seats_empty, seating_unreadable(words), seat_twice(seat), seat_out_of_range, seats_too_many.
    """
    entries = [entry for entry in _LINES.split(_plain(text)) if entry.strip()]
    if not entries:
        raise RuleBroken("seats_empty", OUR_RULE)
    if len(entries) > MOST_SEATS:
        raise RuleBroken("seats_too_many", OUR_RULE, most=MOST_SEATS)
    found: dict[int, str] = {}
    for entry in entries:
        sits = _SITS.match(entry)
        if sits is None:
            raise RuleBroken("seating_unreadable", OUR_RULE, words=entry.strip()[:30])
        seat = int(sits[1])
        check_seat(seat)
        if seat in found:
            raise RuleBroken("seat_twice", OUR_RULE, seat=seat)
        found[seat] = sits[2]
    return tuple(found.items())


def same_name(written: str, known: str) -> bool:
    """Whether a household label or name was meant: width, blanks, kind of dash and case do not matter."""
    return bool(known) and _key(written) == _key(known)


def _key(text: str) -> str:
    return "".join(_DASH_RUN.sub("-", _plain(text)).split()).casefold()


def _plain(text: str) -> str:
    """Full-width digits and signs as plain ones, every dash as a hyphen; line breaks stay."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)
