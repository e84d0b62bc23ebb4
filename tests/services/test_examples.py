"""What people choose is kept as labelled examples, and gone with the topic's words."""

import json
from typing import Any

import pytest

from procedure.examples import Suggested
from services import demo, examples, journal, proposing, reviewing
from services.course import topic_page
from services.examples import Labelled
from storage.tables import Content, Example, JournalEntry
from tests.services.course import PROPOSAL, Course

SUGGESTED = Suggested(("C.2.3", "C.2.2"), "D.h", "repair")
CODES = {"items": ["C.2.3", "C.2.2"], "annex": "D.h", "elsewhere": "repair"}


def kept(course: Course) -> list[Example]:
    """All there are."""
    return list(course.read(lambda uow: uow.all(Example)))


def written(course: Course) -> list[Labelled]:
    """What is written out."""
    return list(course.read(lambda uow: list(examples.labelled(uow))))


def choice(course: Course, who: str) -> Any:
    """What the topic's page tells this person of it."""
    actor, now = course.actor(who), course.now()
    return course.read(lambda uow: topic_page(uow, actor, topic_id=course.topic_id, now=now)).facts["choice"]


def test_the_proposers_choice_is_kept_beside_what_was_suggested(course: Course) -> None:
    course.proposes(suggested=SUGGESTED)
    (row,) = kept(course)
    assert (row.chooser, row.item, row.annex, row.outside) == ("proposer", "C.2.3", None, False)
    assert row.suggested == CODES and row.at == course.instant
    assert written(course) == [Labelled(demo.TITLE, demo.REASON, "C.2.3", "", "proposer")]


def test_a_choice_made_without_suggestions_counts_as_well(course: Course) -> None:
    course.proposes()
    assert [row.suggested for row in kept(course)] == [{}]


def test_who_was_not_sure_labels_nothing(course: Course) -> None:
    course.proposes(item=None)
    assert len(kept(course)) == 1 and written(course) == []


def test_an_approval_names_the_item(course: Course) -> None:
    course.to_review(item="C.2.2", suggested=SUGGESTED).approves(suggested=SUGGESTED)
    assert [row.chooser for row in kept(course)] == ["proposer", "committee"]
    assert [row[2:] for row in written(course)] == [("C.2.3", "", "committee")]


@pytest.mark.parametrize(
    ("given", "label"), [({"a": "自家的事"}, ("NONE", "", "committee")), ({"c": "办不成"}, ("C.2.3", "", "proposer"))]
)
def test_a_rejection_labels_what_is_outside_the_catalogue(
    course: Course, given: dict[str, str], label: tuple[str, ...]
) -> None:
    course.to_review(suggested=SUGGESTED)
    course.acts("recorder", reviewing.reject_topic, suggested=SUGGESTED, **given)
    assert [row[2:] for row in written(course)] == [label]


def test_a_diversion_names_the_matter_of_annex_d(course: Course) -> None:
    course.to_review()
    course.acts("recorder", reviewing.divert_topic, annex="D.f", reason="要招标", suggested=SUGGESTED)
    assert [row[2:] for row in written(course)] == [("D.f", "", "committee")]


def test_a_proposer_who_sees_annex_d_labels_it_first(course: Course) -> None:
    course.proposes(annex="D.h")
    assert [row[2:] for row in written(course)] == [("D.h", "C.2.3", "proposer")]


def test_a_topic_whose_words_are_erased_is_written_no_more(course: Course) -> None:
    course.proposes()
    course.proposes("r102", title="路口装镜子")

    def erase(uow: Any) -> None:
        (first, *_) = uow.all(Example)
        uow.must(Content, first.content_id).text = None

    course.database.write_now(erase)
    assert [row.title for row in written(course)] == ["路口装镜子"]


def test_the_journal_hears_nothing_of_it(course: Course) -> None:
    course.to_review(suggested=SUGGESTED).approves(suggested=SUGGESTED)
    entries = course.read(lambda uow: [json.loads(row.entry) for row in uow.all(JournalEntry)])
    assert not any("suggested" in entry or "repair" in str(entry) for entry in entries)
    assert course.read(lambda uow: journal.broken(uow, subject="topic", subject_id=course.topic_id)) is None


def test_the_words_lie_in_the_content_the_example_points_to(course: Course) -> None:
    course.proposes(suggested=SUGGESTED)
    (row,) = kept(course)
    content = course.read(lambda uow: uow.must(Content, row.content_id))
    assert content.text is not None and demo.REASON in content.text
    assert demo.REASON not in str(row.model_dump())


def test_a_refused_review_keeps_nothing(course: Course) -> None:
    course.to_review()
    assert course.refused("recorder", reviewing.divert_topic, annex="D.x", reason="要招标") == "unknown_annex"
    assert course.refused("r101", reviewing.reject_topic, a="不归我们") == "not_your_role"
    assert [row.chooser for row in kept(course)] == ["proposer"]


def test_the_committee_reads_what_was_suggested_and_chosen_otherwise(course: Course) -> None:
    course.to_review(suggested=SUGGESTED)
    told = {"annex": "D.h", "elsewhere": "repair"}
    assert [one["told"] for one in course.heard("recorder", "topic_proposed")] == [told]
    assert [one["told"] for one in course.heard("adviser", "topic_to_review")] == [told]


def test_the_page_shows_everybody_the_choice_and_the_committees_what_was_suggested(course: Course) -> None:
    course.proposes(suggested=SUGGESTED)
    own = {"item": "C.2.3", "annex": None}
    told = {"annex": "D.h", "elsewhere": "repair"}
    assert choice(course, "r102") == own
    assert choice(course, "adviser") == choice(course, "recorder") == own | {"told": told}
    course.acts("recorder", proposing.register_topic)
    course.approves()
    assert choice(course, "recorder") is None


def test_the_same_tap_twice_keeps_one_example(course: Course) -> None:
    actor = course.actor("r101")
    facts = {"community_id": course.community_id} | PROPOSAL | {"suggested": SUGGESTED}
    for _ in range(2):
        course.door.act_now(proposing.propose, actor, "7:propose:1", **facts)
    assert len(kept(course)) == 1
