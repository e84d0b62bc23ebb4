"""附议 on both databases: who may join a neighbour's topic until when, who learns of it, and what forged taps do."""

from typing import Any

import pytest

from procedure.errors import RuleBroken
from services import course as topic_course
from services import finalizing, journal, noticing, plan_known, proposing, reviewing, supporting, telling
from services.act import Actor
from storage.tables import Person, Support, Topic
from tests.services.after import After
from tests.services.course import Course
from tests.services.plans import all_willing, drafts, sends, window_over
from tests.services.room import Room
from tests.services.test_searching import neighbours


def page(course: Course, who: str) -> dict[str, Any]:
    facts: dict[str, Any] = {"topic_id": course.topic_id, "now": course.instant}
    return course.read(lambda uow: topic_course.topic_page(uow, course.actor(who), **facts)).facts


def rows(course: Course) -> list[int]:
    """Who has joined, by person."""
    return [row.person_id for row in course.read(lambda uow: uow.all(Support, order="id"))]


def test_a_neighbour_joins_once_and_only_the_number_is_public(course: Course) -> None:
    course.proposes("r101")
    receipt = course.acts("r102", supporting.join_topic)
    assert (receipt.code, receipt.facts) == ("topic_joined", {"number": 1, "count": 1})
    assert course.refused("r102", supporting.join_topic) == "already_joined"
    assert course.refused("r101", supporting.join_topic) == "own_topic"
    course.acts("r201", supporting.join_topic)
    assert rows(course) == [course.people["r102"], course.people["r201"]]
    assert page(course, "r301")["support"] == {"count": 2} == page(course, "r101")["support"]
    shown = {"count": 2, "households": 2, "labels": ["1-102", "1-201"]}
    assert page(course, "recorder")["support"] == shown == page(course, "deputy")["support"]
    assert page(course, "r102")["steps"] == ["withdraw_support"] and page(course, "r301")["steps"] == ["join_topic"]


def test_the_journal_has_ids_only_and_stays_whole(course: Course) -> None:
    course.proposes("r101")
    course.acts("r102", supporting.join_topic)
    course.acts("r102", supporting.withdraw_support)
    joined, withdrawn = course.journal()[-2:]
    assert '"topic_joined"' in joined and '"support_withdrawn"' in withdrawn
    assert "1-102" not in joined + withdrawn
    assert not course.read(lambda uow: journal.broken(uow, subject="topic", subject_id=course.topic_id))


def test_support_is_withdrawn_and_given_again(course: Course) -> None:
    course.proposes("r101")
    assert course.refused("r102", supporting.withdraw_support) == "not_your_role"
    course.acts("r102", supporting.join_topic)
    course.acts("r102", supporting.withdraw_support)
    assert rows(course) == [] and page(course, "recorder")["support"]["count"] == 0
    assert course.refused("r102", supporting.withdraw_support) == "not_your_role"
    course.acts("r102", supporting.join_topic)
    assert rows(course) == [course.people["r102"]]


def test_the_same_tap_again_changes_nothing(course: Course) -> None:
    course.proposes("r101")
    actor = course.actor("r102")
    first, again = (
        course.door.act_now(supporting.join_topic, actor, f"{actor.arrival}:1", topic_id=course.topic_id)
        for _ in range(2)
    )
    assert first == again and len(rows(course)) == 1
    assert sum('"topic_joined"' in entry for entry in course.journal()) == 1


def test_nobody_of_another_community_can_tell_that_the_topic_is_there(course: Course) -> None:
    course.proposes("r101")
    course.door.database.write_now(neighbours)
    foreign = course.read(lambda uow: uow.first(Topic, number=77))
    assert foreign is not None
    for action in (supporting.join_topic, supporting.withdraw_support):
        assert course.refused("r102", action, topic_id=foreign.id) == "no_such_topic"
        assert course.refused("r102", action, topic_id=4711) == "no_such_topic"
        assert course.refused("stranger", action) == "no_such_topic"
    assert rows(course) == []
    ids = [course.topic_id, int(foreign.id or 0), 4711]
    mine = course.read(
        lambda uow: supporting.open_to(uow, actor=course.actor("r102"), topic_ids=ids, now=course.instant)
    )
    assert mine == {course.topic_id: {"count": 0, "may": True, "joined": False}}
    theirs = course.read(lambda uow: supporting.open_to(uow, actor=Actor(99), topic_ids=ids, now=course.instant))
    assert list(theirs) == [foreign.id]


def test_who_has_left_the_roster_neither_joins_nor_counts(course: Course) -> None:
    course.proposes("r101")
    course.acts("r102", supporting.join_topic)
    who = course.people["r102"]
    course.door.database.write_now(lambda uow: setattr(uow.must(Person, who), "left_at", course.instant))
    assert page(course, "recorder")["support"] == {"count": 0, "households": 0, "labels": []}
    assert course.refused("r102", supporting.withdraw_support) == "no_such_topic"


def test_supporters_hear_of_registration_and_review_once(course: Course) -> None:
    course.proposes("r101")
    for who in ("r102", "deputy"):
        course.acts(who, supporting.join_topic)
    course.acts("recorder", proposing.register_topic)
    course.deliver()
    (told,) = course.heard("r102", "topic_registered")
    (proposer,) = course.heard("r101", "topic_registered")
    assert told["joined"] and "joined" not in proposer and told["review_till"] == proposer["review_till"]
    assert course.heard("deputy", "topic_to_review")[-1]["support"]["count"] == 2
    course.acts("recorder", reviewing.reject_topic, b="只关系到一家")
    course.deliver()
    (told,) = course.heard("r102", "topic_reviewed")
    assert told["joined"] and told["reasons"] == course.heard("r101", "review_told")[0]["reasons"]
    (staff,) = course.heard("deputy", "topic_reviewed")
    assert not staff["joined"] and not course.heard("r102", "review_told")
    assert course.refused("r201", supporting.join_topic) == "not_this_stage"


def test_the_notice_closes_it_and_whoever_does_not_take_part_is_told(course: Course) -> None:
    course.to_plan()
    for who in ("deputy", "r102"):
        course.acts(who, supporting.join_topic)
    drafts(course)
    sends(course)
    all_willing(course)
    window_over(course)
    course.acts("chair", finalizing.finalize_plan)
    assert course.refused("observer", supporting.join_topic) == "not_this_stage"
    course.acts("recorder", noticing.publish_notice)
    course.deliver()
    told = [one for one in course.heard("deputy", "plan_news") if one["code"] == "joined_noticed"]
    assert len(told) == 1 and told[0]["text"] and told[0]["meets_at"]
    assert len(course.heard("r102", "notice_told")) == 1
    assert not [one for one in course.heard("r102", "plan_news") if one["code"] == "joined_noticed"]
    assert course.refused("r102", supporting.withdraw_support) == "not_this_stage"
    assert [row["label"] for row in roster(course) if row["joined"]] == ["1-102", "党支部吴敏"]


def roster(course: Course) -> list[dict[str, Any]]:
    """What the convener chooses from."""
    facts: dict[str, Any] = {"actor": course.actor("chair"), "topic_id": course.topic_id, "now": course.instant}
    found = course.read(lambda uow: plan_known.roster(uow, **facts))
    return sorted(found, key=lambda one: str(one["label"]))


def test_the_result_reaches_supporters_who_took_no_part_and_binds_nobody_to_them(room: Room) -> None:
    after = After(room)
    supporter, listed = after.person("deputy"), after.person("r102")
    room.door.database.write_now(
        lambda uow: [
            uow.add(Support(community_id=1, topic_id=room.topic_id, person_id=who, joined_at=room.instant))
            for who in (supporter, listed)
        ]
    )
    after.passes(86400)
    after.signed()
    due = after.takes("recorder", telling.publish_result).facts["count"]
    room.deliver()
    assert due == 12 and len(after.heard("deputy", "result_told")) == 1 == len(after.heard("r102", "result_told"))


@pytest.mark.parametrize("who", ["r102", "recorder"])
def test_joining_waits_on_nobody_s_list(course: Course, who: str) -> None:
    course.proposes("r101")
    course.acts("recorder", proposing.register_topic)
    person, community = course.people[who], course.community_id
    facts: dict[str, Any] = {"community_id": community, "person_id": person, "now": course.instant}
    waiting = course.read(lambda uow: topic_course.waiting_for(uow, course.actor(who), **facts))
    assert not {"join_topic", "withdraw_support"} & {step for one in waiting for step in one["steps"]}
    with pytest.raises(RuleBroken, match="already_joined"):
        for _ in range(2):
            course.acts(who, supporting.join_topic)
