"""5.6.4: a vote that broke a clause is void; it stays to be seen, and the same text is put again."""

import json

import pytest

from services import annulling, recording, result, stopping, telling, voting
from storage import search
from storage.tables import Document, JournalEntry, Motion, Seat, Telling, Vote
from tests.services.after import DAY, After
from tests.services.room import STAKEHOLDERS, Room
from tests.services.suspended import console_of, decided, voting_now
from tests.services.test_stopping import ORDER

BROKEN = {"clause": "5.5.3 b", "reason": "第二轮没请反对的举手"}


def annuls(room: Room, who: str = "supervisor", **changed: object) -> str:
    """The vote under way or last held."""
    return room.acts(who, annulling.annul_motion, **({"motion_id": room.motion.id} | BROKEN | changed)).code


def motions(room: Room, kind: str = "main") -> list[Motion]:
    """Every vote of this kind, the first one first."""
    return list(room.read(lambda uow: uow.all(Motion, order="id", meeting_id=room.id, kind=kind)))


def steps(room: Room, who: str) -> list[str]:
    return [step["action"] for step in console_of(room, who)["steps"]]


@pytest.mark.parametrize("moment", ["calling", "correcting", "decided", "stopped"])
def test_the_same_text_is_put_again_and_the_void_hands_stay(room: Room, moment: str) -> None:
    voting_now(room)
    if moment != "calling":
        for stance in ("for", "against", "abstain"):
            room.passes(61)
            room.acts("chair", voting.close_call, motion_id=room.motion.id, calling=stance)
        room.passes(61 if moment != "correcting" else 1)
    if moment == "stopped":
        room.acts("supervisor", stopping.stop_meeting, **ORDER)
    assert annuls(room) == "motion_annulled"
    if moment == "stopped":
        assert room.meeting.state == "suspended"
        room.acts("supervisor", stopping.lift_stop)
    room.passes(120)
    void, again = motions(room)
    assert (void.void_clause, void.void_reason) == ("5.5.3 b", BROKEN["reason"]) and void.voided_at is not None
    assert (again.round, again.stage, again.wording) == (2, "put", void.wording)
    assert (room.meeting.state, room.meeting.verdict) == ("main_vote", None)
    assert room.read(lambda uow: uow.count(Vote, motion_id=void.id)) == 1
    assert room.refused("r102", voting.cast_vote, motion_id=void.id, stance="for") == "vote_not_open"
    assert room.refused("chair", voting.close_call, motion_id=void.id, calling="for") == "no_call_running"
    room.deliver()
    assert [one["broken"] for one in room.kinds("motion_annulled")] == ["5.5.3 b"]
    assert console_of(room, "chair")["motion"]["void"] == [{"round": 1, "clause": "5.5.3 b"}]


def test_the_new_vote_has_a_fresh_roster_and_alone_gives_the_verdict(room: Room) -> None:
    decided(room)
    digest = room.motion.digest
    assert room.meeting.verdict == "agreed"
    annuls(room)
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    assert room.motion.digest == digest
    again = room.motion.id
    assert room.read(lambda uow: uow.count(Seat, motion_id=again)) == len(STAKEHOLDERS)
    for stance, who in (("for", "r101"), ("against", "r102"), ("abstain", "r201")):
        room.passes(1)
        room.acts(who, voting.cast_vote, motion_id=again, stance=stance)
        room.passes(60)
        room.acts("chair", voting.close_call, motion_id=again, calling=stance)
    room.passes(61)
    assert room.meeting.verdict == "reconvene" and "announce" in steps(room, "chair")


def test_rules_are_put_again_before_anything_is_built_on_them(room: Room) -> None:
    room.to_rules_vote()
    assert "annul_motion" not in steps(room, "supervisor")
    room.vote(8, 2, 1)
    assert room.meeting.rules_adopted
    annuls(room, clause="5.6.1 b")
    assert room.meeting.rules_adopted is None and [one.round for one in motions(room, "rules")] == [1, 2]
    assert "declare_open" not in steps(room, "chair")
    room.vote(8, 2, 1)
    assert room.meeting.rules_adopted and "declare_open" in steps(room, "chair")


def test_rules_that_the_meeting_went_on_by_are_corrected_not_annulled(room: Room) -> None:
    room.to_discussion()
    assert room.refused("supervisor", annulling.annul_motion, motion_id=room.motion.id, **BROKEN) == "not_now"
    room.acts("supervisor", stopping.stop_meeting, **ORDER)
    facts = {"motion_id": room.motion.id} | BROKEN
    assert room.refused("supervisor", annulling.annul_motion, **facts) == "vote_carried_out"


def test_forged_and_stale_annulments(room: Room) -> None:
    decided(room)
    first = room.motion.id
    for who in ("chair", "recorder", "adviser", "r101"):
        assert room.refused(who, annulling.annul_motion, motion_id=first, **BROKEN) == "not_your_role"
    for changed, code in (
        ({"motion_id": 10**6}, "motion_gone"),
        ({"clause": "5.6.1 b"}, "no_such_choice"),
        ({"clause": ""}, "no_such_choice"),
        ({"reason": "\u200b"}, "empty_text"),
        ({"reason": " "}, "reason_needed"),
        ({"reason": "长" * 301}, "text_too_long"),
    ):
        assert room.refused("supervisor", annulling.annul_motion, **({"motion_id": first} | BROKEN | changed)) == code
    annuls(room)
    assert room.refused("supervisor", annulling.annul_motion, motion_id=first, **BROKEN) == "no_vote_to_annul"
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    assert room.refused("supervisor", annulling.annul_motion, motion_id=first, **BROKEN) == "motion_gone"


def test_an_announced_result_is_taken_back_and_a_new_one_told(room: Room) -> None:
    after = After(room, 9, 2, 1)
    after.takes("recorder", telling.publish_result)
    after.passes(60)
    told = room.read(lambda uow: uow.count(Telling, subject="result", subject_id=room.id))
    annuls(room)
    room.deliver()
    assert (room.meeting.state, room.meeting.live, room.meeting.verdict) == ("main_vote", True, None)
    assert (after.topic.stage, after.topic.outcome) == ("meeting", None)
    assert "opinion" not in {key[0] for key in room.read(lambda uow: search.kept(uow, room.topic_id))}
    assert room.read(lambda uow: uow.count(Telling, subject="result", subject_id=room.id)) == 0
    assert room.read(lambda uow: uow.count(Telling, subject=annulling.VOID)) == told > 0
    assert len(room.kinds("motion_annulled")) > 3  # group, channel or not, and who was told
    assert after.refused("recorder", telling.publish_result) == "not_this_stage"
    assert set(steps(room, "chair")) >= {"open_call", "adjourn"}
    room.vote(2, 9, 1)
    room.acts("chair", result.announce)
    room.deliver()
    assert (room.meeting.state, after.topic.outcome) == ("announced", "ended")
    assert [one["result"]["verdict"] for one in room.kinds("result")] == ["agreed", "ended"]
    after.takes("recorder", telling.publish_result)
    after.passes(60)
    notices = room.read(lambda uow: uow.all(Document, order="version", topic_id=room.topic_id, kind="result_notice"))
    assert [(one.version, one.voided_at is not None) for one in notices] == [(1, True), (2, False)]
    assert {one["outcome"] for one in room.kinds("result_told")[-5:]} == {"ended"}
    record = room.read(lambda uow: uow.first(Document, order="-version", topic_id=room.topic_id, kind="b3"))
    assert record is not None
    course = json.dumps(record.facts, ensure_ascii=False)
    assert "第1次表决作废" in course and "5.5.3 b" in course and record.facts["in_favour"] == 2
    after.passes(DAY)
    after.takes("recorder", recording.sign_record)


def test_a_signed_record_is_final(room: Room) -> None:
    after = After(room, 9, 2, 1)
    assert "annul_motion" in steps(room, "supervisor")
    after.passes(DAY)
    after.takes("recorder", recording.sign_record)
    facts = {"motion_id": room.motion.id} | BROKEN
    assert room.refused("supervisor", annulling.annul_motion, **facts) == "record_already_signed"
    assert "annul_motion" not in steps(room, "supervisor")


def test_the_same_result_again_is_a_new_notice(room: Room) -> None:
    """A void notice is not brought back to life by the same words."""
    after = After(room, 9, 2, 1)
    after.takes("recorder", telling.publish_result)
    annuls(room)
    room.vote(9, 2, 1)
    room.acts("chair", result.announce)
    room.deliver()
    after.takes("recorder", telling.publish_result)
    notice = room.read(lambda uow: uow.first(Document, order="-version", kind="result_notice"))
    assert notice is not None and (notice.version, notice.voided_at) == (2, None)


def test_a_message_about_a_void_result_is_not_sent_any_more(room: Room) -> None:
    after = After(room, 9, 2, 1)
    sent = len(room.kinds("result_told"))
    after.takes("recorder", telling.publish_result)
    annuls(room)
    room.deliver()
    assert len(room.kinds("result_told")) == sent and room.kinds("result_published") == []


def test_another_meeting_in_the_group_is_waited_for(room: Room) -> None:
    After(room, 9, 2, 1)
    room.database.write_now(
        lambda uow: uow.raw(
            "INSERT INTO meeting (community_id, topic_id, plan_id, rules_id, chat_id, chair_id, state, live, sitting,"
            " scheduled_at, interruptions, wording_version, wording, annex, condition, held, chair_lent)"
            " SELECT community_id, topic_id, plan_id, rules_id, chat_id, chair_id, 'check_in', TRUE, 1, scheduled_at,"
            " 0, 0, '{}', '{}', '{}', '{}', FALSE FROM meeting WHERE id = :id",
            {"id": room.id},
        )
    )
    motion_id = room.motion.id
    assert room.refused("supervisor", annulling.annul_motion, motion_id=motion_id, **BROKEN) == "group_busy"


def test_the_journal_names_the_clause_and_hides_the_words(room: Room) -> None:
    decided(room)
    annuls(room)
    entries = [row.entry for row in room.read(lambda uow: uow.all(JournalEntry, subject_id=room.topic_id))]
    (entry,) = [one for one in entries if '"kind":"motion_annulled"' in one]
    assert '"clause":"5.5.3 b"' in entry and BROKEN["reason"] not in entry
