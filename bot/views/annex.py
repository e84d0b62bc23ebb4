"""A matter of annex D raised in the meeting, as group and committees read of it (5.7.1)."""

from typing import Final

from bot.views.choosing import entry
from bot.views.course import step_rows, topic_row
from bot.views.facts import listed, term
from bot.views.floor import with_clause
from bot.views.moments import day, moment, period_end
from bot.views.registry import Facts, view
from bot.views.rendered import Rendered
from bot.views.words import Own, Words
from procedure.annex import REASON_LIMIT

CLAUSE: Final = "5.7.1"


def matter(say: Words, facts: Facts) -> list[Own]:
    """Which item of annex D, and why somebody thinks so."""
    reason = say.people(facts["reason"], REASON_LIMIT)
    return [say("annex_item", entry=entry(say, facts["item"])), say("annex_reason", reason=reason)]


def suspended_lines(say: Words, facts: Facts) -> list[Own]:
    """The board while the meeting stands still: what was raised, and who has to say something now."""
    annex = facts["annex"]
    body = [*matter(say, annex), Own("")]
    if annex["outcome"] == "dismissed":
        body += [say("board-suspended-dismissed"), say("annex_reason", reason=say.people(annex["why"], REASON_LIMIT))]
    elif annex["referred"] is not None:
        body.append(say("board-suspended-referred", till=period_end(say, annex["referred"], facts["tz"])))
    else:
        body.append(say("board-suspended-ask"))
        if annex["agreed"]:
            posts = listed(say, [term(say, "post", role) for role in annex["agreed"]])
            body.append(say("board-suspended-agreed", posts=posts))
    return [*body, say("annex_kept")]


def diverted_lines(say: Words, facts: Facts) -> list[Own]:
    """The board of a meeting that ended by diversion."""
    return [say("board-diverted"), say("board-diverted-item", entry=entry(say, facts["annex"]["item"]))]


@view("annex_raised")
def annex_raised(say: Words, facts: Facts) -> Rendered:
    """To the group: everything stands still, nothing is lost."""
    body = [say("annex_raised"), *matter(say, facts), say("board-suspended-ask"), say("annex_kept")]
    return Rendered(with_clause(say, body, CLAUSE))


@view("annex_referred")
def annex_referred(say: Words, facts: Facts) -> Rendered:
    """To the group: chair and adviser have not agreed on it."""
    body = [say("annex_referred", till=period_end(say, facts["till"], facts["tz"])), *_refused(say, facts)]
    return Rendered(with_clause(say, [*body, say("annex_referred-next")], CLAUSE))


def _refused(say: Words, facts: Facts) -> list[Own]:
    refused = facts["refused"]
    if refused is None:
        return []
    why = say.people(refused["why"], REASON_LIMIT)
    return [say("annex_referred-refused", post=term(say, "post", refused["role"]), why=why)]


@view("annex_to_judge")
def annex_to_judge(say: Words, facts: Facts) -> Rendered:
    """To both committees: their answer is waited for."""
    topic = facts["topic"]
    till = period_end(say, facts["till"], facts["tz"])
    body = [say("annex_to_judge", number=topic["number"], title=say.people(topic["title"], 80), till=till)]
    body += [*matter(say, facts), *_refused(say, facts)]
    rows = (*step_rows(say, facts["topic_id"], ["decide_annex"]), topic_row(say, facts))
    return Rendered(with_clause(say, body, CLAUSE), rows)


@view("annex_dismissed")
def annex_dismissed(say: Words, facts: Facts) -> Rendered:
    """To the group: it is none, and the meeting goes on."""
    body = [say("annex_dismissed"), say("annex_reason", reason=say.people(facts["why"], REASON_LIMIT))]
    if facts["next_at"] is not None:
        body.append(say("annex_dismissed-next", next_at=moment(say, facts["next_at"], facts["tz"])))
    else:
        body.append(say("annex_dismissed-wait"))
    return Rendered(with_clause(say, body, CLAUSE))


@view("annex_diverted")
def annex_diverted(say: Words, facts: Facts) -> Rendered:
    """To the group: the meeting is over, and what comes next."""
    body = [say("annex_diverted"), say("annex_diverted-item", entry=entry(say, facts["item"]))]
    if facts["why"]:
        body.append(say("annex_reason", reason=say.people(facts["why"], REASON_LIMIT)))
    body += [say("annex_diverted-next"), say("annex_diverted-told", day=day(say, facts["told_by"]))]
    return Rendered(with_clause(say, body, CLAUSE))
