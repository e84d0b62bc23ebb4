"""What the draft of quotations and the list of speeches show."""

from dataclasses import dataclass
from typing import Final

from bot.views import quoting as lines
from bot.views.words import Own
from dialogs.form import NARROW, Choices, Form
from services import quoting
from services.quoting import Spoken
from services.text.summary import Quotation

USE: Final = "use"
ALL: Final = "all"
NONE: Final = "none"
AGAIN: Final = "again"
SPEECHES: Final = "speeches"
NEWER: Final = NARROW + "newer"
OLDER: Final = NARROW + "older"
PICK: Final = NARROW + "pick-"


@dataclass(frozen=True, slots=True)
class Offer:
    """The sentences of a draft that are still there, by number from 0, and which of them are taken."""

    versions: dict[int, Spoken]
    places: list[Quotation]
    taken: list[bool]


def pick(place: Quotation) -> str:
    """The choice that takes or leaves a sentence, the same whatever else is shown."""
    return f"{PICK}{place.key}.{place.start}"


async def offer(form: Form) -> Offer:
    """The draft as it stands; what was erased since is left out."""
    found = await form.read(quoting.spoken, meeting_id=form.meeting_id)
    versions = {one.key: one for one in found}
    drawn = [Quotation(*place) for place in form.fields.get("quotations") or []]
    places = [place for place in drawn if place.key in versions and versions[place.key].text]
    chosen = {tuple(place) for place in form.fields.get("taken") or []}
    return Offer(versions, places, [place in chosen for place in places])


async def draft(form: Form) -> tuple[list[Own], Choices]:
    """Keywords, then side by side the sentences, each with a button that takes it or leaves it."""
    say, plain = form.say, form.say.plain()
    here = await offer(form)
    if form.fields.get("quotations") is None:
        ways = [(AGAIN, str(plain("quote-again"))), (SPEECHES, str(plain("quote-speeches")))]
        return [say("quote-not-ready")], ways
    blocks, numbers = _blocks(form, here)
    pages = lines.paged(blocks)
    page = min(int(form.fields.get("page") or 0), len(pages) - 1)
    body = [say("quote-head"), *_keywords(form, here), Own(""), *(blocks[block] for block in pages[page])]
    shown = [number for block in pages[page] if (number := numbers[block]) is not None]
    picks = [(pick(here.places[number]), f"{lines.MARKS[here.taken[number]]} {number + 1}") for number in shown]
    return [*body, *lines.page_line(say, page, len(pages))], [
        *picks,
        *_turns(form, page, len(pages)),
        *_ways(form, here),
    ]


def _keywords(form: Form, here: Offer) -> list[Own]:
    found = []
    for key, start, end, people in form.fields.get("keywords") or []:
        if key in here.versions and (text := here.versions[key].text):
            found.append((text[start:end], people))
    return [lines.keyword_line(form.say, found)] if found else []


def _blocks(form: Form, here: Offer) -> tuple[list[Own], list[int | None]]:
    """Heads and sentences in order, and which sentence each is."""
    blocks: list[Own] = []
    numbers: list[int | None] = []
    for side, listed in lines.by_side(here.places, here.versions).items():
        speakers = {one.person_id for one in here.versions.values() if one.side == side}
        for head in lines.side_head(form.say, side, len(speakers), quoted=bool(listed)):
            blocks.append(head)
            numbers.append(None)
        for number in listed:
            place = here.places[number]
            one = here.versions[place.key]
            blocks.append(lines.quotation_line(form.say, number + 1, one, place, taken=here.taken[number]))
            numbers.append(number)
    return blocks, numbers


def _turns(form: Form, page: int, pages: int) -> Choices:
    plain = form.say.plain()
    newer = [(NEWER, str(plain("quote-newer")))] if page > 0 else []
    return newer + ([(OLDER, str(plain("quote-older")))] if page < pages - 1 else [])


def _ways(form: Form, here: Offer) -> Choices:
    plain, count = form.say.plain(), sum(here.taken)
    found = [(USE, str(plain("quote-use", count=count)))] if count else []
    if here.places:
        found.append((NONE, str(plain("quote-none"))) if all(here.taken) else (ALL, str(plain("quote-all"))))
    return [*found, (SPEECHES, str(plain("quote-speeches")))]


async def speeches(form: Form) -> tuple[list[Own], Choices]:
    """Every message of every turn, in order."""
    say = form.say
    found = await form.read(quoting.spoken, meeting_id=form.meeting_id)
    blocks = [lines.speech_line(say, one) for one in found] or [say("quote-speeches-none")]
    pages = lines.paged(blocks)
    page = min(int(form.fields.get("reading") or 0), len(pages) - 1)
    body = [say("quote-speeches-head"), Own(""), *(blocks[block] for block in pages[page])]
    return [*body, *lines.page_line(say, page, len(pages))], _turns(form, page, len(pages))
