"""What a sheet's two windows show: the open question with its choices, and the whole before it is sent."""

from typing import Any

from bot.views.rendered import clipped
from bot.views.rows import width
from bot.views.words import Own, Words
from dialogs.form import CHANGE, NARROW, Choices
from dialogs.sheet.filler import FILTER, PAGE, PAGE_SIZE, SEARCH, Filler
from dialogs.sheet.questions import Question

ANSWER_SHOWN = 300
BUTTON_SHOWN = 40
WIDEST = 18
"""In Chinese characters."""


async def asked(filler: Filler, question: Question) -> tuple[list[Own], Choices]:
    """The question, where one stands, the answer given before, and what can be tapped."""
    form, say = filler.form, filler.form.say
    number = filler.questions.index(question)
    lines = [say("sheet-step", number=number + 1, of=len(filler.questions))] if len(filler.questions) > 1 else []
    lines.append(say(question.key, **question.facts))
    if question.hint is not None:
        lines += await question.hint(form)
    before = form.fields.get(question.name)
    if before and not question.many:
        lines += [Own(""), say("sheet-now", answer=say.long(await question.shown(form, before), ANSWER_SHOWN))]
    choices: Choices = []
    if question.options is not None:
        more, choices = await _choices(filler, question)
        lines += more
    plain = say.plain()
    if question.many:
        chosen = form.fields.get(question.name) or []
        choices.append(("~done", str(plain("sheet-done", count=len(chosen)))))
    if question.optional and not question.many:
        choices.append(("~skip", str(plain("sheet-skip"))))
    if question.leave:
        choices.append(("~leave", str(plain(question.leave))))
    return lines, [(f"{number}.{value}", words) for value, words in choices]


async def _choices(filler: Filler, question: Question) -> tuple[list[Own], Choices]:
    form, plain = filler.form, filler.form.say.plain()
    first = await filler.foremost(question)
    if first:
        shown = [(value, clipped(words, BUTTON_SHOWN)) for value, words in first]
        return [], [*shown, ("~more", str(plain("sheet-others")))]
    listed = await filler.listed(question)
    chosen = form.fields.get(question.name) or [] if question.many else []
    pages = max(1, -(-len(listed) // PAGE_SIZE))
    page = min(int(filler.seen.get(PAGE, 0)), pages - 1)
    shown = listed[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    rows: Choices = await _filters(filler, question, plain)
    rows += [
        (value, str(plain("rules-chosen", choice=Own(words))) if value in chosen else clipped(words, BUTTON_SHOWN))
        for value, words in shown
    ]
    if question.many and len(listed) > 1:
        rows.append(("~all", str(plain("sheet-all", count=len(listed)))))
    rows += [("~prev", str(plain("sheet-prev")))] if page else []
    rows += [("~next", str(plain("sheet-next")))] if page + 1 < pages else []
    lines = _whole(form.say, shown)
    if pages > 1:
        where = {"page": page + 1, "pages": pages, "count": len(listed)}
        lines.append(form.say("sheet-pages", **where) if question.limit else form.say("sheet-page", **where))
    if filler.seen.get(SEARCH):
        found = {"words": str(filler.seen[SEARCH]), "count": len(listed)}
        lines.append(
            form.say("sheet-search", **found) if listed else form.say("sheet-found-none", words=found["words"])
        )
    return lines, rows


def _whole(say: Words, shown: Choices) -> list[Own]:
    """Choices that a phone's button cuts off, in full above the buttons."""
    if all(width(words) <= WIDEST for _, words in shown):
        return []
    return [Own(""), *(say("sheet-choice", choice=say.people(words, ANSWER_SHOWN)) for _, words in shown)]


async def _filters(filler: Filler, question: Question, plain: Words) -> Choices:
    now = str(filler.seen.get(FILTER, ""))
    narrowed = bool(now or filler.seen.get(SEARCH))
    offered = await question.filters(filler.form, "") if question.filters is not None else []
    rows = [
        (f"{NARROW}{value}", str(plain("sheet-filter", words=Own(words)))) for value, words in offered if value != now
    ]
    return rows + ([(NARROW, str(plain("sheet-unfilter")))] if narrowed else [])


async def reviewed(filler: Filler) -> tuple[list[Own], Choices]:
    """Every answer under its title, a button to change each, and the one that sends."""
    form, say = filler.form, filler.form.say
    plain = say.plain()
    lines = [say("sheet-review")]
    for question in filler.questions:
        lines.append(say("sheet-answer", title=say(question.title), answer=await _answer(filler, question)))
    if filler.sheet.note is not None:
        lines += [Own(""), *await filler.sheet.note(form)]
    offers = await filler.sheet.offers(form) if filler.sheet.offers is not None else []
    choices = [(f".{value}", words) for value, words in offers]
    choices.append((".~send", str(plain("form-send-anyway" if offers else "form-send"))))
    choices += [
        (f".{CHANGE}{question.name}", str(plain("sheet-edit", title=plain(question.title))))
        for question in filler.questions
    ]
    return lines, choices


async def _answer(filler: Filler, question: Question) -> Own:
    say = filler.form.say
    value: Any = filler.form.fields.get(question.name)
    if value in ("", None, []):
        return say("sheet-none")
    return say.long(await question.shown(filler.form, value), ANSWER_SHOWN)
