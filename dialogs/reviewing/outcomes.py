"""The joint meeting's review as forms: approval with reasons and posts, rejection, diversion (5.2.1–5.2.3)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.views.choosing import entry
from bot.views.facts import term
from bot.views.words import Own
from dialogs.form import Choices, Form
from dialogs.reviewing.parts import (
    about,
    annex,
    brief,
    chosen,
    doubts,
    elsewhere,
    first_items,
    items,
    like,
    may,
    suggested,
    typed,
    warned,
)
from dialogs.reviewing.people import roster, standings, whom
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Question, Sheet
from procedure.review import advice, pair_advice
from procedure.terms import Post
from services import reviewing

_TESTS: Final = ("a", "b", "c")


async def _preset(form: Form, value: str) -> str:
    """A tapped reason is stored in its words, as a typed one is."""
    plain = form.say.plain()
    if value == "other":
        return str(plain("review-preset-a-other"))
    if value == "item":
        return str(plain("review-preset-a", entry=entry(plain, (await brief(form))["item"])))
    return str(plain.of("review-preset", value)) if value in _PRESETS else value


_PRESETS: Final = ("b-1", "b-2", "b-3", "c-1", "c-2")


async def _why_listed(form: Form, narrowed: str) -> Choices:
    plain, item = form.say.plain(), (await brief(form))["item"]
    mine = [("item", str(plain("review-preset-a", entry=entry(plain, item))))] if item else []
    return [*mine, ("other", str(plain("review-preset-a-other")))]


def _reason(test: str) -> Question:
    listed = terms("review-preset", [one for one in _PRESETS if one.startswith(test)])
    return replace(typed(test, options=_why_listed if test == "a" else listed), read=_preset)


_HOLDERS: Final = tuple(whom(post, post.value) for post in Post)
_LISTED: Final = replace(_reason("a"), hint=doubts)
_ITEM: Final = replace(chosen("item", items), hint=like, first=first_items)
_APPROVAL: Final = (_LISTED, _ITEM, _reason("b"), _reason("c"), *_HOLDERS)


async def _approval(form: Form) -> Sequence[Question]:
    return _APPROVAL


async def _advised(form: Form) -> list[Own]:
    """What 5.2.3 recommends and these four do not meet; never a refusal."""
    say = form.say
    people = {str(one["id"]): one for one in await roster(form)}
    named = {post: int(form.fields[post.value]) for post in Post if form.fields.get(post.value)}
    lines = [
        say("advice-line", post=term(say, "post", post), words=say.of("advice", code))
        for post, person_id in named.items()
        if str(person_id) in people
        for code in advice(post, standings(people[str(person_id)]))
    ]
    twice = (Post.CONVENER, Post.ADVISER)
    lines += [
        say("advice-line", post=term(say, "post", post), words=say.of("advice", code))
        for post, code in zip(twice, ("convener_records", "adviser_supervises"), strict=True)
        if code in pair_advice(named)
    ]
    return [say("advice-head"), *lines] if lines else []


async def _approval_note(form: Form) -> list[Own]:
    known = await brief(form)
    chosen_annex = [form.say("proposal-annex", entry=entry(form.say, known["annex"]))] if known["annex"] else []
    doubtful = await warned(form)
    lines = [await about(form), *chosen_annex, *doubtful, *([Own("")] if doubtful else [])]
    return [*lines, *await _advised(form), form.say("approve-note")]


async def _approve(form: Form) -> None:
    fields = form.fields
    reasons = {test: fields[test] for test in _TESTS}
    holders = {post.value: int(fields[post.value]) for post in Post}
    await form.submit(
        reviewing.approve_topic, item=fields["item"], holders=holders, suggested=await suggested(form), **reasons
    )


_tests = terms("review-test", _TESTS)
_FAILED: Final = Question(
    "failed",
    "review-ask-failed",
    "review-name-failed",
    options=_tests,
    many=True,
    least=1,
    shown=picked(_tests),
    hint=elsewhere,
)


async def _rejection(form: Form) -> Sequence[Question]:
    failed = form.fields.get("failed") or []
    return (_FAILED, *(typed(f"not_{test}", title=test) for test in _TESTS if test in failed))


async def _ending_note(form: Form) -> list[Own]:
    return [await about(form), form.say("end-note")]


async def _reject(form: Form) -> None:
    failed = form.fields["failed"]
    reasons = {test: form.fields[f"not_{test}"] for test in _TESTS if test in failed}
    await form.submit(reviewing.reject_topic, suggested=await suggested(form), **reasons)


async def _diversion(form: Form) -> Sequence[Question]:
    return (replace(chosen("annex", annex), hint=warned), typed("reason"))


async def _divert(form: Form) -> None:
    fields = form.fields
    facts = {"annex": fields["annex"], "reason": fields["reason"], "suggested": await suggested(form)}
    await form.submit(reviewing.divert_topic, **facts)


APPROVE: Final = Sheet("approve_topic", _approval, _approve, begin=may, note=_approval_note)
REJECT: Final = Sheet("reject_topic", _rejection, _reject, begin=may, note=_ending_note)
DIVERT: Final = Sheet("divert_topic", _diversion, _divert, begin=may, note=_ending_note)
