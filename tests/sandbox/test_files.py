"""Files and pictures, up and down."""

from base64 import b64encode
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import NEIGHBOUR, OWNER, PNG, TOKEN, Town

TEXT = ("记录.txt", "会议记录".encode(), "text/plain")
PICTURE = ("a.png", PNG, "image/png")


async def _upload(town: Town, method: str, files: dict[str, Any], **data: str) -> httpx.Response:
    return await town.http.post(f"{town.sandbox.api_url}/bot{TOKEN}/{method}", data=data, files=files)


async def _download(town: Town, file_id: str) -> bytes:
    path = (await town.ok("getFile", file_id=file_id))["file_path"]
    return (await town.http.get(f"{town.sandbox.api_url}/file/bot{TOKEN}/{path}")).content


@pytest.mark.parametrize("way", ["named", "attached"])
async def test_a_document_goes_up_and_down(town: Town, way: str) -> None:
    part = {"document": TEXT} if way == "named" else {"part7": TEXT}
    more = {} if way == "named" else {"document": "attach://part7"}
    answer = await _upload(
        town, "sendDocument", part, chat_id=str(OWNER), caption="<i>见</i>", parse_mode="HTML", **more
    )
    message = answer.json()["result"]
    assert (message["document"]["file_name"], message["caption"]) == ("记录.txt", "见")
    assert await _download(town, message["document"]["file_id"]) == TEXT[1]
    shown = (await town.ask("GET", f"/{OWNER}/messages"))[-1]
    assert (await town.http.get(town.sandbox.chat_url + shown["files"][0]["url"])).content == TEXT[1]
    assert (shown["text"], shown["kind"]) == ("见", "document")


async def test_a_stored_file_is_sent_again_by_its_id(town: Town) -> None:
    sent = (await _upload(town, "sendPhoto", {"photo": ("a.png", PNG, "image/png")}, chat_id=str(OWNER))).json()[
        "result"
    ]
    assert [(one["width"], one["height"]) for one in sent["photo"]] == [(4, 3)]
    again = await town.ok("sendPhoto", chat_id=town.group, photo=sent["photo"][-1]["file_id"])
    assert again["photo"] == sent["photo"]
    words = await town.refused("sendDocument", chat_id=OWNER, document=sent["photo"][-1]["file_id"])
    assert words == "Bad Request: type of file mismatch: can't use file of type Photo as Document"


async def test_captions_and_media_are_edited(town: Town) -> None:
    sent = (await _upload(town, "sendPhoto", {"photo": ("a.png", PNG, "image/png")}, chat_id=str(OWNER))).json()[
        "result"
    ]
    target = {"chat_id": OWNER, "message_id": sent["message_id"]}
    assert (await town.ok("editMessageCaption", **target, caption="图"))["caption"] == "图"
    assert "message is not modified" in await town.refused("editMessageCaption", **target, caption="图")
    assert "no text" in await town.refused("editMessageText", **target, text="字")
    media = '{"type":"document","media":"attach://new","caption":"表"}'
    form = {name: str(value) for name, value in target.items()}
    edited = (await _upload(town, "editMessageMedia", {"new": TEXT}, **form, media=media)).json()["result"]
    assert (edited["document"]["file_name"], edited["caption"], "photo" in edited) == ("记录.txt", "表", False)


async def test_a_group_of_pictures_is_one_call_and_several_messages(town: Town) -> None:
    media = '[{"type":"photo","media":"attach://a","caption":"一"},{"type":"photo","media":"attach://b"}]'
    parts = {name: (f"{name}.png", PNG, "image/png") for name in "ab"}
    answer = await _upload(town, "sendMediaGroup", parts, chat_id=str(town.group), media=media)
    first, second = answer.json()["result"]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("一", False)


@pytest.mark.parametrize(
    ("method", "field", "content", "words"),
    [
        ("sendDocument", "document", b"", "file must be non-empty"),
        ("sendPhoto", "photo", b"no picture", "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", "photo", PNG[:16] + (9999).to_bytes(4) + (9).to_bytes(4) + PNG[24:], "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", "photo", PNG + b"\0" * (10 * 2**20), "file is too big"),
    ],
)
async def test_unfit_files_are_refused(town: Town, method: str, field: str, content: bytes, words: str) -> None:
    before = len(town.sandbox.world.files)
    answer = await _upload(town, method, {field: ("a.png", content, "image/png")}, chat_id=str(OWNER))
    assert answer.json()["description"] == f"Bad Request: {words}"
    answer = await _upload(town, method, {field: ("a.png", PNG, "image/png")}, chat_id="424242")
    assert answer.json()["description"] == "Bad Request: chat not found"
    assert len(town.sandbox.world.files) == before


async def test_downloads_stop_at_twenty_megabytes(town: Town) -> None:
    body = {"from": OWNER, "document": b64encode(b"\0" * (20 * 2**20 + 1)).decode(), "name": "大.bin"}
    await town.ask("POST", f"/{OWNER}/messages", body)
    file_id = (await town.updates())[0]["message"]["document"]["file_id"]
    assert await town.refused("getFile", file_id=file_id) == "Bad Request: file is too big"


@pytest.mark.parametrize(("kind", "content"), [("voice", b"OggS"), ("photo", PNG), ("document", b"x")])
async def test_people_send_files(town: Town, kind: str, content: bytes) -> None:
    body = {"from": NEIGHBOUR, kind: b64encode(content).decode(), "duration": 7, "caption": "看"}
    shown = await town.ask("POST", f"/{town.group}/messages", body)
    (update,) = await town.updates()
    given = update["message"][kind][-1] if kind == "photo" else update["message"][kind]
    assert await _download(town, given["file_id"]) == content
    assert (update["message"]["caption"], shown["kind"], given.get("duration", 7)) == ("看", kind, 7)


async def test_people_send_contacts(town: Town) -> None:
    await town.ask("POST", f"/{OWNER}/messages", {"from": OWNER, "contact": {"phone_number": "100", "user_id": OWNER}})
    (update,) = await town.updates()
    assert update["message"]["contact"] == {"first_name": "张三", "phone_number": "100", "user_id": OWNER}


@pytest.mark.parametrize("body", [{"document": "%%"}, {"photo": "eHg="}, {"album": ["eHg="]}, {}, {"text": ""}])
async def test_nonsense_by_people_is_refused(town: Town, body: dict[str, Any]) -> None:
    answer = await town.ask("POST", f"/{OWNER}/messages", {"from": OWNER, **body}, 400)
    assert answer["error"]
    assert await town.updates() == []
