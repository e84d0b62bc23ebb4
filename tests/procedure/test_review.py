"""5.2: reasons for each outcome, annex D, who may hold which post together, advice that never refuses."""

import pytest

from procedure.errors import OUR_RULE, RuleBroken
from procedure.review import (
    Reasons,
    ReviewOutcome,
    advice,
    all_accepted,
    check_posts,
    check_review,
    pair_advice,
)
from procedure.terms import Post, Standing

APPROVED, REJECTED, DIVERTED = ReviewOutcome
WHOLE = Reasons(a="属于车辆停放", b="整幢楼都受影响", c="合法可行")
NONE = Reasons()


@pytest.mark.parametrize(
    ("outcome", "reasons", "annex", "reason"),
    [
        (APPROVED, WHOLE, None, None),
        (REJECTED, Reasons(a="不在目录里"), None, None),
        (REJECTED, Reasons(b="只关一户"), None, None),
        (REJECTED, Reasons(c="不合法"), None, None),
        (REJECTED, WHOLE, None, None),
        (DIVERTED, NONE, "D.h", "涉及筹资"),
        (DIVERTED, WHOLE, "D.a", "属于年度计划"),
    ],
)
def test_lawful_reviews(outcome: ReviewOutcome, reasons: Reasons, annex: str | None, reason: str | None) -> None:
    check_review(outcome, reasons, annex, reason)


@pytest.mark.parametrize(
    ("outcome", "reasons", "annex", "reason", "code", "clause", "facts"),
    [
        (APPROVED, NONE, None, None, "approval_reasons_missing", "5.2.1", {"missing": ("a", "b", "c")}),
        (APPROVED, Reasons(a="是", c="是"), None, None, "approval_reasons_missing", "5.2.1", {"missing": ("b",)}),
        (APPROVED, Reasons("是", "是", " "), None, "有", "approval_reasons_missing", "5.2.1", {"missing": ("c",)}),
        (REJECTED, NONE, None, None, "rejection_reason_needed", "5.2.1", {}),
        (REJECTED, Reasons("", " ", "\n"), None, None, "rejection_reason_needed", "5.2.1", {}),
        (DIVERTED, WHOLE, None, "涉及筹资", "annex_needed", "5.2.2", {}),
        (DIVERTED, WHOLE, "D.h", None, "diversion_reason_needed", "5.2.2", {"annex": "D.h"}),
        (DIVERTED, WHOLE, "D.h", " ", "diversion_reason_needed", "5.2.2", {"annex": "D.h"}),
        (DIVERTED, WHOLE, "D.z", "有", "unknown_annex", "5.2.2", {"annex": "D.z"}),
        (APPROVED, WHOLE, "D.h", None, "annex_diverts", "5.2.2", {"annex": "D.h"}),
        (REJECTED, WHOLE, "D.h", None, "annex_diverts", "5.2.2", {"annex": "D.h"}),
    ],
)
def test_refused_reviews(
    outcome: ReviewOutcome,
    reasons: Reasons,
    annex: str | None,
    reason: str | None,
    code: str,
    clause: str,
    facts: dict[str, object],
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_review(outcome, reasons, annex, reason)
    assert (refusal.value.code, refusal.value.clause, refusal.value.facts) == (code, clause, facts)


POSTS = {Post.CONVENER: 1, Post.RECORDER: 2, Post.ADVISER: 3, Post.SUPERVISOR: 4}
ROLES = {
    1: {Standing.RESIDENT, Standing.PROPOSER},
    2: {Standing.COMMITTEE},
    3: {Standing.PARTY_BRANCH},
    4: {Standing.SUPERVISORY_COMMITTEE},
}


def refusal_of(posts: dict[Post, int]) -> tuple[str, str, dict[str, object]]:
    with pytest.raises(RuleBroken) as refusal:
        check_posts(posts, ROLES)
    return refusal.value.code, refusal.value.clause, refusal.value.facts


@pytest.mark.parametrize(
    "change",
    [
        {},
        {Post.RECORDER: 1},
        {Post.ADVISER: 1},
        {Post.ADVISER: 2},
        {Post.ADVISER: 4},
        {Post.SUPERVISOR: 99},
    ],
)
def test_lawful_posts(change: dict[Post, int]) -> None:
    check_posts({**POSTS, **change}, ROLES)


@pytest.mark.parametrize("post", tuple(Post))
def test_each_of_the_four_posts_is_needed(post: Post) -> None:
    without = {key: person for key, person in POSTS.items() if key is not post}
    assert refusal_of(without) == ("post_unfilled", "5.2.3", {"missing": (post,)})


def test_all_missing_posts_are_told_at_once() -> None:
    assert refusal_of({})[2] == {"missing": tuple(Post)}


def test_the_supervisor_is_not_of_the_committee() -> None:
    posts = {**POSTS, Post.RECORDER: 1, Post.SUPERVISOR: 2}
    assert refusal_of(posts) == ("supervisor_of_committee", OUR_RULE, {"person_id": 2})


@pytest.mark.parametrize("post", [Post.CONVENER, Post.RECORDER])
def test_the_supervisor_neither_convenes_nor_records(post: Post) -> None:
    facts = {"first": post, "second": Post.SUPERVISOR, "person_id": 4}
    assert refusal_of({**POSTS, post: 4}) == ("post_conflict", OUR_RULE, facts)


@pytest.mark.parametrize(
    ("post", "roles", "codes"),
    [
        (Post.CONVENER, {Standing.PROPOSER}, ()),
        (Post.CONVENER, {Standing.RESIDENT}, ()),
        (Post.CONVENER, {Standing.COMMITTEE}, ()),
        (Post.CONVENER, {Standing.PARTY_BRANCH}, ()),
        (Post.CONVENER, set(), ("convener_unknown_here",)),
        (Post.RECORDER, {Standing.COMMITTEE, Standing.RESIDENT}, ()),
        (Post.RECORDER, {Standing.RESIDENT}, ("recorder_not_staff",)),
        (Post.ADVISER, {Standing.PARTY_BRANCH}, ()),
        (Post.ADVISER, {Standing.SUPERVISORY_COMMITTEE}, ("adviser_not_official",)),
        (Post.SUPERVISOR, {Standing.SUPERVISORY_COMMITTEE}, ()),
        (Post.SUPERVISOR, {Standing.RESIDENT}, ("supervisor_not_supervisory",)),
    ],
)
def test_what_5_2_3_recommends(post: Post, roles: set[Standing], codes: tuple[str, ...]) -> None:
    assert advice(post, roles) == codes


def test_posts_better_kept_apart() -> None:
    assert pair_advice(POSTS) == ()
    assert pair_advice({}) == ()
    assert pair_advice({**POSTS, Post.RECORDER: 1, Post.ADVISER: 4}) == ("convener_records", "adviser_supervises")


def test_all_four_accept() -> None:
    assert all_accepted(dict.fromkeys(Post, True))


@pytest.mark.parametrize("answer", [None, False])
@pytest.mark.parametrize("post", tuple(Post))
def test_a_post_without_a_yes(post: Post, answer: bool | None) -> None:
    answers: dict[Post, bool | None] = {**dict.fromkeys(Post, True), post: answer}
    assert not all_accepted(answers)


def test_a_post_nobody_was_asked_for_is_not_accepted() -> None:
    assert not all_accepted({})
    assert not all_accepted({Post.CONVENER: True})
