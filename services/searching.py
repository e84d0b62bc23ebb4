"""Looking for words and dates in what was written in one's own communities (topics, notices, minutes, opinions)."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain, combinations
from typing import Any, Final
from zoneinfo import ZoneInfo

from procedure.errors import OUR_RULE, RuleBroken
from services.act import Actor, Receipt
from services.text.search import LONGEST_QUERY, Question, passages, score, word_tokens
from storage import search
from storage.search import Found
from storage.tables import Community, Draft, Person, Topic
from storage.work import UnitOfWork

ON_PAGE: Final = 5
LISTENS: Final = timedelta(minutes=10)
"""So long after somebody looked for something, what they write is looked for, too."""
TELLING: Final = 3
"""So many words, the longest, are looked for one by one when no text has all, or all but one."""
_DRAFT: Final = "search"
_HALF_LIFE: Final = timedelta(days=365)


def ask(uow: UnitOfWork, actor: Actor, *, now: datetime, words: str = "") -> Receipt:
    """Remember what was asked for, so that its pages can be turned; without words: they come next.

    ``asked`` is the number of this question, None for a stranger.
    """
    people = _people(uow, actor)
    if not people:
        return Receipt("asked", {"asked": None})
    person = people[0]
    draft = _draft(uow, actor)
    if draft is None:
        assert person.id is not None
        place = person.community_id
        draft = uow.add(
            Draft(
                community_id=place,
                person_id=person.id,
                kind=_DRAFT,
                subject="community",
                subject_id=place,
                updated_at=now,
            )
        )
    asked = int(draft.fields.get("asked", 0)) + 1
    draft.fields, draft.updated_at = {"asked": asked, "words": words[:LONGEST_QUERY]}, now
    return Receipt("asked", {"asked": asked})


def words_of(uow: UnitOfWork, *, actor: Actor, asked: int, now: datetime) -> str:
    """The words of a question whose pages are turned. Raises RuleBroken search_gone when another was asked since."""
    draft = _draft(uow, actor)
    if draft is None or draft.fields.get("asked") != asked:
        raise RuleBroken("search_gone", OUR_RULE)
    return str(draft.fields["words"])


def listens(uow: UnitOfWork, *, actor: Actor, now: datetime) -> bool:
    """Whether what this person writes now, outside of any form, is to be looked for."""
    draft = _draft(uow, actor)
    return draft is not None and now - draft.updated_at < LISTENS


def forget(uow: UnitOfWork, *, before: datetime) -> None:
    """What somebody looked for is their own affair: nothing is left of it after this."""
    for draft in uow.all(Draft, kind=_DRAFT):
        if draft.updated_at < before:
            uow.orm.delete(draft)


def find(
    uow: UnitOfWork,
    actor: Actor,
    *,
    words: str,
    question: Question,
    now: datetime,
    asked: int | None = None,
    number: int = 1,
) -> Receipt:
    """One page of what was found, the best first. ``words`` as they were typed, ``question`` as they were understood.

    Only in the communities this account is of, and minutes only where it may read record B.3.
    """
    people = _people(uow, actor)
    if not people:
        return Receipt("home", {"person": None})
    ranked = _ranked(_matching(uow, actor, people, question), question, now)
    pages = max(1, -(-len(ranked) // ON_PAGE))
    page = min(max(1, number), pages)
    shown = ranked[(page - 1) * ON_PAGE : page * ON_PAGE]
    return Receipt(
        "found",
        {
            "words": words[:LONGEST_QUERY],
            "asked": asked,
            "count": len(ranked),
            "page": page,
            "pages": pages,
            "hits": [_shown(uow, one, question) for one in shown],
            "understood": bool(question),
        },
    )


def _matching(uow: UnitOfWork, actor: Actor, people: list[Person], question: Question) -> list[Found]:
    """With all the words; where no text has all of them, with all but one; else those with the most."""
    for any_of in alternatives(question):
        found = search.matching(
            uow,
            account_id=actor.account_id or 0,
            communities={person.community_id for person in people},
            any_of=any_of,
        )
        # The tokens of a long word may stand apart; what counts is the word.
        counted = [(sum(word in one.plain for word in question.words), one) for one in found]
        most = max((count for count, _ in counted), default=0)
        if fitting := [one for count, one in counted if count == most and (count or not question.words)]:
            return fitting
    return []


def alternatives(question: Question) -> list[list[tuple[str, ...]]]:
    """What to look for one after another until something is found: each is tokens of which a text must have all."""
    words = [word_tokens(word) for word in question.words]
    telling = sorted(words, key=len, reverse=True)[:TELLING]
    steps = [(words, len(words)), (words, len(words) - 1), (telling, 1)] if len(words) > 1 else [(words, len(words))]
    return [[tuple(chain(*chosen, question.days)) for chosen in combinations(of, size)] for of, size in steps]


def _ranked(found: Iterable[Found], question: Question, now: datetime) -> list[Found]:
    """One text of each kind for each topic, the best; newer ones before older ones that answer as well."""

    def worth(one: Found) -> float:
        age = max(timedelta(0), now - one.at) / _HALF_LIFE
        return score(question.words, one.plain) + math.exp2(-age)

    best: dict[tuple[int, str], Found] = {}
    for one in sorted(found, key=worth, reverse=True):
        best.setdefault((one.topic_id, one.kind), one)
    return list(best.values())


def _shown(uow: UnitOfWork, one: Found, question: Question) -> dict[str, Any]:
    topic = uow.must(Topic, one.topic_id)
    community = uow.must(Community, topic.community_id)
    return {
        "topic_id": topic.id,
        "topic": {"number": topic.number, "title": topic.title},
        "community": community.name,
        "kind": one.kind,
        "on": one.at.astimezone(ZoneInfo(community.timezone)).date().isoformat(),
        "passages": [[passage.text, passage.found] for passage in passages(question.words, one.text, question.days)],
    }


def _people(uow: UnitOfWork, actor: Actor) -> list[Person]:
    return list(uow.all(Person, account_id=actor.account_id, left_at=None)) if actor.account_id else []


def _draft(uow: UnitOfWork, actor: Actor) -> Draft | None:
    people = _people(uow, actor)
    return uow.first(Draft, person_id=people[0].id, kind=_DRAFT) if people else None
