"""Text as Telegram keeps it: HTML read into entities with UTF-16 offsets, and links, names and commands found in it."""

import re
from dataclasses import dataclass
from html import unescape

from bot.sandbox.errors import Refused, bad
from bot.sandbox.model import Wire

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
}
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)?((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
REFERENCE = re.compile(r"&(#[0-9]+|#x[0-9a-fA-F]+|lt|gt|amp|quot);")
FOUND = (
    ("url", re.compile(r"https?://[!#-;=?-~]*[\w/#=&%+~-]", re.ASCII)),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+\.[\w.-]+\w", re.ASCII)),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}\b", re.ASCII)),
    ("hashtag", re.compile(r"(?<![\w#])#\w+")),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/])", re.ASCII)),
)
SILENT = ("code", "pre", "text_link", "text_mention")


@dataclass
class _Open:
    tag: str
    byte: int
    start: int
    entity: Wire | None


def units(text: str) -> int:
    """Length in UTF-16 code units, Telegram's measure."""
    return len(text.encode("utf-16-le")) // 2


def parse(text: str, mode: str | None, entities: list[Wire] | None) -> tuple[str, list[Wire]]:
    """The plain text and its entities, white space at the ends trimmed.

    Raises Refused (400) in Telegram's words for unreadable markup and for a parse mode the sandbox does not know.
    """
    given = list(entities or [])
    if mode:
        if mode.lower() != "html":
            known = mode.lower() in ("markdown", "markdownv2")
            raise bad(f"the sandbox does not parse {mode}" if known else "unsupported parse_mode")
        text, given = _Html(text).read()
    return _trim(text, [*given, *_find(text, given)])


def _trim(text: str, entities: list[Wire]) -> tuple[str, list[Wire]]:
    body = text.rstrip()
    stripped = body.lstrip()
    lead, total = units(body) - units(stripped), units(stripped)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, total)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return stripped, kept


def _find(text: str, given: list[Wire]) -> list[Wire]:
    taken = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in SILENT]
    found = []
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            start = units(text[: match.start()])
            end = start + units(match.group())
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            taken.append((start, end))
            found.append({"type": kind, "offset": start, "length": end - start})
    return found


class _Html:
    """One reading of one HTML text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Wire] = []

    def read(self) -> tuple[str, list[Wire]]:
        position = 0
        while (start := self._source.find("<", position)) >= 0:
            self._say(self._source[position:start])
            match = TAG.match(self._source, start)
            if match is None:
                raise self._wrong("Unclosed start tag", start)
            if match[1]:
                self._close(match[2] or "", start)
            else:
                self._begin(match[2] or "", match[3], start)
            position = match.end()
        self._say(self._source[position:])
        if self._open:
            last = self._open[-1]
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{last.tag}"')
        return "".join(self._parts), [e for e in self._entities if e["length"]]

    def _say(self, raw: str) -> None:
        plain = REFERENCE.sub(lambda match: unescape(match.group()), raw)
        self._parts.append(plain)
        self._length += units(plain)

    def _wrong(self, what: str, position: int) -> Refused:
        return _unreadable(f"{what} at byte offset {self._byte(position)}")

    def _byte(self, position: int) -> int:
        return len(self._source[:position].encode())

    def _begin(self, name: str, rest: str, position: int) -> None:
        tag = name.lower()
        attributes = {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in ATTRIBUTE.finditer(rest)}
        entity = self._entity(tag, attributes)
        if entity is None and tag not in {"span", "a", "tg-emoji"}:
            raise self._wrong(f'Unsupported start tag "{tag}"', position)
        if tag == "span" and entity is None:
            raise self._wrong('Tag "span" must have class "tg-spoiler"', position)
        self._open.append(_Open(tag, self._byte(position), self._length, entity))

    def _entity(self, tag: str, attributes: dict[str, str]) -> Wire | None:
        if tag in SIMPLE:
            return self._code(tag, attributes)
        if tag == "blockquote":
            return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
        if tag == "span" and attributes.get("class") == "tg-spoiler":
            return {"type": "spoiler"}
        if tag == "tg-emoji" and attributes.get("emoji-id"):
            return {"type": "custom_emoji", "custom_emoji_id": attributes["emoji-id"]}
        return _link(attributes.get("href", "")) if tag == "a" else None

    def _code(self, tag: str, attributes: dict[str, str]) -> Wire | None:
        entity: Wire = {"type": SIMPLE[tag]}
        language = attributes.get("class", "").removeprefix("language-")
        outer = self._open[-1] if self._open else None
        if tag == "code" and outer and outer.tag == "pre" and outer.start == self._length and outer.entity:
            if language:
                outer.entity["language"] = language
            return {"type": ""}
        return entity

    def _close(self, name: str, position: int) -> None:
        tag = name.lower()
        if not self._open:
            raise self._wrong("Unexpected end tag", position)
        last = self._open.pop()
        if tag and tag != last.tag:
            found = f'expected "</{last.tag}>", found "</{tag}>"'
            raise _unreadable(f"Unmatched end tag at byte offset {self._byte(position)}, {found}")
        if last.entity and last.entity["type"]:
            self._entities.append({**last.entity, "offset": last.start, "length": self._length - last.start})


def _link(target: str) -> Wire | None:
    match = re.fullmatch(r"tg://user\?id=(\d+)", target)
    if match:
        return {"type": "text_mention", "user_id": int(match[1])}
    return {"type": "text_link", "url": target} if "." in target or "://" in target else None


def _unreadable(what: str) -> Refused:
    return bad(f"can't parse entities: {what}")
