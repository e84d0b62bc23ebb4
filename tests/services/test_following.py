"""Carrying out what was agreed, and the supervisor's record of it (5.9)."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services import following, supervising
from storage.tables import Deadline, FollowReport, Supervision
from tests.services.after import B4, DAY, After
from tests.services.room import GROUP, Room


def day(room: Room, days: int = 0) -> str:
    """So many days from today, as forms give it."""
    return (room.instant + timedelta(days=days)).date().isoformat()


def clock(room: Room) -> Deadline | None:
    """The item's running clock."""
    return room.read(lambda uow: uow.first(Deadline, kind="item", done_at=None))


def test_the_items_are_exactly_the_frozen_wording(room: Room) -> None:
    after = After(room).told()
    (item,) = after.items()
    assert (item.number, item.text, item.implementer) == (1, "在南门东侧建充电点", "物业公司")
    assert item.promised_on.isoformat() == "2026-12-30" and item.received_at is None
    assert after.news("recorder", "to_hand")[0]["steps"] == ["hand_item"]
    assert after.news("supervisor", "follow_up") and after.news("chair", "to_explain")


def test_thirty_days_run_from_the_receipt(room: Room) -> None:
    after = After(room).told()
    item = after.items()[0]
    hand: dict[str, Any] = {"item_id": item.id, "day": day(room), "implementer_id": after.person("property")}
    assert after.refused("chair", following.hand_item, **hand) == "not_your_role"
    assert after.refused("recorder", following.hand_item, **(hand | {"item_id": 99})) == "no_such_item"
    assert after.refused("recorder", following.hand_item, **(hand | {"day": day(room, 1)})) == "receipt_in_future"
    assert after.refused("recorder", following.hand_item, **(hand | {"day": "2026-11-04"})) == "receipt_before_result"
    assert after.refused("recorder", following.hand_item, **(hand | {"implementer_id": 999})) == "not_on_the_roster"
    assert after.refused("recorder", following.report_progress, item_id=item.id, text="在办") == "no_item_open"
    after.takes("recorder", following.hand_item, **hand)
    assert after.refused("recorder", following.hand_item, **hand) == "all_received"
    room.deliver()
    running = clock(room)
    assert running is not None and running.ends_at == after.items()[0].ends_at
    # 6 November + 30 days is Sunday, 6 December: it ends with Monday.
    assert running.ends_at == datetime(2026, 12, 7, 16, tzinfo=UTC) and running.arithmetic["start"] == "2026-11-06"
    yours = after.news("property", "item_yours")[0]
    assert yours["steps"] == ["report_progress", "finish_item"]
    assert yours["due"] == after.items()[0].promised_on.isoformat(), "what was voted on, beside the thirty days"
    assert after.news("supervisor", "item_received")


def test_only_the_implementer_and_the_committee_report(room: Room) -> None:
    after = After(room).told()
    item_id = after.items()[0].id
    after.takes(
        "recorder", following.hand_item, item_id=item_id, day=day(room), implementer_id=after.person("property")
    )
    said = {"item_id": item_id, "text": "地基打好了"}
    assert after.refused("r102", following.report_progress, **said) == "not_your_role"
    assert after.refused("property", following.report_progress, **(said | {"text": " "})) == "progress_empty"
    after.takes("property", following.report_progress, **said)
    after.takes("adviser", following.report_progress, **(said | {"text": "看过了"}))
    room.deliver()
    assert [news["words"] for news in after.news("supervisor", "item_progress")] == ["地基打好了", "看过了"]
    assert after.news("property", "item_progress")[0]["words"] == "看过了"


def two_items(room: Room, after: After) -> list[int]:
    """A second item of the same opinion, answered for by somebody else."""
    first = after.items()[0]
    after.takes(
        "recorder", following.hand_item, item_id=first.id, day=day(room), implementer_id=after.person("property")
    )

    def add(uow: Any) -> None:
        row = first.model_dump(exclude={"id"}) | {"number": 2, "person_id": None, "received_at": None}
        uow.add(type(first)(**row))

    room.database.write_now(add)
    second = after.items()[1]
    after.takes("recorder", following.hand_item, item_id=second.id, day=day(room), implementer_id=after.person("r201"))
    return [item.id or 0 for item in after.items()]


def test_an_implementer_reports_on_their_own_item_only(room: Room) -> None:
    after = After(room).told()
    first, second = two_items(room, after)
    assert after.refused("r201", following.finish_item, item_id=first, text="好了") == "not_your_item"
    assert after.refused("property", following.report_progress, item_id=second, text="好了") == "not_your_item"
    after.takes("r201", following.finish_item, item_id=second, text="好了")
    assert after.refused("r201", following.finish_item, item_id=second, text="好了") == "item_already_done"
    room.deliver()
    assert not after.news("supervisor", "all_done")
    after.takes("recorder", following.finish_item, item_id=first, text="也好了")
    room.deliver()
    assert after.news("supervisor", "all_done")[0]["steps"] == ["write_supervision"]
    assert clock(room) is None


def test_an_extension_has_a_later_day_and_a_reason_that_the_stakeholders_hear(room: Room) -> None:
    after = After(room).told()
    item_id = after.items()[0].id
    after.takes("recorder", following.hand_item, item_id=item_id, day=day(room))
    longer: dict[str, Any] = {"item_id": item_id, "day": "2027-01-15", "reason": "消防验收要排队"}
    assert after.refused("recorder", following.extend_item, **longer) == "not_your_role"
    early = longer | {"day": "2026-12-07"}
    assert after.refused("supervisor", following.extend_item, **early) == "extension_not_later"
    assert after.refused("supervisor", following.extend_item, **(longer | {"reason": ""})) == "empty_text"
    after.passes(40 * DAY)
    assert after.refused("supervisor", following.extend_item, **(longer | {"day": "2026-12-10"})) == "extension_in_past"
    after.takes("supervisor2", following.extend_item, **longer)
    room.deliver()
    running = clock(room)
    assert running is not None and (running.round, running.ends_at) == (2, datetime(2027, 1, 15, 16, tzinfo=UTC))
    assert after.news("r102", "item_extended")[0]["words"] == "消防验收要排队"
    assert [facts["code"] for kind, chat, facts in room.sent if (kind, chat) == ("after_posted", GROUP)] == ["extended"]
    report = room.read(lambda uow: uow.first(FollowReport, kind="extension"))
    assert report is not None and report.text == "消防验收要排队"


def test_a_late_item_can_still_be_finished(room: Room) -> None:
    after = After(room).told()
    item_id = after.items()[0].id
    after.takes(
        "recorder", following.hand_item, item_id=item_id, day=day(room), implementer_id=after.person("property")
    )
    after.passes(45 * DAY)
    after.takes("property", following.finish_item, item_id=item_id, text="晚了几天，办好了")
    assert after.items()[0].done_at == room.instant


def test_b4_is_complete_before_it_is_published(room: Room) -> None:
    after = After(room).told()
    item_id = after.items()[0].id
    assert after.refused("supervisor", supervising.publish_supervision) == "items_open"
    after.takes("recorder", following.hand_item, item_id=item_id, day=day(room))
    assert after.refused("supervisor", supervising.publish_supervision) == "items_open"
    after.takes("recorder", following.finish_item, item_id=item_id, text="建好了")
    assert after.refused("recorder", supervising.write_supervision, fields=B4) == "not_your_role"
    after.takes("supervisor", supervising.write_supervision, fields={"progress": "建好了", "problems": " "})
    assert after.refused("supervisor", supervising.publish_supervision) == "supervision_incomplete"
    after.takes("supervisor", supervising.write_supervision, fields=B4)
    after.takes("supervisor", supervising.publish_supervision)
    assert after.topic.stage == "archive"
    room.deliver()
    paper = after.documents("b4")[0]
    assert paper.published_at is not None and paper.facts["money"] == "无"
    assert paper.facts["items"][0]["implementer"] == "物业公司" and len(paper.facts["items"][0]["notes"]) == 2
    assert {"supervision_published", "paper_posted"} <= {kind for kind, chat, _ in room.sent if chat == GROUP}


def test_b4_starts_from_what_was_reported(room: Room) -> None:
    after = After(room).told()
    item_id = after.items()[0].id
    after.takes("recorder", following.hand_item, item_id=item_id, day=day(room))
    after.takes("recorder", following.report_progress, item_id=item_id, text="地基打好了")

    def prepared() -> dict[str, Any]:
        actor = room.actor("supervisor")
        return room.read(lambda uow: supervising.prepared(uow, actor=actor, topic_id=room.topic_id, now=room.instant))

    assert "地基打好了" in prepared()["progress"]
    after.takes("supervisor", supervising.write_supervision, fields={"progress": "我写的"})
    assert prepared() == {"progress": "我写的"}
    row = room.read(lambda uow: uow.first(Supervision))
    assert row is not None and row.fields == {"progress": "我写的"}


def test_the_journal_of_the_follow_up_holds_no_words(room: Room) -> None:
    after = After(room).carried_out()
    written = after.journal()
    for kind in ("follow_up_begun", "item_receipt", "item_done", "supervision_written", "supervision_published"):
        assert f'"kind":"{kind}"' in written
    assert not any("\u4e00" <= character <= "\u9fff" for character in written)
