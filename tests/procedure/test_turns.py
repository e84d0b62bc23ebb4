"""5.5.2 d and f: the clock of a turn, what belongs to a speech, time given back."""

from datetime import UTC, datetime, timedelta

import pytest

from procedure import turns
from procedure.errors import RuleBroken
from procedure.turns import (
    MessageKind,
    Window,
    belongs,
    check_extension,
    ends_at,
    given_back,
    overrun,
    own_words,
    running_from,
    shifted,
    silence_at,
    warning_at,
)

START = datetime(2025, 11, 18, 12, 0, tzinfo=UTC)
THREE_MINUTES = Window(START, ends_at(START, 3))


def after(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def test_the_figures_the_group_is_promised() -> None:
    promised = (turns.SILENCE_ANSWER_SECONDS, turns.LAST_CALL_SECONDS, turns.STANDING_PERMISSION_SECONDS)
    assert promised == (30, 60, 10)


def test_the_clock_of_a_turn() -> None:
    assert THREE_MINUTES.ends_at == after(180)
    assert warning_at(THREE_MINUTES) == after(150)
    assert silence_at(after(20)) == after(110)


@pytest.mark.parametrize(("seconds", "expected"), [(29, None), (30, None), (31, 1), (60, 30)])
def test_no_warning_in_a_turn_as_short_as_the_warning(seconds: int, expected: int | None) -> None:
    assert warning_at(Window(START, after(seconds))) == (None if expected is None else after(expected))


def test_a_turn_ends_after_it_starts() -> None:
    assert Window(START, START).ends_at == START
    with pytest.raises(ValueError, match="before it starts"):
        Window(START, after(-1))


@pytest.mark.parametrize("kind", ["text", "photo", "document", "other"])
@pytest.mark.parametrize(("sent", "inside"), [(-1, False), (0, True), (180, True), (185, True), (186, False)])
def test_written_words_count_by_send_time(kind: str, sent: int, inside: bool) -> None:
    assert belongs(THREE_MINUTES, kind=MessageKind(kind), sent_at=after(sent)) is inside


@pytest.mark.parametrize("kind", ["voice", "video_note"])
@pytest.mark.parametrize(
    ("sent", "duration", "inside"),
    [
        (60, 60, True),
        (60, 65, True),  # a rounded duration seems to begin 5 s early
        (60, 66, False),  # begun before the turn
        (210, 30, True),  # begun at the end, arrived with the upload's 30 s
        (210, 25, True),  # begun in the 5 s of grace
        (210, 24, False),  # begun too late
        (211, 60, False),  # arrived too late
        (-1, 0, False),
        (0, 5, True),
    ],
)
def test_recordings_count_by_their_beginning(kind: str, sent: int, duration: int, inside: bool) -> None:
    assert belongs(THREE_MINUTES, kind=MessageKind(kind), sent_at=after(sent), duration_seconds=duration) is inside


@pytest.mark.parametrize(
    ("micros", "seconds"), [(-1, 0), (0, 0), (1, 1), (1_000_000, 1), (1_000_001, 2), (30_000_000, 30)]
)
def test_what_reaches_past_the_end_is_counted_in_seconds_begun(micros: int, seconds: int) -> None:
    assert overrun(THREE_MINUTES, THREE_MINUTES.ends_at + timedelta(microseconds=micros)) == seconds


@pytest.mark.parametrize("duration", [0, 60])
def test_a_duration_matters_for_recordings_only(duration: int) -> None:
    assert belongs(THREE_MINUTES, kind=MessageKind.TEXT, sent_at=after(10), duration_seconds=duration)


@pytest.mark.parametrize(
    ("forwarded", "via_bot", "own"), [(False, False, True), (True, False, False), (False, True, False)]
)
def test_own_words(forwarded: bool, via_bot: bool, own: bool) -> None:
    assert own_words(forwarded, via_bot) is own


def test_a_turn_runs_from_the_grant_messages_own_date() -> None:
    assert running_from(after(3), START) == after(3)
    assert running_from(None, START) == after(10)


@pytest.mark.parametrize(
    ("now", "last_tick", "due", "lost"),
    [
        (100, 40, 90, 60),  # ran out while the bot was away
        (100, 40, 200, 60),
        (100, 40, 41, 60),
        (100, 40, 40, 0),  # already over at the last tick
        (100, 40, 10, 0),
        (40, 40, 90, 0),
        (39, 40, 90, 0),  # a clock that went back takes nothing away
    ],
)
def test_lost_time_is_given_back_to_what_was_running(now: int, last_tick: int, due: int, lost: int) -> None:
    given = given_back(after(now), after(last_tick), after(due))
    assert given == timedelta(seconds=lost)
    assert shifted(after(due), given) == after(due + lost)


@pytest.mark.parametrize("minutes", [1, 2, 3])
def test_an_extension_of_one_to_three_minutes(minutes: int) -> None:
    check_extension(minutes)


@pytest.mark.parametrize("minutes", [-1, 0, 4])
def test_other_extensions_are_refused(minutes: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_extension(minutes)
    assert (refused.value.code, refused.value.facts["minutes"]) == ("bad_extension", minutes)
