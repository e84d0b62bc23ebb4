"""What civility costs those who tap: nothing (5.5.2 e)."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from services import checkin, hands
from storage.work import UnitOfWork
from tests.services.room import Room
from tests.services.test_civility import flagged


def statements(room: Room, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> list[str]:
    """Everything the database is asked while this is done."""
    asked: list[str] = []
    plain = UnitOfWork.raw

    def raw(uow: UnitOfWork, sql: str, params: Any = None) -> Any:
        asked.append(sql)
        return plain(uow, sql, params)

    def seen(_connection: Any, _cursor: Any, sql: str, *_more: Any) -> None:
        asked.append(sql)

    monkeypatch.setattr(UnitOfWork, "raw", raw)
    engine = room.database.engine
    event.listen(engine, "before_cursor_execute", seen)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", seen)
        monkeypatch.setattr(UnitOfWork, "raw", plain)
    return asked


@pytest.mark.parametrize("flags_waiting", [0, 3])
def test_taps_ask_the_database_nothing_about_civility(
    room: Room, monkeypatch: pytest.MonkeyPatch, flags_waiting: int
) -> None:
    room.to_discussion()
    for _ in range(flags_waiting):
        flagged(room)
    for tap in (
        lambda: room.acts("r102", hands.raise_hand, stance="for"),
        lambda: room.acts("r102", hands.lower_hand),
        lambda: room.acts("neighbour", checkin.check_in, via="button"),
    ):
        asked = statements(room, monkeypatch, tap)
        assert asked and not [sql for sql in asked if "civility" in sql or "FROM speech" in sql]
