"""Where words stand in a message, whose they are, and which flags the chair may still act on (5.5.2 e)."""

import pytest

from procedure.civility import check_flag, own_part, sentence, spans_of
from procedure.errors import RuleBroken

LONG = "好" * 200


@pytest.mark.parametrize(
    ("text", "pieces", "spans"),
    [
        ("你这个蠢货", ["蠢货"], [(3, 5)]),
        ("蠢货!蠢货!", ["蠢货", "蠢货"], [(0, 2), (3, 5)]),
        ("别理他,蠢货", ["蠢货", "别理"], [(4, 6), (0, 2)]),
        ("你好", ["蠢货", ""], []),
        ("", ["蠢货"], []),
    ],
)
def test_pieces_are_found_where_they_stand(text: str, pieces: list[str], spans: list[tuple[int, int]]) -> None:
    assert spans_of(text, pieces) == spans


@pytest.mark.parametrize(
    ("text", "quoted", "own"),
    [
        ("我同意", [], "我同意"),
        ("你是蠢货\n这话不对", [[0, 4]], "\n\n\n\n\n这话不对"),
        ("前蠢货后", [[1, 3]], "前\n\n后"),
    ],
)
def test_what_is_quoted_goes_and_the_rest_keeps_its_place(text: str, quoted: list[list[int]], own: str) -> None:
    assert own_part(text, quoted) == own
    assert len(own) == len(text)


@pytest.mark.parametrize(
    ("text", "spans", "shown"),
    [
        ("先说账。你是蠢货!再说灯。", [[6, 8]], "你是蠢货!"),
        ("你是蠢货", [[2, 4]], "你是蠢货"),
        ("第一。\n你,蠢货\n第三", [[6, 8]], "你,蠢货"),
        (f"{LONG}蠢货{LONG}", [[200, 202]], f"{'好' * 20}蠢货{'好' * 58}"),
        ("没有词。第二句", [], "没有词。"),
    ],
)
def test_the_sentence_is_the_one_with_the_words(text: str, spans: list[list[int]], shown: str) -> None:
    assert sentence(text, spans) == shown


@pytest.mark.parametrize(
    ("of_this_sitting", "own", "state", "code"),
    [
        (True, False, "open", None),
        (False, False, "open", "no_flag"),
        (False, True, "reminded", "no_flag"),
        (True, True, "open", "own_flag"),
        (True, False, "reminded", "flag_handled"),
        (True, False, "dismissed", "flag_handled"),
    ],
)
def test_which_flag_may_be_acted_on(of_this_sitting: bool, own: bool, state: str, code: str | None) -> None:
    try:
        check_flag(of_this_sitting=of_this_sitting, own=own, state=state)
    except RuleBroken as broken:
        assert (broken.code, broken.clause) == (code, "5.5.2 e")
    else:
        assert code is None
