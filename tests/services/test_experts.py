"""Questions to the experts: asked, merged, given to somebody, answered outside every count of turns (5.6.1 f)."""

from datetime import timedelta
from typing import Any

import pytest

from procedure.terms import Capacity
from services import (
    answering,
    checkin,
    floor,
    hands,
    proceedings,
    questions,
    result,
    room,
    stopping,
    taking_minutes,
    turns,
    wording,
)
from services.act import Actor
from services.case import Case
from services.sitting import Sitting
from storage.tables import Deadline, Document, ExpertQuestion, Meeting, Participant, Speech, Topic
from storage.work import UnitOfWork
from tests.services.hybrid import hybrid, seat
from tests.services.room import Room
from tests.services.test_calling import console
from tests.services.test_floor import raise_all
from tests.services.test_speeches import noted


@pytest.fixture
def talk(room: Room) -> Room:
    """The discussion has begun, and the unit of the plan, who answers, has signed in."""
    room.to_discussion()
    room.acts("property", checkin.check_in, via="button")
    return room


def asks(room: Room, who: str, text: str) -> int:
    """A question of this stakeholder; its id."""
    room.acts(who, questions.ask_expert, text=text)
    return rows(room)[-1].id or 0


def rows(room: Room) -> list[ExpertQuestion]:
    return list(room.read(lambda uow: uow.all(ExpertQuestion, order="number", meeting_id=room.id)))


def states(room: Room) -> list[str]:
    return [row.state for row in rows(room)]


def shown(room: Room) -> list[dict[str, Any]]:
    """The questions on the chair's console."""
    found = console(room)["questions"]
    assert isinstance(found, list)
    return found


def person(room: Room, who: str) -> int:
    """The roster's number of somebody of the cast."""
    meeting, actor = room.meeting, room.actor(who)
    found = room.read(lambda uow: Sitting(uow, uow.must(Meeting, meeting.id or 0), actor).person_id())
    assert found is not None
    return found


def gives(room: Room, question_id: int, who: str = "property", minutes: int = 3) -> None:
    expert_id = person(room, who)
    room.acts("chair", questions.assign_question, question_id=question_id, expert_id=expert_id, minutes=minutes)


def course(room: Room) -> str:
    """What the record B.3 says of the meeting so far."""

    def lines(uow: UnitOfWork) -> str:
        case = Case(uow, uow.must(Topic, room.topic_id), Actor(None))
        return "\n".join(proceedings.proceedings(taking_minutes.gather(case, uow.must(Meeting, room.id))))

    return room.read(lines)


def test_a_question_is_given_to_somebody_called_and_answered_at_no_turns_cost(talk: Room) -> None:
    (hand,) = raise_all(talk, ("r102", "against"))
    first = asks(talk, "r101", "充电桩离楼<b>多远</b>？")
    assert talk.refused("chair", answering.call_expert, question_id=first) == "question_unassigned"
    assert talk.refused("r102", questions.assign_question, question_id=first, expert_id=1, minutes=3) == "not_your_role"
    for bad, code in ((person(talk, "r102"), "not_an_expert"), (10**12, "not_an_expert")):
        assert talk.refused("chair", questions.assign_question, question_id=first, expert_id=bad, minutes=3) == code
    gives(talk, first, minutes=5)
    talk.deliver()
    assert [facts["text"] for facts in talk.kinds("question_assigned")] == ["充电桩离楼<b>多远</b>？"]
    assert [one["expert"] for one in shown(talk)] == ["物业公司"]
    talk.acts("chair", answering.call_expert, question_id=first)
    talk.deliver()
    turn = talk.last_turn
    assert (talk.meeting.state, turn.kind, turn.minutes, turn.counted) == ("expert_answers", "answer", 5, False)
    assert turn.starts_at is not None and turn.ends_at == turn.starts_at + timedelta(minutes=5)
    assert talk.refused("chair", turns.grant, hand_id=hand) == "not_now"
    assert talk.refused("chair", answering.call_expert, question_id=first) == "not_now"
    assert talk.acts("r201", hands.raise_hand, stance="for").code == "hand_raised"
    talk.acts("chair", turns.extend_turn, turn_id=turn.id, minutes=2, reason="还要看图纸")
    assert talk.says("property", "二十五米，有图").code == "speech"
    assert talk.says("r102", "我不信").code == "interruption"
    assert (states(talk), talk.meeting.questions_open) == (["answered"], 0)
    talk.acts("property", turns.yield_turn, turn_id=turn.id)
    talk.deliver()
    assert (talk.meeting.state, talk.meeting.last_stance) == ("discussion", None)
    assert talk.kinds("handover")[-1]["ended"] | {"label": ""} == {
        "label": "",
        "reason": "done",
        "why": None,
        "kind": "answer",
    }
    assert talk.refused("property", hands.raise_hand, stance="for") == "not_your_role"
    assert talk.refused("chair", answering.call_expert, question_id=first) == "no_question_open"
    written = course(talk)
    for sentence in ("1-101向专家提问", "第1问", "物业公司回答第1问", "二十五米"):
        assert sentence in written


def test_who_may_ask_and_how_often(talk: Room) -> None:
    assert talk.refused("neighbour", questions.ask_expert, text="远吗") == "not_your_role"
    assert talk.refused("observer", questions.ask_expert, text="远吗") == "not_your_role"
    assert talk.refused("r101", questions.ask_expert, text="长" * 201) == "text_too_long"
    assert talk.refused("r101", questions.enter_question, asker_id=1, text="远吗") == "not_your_role"
    for asker in (person(talk, "property"), person(talk, "neighbour"), 10**12):
        assert talk.refused("recorder", questions.enter_question, asker_id=asker, text="远吗") == "no_such_asker"
    for number in range(2):
        asks(talk, "r101", f"问题{number}")
    entered = talk.acts("recorder", questions.enter_question, asker_id=person(talk, "r101"), text="第三个")
    assert entered.facts == {"number": 3, "label": "1-101"}
    assert talk.refused("r101", questions.ask_expert, text="第四个") == "questions_used"
    assert "记录员代为登记" in course(talk) and len(noted(talk, "question_asked")) == 3

    plan_id = talk.meeting.plan_id

    def nobody(uow: UnitOfWork) -> None:
        for row in uow.all(Participant, plan_id=plan_id, capacity=Capacity.UNIT.value):
            row.capacity = Capacity.OBSERVER.value

    talk.database.write_now(nobody)
    assert talk.refused("r102", questions.ask_expert, text="远吗") == "no_experts"


def test_the_discussion_does_not_end_over_questions(talk: Room) -> None:
    one, two, three, four = (asks(talk, who, f"{who}的问题") for who in ("r101", "r102", "r201", "r202"))
    talk.acts("chair", floor.last_call)
    talk.passes(61)
    assert talk.refused("chair", wording.open_wording) == "questions_open"
    assert talk.refused("chair", questions.merge_questions, question_id=one, merged=[two]) == "not_your_role"
    assert talk.refused("recorder", questions.merge_questions, question_id=one, merged=[one]) == "merged_with_itself"
    talk.acts("recorder", questions.merge_questions, question_id=two, merged=[three])
    talk.acts("recorder", questions.merge_questions, question_id=one, merged=[two, two])
    assert [row.merged_into for row in rows(talk)] == [None, one, one, None]
    assert talk.refused("recorder", questions.merge_questions, question_id=one, merged=[two]) == "question_gone"
    settle = questions.settle_questions
    assert talk.refused("chair", settle, question_ids=[one, four], reason=" ") == "empty_text"
    until = (talk.instant + timedelta(days=15)).date().isoformat()
    assert talk.refused("chair", settle, question_ids=[one], until=until) == "question_unassigned"
    gives(talk, one)
    assert talk.refused("chair", settle, question_ids=[one], until="2020-01-01") == "written_day_bad"
    talk.acts("chair", settle, question_ids=[one], until=until)
    talk.acts("chair", settle, question_ids=[four], reason="不归这次会管")
    assert (states(talk), talk.meeting.questions_open) == (["promised", "merged", "merged", "unanswered"], 0)
    talk.deliver()
    assert [(facts["until"], facts["why"]) for facts in talk.kinds("questions_settled")] == [
        (until, ""),
        (None, "不归这次会管"),
    ]
    assert talk.read(lambda uow: uow.count(Deadline, kind="written_answer", done_at=None)) == 1
    said = course(talk)
    for sentence in ("把第3问并到第1问", "第1问由物业公司在", "第4问未答复", "不归这次会管"):
        assert sentence in said
    assert talk.acts("chair", wording.open_wording).code == "wording_opened"


def test_who_cannot_answer_now_promises_it_and_writes_it_after_the_meeting(talk: Room) -> None:
    first = asks(talk, "r101", "一年多少电费？")
    gives(talk, first)
    talk.acts("chair", answering.call_expert, question_id=first)
    talk.deliver()
    talk.says("property", "要回去查账")
    day = (talk.instant + timedelta(days=3)).date().isoformat()
    assert talk.refused("observer", answering.promise_answer, question_id=first, until=day) == "question_of_another"
    assert talk.refused("property", answering.write_answer, question_id=first, text="先写") == "question_gone"
    talk.acts("property", answering.promise_answer, question_id=first, until=day)
    assert (talk.meeting.state, talk.last_turn.end_reason, states(talk)) == ("discussion", "promised", ["promised"])
    talk.deliver()
    assert len(talk.kinds("answer_due")) == 1
    talk.acts("chair", floor.last_call)
    talk.passes(61)
    talk.acts("chair", wording.open_wording)
    talk.deliver()
    talk.post()
    talk.passes(301)
    talk.vote(8, 2, 1)
    talk.acts("chair", result.announce)
    talk.deliver()
    drawn = talk.read(lambda uow: uow.count(Document, topic_id=talk.topic_id, kind="b3"))
    talk.acts("property", answering.write_answer, question_id=first, text="一年约三千元，见附表")
    talk.deliver()
    assert [facts["text"] for facts in talk.kinds("answer_written")] == ["一年约三千元，见附表"]
    assert talk.refused("property", answering.write_answer, question_id=first, text="再写") == "question_gone"
    assert "物业公司对第1问的书面答复" in course(talk) and "一年约三千元" in course(talk)
    assert talk.read(lambda uow: uow.count(Document, topic_id=talk.topic_id, kind="b3")) == drawn + 1
    assert talk.read(lambda uow: uow.count(Deadline, kind="written_answer", done_at=None)) == 0


def test_an_expert_who_says_nothing_leaves_the_question_waiting(talk: Room) -> None:
    first = asks(talk, "r101", "安全吗？")
    gives(talk, first, who="observer")
    assert talk.refused("chair", answering.call_expert, question_id=first) == "expert_absent"
    gives(talk, first)
    talk.acts("chair", answering.call_expert, question_id=first)
    talk.deliver()
    talk.passes(121)
    assert (talk.meeting.state, states(talk), talk.meeting.questions_open) == ("discussion", ["waiting"], 1)
    talk.acts("chair", answering.call_expert, question_id=first)
    talk.deliver()
    talk.says("property", "转发的检测报告", own_words=False)
    assert states(talk) == ["waiting"]
    borrowed = talk.read(lambda uow: uow.first(Speech, standing="borrowed"))
    assert borrowed is not None
    talk.acts("chair", floor.accept_words, speech_id=borrowed.id, reason="是检测报告")
    assert states(talk) == ["answered"]


def test_an_answer_counts_for_the_question_it_was_merged_into_and_is_followed_by_another_last_call(talk: Room) -> None:
    first, second = asks(talk, "r101", "离楼多远？"), asks(talk, "r102", "多少米？")
    gives(talk, first)
    talk.acts("chair", floor.last_call)
    talk.passes(61)
    talk.acts("chair", answering.call_expert, question_id=first)
    talk.deliver()
    talk.acts("recorder", questions.merge_questions, question_id=second, merged=[first])
    talk.says("property", "转发的图纸", own_words=False)
    talk.acts("property", turns.yield_turn, turn_id=talk.last_turn.id)
    assert states(talk) == ["merged", "waiting"] and rows(talk)[1].expert_id == person(talk, "property")
    talk.deliver()
    assert talk.kinds("handover")[-1]["ended"]["reason"] == "unanswered"  # nobody is thanked for what still waits
    borrowed = talk.read(lambda uow: uow.first(Speech, standing="borrowed"))
    assert borrowed is not None and console(talk)["borrowed"]
    talk.acts("chair", floor.accept_words, speech_id=borrowed.id, reason="是规划局的原图")
    assert (states(talk), talk.meeting.questions_open) == (["merged", "answered"], 0)
    assert "物业公司回答第2问" in course(talk)
    assert talk.refused("chair", wording.open_wording) == "last_call_needed"


def test_an_answer_stands_still_with_the_meeting_and_is_written_down_in_the_room(talk: Room) -> None:
    seat(hybrid(talk), {5: "property"})
    first = asks(talk, "r101", "要不要停电？")
    gives(talk, first)
    talk.acts("chair", answering.call_expert, question_id=first)
    talk.deliver()
    turn = talk.last_turn
    assert turn.ends_at is not None
    left = turn.ends_at - talk.instant
    talk.acts("supervisor", stopping.stop_meeting, reason="念错了规则", correction="重念一遍")
    talk.passes(600)
    assert talk.says("property", "先说一句").code == "paused" and states(talk) == ["waiting"]
    talk.acts("supervisor", stopping.lift_stop)
    talk.deliver()
    assert talk.meeting.state == "expert_answers" and talk.last_turn.id == turn.id
    assert talk.last_turn.ends_at == talk.instant + left
    talk.acts("recorder", room.write_room_speech, turn_id=turn.id, text="不停电，夜里施工")
    talk.acts("recorder", room.end_room_turn, turn_id=turn.id)
    assert (talk.meeting.state, states(talk), talk.last_turn.counted) == ("discussion", ["answered"], False)
    assert "不停电" in course(talk) and "物业公司回答第1问" in course(talk)
