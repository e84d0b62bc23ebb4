"""Plans of the demo community for the tests: what a convener fills in, and the way to each stage."""

from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from procedure.terms import Capacity
from services import demo, finalizing, noticing, plan_sending, planning, willing
from services.act import Receipt
from storage.tables import Meeting, Notice, Participant, Plan
from tests.services.course import Course
from tests.services.room import STAKEHOLDERS
from tests.services.stages import stage

TZ: Final = ZoneInfo(demo.TIMEZONE)
DAY: Final = "2026-11-12"
"""A Thursday nine days after the approval."""
OFFLINE: Final = ("r302", "r402", "r601b")


def written(course: Course, **other: Any) -> dict[str, Any]:
    """The whole form; stakeholders are everybody of the demo who is one."""
    ids = course.people
    filled: dict[str, Any] = {
        "day": DAY,
        "hour": "19:30",
        "people": {
            Capacity.STAKEHOLDER.value: [ids[key] for key in STAKEHOLDERS],
            Capacity.UNIT.value: [ids["property"]],
            Capacity.SELF_JOINED.value: [ids["neighbour"]],
            Capacity.OBSERVER.value: [ids["observer"]],
        },
        "chair": ids["chair"],
        "deputies": {"chair": ids["deputy"], "recorder": ids["recorder2"], "supervisor": ids["supervisor2"]},
        "second_official": ids["adviser"],
    }
    return filled | other


def drafts(course: Course, **other: Any) -> Receipt:
    """The convener writes a version."""
    return course.acts("chair", planning.draft_plan, **written(course, **other))


def sends(course: Course) -> Receipt:
    """It goes out and arrives."""
    receipt = course.acts("chair", plan_sending.send_plan)
    course.deliver()
    return receipt


def all_willing(course: Course) -> None:
    """Everybody says yes, the three without Telegram by telephone."""
    for key in STAKEHOLDERS:
        if key in OFFLINE:
            person = course.people[key]
            course.acts("chair", willing.enter_willing, person=person, willing=True, way="phone")
        else:
            course.acts(key, willing.say_willing)
    course.deliver()


@stage
def to_sent(course: Course, **other: Any) -> Course:
    """A plan with the participants."""
    drafts(course.to_plan(), **other)
    sends(course)
    return course


@stage
def to_final(course: Course, **other: Any) -> Course:
    """Everybody willing, the window over, the plan stands."""
    all_willing(to_sent(course, **other))
    window_over(course)
    course.acts("chair", finalizing.finalize_plan)
    course.deliver()
    return course


@stage
def to_noticed(course: Course, **other: Any) -> Course:
    """The notice is out."""
    to_final(course, **other).acts("recorder", noticing.publish_notice)
    course.deliver()
    return course


def window_over(course: Course) -> None:
    """One minute after the end of the time for objections."""
    until = plan(course).objections_until
    assert until is not None
    course.passes((until - course.instant + timedelta(minutes=1)).total_seconds())


def at(day: str, hour: int = 9) -> datetime:
    """That hour of that day, in Shanghai."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), TZ) + timedelta(hours=hour)


def until(course: Course, day: str, hour: int = 9) -> None:
    """Time goes on to this hour."""
    course.passes((at(day, hour) - course.instant).total_seconds())


def plan(course: Course) -> Plan:
    """The latest version."""
    found = course.read(lambda uow: uow.first(Plan, order="-version", topic_id=course.topic_id))
    assert found is not None
    return found


def meeting(course: Course) -> Meeting:
    """The topic's meeting."""
    found = course.read(lambda uow: uow.first(Meeting, order="-id", topic_id=course.topic_id))
    assert found is not None
    return found


def notice(course: Course) -> Notice:
    """The latest notice."""
    plan_id = plan(course).id
    found = course.read(lambda uow: uow.first(Notice, order="-id", plan_id=plan_id))
    assert found is not None
    return found


def listed(course: Course, key: str) -> Participant:
    """This person in the latest version."""
    plan_id, person_id = plan(course).id, course.people[key]
    found = course.read(lambda uow: uow.first(Participant, plan_id=plan_id, person_id=person_id))
    assert found is not None
    return found
