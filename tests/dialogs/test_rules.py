"""The chair changes the rules by taps and puts them again."""

from bot.views.codec import pack
from procedure.rules import from_json
from storage.tables import RulesDraft
from tests.dialogs.phone import Phone
from tests.services.room import Room


async def opened(phone: Phone) -> Phone:
    """A tap on the console's button."""
    shown = phone.bot.add("console", None)
    await phone.sends(pack("rules_form", phone.room.id), shown.id)
    return phone


def minutes(room: Room) -> int:
    """What would run."""
    rules_id = room.meeting.rules_id
    return from_json(room.read(lambda uow: uow.must(RulesDraft, rules_id).settings)).minutes


async def test_rules_are_changed_before_the_vote(room: Room) -> None:
    chair = await opened(Phone(room.to_rules_vote(), "chair"))
    assert any(button.startswith("✔") and "3 分钟" in button for button in chair.screen.buttons)
    assert not any("再付表决" in button for button in chair.screen.buttons)
    await chair.taps("每次发言 2 分钟")
    await chair.taps("30 分钟后不再收举手")
    await chair.taps("举手不限时")
    await chair.taps("每人 1 次")
    assert "每次 2 分钟，每人 1 次" in chair.screen.text and minutes(room) == 3
    await chair.taps("存下来")
    assert minutes(room) == 2 and "规则改好了" in chair.screen.text


async def test_refused_rules_are_changed_and_put_again(room: Room) -> None:
    room.to_rules_vote()
    room.vote(2, 8, 1)
    chair = await opened(Phone(room, "chair"))
    await chair.taps("每次发言 1 分钟")
    await chair.taps("存下来，再付表决")
    assert minutes(room) == 1 and room.motion.round == 2 and "再付表决" in chair.screen.text


async def test_half_made_changes_are_kept_until_the_form_is_opened_anew(room: Room) -> None:
    chair = await opened(Phone(room.to_rules_vote(), "chair"))
    await chair.taps("每次发言 2 分钟")
    await chair.types("/cancel")
    await opened(chair)
    assert "每次 3 分钟" in chair.screen.text


async def test_rules_that_are_being_voted_on_cannot_be_changed(room: Room) -> None:
    room.to_open()
    chair = await opened(Phone(room, "chair"))
    assert chair.screen.text == "console" and "表决协商规则" in chair.log.toasts[-1]
