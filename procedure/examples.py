"""What a machine suggested for a topic and what a person chose, and the label that choice gives the topic's words."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

OUTSIDE: Final = "NONE"
"""The label of what is no matter for a consultation at all."""
_REACHES_SOMEBODY: Final = re.compile(r"[\w.+-]+@[\w.-]+|\+?\d(?:[\s().\-－–—]{0,2}\d){6,}[xX]?")
"""Seven figures and more, as procedure.proposing takes them for a telephone number."""


class Chooser(StrEnum):
    """Who chose: the proposer on form B.1 (5.1.3), the joint meeting in its review (5.2)."""

    PROPOSER = "proposer"
    COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class Suggested:
    """What was suggested: items of annex C, the likeliest first, an item of annex D, and where else to go with it."""

    items: tuple[str, ...] = ()
    annex: str | None = None
    elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose: items of annexes C and D, None where they were not sure or said none of them.

    ``outside``: the joint meeting found it outside the catalogue (5.2.1 a).
    """

    item: str | None = None
    annex: str | None = None
    outside: bool = False


def without_numbers(text: str) -> str:
    """The words without telephone, identity and account numbers and addresses of mail: nothing is learnt from them."""
    return _REACHES_SOMEBODY.sub("×", text)


def label(chosen: Chosen) -> tuple[str, str] | None:
    """The label and what counts as right beside it, "" for nothing; None when the choice says nothing.

    A matter of annex D is no consultation whatever else it is like (5.2.2), so D comes first.
    """
    if chosen.outside:
        return OUTSIDE, ""
    if chosen.annex:
        return chosen.annex, chosen.item or ""
    return (chosen.item, "") if chosen.item else None


def settled(choices: dict[Chooser, Chosen]) -> tuple[Chooser, tuple[str, str]] | None:
    """Whose label stands for a topic: the joint meeting's where it said one, else the proposer's; None for neither."""
    for chooser in (Chooser.COMMITTEE, Chooser.PROPOSER):
        found = label(choices[chooser]) if chooser in choices else None
        if found is not None:
            return chooser, found
    return None
