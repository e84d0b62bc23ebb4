"""Facts of the messages about raising, reviewing and staffing a topic."""

from typing import Any

from procedure.review import ReviewOutcome
from procedure.terms import Post
from tests.views.facts import AT, HEADING, NASTY

LONG = NASTY * 20
PLACES = [{"community_id": 10**18, "name": NASTY}]
TOPIC = HEADING | {"topic_id": 10**18}
ABOUT = {
    "proposer": NASTY,
    "proposer_kind": "owners_committee",
    "row": 3,
    "reason": LONG,
    "proposal": LONG,
    "item": "C.3.1",
    "annex": "D.h",
    "alike": [{"topic_id": 10**18, "number": 10**6, "title": NASTY * 3, "words": [NASTY] * 3}] * 3,
    "support": {"count": 40, "households": 30, "labels": [NASTY] * 40},
}
UNSURE = ABOUT | {"item": None, "annex": None, "alike": [], "reason": "短", "proposal": "短"}
TOLD = {"told": {"annex": "D.h", "elsewhere": "emergency"}}
TILL = {"register_till": AT, "review_till": AT}
REASONS: dict[str, dict[str, str]] = {
    "approved": {"a": LONG, "b": LONG, "c": LONG, "item": "C.5"},
    "rejected": {"b": LONG},
    "diverted": {"annex": "D.a", "reason": LONG},
}
OFFERS = [{"post": post.value, "instead_of": None, "holder_id": 10**18} for post in Post]
DEPUTY = [{"post": "deputy_recorder", "instead_of": "recorder", "holder_id": 1}]
NAMES = {post.value: NASTY for post in Post}
_MESSAGES: list[tuple[str, dict[str, Any]]] = [
    ("topic_proposed", ABOUT | TILL),
    ("topic_proposed", UNSURE | TILL),
    ("topic_proposed", UNSURE | TILL | TOLD),
    ("proposal_received", TILL),
    ("topic_registered", TILL),
    ("topic_registered", {"review_till": None}),
    ("topic_registered", {"review_till": AT, "joined": True}),
    ("topic_reviewed", {"outcome": "rejected", "reasons": REASONS["rejected"], "joined": True}),
    ("topic_to_review", ABOUT | TILL | {"support": {"count": 0, "households": 0, "labels": []}}),
    ("topic_to_review", ABOUT | TILL | TOLD),
    ("topic_to_review", UNSURE | {"review_till": None}),
    *(
        (kind, {"outcome": outcome.value, "reasons": REASONS[outcome]})
        for kind in ("topic_reviewed", "review_told")
        for outcome in ReviewOutcome
    ),
    ("proposer_unreachable", {"proposer": NASTY}),
    ("post_offered", {"offers": OFFERS}),
    ("post_offered", {"offers": DEPUTY}),
    ("post_unreachable", {"posts": [post.value for post in Post]}),
    ("offer_withdrawn", {"post": "adviser"}),
    ("post_declined", {"posts": ["convener"], "label": NASTY}),
    ("post_declined", {"posts": [post.value for post in Post], "label": NASTY}),
    ("posts_complete", {"names": NAMES, "mine": True}),
    ("posts_complete", {"names": NAMES, "mine": False}),
]
PROPOSING: list[tuple[str, dict[str, Any]]] = [
    *((kind, TOPIC | facts) for kind, facts in _MESSAGES),
    ("propose_where", {"places": PLACES * 20}),
]
