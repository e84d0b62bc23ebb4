"""程序异议: before every hand, at no turn's cost, answered with a reason; and one line for every voice note (5.6.3)."""

from typing import Any

import pytest

from procedure.errors import RuleBroken
from procedure.points import POINTS_EACH
from procedure.typed import Command, read
from services import (
    calling,
    correcting,
    files,
    floor,
    hands,
    points,
    proceedings,
    recording,
    result,
    turns,
    typed_words,
    voices,
    wording,
)
from services.act import SYSTEM, Receipt
from storage.tables import Content, Document, File, PointOfOrder, Speech
from tests.services.room import GROUP, Room
from tests.services.test_calling import console
from tests.services.test_floor import raise_all
from tests.services.test_speeches import PICTURE, noted, printed, speaks, taken


@pytest.fixture
def talk(room: Room) -> Room:
    room.to_discussion()
    return room


def types(room: Room, who: str, text: str) -> str:
    """Something typed that is a command."""
    room.messages += 1
    command = read(text)
    assert isinstance(command, Command)
    facts = {"chat_id": GROUP, "message_id": room.messages, "command": command, "text": text}
    return room.door.act_now(typed_words.typed, room.actor(who), None, sent_at=room.instant, **facts).code


def test_a_point_of_order_jumps_the_queue_and_is_answered_with_a_reason(talk: Room) -> None:
    (hand,) = raise_all(talk, ("r102", "for"))
    assert talk.refused("chair", points.raise_point, text="我说") == "chair_does_not_speak"
    assert talk.refused("neighbour", points.raise_point, text="我说") == "not_checked_in"
    assert talk.acts("r201", points.raise_point, text="还没到<b>截止</b>时间").code == "point_raised"
    assert talk.refused("r201", points.raise_point, text="又一条") == "point_already_open"
    for action, facts in ((turns.grant, {"hand_id": hand}), (floor.last_call, {}), (wording.open_wording, {})):
        assert talk.refused("chair", action, **facts) == "point_waiting"
    assert console(talk)["points"] == [{"point_id": 1, "label": "1-201", "excerpt": "还没到<b>截止</b>时间"}]
    assert talk.refused("r102", points.decide_point, point_id=1, upheld=True, reason="是") == "not_your_role"
    assert talk.refused("chair", points.decide_point, point_id=9, upheld=True, reason="是") == "point_gone"
    assert talk.refused("chair", points.decide_point, point_id=1, upheld=True, reason=" ") == "empty_text"
    talk.acts("chair", points.decide_point, point_id=1, upheld=True, reason="确实还没到")
    assert talk.refused("chair", points.decide_point, point_id=1, upheld=True, reason="再来") == "no_point_open"
    talk.deliver()
    assert len(talk.kinds("point_raised")) == 1
    assert [(facts["upheld"], facts["why"]) for facts in talk.kinds("point_decided")] == [(True, "确实还没到")]
    assert talk.acts("chair", turns.grant, hand_id=hand).code == "turn_granted"
    kept = talk.read(lambda uow: uow.all(PointOfOrder))
    assert [(row.upheld, row.decided_by) for row in kept] == [(True, talk.meeting.chair_id)]
    assert len(noted(talk, "point_raised")) == len(noted(talk, "point_decided")) == 1
    assert talk.acts("r201", hands.raise_hand, stance="against").facts["place"] == 1, "no turn of r201's is used"


def test_points_answers_and_wrong_calls_stand_in_the_record(talk: Room) -> None:
    (hand,) = raise_all(talk, ("r102", "for"))
    talk.acts("chair", turns.grant, hand_id=hand)
    talk.deliver()
    talk.acts("chair", calling.undo_grant, turn_id=talk.last_turn.id, reason="点错了名字")
    talk.acts("r201", points.raise_point, text="还没念规则")
    talk.acts("chair", points.decide_point, point_id=1, upheld=False, reason="开会时念过")
    written = "\n".join(proceedings.proceedings(taken(talk)))
    for sentence in ("撤回请1-102发言", "1-201提出程序异议", "还没念规则", "主持人没有采纳上述程序异议", "开会时念过"):
        assert sentence in written


def test_t37_a_tap_on_a_turn_that_is_over_changes_nothing(talk: Room) -> None:
    turn_id = speaks(talk)
    talk.says("r102", "赞成")
    talk.acts("r102", turns.yield_turn, turn_id=turn_id)
    second = speaks(talk)
    for action in (turns.yield_turn, turns.still_speaking):
        assert talk.refused("r102", action, turn_id=turn_id) == "turn_over"
    assert talk.refused("chair", calling.undo_grant, turn_id=turn_id, reason="晚了") == "turn_over"
    assert talk.turn is not None and talk.turn.id == second


def test_a_point_does_not_stop_the_turn_that_runs(talk: Room) -> None:
    turn_id = speaks(talk)
    talk.acts("r201", points.raise_point, text="超时了")
    assert talk.turn is not None and talk.turn.id == turn_id
    assert talk.says("r102", "我接着说").code == "speech"


def test_three_points_each_and_no_more(talk: Room) -> None:
    for number in range(1, POINTS_EACH + 1):
        talk.acts("r201", points.raise_point, text=f"第{number}条")
        talk.acts("chair", points.decide_point, point_id=number, upheld=False, reason="不是程序问题")
    assert talk.refused("r201", points.raise_point, text="第四条") == "points_used"


def test_a_point_is_typed_and_what_cannot_be_one_is_still_kept(talk: Room) -> None:
    assert types(talk, "r201", "程序异议：还没念规则") == "point_raised"
    assert types(talk, "r201", "程序异议") == "typed_refused"
    assert talk.read(lambda uow: uow.count(Speech, meeting_id=talk.id, standing="interruption")) == 0
    assert types(talk, "stranger", "程序异议 你们都不对") == "interruption"
    words = talk.read(lambda uow: [uow.must(Content, row.content_id).text for row in uow.all(PointOfOrder)])
    assert words == ["还没念规则"]


def voice(room: Room, **more: Any) -> int:
    """A voice note in one's own turn; the speech's id."""
    speaks(room)
    room.passes(20)
    assert room.says("r102", "", kind="voice", duration_seconds=9, **more).code == "speech"
    rows = room.read(lambda uow: uow.all(Speech, kind="voice"))
    return rows[-1].id or 0


def test_t31_a_voice_note_gets_its_line_and_the_record_prints_it(talk: Room) -> None:
    speech_id = voice(talk)
    talk.says("r102", "字也打一句")
    assert talk.refused("chair", voices.sum_voice, speech_id=speech_id, text="x") == "not_your_role"
    assert talk.refused("recorder", voices.sum_voice, speech_id=speech_id + 1, text="x") == "no_such_voice"
    assert talk.acts("recorder", voices.sum_voice, speech_id=speech_id, text="赞成，\n晚上要有灯").facts == {"left": 0}
    talk.acts("recorder", voices.sum_voice, speech_id=speech_id, text="赞成，晚上要有路灯")
    talk.deliver()
    assert [facts["text"] for facts in talk.kinds("voice_summed")] == ["赞成， 晚上要有灯", "赞成，晚上要有路灯"]
    assert "记录员摘要" in printed(talk) and "赞成，晚上要有路灯" in printed(talk)
    talk.acts("recorder", correcting.correct_line, speech_id=speech_id, text="赞成，晚上要有灯光")
    kept = taken(talk).turns[-1].statements[0]
    assert kept.summary == "赞成，晚上要有灯光"
    assert [one.before for one in kept.amendments] == ["赞成， 晚上要有灯", "赞成，晚上要有路灯"]


def test_t31_the_record_is_not_signed_before_every_voice_note_has_its_line_and_its_file(room: Room) -> None:
    room.to_discussion()
    speech_id = voice(room, file=PICTURE)
    room.passes(200)
    room.acts("chair", floor.last_call)
    room.passes(61)
    room.acts("chair", wording.open_wording)
    room.deliver()
    room.post()
    room.passes(301)
    room.vote(8, 2, 1)
    room.acts("chair", result.announce)
    room.deliver()
    room.passes(25 * 3600)

    def signs() -> Receipt:
        return room.door.act_now(recording.sign_record, room.actor("recorder"), None, topic_id=room.topic_id)

    with pytest.raises(RuleBroken, match="voice_unsummed"):
        signs()
    assert room.acts("recorder", voices.sum_voice, speech_id=speech_id, text="听不清").code == "voice_summed"
    room.deliver()
    with pytest.raises(RuleBroken, match="files_coming"):
        signs()
    room.door.act_now(files.file_stored, SYSTEM, None, attachment_id=1, sha256="ab12cd34" * 8, size=900)
    room.deliver()
    assert signs().code == "record_signed"
    record = room.read(lambda uow: uow.first(Document, order="-id", kind="b3"))
    assert record is not None
    body = room.read(lambda uow: uow.must(File, record.facts["minutes"]).body)
    assert b"ab12cd34" in body and b'"wanted"' not in body
    assert room.refused("recorder", voices.sum_voice, speech_id=speech_id, text="改一改") == "record_is_signed"


def test_t30_the_chair_accepts_what_was_forwarded_with_a_reason(talk: Room) -> None:
    speaks(talk)
    talk.says("r102", "我写好的稿子", own_words=False)
    row = talk.read(lambda uow: uow.first(Speech, standing="borrowed"))
    assert row is not None
    shown = console(talk)["borrowed"]
    assert shown == [{"speech_id": row.id, "label": "1-102", "excerpt": "我写好的稿子"}]
    assert talk.refused("r102", floor.accept_words, speech_id=row.id, reason="x") == "not_your_role"
    assert talk.refused("chair", floor.accept_words, speech_id=row.id, reason="") == "reason_needed"
    assert talk.refused("chair", floor.accept_words, speech_id=999, reason="是") == "no_borrowed_words"
    talk.acts("chair", floor.accept_words, speech_id=row.id, reason="是他自己写好的")
    assert talk.refused("chair", floor.accept_words, speech_id=row.id, reason="是") == "no_borrowed_words"
    assert printed(talk).endswith("。我写好的稿子") and len(noted(talk, "words_accepted")) == 1


def test_t30_a_turn_that_was_given_back_takes_no_forwarded_words(talk: Room) -> None:
    speaks(talk)
    talk.says("r102", "转发", own_words=False)
    talk.passes(125)
    row = talk.read(lambda uow: uow.first(Speech, standing="borrowed"))
    assert row is not None and console(talk)["borrowed"] == []
    assert talk.refused("chair", floor.accept_words, speech_id=row.id, reason="是") == "no_borrowed_words"
