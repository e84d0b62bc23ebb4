"""Updates are stored once, in the order of arrival, and stay open until marked."""

from storage import inbox
from storage.database import Database
from storage.tables import Inbox
from tests.support.clock import START


def test_duplicates_are_no_ops_and_ids_are_a_set(database: Database) -> None:
    first = database.write_now(lambda uow: inbox.store(uow, [(500, "a"), (501, "b")], now=START))
    again = database.write_now(lambda uow: inbox.store(uow, [(501, "x"), (3, "c"), (502, "d")], now=START))
    assert list(first) == [500, 501]
    assert list(again) == [3, 502]
    rows = database.read_now(inbox.still_open)
    assert [(row.update_id, row.body) for row in rows] == [(500, "a"), (501, "b"), (3, "c"), (502, "d")]
    assert [row.id for row in rows] == sorted(row.id for row in rows)


def test_a_batch_that_is_known_already_gives_nothing(database: Database) -> None:
    database.write_now(lambda uow: inbox.store(uow, [(1, "a")], now=START))
    assert database.write_now(lambda uow: inbox.store(uow, [(1, "a")], now=START)) == {}


def test_marks_close_exactly_their_rows(database: Database) -> None:
    ids = database.write_now(lambda uow: inbox.store(uow, [(n, "{}") for n in range(5)], now=START))
    database.write_now(lambda uow: inbox.mark_done(uow, [ids[0], ids[3]], now=START))
    assert [row.update_id for row in database.read_now(inbox.still_open)] == [1, 2, 4]
    later = database.read_now(lambda uow: inbox.still_open(uow, after=ids[1], limit=1))
    assert [row.update_id for row in later] == [2]


def test_failures_are_counted_and_the_last_one_closes(database: Database) -> None:
    ids = database.write_now(lambda uow: inbox.store(uow, [(9, "{}")], now=START))

    def fail(*, last: bool) -> int:
        return database.write_now(lambda uow: inbox.note_failure(uow, ids[9], error="KeyError", last=last, now=START))

    assert fail(last=False) == 1
    assert [row.update_id for row in database.read_now(inbox.still_open)] == [9]
    assert fail(last=True) == 2
    assert database.read_now(inbox.still_open) == []
    row = database.read_now(lambda uow: uow.must(Inbox, ids[9]))
    assert (row.error, row.done_at) == ("KeyError", START)


def test_what_came_from_a_private_chat_is_forgotten_when_it_is_done(database: Database) -> None:
    bodies = [(1, '{"chat": {"type": "private"}, "text": "138-0000-0001"}'), (2, '{"chat":{"type":"supergroup"}}')]
    ids = database.write_now(lambda uow: inbox.store(uow, bodies, now=START))
    assert [row.body for row in database.read_now(inbox.still_open)] == [body for _, body in bodies]
    database.write_now(lambda uow: inbox.mark_done(uow, list(ids.values()), now=START))
    kept = database.read_now(lambda uow: [row.body for row in uow.all(Inbox)])
    assert kept == ["{}", bodies[1][1]]


def test_what_a_private_chat_could_not_be_answered_is_forgotten_too(database: Database) -> None:
    body = '{"chat":{"type":"private"},"text":"138-0000-0001"}'
    ids = database.write_now(lambda uow: inbox.store(uow, [(1, body)], now=START))

    def fail(*, last: bool) -> str:
        database.write_now(lambda uow: inbox.note_failure(uow, ids[1], error="KeyError", last=last, now=START))
        return database.read_now(lambda uow: uow.must(Inbox, ids[1]).body)

    assert fail(last=False) == body, "it is tried again"
    assert fail(last=True) == "{}"
