"""Topics like a new one: told to its proposer before it is sent, and to both committees when they look at it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from procedure.proposing import still_tells
from services.act import Actor
from services.case import Case
from services.people import person_of
from services.text.search import word_tokens
from storage import search
from storage.tables import Alike, Community, Topic
from storage.work import UnitOfWork

MOST: Final = 3
COMPARED: Final = 40
"""So many topics with the most of the telling words are compared with a new one as a whole."""
_WORD_LIMIT: Final = 20


def raised_before(
    uow: UnitOfWork, *, actor: Actor, community_id: int, words: Sequence[str], now: datetime
) -> list[dict[str, Any]]:
    """Topics of this community with any of the words, open or lately ended. Raises RuleBroken not_in_community."""
    person_of(uow, actor.account_id or 0, community_id)
    timezone = ZoneInfo(uow.must(Community, community_id).timezone)
    found = search.matching(
        uow,
        account_id=actor.account_id or 0,
        communities=[community_id],
        any_of=[word_tokens(word) for word in words],
        kinds=("topic",),
    )
    topics = (uow.must(Topic, one.topic_id) for one in found[:COMPARED])
    return [
        {
            "topic_id": topic.id,
            "number": topic.number,
            "title": topic.title,
            "reason": topic.reason,
            "stage": topic.stage,
            "outcome": topic.outcome,
            "on": topic.created_at.astimezone(timezone).date().isoformat(),
        }
        for topic in topics
        if still_tells(topic.ended_at, now)
    ]


def keep(case: Case, found: Sequence[dict[str, Any]]) -> None:
    """Note what a proposal was found like; only topics of the same community, each once."""
    for one in {int(one["topic_id"]): one for one in found[:MOST]}.values():
        other = case.uow.get(Topic, int(one["topic_id"]))
        if other is None or other.id is None or other.id == case.id or other.community_id != case.topic.community_id:
            continue
        words = [str(word)[:_WORD_LIMIT] for word in one["words"][:MOST]]
        case.uow.add(Alike(community_id=other.community_id, topic_id=case.id, other_id=other.id, words=words))


def shown(case: Case) -> list[dict[str, Any]]:
    """The topics this one is like, as both committees are shown them."""
    rows = case.uow.all(Alike, topic_id=case.id)
    others = [(row, case.uow.must(Topic, row.other_id)) for row in rows]
    return [
        {"topic_id": other.id, "number": other.number, "title": other.title, "words": row.words}
        for row, other in others
    ]
