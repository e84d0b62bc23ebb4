"""The group's one board: the state of things first, then what to do (5.6.1)."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from bot.views import annex, expert_lines, lines, room, supervision
from bot.views.buttons import board_buttons
from bot.views.facts import listed, term
from bot.views.moments import clock, moment
from bot.views.order import interruption_lines
from bot.views.registry import Facts, view
from bot.views.rendered import Rendered, joined
from bot.views.words import Own, Words
from procedure.experts import CLAUSE as EXPERTS_CLAUSE
from procedure.supervision import CLAUSE as STOP_CLAUSE

Lines = list[Own]
_MARKS: Final = {
    "scheduled": "🗓",
    "check_in": "📝",
    "rules_vote": "📜",
    "open": "🔔",
    "explained": "🙋",
    "discussion": "💬",
    "expert_answers": "🎓",
    "wording": "✍️",
    "main_vote": "🗳",
    "announced": "📊",
    "adjourned": "⏸",
    "suspended": "✋",
    "diverted": "🔀",
}
_CLAUSES: Final = {
    "scheduled": "5.4",
    "check_in": "5.6.1 a",
    "rules_vote": "5.6.1 b",
    "open": "5.6.1 d",
    "explained": "5.6.1 e",
    "discussion": "5.5.2 b",
    "expert_answers": EXPERTS_CLAUSE,
    "wording": "5.7.2 a",
    "main_vote": "5.5.3 b",
    "announced": "5.6.1 h",
    "adjourned": "our rule",
    "suspended": annex.CLAUSE,
    "diverted": annex.CLAUSE,
}


@view("board")
def board(say: Words, facts: Facts) -> Rendered:
    """The board of a meeting's present state."""
    body = board_lines(say, facts)
    return Rendered(joined([*body, _clause(say, facts)], more=say("board-more")), board_buttons(say.plain(), facts))


def board_lines(say: Words, facts: Facts) -> Lines:
    """Headline, title and the lines of the state, without clause and buttons."""
    state = facts["state"]
    head = say("board-head", mark=Own(_MARKS[state]), state=term(say, "state", state), number=facts["topic"]["number"])
    body = [head, say("board-title", title=say.people(facts["topic"]["title"]))]
    if facts["sitting"] > 1:
        body.append(say("board-sitting", sitting=facts["sitting"]))
    body.append(Own(""))
    return body + _STATES[state](say, facts) + room.lines(say, facts)


def _clause(say: Words, facts: Facts) -> Own:
    clause = STOP_CLAUSE if facts["stop"] else _CLAUSES[facts["state"]]
    return Own(f"<i>{say.clause(clause)}</i>")


def _scheduled(say: Words, facts: Facts) -> Lines:
    return [say("board-scheduled", at=moment(say, facts["scheduled_at"], facts["tz"])), *_chair(say, facts)]


def _check_in(say: Words, facts: Facts) -> Lines:
    return [
        say("board-check_in", at=moment(say, facts["scheduled_at"], facts["tz"])),
        *_chair(say, facts),
        _posts(say, facts),
        _present(say, facts),
        Own(""),
        say("board-check_in-how"),
    ]


def _rules_vote(say: Words, facts: Facts) -> Lines:
    body = [*lines.rules_lines(say, facts["rules"]), Own("")]
    motion, adopted = facts["motion"], facts["rules_adopted"]
    if motion is not None:
        body += lines.motion_lines(say, motion, facts["tz"])
    if adopted is not None:
        body.append(say("board-rules-adopted" if adopted else "board-rules-refused"))
    elif motion is None:
        body.append(say("board-rules-put"))
    return body


def _open(say: Words, facts: Facts) -> Lines:
    if facts["turn"] is None:
        return [say("board-open")]
    return [
        *lines.turn_lines(say, facts["turn"], facts["tz"]),
        say("board-turn-others"),
        *interruption_lines(say, facts),
    ]


def _explained(say: Words, facts: Facts) -> Lines:
    return [
        say("board-explained"),
        Own(""),
        *lines.queue_lines(say, facts["queue"]),
        *expert_lines.board_lines(say, facts),
    ]


def _discussion(say: Words, facts: Facts) -> Lines:
    body: Lines = []
    if facts["turn"] is not None:
        body += [*lines.turn_lines(say, facts["turn"], facts["tz"]), Own("")]
    elif facts["last_call_until"] is not None:
        body += [say("board-last-call", time=clock(facts["last_call_until"], facts["tz"])), Own("")]
    closed = facts["list_closed"] and not facts["queue"]
    body += [say("board-queue-over")] if closed else lines.queue_lines(say, facts["queue"])
    if facts["turn"] is None and facts["queue"]:
        body.append(_next(say, facts))
    body += [*expert_lines.board_lines(say, facts), *_points(say, facts)]
    counted = [say("board-spoken", count=facts["spoken"])] if facts["spoken"] else []
    if facts["list_closes_at"] is not None:
        counted.append(say("board-list-closes", time=clock(facts["list_closes_at"], facts["tz"])))
    counted += interruption_lines(say, facts)
    return [*body, Own(""), *counted] if counted else body


def _expert_answers(say: Words, facts: Facts) -> Lines:
    turn = lines.turn_lines(say, facts["turn"], facts["tz"]) if facts["turn"] is not None else []
    waiting = [Own(""), *lines.queue_lines(say, facts["queue"]), *_points(say, facts)]
    return [
        *turn,
        *expert_lines.board_lines(say, facts),
        say("board-answer-closed" if facts["list_closed"] else "board-answer-others"),
        *waiting,
        *interruption_lines(say, facts),
    ]


def _next(say: Words, facts: Facts) -> Own:
    """Who gives the floor to the next: the chair now, or beforehand (5.5.2 b)."""
    if facts["next_starts_at"]:
        return say("board-queue-starts", time=clock(facts["next_starts_at"], facts["tz"]))
    return say("board-queue-next")


def _points(say: Words, facts: Facts) -> Lines:
    return [say("board-points", count=facts["points_open"])] if facts["points_open"] else []


def _wording(say: Words, facts: Facts) -> Lines:
    wording = facts["wording"]
    if wording is None:
        return [say("board-wording-none")]
    body = lines.wording_lines(say, wording)
    if facts["motion"] is not None and facts["motion"]["kind"] == "item":
        body += [Own(""), *lines.motion_lines(say, facts["motion"], facts["tz"])]
    if wording["requests_open"]:
        body.append(say("board-requests", count=wording["requests_open"]))
    body += _points(say, facts)
    until = wording["corrections_until"]
    told = say("board-corrections", time=clock(until, facts["tz"])) if until else say("board-corrections-over")
    return [*body, Own(""), told]


def _main_vote(say: Words, facts: Facts) -> Lines:
    body = lines.wording_lines(say, facts["wording"]) if facts["wording"] else []
    if facts["motion"] is not None:
        body += [Own(""), *lines.motion_lines(say, facts["motion"], facts["tz"])]
        if facts["motion"]["stage"] == "decided":
            nobody = facts["motion"]["verdict"] == "none"
            body.append(say("result-next-none" if nobody else "board-result-next"))
    return body


def _announced(say: Words, facts: Facts) -> Lines:
    result = facts["result"]
    if result is None:
        return []
    return [say("board-announced", verdict=term(say, "verdict", result["verdict"])), *lines.result_lines(say, result)]


def _adjourned(say: Words, facts: Facts) -> Lines:
    next_at = facts["next_at"] or facts["scheduled_at"]
    return [say("board-adjourned", at=moment(say, next_at, facts["tz"]))]


def _suspended(say: Words, facts: Facts) -> Lines:
    return supervision.stopped_lines(say, facts) if facts["stop"] else annex.suspended_lines(say, facts)


def _chair(say: Words, facts: Facts) -> Lines:
    return [say("board-chair", label=lines.label(say, facts["chair"]))]


def _posts(say: Words, facts: Facts) -> Own:
    missing = [term(say, "post", post["post"]) for post in facts["posts"] if not post["present"]]
    return say("board-posts-missing", posts=listed(say, missing)) if missing else say("board-posts-here")


def _present(say: Words, facts: Facts) -> Own:
    return say(
        "board-present",
        stakeholders=facts["stakeholders"],
        present=facts["present_stakeholders"],
        others=facts["present_others"],
    )


_STATES: Final = MappingProxyType[str, Callable[[Words, Facts], Lines]](
    {
        "scheduled": _scheduled,
        "check_in": _check_in,
        "rules_vote": _rules_vote,
        "open": _open,
        "explained": _explained,
        "discussion": _discussion,
        "expert_answers": _expert_answers,
        "wording": _wording,
        "main_vote": _main_vote,
        "announced": _announced,
        "adjourned": _adjourned,
        "suspended": _suspended,
        "diverted": annex.diverted_lines,
    }
)
