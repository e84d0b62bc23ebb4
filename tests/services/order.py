"""What tests of order on the floor do: words out of turn, strict rules, what the bot may do in the group."""

from typing import Any

import pytest

from services import group_rights
from services.act import SYSTEM
from storage.tables import RulesDraft, Speech
from storage.work import UnitOfWork
from tests.services.room import GROUP, Room

SQLITE = pytest.mark.parametrize("engine", ["sqlite"])
WHO = "r201"
WHY = "请了三次还是插话"


def may(room: Room, *, delete: bool = True, mute: bool = True) -> None:
    """Telegram says what the bot may do in the group."""
    room.door.act_now(group_rights.seen, SYSTEM, None, chat_id=GROUP, may_delete=delete, may_mute=mute)


def strictly(room: Room) -> Room:
    """The adopted rules are strict ones, and the bot has the right."""
    may(room)
    rules_id = room.meeting.rules_id

    def change(uow: UnitOfWork) -> None:
        draft = uow.must(RulesDraft, rules_id)
        draft.settings = draft.settings | {"floor_mode": "strict"}

    room.database.write_now(change)
    return room


def speech_of(room: Room) -> Speech:
    """The last message logged."""
    found = room.read(lambda uow: uow.first(Speech, order="-id", meeting_id=room.id))
    assert found is not None
    return found


def interrupts(room: Room, who: str = WHO, text: str = "我插一句", **more: Any) -> int:
    """Somebody speaks out of turn; the message's row."""
    assert room.says(who, text, **more).code == "interruption"
    return speech_of(room).id or 0
