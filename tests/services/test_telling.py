"""The record until it is handed over, and telling the result (5.6.1 i, 5.7.2, 5.8)."""

import pytest

from services import annex, archiving, recording, telling
from services.course import topic_page
from services.journal import broken
from storage.tables import Deadline, Telling, TellingAttempt, Topic
from storage.work import UnitOfWork
from tests.services.after import DAY, UNREACHED, After
from tests.services.room import GROUP, STAKEHOLDERS, Room

FIX = {"text": "20时后发言的是1-102，不是1-101"}


def test_the_record_is_drafted_at_once_and_everybody_listed_gets_it(room: Room) -> None:
    after = After(room)
    assert (after.topic.stage, after.topic.outcome) == ("tell", "agreed")
    clocks = {row.kind for row in room.read(lambda uow: uow.all(Deadline, done_at=None))}
    assert clocks == {"tell", "record_corrections"}
    mine = after.heard("recorder", "record_draft")[0]
    assert mine["mine"] == "recorder" and mine["steps"] == ["sign_record"] and mine["document"][1].endswith(".docx")
    theirs = after.heard("r102", "record_draft")[0]
    assert theirs["document"] == mine["document"] and theirs["steps"] == ["ask_record_correction"]
    assert len(after.documents("b2")) == len(after.documents("b3")) == 1


def test_nobody_signs_before_the_24_hours_are_over_and_every_correction_is_answered(room: Room) -> None:
    after = After(room)
    assert after.refused("chair", recording.sign_record) == "not_your_role"
    assert after.refused("recorder", recording.sign_record) == "record_corrections_running"
    assert after.refused("recorder", recording.hand_record) == "record_not_signed"
    assert after.refused("recorder", recording.answer_record_correction) == "no_record_correction"
    assert after.refused("stranger", recording.ask_record_correction, **FIX) == "not_in_community"
    after.takes("r102", recording.ask_record_correction, **FIX)
    after.passes(DAY)
    assert after.refused("recorder", recording.sign_record) == "record_corrections_open"
    answer = {"correction_id": 1, "adopted": True, "answer": "查过了，是这样"}
    assert after.refused("r102", recording.answer_record_correction, **answer) == "not_your_role"
    after.takes("recorder", recording.answer_record_correction, **answer)
    assert after.refused("recorder", recording.sign_record) == "record_not_drawn"
    room.deliver()
    after.takes("recorder", recording.sign_record)
    assert after.refused("recorder", recording.sign_record) == "record_already_signed"
    last = after.documents("b3")[-1]
    assert last.version == 2 and last.signed_at == room.instant and last.sha256
    assert after.news("r102", "correction_adopted")[0]["words"] == "查过了，是这样"


def test_adopted_and_refused_corrections_and_addenda_stand_in_the_record(room: Room) -> None:
    after = After(room)
    after.takes("r102", recording.ask_record_correction, **FIX)
    after.takes("r201", recording.ask_record_correction, text="应该写我赞成")
    after.takes("recorder", recording.answer_record_correction, correction_id=1, adopted=True, answer="改了")
    refuse = {"correction_id": 2, "adopted": False, "answer": "举手记录是反对"}
    after.takes("recorder", recording.answer_record_correction, **refuse)
    again = {"correction_id": 1, "adopted": False, "answer": "再改"}
    assert after.refused("recorder", recording.answer_record_correction, **again) == "no_record_correction"
    after.passes(DAY)
    after.takes("r301", recording.ask_record_correction, text="我想补一句：请早点动工")
    corrections = after.documents("b3")[-1].facts["corrections"]
    assert corrections[0].startswith("1-102") and corrections[0].endswith("（已采纳）".translate(FULL))
    assert "举手记录是反对" in corrections[1] and "未采纳" in corrections[1]
    assert corrections[2].startswith("补充") and "请早点动工" in corrections[2]
    room.deliver()
    assert after.news("supervisor", "addendum_made")
    assert after.news("r201", "correction_refused")[0]["words"] == "举手记录是反对"


FULL = str.maketrans(",:;()", "\uff0c\uff1a\uff1b\uff08\uff09")


def test_a_correction_that_is_gone_and_an_empty_one_are_refused(room: Room) -> None:
    after = After(room)
    after.takes("r102", recording.ask_record_correction, **FIX)
    answer = {"correction_id": 77, "adopted": True, "answer": "好"}
    assert after.refused("recorder", recording.answer_record_correction, **answer) == "record_correction_gone"
    assert after.refused("r102", recording.ask_record_correction, text="  ") == "empty_text"


def test_what_comes_after_the_signature_changes_no_paper(room: Room) -> None:
    after = After(room).signed()
    signed = after.documents("b3")[-1]
    after.takes("r102", recording.ask_record_correction, text="还有一句")
    room.deliver()
    assert after.documents("b3")[-1].id == signed.id
    assert after.news("recorder", "addendum_made")


def test_the_signed_record_and_the_sheet_go_to_the_supervision(room: Room) -> None:
    after = After(room).signed()
    assert {facts["kind"] for facts in after.heard("supervisor", "record_handed")} == {"b2", "b3"}
    assert len(after.heard("supervisor2", "record_handed")) == 2
    rows = room.read(lambda uow: uow.all(Telling, subject="record"))
    assert len(rows) == 2 and all(row.delivered_at is not None for row in rows)
    assert after.refused("recorder", recording.hand_record) == "record_already_handed"
    assert after.topic.stage == "tell"


def test_the_result_goes_to_the_group_pinned_and_to_every_stakeholder(room: Room) -> None:
    after = After(room)
    assert after.refused("chair", telling.publish_result) == "not_your_role"
    after.takes("recorder", telling.publish_result)
    room.deliver()
    assert after.refused("recorder", telling.publish_result) == "result_already_published"
    in_group = [kind for kind, chat, _ in room.sent if chat == GROUP]
    assert {"result_published", "paper_posted", "post_pin"} <= set(in_group)
    told = after.heard("r102", "result_told")[0]
    assert told["outcome"] == "agreed" and told["wording"]["items"][0]["text"] == "在南门东侧建充电点"
    assert len(after.untold()) == len(UNREACHED)
    calls = after.news("recorder", "call_list")[0]
    assert calls["words"] == "2-302、2-402、3-601 乙" and calls["steps"] == ["record_attempt"]
    assert after.heard("observer", "result_told") and len(room.kinds("result_told")) > len(STAKEHOLDERS) - 3


def test_two_attempts_and_the_notice_count_as_told(room: Room) -> None:
    after = After(room).signed()
    tried = {"telling_id": 1, "way": "phone", "reached": False}
    assert after.refused("recorder", telling.record_attempt, **tried) == "result_not_published"
    after.takes("recorder", telling.publish_result)
    room.deliver()
    first, second, third = after.untold()
    for row in (first, second):
        attempt = {"telling_id": row.id, "way": "phone", "reached": False}
        assert after.refused("r102", telling.record_attempt, **attempt) == "not_your_role"
        after.takes("recorder", telling.record_attempt, **attempt)
        after.takes("adviser", telling.record_attempt, **(attempt | {"way": "visit"}))
        assert after.refused("recorder", telling.record_attempt, **attempt) == "telling_gone"
    assert after.topic.stage == "tell"
    bad = {"telling_id": third.id, "way": "pigeon", "reached": True}
    assert after.refused("recorder", telling.record_attempt, **bad) == "no_such_choice"
    after.takes("recorder", telling.record_attempt, telling_id=third.id, way="writing", reached=True)
    assert after.topic.stage == "follow_up"
    assert room.read(lambda uow: uow.count(TellingAttempt)) == 5
    assert room.read(lambda uow: uow.count(Deadline, kind="tell", done_at=None)) == 0


def test_whoever_blocked_the_bot_is_on_the_call_list(room: Room) -> None:
    after = After(room).signed()
    after.takes("recorder", telling.publish_result)
    after.blocks("r102", "result_told")
    room.deliver()
    assert len(after.untold()) == len(UNREACHED) + 1


def test_the_result_may_be_published_first_and_the_record_handed_over_last(room: Room) -> None:
    after = After(room)
    after.takes("recorder", telling.publish_result)
    room.deliver()
    for row in after.untold():
        after.takes("recorder", telling.record_attempt, telling_id=row.id, way="other", reached=True)
    assert after.topic.stage == "tell"
    after.signed()
    assert after.topic.stage == "follow_up"


def test_a_third_or_more_in_favour_waits_until_the_time_is_ripe(room: Room) -> None:
    after = After(room, 5, 6, 1)
    assert after.heard("recorder", "record_draft")[0]["steps"] == ["name_condition", "sign_record"]
    after.passes(DAY)
    assert after.refused("recorder", recording.sign_record) == "condition_not_named"
    condition = {"text": "等消防验收标准出来", "day": "2026-12-30"}
    past = condition | {"day": "2026-11-05"}
    assert after.refused("recorder", recording.name_condition, **past) == "condition_day_past"
    never = condition | {"day": "9999-12-31"}
    assert after.refused("recorder", recording.name_condition, **never) == "day_too_far"
    after.takes("recorder", recording.name_condition, **condition)
    room.deliver()
    assert after.documents("b3")[-1].facts["outcome"][0] == "等消防验收标准出来"
    after.told()
    assert after.refused("recorder", recording.name_condition, **condition) == "not_this_stage"
    assert after.topic.stage == "waiting"
    assert room.read(lambda uow: uow.count(Deadline, kind="condition", done_at=None)) == 1
    after.takes("recorder", telling.note_condition, text="标准出来了")
    assert (after.topic.stage, after.topic.outcome, after.topic.approved_at) == ("plan", None, room.instant)
    running = {row.kind for row in room.read(lambda uow: uow.all(Deadline, done_at=None))}
    assert running == {"meet", "draft_plan"}
    page = room.read(lambda uow: topic_page(uow, room.actor("r101"), topic_id=room.topic_id, now=room.instant))
    assert page.facts["planned"] is None, "the day of the meeting that is over is no day of the next one"
    room.deliver()
    assert after.news("chair", "condition_met")[0]["steps"] == ["draft_plan"] and after.news("r102", "again")


def test_only_a_matter_to_take_up_again_names_a_condition(room: Room) -> None:
    after = After(room)
    assert after.refused("recorder", recording.name_condition, text="等等") == "not_to_reconvene"


def test_an_ended_matter_goes_to_the_archive(room: Room) -> None:
    after = After(room, 2, 9, 1).told()
    assert (after.topic.stage, after.topic.outcome) == ("archive", "ended")
    assert after.news("supervisor", "to_archive")[0]["steps"] == ["confirm_archive"]
    assert after.documents("result_notice")[0].facts["result"] == "ended"


def test_a_matter_that_left_for_annex_d_is_told_and_archived(room: Room) -> None:
    room.to_discussion()
    room.acts("r102", annex.raise_annex, item="D.h", reason="要大家出钱")
    room.acts("adviser", annex.agree_annex)
    room.acts("chair", annex.agree_annex)
    after = After(room, ended=True)
    assert (after.topic.stage, after.topic.outcome) == ("tell", "diverted")
    after.told()
    assert after.topic.stage == "archive"
    notice = after.documents("result_notice")[0].facts
    assert notice["result"] == "diverted" and notice["arithmetic"] == "没有表决结果。"
    assert "附录D的h" in notice["outcome"][0] and "要大家出钱" in notice["outcome"][0]
    assert after.heard("r102", "result_told")[0]["result"] is None
    after.takes("supervisor", archiving.confirm_archive)


def test_an_entrusted_matter_owes_word_to_the_unit_and_the_record(room: Room) -> None:
    after = After(room, 2, 9, 1)

    def entrust(uow: UnitOfWork) -> None:
        topic = uow.must(Topic, room.topic_id)
        topic.catalogue, topic.proposer_kind = telling.ENTRUSTED, "government"

    room.database.write_now(entrust)
    after.signed()
    assert [row.person_id for row in room.read(lambda uow: uow.all(Telling, subject="result"))] == [
        after.person("r101")
    ]
    assert after.topic.stage == "archive" and not after.documents("result_notice")


def test_the_supervision_hears_the_result_and_the_posts_see_the_draft(room: Room) -> None:
    after = After(room)
    assert after.heard("chair", "record_draft") and after.heard("supervisor", "record_draft")
    after.takes("recorder", telling.publish_result)
    room.deliver()
    assert after.heard("supervisor", "result_told") and after.heard("supervisor2", "result_told")


def test_the_convener_explains_to_those_against(room: Room) -> None:
    after = After(room)
    assert after.refused("recorder", telling.explain_result, text="请谅解") == "not_your_role"
    after.takes("chair", telling.explain_result, text="噪音的事物业会处理")
    room.deliver()
    assert room.kinds("after_posted")[0]["words"] == "噪音的事物业会处理"


def test_nobody_against_needs_no_explanation(room: Room) -> None:
    assert After(room, 9, 0, 2).refused("chair", telling.explain_result, text="请谅解") == "nobody_against"


def test_the_journal_holds_no_words_and_its_chain_is_whole(room: Room) -> None:
    after = After(room)
    after.takes("r102", recording.ask_record_correction, **FIX)
    after.takes("recorder", recording.answer_record_correction, correction_id=1, adopted=True, answer="查过了")
    room.deliver()
    after.told()
    written = after.journal()
    for kind in ("record_correction_asked", "record_signed", "record_handed", "result_published", "told"):
        assert f'"kind":"{kind}"' in written
    assert not any("\u4e00" <= character <= "\u9fff" for character in written)
    assert room.read(lambda uow: broken(uow, subject="topic", subject_id=room.topic_id)) is None


def test_nothing_private_stands_in_public_papers(room: Room) -> None:
    after = After(room).told()
    names = ("张三", "李四", "王五", "孙大妈", "沈青")
    for kind in ("b3", "result_notice"):
        said = str(after.documents(kind)[-1].facts)
        assert not any(name in said for name in names)
    assert "1-101" not in str(after.documents("result_notice")[-1].facts)


@pytest.mark.parametrize("kind", ["b3", "result_notice"])
def test_the_same_paper_is_the_same_bytes_for_everybody(room: Room, kind: str) -> None:
    After(room).told()
    files = {facts["document"][0] for _, _, facts in room.sent if facts.get("paper", {}).get("kind") == kind}
    assert len(files) == 1
