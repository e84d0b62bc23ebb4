"""A meeting's state, how it moves on, and what each step presupposes (5.6.1, 5.5.3 a and b, 5.7.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import LIVE, MeetingState, MotionKind, MotionStage, Stance, Standing, TurnKind, Verdict
from procedure.turns import WORDING_CORRECTION_SECONDS

CHECK_IN_BY_SYSTEM_MINUTES: Final = 30
CHECK_IN_BY_HAND_MINUTES: Final = 60
ADJOURN_DAYS: Final = 15
CHAIR_ANSWER_SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class MotionFacts:
    """The vote under way or last held. ``calls_done`` counts closed calls (0 to 3).

    ``superseded``: it was on an item of a wording that has changed since. ``nudged``: those whose hand is missing have
    been reminded in this call.
    """

    kind: MotionKind
    stage: MotionStage
    calling: Stance | None = None
    calls_done: int = 0
    call_opened_at: datetime | None = None
    correction_until: datetime | None = None
    superseded: bool = False
    nudged: bool = False


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """The turn that has the floor; ``running`` once its clock started, ``ends_at`` None until then."""

    person_id: int
    kind: TurnKind
    running: bool
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """A matter of annex D that was raised and stands in the way (5.7.1). ``left``: the state that was suspended.

    ``agreed``: who of chair and adviser would divert it. ``referred``: the joint meeting has to say; ``dismissed``: it
    said that the meeting goes on, which can be until ``day_ends_at``, the end of the day on which it was raised.
    """

    left: MeetingState
    day_ends_at: datetime
    agreed: frozenset[Standing] = frozenset()
    referred: bool = False
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class DeputyFacts:
    """Who would take the chair: in the room, having the floor, with a hand up; ``lent``: they gave the chair away."""

    present: bool = False
    speaking: bool = False
    waiting: bool = False
    lent: bool = False


@dataclass(frozen=True, slots=True)
class StopFacts:
    """The supervisor stopped the meeting in the state ``left`` (5.6.4); it can go on until ``day_ends_at``."""

    left: MeetingState
    day_ends_at: datetime


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """The room of a hybrid meeting (table 3, 6): ``seated`` people have a seat number in this sitting.

    ``batches`` of hands wait for the second official, the first of them since ``waiting_since``; ``second_official`` is
    how that person is shown. ``speaking``: whoever has the floor sits in the room.
    """

    seated: int = 0
    batches: int = 0
    waiting_since: datetime | None = None
    second_official: str = ""
    speaking: bool = False


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """All that decides what may be done in a meeting. Instants are aware.

    ``scheduled_at`` is the present sitting's time. ``chair_present``: whoever holds the chair now is checked in (a
    deputy counts from taking it); the recorder's and the supervisor's deputies count at once.
    ``chair_asked_until``: the chair was asked whether they are still there, and nothing was heard of them since.
    ``waiting`` counts open hands of people with turns left. ``rules_adopted`` and ``verdict`` are None before the vote.
    ``state_left`` is the state to come back to after an adjournment, kept until the sitting is resumed.
    ``points_open`` counts points of order without an answer; ``standing``: the chair has given leave for the next in
    the queue to begin by themselves.
    ``experts`` counts those whom the plan names to answer questions, ``questions_open`` the questions that wait.
    ``annex``: a matter of annex D that is not settled, or settled while the meeting is still suspended.
    ``deputy``: whoever of the two the plan names for the chair does not hold it; None when it names one only.
    ``stop``: the supervisor's stop that is not lifted. ``signed``: so is the record.
    ``room``: of a hybrid meeting; None for one held in the group alone.
    ``interruptions`` counts what was said out of turn; ``muted`` whose right to write is not given back yet.
    """

    state: MeetingState
    scheduled_at: datetime
    notice_lawful: bool = False
    chair_present: bool = False
    chair_asked_until: datetime | None = None
    recorder_present: bool = False
    supervisor_present: bool = False
    proposer_present: bool = False
    stakeholders_present: int = 0
    rules_adopted: bool | None = None
    explained: bool = False
    motion: MotionFacts | None = None
    turn: TurnFacts | None = None
    waiting: int = 0
    last_call_until: datetime | None = None
    list_closes_at: datetime | None = None
    points_open: int = 0
    experts: int = 0
    questions_open: int = 0
    standing: bool = False
    all_turns_used: bool = False
    wording_posted_at: datetime | None = None
    corrections_open: int = 0
    verdict: Verdict | None = None
    state_left: MeetingState | None = None
    annex: AnnexFacts | None = None
    stop: StopFacts | None = None
    signed: bool = False
    deputy: DeputyFacts | None = None
    proposer_chairs: bool = False
    room: RoomFacts | None = None
    interruptions: int = 0
    muted: int = 0


ENDING_AN_ANSWER: Final = ("end_turn", "yield_turn", "pass_on", "end_room_turn")
"""In whatever way an answer ends, the discussion goes on."""

TRANSITIONS: Final[Mapping[tuple[MeetingState, str], MeetingState]] = MappingProxyType(
    {
        (MeetingState.SCHEDULED, "open_check_in"): MeetingState.CHECK_IN,
        (MeetingState.ADJOURNED, "open_check_in"): MeetingState.CHECK_IN,
        (MeetingState.CHECK_IN, "open_meeting"): MeetingState.RULES_VOTE,
        (MeetingState.RULES_VOTE, "declare_open"): MeetingState.OPEN,
        (MeetingState.OPEN, "finish_explanation"): MeetingState.EXPLAINED,
        (MeetingState.EXPLAINED, "open_discussion"): MeetingState.DISCUSSION,
        (MeetingState.DISCUSSION, "open_wording"): MeetingState.WORDING,
        (MeetingState.DISCUSSION, "call_expert"): MeetingState.EXPERT_ANSWERS,
        **{(MeetingState.EXPERT_ANSWERS, name): MeetingState.DISCUSSION for name in ENDING_AN_ANSWER},
        (MeetingState.WORDING, "open_call"): MeetingState.MAIN_VOTE,
        (MeetingState.MAIN_VOTE, "announce"): MeetingState.ANNOUNCED,
        (MeetingState.SUSPENDED, "agree_annex"): MeetingState.DIVERTED,
        (MeetingState.ANNOUNCED, "annul_motion"): MeetingState.MAIN_VOTE,
        **{(state, "raise_annex"): MeetingState.SUSPENDED for state in LIVE},
        **{(state, "stop_meeting"): MeetingState.SUSPENDED for state in LIVE - {MeetingState.SUSPENDED}},
        **{(state, "adjourn"): MeetingState.ADJOURNED for state in LIVE},
    }
)
"""Where an action leads; actions without a row leave the state as it is.

resume_sitting leads to ``state_left``, resume_meeting and lift_stop to the state suspended; agree_annex once both have
agreed.
"""


def next_state(name: str, facts: MeetingFacts) -> MeetingState:
    """The state after a permitted action."""
    if name == "resume_sitting" and facts.state_left is not None:
        return facts.state_left
    if name in ("resume_meeting", "lift_stop"):
        return suspended_from(facts) or facts.state
    if name == "open_call" and item_pending(facts.motion):
        return facts.state
    return TRANSITIONS.get((facts.state, name), facts.state)


def item_pending(motion: MotionFacts | None) -> bool:
    """A vote on an item of the wording is put or under way."""
    return motion is not None and motion.kind is MotionKind.ITEM and motion.stage is not MotionStage.DECIDED


def suspended_from(facts: MeetingFacts) -> MeetingState | None:
    """The state that a suspended meeting goes on in; None while it is not suspended."""
    reason = facts.stop or facts.annex
    return reason.left if reason is not None and facts.state is MeetingState.SUSPENDED else None


def state_to_leave(facts: MeetingFacts) -> MeetingState | None:
    """What to keep as ``state_left`` when adjourning; None when the meeting has not been opened yet."""
    left = suspended_from(facts) or facts.state
    return facts.state_left if left is MeetingState.CHECK_IN else left


def check_in_opens_at(scheduled_at: datetime) -> datetime:
    """When the bot itself opens check-in: 30 minutes before the sitting (our rule)."""
    return scheduled_at - timedelta(minutes=CHECK_IN_BY_SYSTEM_MINUTES)


def wording_stands_at(posted_at: datetime) -> datetime:
    """When stakeholders' 5 minutes to ask for a correction of the wording are over (our rule)."""
    return posted_at + timedelta(seconds=WORDING_CORRECTION_SECONDS)


def check_adjourn(next_at: datetime, now: datetime, tz: ZoneInfo) -> None:
    """A further sitting lies ahead and within 15 days, counted as local days without today (our rule after 5.3.1 a).

    Raises RuleBroken adjourn_date_past, adjourn_too_far (``latest``: the last lawful local date).
    """
    if next_at <= now:
        raise RuleBroken("adjourn_date_past", OUR_RULE, next_at=next_at)
    latest = now.astimezone(tz).date() + timedelta(days=ADJOURN_DAYS)
    if next_at.astimezone(tz).date() > latest:
        raise RuleBroken("adjourn_too_far", OUR_RULE, next_at=next_at, latest=latest)
