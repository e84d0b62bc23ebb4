"""A notice that may or may not have arrived: nobody guesses, the committee looks."""

from services import delivery, noticing, unsure_posts
from services.act import SYSTEM
from storage.tables import Outbox
from tests.services import plans
from tests.services.course import Course
from tests.services.room import GROUP


def lost(course: Course) -> int:
    """The notice to the group went out, and no answer came."""
    plans.to_final(course).acts("recorder", noticing.publish_notice)
    row = course.read(lambda uow: uow.first(Outbox, kind="notice_posted", chat_id=GROUP))
    assert row is not None and row.id is not None
    facts = {"outbox_id": row.id, "message_id": None, "sent_at": None, "unsure": True}
    course.door.act_now(delivery.delivered, SYSTEM, None, **facts)
    course.deliver()
    return row.id


def test_t44_the_committee_is_asked_and_nothing_is_repeated_by_itself(course: Course) -> None:
    outbox_id = lost(course)
    (asked,) = course.heard("recorder", "look_at_post")
    assert asked["outbox_id"] == outbox_id and asked["place"] == "向阳小区协商群"
    assert not course.heard("r101", "look_at_post")
    assert [chat for kind, chat, _ in course.sent if kind == "notice_posted"] != [GROUP]
    assert course.read(lambda uow: uow.must(Outbox, outbox_id)).state == "unsure"


def test_it_is_seen_or_sent_again(course: Course) -> None:
    outbox_id = lost(course)
    again = unsure_posts.post_again
    assert course.refused("r101", again, outbox_id=outbox_id) == "not_your_role"
    assert course.refused("recorder", again, outbox_id=10**9) == "delivery_settled"
    assert course.acts("recorder", again, outbox_id=outbox_id).code == "sent_again"
    course.deliver()
    assert GROUP in [chat for kind, chat, _ in course.sent if kind == "notice_posted"]
    assert course.refused("adviser", unsure_posts.post_seen, outbox_id=outbox_id) == "delivery_settled"


def test_it_was_there(course: Course) -> None:
    outbox_id = lost(course)
    assert course.acts("adviser", unsure_posts.post_seen, outbox_id=outbox_id).code == "was_delivered"
    assert course.read(lambda uow: uow.must(Outbox, outbox_id)).state == "sent"
