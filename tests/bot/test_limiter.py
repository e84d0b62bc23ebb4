"""No window is ever overrun, whatever is asked of the limiter."""

import asyncio
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outbound.limiter import MINUTE, Limiter, Window
from bot.settings import Limits
from tests.support.clock import START, HandClock

GROUP, OTHER, PERSON = -100500, -100600, 77


def drive(limiter: Limiter, chat: int, calls: int, *, board: bool = False) -> list[datetime]:
    """Make calls as fast as the limiter allows."""
    now, made = START, []
    for _ in range(calls):
        now = limiter.ready_at(chat, now, board=board)
        limiter.reserve(chat, now, board=board)
        made.append(now)
    return made


def most_within(made: list[datetime], span: timedelta) -> int:
    """The most calls within any half-open span."""
    return max(sum(start <= at < start + span for at in made) for start in made)


@given(st.integers(1, 5), st.lists(st.integers(0, 3000), min_size=1, max_size=60))
@settings(derandomize=True, database=None)
def test_a_window_never_holds_more_than_it_may(most: int, waits: list[int]) -> None:
    window, now, made = Window(most, timedelta(seconds=1)), START, []
    for wait in waits:
        now = window.ready_at(now + timedelta(milliseconds=wait))
        window.add(now)
        made.append(now)
    assert most_within(made, timedelta(seconds=1)) <= most


@pytest.mark.parametrize(
    ("chat", "board", "span", "most"),
    [
        (GROUP, False, MINUTE, 20),
        (GROUP, True, MINUTE, 10),
        (PERSON, False, timedelta(seconds=3), 3),
        (GROUP, False, timedelta(seconds=1), 25),
    ],
)
def test_t01_every_limit_is_kept_and_used(chat: int, board: bool, span: timedelta, most: int) -> None:
    limiter = Limiter(Limits(), HandClock())
    made = drive(limiter, chat, 45, board=board)
    assert most_within(made, span) == min(most, 20)


def test_t28_what_makes_no_message_leaves_a_groups_calls_alone_and_keeps_to_the_overall_limit() -> None:
    limiter, now, made = Limiter(Limits(), HandClock()), START, []
    for _ in range(Limits().group_per_minute):
        limiter.reserve(GROUP, START)
    for _ in range(60):
        now = limiter.ready_at(GROUP, now, counted=False)
        limiter.leaves(GROUP, now, counted=False)
        limiter.answered(GROUP, now, counted=False)
        made.append(now)
    assert most_within(made, timedelta(seconds=1)) == Limits().overall_per_second
    assert now < START + timedelta(seconds=5) and limiter.ready_at(GROUP, now) == START + MINUTE


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3000)), min_size=1, max_size=60))
@settings(derandomize=True, database=None)
def test_calls_that_pile_up_on_their_way_never_arrive_too_many_at_once(calls: list[tuple[int, int]]) -> None:
    """However long each is on its way, and even if it arrives with its answer."""
    limiter, now = Limiter(Limits(overall_per_second=3), HandClock()), START
    under_way: list[datetime] = []
    came: list[datetime] = []
    for chat, (wait, slow) in enumerate(calls, start=1):
        now += timedelta(milliseconds=wait)
        while (at := limiter.ready_at(chat, now)) > now:
            now = min([at, *under_way])
            landed = sorted(one for one in under_way if one <= now)
            under_way = [one for one in under_way if one > now]
            for one in landed:
                limiter.answered(OTHER, one)
        limiter.leaves(chat, now)
        under_way.append(now + timedelta(milliseconds=slow))
        came.append(under_way[-1])
    assert most_within(came, timedelta(seconds=1)) <= 3


def test_boards_leave_room_for_the_floor() -> None:
    limiter = Limiter(Limits(), HandClock())
    boards = drive(limiter, GROUP, 10, board=True)
    assert limiter.ready_at(GROUP, boards[-1], board=True) > boards[-1] + timedelta(seconds=50)
    assert limiter.ready_at(GROUP, boards[-1]) == boards[-1]


def test_the_overall_limit_is_shared_by_all_chats() -> None:
    limiter, now = Limiter(Limits(overall_per_second=5), HandClock()), START
    for chat in range(1, 6):
        limiter.reserve(-chat, now)
    assert limiter.ready_at(PERSON, now) == limiter.open_at(now) == now + timedelta(seconds=1)


def test_t03_a_429_holds_its_own_chat_only() -> None:
    limiter = Limiter(Limits(), HandClock())
    limiter.hold(GROUP, START + timedelta(seconds=40))
    limiter.hold(GROUP, START + timedelta(seconds=5))
    assert limiter.ready_at(GROUP, START) == START + timedelta(seconds=40)
    assert limiter.ready_at(OTHER, START) == START


async def test_a_call_nobody_reserved_waits_on_our_clock() -> None:
    clock = HandClock()
    limiter = Limiter(Limits(private_burst=1), clock)
    limiter.reserve(PERSON, START)
    calls: list[datetime] = []

    async def call() -> bool:
        calls.append(clock.now())
        return True

    waiting = asyncio.create_task(limiter.process_request(call, (), {}, "sendMessage", {"chat_id": PERSON}, None))
    await asyncio.sleep(0.01)
    assert calls == []
    await clock.move(1)
    assert await waiting is True
    assert calls == [START + timedelta(seconds=1)]
    assert await limiter.process_request(call, (), {}, "sendMessage", {"chat_id": PERSON}, True) is True


def test_answers_leave_a_fifth_to_everything_else() -> None:
    """However many write in private, calls to the group have places in the same second."""
    limiter, now = Limiter(Limits(overall_per_second=10), HandClock()), START
    answered = 0
    while limiter.answer_at(PERSON + answered, now) == now:
        limiter.count(now)
        answered += 1
    assert answered == 8
    assert limiter.ready_at(GROUP, now) == now
    limiter.reserve(GROUP, now)
    limiter.reserve(OTHER, now)
    assert limiter.ready_at(GROUP, now) == START + timedelta(seconds=1)


def test_boards_in_private_leave_most_of_each_second_to_floor_and_vote() -> None:
    """However many people follow in private: eight of the twenty-five calls are theirs, and none of the groups'."""
    limiter, now, sent = Limiter(Limits(), HandClock()), START, 0
    while limiter.ready_at(PERSON + sent, now, board=True) == now:
        limiter.reserve(PERSON + sent, now, board=True)
        sent += 1
    assert sent == 8 and limiter.ready_at(PERSON + sent, now, board=True) == now + timedelta(seconds=1)
    assert limiter.ready_at(GROUP, now) == limiter.ready_at(PERSON + sent, now) == now


def test_t01_a_call_that_was_long_on_its_way_counts_from_when_it_arrived() -> None:
    """A busy machine sends late: the group's window still holds what arrived ten seconds after it left."""
    limiter, late = Limiter(Limits(), HandClock()), START + timedelta(seconds=10)
    limiter.leaves(GROUP, START)
    limiter.answered(GROUP, late)
    for _ in range(19):
        limiter.reserve(GROUP, late)
    assert limiter.ready_at(GROUP, START + MINUTE) == late + MINUTE
