"""Messages that are nobody's, and buttons below messages that Telegram no longer shows us."""

from typing import Any

import pytest
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, User

from storage.tables import Speech
from tests.dialogs.phone import Phone
from tests.services.room import GROUP, Room

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
CHANNEL = Chat(id=-1002, type="channel", title="公告频道")
TELEGRAM = User(id=777000, is_bot=False, first_name="Telegram")
GROUP_BOT = User(id=1087968824, is_bot=True, first_name="Group", username="GroupAnonymousBot")


async def test_t12_a_linked_channels_posts_come_by_themselves_and_are_nobodys_words(room: Room) -> None:
    room.to_discussion()
    phone, before = Phone(room, "r101"), room.meeting.interruptions
    forwarded: dict[str, Any] = {"group": True, "sender_chat": CHANNEL, "from_user": TELEGRAM}
    await phone.types("赞成", is_automatic_forward=True, **forwarded)
    assert room.read(lambda uow: uow.count(Speech)) == 0
    assert room.meeting.interruptions == before
    await phone.types("赞成", **forwarded)
    assert room.meeting.interruptions == before + 1  # somebody writing as that channel


async def test_t09_words_as_the_group_do_nothing_and_the_click_counts_for_who_clicks(room: Room) -> None:
    room.to_check_in("recorder", "supervisor")
    phone = Phone(room, "chair")
    shown = phone.bot.add("签到", None)
    here = Chat(id=GROUP, type="supergroup", title="议事群")
    await phone.types("签到", group=True, sender_chat=here, from_user=GROUP_BOT)
    assert _present(room, "周文") == 0
    await phone.sends("check_in:1", shown.id, chat=GROUP)
    assert _present(room, "周文") == 1 and "签到" in phone.log.toasts[-1]
    await phone.sends("open_meeting:2", shown.id, chat=GROUP)
    assert room.meeting.state == "check_in"


def _present(room: Room, name: str) -> int:
    sql = "SELECT count(*) FROM check_in c JOIN person p ON p.id = c.person_id WHERE p.name = :name"
    row = room.read(lambda uow: uow.one(sql, {"name": name}))
    return int(row[0]) if row else 0


async def test_t49_a_button_below_a_message_that_cannot_be_seen_works_or_is_answered(room: Room) -> None:
    room.to_check_in("recorder", "supervisor")
    phone = Phone(room, "r101")
    for data, chat in (("check_in:1", GROUP), ("show:topics", phone.account), ("raise_hand:1:0", phone.account)):
        for number in (7, 0):
            place = Chat(id=chat, type="private" if chat > 0 else "supergroup")
            gone = InaccessibleMessage(chat=place, message_id=number, date=0).as_(phone.bot)
            query = CallbackQuery(id="1", from_user=phone.user, chat_instance="1", message=gone, data=data)
            await phone.feed(callback_query=query)
    assert len(phone.log.toasts) == 6 and "签到" in phone.log.toasts[0]
    assert [one for one in phone.log.messages if "议题" in one.text]  # the page came anew, below
    assert room.read(lambda uow: uow.count(Speech, message_id=0)) == 0
