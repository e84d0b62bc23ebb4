"""A topic is raised and registered (5.1): form B.1 checked, its clocks, who hears of it, what is never written down."""

from datetime import datetime
from typing import Any

import pytest

from bot.command.verify import verify_database
from procedure.errors import RuleBroken
from services import contacts, proposing
from storage.tables import Contact, Person, Topic
from tests.services.course import PROPOSAL, Course

CONTACT = {"name": "张三", "phone": "138-0000-0001", "email": "", "address": "1 幢 101"}


def refusal(course: Course, who: str = "r101", **other: Any) -> RuleBroken:
    """Why this proposal is refused; nothing of it is kept."""
    before = course.read(lambda uow: uow.count(Topic))
    with pytest.raises(RuleBroken) as broken:
        course.proposes(who, **other)
    assert course.read(lambda uow: uow.count(Topic)) == before
    return broken.value


def test_a_proposal_becomes_a_numbered_topic_with_two_clocks(course: Course) -> None:
    assert course.proposes().facts["number"] == 1
    topic = course.topic
    assert (topic.stage, topic.table_row, topic.catalogue, topic.annex) == ("proposed", 2, "C.2.3", None)
    assert topic.proposer_id == course.people["r101"]
    register, review = course.clock("register"), course.clock("review")
    assert register is not None and register.ends_at == datetime.fromisoformat("2026-11-05T00:00:00+08:00")
    assert review is not None and review.ends_at == datetime.fromisoformat("2026-12-04T00:00:00+08:00")
    assert course.proposes("r102").facts["number"] == 2


def test_the_committee_and_the_proposer_hear_of_it_at_once(course: Course) -> None:
    course.proposes()
    course.deliver()
    for who in ("recorder", "adviser"):
        (told,) = course.heard(who, "topic_proposed")
        assert told["proposer"] == "1-101" and told["topic_id"] == course.topic_id
    assert not course.heard("supervisor", "topic_proposed") and not course.heard("r102", "proposal_received")
    (receipt,) = course.heard("r101", "proposal_received")
    assert receipt["register_till"].startswith("2026-11-0") and "review_till" in receipt


def test_contact_data_is_sealed_and_no_message_or_journal_knows_it(course: Course) -> None:
    course.proposes(contact=CONTACT)
    course.deliver()
    who, topic_id = course.people["r101"], course.topic_id
    given = course.read(lambda uow: contacts.read(uow, person_id=who, topic_id=topic_id))
    assert given == {name: text for name, text in CONTACT.items() if text}
    words = (*filter(None, CONTACT.values()), "充电", "插座")
    assert not any(word in str(facts) for _, _, facts in course.sent for word in filter(None, CONTACT.values()))
    assert not any(word in entry for entry in course.journal() for word in words)
    assert verify_database(course.database, None).broken == []


def test_without_consent_nothing_is_kept(course: Course) -> None:
    course.proposes(contact=None)
    course.proposes("r102", contact=dict.fromkeys(CONTACT, ""))
    assert course.read(lambda uow: uow.count(Contact)) == 0


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"row": 4}, "not_your_row"),
        ({"row": 9}, "not_your_row"),
        ({"kind": "government"}, "not_your_kind"),
        ({"kind": "committee"}, "not_your_kind"),
        ({"kind": "emperor"}, "not_your_kind"),
        ({"item": "C.1.1"}, "item_of_other_row"),
        ({"item": "C.9"}, "unknown_item"),
        ({"annex": "D.z"}, "unknown_annex"),
        ({"title": " \n"}, "field_empty"),
        ({"reason": ""}, "field_empty"),
        ({"proposal": ""}, "field_empty"),
        ({"title": "长" * 61}, "field_too_long"),
        ({"reason": "𠮷" * 501}, "field_too_long"),
        ({"contact": CONTACT | {"phone": "12"}}, "bad_phone"),
        ({"contact": CONTACT | {"email": "a@b"}}, "bad_email"),
        ({"community_id": 999}, "not_in_community"),
    ],
)
def test_what_form_b1_does_not_take(course: Course, other: dict[str, Any], code: str) -> None:
    assert refusal(course, **other).code == code


def test_strangers_and_people_who_moved_away_raise_nothing(course: Course) -> None:
    assert refusal(course, "stranger").code == "not_in_community"

    def leaves(uow: Any) -> None:
        uow.must(Person, course.people["r102"]).left_at = course.instant

    course.database.write_now(leaves)
    assert refusal(course, "r102").code == "not_in_community"
    places = course.read(lambda uow: proposing.places(uow, course.says_as("r102"), now=course.instant))
    assert places == []


@pytest.mark.parametrize(
    ("who", "kind", "row"),
    [("recorder", "committee", 3), ("deputy", "committee_member", 5), ("property", "property_company", 3)],
)
def test_committees_and_units_speak_for_themselves(course: Course, who: str, kind: str, row: int) -> None:
    course.proposes(who, kind=kind, row=row, item=None)
    assert (course.topic.proposer_kind, course.topic.table_row) == (kind, row)


def test_five_proposals_may_wait_and_a_sixth_after_a_review(course: Course) -> None:
    for _ in range(4):
        course.proposes()
    course.to_review()
    broken = refusal(course)
    assert (broken.code, broken.facts) == ("too_many_proposals", {"most": 5})
    course.approves()
    course.proposes()
    course.proposes("r102")


def test_a_proposal_that_annex_d_may_claim_is_still_taken(course: Course) -> None:
    course.proposes(annex="D.h", item=None)
    assert (course.topic.annex, course.topic.catalogue) == ("D.h", None)


def test_nasty_words_are_kept_as_they_are(course: Course) -> None:
    text = "<b>甲</b> & '; DROP TABLE topic; -- \u202e👨‍👩‍👧"
    course.proposes(title=text, reason=text, proposal=text)
    course.deliver()
    assert course.topic.title == text and course.heard("recorder", "topic_proposed")[0]["reason"] == text


def test_the_same_update_twice_is_one_topic(course: Course) -> None:
    actor = course.actor("r101")
    facts = {"community_id": course.community_id} | PROPOSAL
    first = course.door.act_now(proposing.propose, actor, "7:propose:1", **facts)
    again = course.door.act_now(proposing.propose, actor, "7:propose:1", **facts)
    assert first == again and course.read(lambda uow: uow.count(Topic)) == 1


def test_registering_moves_the_topic_on_and_stops_its_clock(course: Course) -> None:
    course.proposes()
    assert course.refused("r101", proposing.register_topic) == "not_your_role"
    assert course.refused("supervisor", proposing.register_topic) == "not_your_role"
    assert course.refused("stranger", proposing.register_topic) == "not_in_community"
    course.acts("adviser", proposing.register_topic)
    assert course.topic.stage == "review" and course.topic.registered_at == course.instant
    assert course.clock("register") is None and course.clock("review") is not None
    assert course.refused("recorder", proposing.register_topic) == "not_this_stage"
    assert course.refused("recorder", proposing.register_topic, topic_id=99) == "no_such_topic"
    course.deliver()
    for who in ("recorder", "adviser", "deputy"):
        assert len(course.heard(who, "topic_to_review")) == 1
    assert len(course.heard("r101", "topic_registered")) == 1
