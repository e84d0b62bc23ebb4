"""Deputies outside the meeting: whoever is reminded in a post-holder's stead can act in their stead (5.3.1 d)."""

from services import archiving, following, recording, supervising
from services.course import topic_page
from tests.services.after import B4, DAY, After
from tests.services.course import Course
from tests.services.plans import drafts, sends, to_noticed
from tests.services.room import Room


def steps(course: Course, who: str) -> list[str]:
    """What the topic's page offers this person."""
    page = course.read(lambda uow: topic_page(uow, course.actor(who), topic_id=course.topic_id, now=course.instant))
    return list(page.facts["steps"])


def test_a_recorder_who_stays_away_holds_nothing_up(room: Room) -> None:
    after = After(room)
    after.passes(DAY)
    assert after.refused("adviser", recording.sign_record) == "not_your_role"
    assert after.takes("recorder2", recording.sign_record).code == "record_signed"
    assert after.takes("recorder2", recording.hand_record).code == "record_handed"


def test_a_supervisor_who_stays_away_holds_nothing_up(room: Room) -> None:
    after = After(room).told()
    item = after.items()[0].id
    after.takes("recorder", following.hand_item, item_id=item, day=room.instant.date().isoformat())
    after.takes("recorder", following.finish_item, item_id=item, text="建好了")
    after.takes("supervisor2", supervising.write_supervision, fields=B4)
    after.takes("supervisor2", supervising.publish_supervision)
    room.deliver()
    assert after.takes("supervisor2", archiving.confirm_archive).code == "archive_confirmed"


def test_the_chairs_deputy_stands_for_the_convener_once_the_plan_is_sent(course: Course) -> None:
    drafts(course.to_plan())
    assert "send_plan" in steps(course, "chair") and "send_plan" not in steps(course, "deputy")
    sends(course)
    assert {"draft_plan", "enter_willing"} <= set(steps(course, "deputy"))


def test_whom_the_plan_names_is_reminded_of_the_meeting(course: Course) -> None:
    to_noticed(course)
    course.passes(days=14)
    for who in ("deputy", "adviser", "r101"):
        assert len(course.heard(who, "meeting_tomorrow")) == 1, who


def test_what_everybody_reads_of_a_topic_is_what_is_proposed_and_when_the_plan_wants_to_meet(course: Course) -> None:
    drafts(course.to_plan())

    def planned() -> tuple[str, bool]:
        page = course.read(
            lambda uow: topic_page(uow, course.actor("r301"), topic_id=course.topic_id, now=course.instant)
        )
        return page.facts["proposal"], page.facts["planned"] is not None

    proposal, known = planned()
    assert proposal == course.topic.proposal and not known, "a draft is nobody's business yet"
    sends(course)
    assert planned() == (proposal, True)
