"""The nine things a notice of a consultation must state (5.4, figure B.1)."""

from dataclasses import dataclass
from typing import Final

from procedure.errors import RuleBroken

NINE_FIELDS: Final = (
    "topic",
    "form",
    "participants",
    "convener",
    "recorder",
    "adviser",
    "supervisor",
    "time",
    "place",
)


@dataclass(frozen=True, slots=True)
class NoticeFields:
    """The nine statements as they will be read; ``convener`` names the chair too when they differ."""

    topic: str
    form: str
    participants: str
    convener: str
    recorder: str
    adviser: str
    supervisor: str
    time: str
    place: str


def check(notice: NoticeFields) -> None:
    """Raises RuleBroken notice_field_missing (5.4) with the first blank ``field`` and all ``missing``."""
    missing = tuple(name for name in NINE_FIELDS if not getattr(notice, name).strip())
    if missing:
        raise RuleBroken("notice_field_missing", "5.4", field=missing[0], missing=missing)
