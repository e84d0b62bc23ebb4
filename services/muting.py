"""The chair mutes one person, with a reason (5.5.2 d); whatever happens, it is undone (our rule, T24)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from procedure import mutes
from procedure.errors import OUR_RULE, RuleBroken
from procedure.floor import REASON_LIMIT
from procedure.mutes import MuteState, Target
from procedure.text import clean_text
from services import boards, powers
from services.act import SYSTEM, Actor, Receipt
from services.messages import to_person
from services.mute_rows import LOOK, TIMER, close, count, lift, open_rows, step
from services.mute_steps import OTHER
from services.sitting import Sitting, load, meeting_action
from services.timer_rows import set_timer
from storage.tables import Restriction, Speech
from storage.work import UnitOfWork


@meeting_action("mute_member")
def mute_member(
    sitting: Sitting, person_id: int, *, speech_id: int, minutes: int | None, reason: str, now: datetime
) -> Receipt:
    """Whoever said this out of turn writes no more for so many minutes; None: until the end.

    Raises no_interruption, what mutes.check_mute raises, empty_text, text_too_long.
    """
    said = sitting.uow.get(Speech, speech_id)
    if said is None or said.meeting_id != sitting.id or said.standing not in ("interruption", "stopped"):
        raise RuleBroken("no_interruption", mutes.CLAUSE)
    account = said.account_id or 0
    mutes.check_mute(
        _target(sitting, account, said.person_id), powers.of(sitting.uow, sitting.meeting.chat_id), minutes
    )
    why = clean_text(reason, limit=REASON_LIMIT, field="reason")
    content_id, digest = sitting.keep(why, person_id)
    row = sitting.uow.add(
        Restriction(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            account_id=account,
            person_id=said.person_id,
            ordered_by=person_id,
            reason_id=content_id,
            minutes=minutes,
            state=MuteState.WANTED.value,
            at=now,
            ends_at=mutes.ends_at(minutes, now),
        )
    )
    set_timer(sitting, TIMER, row.id or 0, row.ends_at)
    count(sitting)
    sitting.note(
        "mute_wanted", now, by=person_id, restriction=row.id, person=said.person_id, minutes=minutes, why=digest
    )
    step(sitting, row, LOOK, now)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("mute_asked")


def _target(sitting: Sitting, account: int, who: int | None) -> Target:
    turn = sitting.turn
    officials = {*boards.officials(sitting), *boards.advisers(sitting), *sitting.holders.values()}
    return Target(
        account=account > 0,
        official=who is not None and who in officials,
        speaking=turn is not None and turn.person_id == who,
        muted=any(row.account_id == account for row in open_rows(sitting.uow, sitting.id)),
    )


@meeting_action("lift_mute")
def lift_mute(sitting: Sitting, person_id: int, *, restriction_id: int, now: datetime) -> Receipt:
    """Chair or supervisor: this one may write again. Raises mute_gone."""
    row = sitting.uow.get(Restriction, restriction_id)
    if row is None or row.meeting_id != sitting.id or row.closed_at is not None:
        raise RuleBroken("mute_gone", OUR_RULE)
    lift(sitting, row, "asked", now, by=person_id)
    return Receipt("mute_lifted")


@meeting_action("lift_mutes")
def lift_mutes(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """Chair or supervisor: everybody may write again."""
    return Receipt("mutes_lifted", {"count": lift_all(sitting, "asked", now, by=person_id)})


def lift_all(sitting: Sitting, why: str, now: datetime, *, by: int | None = None) -> int:
    """Undo every mute of this meeting; how many there were."""
    if not sitting.meeting.muted:
        return 0
    rows = open_rows(sitting.uow, sitting.id)
    for row in rows:
        lift(sitting, row, why, now, by=by)
    return len(rows)


def lift_person(sitting: Sitting, person_id: int, now: datetime) -> bool:
    """Whoever is given the floor can use it; says whether they were muted."""
    rows = open_rows(sitting.uow, sitting.id) if sitting.meeting.muted else ()
    mine = [row for row in rows if row.person_id == person_id]
    for row in mine:
        lift(sitting, row, "turn", now)
    return bool(mine)


def lift_everywhere(uow: UnitOfWork, now: datetime) -> int:
    """At start: no mute outlives the process that it was asked of (T24). How many there were."""
    found = uow.rows("SELECT DISTINCT meeting_id FROM restriction WHERE closed_at IS NULL ORDER BY meeting_id")
    lifted = 0
    for (meeting_id,) in found:
        sitting = load(uow, meeting_id, SYSTEM)
        lifted += lift_all(sitting, "restart", now)
        to_person(
            sitting, "order_told", sitting.meeting.chair_id, now, key=f"restart:{now}", code="restart", label=None
        )
    return lifted


def decided_elsewhere(
    uow: UnitOfWork, actor: Actor, *, chat_id: int, account_id: int, found: dict[str, Any], now: datetime
) -> Receipt:
    """Another administrator changed this member: their newer decision holds, and is never overwritten (T23)."""
    row = uow.one(
        "SELECT r.id, r.meeting_id FROM restriction r JOIN meeting m ON m.id = r.meeting_id"
        " WHERE m.chat_id = :chat AND r.account_id = :account AND r.closed_at IS NULL",
        {"chat": chat_id, "account": account_id},
    )
    if row is None:
        return Receipt("nothing_to_do")
    sitting, mute = load(uow, row[1], SYSTEM), uow.must(Restriction, row[0])
    theirs = mutes.rights_of(found)
    if mute.state == MuteState.ASKED:
        # Our restriction may be on its way this moment: what is given back afterwards is what they have decided.
        if mutes.refusal(theirs) is None and theirs is not None:
            mute.before = asdict(theirs)
        else:
            lift(sitting, mute, OTHER, now)
    elif mute.state != MuteState.WANTED:
        close(sitting, mute, MuteState.LIFTED, OTHER, now)
    return Receipt("noted")
