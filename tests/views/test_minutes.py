"""The minutes in the chat: nothing of a page is cut, and no sentence claims that a message is still there."""

from typing import Any

import pytest

from bot import views
from bot.views.rendered import TEXT_LIMIT, shown_length
from procedure.paging import pages, pieces
from procedure.text import utf16_length
from services.minutes_reading import BESIDE, PAGE_ROOM
from tests.views.kinds_minutes import MINUTES_KINDS

PAGE = next(facts for kind, facts in MINUTES_KINDS if kind == "minutes_page")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_t05_a_page_of_the_minutes_shows_every_character_of_its_paragraphs(language: str) -> None:
    """The longest message that Telegram allows and two hundred short ones, over as many pages as it takes."""
    texts = ["龘" * 4096, *(f"第{number}条&<短" for number in range(200)), "𠮷" * 2048]
    blocks: list[dict[str, Any]] = [
        {"text": piece, "link": None, "goes_on": place > 0}
        for text in texts
        for place, piece in enumerate(pieces(text, PAGE_ROOM - BESIDE))
    ]
    places = pages([utf16_length(block["text"]) + BESIDE for block in blocks], PAGE_ROOM)
    shown = [views.render("minutes_page", PAGE | {"blocks": blocks[a:b]}, language).text for a, b in places]
    assert all(shown_length(text) <= TEXT_LIMIT for text in shown) and len(shown) > 4
    whole = "".join(shown)
    assert whole.count("龘") == 4096 and whole.count("𠮷") == 2048
    assert all(f"第{number}条&amp;&lt;短" in whole for number in range(200))


def test_t47_the_page_says_that_the_record_counts_and_what_a_link_is() -> None:
    text = views.render("minutes_page", PAGE, "zh").text
    assert "以记录为准" in text and "机器人不一定知道" in text
    assert ">群里位置</a>" in text and "原话</a>" not in text
