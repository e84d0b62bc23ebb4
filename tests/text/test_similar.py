"""Topics alike: the same matter in other words is found, another matter is not, and the shared words are true."""

import pytest

from services.text import Reader
from services.text.similar import Likeness, likeness
from tests.text.test_topics import ROWS

SAME = [
    (
        "屋顶漏水",
        "三单元屋顶漏水，物业报了半年，想动用维修资金",
        "屋頂又漏",
        "三單元頂樓漏水，物業拖著，能不能動維修資金",
    ),
    ("装电梯", "四单元想加装电梯，一楼不同意，谈补偿", "四单元电梯的事", "一楼怕挡光，楼上愿意补偿，请组织谈加装电梯"),
    ("遛狗不牵绳", "狗乱跑咬人，想定遛狗时间", "養狗的約定", "狗不牽繩嚇到小孩，定個遛狗的時間"),
    ("垃圾桶位置", "垃圾桶对着一楼窗户，臭", "桶站换地方", "垃圾桶摆在一楼窗下太臭，换个地方"),
]


@pytest.fixture(scope="module")
def measure(reader: Reader) -> Likeness:
    return Likeness(reader)


@pytest.mark.parametrize(("title", "reason", "other", "why"), SAME)
def test_the_same_matter_is_found_among_many_and_stands_first(
    measure: Likeness, title: str, reason: str, other: str, why: str
) -> None:
    others = {row.name: measure.fingerprint(row.title, row.reason) for row in ROWS}
    others["same"] = measure.fingerprint(other, why)
    found = measure.nearest(measure.fingerprint(title, reason), others)
    assert found[0].key == "same"
    assert len(found) <= 3
    assert found[0].words


def test_the_shared_words_stand_in_both_texts(measure: Likeness) -> None:
    one, other = measure.fingerprint("装电梯", "一楼要补偿"), measure.fingerprint("电梯补偿", "一楼采光")
    (found,) = measure.nearest(one, {1: other})
    assert set(found.words) <= {"电梯", "一楼", "补偿"}
    assert "电梯" in found.words


def test_topics_on_other_matters_are_seldom_alike(measure: Likeness) -> None:
    prints = [measure.fingerprint(row.title, row.reason) for row in ROWS]
    pairs = [(one, other) for place, one in enumerate(prints) for other in prints[place + 1 :]]
    assert sum(likeness(one, other) >= 0.14 for one, other in pairs) <= 10


def test_a_topic_is_wholly_like_itself_and_nothing_like_an_empty_one(measure: Likeness) -> None:
    one, nothing = measure.fingerprint("路灯", "二组路灯坏了"), measure.fingerprint("", "")
    assert likeness(one, one) == pytest.approx(1.0)
    assert likeness(one, nothing) == 0.0
    assert measure.nearest(one, {1: nothing}) == ()
    assert measure.nearest(one, {}) == ()


def test_both_scripts_leave_the_same_fingerprint(measure: Likeness) -> None:
    assert measure.fingerprint("電梯補償", "一樓採光") == measure.fingerprint("电梯补偿", "一楼采光")
