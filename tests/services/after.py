"""A room in which the meeting is over: the steps about its topic."""

from typing import Any

from procedure.errors import RuleBroken
from services import archiving, following, recording, supervising, telling
from services.act import SYSTEM, Action, Receipt
from services.delivery import unreachable
from storage.tables import Document, FollowItem, JournalEntry, Outbox, Person, Telling, Topic
from tests.services.room import ACCOUNTS, Room
from tests.services.stages import stage

DAY = 86400
UNREACHED = ("r302", "r402", "r601b")
"""Stakeholders who never opened a private chat with the bot."""
B4 = {
    "progress": "充电点建好了",
    "problems": "无",
    "effects": "楼道里不再充电",
    "money_and_labour": "无",
    "supervision": "没有发现违反规定的情况",
}


class After:
    """What people do about the topic once the result is announced."""

    def __init__(
        self, room: Room, in_favour: int = 7, against: int = 3, abstain: int = 2, *, ended: bool = False
    ) -> None:
        """``ended``: the meeting is over already, in another way than by a vote."""
        self.room = room
        if not ended:
            room.to_announced(in_favour, against, abstain)
        room.deliver()

    def takes(self, who: str, action: Action, **facts: Any) -> Receipt:
        """One tap about the topic."""
        actor = self.room.actor(who)
        return self.room.door.act_now(action, actor, f"{actor.arrival}:1", topic_id=self.room.topic_id, **facts)

    def refused(self, who: str, action: Action, **facts: Any) -> str:
        """The code with which this tap is refused."""
        try:
            receipt = self.takes(who, action, **facts)
        except RuleBroken as broken:
            return broken.code
        raise AssertionError(f"{action.__name__} was allowed: {receipt}")

    def passes(self, seconds: float) -> None:
        """Time goes on and everything arrives."""
        self.room.passes(seconds)

    def signed(self) -> "After":
        """The 24 hours are over; the recorder has signed and handed over."""
        _to_signed(self.room)
        return self

    def told(self) -> "After":
        """Everybody knows the result."""
        _to_told(self.room)
        return self

    def carried_out(self) -> "After":
        """Every item received and done, B.4 written and published."""
        _to_carried_out(self.room)
        return self

    def closed(self) -> "After":
        """To the very end."""
        _to_closed(self.room)
        return self

    @property
    def topic(self) -> Topic:
        """The topic's row."""
        return self.room.read(lambda uow: uow.must(Topic, self.room.topic_id))

    def person(self, who: str) -> int:
        """The person behind a key of the cast."""
        found = self.room.read(lambda uow: uow.first(Person, account_id=ACCOUNTS[who]))
        assert found is not None and found.id is not None
        return found.id

    def untold(self) -> list[Telling]:
        """Rows of the result that nobody has been told by."""
        return list(self.room.read(lambda uow: uow.all(Telling, subject="result", delivered_at=None)))

    def items(self) -> list[FollowItem]:
        """The items."""
        return list(self.room.read(lambda uow: uow.all(FollowItem, order="number")))

    def documents(self, kind: str) -> list[Document]:
        """Every version of a paper."""
        return list(self.room.read(lambda uow: uow.all(Document, order="version", kind=kind)))

    def news(self, who: str, code: str) -> list[dict[str, Any]]:
        """Messages of this code that reached a person."""
        return [
            facts
            for kind, chat, facts in self.room.sent
            if (kind, chat) == ("after_news", ACCOUNTS[who]) and facts["code"] == code
        ]

    def heard(self, who: str, kind: str) -> list[dict[str, Any]]:
        """Messages of a kind that reached a person."""
        return [facts for name, chat, facts in self.room.sent if (name, chat) == (kind, ACCOUNTS[who])]

    def blocks(self, who: str, kind: str) -> None:
        """The person's phone refuses the queued message of this kind."""
        row = self.room.read(lambda uow: uow.first(Outbox, kind=kind, chat_id=ACCOUNTS[who], state="queued"))
        assert row is not None
        self.room.door.act_now(unreachable, SYSTEM, None, outbox_id=row.id)

    def journal(self) -> str:
        """Everything the topic's journal says."""
        rows = self.room.read(lambda uow: uow.all(JournalEntry, subject="topic", subject_id=self.room.topic_id))
        return "\n".join(row.entry for row in rows)


@stage
def _to_signed(room: Room) -> Room:
    after = After(room, ended=True)
    after.passes(DAY)
    after.takes("recorder", recording.sign_record)
    after.takes("recorder", recording.hand_record)
    after.room.deliver()
    return room


@stage
def _to_told(room: Room) -> Room:
    after = After(room, ended=True)
    after.signed()
    after.takes("recorder", telling.publish_result)
    after.room.deliver()
    for row in after.untold():
        after.takes("recorder", telling.record_attempt, telling_id=row.id, way="visit", reached=True)
    after.room.deliver()
    return room


@stage
def _to_carried_out(room: Room) -> Room:
    after = After(room, ended=True)
    after.told()
    item = after.items()[0]
    today = after.room.instant.date().isoformat()
    after.takes("recorder", following.hand_item, item_id=item.id, day=today, implementer_id=after.person("property"))
    after.takes("property", following.finish_item, item_id=item.id, text="建好了")
    after.takes("supervisor", supervising.write_supervision, fields=B4)
    after.takes("supervisor", supervising.publish_supervision)
    after.room.deliver()
    return room


@stage
def _to_closed(room: Room) -> Room:
    after = After(room, ended=True)
    after.carried_out()
    after.takes("supervisor", archiving.confirm_archive)
    today = after.room.instant.date().isoformat()
    after.takes("recorder", archiving.note_upload, day=today, proof="平台编号 12")
    after.room.deliver()
    return room
