"""Words out of turn under strict rules, and removed by the chair: kept first, always (5.5.2 d, T28)."""

import pytest

from services import (
    floor,
    order_facts,
    order_lines,
    removing,
    rules,
    speech,
)
from services.act import SYSTEM, Actor
from services.case import Case
from services.paper_words import in_print
from services.refused import refused
from services.taking_minutes import gather
from storage.tables import Attachment, Meeting, Outbox, Removal, Topic
from storage.work import UnitOfWork
from tests.services.order import SQLITE, WHO, WHY, interrupts, may, speech_of, strictly
from tests.services.room import GROUP, Room
from tests.services.test_speeches import PICTURE, noted, speaks


@pytest.fixture
def talk(room: Room) -> Room:
    return room.to_discussion()


@SQLITE
def test_strict_rules_are_a_choice_where_the_bot_may_delete(room: Room) -> None:
    room.to_rules_vote()
    assert room.refused("chair", rules.change_rules, settings={"floor_mode": "strict"}) == "strict_no_right"
    may(room)
    assert room.acts("chair", rules.change_rules, settings={"floor_mode": "strict"}).facts["changed"] == ["floor_mode"]
    assert room.says(WHO, "规则还没通过").code == "interruption"
    assert room.read(lambda uow: uow.count(Removal)) == 0


def test_t28_strict_rules_log_first_and_remove_then(talk: Room) -> None:
    strictly(talk)
    speaks(talk)
    interrupts(talk, file=PICTURE, kind="photo")
    kept = speech_of(talk)
    assert [talk.read(lambda uow: uow.must(Attachment, 1)).state, talk.sent[-1][0] == "speech_delete"] == [
        "wanted",
        False,
    ]
    assert [entry["standing"] for entry in noted(talk, "said")][-1:] == ["interruption"]
    row = talk.read(lambda uow: uow.first(Outbox, kind="speech_delete"))
    assert row is not None and row.facts["message_id"] == kept.message_id
    talk.deliver()
    assert talk.read(lambda uow: order_facts.removed(uow, talk.id)) == 1
    assert [entry["kind"] for entry in noted(talk, "removed")] == ["removed"]
    assert len(talk.kinds("hint_removed")) == 1 and talk.kinds("hint_hand") == []
    for who in ("r102", "chair", "recorder", "supervisor", "adviser"):
        assert talk.says(who, "我的话不移除").code == ("speech" if who == "r102" else "official")
    assert talk.read(lambda uow: uow.count(Removal)) == 1
    talk.says("observer", "我也说两句")
    talk.deliver()
    assert [told["way"] for told in talk.kinds("hint_removed")] == ["hand", "called"]


def test_t28_an_album_goes_whole_and_the_group_is_hinted_once_a_minute(talk: Room) -> None:
    strictly(talk)
    for _ in range(3):
        talk.says(WHO, "", kind="photo", album="77", file=PICTURE | {"file_id": str(talk.messages)})
    assert talk.meeting.interruptions == 1 and talk.read(lambda uow: uow.count(Removal)) == 3
    talk.deliver()
    assert talk.read(lambda uow: order_facts.removed(uow, talk.id)) == 1
    actor = Actor(99_999, 10**6, 10**6)
    for number in range(3):
        told = {"chat_id": GROUP, "message_id": 9000 + number, "kind": "text", "text": "外人的话", "own_words": True}
        facts = told | {"sent_at": talk.instant, "duration_seconds": 0, "sender_chat": False}
        talk.door.act_now(speech.record, actor, None, **facts)
    talk.deliver()
    assert len(talk.kinds("floor_hint")) == 1 and talk.read(lambda uow: uow.count(Removal)) == 6


@SQLITE
def test_the_floor_falls_back_to_soft_when_the_right_is_lost(talk: Room) -> None:
    strictly(talk)
    interrupts(talk)
    row = talk.read(lambda uow: uow.first(Outbox, kind="speech_delete"))
    assert row is not None
    talk.door.act_now(refused, SYSTEM, None, outbox_id=row.id, reason="Message can't be deleted")
    interrupts(talk)
    talk.deliver()
    assert talk.read(lambda uow: [bool(one.failed_at) for one in uow.all(Removal)]) == [True]
    assert [told["code"] for told in talk.kinds("order_told")] == ["floor-soft"]
    assert [entry["mode"] for entry in noted(talk, "floor_mode_in_force")] == ["soft"]
    may(talk)
    interrupts(talk)
    talk.deliver()
    assert [told["code"] for told in talk.kinds("order_told")] == ["floor-soft", "floor-strict"]
    assert talk.read(lambda uow: uow.count(Removal)) == 2


@SQLITE
def test_t28_the_chair_removes_one_message_with_a_reason_and_the_record_keeps_it(talk: Room) -> None:
    speech_id = interrupts(talk, text="你就是个骗子", file=PICTURE, kind="photo")
    assert talk.refused(WHO, removing.remove_words, speech_id=speech_id, reason=WHY) == "not_your_role"
    assert talk.refused("chair", removing.remove_words, speech_id=speech_id, reason=" ") == "reason_needed"
    assert talk.refused("chair", removing.remove_words, speech_id=10**15, reason=WHY) == "no_interruption"
    may(talk, delete=False)
    assert talk.refused("chair", removing.remove_words, speech_id=speech_id, reason=WHY) == "remove_no_right"
    may(talk)
    talk.acts("chair", floor.please_stop, speech_id=speech_id)
    talk.acts("chair", removing.remove_words, speech_id=speech_id, reason="人身攻击")
    assert talk.refused("chair", removing.remove_words, speech_id=speech_id, reason=WHY) == "words_removed_already"
    talk.deliver()
    assert talk.kinds("words_removed")[0]["why"] == "人身攻击"
    assert talk.read(lambda uow: uow.must(Attachment, 1)).state == "wanted"

    def printed(uow: UnitOfWork) -> list[str]:
        case = Case(uow, uow.must(Topic, talk.topic_id), Actor(None))
        return [text for _, text in order_lines.lines(gather(case, uow.must(Meeting, talk.id)))]

    (line,) = talk.read(printed)
    assert in_print("人身攻击") in line and "你就是个骗子" in line
    old = interrupts(talk, later=-47 * 3600 - 1)
    assert talk.refused("chair", removing.remove_words, speech_id=old, reason=WHY) == "too_late_to_remove"
