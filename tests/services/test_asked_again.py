"""A revised plan asks those again who have not said yes (table 3)."""

from services import willing
from tests.services import plans
from tests.services.course import Course


def test_who_said_no_to_the_first_version_is_asked_by_the_second(course: Course) -> None:
    plans.to_sent(course)
    course.acts("r101", willing.say_willing)
    course.acts("r102", willing.say_unwilling)
    plans.drafts(course, hour="18:30")
    plans.sends(course)
    asked = {who: [facts["asked"] for facts in course.heard(who, "plan_sent")] for who in ("r101", "r102", "r201")}
    assert asked == {"r101": [True, False], "r102": [True, True], "r201": [True, True]}
