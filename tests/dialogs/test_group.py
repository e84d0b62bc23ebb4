"""In the group: taps are toasts, typed words are commands or speech, notices of Telegram are nothing."""

from typing import Any

import pytest
from aiogram.types import (
    Chat,
    ChatMemberBanned,
    ChatMemberMember,
    ChatMemberUpdated,
    Message,
    MessageEntity,
    MessageOriginHiddenUser,
    User,
    Voice,
)

from bot.views.codec import pack
from services import hands, turns
from storage.tables import Account, CheckIn, Outbox, Speech
from tests.dialogs.phone import Phone
from tests.services.room import ACCOUNTS, GROUP, Room


def speeches(room: Room) -> list[Speech]:
    """What was logged, in order."""
    return list(room.read(lambda uow: uow.all(Speech, meeting_id=room.id)))


def last_check_in(room: Room) -> str:
    """How the newest check-in was made."""
    found = room.read(lambda uow: uow.first(CheckIn, order="-id"))
    assert found is not None
    return found.via


@pytest.fixture
def speaking(room: Room) -> Room:
    """r101 has the floor."""
    room.to_discussion()
    room.acts("r101", hands.raise_hand, stance="for")
    hand = room.read(lambda uow: uow.one("SELECT id FROM hand"))
    assert hand is not None
    room.acts("chair", turns.grant, hand_id=hand[0])
    room.deliver()
    return room


async def test_a_tap_is_answered_with_a_toast_and_nothing_is_sent(room: Room) -> None:
    room.to_check_in("chair")
    phone = Phone(room, "r101")
    board = phone.bot.add("board", None)
    await phone.sends(pack("check_in", room.id), board.id, chat=GROUP)
    await phone.sends(pack("check_in", room.id), board.id, chat=GROUP)
    assert "已签到" in phone.log.toasts[0] and "已经签到" in phone.log.toasts[1]
    assert phone.log.messages == [board]
    assert last_check_in(room) == "button"


@pytest.mark.parametrize("data", ["wording_form:1", "show:home", "set_language:en", "junk", "check_in:999999999"])
async def test_what_has_no_place_in_a_group_is_answered_calmly(room: Room, data: str) -> None:
    phone = Phone(room, "chair")
    board = phone.bot.add("board", None)
    await phone.sends(data, board.id, chat=GROUP)
    assert "请看最新一条" in phone.log.toasts[0] and phone.log.messages == [board]


async def test_a_stranger_pressing_the_chairs_button_is_refused(room: Room) -> None:
    room.to_check_in()
    phone = Phone(room, "r101")
    board = phone.bot.add("board", None)
    await phone.sends(pack("open_meeting", room.id), board.id, chat=GROUP)
    assert "这一步要由主持人来做（依 5.6.1 b）" in phone.log.toasts[0] and room.meeting.state == "check_in"


async def test_typed_words_check_in_and_sentences_do_not(room: Room) -> None:
    room.to_check_in("chair")
    phone = Phone(room, "r101")
    await phone.types("我想签到", group=True)
    assert room.read(lambda uow: uow.count(CheckIn, meeting_id=room.id)) == 1
    await phone.types(" 签 到。", group=True)
    assert last_check_in(room) == "typed"


async def test_words_of_the_speaker_are_speech_and_others_are_interruptions(speaking: Room) -> None:
    await Phone(speaking, "r101").types("我赞成建在南门", group=True)
    await Phone(speaking, "r201").types("我不同意", group=True)
    speaking.passes(20)
    voice = Voice(file_id="f", file_unique_id="u", duration=7)
    await Phone(speaking, "r101").types(None, group=True, photo=None, voice=voice)
    assert [(one.kind, one.standing) for one in speeches(speaking)] == [
        ("text", "speech"),
        ("text", "interruption"),
        ("voice", "speech"),
    ]


async def test_forwarded_words_and_channels_are_nobodys_speech(speaking: Room) -> None:
    origin = MessageOriginHiddenUser(date=speaking.now(), sender_user_name="x")
    phone = Phone(speaking, "r101")
    await phone.types("转来的话", group=True, forward_origin=origin)
    await phone.types("签到", group=True, sender_chat=Chat(id=-1002, type="channel", title="频道"))
    assert all(one.standing != "speech" for one in speeches(speaking))


async def test_an_edit_is_an_addendum(speaking: Room) -> None:
    phone = Phone(speaking, "r101")
    await phone.types("我赞成", group=True)
    number = speeches(speaking)[0].message_id
    body: dict[str, Any] = {"message_id": number, "chat": Chat(id=GROUP, type="supergroup"), "from_user": phone.user}
    edited = _message(speaking, body | {"text": "我赞成，因为安全"})
    await phone.feed(edited_message=edited)
    assert [one.edit for one in speeches(speaking)] == [0, 1]


def _message(room: Room, body: dict[str, Any]) -> Any:
    return Message(date=room.now(), edit_date=int(room.now().timestamp()), **body)


async def test_notices_of_telegram_are_nothing(speaking: Room) -> None:
    newcomer = User(id=5, is_bot=False, first_name="x")
    await Phone(speaking, "r101").types(None, group=True, photo=None, new_chat_members=[newcomer])
    assert speeches(speaking) == []


@pytest.mark.parametrize("command", ["/status", "/help", "/status@yishiting_bot"])
async def test_status_goes_through_the_outbox(room: Room, command: str) -> None:
    phone = Phone(room, "r101")
    await phone.types(command, group=True)
    queued = room.read(lambda uow: uow.all(Outbox, kind="group_status"))
    assert len(queued) == 1 and phone.log.messages == []


async def test_a_blocked_bot_is_noted_and_taken_back(room: Room) -> None:
    phone = Phone(room, "r101")
    member, blocked = ChatMemberMember(user=phone.user), ChatMemberBanned(user=phone.user, until_date=room.now())
    for old, new, expected in ((member, blocked, False), (blocked, member, True)):
        chat = Chat(id=phone.account, type="private")
        await phone.feed(
            my_chat_member=ChatMemberUpdated(
                chat=chat, from_user=phone.user, date=room.now(), old_chat_member=old, new_chat_member=new
            )
        )
        account = room.read(lambda uow: uow.must(Account, ACCOUNTS["r101"]))
        assert (account.unreachable_at is None) is expected


async def test_comings_and_goings_in_a_group_pass(room: Room) -> None:
    phone = Phone(room, "r101")
    member, gone = ChatMemberMember(user=phone.user), ChatMemberBanned(user=phone.user, until_date=room.now())
    change = ChatMemberUpdated(
        chat=Chat(id=GROUP, type="supergroup"),
        from_user=phone.user,
        date=room.now(),
        old_chat_member=member,
        new_chat_member=gone,
    )
    await phone.feed(my_chat_member=change)
    await phone.feed(chat_member=change)
    assert room.read(lambda uow: uow.must(Account, ACCOUNTS["r101"])).unreachable_at is None


async def test_words_are_left_to_be_read_and_others_words_in_them_are_marked(speaking: Room) -> None:
    phone = Phone(speaking, "r201")
    quote = [MessageEntity(type="blockquote", offset=0, length=6), MessageEntity(type="bold", offset=7, length=2)]
    await phone.types("👍你是蠢货\n这样说不对", group=True, entities=quote)
    await phone.types(None, group=True, caption="你是蠢货", caption_entities=[quote[0]])
    found = speeches(speaking)[-2:]
    assert [(one.civility, one.quoted) for one in found] == [("unread", [[0, 5]]), ("unread", [[0, 4]])]
    assert phone.heard == 2
    edit = {
        "message_id": found[0].message_id,
        "from_user": phone.user,
        "entities": [quote[1]],
        "text": "👍改成自己的话",
    }
    await phone.feed(edited_message=_message(speaking, {"chat": Chat(id=GROUP, type="supergroup")} | edit))
    assert speeches(speaking)[-1].quoted is None and phone.heard == 3
