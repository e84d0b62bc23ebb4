"""A matter of annex D in the meeting (5.7.1): raised, agreed by chair and adviser or judged by the joint meeting."""

from datetime import datetime
from typing import Any

from procedure.annex import DECIDING, REASON_LIMIT
from procedure.catalogue import ANNEX, check_annex
from procedure.clocks import DeadlineKind
from procedure.errors import OUR_RULE, RuleBroken
from procedure.roles import permit
from procedure.terms import MeetingState, Post, Standing
from procedure.text import clean_text
from services import boards, clocks, recording, suspension
from services.act import Actor, Receipt
from services.annex_facts import DISMISSED, DIVERTED
from services.board_facts import iso
from services.case import Case, topic_action
from services.messages import to_group, to_person
from services.result import LIVE_TIMERS
from services.sitting import Sitting, meeting_action, peek
from services.timer_rows import cancel
from storage.tables import Meeting
from storage.work import UnitOfWork


def allowed(uow: UnitOfWork, *, actor: Actor, meeting_id: int, action: str, now: datetime) -> None:
    """Raises RuleBroken when this person may not take this step now: no form opens for nothing."""
    meeting = uow.get(Meeting, meeting_id)
    if meeting is None:
        raise RuleBroken("no_such_meeting", OUR_RULE)
    sitting = peek(uow, meeting, actor)
    who = sitting.person_id()
    permit(action, sitting.standings(who), sitting.facts(), now)
    if action == "raise_annex":
        _check_here(sitting, who)


def open_items(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> tuple[str, ...]:
    """Annex D without what this meeting need not hear of again."""
    dismissed = uow.must(Meeting, meeting_id).annex.get("dismissed", ())
    return tuple(code for code in ANNEX if code not in dismissed)


def _check_here(sitting: Sitting, person_id: int | None) -> None:
    if person_id not in sitting.present:
        raise RuleBroken("not_checked_in", "5.6.1 a")


@meeting_action("raise_annex")
def raise_annex(sitting: Sitting, person_id: int, *, item: str, reason: str, now: datetime) -> Receipt:
    """Anyone attending: the meeting stands still at once. Raises not_checked_in, unknown_annex, annex_dismissed."""
    _check_here(sitting, person_id)
    check_annex(item)
    words = clean_text(reason, limit=REASON_LIMIT, field="reason")
    before = sitting.meeting.annex
    if item in before.get("dismissed", ()):
        raise RuleBroken("annex_dismissed", OUR_RULE)
    left = sitting.state
    suspension.hold(sitting, now)
    sitting.move("raise_annex")
    sitting.meeting.annex = {
        "item": item,
        "reason": words,
        "by": person_id,
        "raised_at": iso(now),
        "left": left.value,
        "agreed": {},
        "refused": None,
        "referred": None,
        "outcome": None,
        "why": None,
        "over": False,
        "dismissed": list(before.get("dismissed", ())),
    }
    _, digest = sitting.keep(words, person_id)
    sitting.note("annex_raised", now, by=person_id, item=item, why=digest, state_left=left.value)
    to_group(sitting, "annex_raised", now, key=iso(now), item=item, reason=words)
    for adviser in boards.advisers(sitting):
        boards.add_console(sitting, adviser)
    boards.renew(sitting, now, consoles=True)
    return Receipt("annex_raised")


@meeting_action("agree_annex")
def agree_annex(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """Chair or adviser: it is one. Both of them divert it; while no adviser is here, the joint meeting has to say."""
    role = _role(sitting, person_id)
    annex = sitting.meeting.annex
    if role in annex["agreed"]:
        raise RuleBroken("annex_said", OUR_RULE)
    _store(sitting, agreed=annex["agreed"] | {role.value: person_id})
    sitting.note("annex_agreed", now, by=person_id, role=role.value, item=annex["item"])
    if len(sitting.meeting.annex["agreed"]) == len(DECIDING):
        sitting.move("agree_annex")
        divert(sitting, person_id, now)
        return Receipt("annex_diverted")
    if role is Standing.CHAIR and not sitting.post_present(Post.ADVISER):
        return _refer(sitting, now)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("annex_agreed")


@meeting_action("refuse_annex")
def refuse_annex(sitting: Sitting, person_id: int, *, reason: str, now: datetime) -> Receipt:
    """Chair or adviser: it is none, for this reason. Then it is for the joint meeting to say."""
    role = _role(sitting, person_id)
    words = clean_text(reason, limit=REASON_LIMIT, field="reason")
    _store(sitting, refused={"by": person_id, "role": role.value, "why": words})
    _, digest = sitting.keep(words, person_id)
    sitting.note("annex_refused", now, by=person_id, role=role.value, item=sitting.meeting.annex["item"], why=digest)
    return _refer(sitting, now)


@meeting_action("resume_meeting")
def resume_meeting(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """The meeting goes on where it stood, with hands, turn and call, and the time given back."""
    sitting.move("resume_meeting")
    _store(sitting, over=True)
    if sitting.state is not MeetingState.CHECK_IN:
        suspension.give_back(sitting, now)
    sitting.note("annex_over", now, by=person_id, state=sitting.meeting.state)
    to_group(sitting, "sitting_resumed", now, key=sitting.meeting.annex["raised_at"], state=sitting.meeting.state)
    boards.renew(sitting, now, consoles=True)
    return Receipt("sitting_resumed")


@topic_action("decide_annex")
def decide_annex(case: Case, person_id: int, *, outcome: str, reason: str, now: datetime) -> Receipt:
    """The joint meeting of both committees: divert, or go on. Raises no_such_choice, empty_text, text_too_long."""
    if outcome not in (DIVERTED, DISMISSED):
        raise RuleBroken("no_such_choice", OUR_RULE)
    words = clean_text(reason, limit=REASON_LIMIT, field="reason")
    meeting = case.meeting
    assert meeting is not None
    sitting = Sitting(case.uow, meeting, case.actor)
    _, digest = case.keep(words, person_id)
    _store(sitting, why=words)
    sitting.note("annex_judged", now, by=person_id, outcome=outcome, why=digest)
    if outcome == DIVERTED:
        meeting.state = MeetingState.DIVERTED.value
        divert(sitting, person_id, now)
        return Receipt("annex_diverted")
    _dismiss(sitting, now)
    return Receipt("annex_goes_on")


def refer_when_leaving(sitting: Sitting, now: datetime) -> None:
    """The suspended sitting is adjourned: what chair and adviser have not agreed on goes to the joint meeting."""
    annex = sitting.meeting.annex
    if annex["outcome"] == DISMISSED:
        _store(sitting, over=True)
    elif annex["referred"] is None:
        _refer(sitting, now)


def divert(sitting: Sitting, person_id: int, now: datetime) -> None:
    """The meeting is over without a verdict; record, signing and telling follow as after any end (5.7.1, 5.8)."""
    meeting = sitting.meeting
    _store(sitting, outcome=DIVERTED, over=True)
    clocks.finish(_case(sitting), DeadlineKind.ANNEX_D, now, subject="meeting", subject_id=sitting.id)
    turn = sitting.turn
    if turn is not None:
        turn.ended_at, turn.end_reason = now, DIVERTED
    meeting.live, meeting.verdict, meeting.announced_at = False, None, now
    meeting.opened_at = meeting.opened_at or datetime.fromisoformat(meeting.annex["raised_at"])
    sitting.topic.annex = meeting.annex["item"]
    sitting.chair_heard()
    cancel(sitting, now, *LIVE_TIMERS, *suspension.HELD_TIMERS, "open_check_in")
    sitting.note("annex_diverted", now, by=person_id, item=meeting.annex["item"])
    told_by = recording.meeting_ended(sitting, now, diverted=True)
    to_group(
        sitting,
        "annex_diverted",
        now,
        item=meeting.annex["item"],
        why=meeting.annex["why"],
        told_by=told_by.isoformat(),
    )
    boards.renew(sitting, now, consoles=True)


def _dismiss(sitting: Sitting, now: datetime) -> None:
    """It is none: a suspended sitting waits for its chair, an adjourned one for its day."""
    meeting = sitting.meeting
    annex = meeting.annex
    suspended = sitting.state is MeetingState.SUSPENDED
    _store(sitting, outcome=DISMISSED, over=not suspended, dismissed=[*annex["dismissed"], annex["item"]])
    clocks.finish(_case(sitting), DeadlineKind.ANNEX_D, now, subject="meeting", subject_id=sitting.id)
    next_at = iso(meeting.scheduled_at) if sitting.state is MeetingState.ADJOURNED else None
    facts = {"item": annex["item"], "why": annex["why"], "next_at": next_at}
    to_group(sitting, "annex_dismissed", now, key=annex["raised_at"], **facts)
    boards.renew(sitting, now, consoles=True)


def _refer(sitting: Sitting, now: datetime) -> Receipt:
    case = _case(sitting)
    deadline = clocks.start(case, DeadlineKind.ANNEX_D, now, subject="meeting", subject_id=sitting.id)
    until = iso(deadline.ends_at)
    _store(sitting, referred=until)
    annex = sitting.meeting.annex
    sitting.note("annex_referred", now, item=annex["item"], until=until)
    facts = {"item": annex["item"], "reason": annex["reason"], "refused": annex["refused"], "till": until}
    to_group(sitting, "annex_referred", now, key=annex["raised_at"], **facts)
    for member in clocks.acting(case, DeadlineKind.ANNEX_D):
        to_person(sitting, "annex_to_judge", member, now, key=annex["raised_at"], topic_id=sitting.topic.id, **facts)
    boards.renew(sitting, now, consoles=True)
    return Receipt("annex_referred", {"till": until, "tz": sitting.tz.key})


def _role(sitting: Sitting, person_id: int) -> Standing:
    """As which of the two this person speaks; nobody speaks as both."""
    return next(role for role in DECIDING if role in sitting.standings(person_id))


def _store(sitting: Sitting, **changed: Any) -> None:
    sitting.meeting.annex = sitting.meeting.annex | changed
    sitting.uow.flush()


def _case(sitting: Sitting) -> Case:
    return Case(sitting.uow, sitting.topic, sitting.actor)
