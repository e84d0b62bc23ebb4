"""What was said, for whoever writes the opinion: the draft of quotations and all speeches, page by page."""

import html
from collections.abc import Sequence
from typing import Final

from bot.views.lines import label
from bot.views.rendered import shown_length
from bot.views.words import Own, Words
from services.quoting import SIDES, Spoken
from services.text.summary import Quotation

QUOTED: Final = 400
SPEECH_SHOWN: Final = 600
PAGE_ROOM: Final = 3000
"""UTF-16 units of a page; head, keywords and a refusal above come to less than what is left of 4096."""
KEYWORD_LIMIT: Final = 12
MARKS: Final = {True: Own("✅"), False: Own("▫️")}


def keyword_line(say: Words, keywords: Sequence[tuple[str, int]]) -> Own:
    """The words of a discussion, each with how many different people used it."""
    shown = [say("quote-keyword", word=say.people(word, KEYWORD_LIMIT), count=count) for word, count in keywords]
    return say("quote-keywords", words=say("list-comma").join(shown))


def side_head(say: Words, side: str, speakers: int, *, quoted: bool) -> list[Own]:
    """How many spoke for a side; nothing for answers nobody gave."""
    if not speakers:
        return [say.of("quote-silent", side)] if say.has(f"quote-silent-{side}") else []
    head = say.of("quote-side", side, count=speakers)
    return [head] if quoted else [head, say("quote-side-none")]


def quotation_line(say: Words, number: int, one: Spoken, place: Quotation, *, taken: bool) -> Own:
    """One sentence as it was written, who said it, and the way to the message."""
    key = "quote-line-addendum" if one.addendum else "quote-line"
    text = say.people((one.text or "")[place.start : place.end], QUOTED)
    who = label(say, one.label)
    return say(key, mark=MARKS[taken], number=number, label=who, turn=one.turn, text=text, link=_link(say, one))


def speech_line(say: Words, one: Spoken) -> Own:
    """A message of a turn, or what was added to it later."""
    text = say("quote-erased") if one.text is None else say.long(one.text, SPEECH_SHOWN) or say("quote-wordless")
    who = label(say, one.label)
    if one.addendum:
        return say("quote-speech-addendum", label=who, text=text, link=_link(say, one))
    side = say.of("quote-of", one.side)
    return say("quote-speech", turn=one.turn, label=who, side=side, text=text, link=_link(say, one))


def by_side(places: Sequence[Quotation], versions: dict[int, Spoken]) -> dict[str, list[int]]:
    """Side → the numbers of its sentences, from 0; sides in the order in which they are shown."""
    return {side: [n for n, place in enumerate(places) if versions[place.key].side == side] for side in SIDES}


def paged(blocks: Sequence[Own]) -> list[list[int]]:
    """Which blocks stand on which page, by number."""
    pages: list[list[int]] = [[]]
    room = PAGE_ROOM
    for number, block in enumerate(blocks):
        length = shown_length(block) + 1
        if pages[-1] and length > room:
            pages.append([])
            room = PAGE_ROOM
        pages[-1].append(number)
        room -= length
    return pages


def page_line(say: Words, page: int, pages: int) -> list[Own]:
    """Which page of how many, when there are several."""
    return [say("quote-page", page=page + 1, pages=pages)] if pages > 1 else []


def _link(say: Words, one: Spoken) -> Own:
    if one.url is None:
        return Own("")
    return Own(f'<a href="{html.escape(one.url)}">{say("quote-look")}</a>')
