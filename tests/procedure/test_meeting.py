"""5.6.1: a meeting walked through from check-in to the announcement, and put off and taken up again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from procedure.errors import RuleBroken
from procedure.meeting import (
    TRANSITIONS,
    MeetingFacts,
    MotionFacts,
    TurnFacts,
    check_adjourn,
    check_in_opens_at,
    next_state,
    state_to_leave,
    wording_stands_at,
)
from procedure.roles import ACTIONS, offered
from procedure.terms import LIVE, MeetingState, MotionKind, MotionStage, Stance, Standing, TurnKind, Verdict

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2025, 11, 18, 11, 30, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=1)
FULL = MeetingFacts(
    MeetingState.CHECK_IN,
    NOW,
    notice_lawful=True,
    chair_present=True,
    recorder_present=True,
    supervisor_present=True,
    proposer_present=True,
    stakeholders_present=12,
)
RULES_PUT = replace(FULL, state=MeetingState.RULES_VOTE, motion=MotionFacts(MotionKind.RULES, MotionStage.PUT))
RULES_CALL = MotionFacts(MotionKind.RULES, MotionStage.CALLING, Stance.FOR, 0, LONG_AGO)
RULES_DONE = MotionFacts(MotionKind.RULES, MotionStage.DECIDED, calls_done=3)
OPEN = replace(FULL, state=MeetingState.OPEN, motion=RULES_DONE, rules_adopted=True)
DISCUSSION = replace(OPEN, state=MeetingState.DISCUSSION, explained=True)
SPEECH = TurnFacts(7, TurnKind.SPEECH, running=True, ends_at=NOW + timedelta(minutes=1))
WORDING = replace(DISCUSSION, state=MeetingState.WORDING)
MAIN_CALL = MotionFacts(MotionKind.MAIN, MotionStage.CALLING, Stance.FOR, 0, NOW)
MAIN_VOTE = replace(WORDING, state=MeetingState.MAIN_VOTE, wording_posted_at=LONG_AGO, motion=MAIN_CALL)
ITEM_PUT = MotionFacts(MotionKind.ITEM, MotionStage.PUT)
ITEM_CALL = MotionFacts(MotionKind.ITEM, MotionStage.CALLING, Stance.FOR, 0, LONG_AGO, nudged=True)
MAIN_DONE = MotionFacts(MotionKind.MAIN, MotionStage.DECIDED, calls_done=3)

CHAIRS_CONSOLE: list[tuple[str, MeetingFacts, str]] = [
    ("before the hour", replace(FULL, scheduled_at=NOW + timedelta(minutes=5)), ""),
    ("all here", FULL, "open_meeting"),
    ("supervisor missing", replace(FULL, supervisor_present=False), ""),
    ("second sitting", replace(FULL, state_left=MeetingState.DISCUSSION), "resume_sitting"),
    ("rules put", RULES_PUT, "open_call change_rules"),
    ("rules called", replace(RULES_PUT, motion=RULES_CALL), "close_call nudge_voters"),
    ("rules rejected", replace(RULES_PUT, motion=RULES_DONE, rules_adopted=False), "put_rules change_rules"),
    ("rules adopted", replace(RULES_PUT, motion=RULES_DONE, rules_adopted=True), "declare_open"),
    ("open", OPEN, "start_explanation"),
    (
        "proposer explains",
        replace(OPEN, turn=replace(SPEECH, kind=TurnKind.EXPLANATION)),
        "finish_explanation extend_turn",
    ),
    ("explained", replace(OPEN, state=MeetingState.EXPLAINED, explained=True), "open_discussion"),
    ("no hand", DISCUSSION, "allow_standing close_list last_call"),
    ("one hand", replace(DISCUSSION, waiting=1), "grant allow_standing close_list"),
    ("two hands", replace(DISCUSSION, waiting=2), "grant grant_other skip allow_standing close_list"),
    (
        "speech",
        replace(DISCUSSION, waiting=2, turn=SPEECH),
        "undo_grant pass_on allow_standing extend_turn end_turn close_list",
    ),
    ("last call runs", replace(DISCUSSION, last_call_until=NOW + timedelta(seconds=1)), "allow_standing close_list"),
    (
        "last call unanswered",
        replace(DISCUSSION, last_call_until=NOW),
        "allow_standing close_list last_call open_wording",
    ),
    ("all turns used", replace(DISCUSSION, all_turns_used=True), "allow_standing close_list open_wording"),
    ("wording due", WORDING, "post_wording quote_speeches"),
    ("wording posted", replace(WORDING, wording_posted_at=NOW), "post_wording quote_speeches put_item"),
    (
        "correction asked",
        replace(WORDING, wording_posted_at=LONG_AGO, corrections_open=1),
        "post_wording quote_speeches decide_correction put_item",
    ),
    ("wording stands", replace(WORDING, wording_posted_at=LONG_AGO), "post_wording quote_speeches put_item open_call"),
    ("item put again", replace(WORDING, wording_posted_at=LONG_AGO, motion=ITEM_PUT), "quote_speeches open_call"),
    ("item called", replace(WORDING, wording_posted_at=LONG_AGO, motion=ITEM_CALL), "quote_speeches close_call"),
    (
        "item decided",
        replace(WORDING, wording_posted_at=LONG_AGO, motion=replace(ITEM_PUT, stage=MotionStage.DECIDED)),
        "post_wording quote_speeches put_item open_call",
    ),
    ("main call", MAIN_VOTE, "nudge_voters"),
    (
        "main call a minute old",
        replace(MAIN_VOTE, motion=replace(MAIN_CALL, call_opened_at=LONG_AGO)),
        "close_call nudge_voters",
    ),
    ("put again", replace(MAIN_VOTE, motion=MotionFacts(MotionKind.MAIN, MotionStage.PUT)), "open_call"),
    ("agreed", replace(MAIN_VOTE, motion=MAIN_DONE, verdict=Verdict.AGREED), "announce"),
    ("nobody voted", replace(MAIN_VOTE, motion=MAIN_DONE, verdict=Verdict.NONE), "put_again"),
    ("announced", replace(MAIN_VOTE, state=MeetingState.ANNOUNCED, motion=MAIN_DONE, verdict=Verdict.AGREED), ""),
]


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in CHAIRS_CONSOLE], ids=[r[0] for r in CHAIRS_CONSOLE])
def test_the_chairs_next_steps(facts: MeetingFacts, expected: str) -> None:
    each = ("please_stop", "accept_words", "adjourn")  # the first two are shown for one message each
    shown = [name for name in offered({Standing.CHAIR}, facts, NOW) if name not in each]
    assert shown == expected.split()


@pytest.mark.parametrize("facts", [row[1] for row in CHAIRS_CONSOLE], ids=[row[0] for row in CHAIRS_CONSOLE])
def test_the_chair_can_stop_words_out_of_turn_in_every_live_state(facts: MeetingFacts) -> None:
    assert ("please_stop" in offered({Standing.CHAIR}, facts, NOW)) is (facts.state in LIVE)


@pytest.mark.parametrize("facts", [row[1] for row in CHAIRS_CONSOLE], ids=[row[0] for row in CHAIRS_CONSOLE])
def test_an_observer_watches_and_the_supervisor_may_stop_it(facts: MeetingFacts) -> None:
    assert offered({Standing.OBSERVER, Standing.RESIDENT}, facts, NOW) == ()
    steps = offered({Standing.SUPERVISOR}, facts, NOW)
    assert ("stop_meeting" in steps) is (facts.state in LIVE) and set(steps) <= {"stop_meeting", "annul_motion"}


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [
        ("open_check_in", replace(FULL, state=MeetingState.SCHEDULED), MeetingState.CHECK_IN),
        ("open_check_in", replace(FULL, state=MeetingState.ADJOURNED), MeetingState.CHECK_IN),
        ("open_meeting", FULL, MeetingState.RULES_VOTE),
        ("open_call", RULES_PUT, MeetingState.RULES_VOTE),
        ("declare_open", RULES_PUT, MeetingState.OPEN),
        ("start_explanation", OPEN, MeetingState.OPEN),
        ("finish_explanation", OPEN, MeetingState.EXPLAINED),
        ("open_discussion", replace(OPEN, state=MeetingState.EXPLAINED), MeetingState.DISCUSSION),
        ("open_wording", DISCUSSION, MeetingState.WORDING),
        ("open_call", WORDING, MeetingState.MAIN_VOTE),
        ("open_call", replace(WORDING, motion=ITEM_PUT), MeetingState.WORDING),
        ("open_call", MAIN_VOTE, MeetingState.MAIN_VOTE),
        ("put_again", MAIN_VOTE, MeetingState.MAIN_VOTE),
        ("announce", MAIN_VOTE, MeetingState.ANNOUNCED),
        ("resume_sitting", replace(FULL, state_left=MeetingState.WORDING), MeetingState.WORDING),
    ],
)
def test_next_state(name: str, facts: MeetingFacts, expected: MeetingState) -> None:
    assert next_state(name, facts) is expected


def test_only_permitted_actions_lead_anywhere() -> None:
    for state, name in TRANSITIONS:
        assert state in ACTIONS[name].states
    for state, name in product(MeetingState, ACTIONS):
        facts = replace(FULL, state=state)
        if (state, name) not in TRANSITIONS:
            assert next_state(name, facts) is state


def test_every_state_is_reached_from_scheduled_and_live_ones_can_be_left() -> None:
    reached = {MeetingState.SCHEDULED}
    for _ in MeetingState:
        reached |= {after for (before, _name), after in TRANSITIONS.items() if before in reached}
    assert reached == set(MeetingState)
    assert {before for before, name in TRANSITIONS if name == "adjourn"} == LIVE


@pytest.mark.parametrize("state", sorted(LIVE - {MeetingState.CHECK_IN}))
def test_an_adjourned_meeting_comes_back_to_the_state_it_left(state: MeetingState) -> None:
    left = state_to_leave(replace(FULL, state=state))
    assert next_state("resume_sitting", replace(FULL, state_left=left)) is state


def test_adjourning_during_check_in_keeps_what_was_left_before() -> None:
    assert state_to_leave(FULL) is None
    assert state_to_leave(replace(FULL, state_left=MeetingState.DISCUSSION)) is MeetingState.DISCUSSION


@pytest.mark.parametrize(
    ("next_at", "code"),
    [
        (NOW + timedelta(seconds=1), None),
        (datetime(2025, 12, 3, 23, 59, tzinfo=SHANGHAI), None),
        (datetime(2025, 12, 4, 0, 0, tzinfo=SHANGHAI), "adjourn_too_far"),
        (datetime(2025, 12, 3, 16, 0, tzinfo=UTC), "adjourn_too_far"),  # the 4th in Shanghai
        (NOW, "adjourn_date_past"),
        (NOW - timedelta(days=1), "adjourn_date_past"),
    ],
)
def test_the_next_sitting_is_within_fifteen_days(next_at: datetime, code: str | None) -> None:
    answer = None
    try:
        check_adjourn(next_at, NOW, SHANGHAI)
    except RuleBroken as refused:
        answer = refused.code
    assert answer == code


def test_instants_of_a_meeting() -> None:
    assert check_in_opens_at(NOW) == NOW - timedelta(minutes=30)
    assert wording_stands_at(NOW) == NOW + timedelta(minutes=5)
