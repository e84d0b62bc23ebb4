"""What Telegram answers on the way of a mute: looked at, restricted, looked at again, restored (T21-T24)."""

from dataclasses import asdict
from datetime import datetime
from typing import Final

from procedure import mutes
from procedure.mutes import MuteState, Undo
from procedure.terms import Post
from services.act import SYSTEM
from services.delivery import when_delivered, when_sending
from services.messages import to_group, to_person
from services.mute_rows import LOOK, RESTORE, RESTRICT, close, label, lift, rights, step, tell_chair
from services.refused import when_refused
from services.sitting import Sitting, load
from storage import outbox
from storage.tables import Content, Outbox, Restriction, Timer
from storage.work import UnitOfWork

OTHER: Final = "other_admin"
_WANTED_IN: Final = {
    LOOK: (MuteState.WANTED, MuteState.LIFTING),
    RESTRICT: (MuteState.ASKED,),
    RESTORE: (MuteState.LIFTING,),
}
_REASONS: Final = (
    ("administrator", "admin"),
    ("owner", "admin"),
    ("supergroup", "basic"),
    ("not enough rights", "right"),
)


def time_up(sitting: Sitting, timer: Timer, now: datetime) -> None:
    """The minutes are over; Telegram's own end comes a minute later and is not relied on (T21)."""
    row = sitting.uow.must(Restriction, timer.subject_id)
    if row.closed_at is None:
        lift(sitting, row, "time", now)


@when_sending(LOOK)
@when_sending(RESTRICT)
@when_sending(RESTORE)
def _still_wanted(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    found = uow.get(Restriction, row.facts["restriction_id"])
    if found is None or found.closed_at is not None or found.steps != _number(row):
        return False
    return found.state in _WANTED_IN[row.kind] and (row.kind != RESTRICT or now < found.ends_at)


def _number(row: Outbox) -> int:
    return int(row.unique_key.rpartition(":")[2])


def _loaded(uow: UnitOfWork, row: Outbox) -> tuple[Sitting, Restriction] | None:
    """The obligation that this answer belongs to; None once it is over, or while nobody knows the answer."""
    found = uow.must(Restriction, row.facts["restriction_id"])
    if row.state == outbox.UNSURE:
        return None
    sitting = load(uow, found.meeting_id, SYSTEM)
    return None if found.closed_at is not None else (sitting, found)


@when_delivered(LOOK)
def _looked(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    """Nobody is touched whose present rights are not known: they could not be given back (T23)."""
    if (known := _loaded(uow, row)) is None:
        return
    sitting, mute = known
    found = mutes.rights_of(row.facts.get("found"))
    if mute.state == MuteState.LIFTING:
        _undo(sitting, mute, found, now)
    elif mute.state == MuteState.WANTED:
        if (code := mutes.refusal(found)) is not None or found is None:
            _refuse(sitting, mute, code or "unknown", now)
            return
        mute.before = asdict(found)
        mute.until = mutes.until(found, mute.ends_at, now)
        mute.state = MuteState.ASKED.value
        sitting.note("mute_asked", now, restriction=mute.id, before=mute.before, until=mute.until)
        permissions = dict.fromkeys(mutes.PERMISSIONS, False)
        step(sitting, mute, RESTRICT, now, permissions=permissions, until=mute.until)


def _undo(sitting: Sitting, mute: Restriction, found: mutes.Rights | None, now: datetime) -> None:
    before = rights(mute.before)
    match mutes.undo(before, mute.until, found):
        case Undo.RESTORE if before is not None:
            permissions, until = mutes.restored(before, now)
            step(sitting, mute, RESTORE, now, permissions=permissions, until=until)
        case Undo.DONE:
            _lifted(sitting, mute, now)
        case Undo.THEIRS:
            close(sitting, mute, MuteState.LIFTED, OTHER, now)
        case _:
            by_hand(sitting, mute, now)


@when_delivered(RESTRICT)
def _restricted(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    if (known := _loaded(uow, row)) is None:
        return
    sitting, mute = known
    mute.restricted_at = now
    sitting.note("mute_restricted", now, restriction=mute.id, person=mute.person_id)
    if mute.state != MuteState.ASKED:
        return
    mute.state = MuteState.RESTRICTED.value
    why = uow.must(Content, mute.reason_id).text or ""
    facts = {"label": label(sitting, mute), "why": why, "minutes": mute.minutes}
    to_group(sitting, "mute_posted", now, key=mute.id, **facts)
    if mute.person_id is not None:
        to_person(sitting, "mute_told", mute.person_id, now, key=mute.id, **facts)


@when_delivered(RESTORE)
def _restored(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    if (known := _loaded(uow, row)) is not None:
        _lifted(*known, now)


def _lifted(sitting: Sitting, mute: Restriction, now: datetime) -> None:
    close(sitting, mute, MuteState.LIFTED, mute.why or "time", now)
    if mute.restricted_at is not None and mute.person_id is not None:
        to_person(sitting, "mute_over", mute.person_id, now, key=mute.id)


@when_refused(LOOK)
@when_refused(RESTRICT)
@when_refused(RESTORE)
def _refused(uow: UnitOfWork, row: Outbox, reason: str, now: datetime) -> None:
    if (known := _loaded(uow, row)) is None:
        return
    sitting, mute = known
    code = next((code for words, code in _REASONS if words in reason.lower()), "unknown")
    if mute.state != MuteState.LIFTING:
        _refuse(sitting, mute, code, now)
    elif row.kind == RESTORE and code == "admin":
        close(sitting, mute, MuteState.LIFTED, OTHER, now)
    elif row.kind != RESTRICT:
        by_hand(sitting, mute, now)


def _refuse(sitting: Sitting, mute: Restriction, code: str, now: datetime) -> None:
    close(sitting, mute, MuteState.REFUSED, code, now)
    tell_chair(sitting, mute, f"mute-{code}", now)


def by_hand(sitting: Sitting, mute: Restriction, now: datetime) -> None:
    """We cannot undo it: chair and convener are told what to undo by hand (T24). It stays open, and is tried again."""
    mute.state = MuteState.UNKNOWN.value
    sitting.note("mute_unknown", now, restriction=mute.id, person=mute.person_id)
    chair = sitting.meeting.chair_id
    for who in {chair, sitting.holders.get((Post.CONVENER, False), chair)}:
        key = f"{mute.id}:{mute.steps}"
        to_person(sitting, "mute_by_hand", who, now, key=key, label=label(sitting, mute))
