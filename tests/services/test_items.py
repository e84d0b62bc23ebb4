"""Single items put to the vote: the same calls, roster, trail and receipts; the text changes, never the outcome."""

import json
from datetime import timedelta
from typing import Any

from services import annulling, challenging, items, restart, result, stopping, voting, wording
from services.act import SYSTEM, Actor
from storage.tables import Document, Seat, VoteTrail, WordingRequest
from tests.services.room import ACCOUNTS, STAKEHOLDERS, Room
from tests.services.suspended import console_of

TEXTS = ("在南门东侧建充电点", "充电点装雨棚", "每月检查一次插座")


def posted(room: Room) -> Room:
    """A wording of three items stands in its five minutes."""
    room.to_wording()
    made = [{"text": text, "implementer": "物业公司", "due": "2026-12-30"} for text in TEXTS]
    room.acts("recorder", wording.post_wording, items=made, objections="担心噪音")
    room.deliver()
    return room


def puts(room: Room, number: int, alternative: str = "", **changed: Any) -> int:
    """The chair puts an item of the present version; the motion's id."""
    facts = {"number": number, "version": room.meeting.wording_version, "alternative": alternative} | changed
    room.acts("chair", items.put_item, **facts)
    room.deliver()
    assert room.motion.id is not None
    return room.motion.id


def votes(room: Room, in_favour: int, against: int, abstain: int = 0) -> None:
    """The three calls of the item that is put, and the time to correct."""
    motion_id, voters = room.motion.id, iter(STAKEHOLDERS)
    for stance, number in (("for", in_favour), ("against", against), ("abstain", abstain)):
        for _ in range(number):
            room.acts(next(voters), voting.cast_vote, motion_id=motion_id, stance=stance)
        room.passes(61)
        room.acts("chair", voting.close_call, motion_id=motion_id, calling=stance)
    room.passes(61)


def texts(room: Room) -> list[str]:
    return [item["text"] for item in room.meeting.wording["items"]]


def test_items_are_struck_changed_and_kept_and_only_the_main_vote_gives_a_verdict(room: Room) -> None:
    posted(room)
    first = puts(room, 2)
    (start,) = [one for one in room.kinds("vote_starts") if one["motion_kind"] == "item"]
    assert start["named"] and start["roster"] == len(STAKEHOLDERS) and start["item"]["text"] == TEXTS[1]
    for who, action, facts in (
        ("recorder", wording.post_wording, {"items": [], "objections": ""}),
        ("chair", items.put_item, {"number": 1, "version": 1, "alternative": ""}),
        ("chair", voting.open_call, {"motion_id": 0}),
    ):
        assert room.refused(who, action, **facts) in ("item_vote_running", "call_running"), action
    assert room.refused("chair", voting.close_call, motion_id=first, calling="for") == "call_too_short"
    votes(room, 6, 5, 1)
    assert texts(room) == [TEXTS[0], TEXTS[2]] and room.meeting.wording_version == 2
    assert (room.meeting.state, room.meeting.verdict, room.motion.verdict) == ("wording", None, "refused")
    assert room.refused("chair", voting.open_call, motion_id=first) == "correction_time_running"
    second = puts(room, 2, "每周检查一次插座")
    votes(room, 7, 5)
    assert texts(room) == [TEXTS[0], "每周检查一次插座"] and room.meeting.wording_version == 3
    room.passes(301)
    assert room.refused("chair", voting.open_call, motion_id=second) == "vote_not_open"
    room.vote(8, 3, 1)
    frozen = room.motion.wording
    assert [item["text"] for item in frozen["items"]] == texts(room) and room.meeting.verdict == "agreed"
    room.acts("chair", result.announce)
    room.deliver()
    assert room.kinds("result")[0]["wording"] == frozen
    assert [one["result"]["verdict"] for one in room.kinds("item_result")] == ["refused", "adopted"]
    record = room.read(lambda uow: uow.first(Document, order="-version", topic_id=room.topic_id, kind="b3"))
    assert record is not None
    course = json.dumps(record.facts, ensure_ascii=False)
    assert course.count("不构成协商结果") == 2 and "赞成6×2=12=12" in course and "这一条去掉" in course
    assert "赞成7×2=14>12" in course and record.facts["in_favour"] == 8


def test_an_item_vote_has_trail_receipts_restart_and_challenge(room: Room) -> None:
    posted(room)
    motion = puts(room, 3)
    tap = Actor(ACCOUNTS["r101"], 900, 900)
    facts = {"meeting_id": room.id, "motion_id": motion, "stance": "for"}
    assert len({room.door.act_now(voting.cast_vote, tap, "900:1", **facts).to_json() for _ in range(3)}) == 1
    assert room.refused("r102", voting.cast_vote, motion_id=motion, stance="against") == "other_call"
    assert room.refused("observer", voting.cast_vote, motion_id=motion, stance="for") == "not_your_role"
    room.door.act_now(restart.tick, SYSTEM, None)
    opened = room.motion.call_opened_at
    room.instant += timedelta(minutes=5)
    room.door.act_now(restart.resume, SYSTEM, None)
    assert opened is not None and room.motion.call_opened_at == opened + timedelta(minutes=5)
    assert room.refused("chair", voting.close_call, motion_id=motion, calling="for") == "call_too_short"
    for stance in ("for", "against", "abstain"):
        room.passes(61)
        room.acts("chair", voting.close_call, motion_id=motion, calling=stance)
    room.acts("r101", voting.cast_vote, motion_id=motion, stance="against")
    room.passes(61)
    assert room.read(lambda uow: uow.count(VoteTrail, motion_id=motion)) == 2
    assert room.read(lambda uow: uow.count(Seat, motion_id=motion)) == len(STAKEHOLDERS)
    (receipt,) = [one for one in room.kinds("vote_receipt") if one["motion_kind"] == "item"]
    assert receipt["changed"] and receipt["item"]["number"] == 3
    challenge = {"topic_id": room.topic_id, "motion_id": motion, "about": "hand", "text": "记错了"}
    told = room.door.act_now(challenging.challenge_vote, room.actor("r101"), None, **challenge)
    assert told.code == "vote_challenged"
    assert "annul_motion" in [step["action"] for step in console_of(room, "supervisor")["steps"]]


def test_an_annulled_item_vote_brings_its_text_back_until_something_was_built_on_it(room: Room) -> None:
    posted(room)
    motion = puts(room, 2)
    votes(room, 2, 9)
    assert texts(room) == [TEXTS[0], TEXTS[2]]
    broken = {"clause": "5.5.3 b", "reason": "第二轮没请反对的举手"}
    room.acts("supervisor", annulling.annul_motion, motion_id=motion, **broken)
    assert texts(room) == list(TEXTS) and room.meeting.wording_version == 3
    again = room.motion
    assert (again.kind, again.stage, again.round, again.wording["item"]["version"]) == ("item", "put", 2, 3)
    assert console_of(room, "chair")["motion"]["void"] == [{"round": 1, "clause": "5.5.3 b"}]
    room.acts("chair", voting.open_call, motion_id=again.id)
    votes(room, 9, 2)
    assert texts(room) == list(TEXTS) and room.meeting.state == "wording"
    room.post("全部重写")
    assert room.refused("supervisor", annulling.annul_motion, motion_id=again.id, **broken) == "vote_carried_out"


def test_a_text_that_comes_back_while_the_meeting_stands_still_has_its_five_minutes_afterwards(room: Room) -> None:
    posted(room)
    motion = puts(room, 2)
    votes(room, 2, 9)
    room.acts("supervisor", stopping.stop_meeting, reason="第二轮没请反对的举手", correction="重新表决")
    room.passes(2400)
    room.acts("supervisor", annulling.annul_motion, motion_id=motion, clause="5.5.3 b", reason="第二轮没请反对的举手")
    room.deliver()
    room.passes(60)
    room.acts("supervisor", stopping.lift_stop)
    assert texts(room) == list(TEXTS) and room.meeting.wording_posted_at == room.instant


def test_a_stakeholder_demands_a_vote_and_the_chair_answers(room: Room) -> None:
    posted(room)
    asked = {"number": 3, "version": 1, "alternative": ""}
    assert room.refused("observer", wording.demand_item, **asked) == "not_your_role"
    assert room.refused("r101", wording.demand_item, **(asked | {"number": 7})) == "item_not_there"
    assert room.refused("r101", wording.demand_item, **(asked | {"version": 2})) == "wording_changed"
    room.acts("r101", wording.demand_item, **asked)
    room.acts("r102", wording.demand_item, **(asked | {"number": 1, "alternative": "在北门建充电点"}))
    first, second = room.read(lambda uow: uow.all(WordingRequest, order="id", meeting_id=room.id))
    decided = {"adopted": True, "reason": "大家意见不一"}
    room.acts("chair", wording.decide_correction, request_id=second.id, **decided)
    assert room.motion.kind == "item" and room.motion.wording["item"]["alternative"] == "在北门建充电点"
    assert room.refused("chair", wording.decide_correction, request_id=first.id, **decided) == "item_vote_running"
    votes(room, 9, 1)
    assert texts(room)[0] == "在北门建充电点"
    room.post("全部重写")
    assert room.refused("chair", wording.decide_correction, request_id=first.id, **decided) == "item_gone"
    room.acts("chair", wording.decide_correction, request_id=first.id, adopted=False, reason="已经重写")
    room.deliver()
    assert [one["item"] for one in room.kinds("correction_decided")] == [1, 3]
    assert room.meeting.wording_posted_at is not None
