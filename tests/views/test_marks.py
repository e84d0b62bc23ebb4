"""Chinese is set with Chinese marks, as it is in print and on our papers: ，：；？！（）."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.locales import sources

PAGE = Path(__file__).resolve().parents[2] / "bot/sandbox/page/i18n.js"
KEPT = re.compile(r"<[^>]*>|(?<=[0-9A-Za-z])[,:](?=[0-9A-Za-z])")
"""Markup, and what stands within a figure or a time: 18:30."""
HALF = re.compile(r"[,:;!?()]")


def said(node: ftl.BaseNode) -> Iterator[str]:
    """What sentences say, without the places for facts."""
    if isinstance(node, ftl.TextElement | ftl.StringLiteral):
        yield node.value
    for held in vars(node).values():
        for child in held if isinstance(held, list) else [held]:
            if isinstance(child, ftl.BaseNode):
                yield from said(child)


def chinese() -> list[str]:
    return [text for source in sources("zh") for text in said(FluentParser().parse(source))]


def page() -> list[str]:
    ours = PAGE.read_text(encoding="utf-8").partition("const en")[0]
    return [text for text in re.findall(r'"([^"\n]*)"', ours) if re.search(r"[\u4e00-\u9fff]", text)]


@pytest.mark.parametrize("texts", [chinese(), page()], ids=["sentences", "page"])
def test_chinese_has_chinese_marks(texts: list[str]) -> None:
    assert len(texts) > 80
    assert [text for text in texts if HALF.search(KEPT.sub("", text))] == []


def test_a_mark_of_another_script_is_found() -> None:
    assert HALF.search(KEPT.sub("", "到了的请点「签到」,打字也行"))
    assert not HALF.search(KEPT.sub("", "最晚 18:30，<a href='x:y'>地图</a>"))
