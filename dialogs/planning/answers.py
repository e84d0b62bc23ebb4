"""Short forms around a plan: willingness noted, an objection, its answer, a meeting put off (5.3.1 c, 5.3.2, 5.4)."""

from collections.abc import Sequence
from typing import Any, Final

from bot.views.lines import who_says
from dialogs.form import Choices, Form
from dialogs.planning.parts import chosen, may, typed
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Question, Sheet
from services import finalizing, objecting, plan_known, willing
from services.posts import WAYS

_PRESETS: Final = ("1", "2", "3", "4")


async def _undecided(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    found = await form.read(plan_known.undecided, topic_id=form.subject_id)
    return [
        (str(one["id"]), str(plain.of("plan-person", "no" if one["unwilling"] else "open", label=one["label"])))
        for one in found
    ]


_ENTERING: Final = (
    chosen("person", _undecided),
    chosen("willing", terms("plan-willing", ("yes", "no"))),
    chosen("way", terms("way", WAYS)),
)


async def _entering(form: Form) -> Sequence[Question]:
    return _ENTERING


async def _enter(form: Form) -> None:
    fields = form.fields
    person, yes = int(fields["person"]), fields["willing"] == "yes"
    await form.submit(willing.enter_willing, person=person, willing=yes, way=fields["way"])


async def _untold(form: Form, narrowed: str) -> Choices:
    found = await form.read(plan_known.untold, topic_id=form.subject_id)
    return [(str(one["id"]), str(one["label"])) for one in found]


_TELLING: Final = (chosen("told", _untold), chosen("way", terms("way", WAYS)))


async def _telling(form: Form) -> Sequence[Question]:
    return _TELLING


async def _tell(form: Form) -> None:
    await form.submit(willing.record_plan_told, person=int(form.fields["told"]), way=form.fields["way"])


_OBJECTING: Final = (typed("objection", objecting.TEXT_LIMIT),)


async def _objecting(form: Form) -> Sequence[Question]:
    return _OBJECTING


async def _object(form: Form) -> None:
    await form.submit(objecting.object_plan, text=form.fields["objection"])


async def _waiting(form: Form) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await form.read(objecting.waiting, topic_id=form.subject_id)
    return found


async def _objections(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [(str(one["id"]), who_says(plain, one["label"], one["text"])) for one in await _waiting(form)]


_WHICH: Final = chosen("which", _objections)
_answers = terms("plan-answer", ("yes", "no"))


async def _answering(form: Form) -> Sequence[Question]:
    """The objection stands above the question whether it is adopted."""
    one = next((one for one in await _waiting(form) if str(one["id"]) == form.fields.get("which")), None)
    said = {"label": one["label"], "text": form.say.long(one["text"], objecting.TEXT_LIMIT)} if one else {}
    facts = {"label": "", "text": ""} | said
    adopted = Question(
        "adopted", "plan-ask-adopted", "plan-name-adopted", options=_answers, shown=picked(_answers), facts=facts
    )
    return (_WHICH, adopted, typed("answer", objecting.ANSWER_LIMIT))


async def _open_answer(form: Form) -> None:
    """A single objection needs no choosing; one that was answered meanwhile is not kept."""
    await may(form)
    ids = [str(one["id"]) for one in await _waiting(form)]
    if form.fields.get("which") not in ids:
        await form.keep(which=ids[0] if len(ids) == 1 else None)


async def _answer(form: Form) -> None:
    fields = form.fields
    await form.submit(
        objecting.answer_objection,
        objection_id=int(fields["which"]),
        adopted=fields["adopted"] == "yes",
        answer=fields["answer"],
    )


async def _preset(form: Form, value: str) -> str:
    """A tapped reason is stored in its words, as a typed one is."""
    return str(form.say.plain().of("plan-postpone", value)) if value in _PRESETS else value


_POSTPONING: Final = (typed("reason", finalizing.REASON_LIMIT, options=terms("plan-postpone", _PRESETS), read=_preset),)


async def _postponing(form: Form) -> Sequence[Question]:
    return _POSTPONING


async def _postpone(form: Form) -> None:
    await form.submit(finalizing.postpone_meeting, reason=form.fields["reason"])


ENTER: Final = Sheet("enter_willing", _entering, _enter, begin=may)
TELL: Final = Sheet("record_plan_told", _telling, _tell, begin=may)
OBJECT: Final = Sheet("object_plan", _objecting, _object, begin=may)
ANSWER: Final = Sheet("answer_objection", _answering, _answer, begin=_open_answer)
POSTPONE: Final = Sheet("postpone_meeting", _postponing, _postpone, begin=may)
