"""One person muted by the chair, and always given back exactly what they had (5.5.2 d, T21-T24)."""

import json
from typing import Any

import pytest

from procedure.mutes import PERMISSIONS
from services import (
    delivery,
    muting,
    restart,
    turns,
)
from services.act import SYSTEM
from storage.tables import Hindrance, Outbox, Restriction
from storage.work import UnitOfWork
from tests.services.members import MEMBER, restricted
from tests.services.order import SQLITE, WHO, WHY, interrupts, may
from tests.services.room import ACCOUNTS, GROUP, Room
from tests.services.test_speeches import noted, speaks

ACCOUNT = ACCOUNTS[WHO]


@pytest.fixture
def talk(room: Room) -> Room:
    return room.to_discussion()


def mutes(room: Room, minutes: int | None = 5, who: str = WHO) -> Restriction:
    """The chair's order, and every answer of Telegram to it."""
    speech_id = interrupts(room, who)
    room.acts("chair", muting.mute_member, speech_id=speech_id, minutes=minutes, reason=WHY)
    room.deliver()
    return mute(room)


def mute(room: Room) -> Restriction:
    """The obligation asked for last."""
    found = room.read(lambda uow: uow.first(Restriction, order="-id", meeting_id=room.id))
    assert found is not None
    return found


def member(room: Room) -> dict[str, Any]:
    """What Telegram says of them now."""
    return room.members.known.get(ACCOUNT, MEMBER)


def send(room: Room, kind: str) -> None:
    """This one row reaches Telegram, nothing else does."""

    def oldest(uow: UnitOfWork) -> Outbox | None:
        return uow.first(Outbox, kind=kind, state="queued")

    row = room.read(oldest)
    assert row is not None
    found = room.members.answer(kind, dict(row.facts))
    facts = {"message_id": None, "sent_at": room.instant, "unsure": False, "found": found}
    room.door.act_now(delivery.delivered, SYSTEM, None, outbox_id=row.id, **facts)


def test_t21_a_mute_ends_by_our_own_timer_and_never_by_telegrams_alone(talk: Room) -> None:
    row = mutes(talk)
    assert (row.state, talk.meeting.muted) == ("restricted", 1)
    asked = dict(talk.members.asked)["member_restrict"]
    assert asked["until"] == int(row.ends_at.timestamp()) + 60
    assert talk.kinds("mute_posted")[0]["why"] == WHY and len(talk.kinds("mute_told")) == 1
    talk.passes(299)
    assert mute(talk).state == "restricted"
    talk.passes(2)
    assert (mute(talk).state, mute(talk).why, talk.meeting.muted) == ("lifted", "time", 0)
    assert member(talk) == MEMBER and len(talk.kinds("mute_over")) == 1


@SQLITE
def test_t22_every_permission_is_sent_both_times(talk: Room) -> None:
    mutes(talk)
    talk.acts("supervisor", muting.lift_mutes)
    talk.deliver()
    sent = [facts["permissions"] for kind, facts in talk.members.asked if kind != "member_look"]
    assert sent == [dict.fromkeys(PERMISSIONS, False), dict.fromkeys(PERMISSIONS, True)]


@SQLITE
def test_t23_an_earlier_restriction_comes_back_exactly_with_its_end(talk: Room) -> None:
    before = restricted(int(talk.instant.timestamp()) + 86_400, can_send_polls=False, can_send_photos=False)
    talk.members.known[ACCOUNT] = before
    mutes(talk, None)
    assert member(talk)["until"] == before["until"] and not member(talk)["can_send_messages"]
    talk.acts("chair", muting.lift_mute, restriction_id=mute(talk).id)
    talk.deliver()
    assert member(talk) == before and mute(talk).state == "lifted"


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ({"status": "administrator", "until": 0}, "mute-admin"),
        ({"status": "left", "until": 0}, "mute-gone"),
        (restricted(0, can_send_messages=False), "mute-silent"),
        ({"status": "restricted", "until": 0, "can_send_messages": True}, "mute-unknown"),
    ],
)
@pytest.mark.parametrize("engine", ["sqlite"])
def test_t23_who_cannot_be_given_everything_back_is_not_touched(talk: Room, found: dict[str, Any], code: str) -> None:
    talk.members.known[ACCOUNT] = found
    assert mutes(talk).state == "refused" and member(talk) == found
    assert [told["code"] for told in talk.kinds("order_told")] == [code] and talk.meeting.muted == 0


def test_t23_another_administrators_newer_word_is_not_overwritten(talk: Room) -> None:
    mutes(talk)
    theirs = restricted(0, can_send_messages=False, can_send_photos=False)
    talk.members.known[ACCOUNT] = theirs
    talk.door.act_now(muting.decided_elsewhere, SYSTEM, None, chat_id=GROUP, account_id=ACCOUNT, found=theirs)
    assert (mute(talk).state, mute(talk).why, talk.meeting.muted) == ("lifted", "other_admin", 0)
    talk.members.known[ACCOUNT] = dict(MEMBER)
    mutes(talk)
    talk.members.known[ACCOUNT] = theirs  # while we were away: nobody told us
    talk.acts("chair", muting.lift_mutes)
    talk.deliver()
    assert member(talk) == theirs and mute(talk).why == "other_admin"


def test_t24_no_mute_outlives_a_crash_wherever_it_caught_it(talk: Room) -> None:
    """Killed before the look, with the restriction on its way, and with somebody muted: all may write again."""
    for sent in ((), ("member_look",), ("member_look", "member_restrict")):
        speech_id = interrupts(talk)
        talk.acts("chair", muting.mute_member, speech_id=speech_id, minutes=30, reason=WHY)
        for kind in sent:
            send(talk, kind)
        talk.door.act_now(restart.resume, SYSTEM, None)
        talk.deliver()
        assert (mute(talk).state, member(talk), talk.meeting.muted) == ("lifted", MEMBER, 0), sent
        assert mute(talk).why == "restart"


@SQLITE
def test_t24_lost_rights_are_told_to_people_and_tried_again(talk: Room) -> None:
    mutes(talk)
    may(talk, mute=False)
    talk.deliver()
    assert (mute(talk).state, talk.meeting.muted) == ("unknown", 1) and len(talk.kinds("mute_by_hand")) >= 1
    assert not member(talk).get("can_send_messages", True)
    may(talk)
    talk.deliver()
    assert (mute(talk).state, member(talk), talk.meeting.muted) == ("lifted", MEMBER, 0)


@SQLITE
def test_t24_a_mute_ends_with_the_sitting_and_with_the_persons_own_turn(talk: Room) -> None:
    mutes(talk, None)
    speaks(talk, WHO)
    assert mute(talk).state == "lifted" and talk.kinds("speaker_gone") == []
    mutes_other = mutes(talk, None, "r302")
    assert mutes_other.state == "restricted"
    talk.acts("chair", turns.end_turn, turn_id=talk.last_turn.id, reason="到此为止")
    talk.adjourn(2)
    talk.deliver()
    assert (mute(talk).why, mute(talk).state, talk.meeting.muted) == ("adjourned", "lifted", 0)


@SQLITE
def test_who_is_not_muted_and_what_a_forged_tap_brings(talk: Room) -> None:
    speech_id = interrupts(talk)
    asks = {"speech_id": speech_id, "minutes": 5, "reason": WHY}
    assert talk.refused(WHO, muting.mute_member, **asks) == "not_your_role"
    assert talk.refused("chair", muting.mute_member, **asks | {"reason": ""}) == "reason_needed"
    assert talk.refused("chair", muting.mute_member, **asks | {"minutes": 1}) == "bad_mute"
    assert talk.refused("chair", muting.mute_member, **asks | {"speech_id": 10**15}) == "no_interruption"
    assert talk.refused("supervisor", muting.lift_mutes) == "nobody_muted"
    talk.acts("chair", muting.mute_member, **asks)
    assert talk.refused("chair", muting.mute_member, **asks) == "already_muted"
    assert talk.refused("chair", muting.lift_mute, restriction_id=10**15) == "mute_gone"
    assert talk.refused(WHO, muting.lift_mutes) == "not_your_role"
    talk.deliver()
    notes = [json.dumps(entry, ensure_ascii=False) for entry in noted(talk, "mute_wanted")]
    assert notes and WHY not in notes[0]
    assert talk.read(lambda uow: uow.count(Hindrance)) == 0
