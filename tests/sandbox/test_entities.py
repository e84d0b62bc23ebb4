"""HTML into entities, as Telegram reads it."""

from typing import Any

import pytest

from bot.sandbox.entities import parse, units
from bot.sandbox.errors import Refused


def _short(entities: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    return [(one["type"], one["offset"], one["length"]) for one in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>赞成</b>", "赞成", [("bold", 0, 2)]),
        ("<b>a<i>😀b</i></b>c", "a😀bc", [("bold", 0, 4), ("italic", 1, 3)]),
        ("1 &lt; 2 &amp;&#33; &nbsp;", "1 < 2 &! &nbsp;", []),
        ("  <u> 通知 </u> ", "通知", [("underline", 0, 2)]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<b></b>好", "好", []),
        ("<B >x</B >", "x", [("bold", 0, 1)]),
        ('<a href="no">x</a>', "x", []),
    ],
)
def test_read(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    plain, found = parse(source, "HTML", None)
    assert (plain, _short(found)) == (text, entities)


def test_code_in_pre_becomes_its_language() -> None:
    _text, found = parse('<pre><code class="language-python">x=1</code></pre>', "HTML", None)
    assert found == [{"type": "pre", "language": "python", "offset": 0, "length": 3}]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("好</b>", "Unexpected end tag at byte offset 3"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("好<foo>x</foo>", 'Unsupported start tag "foo" at byte offset 3'),
        ("<>", 'Unsupported start tag "" at byte offset 0'),
        ("<span class='x'>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_refuse(source: str, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse(source, "html", None)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("mode", "words"), [("MarkdownV2", "the sandbox does not parse MarkdownV2"), ("nope", "unsupported parse_mode")]
)
def test_other_parse_modes(mode: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        parse("x", mode, None)


def test_links_names_and_commands_are_found() -> None:
    text, found = parse("见https://example.org/a,问@zhou_wen、/start@some_bot #电动车 a@example.org", None, None)
    assert _short(found) == [
        ("url", 1, 21),
        ("mention", 24, 9),
        ("bot_command", 34, 15),
        ("hashtag", 50, 4),
        ("email", 55, 13),
    ]
    assert [text[start : start + length] for _kind, start, length in _short(found)][3] == "#电动车"


def test_nothing_is_found_inside_code() -> None:
    assert _short(parse("<code>/start</code> /start", "HTML", None)[1]) == [("code", 0, 6), ("bot_command", 7, 6)]


def test_length_is_counted_in_utf16_units() -> None:
    assert [units(text) for text in ("", "议事", "😀", "a😀")] == [0, 2, 2, 3]
