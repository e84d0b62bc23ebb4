"""What the steps of a called vote presuppose: the guards of the table in roles.py (5.5.3)."""

from datetime import datetime

from procedure.errors import OUR_RULE, RuleBroken
from procedure.guards import check_stakeholders
from procedure.items import check_none_pending
from procedure.meeting import MeetingFacts, item_pending, wording_stands_at
from procedure.room import check_confirmed
from procedure.terms import MeetingState, MotionKind, MotionStage
from procedure.votes import check_close, seconds_until


def open_call(facts: MeetingFacts, now: datetime) -> None:
    """5.5.3 b: the first call of the motion; the main vote's only on a wording that stands."""
    motion = facts.motion
    if facts.state is MeetingState.WORDING and not item_pending(motion):
        _check_wording_stands(facts, now)
    elif motion is None or motion.kind is not _kind_voted_on(facts.state):
        raise RuleBroken("nothing_put", "5.5.3 b")
    elif motion.stage is MotionStage.CALLING:
        raise RuleBroken("call_running", "5.5.3 b", calling=motion.calling)
    elif motion.stage is MotionStage.CORRECTING:
        raise RuleBroken("correction_running", OUR_RULE)
    elif motion.stage is MotionStage.DECIDED:
        raise RuleBroken("vote_decided", "5.5.3 b")
    check_stakeholders(facts)


def _kind_voted_on(state: MeetingState) -> MotionKind:
    kinds = {MeetingState.RULES_VOTE: MotionKind.RULES, MeetingState.WORDING: MotionKind.ITEM}
    return kinds.get(state, MotionKind.MAIN)


def _check_wording_stands(facts: MeetingFacts, now: datetime) -> None:
    if facts.wording_posted_at is None:
        raise RuleBroken("wording_not_posted", "5.7.2 a")
    if facts.corrections_open > 0:
        raise RuleBroken("corrections_open", OUR_RULE, count=facts.corrections_open)
    remaining = seconds_until(wording_stands_at(facts.wording_posted_at), now)
    if remaining > 0:
        raise RuleBroken("correction_time_running", OUR_RULE, remaining=remaining)


def close_call(facts: MeetingFacts, now: datetime) -> None:
    """A call runs at least 60 s, and until every hand entered for the room is confirmed or gone (our rules)."""
    motion = facts.motion
    if motion is None or motion.stage is not MotionStage.CALLING or motion.call_opened_at is None:
        raise RuleBroken("no_call_running", "5.5.3 b")
    check_close(motion.call_opened_at, now)
    check_confirmed(facts)


def cast_vote(facts: MeetingFacts, now: datetime) -> None:
    """5.5.3 b: hands count in a call and in correction time."""
    if facts.motion is None or facts.motion.stage not in (MotionStage.CALLING, MotionStage.CORRECTING):
        raise RuleBroken("vote_not_open", "5.5.3 b")


def nudge_voters(facts: MeetingFacts, now: datetime) -> None:
    """Once in a call: more would be pressing people (our rule)."""
    cast_vote(facts, now)
    if facts.motion is not None and facts.motion.nudged:
        raise RuleBroken("already_nudged", OUR_RULE)


def end_correction(facts: MeetingFacts, now: datetime) -> None:
    """Correction time runs its full 60 s; hands entered for the room in it are not left hanging (our rules)."""
    motion = facts.motion
    if motion is None or motion.stage is not MotionStage.CORRECTING or motion.correction_until is None:
        raise RuleBroken("no_correction_running", OUR_RULE)
    remaining = seconds_until(motion.correction_until, now)
    if remaining > 0:
        raise RuleBroken("correction_running", OUR_RULE, remaining=remaining)
    check_confirmed(facts)


def text_free(facts: MeetingFacts, now: datetime) -> None:
    """A guard of the steps that change the wording."""
    check_none_pending(facts)


def put_item(facts: MeetingFacts, now: datetime) -> None:
    """A posted wording, one item at a time, and somebody here who votes."""
    check_none_pending(facts)
    if facts.wording_posted_at is None:
        raise RuleBroken("wording_not_posted", "5.7.2 a")
    check_stakeholders(facts)
