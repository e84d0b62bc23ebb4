"""The forms about a challenge of a vote: raised by a stakeholder, answered by the supervisor (our rule)."""

from collections.abc import Sequence
from typing import Any, Final

from aiogram_dialog import DialogManager

from bot.views.lines import motion_name
from bot.views.words import Own, Words
from dialogs.following.parts import chosen, may, typed
from dialogs.form import Choices, Form
from dialogs.sheet import open_sheet
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Question, Sheet
from procedure.challenge import TEXT_LIMIT, About
from services import challenging

__all__ = ["SHEETS", "open_challenging"]


async def _known(form: Form) -> dict[str, Any]:
    found: dict[str, Any] = await form.read(challenging.choices, topic_id=form.subject_id)
    return found


async def _votes(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [(str(one["id"]), str(motion_name(plain, one))) for one in (await _known(form))["votes"]]


async def _waiting(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    found = (await _known(form))["challenges"]
    return [(str(one["id"]), _line(plain, one)) for one in found]


def _line(plain: Words, one: dict[str, Any]) -> str:
    about = Own(f"{plain.people(one['label'])} {plain.of('challenge_about', one['about'])}")
    return plain("who-says", who=about, text=one["text"])


_ABOUT_OPTIONS: Final = terms("challenge_about", tuple(About))
_ABOUT: Final = Question(
    "about", "challenge-ask-about", "challenge-ask-about-title", options=_ABOUT_OPTIONS, shown=picked(_ABOUT_OPTIONS)
)
_UPHELD_OPTIONS: Final = terms("challenge_upheld", ("yes", "no"))
_UPHELD: Final = Question(
    "upheld",
    "challenge-ask-upheld",
    "challenge-ask-upheld-title",
    options=_UPHELD_OPTIONS,
    shown=picked(_UPHELD_OPTIONS),
)


async def _challenging(form: Form) -> Sequence[Question]:
    """Which vote is asked only where there is more than one."""
    several = len((await _known(form))["votes"]) > 1
    which = (chosen("motion", "challenge-ask-motion", _votes),) if several else ()
    return (*which, _ABOUT, typed("text", "challenge-ask-text", TEXT_LIMIT))


async def _challenge(form: Form) -> None:
    found = (await _known(form))["votes"]
    motion = form.fields.get("motion") or (found[0]["id"] if found else 0)
    facts = {"motion_id": int(motion), "about": form.fields["about"], "text": form.fields["text"]}
    await form.submit(challenging.challenge_vote, **facts)


async def _answering(form: Form) -> Sequence[Question]:
    return (
        chosen("challenge", "challenge-ask-which", _waiting),
        _UPHELD,
        typed("answer", "challenge-ask-answer", TEXT_LIMIT),
    )


async def _answer(form: Form) -> None:
    fields = form.fields
    facts = {"challenge_id": int(fields["challenge"]), "upheld": fields["upheld"] == "yes", "answer": fields["answer"]}
    await form.submit(challenging.answer_challenge, **facts)


SHEETS: Final = (
    Sheet("challenge_vote", _challenging, _challenge, begin=may),
    Sheet("answer_challenge", _answering, _answer, begin=may),
)


async def open_challenging(manager: DialogManager, *, meeting_id: int) -> None:
    """From the board of this meeting. Raises RuleBroken no_such_meeting, and for whoever may not challenge now."""
    data = manager.middleware_data
    topic_id = await data["read"](challenging.topic_of, actor=data["actor"], meeting_id=meeting_id)
    await open_sheet(manager, "challenge_vote", topic_id=topic_id)
