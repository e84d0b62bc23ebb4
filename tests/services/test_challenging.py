"""A stakeholder challenges a vote; the supervisor answers within 24 hours, and both stand in the record (our rule)."""

import json
from typing import Any

import pytest

from procedure.errors import RuleBroken
from services import annulling, challenging, home, recording, stopping
from services.act import Receipt
from storage.tables import Challenge, Deadline, Document, JournalEntry
from tests.services.after import DAY, After
from tests.services.room import ACCOUNTS, Room
from tests.services.suspended import decided
from tests.services.test_annulling import BROKEN
from tests.services.test_stopping import ORDER

MINE: dict[str, Any] = {"about": "hand", "text": "我举的是反对，没有算上"}
ANSWER: dict[str, Any] = {"upheld": False, "answer": "查过记录，第二轮里有您的反对"}


def takes(room: Room, who: str, action: Any, **facts: Any) -> Receipt:
    """One tap about the topic."""
    actor = room.actor(who)
    return room.door.act_now(action, actor, f"{actor.arrival}:1", topic_id=room.topic_id, **facts)


def refused(room: Room, who: str, action: Any, **facts: Any) -> str:
    """The code with which it is refused."""
    with pytest.raises(RuleBroken) as broken:
        takes(room, who, action, **facts)
    return broken.value.code


def challenges(room: Room, who: str = "r102", **changed: Any) -> int:
    """A challenge of the vote last held; its id."""
    facts = {"motion_id": room.motion.id} | MINE | changed
    assert takes(room, who, challenging.challenge_vote, **facts).code == "vote_challenged"
    row = room.read(lambda uow: uow.first(Challenge, order="-id"))
    assert row is not None and row.id is not None
    return row.id


def heard(room: Room, who: str, code: str) -> int:
    """How often somebody was told this."""
    room.deliver()
    return sum(
        kind == "after_news" and chat == ACCOUNTS[who] and facts["code"] == code for kind, chat, facts in room.sent
    )


def clock(room: Room) -> Deadline | None:
    return room.read(lambda uow: uow.first(Deadline, kind="challenge", done_at=None))


def test_it_is_answered_with_a_reason_told_and_kept(room: Room) -> None:
    decided(room)
    number = challenges(room)
    deadline = clock(room)
    assert deadline is not None and (deadline.ends_at - room.instant).total_seconds() == DAY
    assert heard(room, "supervisor", "challenged") == 1 and heard(room, "recorder", "challenged") == 0
    assert takes(room, "supervisor", challenging.answer_challenge, challenge_id=number, **ANSWER).code == (
        "challenge_answered"
    )
    assert heard(room, "r102", "challenge_refused") == 1 and clock(room) is None
    row = room.read(lambda uow: uow.must(Challenge, number))
    assert (row.upheld, row.answer, row.answered_at) == (False, ANSWER["answer"], room.instant)
    entries = [one.entry for one in room.read(lambda uow: uow.all(JournalEntry, subject_id=room.topic_id))]
    assert sum('"kind":"vote_challenged"' in one or '"kind":"challenge_answered"' in one for one in entries) == 2
    assert not any(MINE["text"] in one or ANSWER["answer"] in one for one in entries)


def test_one_at_a_time_and_each_point_once(room: Room) -> None:
    decided(room)
    first = challenges(room)
    motion_id = room.motion.id
    facts = {"motion_id": motion_id} | MINE
    assert refused(room, "r102", challenging.challenge_vote, **facts) == "challenge_waits"
    assert refused(room, "r102", challenging.challenge_vote, **(facts | {"about": "call"})) == "challenge_waits"
    other = challenges(room, "r201", about="call", text="第二轮没等够一分钟")
    takes(room, "supervisor", challenging.answer_challenge, challenge_id=first, **ANSWER)
    assert refused(room, "r102", challenging.challenge_vote, **facts) == "challenge_answered"
    challenges(room, about="call", text="第二轮没听清")
    assert refused(room, "supervisor", challenging.answer_challenge, challenge_id=first, **ANSWER) == "challenge_gone"
    assert takes(room, "supervisor2", challenging.answer_challenge, challenge_id=other, **ANSWER).facts == {
        "upheld": False
    }


def test_what_may_be_challenged_and_by_whom(room: Room) -> None:
    room.to_main_vote()
    rules_vote = room.motion.id
    assert challenges(room) == 1  # the vote on the rules
    room.vote(9, 2, 0)
    motion_id = room.motion.id
    for who in ("chair", "recorder", "supervisor", "observer", "neighbour", "property"):
        assert refused(room, who, challenging.challenge_vote, motion_id=motion_id, **MINE) == "not_your_role", who
    assert refused(room, "stranger", challenging.challenge_vote, motion_id=motion_id, **MINE) == "not_in_community"
    for changed, code in (
        ({"motion_id": 10**6}, "vote_gone"),
        ({"about": "verdict"}, "no_such_choice"),
        ({"text": " \u200b"}, "empty_text"),
        ({"text": "长" * 301}, "text_too_long"),
    ):
        facts = {"motion_id": motion_id} | MINE | changed
        assert refused(room, "r102", challenging.challenge_vote, **facts) == code
    assert rules_vote != motion_id and challenges(room) == 2
    for who in ("chair", "recorder", "r102", "r201"):
        assert refused(room, who, challenging.answer_challenge, challenge_id=2, **ANSWER) == "not_your_role", who
    assert refused(room, "supervisor", challenging.answer_challenge, challenge_id=99, **ANSWER) == "challenge_gone"
    facts = {"challenge_id": 2} | ANSWER | {"answer": " "}
    assert refused(room, "supervisor", challenging.answer_challenge, **facts) == "empty_text"


def test_nothing_to_challenge_before_a_vote_is_over(room: Room) -> None:
    room.to_rules_vote()
    facts = {"motion_id": room.motion.id} | MINE
    assert refused(room, "r102", challenging.challenge_vote, **facts) == "no_vote_to_challenge"
    assert refused(room, "supervisor", challenging.answer_challenge, challenge_id=1, **ANSWER) == "no_challenge"


def test_nobody_answers_their_own(room: Room) -> None:
    """A supervisor who is concerned as well: the deputy or the committee answers."""
    decided(room)
    person = "(SELECT id FROM person WHERE account_id = :account)"
    room.database.write_now(
        lambda uow: uow.raw(
            f"UPDATE post_holder SET person_id = {person} WHERE post = 'supervisor' AND NOT deputy",
            {"account": ACCOUNTS["r102"]},
        )
    )
    number = challenges(room)
    assert heard(room, "r102", "challenged") == 0 and heard(room, "supervisor", "challenged") == 1
    assert refused(room, "r102", challenging.answer_challenge, challenge_id=number, **ANSWER) == "own_challenge"
    assert takes(room, "supervisor", challenging.answer_challenge, challenge_id=number, **ANSWER).code


def test_upheld_the_supervisor_may_annul(room: Room) -> None:
    after = After(room, 9, 2, 1)
    number = challenges(room)
    answered = {"upheld": True, "answer": "确实没有算上"}
    takes(room, "supervisor2", challenging.answer_challenge, challenge_id=number, **answered)
    room.deliver()
    assert [one["label"] for one in room.kinds("annul_offered")] == ["1-102", "1-102"]
    assert heard(room, "r102", "challenge_upheld") == 1
    assert room.meeting.state == "announced"  # that is for the supervisor to say
    still_open = challenges(room, "r201")
    room.acts("supervisor", annulling.annul_motion, motion_id=room.motion.id, **BROKEN)
    row = room.read(lambda uow: uow.must(Challenge, still_open))
    assert (row.upheld, row.answer) == (True, BROKEN["reason"]) and clock(room) is None
    assert heard(room, "r201", "challenge_upheld") == 1
    facts = {"motion_id": row.motion_id} | MINE
    assert after.refused("r301", challenging.challenge_vote, **facts) == "vote_gone"


def test_the_record_waits_for_every_answer_and_has_them_all(room: Room) -> None:
    after = After(room, 9, 2, 1)
    first, second = challenges(room), challenges(room, "r201", about="call", text="没等够一分钟")
    after.passes(DAY)
    assert after.refused("recorder", recording.sign_record) == "challenges_open"
    takes(room, "supervisor", challenging.answer_challenge, challenge_id=first, **ANSWER)
    assert after.refused("recorder", recording.sign_record) == "challenges_open"
    takes(room, "supervisor", challenging.answer_challenge, challenge_id=second, **(ANSWER | {"upheld": True}))
    after.passes(60)
    assert after.takes("recorder", recording.sign_record).code == "record_signed"
    record = room.read(lambda uow: uow.first(Document, order="-version", topic_id=room.topic_id, kind="b3"))
    assert record is not None and record.signed_at is not None
    course = json.dumps(record.facts, ensure_ascii=False)
    for words in (MINE["text"], ANSWER["answer"], "没等够一分钟", "不成立", "本人的举手", "举手的过程"):
        assert words in course
    facts = {"motion_id": room.motion.id, "about": "call", "text": "还有"}
    assert after.refused("r102", challenging.challenge_vote, **facts) == "record_already_signed"


def test_what_is_late_is_seen_by_the_committee(room: Room) -> None:
    decided(room)
    challenges(room)
    due = home_todo(room, "supervisor")
    assert due["kind"] == "challenge" and due["role"] == "supervisor"
    room.passes(2 * DAY)
    late = home_todo(room, "recorder")
    assert late["late"] and late["role"] == "committee"


def home_todo(room: Room, who: str) -> dict[str, Any]:
    """The clock of the challenge on somebody's list."""
    items = room.read(lambda uow: home.todo(uow, room.actor(who), now=room.instant)).facts["items"]
    found: dict[str, Any] = next(one for one in items if one["kind"] == "challenge")
    return found


def test_a_stopped_meeting_can_be_challenged_too(room: Room) -> None:
    decided(room)
    room.acts("supervisor", stopping.stop_meeting, **ORDER)
    number = challenges(room)
    takes(room, "supervisor", challenging.answer_challenge, challenge_id=number, **ANSWER)
    assert (
        room.read(
            lambda uow: challenging.choices(uow, actor=room.actor("r102"), topic_id=room.topic_id, now=room.instant)
        )["challenges"]
        == []
    )
