"""Messages about raising, reviewing and staffing a topic (5.1, 5.2)."""

from typing import Any, Final

from bot.views.choosing import choice, entry
from bot.views.codec import pack
from bot.views.course import alike_lines, alike_rows, heading, step_rows, support_lines, topic_row
from bot.views.facts import listed, term
from bot.views.floor import with_clause
from bot.views.lines import label
from bot.views.moments import period_end
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row
from bot.views.words import Own, Words

TEXT_SHOWN: Final = 700
REASON_SHOWN: Final = 500
_TESTS: Final = ("a", "b", "c")


def _till(say: Words, key: str, instant: str, facts: Facts) -> Own:
    return say(key, till=period_end(say, instant, facts["tz"]))


def _proposal(say: Words, facts: Facts) -> list[Own]:
    lines = [
        say("proposal-reason", reason=say.long(facts["reason"], TEXT_SHOWN)),
        say("proposal-proposal", proposal=say.long(facts["proposal"], TEXT_SHOWN)),
    ]
    lines += support_lines(say, facts.get("support"))
    return [*lines, *choice(say, facts), *alike_lines(say, facts["alike"])]


@view("topic_proposed")
def topic_proposed(say: Words, facts: Facts) -> Rendered:
    """To the committee: a proposal to register (5.1.3)."""
    kind = say.of("proposer-kind", facts["proposer_kind"])
    body = [
        heading(say, facts),
        say("topic_proposed", proposer=label(say, facts["proposer"]), kind=kind),
        *_proposal(say, facts),
        _till(say, "topic_proposed-till", facts["register_till"], facts),
    ]
    return Rendered(with_clause(say, body, "5.1.3"), _rows(say, facts, "register_topic"))


def _rows(say: Words, facts: Facts, *steps: str) -> tuple[Row, ...]:
    """The next steps, and always the way to the topic."""
    others = alike_rows(say, facts.get("alike", []))
    return (*step_rows(say, facts["topic_id"], list(steps)), topic_row(say, facts), *others)


@view("proposal_received")
def proposal_received(say: Words, facts: Facts) -> Rendered:
    """To the proposer: it arrived, and what happens until when (5.1.3, 5.2.1)."""
    body = [
        heading(say, facts),
        say("proposal_received"),
        _till(say, "proposal_received-register", facts["register_till"], facts),
        _till(say, "proposal_received-review", facts["review_till"], facts),
    ]
    return Rendered(with_clause(say, body, "5.2.1"), _rows(say, facts))


@view("topic_registered")
def topic_registered(say: Words, facts: Facts) -> Rendered:
    """To the proposer, and to who joined (5.1.3)."""
    body = [heading(say, facts), say("topic_registered-joined" if facts.get("joined") else "topic_registered")]
    if facts["review_till"]:
        body.append(_till(say, "topic_registered-review", facts["review_till"], facts))
    return Rendered(with_clause(say, body, "5.1.3"), _rows(say, facts))


@view("topic_to_review")
def topic_to_review(say: Words, facts: Facts) -> Rendered:
    """To both committees: the joint meeting's matter (5.2.1)."""
    body = [heading(say, facts), say("topic_to_review"), *_proposal(say, facts)]
    if facts["review_till"]:
        body.append(_till(say, "topic_to_review-till", facts["review_till"], facts))
    rows = _rows(say, facts, "approve_topic", "reject_topic", "divert_topic")
    return Rendered(with_clause(say, body, "5.2.1"), rows)


def _reasons(say: Words, facts: Facts) -> list[Own]:
    reasons: dict[str, Any] = facts["reasons"]
    key = "review-reason" if facts["outcome"] == "approved" else "review-reason-not"
    lines = [
        say(key, test=say.of("review-test", test), reason=say.long(reasons[test], REASON_SHOWN))
        for test in _TESTS
        if reasons.get(test)
    ]
    if reasons.get("item"):
        lines.append(say("review-item", entry=entry(say, reasons["item"])))
    if reasons.get("annex"):
        lines.append(say("review-annex", entry=entry(say, reasons["annex"])))
        lines.append(say("review-why", reason=say.long(reasons["reason"], REASON_SHOWN)))
    return lines


def _clause(facts: Facts) -> str:
    return "5.2.2" if facts["outcome"] == "diverted" else "5.2.1"


@view("topic_reviewed")
def topic_reviewed(say: Words, facts: Facts) -> Rendered:
    """To both committees, the supervision, and who joined: what the joint meeting concluded (5.2)."""
    mine = [say("topic_reviewed-joined")] if facts.get("joined") else []
    body = [heading(say, facts), *mine, say.of("review-outcome", facts["outcome"]), *_reasons(say, facts)]
    return Rendered(with_clause(say, body, _clause(facts)), _rows(say, facts))


@view("review_told")
def review_told(say: Words, facts: Facts) -> Rendered:
    """To the proposer, within three days (5.2.4)."""
    body = [heading(say, facts), say.of("review_told", facts["outcome"]), *_reasons(say, facts)]
    return Rendered(with_clause(say, body, "5.2.4"), _rows(say, facts))


@view("proposer_unreachable")
def proposer_unreachable(say: Words, facts: Facts) -> Rendered:
    """To the committee: tell the proposer in another way (5.2.4)."""
    body = [heading(say, facts), say("proposer_unreachable", proposer=label(say, facts["proposer"]))]
    return Rendered(with_clause(say, body, "5.2.4"), _rows(say, facts, "note_told"))


@view("post_offered")
def post_offered(say: Words, facts: Facts) -> Rendered:
    """To whom a post is offered; yes includes consent to name and post being published (5.2.3)."""
    plain = say.plain()
    body, rows = [heading(say, facts), say("post_offered")], []
    for offer in facts["offers"]:
        post = term(say, "post", offer["post"])
        if offer["instead_of"]:
            body.append(say("post_offered-deputy", post=post, holder=term(say, "post", offer["instead_of"])))
        else:
            body.append(say("post_offered-one", post=post, duty=say.of("charge", offer["post"])))
        for verb in ("accept_offer", "decline_offer"):
            words = plain.of("btn", verb, post=term(plain, "post", offer["post"]))
            rows.append((Button(words, pack(verb, facts["topic_id"], offer["holder_id"])),))
    body += [Own(""), say("post_offered-consent")]
    return Rendered(with_clause(say, body, "5.2.3"), (*rows, topic_row(say, facts)))


@view("post_unreachable")
def post_unreachable(say: Words, facts: Facts) -> Rendered:
    """To the committee: ask in another way and note the answer (5.2.3)."""
    body = [heading(say, facts), say("post_unreachable", posts=_posts(say, facts))]
    return Rendered(with_clause(say, body, "5.2.3"), _rows(say, facts, "enter_acceptance"))


def _posts(say: Words, facts: Facts) -> Own:
    return listed(say, [term(say, "post", post) for post in facts["posts"]])


@view("offer_withdrawn")
def offer_withdrawn(say: Words, facts: Facts) -> Rendered:
    """To whom did not answer: somebody else is asked."""
    body = [heading(say, facts), say("offer_withdrawn", post=term(say, "post", facts["post"]))]
    return Rendered(with_clause(say, body, "5.2.3"), (topic_row(say, facts),))


@view("post_declined")
def post_declined(say: Words, facts: Facts) -> Rendered:
    """To both committees: somebody else has to be asked (5.2.3)."""
    words = say("post_declined", label=label(say, facts["label"]), posts=_posts(say, facts))
    return Rendered(with_clause(say, [heading(say, facts), words], "5.2.3"), _rows(say, facts, "offer_post"))


@view("posts_complete")
def posts_complete(say: Words, facts: Facts) -> Rendered:
    """To post-holders and both committees; the convener goes on (5.2.3, 5.3.1)."""
    names = [
        say("posts_complete-one", post=term(say, "post", post), name=say.people(name, 40))
        for post, name in facts["names"].items()
    ]
    mine = bool(facts["mine"])
    body = [heading(say, facts), say("posts_complete"), *names, say.of("posts_complete", "mine" if mine else "other")]
    rows = _rows(say, facts, "draft_plan") if mine else _rows(say, facts)
    return Rendered(with_clause(say, body, "5.3.1"), rows)


@view("propose_where")
def propose_where(say: Words, facts: Facts) -> Rendered:
    """Somebody of several communities chooses where to propose."""
    plain = say.plain()
    rows = tuple(
        (Button(plain.people(place["name"], 40), pack("propose", place["community_id"])),) for place in facts["places"]
    )
    return Rendered(say("propose-where"), rows)
