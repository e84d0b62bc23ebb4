"""Has a neighbour raised this before? Shown before a proposal is sent, to look at or join; nobody is held up."""

import asyncio
from typing import Any, Final

from aiogram.types import CallbackQuery, Message

from bot import views
from bot.middlewares import keyboard
from bot.views.codec import pack
from bot.views.course import support_lines
from bot.views.facts import listed, term
from bot.views.moments import day
from bot.views.rendered import Button
from bot.views.words import Own
from dialogs.form import Choices, Form
from services import alike, course, supporting
from services.text.reader import Reader
from services.text.similar import Likeness

SEE: Final = "~see-"
JOIN: Final = "~join-"
DROP: Final = "~drop"
_TITLE_SHOWN: Final = 40


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

    most = await asyncio.to_thread(nearest)
    known = await form.read(supporting.open_to, topic_ids=[one["topic_id"] for one in most])
    return [one | known[one["topic_id"]] for one in most if one["topic_id"] in known]


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
        told += support_lines(say, {"count": one["count"]})
        if one["joined"]:
            told.append(say("alike-joined"))
    joined = any(one["joined"] for one in topics)
    return [*told, say("alike-choose" if joined else "alike-free"), Own("")]


async def offers(form: Form) -> Choices:
    """A look at each of them, joining what can be joined; who has joined one may let the own proposal be."""
    plain, topics = form.say.plain(), await found(form)
    choices: Choices = []
    if any(one["joined"] for one in topics):
        choices.append((DROP, str(plain("btn-join-drop"))))
    for one in topics:
        choices.append((f"{SEE}{one['topic_id']}", str(plain("btn-alike", number=one["number"]))))
        if one["may"]:
            choices.append((f"{JOIN}{one['topic_id']}", str(plain("btn-join", number=one["number"]))))
    return choices


async def take(form: Form, choice: str) -> None:
    """A look at a topic that was named, joining it, or dropping the own proposal after that.

    Raises what `services.supporting.join_topic` raises.
    """
    for one in await found(form):
        if choice == f"{SEE}{one['topic_id']}":
            await _see(form, one["topic_id"])
        elif choice == f"{JOIN}{one['topic_id']}":
            await form.act(supporting.join_topic, topic_id=one["topic_id"])
            # What is known was read before.
            form.known.pop("alike")
        elif choice == DROP and one["joined"]:
            await _drop(form, one)
            return


async def _drop(form: Form, topic: dict[str, Any]) -> None:
    """Only what was joined lets the own draft go: a stale button deletes nothing."""
    await form.forget()
    say = form.say
    page = Button(say.plain()("btn-topic", number=topic["number"]), pack("topic", topic["topic_id"]))
    await form.leave(say("alike-dropped", number=topic["number"]), page)


async def _see(form: Form, topic_id: int) -> None:
    """The topic's page, as a message of its own; the form stays as it is."""
    event = form.manager.event
    if not isinstance(event, CallbackQuery) or not isinstance(event.message, Message):
        return
    page = await form.read(course.topic_page, topic_id=topic_id)
    rendered = views.render(page.code, page.facts, form.say.language)
    await event.message.answer(rendered.text, reply_markup=keyboard(rendered.buttons))
