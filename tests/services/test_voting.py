"""5.5.3 b and c, 5.7.2: calls, hands, correction time, verdict; peer failures hcoop, Votum, arbcom, OS #6811."""

import pytest

from bot import views
from bot.command.verify import verify_database
from procedure.votes import Tally, verdict
from services import journal, opening, result, voting
from services.act import Actor
from storage.tables import JournalEntry, Vote, VoteTrail
from tests.services.room import ACCOUNTS, GROUP, STAKEHOLDERS, Room

CALLS = ("for", "against", "abstain")


def opened(room: Room) -> int:
    """The first call of the rules vote runs; the motion's id."""
    room.to_rules_vote()
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    room.deliver()
    assert room.motion.id is not None
    return room.motion.id


def test_a_call_takes_its_own_stance_only_and_one_hand_each(room: Room) -> None:
    motion = opened(room)
    assert room.refused("r101", voting.cast_vote, motion_id=motion, stance="against") == "other_call"
    first = room.acts("r101", voting.cast_vote, motion_id=motion, stance="for")
    again = room.acts("r101", voting.cast_vote, motion_id=motion, stance="for")
    assert (again.code, again.facts["code"]) == ("vote_same", first.facts["code"])
    assert room.refused("r101", voting.cast_vote, motion_id=motion, stance="against") == "already_counted"
    assert room.refused("r101", voting.cast_vote, motion_id=motion, stance="vielleicht") == "no_such_stance"
    assert room.read(lambda uow: uow.count(VoteTrail)) == 1


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("observer", "not_your_role"),
        ("property", "not_your_role"),
        ("neighbour", "not_your_role"),
        ("chair", "not_your_role"),
        ("stranger", "not_in_community"),
    ],
)
def test_only_stakeholders_vote(room: Room, who: str, code: str) -> None:
    motion = opened(room)
    assert room.refused(who, voting.cast_vote, motion_id=motion, stance="for") == code


def test_t33_the_same_update_counts_once_and_a_second_tap_is_no_second_hand(room: Room) -> None:
    motion = opened(room)
    facts = {"meeting_id": room.id, "motion_id": motion, "stance": "for"}
    tap = Actor(ACCOUNTS["r101"], 900, 900)
    answers = {room.door.act_now(voting.cast_vote, tap, "900:cast_vote:1", **facts).to_json() for _ in range(3)}
    assert len(answers) == 1
    assert room.acts("r101", voting.cast_vote, motion_id=motion, stance="for").code == "vote_same"
    assert room.read(lambda uow: uow.count(VoteTrail)) == room.read(lambda uow: uow.count(Vote)) == 1


def test_t39_that_the_vote_is_named_is_said_before_the_first_hand_is_called(room: Room) -> None:
    opened(room)
    kinds = [kind for kind, chat_id, _ in room.sent if chat_id == GROUP]
    board = max(number for number, kind in enumerate(kinds) if kind == "board_post")
    assert room.kinds("vote_starts")[-1]["named"] and kinds.index("vote_starts") < board
    said = views.render("vote_starts", room.kinds("vote_starts")[-1], "zh").text
    assert "举手是公开的：谁举了什么手，会记入协商记录" in said and "匿名" not in said


def test_a_call_lasts_sixty_seconds_from_when_the_group_saw_it(room: Room) -> None:
    room.to_rules_vote()
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    room.passes(0)
    room.passes(59)
    motion = room.motion.id
    assert room.refused("chair", voting.close_call, motion_id=motion, calling="for") == "call_too_short"
    assert room.refused("r101", voting.close_call, motion_id=motion, calling="for") == "not_your_role"
    room.passes(1)
    room.acts("chair", voting.close_call, motion_id=motion, calling="for")
    assert room.refused("chair", voting.close_call, motion_id=motion, calling="for") == "call_too_short"
    room.passes(61)
    assert room.refused("chair", voting.close_call, motion_id=motion, calling="for") == "call_over"
    assert room.motion.calling == "against"


def test_a_board_posted_again_does_not_lengthen_a_call(room: Room) -> None:
    motion = opened(room)
    room.passes(30)
    for _ in range(20):
        room.says("stranger", "聊天")
    room.passes(31)
    assert len(room.kinds("board_post")) > 0
    assert room.acts("chair", voting.close_call, motion_id=motion, calling="for").code == "call_closed"


def test_correction_time_takes_any_stance_and_closes_by_itself(room: Room) -> None:
    motion = opened(room)
    room.acts("r101", voting.cast_vote, motion_id=motion, stance="for")
    for stance in CALLS:
        room.passes(61)
        room.acts("chair", voting.close_call, motion_id=motion, calling=stance)
    changed = room.acts("r101", voting.cast_vote, motion_id=motion, stance="against")
    added = room.acts("r102", voting.cast_vote, motion_id=motion, stance="abstain")
    assert (changed.facts["changed"], added.facts["changed"]) == (True, False)
    assert room.refused("chair", voting.close_call, motion_id=motion, calling="abstain") == "no_call_running"
    room.passes(60)
    assert room.refused("r201", voting.cast_vote, motion_id=motion, stance="for") == "vote_not_open"
    row = room.motion
    assert (row.in_favour, row.against, row.abstain, row.stage) == (0, 1, 1, "decided")
    trail = room.read(lambda uow: [one.stance for one in uow.all(VoteTrail, motion_id=motion)])
    assert trail == ["for", "against", "abstain"]


def test_t37_a_late_hand_is_refused_even_before_the_timer_ran(room: Room) -> None:
    motion = opened(room)
    for stance in CALLS:
        room.passes(61)
        room.acts("chair", voting.close_call, motion_id=motion, calling=stance)
    until = room.motion.correction_until
    assert until is not None
    room.instant = until
    assert room.refused("r101", voting.cast_vote, motion_id=motion, stance="for") == "vote_not_open"


@pytest.mark.parametrize(
    ("split", "found"),
    [
        ((6, 3, 2), "agreed"),
        ((6, 6, 0), "reconvene"),
        ((4, 8, 0), "reconvene"),
        ((4, 4, 4), "reconvene"),
        ((3, 8, 1), "ended"),
        ((0, 0, 1), "ended"),
        ((1, 0, 0), "agreed"),
        ((0, 0, 0), "none"),
    ],
)
def test_verdicts_at_their_boundaries(room: Room, split: tuple[int, int, int], found: str) -> None:
    room.to_main_vote()
    room.vote(*split)
    assert room.meeting.verdict == room.motion.verdict == found == verdict(Tally(*split))
    if found == "none":
        assert room.refused("chair", result.announce) == "no_verdict"
        room.acts("chair", voting.put_again)
        assert (room.motion.round, room.motion.stage) == (2, "put")
    else:
        assert room.acts("chair", result.announce).facts["verdict"] == found


def test_the_voted_text_is_the_announced_text(room: Room) -> None:
    room.to_main_vote()
    digest = room.read(lambda uow: uow.count(Vote))
    room.vote(7, 3, 2)
    room.acts("chair", result.announce)
    room.deliver()
    (said,) = room.kinds("result")
    assert said["wording"] == room.motion.wording == room.kinds("wording_posted")[-1]["wording"]
    assert said["digest"] == room.motion.digest and digest > 0
    assert room.kinds("result_text")[0]["digest"] == room.motion.digest


def test_receipts_name_the_hand_that_counted(room: Room) -> None:
    room.to_rules_vote()
    room.vote(3, 1, 0)
    told = {facts["label"]: facts["stance"] for facts in room.kinds("vote_receipt")}
    assert told["1-101"] == "for" and told["1-202"] == "against"
    assert len(told) == 4


def test_counts_never_exceed_the_roster_and_the_record_holds_together(room: Room) -> None:
    room.announced(7, 3, 2)
    row = room.motion
    total = (row.in_favour or 0) + (row.against or 0) + (row.abstain or 0)
    assert total == row.roster == len(STAKEHOLDERS)
    assert room.read(lambda uow: journal.broken(uow, subject="topic", subject_id=room.topic_id)) is None


def test_a_changed_entry_breaks_the_chain_where_it_was_changed(room: Room) -> None:
    room.to_check_in("r101", "chair")
    third = room.read(lambda uow: uow.first(JournalEntry, number=3))
    assert third is not None
    forged = {"entry": third.entry.replace('"kind"', '"Kind"'), "id": third.id}
    room.database.write_now(lambda uow: uow.raw("UPDATE journal SET entry = :entry WHERE id = :id", forged))
    assert room.read(lambda uow: journal.broken(uow, subject="topic", subject_id=room.topic_id)) == 3


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_journal_cut_off_at_its_end_is_found_out_by_what_was_done_after_the_cut(room: Room) -> None:
    room.to_rules_vote()
    room.vote(3, 1, 0)
    room.says("r101", "表决完了")
    assert verify_database(room.database, None).broken == []
    first = "(SELECT MIN(number) FROM journal WHERE entry LIKE '%vote_frozen%')"
    cut = f"DELETE FROM journal WHERE subject = 'topic' AND number > {first}"
    room.database.write_now(lambda uow: uow.raw(cut) and None)
    assert room.read(lambda uow: journal.broken(uow, subject="topic", subject_id=room.topic_id)) is None
    assert [one["unlike"] for one in verify_database(room.database, None).broken] == ["vote", "said"]


def test_the_chair_opens_only_the_motion_that_is_put(room: Room) -> None:
    room.to_rules_vote()
    assert room.refused("chair", voting.open_call, motion_id=999) == "vote_not_open"
    assert room.refused("chair", voting.put_again) == "not_now"
    assert room.refused("chair", opening.declare_open) == "rules_not_adopted"
