"""What the forms of the review share (5.2)."""

from typing import Any

from bot.views.choosing import entry
from bot.views.words import Own
from dialogs import suggesting
from dialogs.form import Choices, Form
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Options, Question
from procedure.catalogue import ANNEX, ITEMS
from procedure.examples import Suggested
from services import course, posts, reviewing
from services.text import TopicReading


async def may(form: Form) -> None:
    """No form opens for nothing."""
    await form.read(course.allowed, topic_id=form.subject_id, action=form.kind)


async def brief(form: Form) -> dict[str, Any]:
    """The topic the form is about."""
    found: dict[str, Any] = await form.read(reviewing.brief, topic_id=form.subject_id)
    return found


async def about(form: Form) -> Own:
    """The line that names the topic."""
    topic = (await brief(form))["topic"]
    return form.say("review-about", number=topic["number"], title=form.say.people(topic["title"], 80))


async def read(form: Form) -> TopicReading | None:
    """What the topic looks like."""
    known = await brief(form)
    return await suggesting.read(form, known["topic"]["title"], known["reason"], known["proposal"])


async def suggested(form: Form) -> Suggested | None:
    """What the form suggests, in codes."""
    return suggesting.suggested(await read(form))


async def like(form: Form) -> list[Own]:
    """The items it is most like."""
    reading = await read(form)
    return suggesting.items(form.say, reading.suggestions) if reading else []


async def warned(form: Form) -> list[Own]:
    """Whether it may be of annex D."""
    return suggesting.warning(form.say, await read(form), "suggest-annex-review")


async def elsewhere(form: Form) -> list[Own]:
    """Whether it may be no matter for a consultation."""
    return suggesting.elsewhere(form.say, await read(form))


async def doubts(form: Form) -> list[Own]:
    """Both of the last."""
    return [*await warned(form), *await elsewhere(form)]


def typed(name: str, *, options: Options | None = None, title: str | None = None) -> Question:
    """A reason in one's own words, or one of those offered."""
    limit = reviewing.REASON_LIMIT
    asks, named = f"review-ask-{name}", f"review-name-{title or name}"
    return Question(name, asks, named, limit=limit, options=options, facts={"limit": limit})


def chosen(name: str, options: Options, *, key: str | None = None) -> Question:
    """One of a list."""
    return Question(name, key or f"review-ask-{name}", f"review-name-{name}", options=options, shown=picked(options))


async def items(form: Form, narrowed: str) -> Choices:
    """Annex C, the proposer's own choice first."""
    plain, mine = form.say.plain(), (await brief(form))["item"]
    return [(code, str(entry(plain, code))) for code in sorted(ITEMS, key=lambda code: code != mine)]


async def first_items(form: Form, narrowed: str) -> Choices:
    """The proposer's own choice and what is suggested; none while nothing is."""
    plain, mine, reading = form.say.plain(), (await brief(form))["item"], await read(form)
    found = [one.code for one in reading.suggestions] if reading else []
    codes = dict.fromkeys([mine, *found] if mine else found) if found else ()
    return [(code, str(entry(plain, code))) for code in codes]


async def annex(form: Form, narrowed: str) -> Choices:
    """Annex D."""
    plain = form.say.plain()
    return [(code, str(entry(plain, code))) for code in ANNEX]


WAYS = terms("way", posts.WAYS)
