"""Has a neighbour raised this before? Shown before a proposal is sent; it never holds anybody up."""

import asyncio
from typing import Any, Final

from aiogram.types import CallbackQuery, Message

from bot import views
from bot.middlewares import keyboard
from bot.views.facts import listed, term
from bot.views.moments import day
from bot.views.words import Own
from dialogs.form import Choices, Form
from services import alike, course
from services.text.reader import Reader
from services.text.similar import Likeness

SEE: Final = "~see-"
_TITLE_SHOWN: Final = 40
_BUTTON_TITLE: Final = 16


async def found(form: Form) -> list[dict[str, Any]]:
    """The topics most like what is being proposed, each with the words they share; none while there is no reader."""
    reader = form.desk.reader
    if reader is None:
        return []
    if "alike" not in form.known:
        form.known["alike"] = await _look(form, reader)
    shown: list[dict[str, Any]] = form.known["alike"]
    return shown


async def _look(form: Form, reader: Reader) -> list[dict[str, Any]]:
    likeness = Likeness(reader)
    mine = await asyncio.to_thread(likeness.fingerprint, form.fields["title"], form.fields["reason"])
    others = await form.read(alike.raised_before, community_id=form.subject_id, words=mine.telling())

    def nearest() -> list[dict[str, Any]]:
        prints = {place: likeness.fingerprint(one["title"], one["reason"]) for place, one in enumerate(others)}
        return [others[one.key] | {"words": list(one.words)} for one in likeness.nearest(mine, prints)]

    return await asyncio.to_thread(nearest)


async def lines(form: Form) -> list[Own]:
    """What was raised before, how far it has come, and which words say so."""
    say, topics = form.say, await found(form)
    if not topics:
        return []
    told = [say("alike-head", count=len(topics))]
    for one in topics:
        stage = term(say, "topic-outcome" if one["outcome"] else "topic-stage", one["outcome"] or one["stage"])
        told.append(
            say(
                "alike-one",
                number=one["number"],
                title=say.people(one["title"], _TITLE_SHOWN),
                day=day(say, one["on"]),
                stage=stage,
            )
        )
        if one["words"]:
            told.append(say("alike-words", words=listed(say, [say.people(word) for word in one["words"]])))
    return [*told, say("alike-free"), Own("")]


async def offers(form: Form) -> Choices:
    """A look at each of them."""
    plain = form.say.plain()
    return [
        (
            f"{SEE}{one['topic_id']}",
            str(plain("btn-alike", number=one["number"], title=plain.people(one["title"], _BUTTON_TITLE))),
        )
        for one in await found(form)
    ]


async def see(form: Form, choice: str) -> None:
    """The page of a topic that was named, as a message of its own; the form stays as it is."""
    event = form.manager.event
    if not choice.startswith(SEE) or not isinstance(event, CallbackQuery) or not isinstance(event.message, Message):
        return
    named = next((one["topic_id"] for one in await found(form) if choice == f"{SEE}{one['topic_id']}"), None)
    if named is None:
        return
    page = await form.read(course.topic_page, topic_id=named)
    rendered = views.render(page.code, page.facts, form.say.language)
    await event.message.answer(rendered.text, reply_markup=keyboard(rendered.buttons))
