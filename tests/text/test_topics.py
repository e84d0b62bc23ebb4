"""Topics: three suggestions with true reasons, the annex D warning, and what is no matter for consultation."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from services.text import Reader
from services.text.labelled import read_topics
from tests.support.effort import at_most

ROWS = read_topics(Path(__file__).parent / "data" / "topics_dev.csv")


def test_three_items_of_annex_c_are_suggested_whatever_the_topic_is(reader: Reader) -> None:
    for row in ROWS:
        suggested = reader.topics(row.title, row.reason).suggestions
        assert len({suggestion.code for suggestion in suggested}) == 3
        assert all(suggestion.code.startswith("C.") for suggestion in suggested)
        assert list(suggested) == sorted(suggested, key=lambda suggestion: -suggestion.score)
        assert all(0 <= suggestion.score <= 1 for suggestion in suggested)


def test_the_words_shown_are_the_persons_own_and_taking_them_out_lowers_the_score(reader: Reader) -> None:
    for row in ROWS:
        reading = reader.topics(row.title, row.reason)
        first = reading.suggestions[0]
        if not first.words or reading.ranking[0] != first.code:
            continue
        assert all(word in row.title + row.reason for word in first.words)
        title, reason = row.title, row.reason
        for word in first.words:
            title, reason = title.replace(word, ""), reason.replace(word, "")
        after = {suggestion.code: suggestion.score for suggestion in reader.topics(title, reason).suggestions}
        assert after.get(first.code, 0.0) < first.score, row.name


@pytest.mark.parametrize(
    ("title", "reason", "code", "word"),
    [
        ("河堤加固项目", "先立项再公开招标，中标价贴出来", "D.f", "招标"),
        ("年终分红", "集体店面租金怎么分配到户，要代表会表决", "D.d", "分配"),
        ("村规民约加一条", "修订村规民约，全体村民表决", "D.b", "村规民约"),
        ("徵地補償", "徵地補償款的分配方案要公開表決", "D.e", "補償"),
    ],
)
def test_annex_d_is_warned_of_with_the_item_and_the_words(
    reader: Reader, title: str, reason: str, code: str, word: str
) -> None:
    warning = reader.topics(title, reason).annex
    assert warning is not None
    assert warning.code == code
    assert any(word in shown or shown in word for shown in warning.words)


@pytest.mark.parametrize(
    ("title", "reason", "kind"),
    [
        ("快来人", "楼下有人动刀，流血了，快报警", "emergency"),
        ("马桶堵了", "我家马桶堵了，派个师傅来通一下", "repair"),
        ("身份证丢了", "身份证丢了去哪个窗口补办，要带什么材料", "counter"),
        ("工钱没给", "老板欠我两个月工资，人也找不到", "labour"),
        ("手机退款", "网购的手机是坏的，客服不退款", "consumer"),
        ("老公天天喝酒", "老公天天喝酒，我想离婚，孩子归谁", "family"),
        ("朋友不还钱", "朋友借钱打了欠条，两年不还，我要告他", "private"),
        ("头疼", "这几天头疼失眠，吃什么药好", "health"),
        ("旺铺转让", "旺铺低价转让，加微信，优惠三天", "advert"),
        ("在吗", "机器人在吗，讲个笑话听听", "chat"),
        ("不想活了", "活着没意思，不想活了", "crisis"),
        ("失火", "家里烧起来了", "emergency"),
        ("。。。", "？？？", "other"),
    ],
)
def test_what_is_no_matter_for_consultation_is_told_with_where_to_go(
    reader: Reader, title: str, reason: str, kind: str
) -> None:
    found = reader.topics(title, reason).not_a_matter
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("title", "reason"), [("", ""), ("。。。", "？？？"), ("🙏🙏", "…"), ("x" * 5000, "y" * 50000)]
)
def test_a_text_that_says_nothing_is_no_matter_and_no_warning(reader: Reader, title: str, reason: str) -> None:
    reading = reader.topics(title, reason)
    assert reading.not_a_matter is not None
    assert reading.annex is None


def test_a_clause_put_aside_does_not_decide(reader: Reader) -> None:
    topic = "养蜂的几户定个放蜂约定，就这几户签字"
    aside = reader.topics("放蜂约定", topic + "，不是要修订村规民约哈")
    assert aside.annex is None
    assert aside.suggestions[0].code == "C.1.1"


def test_simplified_traditional_and_common_slips_read_the_same(reader: Reader) -> None:
    plain = reader.topics("物业费", "想请物业和业委会来商量，垃圾没人收")
    same = reader.topics("物業費", "想请物页和業委會來商亮，拉圾沒人收")
    assert [s.score for s in same.suggestions] == [s.score for s in plain.suggestions]


def test_many_threads_read_what_one_reads(reader: Reader) -> None:
    alone = [reader.topics(row.title, row.reason) for row in ROWS]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda row: reader.topics(row.title, row.reason), ROWS)) == alone


def test_reading_costs_time_by_length(reader: Reader) -> None:
    """Ten times the text: not a hundred times the work."""
    reason = ROWS[0].reason
    short, long = (partial(reader.topics, "议题", text) for text in (reason, reason * 10))
    assert at_most(30, long, short)
