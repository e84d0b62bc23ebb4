"""A topic's whole course over six weeks by twenty people, looked at from its end (5.1–5.9, 6)."""

import io
import json
from datetime import date

from docx import Document as Word

from procedure.archive import RecordKind
from services import demo
from tests.chat import course
from tests.chat.course import POSTS, TITLE
from tests.chat.steps import STAKEHOLDERS
from tests.chat.town import Town, labels

STAGE = "closed"
COMMITTEE = {"recorder", "recorder2", "adviser"}
SUPERVISION = {"supervisor", "supervisor2"}
EVERYBODY = {*STAKEHOLDERS, *POSTS.values(), "property", "deputy", "recorder2", "supervisor2"}
PUBLISHED = ("notice", "b1_public", "result_notice", "b4")
CLOCKS = [
    # kind, subject's round, last day, who was reminded, by which steps
    ("register", 1, "2026-11-04", COMMITTEE, {"created"}),
    ("review", 1, "2026-12-03", COMMITTEE | {"deputy"}, {"created"}),
    ("tell_proposer", 1, "2026-11-06", set(), set()),
    ("meet", 1, "2026-11-18", {"chair"}, {"created", "half"}),
    ("draft_plan", 1, "2026-11-09", {"chair"}, {"created"}),
    ("send_plan", 1, "2026-11-05", {"chair"}, {"created"}),
    ("objections", 1, "2026-11-05", {"chair"}, {"created", "eve", "due_morning", "due_evening", "overdue_1"}),
    ("notice", 1, "2026-11-06", COMMITTEE, {"created"}),
    ("rules", 1, "2026-11-10", {"chair"}, {"created"}),
    ("meeting", 1, "2026-11-10", EVERYBODY, {"meeting_tomorrow"}),
    ("tell", 1, "2026-11-13", COMMITTEE, {"created"}),
    ("record_corrections", 1, "2026-11-11", {"recorder"}, {"created", "due_morning", "due_evening"}),
    (
        "item",
        1,
        "2026-12-11",
        COMMITTEE | {"property", "supervisor"},
        {"created", "half", "eve", "due_morning", "due_evening", "overdue_1"},
    ),
    ("item", 1, "2026-12-11", COMMITTEE, {"created"}),
    ("item", 2, "2026-12-19", COMMITTEE | {"property"}, {"created"}),
]


def reminded(town: Town, deadline_id: int) -> tuple[set[str], set[str]]:
    """Whom a clock reminded, and by which steps."""
    names = {cast.name: cast.key for cast in demo.CAST}
    rows = town.rows(
        "SELECT p.name, s.step FROM deadline_step s JOIN person p ON p.id = s.person_id"
        " WHERE s.deadline_id = :id AND s.sent_at IS NOT NULL",
        id=deadline_id,
    )
    return {names[name] for name, _ in rows}, {step for _, step in rows}


async def test_every_clock_ran_once_and_reminded_those_it_concerned(town: Town) -> None:
    """Every step once, no other person, none left running."""
    rows = town.rows("SELECT id, kind, round, arithmetic, done_at FROM deadline ORDER BY id")
    found = [(row[1], row[2], json.loads(row[3])["last_day"], *reminded(town, row[0])) for row in rows]
    # The answer that closes this clock is on its way while the tick may find its first step due: either may be first.
    asked = ("tell_proposer", 1, "2026-11-06", {"recorder", "recorder2"}, {"created"})
    assert [(*row[:3], set(), set()) if row == asked else row for row in found] == CLOCKS
    assert all(row[4] is not None for row in rows)
    assert town.value("SELECT count(*) FROM deadline_step WHERE sent_at IS NULL") == 0


async def test_the_late_implementer_was_reminded_and_so_was_the_supervisor(town: Town) -> None:
    """5.9.3: red for the post and the supervisor the morning after, then the extension with its reason for all."""
    late = await town.last("property", "🔴")
    assert "本该：12月11日（周五）24:00 前" in late["text"] and "11月11日（周三） + 30 日" in late["text"]
    assert "🔴" in (await town.last("supervisor", "请催一催：居委会、落实的人"))["text"]
    for where in ("group", "r102", "property"):
        assert "灯具缺货" in (await town.last(where, "延到 12月19日"))["text"]
    assert await town.count("r102", "🔴") == 0


async def test_no_public_word_names_who_did_not_agree_to_it(town: Town) -> None:
    """Group, channel and public papers: post-holders' names, otherwise households, numbers and categories."""
    public = {cast.name for cast in demo.CAST if cast.key in POSTS.values()}
    private = {cast.name for cast in demo.CAST} - public | {course.PHONE}
    said = [one for where in ("group", "channel") for one in await town.sees(where)]
    shown = [one["text"] for one in said if one["from"] not in town.accounts.values()]
    shown += [words_of(town, kind) for kind in PUBLISHED]
    assert [(name, text) for name in sorted(private) for text in shown if name in text] == []
    assert any("周文" in text for text in shown) and any("1-101" in text for text in shown)


def words_of(town: Town, kind: str) -> str:
    """Every word of a paper's last version."""
    body = town.value(
        "SELECT f.body FROM document d JOIN file f ON f.sha256 = d.sha256 WHERE d.kind = :kind ORDER BY d.id DESC",
        kind=kind,
    )
    document = Word(io.BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


async def test_the_seven_records_are_there_and_say_what_happened(town: Town) -> None:
    """6: papers by hash, the public ones published, the record signed; the meeting's own words beside them."""
    kept = {row[0] for row in town.rows("SELECT DISTINCT kind FROM document WHERE sha256 <> ''")}
    assert {kind.value for kind in RecordKind} - {"b1", "media"} <= kept and "b1_public" in kept
    assert set(PUBLISHED) == {row[0] for row in town.rows("SELECT kind FROM document WHERE published_at IS NOT NULL")}
    assert town.value("SELECT count(*) FROM document WHERE kind = 'b3' AND signed_at IS NOT NULL") == 1
    assert town.value("SELECT count(*) FROM speech") >= 3
    progress = words_of(town, "b4")
    assert all(said in progress for said in ("灯买好了", "灯具缺货", "两盏灯装好了", "晚上亮堂了"))


async def test_the_page_tells_the_course_and_every_pinned_notice_stays(town: Town) -> None:
    """The timeline from the idea to the upload; the notice of the meeting, of the result and of the follow-up."""
    page = await course.opens_page(town, "r102")
    assert "已办结" in page and "接下来" not in page and "期限" not in page
    await town.taps("r102", "📜 更多经过…")
    told = (await town.last("r102", "从头到现在"))["text"].split("\n")[2:]
    order = [line.partition("）")[2].strip() for line in told][::-1]
    assert order[:4] == ["提出议题", "登记", "审核通过", "四个岗位都有人答应了"]
    assert order[-4:] == ["第 1 条：办完了", "公布落实情况", "材料齐了，归档", "上传到平台"]
    assert order.index("记录签字") < order.index("记录报给监委会") < order.index("公布协商结果")
    for where in ("group", "channel"):
        pinned = [one["text"].split("\n")[0] for one in await town.sees(where) if one["pinned"] and one["text"]]
        wanted = ["📢 协商公告", "📢 协商结果公告", "📢 协商结果落实情况，共 2 条，都办完了"]
        assert [line for line in pinned if line.startswith("📢")] == wanted


async def test_whoever_could_not_be_reached_was_tried_twice(town: Town) -> None:
    """5.8 c: told means delivered, or two recorded attempts and the public notice."""
    rows = town.rows(
        "SELECT p.label, t.delivered_at IS NOT NULL, count(a.id) FROM telling t JOIN person p ON p.id = t.person_id"
        " LEFT JOIN telling_attempt a ON a.telling_id = t.id WHERE t.subject = 'result' GROUP BY p.label, t.id"
    )
    assert len(rows) == 12
    assert {(row[0], row[2]) for row in rows if not row[1]} == {("2-302", 2), ("2-402", 2), ("3-601 乙", 2)}
    assert all(row[2] == 0 for row in rows if row[1])


async def test_after_the_end_nothing_can_be_done_and_nothing_more_is_said(town: Town) -> None:
    """A month later: no reminder, no step for anybody; a forged step is refused."""
    before = town.value("SELECT count(*) FROM outbox")
    await town.passes(31 * 24 * 3600)
    await town.quiet()
    assert town.value("SELECT count(*) FROM outbox") == before
    for who in ("chair", "recorder", "supervisor", "property"):
        await course.opens_page(town, who)
        page = await town.last(who, "现在：已办结")
        assert {one.split(" ")[0] for one in labels(page)} <= {"📄", "📜", "🏠"}, labels(page)
    assert (await course.forges(town, "recorder", "step:1:note_upload")).toast
    assert town.value("SELECT stage FROM topic") == "closed"


async def test_home_says_which_topic_it_is(town: Town) -> None:
    """/topics names the topic with its end; the date of the upload is kept."""
    await town.writes("r301", "/topics")
    assert f"1. {TITLE} — 达成一致" in (await town.last("r301"))["text"]
    assert town.value("SELECT uploaded_on FROM archive") == date(2026, 12, 14).isoformat()
