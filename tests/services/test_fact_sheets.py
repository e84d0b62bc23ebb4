"""先懂后议: the fact sheet with the plan, its versions, who may read it, and how it stands in the record (5.6.1 d)."""

from typing import Any

from bot import views
from procedure.errors import RuleBroken
from procedure.minutes import plain
from services import board_facts, explaining, fact_sheets, finalizing, noticing, plan_sending
from services import course as pages
from services.act import SYSTEM
from services.case import Case
from services.paper_words import in_print
from services.proceedings import proceedings
from services.sitting import load
from services.taking_minutes import gather
from storage.tables import Content, FactSheet, JournalEntry, Meeting, Plan, Topic
from storage.work import UnitOfWork
from tests.services import plans
from tests.services.course import Course
from tests.services.room import ACCOUNTS, Room
from tests.services.test_forged_verbs import neighbours

FIRST = [["车棚两处，共六十个插座", "物业登记"], ["去年电动车起火一次", "消防站回函"]]
HARD = [FIRST[0], ["<b>每户\u202e两百元</b> & 起", "居委会\u2066测算"], FIRST[1]]


def attach(room: Room, who: str, lines: list[list[str]], version: int) -> str:
    """A version of the sheet; the receipt's or the refusal's code."""
    actor, facts = room.actor(who), {"topic_id": room.topic_id, "lines": lines, "version": version}
    try:
        return room.door.act_now(fact_sheets.attach_fact_sheet, actor, f"{actor.arrival}:1", **facts).code
    except RuleBroken as broken:
        return broken.code


def opens(room: Room, who: str) -> dict[str, Any]:
    """The page as this person gets it, or the refusal's code."""
    actor = room.actor(who)
    try:
        room.door.act_now(fact_sheets.note_opened, actor, f"{actor.arrival}:1", topic_id=room.topic_id)
    except RuleBroken as broken:
        return {"refused": broken.code}
    found = room.read(lambda uow: fact_sheets.page(uow, actor, topic_id=room.topic_id, now=room.instant))
    return found.facts


def shown(room: Room) -> tuple[dict[str, Any], dict[str, Any]]:
    """The board, and the chair's console."""

    def look(uow: UnitOfWork) -> tuple[dict[str, Any], dict[str, Any]]:
        sitting = load(uow, room.id, SYSTEM)
        board = board_facts.common(sitting, room.instant)
        return board, board_facts.console(sitting, sitting.meeting.chair_id, room.instant)

    return room.read(look)


def record(room: Room) -> tuple[dict[str, Any] | None, str]:
    """The sheet in the minutes' file, and the whole course of form B.3."""

    def take(uow: UnitOfWork) -> tuple[dict[str, Any] | None, str]:
        meeting = uow.must(Meeting, room.id)
        taken = gather(Case(uow, uow.must(Topic, meeting.topic_id), SYSTEM), meeting)
        return plain(taken)["fact_sheet"], "\n".join(proceedings(taken))

    return room.read(take)


def test_versions_readers_and_the_freeze(room: Room) -> None:
    """The same version changed twice, a stranger, a neighbour community's resident, and who comes too late."""
    room.to_check_in("chair", "recorder", "supervisor", "r101", "r102")
    assert opens(room, "r102") == {"refused": "no_fact_sheet"}
    assert attach(room, "r101", FIRST, 0) == attach(room, "recorder", FIRST, 0) == "not_your_role"
    assert attach(room, "stranger", FIRST, 0) == "not_in_community"
    assert attach(room, "chair", [["两百元一户", " "]], 0) == "fact_source_missing"
    assert attach(room, "chair", FIRST, 0) == "fact_sheet_attached"
    assert attach(room, "chair", HARD, 0) == "fact_sheet_moved"
    assert attach(room, "chair", FIRST, 1) == "fact_sheet_same"
    opens(room, "r102")
    assert attach(room, "chair", HARD, 1) == "fact_sheet_attached"
    sheets = room.read(lambda uow: uow.all(FactSheet, order="version", topic_id=room.topic_id))
    assert [one.changes for one in sheets] == [{}, {"added": [2], "removed": [], "changed": []}]
    noted = [one.entry for one in room.read(lambda uow: uow.all(JournalEntry)) if "fact_sheet_attached" in one.entry]
    assert len(noted) == 2 and sheets[1].digest in noted[1] and "插座" not in "".join(noted)
    assert [opens(room, who)["readers"] for who in ("r102", "r102", "r101")] == [None] * 3
    page = opens(room, "chair")
    assert page["readers"] == 3 and page["version"] == 2
    text = views.render("fact_sheet", page, "zh").text
    assert "&lt;b&gt;每户两百元&lt;/b&gt; &amp; 起" in text and "出处：居委会测算" in text and "新加第 2 条" in text
    room.database.write_now(lambda uow: neighbours(uow, ACCOUNTS["stranger"] + 1000))
    assert opens(room, "stranger") == {"refused": "not_in_community"}
    room.accounts = ACCOUNTS | {"stranger": ACCOUNTS["stranger"] + 1000}
    assert opens(room, "stranger") == {"refused": "not_in_community"}
    assert attach(room, "stranger", FIRST, 2) == "not_in_community"
    assert shown(room)[1]["fact_sheet_readers"] == 3
    room.to_rules_vote()
    assert attach(room, "chair", FIRST, 2) == "fact_sheet_frozen"


def test_it_is_shown_before_the_explanation_and_stands_in_the_record(room: Room) -> None:
    assert attach(room, "chair", HARD, 0) == "fact_sheet_attached"
    room.to_open()
    board, console = shown(room)
    assert board["fact_sheet"] == room.topic_id and console["fact_sheet_readers"] == 0
    room.acts("chair", explaining.start_explanation)
    room.deliver()
    said = [kind for kind, _, _ in room.sent]
    assert said.count("facts_first") == 1 and room.kinds("facts_first")[0]["fact_sheet"]["topic_id"] == room.topic_id
    kept, course = record(room)
    assert kept is not None and kept["version"] == 1 and kept["lines"][0]["source"] == "物业登记"
    assert kept["digest"][:16] in course and in_print("材料2：<b>每户两百元</b> & 起（出处：居委会测算）") in course

    def erase(uow: UnitOfWork) -> None:
        sheet = uow.first(FactSheet, topic_id=room.topic_id)
        assert sheet is not None
        uow.must(Content, sheet.content_id).text = None

    room.database.write_now(erase)
    kept, course = record(room)
    assert kept is not None and kept["lines"] is None and "插座" not in course
    assert "已经删除" in views.render("fact_sheet", opens(room, "r102"), "zh").text


def test_without_a_sheet_nothing_is_said_and_a_later_plan_takes_it_over(course: Course) -> None:
    plans.to_sent(course)
    actor = course.actor("chair")

    def page() -> dict[str, Any]:
        return course.read(lambda uow: pages.topic_page(uow, actor, topic_id=course.topic_id, now=course.instant)).facts

    assert page()["fact_sheet"] is None and "attach_fact_sheet" in page()["steps"]
    assert attach(course, "chair", FIRST, 0) == "fact_sheet_attached"
    assert attach(course, "deputy", HARD, 0) == "fact_sheet_moved"
    plans.drafts(course, hour="20:00")
    course.acts("chair", plan_sending.send_plan)
    course.deliver()
    rows = course.read(lambda uow: uow.all(Plan, order="version", topic_id=course.topic_id))
    assert len(rows) == 2 and rows[0].fact_sheet_id == rows[1].fact_sheet_id is not None
    plans.all_willing(course)
    plans.window_over(course)
    course.acts("chair", finalizing.finalize_plan)
    course.acts("recorder", noticing.publish_notice)
    course.deliver()
    assert page()["fact_sheet"] == {"version": 1, "readers": 0} and "attach_fact_sheet" in page()["steps"]
    posted = [facts for kind, _, facts in course.sent if kind == "notice_posted"]
    assert {facts["fact_sheet"]["topic_id"] for facts in posted} == {course.topic_id}
    told = views.render("notice_told", course.heard("r101", "notice_told")[0], "zh")
    assert told.buttons[0][0].data == f"fact_sheet:{course.topic_id}"
    course.acts("chair", finalizing.postpone_meeting, reason="下大雨")
    assert attach(course, "chair", HARD, 1) == "plan_used_up"
