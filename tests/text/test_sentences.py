"""A speech in sentences: exact, whole, and the speaker's own."""

import random
import re

import pytest

from services.text import Reader
from services.text.sentences import sentences
from services.text.words import Words, load_words

CASES = [
    ("我赞成。费用要公示!谁来管?", ["我赞成。", "费用要公示!", "谁来管?"]),
    ("  车位少了\n\n噪音大  ", ["车位少了", "噪音大"]),
    ("每户3.5万元,我出得起。I agree. But who pays?", ["每户3.5万元,我出得起。", "I agree.", "But who pays?"]),
    ("这个嘛……我再想想", ["这个嘛……", "我再想想"]),
    ("“加装电梯。”这四个字我等了十年。", ["“加装电梯。”", "这四个字我等了十年。"]),
    ("我念一遍“先公示。后施工。再验收”这三句。好!", ["我念一遍“先公示。后施工。再验收”这三句。", "好!"]),
    ("…… !!! 😀", []),
    ("", []),
]
OF_OTHERS = [
    ("老王说:“电梯一响,全楼都睡不着觉。”", []),
    ("老王说:“全楼都睡不着觉。”我看可以选静音的机器。", ["我看可以选静音的机器。"]),
    ("> 一楼采光受影响\n我家就在一楼,量过了。", ["我家就在一楼,量过了。"]),
    ("转发:物业通知,明天停水。请大家储水。", []),
    ("【转】隔壁小区的电梯坏了。", ["【转】隔壁小区的电梯坏了。"]),
    ("【转发】隔壁小区的电梯坏了。", []),
    ("轉自群裏:停電了。", []),
]


@pytest.fixture(scope="module")
def words() -> Words:
    """The lists that ship."""
    return load_words()


def cut(text: str, words: Words) -> list[str]:
    return [text[start:end] for start, end in sentences(text, words)]


@pytest.mark.parametrize(("text", "wanted"), CASES + OF_OTHERS)
def test_sentences(text: str, wanted: list[str], words: Words) -> None:
    assert cut(text, words) == wanted


def test_a_long_sentence_is_cut_where_both_sides_stand_alone(words: Words) -> None:
    long = "我家住在三号楼的最东边那个单元,窗户正对着垃圾房的后门,夏天苍蝇多得窗户都开不了,"
    long += "垃圾车每天早上五点钟就来装垃圾,响得全楼都醒,但是我不反对有垃圾房,"
    long += "如果能往北挪二十米并且加一扇门,我第一个举手,费用我家也可以多出一点点。"
    pieces = cut(long, words)
    assert len(pieces) > 1 and all(not piece.startswith(("但是", "我第一个")) for piece in pieces)
    assert "".join(re.split("[,。]", "".join(pieces))) == "".join(re.split("[,。]", long)), "no word is lost"


def test_a_condition_is_never_parted_from_what_it_promises(words: Words) -> None:
    text = "好" * 100 + ",我同意建充电棚的前提是物业先把消防通道清出来把灭火器配齐,灭火器由居委会来验收," + "对" * 60
    assert any("前提是" in piece and "居委会来验收" in piece for piece in cut(text, words))


MORE = ["👨\u200d👩\u200d👧", "שלום", "如果", "但是", "轉發"]
LETTERS = [*"电梯费车位我你他不赞成反对老人一楼,。!?;:“”「」()>、…\n 　.3a<&b>🙂", *MORE]


@pytest.mark.parametrize("seed", range(40))
def test_sentences_of_anything_are_exact_in_order_and_apart(seed: int, words: Words) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choice(LETTERS) for _ in range(chance.randrange(600)))
    done = 0
    for start, end in sentences(text, words):
        assert done <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip() != ""
        done = end


def test_a_reader_of_nothing_has_no_sentences(reader: Reader) -> None:
    assert sentences("\n\n。。。", reader.finder.words) == []
