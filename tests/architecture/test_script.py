"""README's half-hour script presses buttons that exist, word for word."""

import re
from pathlib import Path

import pytest

from services import demo

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SCRIPT = README.split("## From an idea to a closed topic")[1].split("\n## ")[0]
WORDS = "\n".join(one.read_text(encoding="utf-8") for one in sorted((ROOT / "bot/locales/zh-CN").glob("*.ftl")))
PAGE = (ROOT / "bot/sandbox/page/i18n.js").read_text(encoding="utf-8")
BOLD = sorted(
    {
        one
        for line in SCRIPT.splitlines()
        for one in re.findall(r"\*\*(.+?)\*\*", re.sub(r"^\d+\. \*\*[^*]+\*\*", "", line))
        if re.search(r"[\u4e00-\u9fff]", one)
    }
)
PEOPLE = {text for cast in demo.CAST for text in (cast.name, cast.label, f"{cast.label} {cast.name}")}
PLACES = {demo.GROUP_TITLE, demo.CHANNEL_TITLE, "议事厅"}
SENTENCES = [line.partition(" = ")[2] for line in WORDS.splitlines() if " = " in line]
TOLD = [sentence for sentence in SENTENCES if len(re.findall(r"[\u4e00-\u9fff]", re.sub(r"\{.*?\}", "", sentence))) > 1]
PATTERNS = [re.sub(r"\\\{.*?\\\}", ".+", re.escape(sentence)) for sentence in TOLD]


def known(button: str) -> bool:
    """Whether somebody, some place, the page or our words are called so; … stands for the rest."""
    bare = re.sub(r"（[CD][.\w]+）$", "", button)
    if bare in PEOPLE | PLACES or f'"{bare}"' in PAGE:
        return True
    if bare.endswith("…"):
        return any(sentence.startswith(bare[:-1]) for sentence in SENTENCES)
    return any(re.fullmatch(pattern, bare) for pattern in PATTERNS)


@pytest.mark.parametrize("button", BOLD)
def test_a_button_of_the_script_exists(button: str) -> None:
    assert known(button)


def test_the_script_is_read_whole_and_a_made_up_button_is_found_out() -> None:
    assert len(BOLD) > 70
    assert not known("✏️ 提一个议题吧") and not known("王小二")
