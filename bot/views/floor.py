"""Messages about the floor (5.5.2, 5.6.1 d and e): each says what is so, then what to do."""

from bot.views.buttons import hand_row
from bot.views.codec import pack
from bot.views.facts import term, worded
from bot.views.lines import label
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row, joined
from bot.views.words import Own, Words
from procedure.errors import OUR_RULE
from procedure.floor import Way

WHY_LIMIT = 300
LONG_LIMIT = 1500


def with_clause(say: Words, lines: list[Own], clause: str, *, limit: int = 4096) -> str:
    """Lines with the clause they rest on, small, at the end."""
    return joined([*lines, Own(f"<i>{say.clause(clause)}</i>")], limit=limit, more=say("board-more"))


@view("handover")
def handover(say: Words, facts: Facts) -> Rendered:
    """5.5.2 b and f: who ended and why, who is proposed next and why."""
    ended, following = facts["ended"], facts["next"]
    why = say.people(ended.get("why") or "", WHY_LIMIT)
    family = "ended-answer" if ended.get("kind") == "answer" else "ended"
    lines = [say.of(family, ended["reason"], label=label(say, ended["label"]), why=why)]
    if following is None:
        lines.append(say("handover-over" if facts.get("list_closed") else "handover-empty"))
    else:
        reason = term(say, "queue-reason", following["reason"])
        stance = term(say, "stance", following["stance"])
        lines.append(say("handover-next", label=label(say, following["label"]), stance=stance, reason=reason))
        lines.append(say("handover-starts" if facts.get("standing") else "handover-wait"))
        if facts["waiting"] > 1:
            lines.append(say("handover-waiting", count=facts["waiting"]))
    return Rendered(with_clause(say, lines, "5.5.2 b"))


@view("turn_warning")
def turn_warning(say: Words, facts: Facts) -> Rendered:
    """5.5.2 f: 30 seconds left."""
    return Rendered(with_clause(say, [say("turn_warning", **worded(say, facts))], "5.5.2 f"))


@view("silence_ask")
def silence_ask(say: Words, facts: Facts) -> Rendered:
    """Asked after 90 s of silence (our rule)."""
    button = Button(say.plain()("btn-still"), pack("still_speaking", facts["meeting_id"], facts["turn_id"]))
    return Rendered(with_clause(say, [say("silence_ask", **worded(say, facts))], "our rule"), ((button,),))


@view("turn_extended")
def turn_extended(say: Words, facts: Facts) -> Rendered:
    """5.5.2 f: the chair gave more time and said why."""
    args = worded(say, facts) | {"why": say.people(facts["why"], WHY_LIMIT)}
    return Rendered(with_clause(say, [say("turn_extended", **args)], "5.5.2 f"))


@view("please_stop")
def please_stop(say: Words, facts: Facts) -> Rendered:
    """5.5.2 d: the chair asks for silence while another speaks."""
    return Rendered(with_clause(say, [say("please_stop", label=label(say, facts["label"]))], "5.5.2 d"))


@view("reasons_read")
def reasons_read(say: Words, facts: Facts) -> Rendered:
    """5.6.1 d: form B.1's reasons, read out for a proposer who is not there."""
    lines = [
        say("reasons_read"),
        say("reasons_read-reason", reason=say.long(facts["reason"], LONG_LIMIT)),
        say("reasons_read-proposal", proposal=say.long(facts["proposal"], LONG_LIMIT)),
    ]
    if facts.get("why"):
        lines.append(say("reasons_read-why", why=say.people(facts["why"], WHY_LIMIT)))
    return Rendered(with_clause(say, lines, "5.6.1 d"))


@view("last_call")
def last_call(say: Words, facts: Facts) -> Rendered:
    """5.5.3 a: the last chance to raise a hand."""
    buttons = (hand_row(say.plain(), facts["meeting_id"]),)
    return Rendered(with_clause(say, [say("last_call", **worded(say, facts))], "5.5.3 a"), buttons)


@view("list_closed")
def list_closed(say: Words, facts: Facts) -> Rendered:
    """5.5.3 a: the time for raising hands that the rules carry is over."""
    return Rendered(with_clause(say, [say("list_closed")], "5.5.3 a"))


@view("list_closing")
def list_closing(say: Words, facts: Facts) -> Rendered:
    """5.5.3 a: the chair closes the list before its time; whoever still wants to speak raises a hand now."""
    lines = [say("list_closing", **worded(say, {"until": facts["until"], "tz": facts["tz"]}))]
    lines.append(say("list_closing-why", why=say.people(facts["why"], WHY_LIMIT)))
    return Rendered(with_clause(say, lines, "5.5.3 a"), (hand_row(say.plain(), facts["meeting_id"]),))


@view("your_turn")
def your_turn(say: Words, facts: Facts) -> Rendered:
    """Private: the floor is yours."""
    line = say("your_turn-until", **worded(say, facts)) if facts.get("ends_at") else say("your_turn")
    button = Button(say.plain()("btn-reading"), pack("reading_form", facts["meeting_id"]))
    return Rendered(with_clause(say, [line], "5.5.2 b"), ((button,),))


@view("clock_jumped")
def clock_jumped(say: Words, facts: Facts) -> Rendered:
    """Private, to the chair: the machine's clock was set; nobody lost time by it."""
    minutes = max(1, round(abs(facts["seconds"]) / 60))
    return Rendered(with_clause(say, [say("clock_jumped", minutes=minutes)], OUR_RULE))


@view("hint_hand")
def hint_hand(say: Words, facts: Facts) -> Rendered:
    """Private, to somebody who spoke into another's turn (5.5.2 d)."""
    return Rendered(with_clause(say, [say("hint_hand"), way(say, facts)], "5.5.2 d"), way_rows(say, facts))


def way(say: Words, facts: Facts) -> Own:
    """How whoever spoke out of turn can be heard."""
    return say.of("floor-way", facts["way"])


def way_rows(say: Words, facts: Facts, *, in_group: bool = False) -> tuple[Row, ...]:
    """The button for it, where there is one; forms open in private only."""
    if facts["way"] == Way.HAND:
        return (hand_row(say.plain(), facts["meeting_id"]),)
    if facts["way"] in (Way.CLOSED, Way.USED) and not in_group:
        return ((Button(say.plain()("btn-opinion"), pack("opinion_form", facts["meeting_id"])),),)
    if facts["way"] == Way.CHECK_IN:
        return ((Button(say.plain()("btn-check_in-late"), pack("check_in", facts["meeting_id"])),),)
    return ()


@view("hint_borrowed")
def hint_borrowed(say: Words, facts: Facts) -> Rendered:
    """Private, to a speaker who forwarded something in their turn: it counts only if the chair accepts it."""
    return Rendered(with_clause(say, [say("hint_borrowed")], OUR_RULE))


@view("hint_vote")
def hint_vote(say: Words, facts: Facts) -> Rendered:
    """To somebody who wrote almost, but not quite, what counts as a hand in the vote (5.5.3 b)."""
    calling = facts["calling"]
    line = say("hint_vote", stance=term(say, "stance", calling)) if calling else say("hint_vote-any")
    return Rendered(with_clause(say, [line], "5.5.3 b"))
