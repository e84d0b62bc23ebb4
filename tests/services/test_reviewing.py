"""The joint meeting's review (5.2): approved with reasons and posts, rejected, diverted, and everybody told."""

from datetime import datetime
from typing import Any

import pytest

from procedure.errors import RuleBroken
from services import reviewing
from services.course import allowed, topic_page
from storage.tables import Account, PostHolder, Review, Telling
from tests.services.course import POSTS, REASONS, Course
from tests.services.room import ACCOUNTS


def holders(course: Course, **other: str) -> dict[str, int]:
    """Post → person, by keys of the cast."""
    keys = {post.value: key for post, key in POSTS.items()} | other
    return {post: course.people[key] for post, key in keys.items()}


def unreachable(course: Course, who: str) -> None:
    """This person never started the bot."""

    def forget(uow: Any) -> None:
        uow.must(Account, ACCOUNTS[who]).started_at = None

    course.database.write_now(forget)


def answers(course: Course) -> dict[str, str]:
    """Post → what its person said."""
    rows = course.read(lambda uow: uow.all(PostHolder, topic_id=course.topic_id))
    return {row.post: "yes" if row.accepted_at else "no" if row.declined_at else "asked" for row in rows}


def test_an_approval_starts_the_clocks_and_asks_four_people(course: Course) -> None:
    course.to_review().approves()
    topic = course.topic
    assert (topic.stage, topic.approved_at, topic.catalogue) == ("plan", course.instant, "C.2.3")
    assert course.clock("review") is None
    meet, draft, tell = (course.clock(kind) for kind in ("meet", "draft_plan", "tell_proposer"))
    assert meet is not None and meet.ends_at == datetime.fromisoformat("2026-11-19T00:00:00+08:00")
    assert draft is not None and draft.ends_at < meet.ends_at and tell is not None
    course.deliver()
    assert answers(course) == dict.fromkeys(("convener", "recorder", "adviser", "supervisor"), "asked")
    for key in POSTS.values():
        assert len(course.heard(key, "post_offered")) == 1
    review = course.read(lambda uow: uow.first(Review, topic_id=course.topic_id))
    assert review is not None and review.outcome == "approved" and review.reasons == REASONS


def test_the_proposer_is_told_by_delivery_and_only_then_the_clock_stops(course: Course) -> None:
    course.to_review().approves()
    assert course.clock("tell_proposer") is not None
    course.deliver()
    assert course.clock("tell_proposer") is None
    (told,) = course.heard("r101", "review_told")
    assert told["outcome"] == "approved" and told["reasons"]["a"] == REASONS["a"]
    telling = course.read(lambda uow: uow.first(Telling, topic_id=course.topic_id, subject="review"))
    assert telling is not None and telling.delivered_at is not None
    assert course.refused("recorder", reviewing.note_told, way="phone") == "proposer_told"


@pytest.mark.parametrize("ending", ["approved", "rejected", "diverted"])
def test_a_proposer_the_bot_cannot_reach_is_told_by_the_committee(course: Course, ending: str) -> None:
    course.to_review()
    unreachable(course, "r101")
    if ending == "approved":
        course.approves()
    elif ending == "rejected":
        course.acts("adviser", reviewing.reject_topic, b="只关系到一户")
    else:
        course.acts("adviser", reviewing.divert_topic, annex="D.h", reason="要筹资")
    course.deliver()
    assert course.clock("tell_proposer") is not None and len(course.heard("recorder", "proposer_unreachable")) == 1
    assert course.refused("r102", reviewing.note_told, way="phone") == "not_your_role"
    assert course.refused("recorder", reviewing.note_told, way="pigeon") == "no_such_choice"
    course.acts("recorder", reviewing.note_told, way="visit")
    assert course.clock("tell_proposer") is None


def test_a_rejection_says_which_test_fails_and_ends_the_topic(course: Course) -> None:
    course.to_review()
    assert course.refused("deputy", reviewing.reject_topic) == "rejection_reason_needed"
    course.acts("deputy", reviewing.reject_topic, b="只关系到一户人家", c=" ")
    topic = course.topic
    assert (topic.stage, topic.outcome, topic.ended_at) == ("rejected", "rejected", course.instant)
    assert course.clock("review") is None and course.clock("meet") is None
    course.deliver()
    assert course.heard("r101", "review_told")[0]["reasons"] == {"b": "只关系到一户人家"}
    assert course.heard("supervisor", "topic_reviewed") and not course.heard("deputy", "topic_reviewed")
    assert course.refused("recorder", reviewing.approve_topic, **REASONS, holders={}) == "not_this_stage"


def test_a_matter_of_annex_d_is_diverted_with_its_reason(course: Course) -> None:
    course.to_review(annex="D.h")
    assert course.refused("adviser", reviewing.divert_topic, annex="D.h", reason=" ") == "diversion_reason_needed"
    assert course.refused("adviser", reviewing.divert_topic, annex="C.1", reason="是") == "unknown_annex"
    course.acts("adviser", reviewing.divert_topic, annex="D.f", reason="要立项招标")
    assert (course.topic.stage, course.topic.annex, course.topic.outcome) == ("diverted", "D.f", "diverted")
    course.deliver()
    assert course.heard("r101", "review_told")[0]["reasons"] == {"annex": "D.f", "reason": "要立项招标"}


@pytest.mark.parametrize("step", ["approve_topic", "reject_topic", "divert_topic"])
@pytest.mark.parametrize("who", ["r101", "chair", "supervisor", "property"])
def test_only_the_two_committees_review(course: Course, step: str, who: str) -> None:
    course.to_review()
    facts: dict[str, dict[str, Any]] = {
        "approve_topic": REASONS | {"holders": holders(course)},
        "reject_topic": {"a": "不在目录里"},
        "divert_topic": {"annex": "D.a", "reason": "年度计划"},
    }
    assert course.refused(who, getattr(reviewing, step), **facts[step]) == "not_your_role"


def test_nothing_is_reviewed_before_it_is_registered(course: Course) -> None:
    course.proposes()
    assert course.refused("recorder", reviewing.reject_topic, a="不在目录里") == "not_this_stage"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"a": " "}, "approval_reasons_missing"),
        ({"item": "C.8"}, "unknown_item"),
        ({"holders": {"supervisor": "recorder2"}}, "supervisor_of_committee"),
        ({"holders": {"convener": "supervisor"}}, "post_conflict"),
        ({"holders": {"recorder": "supervisor"}}, "post_conflict"),
    ],
)
def test_an_approval_needs_reasons_and_lawful_posts(course: Course, other: dict[str, Any], code: str) -> None:
    course.to_review()
    if "holders" in other:
        other = {"holders": holders(course, **other["holders"])}
    facts = REASONS | {"holders": holders(course)} | other
    assert course.refused("recorder", reviewing.approve_topic, **facts) == code
    assert course.topic.stage == "review" and answers(course) == {}


def test_all_four_posts_are_filled_from_this_roster(course: Course) -> None:
    course.to_review()
    three = {post: who for post, who in holders(course).items() if post != "adviser"}
    assert course.refused("recorder", reviewing.approve_topic, **REASONS, holders=three) == "post_unfilled"
    stranger = three | {"adviser": 10**9}
    assert course.refused("recorder", reviewing.approve_topic, **REASONS, holders=stranger) == "not_on_the_roster"


def test_no_words_of_a_review_stand_in_the_journal(course: Course) -> None:
    course.to_plan()
    words = (*REASONS.values(), "周文", "充电")
    assert not any(word in entry for entry in course.journal() for word in words if word != "C.2.3")
    assert sum("post_accepted" in entry for entry in course.journal()) == 4


def test_a_page_offers_what_is_lawful_to_each(course: Course) -> None:
    course.to_review()

    def steps(who: str) -> list[str]:
        page = course.read(
            lambda uow: topic_page(uow, course.says_as(who), topic_id=course.topic_id, now=course.instant)
        )
        return list(page.facts["steps"])

    assert steps("adviser") == ["approve_topic", "reject_topic", "divert_topic", "join_topic"] and steps("r101") == []
    course.approves()
    assert {"accept_post", "decline_post"} <= set(steps("chair"))
    assert {"offer_post", "enter_acceptance", "note_told"} <= set(steps("recorder2"))
    course.deliver()
    assert "note_told" not in steps("recorder2")


def test_a_form_opens_only_for_who_may(course: Course) -> None:
    course.proposes()
    with pytest.raises(RuleBroken, match="not_this_stage"):
        course.read(
            lambda uow: allowed(
                uow,
                actor=course.says_as("recorder"),
                topic_id=course.topic_id,
                action="approve_topic",
                now=course.instant,
            )
        )


def test_contact_data_of_a_lost_key_holds_up_no_review(course: Course) -> None:
    course.to_review(contact={"name": "张先生", "phone": "138-0000-0001", "email": "", "address": ""})
    course.database.write_now(lambda uow: uow.raw("UPDATE contact SET sealed = 'lost'"))
    assert course.approves().code == "topic_approved"
    course.deliver()
