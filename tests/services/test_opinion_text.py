"""The agreed opinion as papers print it (forms B.3 and B.4)."""

import pytest

from services.opinion_text import item_lines


@pytest.mark.parametrize("text", ["装两盏灯", "装两盏灯。"])
def test_an_item_ends_with_one_full_stop_however_it_was_typed(text: str) -> None:
    (line,) = item_lines({"items": [{"number": 1, "text": text, "implementer": "物业公司", "due": "2026-12-17"}]})
    assert line == "1. 装两盏灯。落实单位\uff1a物业公司\uff1b办结期限\uff1a2026年12月17日。"
