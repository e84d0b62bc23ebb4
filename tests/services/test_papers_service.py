"""Papers on their way: what they say is fixed in the act, they are drawn once, and who may see which."""

import hashlib
import io
from typing import Any

import pytest
from docx import Document as Word

from procedure.errors import RuleBroken
from procedure.journal import canonical
from services import contacts, papers
from services.act import SYSTEM, Actor, Receipt
from services.case import peek
from services.delivery import enqueue
from storage.tables import Document, File, JournalEntry, Outbox, Person
from storage.work import UnitOfWork
from tests.services.room import ACCOUNTS, Room

SECRET = {"name": "张三", "phone": "138-0000-0001", "email": "z@example.org", "address": "1幢101室"}


def issued(room: Room, kind: str, **more: Any) -> Document:
    """One paper, issued now."""

    def act(uow: UnitOfWork, actor: Actor, *, now: Any) -> Receipt:
        made = papers.issue(peek(uow, room.topic_id, actor), kind, now, **more)
        return Receipt("issued", {"id": made.id})

    made = room.door.act_now(act, SYSTEM, None)
    return room.read(lambda uow: uow.must(Document, made.facts["id"]))


def carried(room: Room, document: Document, key: str) -> tuple[str, str, bytes]:
    """A message with this paper on its way out as the courier sends it: (hash, name, bytes)."""

    def act(uow: UnitOfWork, actor: Actor, *, now: Any) -> Receipt:
        enqueue(uow, "meeting_tomorrow", 5, papers.sent_with(document), unique_key=key, now=now)
        row = uow.first(Outbox, unique_key=key)
        assert row is not None
        return Receipt("queued", {"id": row.id, "facts": dict(row.facts)})

    queued = room.door.act_now(act, SYSTEM, None).facts
    assert papers.missing(queued["facts"])
    paper = room.read(lambda uow: papers.prepared(uow, queued["facts"]))
    body = papers.draw(paper) if paper is not None else None
    shown = room.door.act_now(papers.attach, SYSTEM, None, outbox_id=queued["id"], body=body).facts
    assert not papers.missing(queued["facts"] | shown)
    sha256, name = shown["document"]
    return sha256, name, room.read(lambda uow: papers.stored(uow, sha256))[1]


def text_of(body: bytes) -> str:
    """Every word of a Word document."""
    document = Word(io.BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def give_contact(room: Room) -> None:
    """The proposer's contact data, with consent."""

    def act(uow: UnitOfWork, actor: Actor, *, now: Any) -> Receipt:
        case = peek(uow, room.topic_id, actor)
        person_id, community_id = case.topic.proposer_id, case.topic.community_id
        contacts.give(uow, person_id=person_id, community_id=community_id, topic_id=case.id, fields=SECRET, now=now)
        return Receipt("given")

    room.door.act_now(act, SYSTEM, None)


def test_a_paper_keeps_its_words_whatever_changes_later(room: Room) -> None:
    first = issued(room, "b1_public")
    before = carried(room, first, "one")

    def rename(uow: UnitOfWork) -> None:
        for person in uow.all(Person):
            person.name, person.label = "别的名字", "别的门牌"

    room.database.write_now(rename)
    assert carried(room, first, "two") == before
    assert hashlib.sha256(before[2]).hexdigest() == before[0]
    assert "1-101" in text_of(before[2]) and "别的" not in text_of(before[2])
    second = issued(room, "b1_public")
    assert (second.version, second.id != first.id) == (2, True)
    assert "别的门牌" in text_of(carried(room, second, "three")[2])


def test_the_same_words_make_no_second_version(room: Room) -> None:
    first = issued(room, "b1")
    room.instant = room.instant.replace(hour=9)
    again = issued(room, "b1", publish=True)
    assert again.id == first.id and again.published_at == room.instant
    room.instant = room.instant.replace(hour=10)
    assert issued(room, "b1", publish=True).published_at != room.instant


def test_contact_data_stands_in_the_committees_form_alone_and_is_sealed(room: Room) -> None:
    give_contact(room)
    form, public = issued(room, "b1"), issued(room, "b1_public")
    sha256, _, body = carried(room, form, "form")
    assert all(value in text_of(body) for value in SECRET.values())
    shown = text_of(carried(room, public, "public")[2])
    assert "138-0000-0001" not in shown and "张三" not in shown
    kept = room.read(lambda uow: uow.must(File, sha256))
    assert body not in kept.body and kept.mime == papers.SEALED
    assert "138-0000-0001" not in str(form.facts) and "138" not in str(room.read(lambda uow: uow.all(Outbox)))


def test_withdrawn_contact_data_leave_the_drawn_form_too(room: Room) -> None:
    give_contact(room)
    form = issued(room, "b1")
    sha256 = carried(room, form, "one")[0]

    withdraw_contact(room)
    assert room.read(lambda uow: uow.get(File, sha256)) is None
    assert "138-0000-0001" not in text_of(carried(room, form, "two")[2])


def withdraw_contact(room: Room) -> None:
    """The proposer takes it back."""

    def act(uow: UnitOfWork) -> None:
        person_id = peek(uow, room.topic_id, SYSTEM).topic.proposer_id
        contacts.withdraw(uow, person_id=person_id, topic_id=room.topic_id, now=room.instant)

    room.database.write_now(act)


def test_a_form_that_was_being_drawn_when_the_data_were_withdrawn_is_not_kept(room: Room) -> None:
    give_contact(room)
    form = issued(room, "b1")
    room.door.act_now(papers.fetch_paper, room.actor("supervisor"), None, document_id=form.id)
    row = room.read(lambda uow: uow.first(Outbox, kind="paper_copy"))
    assert row is not None and row.id is not None
    paper = room.read(lambda uow: papers.prepared(uow, row.facts))
    assert paper is not None and papers.personal(paper)
    withdraw_contact(room)
    with pytest.raises(LookupError):
        room.door.act_now(papers.attach, SYSTEM, None, outbox_id=row.id, body=papers.draw(paper), personal=True)
    assert not room.read(lambda uow: uow.count(File)) and papers.missing(row.facts)
    assert not papers.personal(room.read(lambda uow: papers.prepared(uow, row.facts))), "the next try draws it bare"


def test_papers_of_a_meeting_say_what_was_stored(room: Room) -> None:
    room.announced(7, 3, 2)
    record = text_of(carried(room, issued(room, "b3"), "b3")[2])
    for words in (
        "表决人数：12人；赞成人数：7人；反对人数：3人；弃权人数：2人",
        "58.33",
        "在南门东侧建充电点",
        "担心噪音",
    ):
        assert words in record
    assert "主持人公布协商规则并发起表决：赞成8人，反对2人，弃权1人（应表决12人），规则通过" in record
    assert "☑ 符合协商表决规则" in record and record.count("☑") >= 1 and "张三" not in record
    sheet = text_of(carried(room, issued(room, "b2"), "b2")[2])
    assert "1-101" in sheet and "按键签到" in sheet and "张三" not in sheet
    notice = text_of(carried(room, issued(room, "result_notice"), "r")[2])
    assert "应表决12人；赞成7人（58.33%）、反对3人（25.00%）、弃权2人（16.66%），共12人；2×7=14，大于12。" in notice
    assert "1-101" not in notice and "向阳社区居民委员会" in notice


def test_papers_that_cannot_be_yet_are_refused(room: Room) -> None:
    for kind in ("b2", "b3", "b4", "result_notice"):
        with pytest.raises(LookupError):
            issued(room, kind)
    with pytest.raises(LookupError):
        room.read(lambda uow: papers.prepared(uow, {"paper": {"topic_id": 1, "kind": "b4", "version": 9}}))


def listed(room: Room, who: str) -> set[str]:
    """Kinds of paper on this person's page."""
    page = room.read(lambda uow: papers.topic_papers(uow, room.actor(who), topic_id=room.topic_id, now=room.instant))
    return {paper["kind"] for paper in page.facts["papers"]}


def test_everybody_sees_exactly_the_papers_meant_for_them(room: Room) -> None:
    room.announced(7, 3, 2)
    for kind in ("b1", "b2", "b3", "result_notice"):
        issued(room, kind)
    published = {"b1_public", "notice"}
    everything = published | {"b1", "b2", "b3", "result_notice"}
    assert listed(room, "supervisor") == listed(room, "recorder") == everything
    assert listed(room, "chair") == everything - {"b1"}
    assert listed(room, "r102") == published | {"b3"}
    issued(room, "result_notice", publish=True)
    assert listed(room, "r102") == published | {"b3", "result_notice"}


def test_a_paper_is_fetched_by_those_who_may_see_it_as_often_as_they_like(room: Room) -> None:
    form = issued(room, "b1")
    for _ in range(2):
        room.door.act_now(papers.fetch_paper, room.actor("supervisor"), None, document_id=form.id)
    rows = room.read(lambda uow: uow.all(Outbox, kind="paper_copy"))
    assert [row.chat_id for row in rows] == [ACCOUNTS["supervisor"]] * 2
    for who, document_id in (("r102", form.id), ("supervisor", 10**9), ("stranger", form.id)):
        with pytest.raises(RuleBroken):
            room.door.act_now(papers.fetch_paper, room.actor(who), None, document_id=document_id)


def test_the_journal_has_hashes_and_no_words(room: Room) -> None:
    give_contact(room)
    form = issued(room, "b1")
    carried(room, form, "one")
    entries = room.read(lambda uow: uow.all(JournalEntry, subject_id=room.topic_id, subject="topic"))
    written = " ".join(entry.entry for entry in entries)
    assert '"kind":"paper_issued"' in written and '"kind":"paper_drawn"' in written
    assert "充电" not in written and "138" not in written and canonical({"paper": "b1"})[1:-1] in written
