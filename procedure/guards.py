"""What each action of a meeting presupposes beyond role and state: the guards of the table in roles.py.

Every guard takes the facts and the present instant and raises RuleBroken; the code tells the reason, the clause where
it comes from.
"""

from datetime import datetime, timedelta

from procedure import points
from procedure.annex import check_settled
from procedure.errors import OUR_RULE, RuleBroken
from procedure.items import check_none_pending
from procedure.meeting import CHECK_IN_BY_HAND_MINUTES, MeetingFacts, wording_stands_at
from procedure.queue import discussion_may_end
from procedure.terms import MeetingState, MotionStage, TurnKind, Verdict
from procedure.turns import LAST_CALL_SECONDS
from procedure.votes import seconds_until


def open_check_in(facts: MeetingFacts, now: datetime) -> None:
    """Not earlier than 60 minutes before the sitting (our rule)."""
    _check_reached(facts.scheduled_at - timedelta(minutes=CHECK_IN_BY_HAND_MINUTES), now)


def ask_chair(facts: MeetingFacts, now: datetime) -> None:
    """A chair who is there is asked once; an empty chair needs no question."""
    if not facts.chair_present:
        raise RuleBroken("chair_is_absent", OUR_RULE)
    if facts.chair_asked_until is not None:
        raise RuleBroken("chair_already_asked", OUR_RULE)


def chair_here(facts: MeetingFacts, now: datetime) -> None:
    """Somebody asked for the chair."""
    if facts.chair_asked_until is None:
        raise RuleBroken("chair_not_asked", OUR_RULE)


def open_meeting(facts: MeetingFacts, now: datetime) -> None:
    """5.4: a lawful notice; 5.6.1: time come, posts filled, somebody concerned in the room."""
    check_settled(facts)
    if facts.state_left is not None:
        raise RuleBroken("sitting_to_resume", OUR_RULE, state_left=facts.state_left)
    if not facts.notice_lawful:
        raise RuleBroken("notice_missing", "5.4")
    _check_sitting(facts, now)


def resume_sitting(facts: MeetingFacts, now: datetime) -> None:
    """The same presence as at the opening."""
    check_settled(facts)
    if facts.state_left is None:
        raise RuleBroken("nothing_to_resume", OUR_RULE)
    _check_sitting(facts, now)


def _check_sitting(facts: MeetingFacts, now: datetime) -> None:
    _check_reached(facts.scheduled_at, now)
    present = {
        "chair": facts.chair_present,
        "recorder": facts.recorder_present,
        "supervisor": facts.supervisor_present,
    }
    absent = tuple(post for post, here in present.items() if not here)
    if absent:
        raise RuleBroken("post_absent", "5.6.1", absent=absent)
    check_stakeholders(facts)


def check_stakeholders(facts: MeetingFacts) -> None:
    """Raises RuleBroken no_stakeholder while nobody who votes is here (5.5.3 c)."""
    if facts.stakeholders_present < 1:
        raise RuleBroken("no_stakeholder", "5.5.3 c")


def _check_reached(instant: datetime, now: datetime) -> None:
    remaining = seconds_until(instant, now)
    if remaining > 0:
        raise RuleBroken("too_early", OUR_RULE, opens_at=instant, remaining=remaining)


def change_rules(facts: MeetingFacts, now: datetime) -> None:
    """5.6.1 b: what is being voted on, or adopted, stays as it is."""
    _check_rules_pending(facts)
    motion = facts.motion
    if motion is not None and motion.stage not in (MotionStage.PUT, MotionStage.DECIDED):
        raise RuleBroken("vote_running", "5.6.1 b", stage=motion.stage)


def put_rules(facts: MeetingFacts, now: datetime) -> None:
    """5.6.1 b: put again after a vote that did not adopt them."""
    _check_rules_pending(facts)
    if facts.motion is not None and facts.motion.stage is not MotionStage.DECIDED:
        raise RuleBroken("already_put", "5.6.1 b", stage=facts.motion.stage)


def _check_rules_pending(facts: MeetingFacts) -> None:
    if facts.rules_adopted:
        raise RuleBroken("rules_already_adopted", "5.6.1 c")


def declare_open(facts: MeetingFacts, now: datetime) -> None:
    """5.6.1 c: open only once the rules are adopted."""
    if not facts.rules_adopted:
        raise RuleBroken("rules_not_adopted", "5.6.1 c")


def floor_free(facts: MeetingFacts, now: datetime) -> None:
    """5.5.2 d: nobody speaks into another's turn."""
    if facts.turn is not None:
        raise RuleBroken("turn_running", "5.5.2 d", person_id=facts.turn.person_id)


def explanation_on(facts: MeetingFacts, now: datetime) -> None:
    """5.6.1 d: there is an explanation to finish."""
    if facts.turn is None or facts.turn.kind is not TurnKind.EXPLANATION:
        raise RuleBroken("no_turn", "5.6.1 d")


def explained(facts: MeetingFacts, now: datetime) -> None:
    """5.6.1 d before e: first the explanation, then the speeches."""
    if not facts.explained:
        raise RuleBroken("not_explained", "5.6.1 d")


def speech_on(facts: MeetingFacts, now: datetime) -> None:
    """5.5.2 b: there is a speech, or an answer, to end."""
    if facts.turn is None or facts.turn.kind is TurnKind.EXPLANATION:
        raise RuleBroken("no_turn", "5.5.2 b")


def turn_on(facts: MeetingFacts, now: datetime) -> None:
    """5.5.2 f: there is a turn to lengthen."""
    if facts.turn is None:
        raise RuleBroken("no_turn", "5.5.2 f")


def grant(facts: MeetingFacts, now: datetime) -> None:
    """5.5.2 b: a hand is up and the floor is free; a point of order goes before every hand (our rule)."""
    floor_free(facts, now)
    points.check_answered(facts)
    if facts.waiting < 1:
        raise RuleBroken("no_hand_waiting", "5.5.2 b")


def grant_by_standing(facts: MeetingFacts, now: datetime) -> None:
    """5.5.2 b: the chair's consent was given beforehand, and not taken back."""
    points.end_standing(facts, now)
    grant(facts, now)


def grant_past_next(facts: MeetingFacts, now: datetime) -> None:
    """Taking another person than the next, or skipping the next, needs somebody else who waits."""
    grant(facts, now)
    if facts.waiting == 1:
        raise RuleBroken("no_other_hand", "5.5.2 b")


def last_call(facts: MeetingFacts, now: datetime) -> None:
    """5.5.3 a: asked when no hand is up, once at a time, and only if somebody still has a turn."""
    floor_free(facts, now)
    points.check_answered(facts)
    if facts.waiting > 0:
        raise RuleBroken("hands_waiting", "5.5.3 a", waiting=facts.waiting)
    if facts.all_turns_used:
        raise RuleBroken("all_turns_used", "5.5.3 a")
    if _list_closed(facts, now):
        raise RuleBroken("list_is_over", "5.5.3 a")
    if facts.last_call_until is not None and now < facts.last_call_until:
        raise RuleBroken("last_call_running", OUR_RULE, seconds=seconds_until(facts.last_call_until, now))


def close_list(facts: MeetingFacts, now: datetime) -> None:
    """5.5.3 a: it closes 60 s from now, which must be earlier than it closes anyway (our rule)."""
    closes_at = facts.list_closes_at
    if closes_at is not None and closes_at <= now + timedelta(seconds=LAST_CALL_SECONDS):
        raise RuleBroken("list_closes_soon", "5.5.3 a")


def open_wording(facts: MeetingFacts, now: datetime) -> None:
    """5.5.3 a: never over waiting hands; a list that the rules have closed needs no last call."""
    points.check_answered(facts)
    discussion_may_end(
        facts.waiting,
        facts.last_call_until,
        now,
        nobody_may_ask=facts.all_turns_used or _list_closed(facts, now),
        speaking=facts.turn is not None,
    )


def _list_closed(facts: MeetingFacts, now: datetime) -> bool:
    return facts.list_closes_at is not None and now >= facts.list_closes_at


def ask_correction(facts: MeetingFacts, now: datetime) -> None:
    """5 minutes from the posting of the wording (our rule)."""
    if facts.wording_posted_at is None:
        raise RuleBroken("wording_not_posted", "5.7.2 a")
    if now >= wording_stands_at(facts.wording_posted_at):
        raise RuleBroken("correction_time_over", OUR_RULE)


def decide_correction(facts: MeetingFacts, now: datetime) -> None:
    """Somebody asked for a correction, and no item is being voted on."""
    check_none_pending(facts)
    if facts.corrections_open < 1:
        raise RuleBroken("no_correction_asked", OUR_RULE)


def announce(facts: MeetingFacts, now: datetime) -> None:
    """5.6.1 h: the vote is decided and yielded a verdict."""
    _check_decided(facts)
    if facts.verdict is Verdict.NONE:
        raise RuleBroken("no_verdict", "5.7.2")


def put_again(facts: MeetingFacts, now: datetime) -> None:
    """Only a vote in which nobody voted is held again (our rule)."""
    _check_decided(facts)
    if facts.verdict is not Verdict.NONE:
        raise RuleBroken("verdict_stands", "5.7.2", verdict=facts.verdict)


def _check_decided(facts: MeetingFacts) -> None:
    if facts.motion is None or facts.motion.stage is not MotionStage.DECIDED or facts.verdict is None:
        raise RuleBroken("vote_not_decided", "5.6.1 h")


def adjourn(facts: MeetingFacts, now: datetime) -> None:
    """Nobody is cut short, no call is left hanging, and a verdict is announced, not carried away (our rule).

    What a matter of annex D has stopped stays stopped, with its time kept (5.7.1).
    """
    if facts.state in (MeetingState.SUSPENDED, MeetingState.CHECK_IN):
        return
    floor_free(facts, now)
    stage = facts.motion.stage if facts.motion is not None else None
    if stage in (MotionStage.CALLING, MotionStage.CORRECTING):
        raise RuleBroken("call_running", OUR_RULE, stage=stage)
    if facts.state is MeetingState.MAIN_VOTE and facts.verdict not in (None, Verdict.NONE):
        raise RuleBroken("result_to_announce", "5.6.1 h")
