"""Files and pictures, sent anew or again by their id."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox import wire
from bot.sandbox.errors import bad
from bot.sandbox.images import measure
from bot.sandbox.methods.base import Call, chat_named, flooded, method, writable
from bot.sandbox.methods.posts import CAPTION, SENDING, caption_of, keyboard_of, publish, reply_of
from bot.sandbox.model import File, Wire
from bot.sandbox.params import Upload

PHOTO_BYTES, FILE_BYTES = 10 * 2**20, 50 * 2**20
PHOTO_SIDES, PHOTO_RATIO = 10_000, 20
RIGHTS = {
    "photo": ("can_send_photos", "photos"),
    "document": ("can_send_documents", "documents"),
    "voice": ("can_send_voice_notes", "voice notes"),
}


@dataclass
class Source:
    """A checked file that may have to be stored yet."""

    kind: str
    file: File | None
    upload: Upload | None
    duration: int = 0

    def stored(self, call: Call) -> File:
        """The file, stored now when it came with this call."""
        if self.file is not None:
            return self.file
        assert self.upload is not None
        new = self.upload
        return call.world.add_file(self.kind, new.name, new.mime, new.content, self.duration)


def source_of(call: Call, kind: str, given: Any, duration: int = 0) -> Source:
    """Find what a parameter means: an upload, `attach://`, or the id of a stored file. Raises Refused (400)."""
    if isinstance(given, str) and given.startswith("attach://"):
        given = call.uploads.get(given.removeprefix("attach://"))
        if given is None:
            raise bad("wrong file identifier/HTTP URL specified")
    if isinstance(given, Upload):
        return Source(kind, None, _sound(kind, given), duration)
    if isinstance(given, str) and given.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    file = call.world.files.get(given) if isinstance(given, str) else None
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad(f"type of file mismatch: can't use file of type {file.kind.title()} as {kind.title()}")
    return Source(kind, file, None)


def _sound(kind: str, upload: Upload) -> Upload:
    size = len(upload.content)
    if not size:
        raise bad("file must be non-empty")
    if size > (PHOTO_BYTES if kind == "photo" else FILE_BYTES):
        raise bad("file is too big")
    if kind == "photo":
        width, height = measure(upload.content)
        if not width or not height:
            raise bad("IMAGE_PROCESS_FAILED")
        if width + height > PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
            raise bad("PHOTO_INVALID_DIMENSIONS")
    return upload


def medium(call: Call, media: Any) -> Source:
    """One InputMedia. Raises Refused (400)."""
    if not isinstance(media, dict):
        raise bad("can't parse InputMedia: expected an Object")
    if media.get("type") not in ("photo", "document"):
        raise bad("can't parse InputMedia: type must be photo or document in the sandbox")
    return source_of(call, media["type"], media.get("media"))


def _send(call: Call, kind: str, duration: int = 0) -> Wire:
    chat = writable(call, chat_named(call), *RIGHTS[kind])
    keyboard, other = keyboard_of(call)
    source = source_of(call, kind, call.args[kind], duration)
    body = caption_of(call) | reply_of(call, chat) | keyboard
    flooded(call, chat)
    return publish(call, chat, wire.media(source.stored(call)) | body, other, counted=False).wire


@method("sendPhoto", **SENDING, **CAPTION, photo="file!", has_spoiler="bool")
def send_photo(call: Call) -> Wire:
    """A picture (PNG, JPEG or GIF)."""
    return _send(call, "photo")


@method("sendDocument", **SENDING, **CAPTION, document="file!", thumbnail="file", disable_content_type_detection="bool")
def send_document(call: Call) -> Wire:
    """A file."""
    return _send(call, "document")


@method("sendVoice", **SENDING, **CAPTION, voice="file!", duration="int")
def send_voice(call: Call) -> Wire:
    """A voice message; `duration` in seconds."""
    return _send(call, "voice", call.get("duration", 0))


GROUP_SENDING = {name: kind for name, kind in SENDING.items() if name != "reply_markup"}


@method("sendMediaGroup", **GROUP_SENDING, media="json!")
def send_media_group(call: Call) -> list[Wire]:
    """Two to ten pictures or files that belong together; one call against the flood limits."""
    media = call.args["media"]
    if not isinstance(media, list) or not 2 <= len(media) <= 10:
        raise bad("group send failed: wrong number of media")
    sources = [medium(call, one) for one in media]
    if len({source.kind for source in sources}) > 1:
        raise bad("documents can't be mixed with other media types")
    chat = writable(call, chat_named(call), *RIGHTS[sources[0].kind])
    captions = [caption_of(call, one) for one in media]
    reply = reply_of(call, chat)
    flooded(call, chat)
    album = {"media_group_id": str(int(call.world.clock.now() * 1000))} | reply
    bodies = [wire.media(source.stored(call)) | text for source, text in zip(sources, captions, strict=True)]
    return [publish(call, chat, album | body, counted=False).wire for body in bodies]
