"""What the forms of the review share (5.2)."""

from typing import Any

from bot.views.proposing import entry
from bot.views.words import Own
from dialogs.form import Choices, Form
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Options, Question
from procedure.catalogue import ANNEX, ITEMS
from services import course, posts, reviewing


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


async def annex(form: Form, narrowed: str) -> Choices:
    """Annex D."""
    plain = form.say.plain()
    return [(code, str(entry(plain, code))) for code in ANNEX]


WAYS = terms("way", posts.WAYS)
