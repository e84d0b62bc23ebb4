"""Keywords and a draft by stance: word for word, balanced, always the same, nothing invented."""

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from functools import partial

import pytest

from services.text import Reader
from services.text.summary import KEYWORDS, MOST, ROOM, Quotation, Said, Summary, _read_until, summarise
from tests.support.effort import at_most

SPOKEN = (
    (1, "for", "我在五楼住了二十年,膝盖不好,每天爬楼要歇三次。加装电梯是我们老人盼了多年的事。"),
    (2, "for", "贊成!我媽下不了樓,看病都要人背。加裝電梯以後老人出門就方便了。"),
    (3, "against", "我家在一楼,加装电梯以后采光会受影响,车位也少了,谁来补偿?你就是个自私鬼,不要脸!"),
    (4, "for", "我同意装电梯,但是费用要说清楚,每家出多少要公示。电费和维保的钱也要提前说好。"),
    (5, "for", "费用按楼层分摊,一楼二楼不出钱,隔壁小区就是这么办的。"),
    (6, "against", "我反对,不是反对装电梯,是反对装在南边,南边有消防通道,消防车进不来出了事谁负责。"),
    (7, "for", "老人爬楼太累了,我赞成加装电梯。"),
    (3, "against", "再说一句,费用可以不出,但是采光要请专业的人来测一测。"),
    (9, "answer", "电梯离窗户要有三米以上,采光可以做日照分析,我们公司出报告,大概两周。"),
)


def meeting(spoken: Sequence[tuple[int, str, str]]) -> list[Said]:
    return [Said(number, number, who, side, text) for number, (who, side, text) in enumerate(spoken, start=1)]


def quoted(said: Sequence[Said], summary: Summary, side: str) -> list[str]:
    texts = {version.key: version.text for version in said}
    return [texts[key][start:end] for key, start, end in summary.quotations.get(side, ())]


def keywords(said: Sequence[Said], summary: Summary) -> dict[str, int]:
    texts = {version.key: version.text for version in said}
    return {texts[one.place.key][one.place.start : one.place.end]: one.speakers for one in summary.keywords}


def test_a_discussion_in_short(reader: Reader) -> None:
    said = meeting(SPOKEN)
    summary = summarise(said, reader)
    assert list(summary.quotations) == ["for", "against", "answer"]
    assert any("采光会受影响" in one for one in quoted(said, summary, "against"))
    assert any("消防通道" in one for one in quoted(said, summary, "against"))
    assert any("费用" in one for one in quoted(said, summary, "for"))
    assert quoted(said, summary, "answer") == [SPOKEN[-1][2]]


def test_keywords_count_people_in_either_script(reader: Reader) -> None:
    said = meeting(SPOKEN)
    found = keywords(said, summarise(said, reader))
    assert found["加装电梯"] == 4 and found["费用"] == 3 and found["采光"] == 2, found
    assert next(iter(found)) == "加装电梯" and len(found) <= KEYWORDS
    assert not {"赞成", "反对", "我们", "自私", "不要脸"} & set(found)


def test_what_goes_at_people_is_not_quoted(reader: Reader) -> None:
    said = meeting(
        [(1, "against", "你这个蠢货,滚出小区!车位只有三十个,充电棚占掉六个。"), (2, "against", "你就是个骗子!")]
    )
    assert quoted(said, summarise(said, reader), "against") == ["车位只有三十个,充电棚占掉六个。"]
    alone = meeting([(2, "against", "你就是个骗子,臭不要脸!")])
    assert summarise(alone, reader).quotations == {}


def test_a_repetition_is_not_quoted_twice(reader: Reader) -> None:
    same = "充电棚建在南门东侧,晚上不准充电。"
    said = meeting([(who, "for", same) for who in range(1, 8)])
    assert quoted(said, summarise(said, reader), "for") == [same]


def test_one_voice_among_many_is_heard(reader: Reader) -> None:
    many = [
        f"电动车上楼充电太危险,{floor}楼烧过一次,建充电棚大家才放心,{more}。"
        for floor, more in zip("一二三四五六七八九", ("快点建", "别再拖", "早该建", "越早越好") * 3, strict=False)
    ]
    said = meeting(
        [*((who, "for", text) for who, text in enumerate(many, 1)), (20, "for", "盲道要留出来,轮椅要能过。")]
    )
    assert "盲道要留出来,轮椅要能过。" in quoted(said, summarise(said, reader), "for")


def test_whoever_was_not_quoted_yet_comes_first(reader: Reader) -> None:
    talker = "充电棚要装喷淋头。棚顶要防雨防晒。插座要能扫码付钱。晚上十点要断电。地面要做排水沟。监控要对着门口。"
    said = meeting([(1, "for", talker), (2, "for", "棚子别挡住消防通道。")])
    found = quoted(said, summarise(said, reader, 2), "for")
    assert len(found) == 2 and "棚子别挡住消防通道。" in found


@pytest.mark.parametrize(
    ("spoken", "sides"),
    [
        ([], []),
        ([(1, "for", "充电棚建在南门。")], ["for"]),
        ([(1, "for", "赞成。")], ["for"]),
        ([(1, "for", ""), (2, "against", "🙂!!")], []),
        ([(1, "for", "好" * 400), (2, "against", "不行。")], ["for", "against"]),
        ([(1, "for", "转发:充电棚今天开工。"), (2, "against", "充电棚太吵。")], ["against"]),
    ],
)
def test_no_side_is_left_out_that_said_anything(
    spoken: list[tuple[int, str, str]], sides: list[str], reader: Reader
) -> None:
    assert list(summarise(meeting(spoken), reader).quotations) == sides


def test_of_an_addendum_only_what_is_new(reader: Reader) -> None:
    said = [
        Said(1, 700, 1, "for", "充电棚建在南门东侧。费用由物业出。"),
        Said(2, 700, 1, "for", "充电棚建在南门东侧。费用由物业出。电费按表算,不加价。"),
    ]
    places = summarise(said, reader).quotations["for"]
    assert [place.key for place in places] == [1, 1, 2]
    assert quoted(said, summarise(said, reader), "for")[2] == "电费按表算,不加价。"


PIECES = [text for _, _, text in SPOKEN] + [
    "👨‍👩‍👧一家三口都同意装电梯。",
    "<b>物业</b>&amp;业委会要公示费用!",
    "שלום 车位不够停 סוף。",
    "“先公示。后施工。”这是规矩",
    "\n\n",
    "消防通道不能占,占了谁负责?",
    "> 一楼采光受影响",
]


@pytest.mark.parametrize("seed", range(25))
def test_every_sentence_stands_in_its_message_and_only_once(seed: int, reader: Reader) -> None:
    chance = random.Random(seed)
    said = []
    for number in range(chance.randrange(30)):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randrange(6)))
        text = text[chance.randrange(3) : len(text) - chance.randrange(3)]
        side = chance.choice(["for", "against", "answer"])
        said.append(Said(number, chance.randrange(20), chance.randrange(9), side, text))
    summary = summarise(said, reader)
    by_key = {version.key: version for version in said}
    places = [place for listed in summary.quotations.values() for place in listed]
    assert len(set(places)) == len(places)
    for side, listed in summary.quotations.items():
        assert len(listed) <= MOST and list(listed) == sorted(listed)
        for key, start, end in listed:
            assert by_key[key].side == side
            assert 0 <= start < end <= len(by_key[key].text) and by_key[key].text[start:end].strip()
    for keyword in summary.keywords:
        place: Quotation = keyword.place
        assert by_key[place.key].text[place.start : place.end].strip()
        assert 1 <= keyword.speakers <= 9


def test_another_process_finds_the_same() -> None:
    code = (
        "from services.text import load\nfrom services.text.summary import Said, summarise\n"
        "from tests.text.test_summary import SPOKEN, meeting\nprint(summarise(meeting(SPOKEN), load()))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_four_times_the_speeches_are_not_sixteen_times_the_work(reader: Reader) -> None:
    texts = [f"{SPOKEN[number % 9][2]}{SPOKEN[number * 7 % 9][2]}" for number in range(120)]
    said = meeting([(number % 40, "against" if number % 3 else "for", text) for number, text in enumerate(texts)])
    few, many = (partial(summarise, said[:number], reader) for number in (30, 120))
    assert at_most(10, many, few)


def test_where_far_more_was_said_everybody_is_read_up_to_the_same_length(reader: Reader) -> None:
    flood = "".join(f"第{number}条意见，消防通道一定要留出来。" for number in range(240))
    floods = [Said(number, number, 1, "against", flood) for number in range(20)]
    short = [Said(100 + number, 100 + number, 2 + number, "for", SPOKEN[number][2]) for number in range(3)]
    places = _read_until([*floods, *short])
    assert sum(places) <= ROOM and places[-3:] == [len(one.text) for one in short]
    once, often = (partial(summarise, [*floods[:count], *short], reader) for count in (15, 20))
    assert once().quotations == often().quotations
    assert at_most(2, often, once)


def test_what_is_quoted_is_never_cut_through(reader: Reader) -> None:
    text = "我们家的车位问题最好先登记再抽签，老人优先安排在一楼门口。" * 2500
    said = [Said(1, 1, 1, "for", text[: ROOM + 10]), Said(2, 2, 2, "for", text[:ROOM])]
    quoted = summarise(said, reader).quotations["for"]
    assert quoted
    for key, start, end in quoted:
        assert end <= ROOM // 2 and said[key - 1].text[start:end].endswith("。")
