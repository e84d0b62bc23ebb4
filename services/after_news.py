"""What happens after a meeting, told to whoever is concerned with the next step as a button, or posted (5.7–5.9, 6)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from procedure.terms import Post, Standing
from services import papers
from services.case import Case
from services.delivery import enqueue, enqueue_private
from services.pinning import pin_when_delivered
from storage.tables import Document

for _kind in ("result_published", "supervision_published"):
    pin_when_delivered(_kind)


def news(
    case: Case,
    code: str,
    people: Iterable[int | None],
    now: datetime,
    *,
    key: object,
    steps: tuple[str, ...] = (),
    words: str = "",
    **facts: Any,
) -> list[int]:
    """One message of kind after_news to each; ``code`` says which, ``words`` are what somebody wrote.

    Returns who cannot be reached.
    """
    told = case.heading() | {"code": code, "steps": list(steps), "words": words} | facts
    return _to_each(case, "after_news", people, told, f"{code}:{key}", now)


def hand(
    case: Case, kind: str, people: Iterable[int | None], document: Document, now: datetime, **facts: Any
) -> list[int]:
    """Send a paper to each privately. Returns who cannot be reached."""
    told = case.heading() | papers.sent_with(document) | {"kind": document.kind} | facts
    return _to_each(case, kind, people, told, document.id, now)


def _to_each(
    case: Case, kind: str, people: Iterable[int | None], told: dict[str, Any], key: object, now: datetime
) -> list[int]:
    unreached = []
    for who in dict.fromkeys(people):
        if who is None:
            continue
        unique_key = f"{kind}:{case.id}:{key}:{who}"
        if not enqueue_private(case.uow, kind, who, told, unique_key=unique_key, now=now, subject_id=case.id):
            unreached.append(who)
    return unreached


def post(case: Case, kind: str, facts: dict[str, Any], now: datetime, *, key: object, channels: bool = True) -> None:
    """To the meeting's group, and with ``channels`` to the community's channels too."""
    for place in case.places():
        if place.kind == "channel" and not channels:
            continue
        enqueue(
            case.uow,
            kind,
            place.chat_id,
            case.heading() | facts,
            unique_key=f"{kind}:{case.id}:{key}:{place.id}",
            now=now,
            community_id=case.topic.community_id,
            subject_id=case.id,
        )


def post_paper(case: Case, document: Document, now: datetime) -> None:
    """A published paper, to group and channels, byte for byte the same."""
    facts = papers.sent_with(document) | {"kind": document.kind}
    post(case, "paper_posted", facts, now, key=document.id)


def posted(case: Case, code: str, now: datetime, *, key: object, words: str = "", **facts: Any) -> None:
    """One message of kind after_posted to the group."""
    told = {"code": code, "words": words} | facts
    post(case, "after_posted", told, now, key=f"{code}:{key}", channels=False)


def holders(case: Case, post_: Post) -> list[int]:
    """The post's holder and deputy."""
    return [who for deputy in (False, True) if (who := case.holder(post_, deputy=deputy)) is not None]


def supervision(case: Case) -> list[int]:
    """The supervisor, the deputy, and the supervisory committee."""
    return list(dict.fromkeys([*holders(case, Post.SUPERVISOR), *case.with_role(Standing.SUPERVISORY_COMMITTEE)]))


def committee(case: Case) -> list[int]:
    """Everybody of the committee."""
    return case.with_role(Standing.COMMITTEE)


def listed(case: Case) -> list[int]:
    """Everybody the plan lists, and the proposer."""
    return list(dict.fromkeys([*sorted(case.capacities()), case.topic.proposer_id]))
