"""Whose turn it is to be sent, and what a crash leaves behind."""

from datetime import datetime, timedelta

import pytest

from storage import outbox
from storage.database import Database
from storage.tables import Outbox
from storage.work import UnitOfWork
from tests.support.clock import START

LATER = START + timedelta(seconds=30)


def put(database: Database, key: str, chat: int, priority: int = 10, not_before: datetime = START) -> int:
    """Queue a row."""

    def add(uow: UnitOfWork) -> int:
        row = uow.add(
            Outbox(
                kind="handover",
                chat_id=chat,
                facts={"key": key},
                priority=priority,
                unique_key=key,
                not_before=not_before,
                created_at=START,
            )
        )
        assert row.id is not None
        return row.id

    return database.write_now(add)


def heads(database: Database, now: datetime = START, leave_out: tuple[int, ...] = ()) -> list[int]:
    """Ids of the rows whose turn it is."""
    return [head.id for head in database.read_now(lambda uow: outbox.heads(uow, now=now, leave_out=leave_out))]


def state(database: Database, outbox_id: int) -> Outbox:
    """The row as stored."""
    return database.read_now(lambda uow: uow.must(Outbox, outbox_id))


def test_one_head_per_chat_urgent_first_then_first_come(database: Database) -> None:
    put(database, "board", -1, priority=40)
    floor = put(database, "floor", -1, priority=10)
    put(database, "floor2", -1, priority=10)
    close = put(database, "close", -2, priority=0)
    mine = put(database, "mine", 7, priority=10)
    assert heads(database) == [close, floor, mine]
    assert heads(database, leave_out=(-1, 7)) == [close]


def test_not_before_is_obeyed_and_told(database: Database) -> None:
    row = put(database, "quiet hours", 7, not_before=LATER)
    assert heads(database) == []
    assert database.read_now(lambda uow: outbox.next_sendable(uow, now=START)) == (LATER, 1)
    assert heads(database, now=LATER) == [row]
    assert database.read_now(lambda uow: outbox.next_sendable(uow, now=LATER)) == (None, 1)


def test_begin_takes_the_row_out_and_a_crash_leaves_it_sending(database: Database) -> None:
    row = put(database, "a", -1)
    database.write_now(lambda uow: outbox.begin(uow, row))
    assert heads(database) == []
    assert [left.id for left in database.read_now(outbox.left_sending)] == [row]
    assert state(database, row).attempts == 1


def test_again_holds_the_whole_chat_and_only_it(database: Database) -> None:
    first, second, other = put(database, "a", -1), put(database, "b", -1), put(database, "c", -2)
    database.write_now(lambda uow: outbox.begin(uow, first))
    database.write_now(lambda uow: outbox.again(uow, first, chat_id=-1, not_before=LATER))
    assert heads(database) == [other]
    assert heads(database, now=LATER) == [first, other]
    assert state(database, second).not_before == LATER


@pytest.mark.parametrize("end", [outbox.FAILED, outbox.DROPPED, outbox.UNSURE])
def test_an_ended_row_is_not_sent(database: Database, end: str) -> None:
    row = put(database, "a", -1)
    database.write_now(lambda uow: outbox.close(uow, row, state=end, error="why"))
    assert heads(database) == []
    assert (state(database, row).state, state(database, row).error) == (end, "why")


def test_a_group_that_became_a_supergroup_keeps_its_mail(database: Database) -> None:
    waiting, sent = put(database, "a", -1), put(database, "b", -1)
    database.write_now(lambda uow: outbox.close(uow, sent, state=outbox.SENT))
    database.write_now(lambda uow: outbox.migrate_chat(uow, -1, -1001))
    assert (state(database, waiting).chat_id, state(database, sent).chat_id) == (-1001, -1)


def test_what_went_out_lately_is_remembered(database: Database) -> None:
    row = put(database, "a", -1)
    database.write_now(lambda uow: setattr(uow.must(Outbox, row), "sent_at", START))
    assert database.read_now(lambda uow: outbox.sent_since(uow, START)) == [(-1, START)]
    assert database.read_now(lambda uow: outbox.sent_since(uow, LATER)) == []
