"""What people send in several parts or with others' words: albums, quotes, messages by way of a bot."""

from base64 import b64encode
from typing import Any

import pytest
import telegram
from aiogram.types import Update

from tests.sandbox.conftest import BOT, NEIGHBOUR, OWNER, PNG, Town

PHOTO = b64encode(PNG).decode()


async def told(town: Town) -> list[dict[str, Any]]:
    """Updates as both libraries read them."""
    found = await town.updates()
    for update in found:
        Update.model_validate(update)
        assert telegram.Update.de_json(update, None) is not None
    return [update["message"] for update in found]


async def test_an_album_is_several_messages_of_one_group(town: Town) -> None:
    body = {"from": NEIGHBOUR, "album": [PHOTO] * 3, "caption": "南门三张"}
    shown = await town.ask("POST", f"/{town.group}/messages", body)
    parts = await told(town)
    assert len({part["media_group_id"] for part in parts}) == 1 and len(parts) == 3
    assert [part.get("caption") for part in parts] == ["南门三张", None, None]
    assert [part["photo"][-1]["width"] for part in parts] == [4, 4, 4]
    assert len({part["photo"][-1]["file_id"] for part in parts}) == 3
    assert (shown["id"], shown["album"]) == (parts[0]["message_id"], parts[0]["media_group_id"])
    again = {"from": NEIGHBOUR, "album": [PHOTO] * 2}
    await town.ask("POST", f"/{town.group}/messages", again)
    assert (await told(town))[0]["media_group_id"] != parts[0]["media_group_id"]


@pytest.mark.parametrize("album", [[], [PHOTO], [PHOTO] * 11, [PHOTO, "eHg="], [PHOTO, None], PHOTO, {"a": PHOTO}])
async def test_what_is_no_album_is_refused_whole(town: Town, album: Any) -> None:
    before = len(town.sandbox.world.files)
    answer = await town.ask("POST", f"/{town.group}/messages", {"from": NEIGHBOUR, "album": album}, 400)
    assert answer["error"] and await town.updates() == []
    assert len(town.sandbox.world.files) == before


async def test_a_quote_comes_beside_the_words_of_the_reply(town: Town) -> None:
    said = (await town.say(OWNER, "👍我不同意，太吵", town.group))["id"]
    shown = await town.say(NEIGHBOUR, "我同意", town.group, reply_to=said, quote="我不同意")
    reply = (await told(town))[-1]
    assert (reply["text"], reply["quote"]) == ("我同意", {"text": "我不同意", "position": 2, "is_manual": True})
    assert (reply["reply_to_message"]["message_id"], shown["quote"]) == (said, "我不同意")


@pytest.mark.parametrize("quote", ["没说过的话", "", 7])
async def test_a_quote_of_what_nobody_said_is_refused(town: Town, quote: Any) -> None:
    said = (await town.say(OWNER, "太吵", town.group))["id"]
    assert (await town.say(NEIGHBOUR, "好", town.group, 400, reply_to=said, quote=quote))["error"]


async def test_a_message_by_way_of_a_bot_names_it(town: Town) -> None:
    await town.say(NEIGHBOUR, "机器人替我写的", town.group, via_bot=BOT)
    assert (await told(town))[-1]["via_bot"]["id"] == BOT
    assert (await town.say(NEIGHBOUR, "不是机器人", town.group, 404, via_bot=OWNER))["error"]
