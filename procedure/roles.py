"""Who may do what, when: the one table of a meeting's actions (5.2.3, 5.5, 5.6).

Every button, typed word, job and forged callback goes through ``permit``; consoles show what ``offered`` returns.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from procedure import annex, ballots, chair, experts, floor, guards, mutes, points, room, supervision
from procedure.errors import OUR_RULE, RuleBroken
from procedure.meeting import MeetingFacts
from procedure.terms import LIVE, MeetingState, Standing

Guard = Callable[[MeetingFacts, datetime], None]


@dataclass(frozen=True, slots=True)
class Action:
    """One row: who may act in which states, what must hold besides, and whether the act must carry a reason.

    ``console`` marks the steps a post-holder's console offers; the others have their buttons in the group.
    """

    name: str
    clause: str
    who: frozenset[Standing]
    states: frozenset[MeetingState]
    guard: Guard | None = None
    needs_reason: bool = False
    console: bool = True


_S = Standing
_M = MeetingState

_CHAIR = frozenset({_S.CHAIR})
_ATTENDING = frozenset(
    {
        _S.CONVENER,
        _S.CHAIR,
        _S.DEPUTY_CHAIR,
        _S.RECORDER,
        _S.ADVISER,
        _S.SUPERVISOR,
        _S.PROPOSER,
        _S.STAKEHOLDER,
        _S.EXPERT,
        _S.UNIT,
        _S.SELF_JOINED,
        _S.OBSERVER,
    }
)
_SUPERVISOR = frozenset({_S.SUPERVISOR})
_LOOKING = frozenset({_S.CHAIR, _S.RECORDER, _S.SUPERVISOR})
_RECORDER = frozenset({_S.RECORDER})
_SECOND_OFFICIAL = frozenset({_S.SECOND_OFFICIAL})
_SPEAKING = frozenset({_S.STAKEHOLDER, _S.SELF_JOINED})
_VOTING = frozenset({_S.STAKEHOLDER})
_ANSWERING = frozenset({_S.EXPERT, _S.UNIT, _S.OBSERVER})


def _at(*states: MeetingState) -> frozenset[MeetingState]:
    return frozenset(states)


_CALLED_IN = _at(_M.RULES_VOTE, _M.WORDING, _M.MAIN_VOTE)
_TALKING = _at(_M.DISCUSSION, _M.EXPERT_ANSWERS)
_HANDS_IN = _TALKING | {_M.EXPLAINED}
_SPOKEN_IN = _TALKING | {_M.OPEN}
_WRITTEN_IN = _TALKING | {_M.WORDING, _M.MAIN_VOTE, _M.SUSPENDED, _M.ADJOURNED, _M.ANNOUNCED, _M.DIVERTED}
_ORDERED = LIVE - {_M.CHECK_IN, _M.SUSPENDED}
_MUTED = LIVE | {_M.ADJOURNED, _M.ANNOUNCED, _M.DIVERTED}
_SUMMED = _ORDERED | {_M.SUSPENDED, _M.ADJOURNED, _M.ANNOUNCED, _M.DIVERTED}

_ROWS: Final = (
    Action(
        "open_check_in",
        "5.6.1 a",
        frozenset({_S.SYSTEM, _S.CHAIR, _S.RECORDER}),
        _at(_M.SCHEDULED, _M.ADJOURNED),
        guards.open_check_in,
    ),
    Action("check_in", "5.6.1 a", _ATTENDING, LIVE - {_M.MAIN_VOTE}, annex.check_in, console=False),
    Action("room_check_in", "5.6.1 a", _RECORDER, LIVE - {_M.MAIN_VOTE}, room.room_check_in),
    Action("ask_chair", OUR_RULE, frozenset({_S.DEPUTY_CHAIR}), LIVE, guards.ask_chair),
    Action("chair_here", OUR_RULE, _CHAIR, LIVE, guards.chair_here),
    Action("take_chair", "5.3.1 d", frozenset({_S.DEPUTY_CHAIR}), LIVE, chair.take_chair),
    Action("hand_over_chair", "5.5.2 b", _CHAIR, LIVE, chair.hand_over_chair),
    Action("take_chair_back", "5.3.1 d", frozenset({_S.DEPUTY_CHAIR}), LIVE, chair.take_chair_back),
    Action("open_meeting", "5.6.1 b", _CHAIR, _at(_M.CHECK_IN), guards.open_meeting),
    Action("resume_sitting", OUR_RULE, _CHAIR, _at(_M.CHECK_IN), guards.resume_sitting),
    Action("put_rules", "5.6.1 b", _CHAIR, _at(_M.RULES_VOTE), guards.put_rules),
    Action("declare_open", "5.6.1 c", _CHAIR, _at(_M.RULES_VOTE), guards.declare_open),
    Action("start_explanation", "5.6.1 d", _CHAIR, _at(_M.OPEN), chair.start_explanation),
    Action(
        "finish_explanation",
        "5.6.1 d",
        frozenset({_S.SYSTEM, _S.SPEAKER, _S.PROPOSER, _S.CHAIR}),
        _at(_M.OPEN),
        guards.explanation_on,
    ),
    Action("open_discussion", "5.6.1 e", _CHAIR, _at(_M.EXPLAINED), guards.explained),
    Action("raise_hand", "5.5.2 b", _SPEAKING, _HANDS_IN, console=False),
    Action("lower_hand", "5.5.2 b", _SPEAKING, _HANDS_IN, console=False),
    Action("raise_room_hand", "5.5.2 b", _RECORDER, _HANDS_IN, room.somebody_seated),
    Action("lower_room_hand", "5.5.2 b", _RECORDER, _HANDS_IN, room.somebody_seated),
    Action("write_room_speech", "5.6.1 i", _RECORDER, room.SPEECH_WRITTEN_IN, room.somebody_seated),
    Action("end_room_turn", "5.5.2 f", _RECORDER, _TALKING, room.speaking),
    Action("grant", "5.5.2 b", _CHAIR, _at(_M.DISCUSSION), guards.grant),
    Action("grant_other", "5.5.2 b", _CHAIR, _at(_M.DISCUSSION), guards.grant_past_next, needs_reason=True),
    Action("skip", "5.5.2 b", _CHAIR, _at(_M.DISCUSSION), guards.grant_past_next, needs_reason=True),
    Action(
        "grant_by_standing",
        "5.5.2 b",
        frozenset({_S.SYSTEM}),
        _at(_M.DISCUSSION),
        guards.grant_by_standing,
        console=False,
    ),
    Action("undo_grant", "5.5.2 b", _CHAIR, _at(_M.DISCUSSION), guards.speech_on, needs_reason=True),
    Action("pass_on", OUR_RULE, _CHAIR, _TALKING, guards.speech_on),
    Action("allow_standing", "5.5.2 b", _CHAIR, _TALKING, points.allow_standing),
    Action("end_standing", "5.5.2 b", _CHAIR, _TALKING, points.end_standing),
    Action("raise_point", OUR_RULE, _ATTENDING, _ORDERED, console=False),
    Action("decide_point", OUR_RULE, _CHAIR, _ORDERED, points.decide),
    Action("accept_words", OUR_RULE, _CHAIR, _SPOKEN_IN, needs_reason=True),
    Action("ask_reading", OUR_RULE, _SPEAKING | {_S.SPEAKER}, _SPOKEN_IN, console=False),
    Action("write_opinion", "5.5.3 a", _SPEAKING, _TALKING | {_M.WORDING}, console=False),
    Action("read_out", OUR_RULE, frozenset({_S.RECORDER}), _SPOKEN_IN, guards.turn_on),
    Action("sum_voice", "5.6.3", frozenset({_S.RECORDER}), _SUMMED),
    Action("correct_line", "5.6.1 i", frozenset({_S.RECORDER}), _SUMMED, console=False),
    Action("yield_turn", "5.5.2 f", frozenset({_S.SPEAKER}), _TALKING, guards.speech_on, console=False),
    Action(
        "still_speaking",
        OUR_RULE,
        frozenset({_S.SPEAKER}),
        _SPOKEN_IN,
        guards.turn_on,
        console=False,
    ),
    Action("extend_turn", "5.5.2 f", _CHAIR, _SPOKEN_IN, guards.turn_on, needs_reason=True),
    Action(
        "end_turn",
        "5.5.2 f",
        frozenset({_S.SYSTEM, _S.CHAIR}),
        _TALKING,
        guards.speech_on,
        needs_reason=True,
    ),
    Action("ask_expert", experts.CLAUSE, _VOTING, _HANDS_IN, experts.ask, console=False),
    Action("enter_question", experts.CLAUSE, _RECORDER, _HANDS_IN, experts.ask),
    Action("merge_questions", OUR_RULE, _RECORDER, _HANDS_IN, experts.merge),
    Action("assign_question", experts.CLAUSE, _RECORDER | _CHAIR, _HANDS_IN, experts.waiting),
    Action("call_expert", experts.CLAUSE, _CHAIR, _at(_M.DISCUSSION), experts.call_expert),
    Action("settle_questions", experts.CLAUSE, _CHAIR, _at(_M.DISCUSSION), experts.waiting),
    Action("promise_answer", experts.CLAUSE, _ANSWERING, _TALKING, console=False),
    Action("write_answer", experts.CLAUSE, _ANSWERING, _WRITTEN_IN, console=False),
    Action("close_list", "5.5.3 a", _CHAIR, _TALKING, guards.close_list, needs_reason=True),
    Action("last_call", "5.5.3 a", _CHAIR, _at(_M.DISCUSSION), guards.last_call),
    Action("open_wording", "5.5.3 a", _CHAIR, _at(_M.DISCUSSION), experts.open_wording),
    Action("post_wording", "5.7.2 a", frozenset({_S.CHAIR, _S.RECORDER}), _at(_M.WORDING), ballots.text_free),
    Action("quote_speeches", OUR_RULE, frozenset({_S.CHAIR, _S.RECORDER}), _at(_M.WORDING)),
    Action("ask_correction", OUR_RULE, _VOTING, _at(_M.WORDING), guards.ask_correction, console=False),
    Action("demand_item", OUR_RULE, _VOTING, _at(_M.WORDING), guards.ask_correction, console=False),
    Action("decide_correction", OUR_RULE, _CHAIR, _at(_M.WORDING), guards.decide_correction),
    Action("put_item", OUR_RULE, _CHAIR, _at(_M.WORDING), ballots.put_item),
    Action("open_call", "5.5.3 b", _CHAIR, _CALLED_IN, ballots.open_call),
    Action("close_call", "5.5.3 b", _CHAIR, _CALLED_IN, ballots.close_call),
    Action("cast_vote", "5.5.3 c", _VOTING, _CALLED_IN, ballots.cast_vote, console=False),
    Action("nudge_voters", OUR_RULE, _CHAIR, _CALLED_IN, ballots.nudge_voters),
    Action("enter_hands", "5.5.3 b", _RECORDER, _CALLED_IN, room.enter_hands),
    Action("withdraw_hands", OUR_RULE, _RECORDER, _CALLED_IN, room.hands_waiting),
    Action("confirm_hands", OUR_RULE, _SECOND_OFFICIAL, _CALLED_IN, room.hands_waiting),
    Action("refuse_hands", OUR_RULE, _SECOND_OFFICIAL, _CALLED_IN, room.hands_waiting),
    Action(
        "set_aside_hands",
        OUR_RULE,
        _CHAIR,
        _CALLED_IN,
        room.set_aside_hands,
        needs_reason=True,
    ),
    Action(
        "end_correction",
        OUR_RULE,
        frozenset({_S.SYSTEM}),
        _CALLED_IN,
        ballots.end_correction,
        console=False,
    ),
    Action("announce", "5.6.1 h", _CHAIR, _at(_M.MAIN_VOTE), guards.announce),
    Action("put_again", OUR_RULE, _CHAIR, _at(_M.MAIN_VOTE), guards.put_again),
    Action("change_rules", "5.5.1", _CHAIR, _at(_M.RULES_VOTE), guards.change_rules),
    Action("please_stop", "5.5.2 d", _CHAIR, LIVE),
    Action("remove_words", floor.CLAUSE, _CHAIR, _ORDERED, floor.spoken_out_of_turn, needs_reason=True),
    Action("mute_member", mutes.CLAUSE, _CHAIR, _ORDERED, floor.spoken_out_of_turn, needs_reason=True),
    Action("lift_mute", OUR_RULE, _CHAIR | _SUPERVISOR, _MUTED, mutes.somebody_muted),
    Action("lift_mutes", OUR_RULE, _CHAIR | _SUPERVISOR, _MUTED, mutes.somebody_muted),
    Action("remind_civility", "5.5.2 e", _CHAIR, LIVE, console=False),
    Action("dismiss_flag", "5.5.2 e", _CHAIR, LIVE, console=False),
    Action("ban_channel", "5.5.2 d", _CHAIR, LIVE, needs_reason=True, console=False),
    Action("adjourn", OUR_RULE, _CHAIR, LIVE, guards.adjourn, needs_reason=True),
    Action("open_board", OUR_RULE, _ATTENDING, LIVE, console=False),
    Action("close_board", OUR_RULE, _ATTENDING, frozenset(MeetingState), console=False),
    Action("raise_annex", "5.7.1", _ATTENDING, LIVE, annex.raise_annex, console=False),
    Action("agree_annex", "5.7.1", frozenset(annex.DECIDING), _at(_M.SUSPENDED), annex.undecided),
    Action("refuse_annex", "5.7.1", frozenset(annex.DECIDING), _at(_M.SUSPENDED), annex.undecided, needs_reason=True),
    Action("resume_meeting", OUR_RULE, _CHAIR, _at(_M.SUSPENDED), annex.resume_meeting),
    Action("stop_meeting", "5.6.4", _SUPERVISOR, LIVE - {_M.SUSPENDED}, supervision.stop_meeting, needs_reason=True),
    Action(
        "annul_motion",
        "5.6.4",
        _SUPERVISOR,
        _CALLED_IN | _at(_M.SUSPENDED, _M.ANNOUNCED),
        supervision.annul_motion,
        needs_reason=True,
    ),
    Action(
        "lift_stop",
        "5.6.4",
        _SUPERVISOR | {_S.SUPERVISORY_COMMITTEE},
        _at(_M.SUSPENDED, _M.ADJOURNED, _M.SCHEDULED, _M.CHECK_IN),
        supervision.lift_stop,
    ),
    Action("was_delivered", OUR_RULE, _LOOKING, _at(_M.ANNOUNCED), console=False),
    Action("send_again", OUR_RULE, _LOOKING, _at(_M.ANNOUNCED), console=False),
)

ACTIONS: Final[Mapping[str, Action]] = MappingProxyType({action.name: action for action in _ROWS})
"""By name, in the order a console shows them."""


def permit(name: str, standings: AbstractSet[Standing], facts: MeetingFacts, now: datetime) -> None:
    """Raises RuleBroken not_your_role (``who`` may), not_now (``state``, ``states``), or what the row's guard raises.

    While the supervisor's stop lasts, meeting_stopped instead of not_now (5.6.4).

    Raises KeyError for a name the table does not have: that is a fault of the program, not of a person.
    """
    action = ACTIONS[name]
    if action.who.isdisjoint(standings):
        raise RuleBroken("not_your_role", action.clause, action=name, who=tuple(sorted(action.who)))
    if facts.state not in action.states:
        if facts.state is MeetingState.SUSPENDED:
            annex.check_not_stopped(facts)
        raise RuleBroken("not_now", action.clause, action=name, state=facts.state, states=tuple(sorted(action.states)))
    if action.guard is not None:
        action.guard(facts, now)


def offered(standings: AbstractSet[Standing], facts: MeetingFacts, now: datetime) -> tuple[str, ...]:
    """Exactly the console actions ``permit`` would allow now, in the table's order."""
    here = (name for name, action in ACTIONS.items() if action.console and facts.state in action.states)
    return tuple(name for name in here if _permitted(name, standings, facts, now))


def reason_needed(name: str, standings: AbstractSet[Standing], facts: MeetingFacts) -> bool:
    """Whether this act must carry a reason: exceptions do, and an explanation read out for an absent proposer.

    The bot's own clock needs none.
    """
    if Standing.SYSTEM in standings:
        return False
    return ACTIONS[name].needs_reason or (name == "start_explanation" and not facts.proposer_present)


def check_reason(name: str, standings: AbstractSet[Standing], facts: MeetingFacts, reason: str | None) -> None:
    """Raises RuleBroken reason_needed when a reason is due and ``reason`` is None or blank."""
    if reason_needed(name, standings, facts) and not (reason or "").strip():
        raise RuleBroken("reason_needed", OUR_RULE, action=name)


def _permitted(name: str, standings: AbstractSet[Standing], facts: MeetingFacts, now: datetime) -> bool:
    try:
        permit(name, standings, facts, now)
    except RuleBroken:
        return False
    return True
