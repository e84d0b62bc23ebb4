"""Search on both databases: who finds what, in which order, and what leaves the index."""

import re
from datetime import timedelta
from typing import Any

import pytest

from procedure.errors import RuleBroken
from services import demo, explaining, floor, housekeeping, papers, result, search_texts, searching, wording
from services.act import SYSTEM, Actor
from services.case import peek
from services.text.search import question
from storage import search
from storage.tables import Account, Community, Content, Person, SearchText, Topic
from storage.work import UnitOfWork
from tests.services.course import Course
from tests.services.plans import to_noticed
from tests.services.room import ACCOUNTS, Room

LIFT = {"title": "加裝電梯", "reason": "四单元老人多，盼着装电梯。一楼担心采光。", "proposal": "先谈补偿"}
DOGS = {"title": "遛狗要牵绳", "reason": "狗乱跑吓到孩子", "proposal": "定于2026年3月15日起牵绳"}


def found(course: Room, who: str, words: str, **more: Any) -> dict[str, Any]:
    """What this person finds."""
    facts: dict[str, Any] = {
        "actor": course.actor(who),
        "words": words,
        "question": question(words, None),
        "now": course.instant,
    }
    return course.read(lambda uow: searching.find(uow, **(facts | more))).facts


def numbers(course: Course, words: str, who: str = "r301") -> list[int]:
    return [hit["topic"]["number"] for hit in found(course, who, words)["hits"]]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("电梯", [1]),
        ("電梯 補償", [1]),
        ("狗", [2]),
        ("牵绳", [2]),
        ("3月15日", [2]),
        ("2026年3月", [2]),
        ("2026年11月 电梯", [1]),
        ("2025年 电梯", []),
        ("电梯 游泳池", [1]),
        ("游泳池", []),
        ("", []),
        ("' | 'x", []),
        ('"', []),
        ("#c1", []),
    ],
)
def test_words_of_both_scripts_and_dates_find_topics(course: Course, words: str, wanted: list[int]) -> None:
    course.proposes("r101", **LIFT)
    course.proposes("r102", **DOGS)
    assert numbers(course, words) == wanted


def test_what_answers_better_and_what_is_newer_comes_first(course: Course) -> None:
    course.proposes("r101", title="路灯", reason="电梯口的路灯坏了", proposal="换灯泡")
    course.proposes("r102", **LIFT)
    course.passes(days=1)
    course.proposes("r201", title="电动车", reason="电梯口停着电动车", proposal="划车位")
    assert numbers(course, "电梯") == [2, 3, 1]
    hit = found(course, "r301", "补偿 电梯")["hits"][0]
    assert hit["kind"] == "topic" and [text for text, wanted in hit["passages"] if wanted]


def test_many_hits_come_in_pages(course: Course) -> None:
    for number in range(7):
        course.proposes(("r101", "r102")[number % 2], **(LIFT | {"title": f"第{number}部电梯"}))
    first, last = found(course, "r301", "电梯"), found(course, "r301", "电梯", number=99)
    assert (first["count"], first["pages"], len(first["hits"])) == (7, 2, 5)
    assert last["page"] == 2 and len(last["hits"]) == 2


def neighbours(uow: UnitOfWork) -> int:
    """Another community, with one member and a topic of the same words."""
    other = uow.add(Community(name="隔壁社区", created_at=uow.must(Community, 1).created_at))
    assert other.id is not None
    uow.add(Account(id=99))
    person = uow.add(Person(community_id=other.id, account_id=99, name="李四", label="9-901"))
    assert person.id is not None
    created = uow.must(Community, 1).created_at
    facts: dict[str, Any] = LIFT | {"proposer_id": person.id, "stage": "proposed", "created_at": created}
    topic = uow.add(Topic(community_id=other.id, number=77, **facts))
    search_texts.keep(peek(uow, topic.id or 0, SYSTEM))
    return int(person.id)


def test_only_ones_own_communities_are_searched(course: Course) -> None:
    course.proposes("r101", **LIFT)
    person_id = course.door.database.write_now(neighbours)
    assert numbers(course, "电梯") == [1]
    theirs = found(course, "r301", "电梯", actor=Actor(99))
    assert [hit["topic"]["number"] for hit in theirs["hits"]] == [77]
    assert found(course, "r301", "电梯", actor=Actor(4711)) == {"person": None}
    assert found(course, "r301", "电梯", actor=SYSTEM) == {"person": None}
    course.door.database.write_now(lambda uow: setattr(uow.must(Person, person_id), "left_at", course.instant))
    assert found(course, "r301", "电梯", actor=Actor(99)) == {"person": None}


def test_who_is_of_two_communities_sees_both(course: Course) -> None:
    course.proposes("r101", **LIFT)
    person_id = course.door.database.write_now(neighbours)
    course.door.database.write_now(lambda uow: setattr(uow.must(Person, person_id), "account_id", ACCOUNTS["r301"]))
    assert sorted(numbers(course, "电梯")) == [1, 77]


def test_a_notice_is_found_without_the_names_in_it(course: Course) -> None:
    to_noticed(course)
    hits = found(course, "r301", "公告")["hits"]
    assert [hit["kind"] for hit in hits] == ["notice"]
    for name in ("周文", "郑洁", "冯兰", "陈刚", "138"):
        assert found(course, "r301", name)["count"] == 0


SAID = "楼道里充电太危险，去年就着过火"


def spoken(room: Room) -> SearchText:
    """The meeting is over, and what the proposer said in it can be found."""
    room.to_open()
    room.acts("chair", explaining.start_explanation)
    room.passes(20)
    room.says("r101", SAID)
    room.acts("r101", explaining.finish_explanation, turn_id=room.last_turn.id)
    room.acts("chair", explaining.open_discussion)
    room.deliver()
    room.acts("chair", floor.last_call)
    room.passes(61)
    room.acts("chair", wording.open_wording)
    room.post()
    room.passes(301)
    room.vote(7, 3, 2)
    room.acts("chair", result.announce)
    row = room.read(lambda uow: uow.first(SearchText, kind="minutes"))
    assert row is not None and row.text == SAID
    return row


def reads_record(room: Room, who: str) -> bool:
    """Whether record B.3 is among the papers this person may read."""
    facts: dict[str, Any] = {"topic_id": room.topic_id, "now": room.instant}
    page = room.read(lambda uow: papers.topic_papers(uow, room.actor(who), **facts))
    return any(paper["kind"] == "b3" for paper in page.facts["papers"])


def test_minutes_are_found_by_those_who_may_read_the_record(room: Room) -> None:
    spoken(room)
    members = [cast.key for cast in demo.CAST if cast.label]
    finds = {who: "minutes" in {hit["kind"] for hit in found(room, who, "着过火")["hits"]} for who in members}
    assert finds == {who: reads_record(room, who) for who in members}
    room.door.database.write_now(lambda uow: uow.raw("DELETE FROM participant WHERE capacity = 'stakeholder'"))
    finds = {who: "minutes" in {hit["kind"] for hit in found(room, who, "着过火")["hits"]} for who in members}
    assert finds == {who: reads_record(room, who) for who in members}
    assert finds["r101"] and finds["supervisor"] and not finds["r301"]


def test_the_agreed_opinion_is_found_by_everybody(room: Room) -> None:
    room.to_announced(7, 3, 2)
    for who in [cast.key for cast in demo.CAST if cast.label]:
        assert [hit["kind"] for hit in found(room, who, "担心噪音")["hits"]] == ["opinion"]


def test_words_that_were_erased_are_found_no_more(room: Room) -> None:
    row = spoken(room)
    assert found(room, "recorder", "着过火")["count"] == 1
    room.door.database.write_now(lambda uow: setattr(uow.must(Content, row.content_id), "text", None))
    assert found(room, "recorder", "着过火")["count"] == 0
    room.door.act_now(housekeeping.tidy, SYSTEM, None)
    assert room.read(lambda uow: uow.get(SearchText, row.id)) is None


def test_topics_from_before_the_search_are_caught_up_with(course: Course) -> None:
    course.proposes("r101", **LIFT)
    course.proposes("r102", **DOGS)
    course.door.database.write_now(lambda uow: uow.raw("DELETE FROM search_text"))
    assert numbers(course, "电梯") == []
    assert course.door.act_now(search_texts.catch_up, SYSTEM, None).facts == {"left": False}
    assert numbers(course, "电梯") == [1] and numbers(course, "狗") == [2]
    kept = course.read(lambda uow: [row.id for row in uow.all(SearchText)])
    course.door.act_now(search_texts.catch_up, SYSTEM, None)
    course.door.database.write_now(lambda uow: search_texts.keep(peek(uow, course.topic_id, SYSTEM)))
    assert course.read(lambda uow: [row.id for row in uow.all(SearchText)]) == kept


def test_a_refused_act_leaves_nothing_to_find(course: Course) -> None:
    with pytest.raises(RuleBroken):
        course.proposes("r101", **(LIFT | {"row": 5}))
    assert course.read(lambda uow: uow.count(SearchText)) == 0 and numbers(course, "电梯") == []


def test_contact_data_never_gets_in(course: Course) -> None:
    contact = {"name": "张三", "phone": "138-0000-0001", "email": "zhang@example.org", "address": "幸福路1号"}
    course.proposes("r101", contact=contact, **LIFT)
    for words in contact.values():
        assert numbers(course, words) == []


def test_the_index_answers(course: Course) -> None:
    """The shape of the plan: neither database reads every text."""
    course.proposes("r101", **LIFT)

    def plan(uow: UnitOfWork) -> str:
        sql = search.statement(uow, "a")
        facts = {"account": 1, "most": 5, "match_a": '"#c1"' if uow.sqlite else "'#c1'"}
        if not uow.sqlite:
            uow.raw("SET LOCAL enable_seqscan = off")
            uow.raw("SET LOCAL enable_indexscan = off")
        return str(uow.rows(("EXPLAIN QUERY PLAN " if uow.sqlite else "EXPLAIN ") + sql, facts))

    told = course.read(plan)
    assert "VIRTUAL TABLE INDEX" in told or "Bitmap Index Scan on search_word" in told
    assert not re.search(r"SCAN t\b|Seq Scan on search_text", told)


def test_pages_are_those_of_the_last_question(course: Course) -> None:
    course.proposes("r101", **LIFT)
    actor = course.actor("r301")
    first = course.door.act_now(searching.ask, actor, "1", words="电梯").facts["asked"]

    def words_of(asked: int) -> str:
        return course.read(lambda uow: searching.words_of(uow, actor=actor, asked=asked, now=course.instant))

    assert words_of(first) == "电梯"
    second = course.door.act_now(searching.ask, actor, "2", words="狗").facts["asked"]
    assert words_of(second) == "狗"
    for asked in (first, second + 1, 0):
        with pytest.raises(RuleBroken, match="search_gone"):
            words_of(asked)


def test_what_was_looked_for_is_listened_to_for_a_while_and_then_forgotten(course: Course) -> None:
    actor = course.actor("r301")

    def listens() -> bool:
        return course.read(lambda uow: searching.listens(uow, actor=actor, now=course.instant))

    assert not listens()
    course.door.act_now(searching.ask, actor, "1")
    assert listens()
    course.instant += timedelta(minutes=11)
    assert not listens()
    course.instant += timedelta(days=3)
    course.door.act_now(housekeeping.tidy, SYSTEM, None)
    with pytest.raises(RuleBroken, match="search_gone"):
        course.read(lambda uow: searching.words_of(uow, actor=actor, asked=1, now=course.instant))
    assert course.door.act_now(searching.ask, Actor(4711), "2").facts == {"asked": None}
