"""Form B.4 names the day that was voted on, and the one its clock ends (5.9.3, 5.9.4)."""

from services import following, supervision_paper
from services.act import SYSTEM
from services.case import peek
from services.documents.papers import SupervisionRecord
from tests.services.after import After
from tests.services.room import Room


def drawn(after: After) -> SupervisionRecord:
    """The record as it stands."""
    room = after.room
    return room.read(lambda uow: supervision_paper.supervision_record(peek(uow, room.topic_id, SYSTEM), room.instant))


def test_the_day_that_was_voted_on_stays_beside_the_end_of_the_thirty_days(room: Room) -> None:
    after = After(room).told()
    promised = after.items()[0].promised_on
    said = f"{promised.year}年{promised.month}月{promised.day}日"
    assert drawn(after).items[0].due == said
    after.takes("recorder", following.hand_item, item_id=after.items()[0].id, day="2026-11-06")
    assert drawn(after).items[0].due == f"{said}\uff08期限到2026年12月7日\uff09"
