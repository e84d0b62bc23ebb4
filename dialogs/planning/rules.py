"""The rules of speaking and voting as a form (5.5): it starts filled in, and only lawful values are offered."""

from collections.abc import Sequence
from typing import Any, Final

from bot.views.lines import rules_lines
from bot.views.words import Own
from dialogs import rights
from dialogs.form import Choices, Form
from dialogs.planning.parts import chosen, may, typed
from dialogs.sheet.questions import Question, Sheet
from procedure.legal import MATTERS
from procedure.rules import choices
from procedure.votes import MAJORITY
from services import rules_drafting

_SOURCE_LIMIT: Final = 120
_NEVER: Final = "none"
_OFFERED: Final = choices()
_RATIOS: Final = tuple(_OFFERED.threshold)


async def _minutes(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [(str(one), str(plain("rules-minutes-of", minutes=one))) for one in _OFFERED.minutes]


async def _turns(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [(str(one), str(plain("rules-turns-of", turns=one))) for one in _OFFERED.turns]


async def _closing(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [
        (
            _NEVER if one is None else str(one),
            str(plain("rules-closing-none") if one is None else plain("rules-closing-of", minutes=one)),
        )
        for one in _OFFERED.list_closes_after_minutes
    ]


async def _ratios(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    words = [str(plain("plan-ratio-majority"))]
    for numerator, denominator, above in _RATIOS[1:]:
        sign = plain("ratio-above" if above else "ratio-more")
        words.append(str(plain("plan-ratio-other", sign=sign, numerator=numerator, denominator=denominator)))
    return [(str(number), word) for number, word in enumerate(words)]


async def _floors(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [(one.value, str(plain.of("floor_kept", one.value))) for one in _OFFERED.floor_mode]


_ASKED: Final = (
    chosen("minutes", _minutes),
    chosen("turns", _turns),
    chosen("floor", _floors),
    chosen("closing", _closing),
    chosen("ratio", _ratios),
)


async def _laws(form: Form, narrowed: str) -> Choices:
    """The matters whose law counts otherwise: tapped, they say what the law asks and where the matter goes."""
    return [(code, str(form.say.plain().of("legal-matter", code))) for code in MATTERS]


async def _read_source(form: Form, value: str) -> str:
    await form.read(rules_drafting.check_source, topic_id=form.subject_id, source=value)
    return value


_SOURCE: Final = typed("source", _SOURCE_LIMIT, options=_laws, read=_read_source)


async def _questions(form: Form) -> Sequence[Question]:
    """Another ratio than the majority needs the law it rests on (5.5.3 c)."""
    return _ASKED if form.fields.get("ratio") in (None, "0") else (*_ASKED, _SOURCE)


async def _begin(form: Form) -> None:
    await may(form)
    if form.fields:
        return
    now = await form.read(rules_drafting.present, topic_id=form.subject_id)
    closing, threshold = now["list_closes_after_minutes"], now["threshold"]
    ratio = (threshold["numerator"], threshold["denominator"], threshold["or_above"])
    await form.keep(
        minutes=str(now["minutes"]),
        turns=str(now["turns"]),
        floor=now["floor_mode"],
        closing=_NEVER if closing is None else str(closing),
        ratio=str(_RATIOS.index(ratio)) if ratio in _RATIOS else None,
        source=threshold["source"] if ratio != _RATIOS[0] else None,
    )


def _settings(fields: dict[str, Any]) -> dict[str, Any]:
    numerator, denominator, above = _RATIOS[int(fields["ratio"])]
    majority = fields["ratio"] == "0"
    return {
        "minutes": int(fields["minutes"]),
        "turns": int(fields["turns"]),
        "floor_mode": fields["floor"],
        "list_closes_after_minutes": None if fields["closing"] == _NEVER else int(fields["closing"]),
        "threshold": {
            "numerator": numerator,
            "denominator": denominator,
            "or_above": above,
            "source": MAJORITY.source if majority else fields["source"],
        },
    }


async def _note(form: Form) -> list[Own]:
    """The rules as they will be shown and voted on."""
    return [form.say("plan-rules-read"), *rules_lines(form.say, _settings(form.fields)), form.say.clause("5.5")]


async def _send(form: Form) -> None:
    await rights.looked_at(form, form.fields["floor"], topic_id=form.subject_id)
    await form.submit(rules_drafting.draft_rules, settings=_settings(form.fields))


RULES: Final = Sheet("draft_rules", _questions, _send, begin=_begin, note=_note)
