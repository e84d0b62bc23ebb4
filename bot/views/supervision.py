"""What the supervisor does to a meeting, as group, committee and boards read of it (5.6.4)."""

from bot.views import lines
from bot.views.codec import pack
from bot.views.facts import term
from bot.views.floor import with_clause
from bot.views.moments import moment
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered
from bot.views.words import Own, Words
from procedure.supervision import CLAUSE, REASON_LIMIT
from procedure.terms import MotionKind


def _order(say: Words, facts: Facts) -> list[Own]:
    """Why, and what is to be corrected."""
    return [
        say("stop_reason", reason=say.people(facts["reason"], REASON_LIMIT)),
        say("stop_correction", correction=say.people(facts["correction"], REASON_LIMIT)),
    ]


def stopped_lines(say: Words, facts: Facts) -> list[Own]:
    """The board while the supervisor's stop lasts."""
    return [say("board-stopped"), *_order(say, facts["stop"]), Own(""), say("board-stopped-next"), say("annex_kept")]


@view("meeting_stopped")
def meeting_stopped(say: Words, facts: Facts) -> Rendered:
    """To the group: one plain message, nothing is lost."""
    body = [say("meeting_stopped"), *_order(say, facts), say("board-stopped-next"), say("meeting_stopped-kept")]
    return Rendered(with_clause(say, body, CLAUSE))


@view("motion_annulled")
def motion_annulled(say: Words, facts: Facts) -> Rendered:
    """To the group, and to whoever was told a result that is void: which clause was broken, and what comes next."""
    broken, main = facts["broken"], facts["motion_kind"] == MotionKind.MAIN
    body = [
        say("motion_annulled", motion=lines.motion_name(say, facts)),
        say("annul_clause", words=say.of("broken", broken_key(broken)), clause=Own(broken)),
        say("annex_reason", reason=say.people(facts["why"], REASON_LIMIT)),
        say("motion_annulled-kept"),
        say("motion_annulled-announced" if facts["announced"] else "motion_annulled-next"),
    ]
    if main:
        body.append(say("motion_annulled-text"))
    return Rendered(with_clause(say, body, CLAUSE))


@view("annul_offered")
def annul_offered(say: Words, facts: Facts) -> Rendered:
    """To the supervisor who upheld a challenge: the vote can be annulled."""
    body = [say("annul_offered", label=lines.label(say, facts["label"])), say("annul_offered-how")]
    button = Button(say.plain()("step-annul_motion"), pack("annul_form", facts["meeting_id"]))
    return Rendered(with_clause(say, body, CLAUSE), ((button,),))


def broken_key(clause: str) -> str:
    """The end of the key of a clause's words."""
    return clause.replace(".", "-").replace(" ", "-")


@view("stop_told")
def stop_told(say: Words, facts: Facts) -> Rendered:
    """To the others of the supervisory committee: they can stand in for the supervisor (our rule)."""
    topic = facts["topic"]
    body = [say("stop_told", number=topic["number"], title=say.people(topic["title"], 80)), *_order(say, facts)]
    button = Button(say.plain()("step-lift_stop"), pack("lift_stop", facts["meeting_id"]))
    return Rendered(with_clause(say, [*body, say("stop_told-how")], CLAUSE), ((button,),))


@view("stop_lifted")
def stop_lifted(say: Words, facts: Facts) -> Rendered:
    """To the group: it is corrected, and where the meeting goes on."""
    body = [say("stop_lifted"), say("stop_correction", correction=say.people(facts["correction"], REASON_LIMIT))]
    if facts["next_at"] is not None:
        body.append(say("annex_dismissed-next", next_at=moment(say, facts["next_at"], facts["tz"])))
    else:
        body.append(say("stop_lifted-goes-on", state=term(say, "state", facts["state"])))
    return Rendered(with_clause(say, body, CLAUSE))
