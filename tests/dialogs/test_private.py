"""The private chat around the forms: home, pages, language, commands, forged and stale taps."""

import pytest

from bot import views
from bot.views.codec import pack
from services import boards
from storage.tables import Account
from tests.dialogs.phone import Phone
from tests.services.room import ACCOUNTS, Room


async def test_start_opens_a_home_that_fits_the_person(room: Room) -> None:
    chair, resident = Phone(room, "chair"), Phone(room, "r101")
    await chair.types("/start")
    await resident.types("/start")
    assert "居民代表周文，您好" in chair.screen.text and "主持人" in chair.screen.text
    assert "1-101，您好" in resident.screen.text and "张三" not in resident.screen.text
    assert "利益相关方" in resident.screen.text
    assert [button for button in resident.screen.buttons if "要办的事" in button]


async def test_the_console_is_reached_from_home_while_the_meeting_lives(room: Room) -> None:
    room.to_check_in()
    chair = Phone(room, "chair")
    await chair.types("/start")
    await chair.taps("打开看板")
    assert chair.log.toasts == ["看板发在下面"]


async def test_the_board_is_followed_from_home_and_by_its_own_link(room: Room) -> None:
    """A forged link leads nowhere; the way out stands below the board itself."""
    room.to_check_in()
    phone = Phone(room, "r101")
    await phone.types("/start")
    await phone.taps("在这里看进度")
    assert phone.log.toasts == ["进度发在下面，会一直更新"]
    await phone.types(f"/start board-{room.id}")
    for link in ("board-", "board-x", "board-99", "board-9999999999999999999999"):
        before = len(phone.log.messages)
        await phone.types(f"/start {link}")
        assert "没有找到这个会" in phone.screen.text and len(phone.log.messages) == before + 1
    room.deliver()
    facts = room.read(lambda uow: boards.content(uow, board_id=room.sent[-1][2]["board_id"], now=room.now())).facts
    shown = phone.receives(views.render("board", facts, "zh"))
    await phone.taps("不在这里看进度了")
    assert "这里不再更新" in phone.log.toasts[-1] and shown is phone.screen
    assert len(room.kinds("private_board")) == 1, "two ways to the same board: the newest generation is sent"


async def test_a_stranger_learns_how_to_be_entered_and_nothing_else(room: Room) -> None:
    phone = Phone(room, "chair")
    phone.account = 999_999
    phone.user = phone.user.model_copy(update={"id": phone.account})
    for command in ("/start", "/todo", "/topics", "/me"):
        await phone.types(command)
        assert "还没有登记" in phone.screen.text and "充电" not in phone.screen.text
    assert len(phone.screen.buttons) == 2


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/todo", "等您办的事"),
        ("/topics", "充电点"),
        ("/me", "您的登记"),
        ("/help", "怎么用"),
        ("/privacy", "记些什么"),
        ("/language", "Choose a language"),
        ("/cancel", "没有在填的东西"),
        ("随便说说", "没看懂"),
    ],
)
async def test_every_command_answers(room: Room, command: str, words: str) -> None:
    phone = Phone(room, "r101")
    await phone.types(command)
    assert words in phone.screen.text and len(phone.log.messages) == 1


async def test_a_picture_is_answered_in_words(room: Room) -> None:
    phone = Phone(room, "r101")
    await phone.types(None)
    assert "文件和图片" in phone.screen.text


async def test_pages_turn_in_place(room: Room) -> None:
    phone = Phone(room, "r101")
    await phone.types("/start")
    for words, expected in (("要办的事", "等您办的事"), ("回首页", "您好"), ("📚 议题", "充电点"), ("回首页", "您好")):
        await phone.taps(words)
        assert expected in phone.screen.text
    await phone.sends(pack("show", "home"), phone.screen.id)
    assert len(phone.log.messages) == 1, "the same page again is no new message"


async def test_language_is_chosen_by_a_tap_and_holds(room: Room) -> None:
    phone = Phone(room, "r101")
    await phone.types("/language")
    await phone.taps("English")
    assert "English from now on" in phone.screen.text
    await phone.types("/help")
    assert "How it works" in phone.screen.text
    assert room.read(lambda uow: uow.must(Account, ACCOUNTS["r101"]).language) == "en"


@pytest.mark.parametrize(
    "data",
    [
        "nonsense",
        "check_in:x",
        "set_language:zz",
        "show:nowhere",
        "show:",
        "wording_form:x",
        "x\x1dy",
    ],
)
async def test_forged_data_is_answered_and_changes_nothing(room: Room, data: str) -> None:
    phone = Phone(room, "r101")
    await phone.types("/help")
    before = phone.screen.text
    await phone.sends(data, phone.screen.id)
    assert len(phone.log.toasts) == 1 and phone.log.toasts[0]
    assert phone.screen.text == before


async def test_an_open_form_does_not_swallow_commands_or_consoles_taps(room: Room) -> None:
    room.to_wording()
    phone = Phone(room, "recorder")
    shown = phone.bot.add("console", None)
    await phone.sends(pack("wording_form", room.id), shown.id)
    await phone.types("/help")
    assert "怎么用" in phone.screen.text
    await phone.sends(pack("check_in", room.id), shown.id)
    assert "已经签到" in phone.log.toasts[-1]
    await phone.types("装雨棚")
    assert "谁来做" in phone.screen.text, "the form is still open"


async def test_a_form_this_version_no_longer_has_locks_nobody_out(room: Room) -> None:
    room.to_wording()
    phone = Phone(room, "recorder")
    shown = phone.bot.add("console", None)
    await phone.sends(pack("wording_form", room.id), shown.id)
    room.database.write_now(
        lambda uow: uow.raw("UPDATE dialog_state SET data = replace(data, 'Writing:text', 'Gone:gone')")
    )
    await phone.types("装雨棚")
    assert "收起来了" in phone.screen.text
    await phone.types("/start")
    assert "您好" in phone.screen.text


@pytest.mark.parametrize("command", views.ONLY_IN_GROUPS)
async def test_a_command_of_groups_says_where_it_belongs(room: Room, command: str) -> None:
    phone = Phone(room, "r101")
    await phone.types(f"/{command}")
    assert phone.screen.text == f"/{command} 要在居民群里发，私聊里用不上。" and phone.screen.buttons
