"""The four posts of a topic (5.2.3): accepted with consent, declined, offered anew, answered on paper."""

from typing import Any

from services import posts
from services.case import peek
from storage.tables import Account, PostHolder
from tests.services.course import POSTS, Course
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
    assert [facts["posts"] for facts in course.heard("adviser", "post_declined")] == [["recorder"]]


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
    assert not course.heard("recorder", "post_declined")
    assert len(course.heard("chair", "posts_complete")) == 1, "a deputy's yes is no news for the convener"
