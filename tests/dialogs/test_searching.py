"""Search in the private chat, and topics like the one being proposed."""

from services.text import load
from storage.tables import Alike
from tests.dialogs.phone import Phone
from tests.dialogs.test_proposing import to_consent, topics
from tests.services.course import Course

LAMPS = {"title": "楼道灯坏了", "reason": "三号楼的灯坏了，老人看不见，摔过跤", "proposal": "换灯"}
LIFT = {"title": "加裝電梯", "reason": "四單元想裝電梯，一樓擔心採光", "proposal": "先谈补偿"}


def phone_of(course: Course, who: str) -> Phone:
    """With the text room open."""
    phone = Phone(course, who)
    phone.desk.reader = load()
    return phone


async def test_words_typed_after_the_button_are_looked_for(course: Course) -> None:
    for number in range(7):
        course.proposes(("r101", "r102")[number % 2], **(LIFT | {"title": f"第{number + 1}部電梯"}))
    phone = phone_of(course, "r301")
    await phone.types("/topics")
    await phone.taps("找一找")
    assert "把要找的词直接发给我" in phone.screen.text
    await phone.types("电梯采光")
    assert "7 条" in phone.screen.text and "<b>電梯</b>" in phone.screen.text and "<b>採光</b>" in phone.screen.text
    await phone.taps("下一页")
    assert "第 2 页，共 2 页" in phone.screen.text and "1 号议题 第1部電梯" in phone.screen.text
    old = phone.screen
    await phone.types("游泳池<b>")
    assert "没有找到“游泳池&lt;b&gt;”" in phone.screen.text and "可以试试" in phone.screen.text
    await phone.sends("found:1:1", old.id)
    assert "上一次" in phone.log.toasts[-1]
    await phone.sends("found:0:99999", old.id)
    assert "上一次" in phone.log.toasts[-1]
    await phone.taps("换个词再找")
    await phone.types("的")
    assert "还找不了" in phone.screen.text
    await phone.types("/topics 電梯")
    await phone.taps("7 号议题")
    assert "第7部電梯" in phone.screen.text


async def test_a_stranger_finds_nothing(course: Course) -> None:
    course.proposes("r101", **LIFT)
    phone = phone_of(course, "stranger")
    for words in ("/topics 电梯", "电梯"):
        await phone.types(words)
        assert "電梯" not in phone.screen.text
    await phone.sends("search", phone.screen.id)
    await phone.sends("found:1:1", phone.screen.id)
    assert all("電梯" not in one.text for one in phone.log.messages)


async def test_who_proposes_is_shown_what_neighbours_raised_and_is_not_held_up(course: Course) -> None:
    course.proposes("r102", **LAMPS)
    course.proposes("r201", **LIFT)
    phone = phone_of(course, "r101")
    await phone.types("/propose")
    await to_consent(phone)
    await phone.taps("不留")
    form = phone.screen
    assert "有邻居提过类似的事（1 个）" in form.text and "1 号议题 楼道灯坏了" in form.text and "都说到" in form.text
    await phone.taps("看看 1 号议题")
    assert "换灯" in phone.screen.text and phone.screen.id != form.id
    assert len(topics(course)) == 2
    await phone.sends(next(data for data in data_of(form) if data.endswith("~send")), form.id)
    assert [topic.title for topic in topics(course)][-1] == "楼道灯不亮"
    (row,) = course.read(lambda uow: uow.all(Alike))
    assert (row.topic_id, row.other_id) == (topics(course)[2].id, topics(course)[0].id) and row.words


def data_of(shown: object) -> list[str]:
    """What the buttons below a message carry."""
    markup = getattr(shown, "markup", None)
    return [button.callback_data or "" for row in markup.inline_keyboard for button in row] if markup else []
