"""Instants as people read them."""

import pytest

from bot.views.moments import period_end
from bot.views.words import words


@pytest.mark.parametrize(
    ("instant", "read"),
    [
        ("2026-11-30T16:00:00+00:00", "11月30日（周一）24:00"),
        ("2026-12-31T16:00:00+00:00", "12月31日（周四）24:00"),
        ("2026-11-30T15:59:00+00:00", "11月30日（周一）23:59"),
        ("2026-11-05T11:30:00+00:00", "11月5日（周四）19:30"),
    ],
)
def test_a_period_ends_at_24_00_of_its_last_day(instant: str, read: str) -> None:
    assert period_end(words("zh"), instant, "Asia/Shanghai") == read
