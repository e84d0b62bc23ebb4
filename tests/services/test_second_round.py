"""The same matter a second time (5.7.2 c): plan, notice, meeting and papers of its own, to the signature."""

from datetime import datetime, timedelta
from typing import Any

from procedure.terms import Capacity
from services import (
    checkin,
    finalizing,
    floor,
    noticing,
    opening,
    plan_sending,
    planning,
    recording,
    result,
    telling,
    willing,
    wording,
)
from storage.tables import Document, Meeting, Plan
from tests.services.after import DAY, After
from tests.services.room import STAKEHOLDERS, Room

OFFICIALS = ("chair", "recorder", "supervisor")
OFFLINE = ("r302", "r402", "r601b")


def again(room: Room) -> After:
    """Half were in favour, everybody knows; the time is ripe."""
    after = After(room, 5, 6, 1)
    after.takes("recorder", recording.name_condition, text="等消防验收标准出来")
    room.deliver()
    after.told()
    after.passes(20 * DAY)
    after.takes("recorder", telling.note_condition, text="标准出来了")
    room.deliver()
    return after


def planned(after: After) -> datetime:
    """A plan, everybody willing, the notice out; when it meets."""
    day = (after.room.instant + timedelta(days=9)).date().isoformat()
    after.takes("chair", planning.draft_plan, day=day, hour="19:30", **listed(after))
    after.takes("chair", plan_sending.send_plan)
    after.room.deliver()
    for who in STAKEHOLDERS:
        if who in OFFLINE:
            after.takes("chair", willing.enter_willing, person=after.person(who), willing=True, way="phone")
        else:
            after.takes(who, willing.say_willing)
    plan = latest(after)
    assert plan.objections_until is not None
    after.passes((plan.objections_until - after.room.instant).total_seconds() + 60)
    after.takes("chair", finalizing.finalize_plan)
    after.takes("recorder", noticing.publish_notice)
    after.room.deliver()
    return plan.meets_at


def listed(after: After) -> dict[str, Any]:
    """Who is in it."""
    return {
        "people": {Capacity.STAKEHOLDER.value: [after.person(who) for who in STAKEHOLDERS]},
        "chair": after.person("chair"),
        "deputies": {"chair": after.person("deputy")},
        "second_official": after.person("adviser"),
    }


def latest(after: After) -> Plan:
    """The newest version of the plan."""
    found = after.room.read(lambda uow: uow.first(Plan, order="-version", topic_id=after.room.topic_id))
    assert found is not None
    return found


def held(room: Room) -> None:
    """From the opening to the announcement: nine of twelve in favour."""
    room.acts("chair", opening.open_meeting)
    room.deliver()
    room.vote(8, 2, 1)
    room.acts("chair", opening.declare_open)
    room.to_explained()
    room.acts("chair", floor.last_call)
    room.passes(61)
    room.acts("chair", wording.open_wording)
    room.post()
    room.passes(301)
    room.vote(9, 2, 1)
    room.acts("chair", result.announce)
    room.deliver()


def test_a_second_meeting_has_papers_of_its_own(room: Room) -> None:
    after = again(room)
    former = {row.id: row.sha256 for row in room.read(lambda uow: uow.all(Document)) if row.sha256}
    meets_at = planned(after)
    meetings = room.read(lambda uow: uow.all(Meeting, order="id", topic_id=room.topic_id))
    assert [one.scheduled_at == meets_at for one in meetings] == [False, True]
    room.id = meetings[-1].id or 0
    after.passes((meets_at - room.instant).total_seconds())
    for who in (*OFFICIALS, *STAKEHOLDERS):
        room.acts(who, checkin.check_in, via="button")
    held(room)
    assert after.topic.stage == "tell" and after.topic.outcome == "agreed"
    after.told()
    assert after.topic.stage == "follow_up" and len(after.items()) == 1
    kept = {row.id: row.sha256 for row in room.read(lambda uow: uow.all(Document)) if row.id in former}
    assert former and kept == former, "the papers of the first meeting stay as they were"
    records = after.documents("b3")
    assert {row.meeting_id for row in records} == {one.id for one in meetings}
