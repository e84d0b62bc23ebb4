"""What people see of topics and of what waits for them: a topic's page, /topics, /todo, home, /status in the group."""

from datetime import timedelta

import pytest

from procedure.clocks import DeadlineKind
from procedure.errors import RuleBroken
from services import course as topic_course
from services import home, posts, timers
from services.act import Receipt
from storage.tables import Community, Group, Person, Plan
from storage.work import UnitOfWork
from tests.services.after import After
from tests.services.clockwork import Clockwork
from tests.services.course import Course
from tests.services.plans import to_noticed
from tests.services.room import GROUP, Room


def seen(course: Course, who: str, topic_id: int | None = None) -> Receipt:
    """The topic's page as this person sees it."""
    shown = topic_id or course.topic_id
    return course.read(lambda uow: topic_course.topic_page(uow, course.actor(who), topic_id=shown, now=course.instant))


def todo(course: Course, who: str) -> Receipt:
    """/todo of this person."""
    return course.read(lambda uow: home.todo(uow, course.actor(who), now=course.instant))


def listed(course: Course, who: str, number: int = 1) -> Receipt:
    """/topics of this person."""
    return course.read(lambda uow: home.topics(uow, course.actor(who), now=course.instant, number=number))


def test_a_topic_page_tells_what_happened_and_what_comes(course: Course) -> None:
    course.to_plan()
    page = seen(course, "r301").facts
    assert [event["event"] for event in page["events"]] == [
        "posts_accepted",
        "review_approved",
        "registered",
        "proposed",
    ]
    assert page["more"] == 0 and page["stage"] == "plan"
    meet = next(clock for clock in page["clocks"] if clock["kind"] == "meet")
    assert (meet["arithmetic"]["start"], meet["arithmetic"]["last_day"]) == ("2026-11-03", "2026-11-18")
    assert meet["who"] == ["convener"] and not meet["late"]
    assert page["posts"] == {"convener": "周文", "recorder": "郑洁", "adviser": "冯兰", "supervisor": "陈刚"}
    assert page["steps"] == ["join_topic"] and "draft_plan" in seen(course, "chair").facts["steps"]


def test_what_is_late_comes_first(course: Course) -> None:
    course.to_plan()
    course.passes(days=20)
    clocks = seen(course, "r301").facts["clocks"]
    assert clocks[0]["late"] and [clock["ends_at"] for clock in clocks] == sorted(clock["ends_at"] for clock in clocks)
    items = todo(course, "supervisor").facts["items"]
    assert {item["kind"] for item in items} == {clock["kind"] for clock in clocks}


def test_only_the_newest_events_and_all_of_them_on_a_page_of_their_own(course: Course) -> None:
    course.to_plan()
    plan_of_three_versions(course)
    page = seen(course, "r301").facts
    whole = _timeline(course, "r301").facts["events"]
    assert [(event["event"], event.get("version")) for event in page["events"]][:2] == [
        ("plan_sent", 3),
        ("plan_drafted", 3),
    ]
    assert len(page["events"]) == 5 and page["more"] == len(whole) - 5 == 5
    assert page["events"] == whole[:5] and whole[-1]["event"] == "proposed"


def plan_of_three_versions(course: Course) -> None:
    """Drafted and sent three times."""

    def write(uow: UnitOfWork) -> None:
        group = uow.first(Group, chat_id=GROUP)
        assert group is not None and group.id is not None
        for version in (1, 2, 3):
            uow.add(
                Plan(
                    community_id=group.community_id,
                    topic_id=course.topic_id,
                    version=version,
                    mode="internet",
                    meets_at=course.instant + timedelta(days=12),
                    chair_id=course.people["chair"],
                    group_id=group.id,
                    drafted_at=course.instant + timedelta(hours=2 * version),
                    sent_at=course.instant + timedelta(hours=2 * version + 1),
                )
            )

    course.database.write_now(write)


def test_a_page_is_for_the_community(course: Course) -> None:
    course.proposes()

    def elsewhere(uow: UnitOfWork) -> None:
        other = uow.add(Community(name="河东社区", created_at=course.instant))
        stranger = uow.first(Person, label="4-102")
        assert stranger is not None and other.id is not None
        stranger.community_id = other.id

    course.database.write_now(elsewhere)
    for look in (seen, _timeline):
        with pytest.raises(RuleBroken) as broken:
            look(course, "neighbour")
        assert broken.value.code == "not_in_community"


def _timeline(course: Course, who: str) -> Receipt:
    return course.read(
        lambda uow: topic_course.whole_timeline(uow, course.actor(who), topic_id=course.topic_id, now=course.instant)
    )


def test_todo_names_clocks_then_turns_and_offered_posts(course: Course) -> None:
    course.to_review()
    mine = todo(course, "recorder").facts
    assert [item["kind"] for item in mine["items"]] == ["review"] and mine["waiting"] == []
    course.approves()
    mine = todo(course, "adviser").facts
    assert mine["waiting"][0]["posts"] == ["adviser"] and "accept_post" in mine["waiting"][0]["needed"]
    course.acts("adviser", posts.accept_post)
    assert todo(course, "adviser").facts["waiting"] == []
    assert todo(course, "r301").facts["items"] == todo(course, "r301").facts["waiting"] == []


def test_home_offers_the_topics_in_which_it_is_ones_turn(course: Course) -> None:
    course.to_review()
    course.proposes("r102", title="修路灯")

    def shown(who: str) -> list[tuple[int, str]]:
        receipt = course.read(lambda uow: home.home(uow, course.actor(who), now=course.instant))
        return [(topic["topic"]["number"], topic["needed"][0]) for topic in receipt.facts["waiting"]]

    assert shown("recorder") == [(1, "approve_topic"), (2, "register_topic")]
    assert shown("deputy") == [(1, "approve_topic")]
    assert shown("r301") == []


def test_topics_are_paged(course: Course) -> None:
    for number in range(1, 5):
        for who in ("r101", "r102", "r201", "r202", "r301"):
            course.proposes(who, title=f"第{number}次提修路灯 {who.upper()}")
    page = listed(course, "r301").facts
    assert [topic["number"] for topic in page["topics"]] == list(range(20, 12, -1)) and page["pages"] == 3
    assert [topic["number"] for topic in listed(course, "r301", number=3).facts["topics"]] == [4, 3, 2, 1]
    assert listed(course, "r301", number=99).facts["page"] == 3
    assert page["topics"][0]["stage"] == "proposed" and page["topics"][0]["ends_at"] is not None


def test_status_in_the_group_names_the_topics_when_no_meeting_is_near(course: Course) -> None:
    for number in range(9):
        course.proposes("r101" if number % 2 else "r102", title=f"提案 {number}")
    for _ in range(2):
        course.door.act_now(home.group_status, course.actor("r101"), None, chat_id=GROUP, message_id=7)
    course.deliver()
    [facts] = course.kinds("group_status")
    assert facts["meeting"] is None and len(facts["topics"]) == 6 and facts["more"] == 3


def test_a_meeting_to_come_is_a_date_of_its_topic(work: Clockwork) -> None:
    work.starts(DeadlineKind.RULES, ends_at=work.instant + timedelta(days=3))
    assert [clock["kind"] for clock in seen(work, "r301").facts["clocks"]] == ["rules"]
    work.finish_all()
    assert seen(work, "r301").facts["clocks"] == []


def test_up_to_the_notice(course: Course) -> None:
    to_noticed(course)
    page = seen(course, "r301").facts
    assert [event["event"] for event in page["events"]][:3] == ["notice_published", "plan_final", "plan_sent"]
    assert {clock["kind"] for clock in page["clocks"]} == {"meet", "meeting", "rules"}
    assert not any(clock["late"] for clock in page["clocks"])
    assert [item["kind"] for item in todo(course, "r301").facts["items"]] == ["meeting"]


def test_a_closed_topic_has_its_whole_story_and_no_clock(room: Room) -> None:
    After(room).closed()
    page = room.read(
        lambda uow: topic_course.topic_page(uow, room.actor("r301"), topic_id=room.topic_id, now=room.instant)
    ).facts
    whole = room.read(
        lambda uow: topic_course.whole_timeline(uow, room.actor("r301"), topic_id=room.topic_id, now=room.instant)
    ).facts["events"]
    assert (page["stage"], page["clocks"], page["steps"]) == ("closed", [], [])
    told = [event["event"] for event in reversed(whole)]
    assert told[-9:] == [
        "announced",
        "record_signed",
        "record_handed",
        "result_notice_published",
        "item_received",
        "item_done",
        "b4_published",
        "archive_confirmed",
        "uploaded",
    ]
    assert room.read(timers.next_due) is None
