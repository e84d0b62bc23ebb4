"""The chair's exceptions: two or three taps, or a sentence, and nothing typed is lost."""

from typing import Any

import pytest

from bot import views
from bot.views.codec import pack
from services import boards, hands, turns
from storage.tables import Board, Turn
from tests.dialogs.phone import Phone
from tests.services.room import ACCOUNTS, Room


def console(phone: Phone) -> None:
    """The chair's console as the outbox would send it now."""

    def content(uow: Any) -> boards.BoardContent:
        board = uow.first(Board, meeting_id=phone.room.id, chat_id=phone.account)
        return boards.content(uow, board_id=board.id, now=phone.room.now())

    found = phone.room.read(content)
    phone.receives(views.render(found.view, found.facts, found.language))


@pytest.fixture
def chair(room: Room) -> Phone:
    """In the discussion, three hands up."""
    room.to_discussion()
    for who, stance in (("r101", "for"), ("r201", "against"), ("r301", "for")):
        room.acts(who, hands.raise_hand, stance=stance)
    return Phone(room, "chair")


async def test_somebody_else_first_takes_a_hand_and_a_reason(chair: Phone) -> None:
    console(chair)
    board = chair.screen
    before = list(board.buttons)
    await chair.taps("请另一位先说")
    assert board.buttons == before, "the console keeps its buttons"
    assert "请谁先说" in chair.screen.text and len(chair.log.messages) == 2
    await chair.taps("2-301 赞成")
    assert "为什么" in chair.screen.text and len(chair.log.messages) == 2
    await chair.taps("他有急事要先走")
    assert chair.room.last_turn.person_id == chair.room.read(lambda uow: _person(uow, "r301"))
    assert "已请 2-301 发言" in chair.screen.text and not chair.screen.buttons


def _person(uow: Any, who: str) -> int:
    row = uow.one("SELECT id FROM person WHERE account_id = :id", {"id": ACCOUNTS[who]})
    return int(row[0])


async def test_an_own_sentence_is_taken_and_a_bad_one_is_answered(chair: Phone) -> None:
    console(chair)
    await chair.taps("先跳过 1-101")
    await chair.types("   ")
    assert "还是空的" in chair.screen.text
    await chair.types("长" * 201)
    assert "最多 200 字" in chair.screen.text
    await chair.types(None)
    assert "这里要打字" in chair.screen.text
    await chair.types("他去接孩子了")
    assert "先跳过 1-101" in chair.screen.text
    assert "他去接孩子了" in chair.room.read(_contents)


def _contents(uow: Any) -> list[str]:
    return [row[0] for row in uow.rows("SELECT text FROM content")]


async def test_a_turn_is_extended_by_so_many_minutes(chair: Phone) -> None:
    room = chair.room
    room.acts("chair", turns.grant, hand_id=room.read(_first_hand))
    room.deliver()
    before = room.last_turn.ends_at
    assert before is not None
    console(chair)
    await chair.taps("延长这次发言")
    await chair.taps("2 分钟")
    await chair.taps("上一步")
    await chair.taps("1 分钟")
    await chair.taps("话还没说完")
    after = room.last_turn.ends_at
    assert after is not None and (after - before).total_seconds() == 60
    assert "话还没说完" in str(room.read(_contents))


def _first_hand(uow: Any) -> int:
    return int(uow.one("SELECT id FROM hand ORDER BY arrival")[0])


async def test_a_turn_is_ended_with_a_reason(chair: Phone) -> None:
    room = chair.room
    room.acts("chair", turns.grant, hand_id=room.read(_first_hand))
    room.deliver()
    console(chair)
    await chair.taps("结束这次发言")
    await chair.taps("说到别的事情上去了")
    assert room.turn is None and room.last_turn.end_reason == "chair"


async def test_a_step_that_became_impossible_is_refused_and_the_form_stays(chair: Phone) -> None:
    room = chair.room
    room.acts("chair", turns.grant, hand_id=room.read(_first_hand))
    room.deliver()
    console(chair)
    await chair.taps("结束这次发言")
    room.acts("r101", turns.yield_turn, turn_id=room.last_turn.id)
    await chair.taps("网络断了")
    assert "⚠️" in chair.screen.text and "没有人在发言" in chair.screen.text
    assert any("网络断了" in button for button in chair.screen.buttons)


async def test_adjourning_asks_for_day_time_and_reason(chair: Phone) -> None:
    console(chair)
    await chair.taps("休会，改日再开")
    await chair.taps("11月7日")
    await chair.types("晚上")
    assert "请像 15:30 这样写" in chair.screen.text
    await chair.types("18：45")
    await chair.taps("时间太晚了")
    meeting = chair.room.meeting
    assert meeting.state == "adjourned" and meeting.scheduled_at.isoformat() == "2026-11-07T10:45:00+00:00"
    assert "11月7日" in chair.screen.text


async def test_what_is_chosen_survives_a_restart_and_another_subject_starts_afresh(chair: Phone) -> None:
    console(chair)
    await chair.taps("请另一位先说")
    await chair.taps("2-301")
    again = Phone(chair.room, "chair")
    again.log.messages, again.bot.made = chair.log.messages, chair.bot.made
    await again.taps("先存着")
    console(again)
    await again.taps("请另一位先说")
    assert "为什么" in again.screen.text, "the hand is chosen already"
    await again.sends(pack("reason_form", again.room.id, 0, "adjourn"), again.screen.id)
    assert "哪一天" in again.screen.text


async def test_a_button_of_a_closed_form_says_so(chair: Phone) -> None:
    console(chair)
    await chair.taps("请另一位先说")
    form = chair.screen
    data = form.markup.inline_keyboard[0][0].callback_data if form.markup else None
    await chair.taps("整张不要了")
    assert "这张表不要了" in chair.screen.text
    await chair.sends(data or "", form.id)
    assert "这张表已经收起来了" in chair.log.toasts[-1]
    assert chair.room.read(lambda uow: uow.count(Turn, meeting_id=chair.room.id, kind="speech")) == 0


@pytest.mark.parametrize("who", ["r101", "recorder", "supervisor"])
async def test_nobody_but_the_chair_opens_these_forms(room: Room, who: str) -> None:
    room.to_discussion()
    phone = Phone(room, who)
    shown = phone.bot.add("x", None)
    await phone.sends(pack("reason_form", room.id, 0, "adjourn"), shown.id)
    assert "主持人" in phone.log.toasts[-1] and phone.screen is shown


async def test_an_unknown_act_opens_nothing(chair: Phone) -> None:
    shown = chair.bot.add("x", None)
    await chair.sends(pack("reason_form", chair.room.id, 0, "announce"), shown.id)
    assert "失效" in chair.log.toasts[-1] and chair.screen is shown


FORGED = ("999", "-1", "abc", "", "2:3", "2026-02-30", "0001-01-01", "9999-12-31", "%s{0}", "٣", "9" * 30)


@pytest.mark.parametrize("words", ["请另一位先说", "休会", "先跳过 1-101"])
async def test_a_choice_that_was_never_offered_changes_nothing(chair: Phone, words: str) -> None:
    """Not a failure, not an act, not a draft that leads nowhere: the window is shown as it is."""
    console(chair)
    await chair.taps(words)
    asked, markup = chair.screen.text, chair.screen.markup
    data = markup.inline_keyboard[0][0].callback_data if markup else None
    assert data and ":" in data
    for forged in FORGED:
        await chair.sends(f"{data.rpartition(':')[0]}:{forged}", chair.screen.id)
        assert chair.screen.text == asked
    await chair.taps("整张不要了")
    assert chair.room.read(lambda uow: uow.rows("SELECT state FROM meeting")) == [("discussion",)]
