"""The recorder's forms about the room on the phone: fast to type, forgiving, and never sent for another call."""

import pytest

from bot.views.codec import pack
from bot.views.rendered import Rendered
from storage.tables import RoomBatch
from tests.dialogs.phone import Phone
from tests.services import hybrid
from tests.services.room import Room


async def opens(room: Room, who: str, action: str) -> Phone:
    """A button of the console, genuine or forged."""
    phone = Phone(room, who)
    await taps(phone, action)
    return phone


async def taps(phone: Phone, action: str) -> None:
    """The button on a newer console."""
    phone.receives(Rendered("…"))
    await phone.sends(pack("room_form", phone.room.id, action), phone.screen.id)


async def test_seats_are_typed_and_what_is_not_understood_loses_nothing(room: Room) -> None:
    hybrid.to_room(room)
    phone = await opens(room, "recorder", "room_check_in")
    await phone.types("20 = 9-999")
    assert "名单里没有" in phone.screen.text and "谁坐几号" in phone.screen.text
    await phone.types("20 = 1-102\n12 = 空")
    assert "1-102" in phone.screen.text and "12 号" in phone.screen.text
    await phone.taps("发出去")
    assert "现场现在 4 人" in phone.screen.text


async def test_people_are_picked_and_get_the_next_seats(room: Room) -> None:
    hybrid.to_room(room)
    phone = await opens(room, "recorder", "room_check_in")
    await phone.taps("从名单里点人")
    await phone.types("1-10")
    await phone.taps("1-102")
    await phone.taps("选好了")
    assert "1 号" in phone.screen.text
    await phone.taps("发出去")
    assert "现场现在 5 人" in phone.screen.text


async def test_a_form_for_one_call_is_not_sent_into_the_next(room: Room) -> None:
    hybrid.to_call(room)
    phone = await opens(room, "recorder", "enter_hands")
    await phone.types("3、99")
    assert "99 号没有人坐" in phone.screen.text
    await phone.types("3 4")
    assert "一共 2 位" in phone.screen.text and "2-302" in phone.screen.text
    hybrid.closes(room)
    await phone.taps("发出去")
    assert "现在请的是反对" in phone.screen.text
    assert room.read(lambda uow: uow.count(RoomBatch)) == 0
    await taps(phone, "enter_hands")
    assert "哪些座位举手了" in phone.screen.text


@pytest.mark.parametrize("action", ["room_check_in", "raise_room_hand", "write_room_speech", "enter_hands", "adjourn"])
async def test_nobody_but_the_recorder_opens_them(room: Room, action: str) -> None:
    hybrid.to_call(room)
    phone = await opens(room, "r101", action)
    assert phone.log.toasts[-1] and "座位" not in phone.screen.text
    assert room.read(lambda uow: uow.count(RoomBatch)) == 0
