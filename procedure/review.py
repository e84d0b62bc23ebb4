"""The joint meeting's review of a topic and the four posts of an approved one (5.2)."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from procedure.catalogue import check_annex
from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Post, Standing


class ReviewOutcome(StrEnum):
    """How a review ends (5.2.2, 5.2.5): only an approved topic gets a plan."""

    APPROVED = "approved"
    REJECTED = "rejected"
    DIVERTED = "diverted"


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the joint meeting says on each test of 5.2.1: a listed in annex C, b of public interest, c lawful,
    reasonable and feasible. An approval says why it is met, a rejection why it is not. None or blank: nothing said.
    """

    a: str | None = None
    b: str | None = None
    c: str | None = None

    @property
    def given(self) -> tuple[str, ...]:
        """The tests with a reason, of a, b, c."""
        return tuple(test for test in ("a", "b", "c") if (getattr(self, test) or "").strip())

    @property
    def missing(self) -> tuple[str, ...]:
        """The tests without a reason, of a, b, c."""
        return tuple(test for test in ("a", "b", "c") if test not in self.given)


def check_review(outcome: ReviewOutcome, reasons: Reasons, annex: str | None = None, reason: str | None = None) -> None:
    """``annex``: the entry of annex D the reviewers found the topic to fall under, ``reason`` why.

    Raises RuleBroken unknown_annex, annex_needed and diversion_reason_needed (5.2.2) for a diversion; annex_diverts
    (5.2.2, with ``annex``) for anything else on a topic of annex D; approval_reasons_missing (5.2.1, with ``missing``)
    and rejection_reason_needed (5.2.1).
    """
    if annex is not None:
        check_annex(annex)
    if outcome is ReviewOutcome.DIVERTED:
        if annex is None:
            raise RuleBroken("annex_needed", "5.2.2")
        if not (reason or "").strip():
            raise RuleBroken("diversion_reason_needed", "5.2.2", annex=annex)
    elif annex is not None:
        raise RuleBroken("annex_diverts", "5.2.2", annex=annex)
    elif outcome is ReviewOutcome.APPROVED and reasons.missing:
        raise RuleBroken("approval_reasons_missing", "5.2.1", missing=reasons.missing)
    elif outcome is ReviewOutcome.REJECTED and not reasons.given:
        raise RuleBroken("rejection_reason_needed", "5.2.1")


_APART: Final = ((Post.CONVENER, Post.SUPERVISOR), (Post.RECORDER, Post.SUPERVISOR))
"""Who supervises the whole course (5.2.3 d) does not run or write it."""


def check_posts(posts: Mapping[Post, int], roles: Mapping[int, AbstractSet[Standing]]) -> None:
    """``posts`` names a person for each post, ``roles`` what each person is in the community.

    Raises RuleBroken post_unfilled (5.2.3, with ``missing``), supervisor_of_committee (our rule, with ``person_id``),
    post_conflict (our rule, with ``first``, ``second``, ``person_id``).
    """
    missing = tuple(post for post in Post if post not in posts)
    if missing:
        raise RuleBroken("post_unfilled", "5.2.3", missing=missing)
    check_together(posts, roles)


def check_together(posts: Mapping[Post, int], roles: Mapping[int, AbstractSet[Standing]]) -> None:
    """The posts that have a person, each with the others. Raises RuleBroken supervisor_of_committee, post_conflict."""
    if Post.SUPERVISOR in posts:
        check_supervisor(posts[Post.SUPERVISOR], roles)
    for first, second in _APART:
        if first in posts and posts[first] == posts.get(second):
            raise RuleBroken("post_conflict", OUR_RULE, first=first, second=second, person_id=posts[first])


def check_supervisor(person_id: int, roles: Mapping[int, AbstractSet[Standing]]) -> None:
    """Nobody supervises the committee they sit on. Raises RuleBroken supervisor_of_committee (our rule)."""
    if Standing.COMMITTEE in roles.get(person_id, frozenset()):
        raise RuleBroken("supervisor_of_committee", OUR_RULE, person_id=person_id)


_BOTH_COMMITTEES: Final = frozenset({Standing.COMMITTEE, Standing.PARTY_BRANCH})

_QUALIFIED: Final = {
    Post.CONVENER: ("convener_unknown_here", _BOTH_COMMITTEES | {Standing.PROPOSER, Standing.RESIDENT}),
    Post.RECORDER: ("recorder_not_staff", _BOTH_COMMITTEES),
    Post.ADVISER: ("adviser_not_official", _BOTH_COMMITTEES),
    Post.SUPERVISOR: ("supervisor_not_supervisory", frozenset({Standing.SUPERVISORY_COMMITTEE})),
}


def advice(post: Post, roles: AbstractSet[Standing]) -> tuple[str, ...]:
    """What 5.2.3 recommends ("宜") and this person does not meet, as codes; never a refusal."""
    code, qualified = _QUALIFIED[post]
    return () if qualified & roles else (code,)


def pair_advice(posts: Mapping[Post, int]) -> tuple[str, ...]:
    """Two posts in one hand that the rules allow and prudence does not, as codes; never a refusal."""
    pairs = (
        ("convener_records", Post.CONVENER, Post.RECORDER),
        ("adviser_supervises", Post.ADVISER, Post.SUPERVISOR),
    )
    return tuple(
        code for code, first, second in pairs if first in posts and second in posts and posts[first] == posts[second]
    )


def all_accepted(answers: Mapping[Post, bool | None]) -> bool:
    """Whether each of the four said yes; None or no entry: no answer yet."""
    return all(answers.get(post) is True for post in Post)
