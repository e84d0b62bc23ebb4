"""Laws that set a ratio of their own: what they count, since when and until when their figures are known (5.5.3 c).

A consultation counts the hands of those who voted. A law that counts floor area, households or everybody concerned
is no ratio for it: the bot gives no verdict there, it says what that law asks and where the matter goes.
"""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from procedure.errors import RuleBroken

_BRACKETS: Final = str.maketrans("", "", "《》<>")
AMENDED: Final = "amended"
"""In place of a figure that is no longer known: the law was amended, a person has to look it up."""


@dataclass(frozen=True, slots=True)
class LegalMatter:
    """One matter that a law settles by its own count.

    ``law`` and ``articles`` (in both ways of writing them) are how a source names it; several matters may share them.
    Figures are known from ``valid_from`` to ``valid_to``, both included; None: no end is known.
    """

    code: str
    law: str
    articles: tuple[str, ...]
    valid_from: date
    valid_to: date | None


_CIVIL_CODE: Final = date(2021, 1, 1)
_VILLAGES: Final = (date(2010, 10, 28), date(2025, 12, 31))
_RESIDENTS: Final = (date(1990, 1, 1), date(2025, 12, 31))
_ROWS: Final = (
    LegalMatter("owners_weighty", "民法典", ("278", "二百七十八"), _CIVIL_CODE, None),
    LegalMatter("owners_other", "民法典", ("278", "二百七十八"), _CIVIL_CODE, None),
    LegalMatter("dwelling_to_business", "民法典", ("279", "二百七十九"), _CIVIL_CODE, None),
    LegalMatter("villagers_meeting", "村民委员会组织法", ("21", "22", "二十一", "二十二"), *_VILLAGES),
    LegalMatter("villagers_delegates", "村民委员会组织法", ("26", "二十六"), *_VILLAGES),
    LegalMatter("villagers_group", "村民委员会组织法", ("28", "二十八"), *_VILLAGES),
    LegalMatter("residents_meeting", "居民委员会组织法", ("9", "10", "九", "十"), *_RESIDENTS),
)
MATTERS: Final = MappingProxyType({matter.code: matter for matter in _ROWS})
"""By code, in the order a form offers them."""


def figures(matter: LegalMatter, on: date | None) -> str:
    """Whose figures may be shown on this local day: the matter's own, or AMENDED; also when the day is not known."""
    known = on is not None and on >= matter.valid_from and (matter.valid_to is None or on <= matter.valid_to)
    return matter.code if known else AMENDED


def named_in(source: str) -> LegalMatter | None:
    """The matter a source names by its law and article ("民法典第278条"); None for every other law or policy."""
    written = "".join(source.split()).translate(_BRACKETS)
    for matter in _ROWS:
        if matter.law in written and any(f"第{article}条" in written for article in matter.articles):
            return matter
    return None


def check_source(source: str, on: date | None) -> None:
    """Raises RuleBroken law_counts_otherwise (``matter``, ``legal_check``, ``legal_route``) for a law of the table."""
    found = MATTERS.get(source) or named_in(source)
    if found is not None:
        facts = {"matter": found.code, "legal_check": figures(found, on), "legal_route": found.code}
        raise RuleBroken("law_counts_otherwise", "5.5.3 c", **facts)
