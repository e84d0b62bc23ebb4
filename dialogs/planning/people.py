"""Choosing from the roster: many people in one capacity, or one person for a task (5.3.1 b, d)."""

from collections.abc import Callable
from typing import Any, Final

from bot.views.words import Own
from dialogs.form import Choices, Form
from dialogs.planning.parts import chosen
from dialogs.sheet.options import picked
from dialogs.sheet.questions import Question
from procedure.terms import Capacity, Standing
from services import plan_known

Fit = Callable[[dict[str, Any], dict[str, Any]], bool]
"""(person, form's fields) → whether this person may be chosen."""
_BUILDING: Final = "b"
_CATEGORY: Final = "c"


async def roster(form: Form) -> list[dict[str, Any]]:
    """Everybody who can be listed."""
    found: list[dict[str, Any]] = await form.read(plan_known.roster, topic_id=form.subject_id)
    return found


def words(person: dict[str, Any]) -> str:
    """Staff know people by name; the label tells namesakes apart."""
    name, label = str(person["name"]), str(person["label"])
    return label if name in label else f"{label} {name}"


def _groups(people: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Filters by building and by category: (value, words)."""
    found = []
    for letter, column in ((_BUILDING, "building"), (_CATEGORY, "category")):
        known = sorted({str(one[column]) for one in people if one[column]}, key=plan_known.natural)
        found += [(f"{letter}{number}", name) for number, name in enumerate(known)] if len(known) > 1 else []
    return found


async def _filters(form: Form, narrowed: str) -> Choices:
    return _groups(await roster(form))


def _shown(person: dict[str, Any], narrowed: str, groups: dict[str, str]) -> bool:
    column = "building" if narrowed.startswith(_BUILDING) else "category"
    return not narrowed or person[column] == groups.get(narrowed)


def _marked(form: Form, person: dict[str, Any]) -> str:
    """Who joined the topic is marked: it concerns them, the plan decides in which capacity."""
    plain = form.say.plain()
    return str(plain("plan-joined", person=Own(words(person)))) if person["joined"] else words(person)


def listed(capacity: Capacity) -> Question:
    """Everybody who takes part in this capacity, supporters first; whoever is listed in another one is not offered."""

    async def options(form: Form, narrowed: str) -> Choices:
        people = await roster(form)
        groups = dict(_groups(people))
        people.sort(key=lambda one: not one["joined"])
        elsewhere = {who for one in Capacity if one is not capacity for who in form.fields.get(one.value) or []}
        return [
            (str(one["id"]), _marked(form, one))
            for one in people
            if str(one["id"]) not in elsewhere and _shown(one, narrowed, groups)
        ]

    return Question(
        capacity.value,
        f"plan-ask-{capacity.value}",
        f"plan-name-{capacity.value}",
        options=options,
        filters=_filters,
        many=True,
        least=1 if capacity is Capacity.STAKEHOLDER else 0,
        shown=picked(options),
    )


def one_of(name: str, fit: Fit, *, optional: bool = True, first: str = "") -> Question:
    """One person; whoever has the role or post ``first`` is offered before the others."""

    async def options(form: Form, narrowed: str) -> Choices:
        people = [one for one in await roster(form) if fit(one, form.fields)]
        people.sort(key=lambda one: first not in (one["post"], *one["roles"]))
        return [(str(one["id"]), words(one)) for one in people]

    return chosen(name, options, optional=optional)


def may_chair(person: dict[str, Any], fields: dict[str, Any]) -> bool:
    """Whoever supervises does not run the meeting (our rule)."""
    return person["post"] not in (Standing.SUPERVISOR, Standing.RECORDER)


def may_stand_in(person: dict[str, Any], fields: dict[str, Any]) -> bool:
    """The chair's deputy is somebody else."""
    return may_chair(person, fields) and str(person["id"]) != fields.get("chair")


def may_record(person: dict[str, Any], fields: dict[str, Any]) -> bool:
    """The recorder's deputy is neither recorder nor supervisor."""
    return person["post"] not in (Standing.RECORDER, Standing.SUPERVISOR)


def may_supervise(person: dict[str, Any], fields: dict[str, Any]) -> bool:
    """Nobody supervises the committee they sit on, or what they run themselves (our rule)."""
    runs = (fields.get("chair"), fields.get("deputy_chair"), fields.get("deputy_recorder"))
    holds = (Standing.SUPERVISOR, Standing.CONVENER, Standing.RECORDER)
    return Standing.COMMITTEE not in person["roles"] and person["post"] not in holds and str(person["id"]) not in runs


def may_confirm(person: dict[str, Any], fields: dict[str, Any]) -> bool:
    """The second official: the adviser or of the committee, never one who runs, records or supervises (our rule)."""
    official = person["post"] == Standing.ADVISER or Standing.COMMITTEE in person["roles"]
    named = [fields.get(name) for name in ("chair", "deputy_chair", "deputy_recorder", "deputy_supervisor")]
    other = person["post"] in (Standing.RECORDER, Standing.SUPERVISOR) or str(person["id"]) in named
    return official and not other
