"""One person muted by the chair (5.5.2 d): for some minutes or until the end, and always undone (our rule).

Telegram knows no mute, only restrictions: sixteen permissions and an end. What a member had before is kept, and given
back exactly; what another administrator has changed meanwhile is theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.floor import SUPERGROUP, GroupPowers
from procedure.meeting import MeetingFacts

CLAUSE: Final = "5.5.2 d"
MINUTES: Final = (5, 15, 30)
LONGEST: Final = timedelta(hours=12)
"""A mute "until the end" ends by itself at the latest then."""
LEAST: Final = timedelta(seconds=35)
"""Telegram takes an end less than 30 s ahead for "for ever"."""
MARGIN: Final = timedelta(seconds=60)
"""So much later than our own lifting Telegram ends the restriction, should we not be there to lift it."""
PERMISSIONS: Final = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
"""Every field: what is left out counts as forbidden."""
_SENDING: Final = PERMISSIONS[:10]
RESTRICTED: Final = "restricted"
_ADMINISTRATORS: Final = frozenset({"administrator", "creator"})
_FREE: Final = frozenset({"member", "left"})


class MuteState(StrEnum):
    """From the chair's word to the member's old rights; unknown: only a person in the group can tell."""

    WANTED = "wanted"
    ASKED = "asked"
    RESTRICTED = "restricted"
    LIFTING = "lifting"
    LIFTED = "lifted"
    UNKNOWN = "unknown"
    REFUSED = "refused"


class Undo(StrEnum):
    """What lifting finds: our restriction to take back, nothing left to do, or another administrator's decision."""

    RESTORE = "restore"
    DONE = "done"
    THEIRS = "theirs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rights:
    """A member as Telegram describes it; ``until`` in seconds of the epoch, 0 for ever. Of others than restricted
    members the permissions are empty.
    """

    status: str
    until: int
    permissions: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Target:
    """Whom the chair would mute: an official of this meeting, who has the floor, who is muted already."""

    account: bool
    official: bool
    speaking: bool
    muted: bool


def check_mute(target: Target, powers: GroupPowers, minutes: int | None) -> None:
    """Raises mute_basic_group, mute_no_right, mute_no_account, mute_official, mute_speaker, already_muted, bad_mute."""
    if powers.kind != SUPERGROUP:
        raise RuleBroken("mute_basic_group", CLAUSE)
    if powers.may_mute is False:
        raise RuleBroken("mute_no_right", CLAUSE)
    if not target.account:
        raise RuleBroken("mute_no_account", CLAUSE)
    if target.official:
        raise RuleBroken("mute_official", CLAUSE)
    if target.speaking:
        raise RuleBroken("mute_speaker", CLAUSE)
    if target.muted:
        raise RuleBroken("already_muted", CLAUSE)
    if minutes is not None and minutes not in MINUTES:
        raise RuleBroken("bad_mute", CLAUSE)


def ends_at(minutes: int | None, now: datetime) -> datetime:
    """When the mute is lifted at the latest."""
    return now + (LONGEST if minutes is None else timedelta(minutes=minutes))


def rights_of(found: Mapping[str, Any] | None) -> Rights | None:
    """Telegram's ChatMember as a snapshot; None when a field that would have to be given back is missing."""
    if found is None or "status" not in found:
        return None
    status = str(found["status"])
    if status != RESTRICTED:
        return Rights(status, 0, {})
    if not all(isinstance(found.get(name), bool) for name in PERMISSIONS) or not isinstance(found.get("until"), int):
        return None
    return Rights(status, found["until"], {name: found[name] for name in PERMISSIONS})


def refusal(before: Rights | None) -> str | None:
    """Why this member is not touched: nobody knows what to give back, an administrator, not there, silent already."""
    if before is None:
        return "unknown"
    if before.status in _ADMINISTRATORS:
        return "admin"
    if before.status == RESTRICTED:
        return None if before.permissions["can_send_messages"] else "silent"
    return None if before.status == "member" else "gone"


def until(before: Rights, ends: datetime, now: datetime) -> int:
    """When Telegram ends the restriction by itself, lifting with it every earlier one: never before that one's own end.

    Seconds of the epoch; 0 for ever, where the earlier restriction has no end.
    """
    if before.status == RESTRICTED and before.until == 0:
        return 0
    at = max(ends + MARGIN, now + LEAST)
    return max(int(at.timestamp()), before.until)


def undo(before: Rights | None, asked_until: int, found: Rights | None) -> Undo:
    """What to do with a member who is to be as before, going by what they are now."""
    if before is None or found is None:
        return Undo.UNKNOWN
    silent = found.status == RESTRICTED and not any(found.permissions[name] for name in _SENDING)
    if silent and abs(found.until - asked_until) <= 1:
        return Undo.RESTORE
    same = found == before or (found.status in _FREE and before.status in _FREE)
    return Undo.DONE if same or (found.status in _FREE and before.until) else Undo.THEIRS


def restored(before: Rights, now: datetime) -> tuple[dict[str, bool], int]:
    """Every permission as it was, and the end of what was forbidden before (0: none, or nothing is forbidden)."""
    everything = dict.fromkeys(PERMISSIONS, True)
    if before.status != RESTRICTED:
        return everything, 0
    if before.until and before.until <= now.timestamp():
        return everything, 0
    least = int((now + LEAST).timestamp())
    return before.permissions, max(before.until, least) if before.until else 0


def somebody_muted(facts: MeetingFacts, now: datetime) -> None:
    """There is a mute to lift."""
    if facts.muted < 1:
        raise RuleBroken("nobody_muted", OUR_RULE)
