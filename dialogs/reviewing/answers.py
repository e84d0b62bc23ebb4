"""After the review (5.2.3, 5.2.4): the proposer told without Telegram, a post offered anew, an answer on paper."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from bot.views.facts import term
from bot.views.words import Own
from dialogs.form import Choices, Form
from dialogs.reviewing.parts import WAYS, about, chosen, may, typed
from dialogs.reviewing.people import whom
from dialogs.sheet.options import terms
from dialogs.sheet.questions import Question, Sheet
from services import posts, reviewing, vacating


async def _named(form: Form) -> list[Own]:
    return [await about(form)]


async def _told(form: Form) -> Sequence[Question]:
    return (chosen("way", WAYS, key="review-ask-told_way"),)


async def _note_told(form: Form) -> None:
    await form.submit(reviewing.note_told, way=form.fields["way"])


async def _known(form: Form) -> dict[str, Any]:
    found: dict[str, Any] = await form.read(posts.choices, topic_id=form.subject_id)
    return found


async def _vacant(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [(post, str(term(plain, "post", post))) for post in (await _known(form))["posts"]]


async def _other_post(form: Form, value: str) -> str:
    """Who may supervise is not who may convene: another post asks for its person anew."""
    if value != form.fields.get("post"):
        await form.keep(holder=None)
    return value


_POST: Final = replace(chosen("post", _vacant), read=_other_post)


async def _offering(form: Form) -> Sequence[Question]:
    return (_POST, whom(None, "holder"))


async def _offer(form: Form) -> None:
    await form.submit(posts.offer_post, post=form.fields["post"], holder=int(form.fields["holder"]))


async def _offers(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()

    def said(offer: dict[str, Any]) -> str:
        return str(plain("review-offer", label=offer["label"], post=term(plain, "post", offer["post"])))

    return [(str(offer["holder_id"]), said(offer)) for offer in (await _known(form))["offers"]]


async def _entering(form: Form) -> Sequence[Question]:
    return (chosen("offer", _offers), chosen("accepted", terms("review", ("yes", "no"))), chosen("way", WAYS))


async def _enter(form: Form) -> None:
    fields = form.fields
    await form.submit(
        posts.enter_acceptance,
        holder_id=int(fields["offer"]),
        accepted=fields["accepted"] == "yes",
        way=fields["way"],
    )


async def _held(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    rows = await form.read(vacating.held, topic_id=form.subject_id)
    words = ((row["post"], term(plain, "post", row["post"]), row["label"]) for row in rows)
    return [(post, str(plain("review-offer", label=label, post=name))) for post, name, label in words]


async def _vacating(form: Form) -> Sequence[Question]:
    return (chosen("held", _held), typed("vacate_why"))


async def _vacate(form: Form) -> None:
    await form.submit(vacating.vacate_post, post=form.fields["held"], reason=form.fields["vacate_why"])


NOTE_TOLD: Final = Sheet("note_told", _told, _note_told, begin=may, note=_named)
VACATE: Final = Sheet("vacate_post", _vacating, _vacate, begin=may, note=_named)
OFFER: Final = Sheet("offer_post", _offering, _offer, begin=may, note=_named)
ENTER: Final = Sheet("enter_acceptance", _entering, _enter, begin=may, note=_named)
