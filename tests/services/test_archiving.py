"""The end of a topic (6)."""

from datetime import timedelta

from services import archiving, papers
from storage.tables import Archive, Deadline, Document
from storage.work import UnitOfWork
from tests.services.after import After
from tests.services.room import GROUP, Room


def test_the_supervisor_confirms_and_the_committee_uploads(room: Room) -> None:
    after = After(room).carried_out()
    today = room.instant.date()
    upload = {"day": today.isoformat(), "proof": "平台编号 12"}
    assert after.refused("recorder", archiving.confirm_archive) == "not_your_role"
    assert after.refused("recorder", archiving.note_upload, **upload) == "archive_not_confirmed"
    after.takes("supervisor", archiving.confirm_archive)
    assert after.refused("supervisor", archiving.confirm_archive) == "archive_already_confirmed"
    room.deliver()
    assert after.news("recorder", "to_upload")[0]["steps"] == ["note_upload"]
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert after.refused("recorder", archiving.note_upload, **(upload | {"day": tomorrow})) == "upload_in_future"
    assert after.refused("recorder", archiving.note_upload, **(upload | {"proof": ""})) == "empty_text"
    after.takes("recorder", archiving.note_upload, **upload)
    room.deliver()
    assert (after.topic.stage, after.topic.ended_at) == ("closed", room.instant)
    row = room.read(lambda uow: uow.first(Archive))
    assert row is not None and (row.uploaded_on, row.proof) == (today, "平台编号 12")


def test_everybody_gets_one_last_word(room: Room) -> None:
    after = After(room).closed()
    assert len(after.news("r102", "closed")) == 1 and after.news("supervisor", "closed")
    last = [facts["code"] for kind, chat, facts in room.sent if (kind, chat) == ("after_posted", GROUP)]
    assert last[-1] == "closed"
    assert room.read(lambda uow: uow.count(Deadline, done_at=None)) == 0


def test_what_is_missing_is_named(room: Room) -> None:
    after = After(room).carried_out()

    def lose(uow: UnitOfWork) -> None:
        for row in uow.all(Document, kind=("notice", "b2")):
            uow.orm.delete(row)

    room.database.write_now(lose)
    assert after.refused("supervisor", archiving.confirm_archive) == "archive_incomplete"


def test_an_ended_matter_needs_no_record_of_the_follow_up(room: Room) -> None:
    after = After(room, 2, 9, 1).told()
    after.takes("supervisor", archiving.confirm_archive)
    after.takes("recorder", archiving.note_upload, day=room.instant.date().isoformat(), proof="平台编号 13")
    assert after.topic.stage == "closed"


def test_the_papers_stay_to_be_fetched(room: Room) -> None:
    after = After(room).closed()
    page = room.read(lambda uow: papers.topic_papers(uow, room.actor("r102"), topic_id=room.topic_id, now=room.instant))
    kinds = {paper["kind"] for paper in page.facts["papers"]}
    assert kinds == {"notice", "b1_public", "b3", "result_notice", "b4"}
    actor = room.actor("r102")
    document = after.documents("b4")[0]
    room.door.act_now(papers.fetch_paper, actor, None, document_id=document.id)
    room.deliver()
    (copy,) = after.heard("r102", "paper_copy")
    (posted,) = {facts["document"][0] for facts in room.kinds("paper_posted") if facts["kind"] == "b4"}
    assert copy["document"][0] == posted
