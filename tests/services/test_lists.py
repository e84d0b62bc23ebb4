"""Consoles of many people: whom they do not name stands on a page (T5); the list closed early (5.5.3 a)."""

from datetime import timedelta
from typing import Any

import pytest

from bot import views
from bot.views.rendered import TEXT_LIMIT, shown_length
from procedure.errors import RuleBroken
from services import boards, closing_list, floor, hands, lists, opinions, stopping, turns, wording
from services.act import SYSTEM
from services.case import peek
from services.taking_minutes import gather
from storage.tables import Board, Meeting, Participant, Person
from storage.work import UnitOfWork
from tests.services.room import Room
from tests.services.test_calling import console

MANY = 500


def crowd(room: Room) -> None:
    """So many more stakeholders, none of them here, each with the longest of labels."""
    plan_id, community_id = room.meeting.plan_id, room.meeting.community_id

    def act(uow: UnitOfWork) -> None:
        for number in range(MANY):
            label = f"{number:03}-" + "长" * 40
            person = uow.add(Person(community_id=community_id, label=label, name="", building="", household=""))
            uow.add(
                Participant(
                    community_id=community_id,
                    plan_id=plan_id,
                    person_id=person.id or 0,
                    capacity="stakeholder",
                    category="群体",
                )
            )

    room.database.write_now(act)


def page(room: Room, who: str, name: str, number: int) -> dict[str, Any]:
    """What the page of this list shows this person."""
    actor = room.actor(who)
    return room.read(
        lambda uow: lists.read_list(uow, actor=actor, meeting_id=room.id, page=name, number=number, now=room.instant)
    ).facts


def test_t05_a_console_of_five_hundred_names_nobody_away(room: Room) -> None:
    room.to_discussion()
    crowd(room)
    shown = views.render("console", console(room), "zh")
    assert shown_length(shown.text) <= TEXT_LIMIT and "等共 500 人" in shown.text
    assert shown.buttons[-1][0].text == "📋 全部名单"
    first = page(room, "chair", "absent", 1)
    found = []
    for number in range(1, first["pages"] + 1):
        told = page(room, "recorder", "absent", number)
        text = views.render("name_list", told, "zh").text
        assert shown_length(text) <= TEXT_LIMIT and "…等" not in text
        found += [one["label"][:3] for one in told["entries"] if one["label"][:3] in text]
    assert found == [f"{number:03}" for number in range(MANY)]
    assert page(room, "supervisor", "absent", 10**18)["page"] == first["pages"]
    assert [page(room, "chair", "present", 1)["count"], page(room, "chair", "not_voted", 1)["count"]] == [15, 0]
    for who, name, code in (("r102", "absent", "not_your_role"), ("chair", "everybody", "stale")):
        with pytest.raises(RuleBroken, match=code):
            page(room, who, name, 1)


def test_the_chair_closes_the_list_early_and_whoever_was_up_is_heard(room: Room) -> None:
    room.to_discussion()
    assert room.refused("chair", closing_list.close_list, reason=" ") == "reason_needed"
    assert room.refused("r102", closing_list.close_list, reason="晚了") == "not_your_role"
    room.acts("chair", closing_list.close_list, reason="意见已经重复")
    assert room.refused("chair", closing_list.close_list, reason="再来") == "list_closes_soon"
    room.deliver(seen_after=5)
    assert room.meeting.list_closes_at == room.instant + timedelta(seconds=65)
    room.passes(64)
    room.acts("r102", hands.raise_hand, stance="for")
    room.passes(2)
    assert room.refused("r201", hands.raise_hand, stance="for") == "list_closed"
    assert room.acts("r201", opinions.write_opinion, text="灯要亮\n到天明").code == "opinion_written"
    assert room.refused("neighbour", opinions.write_opinion, text="我也写") == "not_checked_in"
    minutes = room.read(lambda uow: gather(peek(uow, room.topic_id, SYSTEM), uow.must(Meeting, room.id)))
    assert [one.label for one in minutes.corrections] == ["1-201"] and "灯要亮" in minutes.corrections[0].text
    assert room.refused("chair", wording.open_wording) == "hands_waiting"
    assert room.refused("chair", floor.last_call) == "hands_waiting"
    queue = room.read(lambda uow: uow.one("SELECT max(id) FROM hand"))
    assert queue is not None
    room.acts("chair", turns.grant, hand_id=queue[0])
    room.deliver()
    room.says("r102", "赞成")
    room.acts("r102", turns.yield_turn, turn_id=room.last_turn.id)
    assert room.acts("chair", wording.open_wording).code == "wording_opened"
    assert [facts["why"] for facts in room.kinds("list_closing")] == ["意见已经重复"]
    board = room.read(lambda uow: uow.first(Board, meeting_id=room.id, person_id=None))
    assert board is not None and room.read(lambda uow: boards.content(uow, board_id=board.id or 0, now=room.instant))


def test_the_end_of_the_list_waits_for_the_supervisor_and_is_not_called_into_a_vote(room: Room) -> None:
    room.to_discussion()
    room.acts("chair", floor.last_call)
    room.passes(50)
    room.acts("chair", closing_list.close_list, reason="夜深了")
    room.acts("supervisor", stopping.stop_meeting, reason="念错了规则", correction="重念一遍")
    room.deliver(seen_after=5)
    room.passes(120)
    assert room.kinds("list_closed") == []
    room.acts("supervisor", stopping.lift_stop)
    room.deliver()
    assert room.meeting.list_closes_at == room.instant + timedelta(seconds=60)
    room.passes(11)
    room.acts("chair", wording.open_wording)
    room.passes(60)
    room.deliver()
    assert room.kinds("list_closed") == []
