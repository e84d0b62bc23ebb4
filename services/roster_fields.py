"""The columns of a roster: their headings in Chinese and English, and what may stand in them."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from procedure.terms import Standing
from procedure.text import utf16_length, visible

HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("姓名", "名字", "name"),
    "household": ("户号", "门牌", "门牌号", "房号", "室号", "household"),
    "building": ("楼栋", "楼幢", "幢", "栋", "楼号", "building"),
    "unit": ("单元", "单位", "unit"),
    "category": ("类别", "人员类别", "category"),
    "roles": ("角色", "身份", "roles", "role"),
    "phone": ("电话", "手机", "手机号", "联系电话", "phone"),
    "label": ("称呼", "群内称呼", "label"),
}
"""Column → its headings."""

CATEGORIES: Final = {
    "群体": "群体",
    "group": "群体",
    "辖区单位": "辖区单位",
    "organisation": "辖区单位",
    "专业人士": "专业人士",
    "expert": "专业人士",
    "自主参与协商": "自主参与协商",
    "自主参与": "自主参与协商",
    "self_joined": "自主参与协商",
}
"""What may stand under 类别 → the category of table 2."""

ROLES: Final[dict[str, Standing | None]] = {
    **dict.fromkeys(("社区干部", "村干部", "居委会", "村委会", "committee"), Standing.COMMITTEE),
    **dict.fromkeys(("党组织", "党支部", "党委", "party_branch"), Standing.PARTY_BRANCH),
    **dict.fromkeys(
        ("监委会", "居务监督委员会", "村务监督委员会", "监督委员会", "supervisory_committee"),
        Standing.SUPERVISORY_COMMITTEE,
    ),
    **dict.fromkeys(("管理员", "administrator"), Standing.ADMINISTRATOR),
    **dict.fromkeys(("居民", "村民", "resident"), None),
}
"""What may stand under 角色 → the standing role it gives."""

NAME_LIMIT: Final = 40
TEXT_LIMIT: Final = 40
_COLUMNS: Final = {heading: column for column, headings in HEADERS.items() for heading in headings}
_BETWEEN: Final = re.compile(r"[、,;/|\s]+")
_DASHES: Final = re.compile(r"\s*[‐‑‒–—―−~]\s*|\s*-\s*")
_PHONE: Final = re.compile(r"\+?\d{7,15}\Z")
_NUMBERED: Final = re.compile(r"([0-9]+|[A-Za-z])\s*(?:号楼|幢|栋|座|单元|号|室)?\Z")


class BadFieldError(Exception):
    """A line cannot be taken: what is wrong, and in which column."""

    def __init__(self, code: str, column: str) -> None:
        super().__init__(code, column)
        self.code, self.column = code, column


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as the file has them. `given` names the columns the file has; the others say nothing."""

    line: int
    name: str
    household: str | None
    building: str | None
    unit: str | None
    category: str | None
    roles: frozenset[str]
    phone: str | None
    label: str | None
    given: frozenset[str]

    @property
    def key(self) -> tuple[str | None, str]:
        """By what a person is known again: household and name."""
        return self.household, self.name


def column_of(title: str) -> str | None:
    """The column with this heading; what stands in brackets, blanks and asterisks do not count."""
    bare = re.sub(r"\(.*?\)|[\s*:]", "", unicodedata.normalize("NFKC", visible(title)))
    return _COLUMNS.get(bare.lower())


def entry_of(line: int, cells: dict[str, str]) -> Entry:
    """A line's cells by column. Raises BadFieldError."""
    fields = {column: _text(column, cell) for column, cell in cells.items()}
    name = fields.get("name")
    if not name:
        raise BadFieldError("missing", "name")
    category = _category(fields.get("category"))
    roles = _roles(fields.get("roles"))
    building, unit = fields.get("building"), fields.get("unit")
    household = _household(fields.get("household"), building, unit)
    if not (household or unit or roles or category or fields.get("label")):
        raise BadFieldError("no_place", "household")
    return Entry(
        line=line,
        name=name,
        household=household,
        building=building,
        unit=unit,
        category=category or ("群体" if household else None),
        roles=roles,
        phone=_phone(fields.get("phone")),
        label=fields.get("label"),
        given=frozenset(cells),
    )


def _text(column: str, cell: str) -> str | None:
    text = " ".join(unicodedata.normalize("NFKC", visible(cell)).split())
    if column in ("household", "building", "unit"):
        text = _DASHES.sub("-", text)
    if utf16_length(text) > (NAME_LIMIT if column == "name" else TEXT_LIMIT):
        raise BadFieldError("too_long", column)
    if column != "phone" and text[:1] in ("=", "+", "-", "@"):
        raise BadFieldError("formula", column)
    return text or None


def _household(text: str | None, building: str | None, unit: str | None) -> str | None:
    """201 of building 3 is 3-201: two buildings have a 201 each."""
    if text is None:
        return None
    parts = [found[1] for part in (building, unit, text) if part and (found := _NUMBERED.match(part))]
    return "-".join(parts) if building and _NUMBERED.match(building) and _NUMBERED.match(text) else text


def _category(text: str | None) -> str | None:
    if text is None:
        return None
    if text.lower() not in CATEGORIES:
        raise BadFieldError("unknown_category", "category")
    return CATEGORIES[text.lower()]


def _roles(text: str | None) -> frozenset[str]:
    words = [word for word in _BETWEEN.split((text or "").lower()) if word]
    if any(word not in ROLES for word in words):
        raise BadFieldError("unknown_role", "roles")
    return frozenset(role.value for word in words if (role := ROLES[word]) is not None)


def _phone(text: str | None) -> str | None:
    if text is None:
        return None
    digits = re.sub(r"[\s\-()]", "", text)
    if not _PHONE.match(digits):
        raise BadFieldError("bad_phone", "phone")
    return digits
