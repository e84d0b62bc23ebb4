"""The joint meeting's review (5.2): approved with reasons and posts, rejected, diverted, and everybody told."""

from datetime import datetime
from typing import Any

import pytest

from procedure.errors import RuleBroken
from services import posts, reviewing
from services.case import peek
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


def holder_id(course: Course, post: str) -> int:
    """The row of a post."""
    row = course.read(lambda uow: uow.first(PostHolder, topic_id=course.topic_id, post=post, deputy=False))
    assert row is not None and row.id is not None
    return row.id


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


def test_when_the_fourth_accepts_the_convener_may_draft(course: Course) -> None:
    course.to_review().approves()
    for number, key in enumerate(POSTS.values()):
        assert course.kinds("posts_complete") == [], number
        course.acts(key, posts.accept_post)
        course.deliver()
    assert course.heard("chair", "posts_complete")[0]["mine"] is True
    assert course.heard("supervisor", "posts_complete")[0]["mine"] is False
    assert course.heard("deputy", "posts_complete")[0]["names"]["convener"] == "周文"
    facts = course.read(lambda uow: peek(uow, course.topic_id, course.says_as("chair")).facts(course.instant))
    assert facts.posts_vacant == facts.posts_waiting == ()


def test_answers_count_once_and_only_from_who_was_asked(course: Course) -> None:
    course.to_review().approves()
    assert course.refused("r102", posts.accept_post) == "not_your_role"
    mine, other = holder_id(course, "convener"), holder_id(course, "recorder")
    assert course.refused("chair", posts.accept_post, holder_id=other) == "offer_gone"
    assert course.acts("chair", posts.accept_post, holder_id=mine).code == "post_accepted"
    assert course.acts("chair", posts.accept_post, holder_id=mine).code == "post_already_accepted"
    assert course.acts("chair", posts.decline_post, holder_id=mine).code == "post_already_accepted"
    assert course.acts("recorder", posts.decline_post, holder_id=other).code == "post_declined"
    assert course.acts("recorder", posts.accept_post, holder_id=other).code == "post_already_declined"
    course.deliver()
    assert [facts["yes"] for facts in course.heard("adviser", "post_answered")] == [True, False]


def test_one_person_with_two_posts_gets_one_message_and_answers_each(course: Course) -> None:
    course.to_review()
    course.approves(holders=holders(course, recorder="chair"))
    course.deliver()
    (asked,) = course.heard("chair", "post_offered")
    assert {one["post"] for one in asked["offers"]} == {"convener", "recorder"}
    course.acts("chair", posts.accept_post, holder_id=holder_id(course, "convener"))
    course.acts("chair", posts.decline_post, holder_id=holder_id(course, "recorder"))
    assert answers(course)["convener"] == "yes" and answers(course)["recorder"] == "no"


def test_a_declined_post_goes_to_somebody_else(course: Course) -> None:
    course.to_review().approves()
    course.acts("chair", posts.decline_post)
    facts = {"post": "convener", "holder": course.people["r101"]}
    assert course.refused("r101", posts.offer_post, **facts) == "not_your_role"
    assert course.refused("deputy", posts.offer_post, post="king", holder=1) == "no_such_choice"
    conflict = facts | {"holder": course.people["supervisor"]}
    assert course.refused("deputy", posts.offer_post, **conflict) == "post_conflict"
    assert course.refused("deputy", posts.offer_post, post="convener", holder=10**9) == "not_on_the_roster"
    course.acts("deputy", posts.offer_post, **facts)
    course.deliver()
    assert course.heard("r101", "post_offered") and answers(course)["convener"] == "asked"
    course.acts("r101", posts.accept_post)
    assert course.refused("deputy", posts.offer_post, **facts) == "post_taken"


def test_who_does_not_answer_is_replaced_and_told(course: Course) -> None:
    course.to_review().approves()
    course.acts("recorder", posts.offer_post, post="supervisor", holder=course.people["supervisor2"])
    course.deliver()
    assert course.heard("supervisor", "offer_withdrawn") and course.heard("supervisor2", "post_offered")
    assert course.refused("supervisor", posts.accept_post) == "not_your_role"
    supervisor = {"post": "supervisor", "holder": course.people["recorder2"]}
    assert course.refused("recorder", posts.offer_post, **supervisor) == "supervisor_of_committee"


def test_an_answer_on_paper_is_entered_by_the_committee(course: Course) -> None:
    course.to_review()
    unreachable(course, "chair")
    course.approves()
    course.deliver()
    assert course.heard("recorder", "post_unreachable")[0]["posts"] == ["convener"]
    entry = {"holder_id": holder_id(course, "convener"), "accepted": True, "way": "writing"}
    assert course.refused("chair", posts.enter_acceptance, **entry) == "not_your_role"
    assert course.refused("recorder", posts.enter_acceptance, **(entry | {"way": "rumour"})) == "no_such_choice"
    course.acts("recorder", posts.enter_acceptance, **entry)
    assert answers(course)["convener"] == "yes"
    assert course.refused("recorder", posts.enter_acceptance, **entry) == "offer_gone"
    adviser = {"holder_id": holder_id(course, "adviser"), "accepted": False, "way": "phone"}
    course.acts("recorder", posts.enter_acceptance, **adviser)
    assert answers(course)["adviser"] == "no"
    for key in ("recorder", "supervisor"):
        course.acts(key, posts.accept_post)
    assert course.refused("recorder", posts.enter_acceptance, **adviser) == "no_post_waiting"


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

    assert steps("adviser") == ["approve_topic", "reject_topic", "divert_topic"] and steps("r101") == []
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


def test_a_deputy_s_answer_is_told_as_a_deputy_s(course: Course) -> None:
    course.to_plan()

    def name(uow: Any) -> None:
        row = PostHolder(
            community_id=course.community_id,
            topic_id=course.topic_id,
            person_id=course.people["recorder2"],
            post="recorder",
            deputy=True,
            offered_at=course.instant,
        )
        uow.add(row)
        posts.ask_all(peek(uow, course.topic_id, course.says_as("chair")), course.instant)

    course.database.write_now(name)
    course.deliver()
    (offer,) = course.heard("recorder2", "post_offered")[0]["offers"]
    assert (offer["post"], offer["instead_of"]) == ("deputy_recorder", "recorder")
    entry = {"holder_id": offer["holder_id"], "accepted": True, "way": "phone"}
    assert course.acts("adviser", posts.enter_acceptance, **entry).facts == {"post": "deputy_recorder"}
    course.deliver()
    assert course.heard("recorder", "post_answered")[-1]["posts"] == ["deputy_recorder"]
    assert len(course.heard("chair", "posts_complete")) == 1, "a deputy's yes is no news for the convener"
