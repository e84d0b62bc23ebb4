"""The private live boards of chair, recorder and supervisor: the same state, then exactly what they may do now."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

from bot.views import expert_lines, items, lines, lists, order, room
from bot.views.board import board_lines
from bot.views.civility import flag_lines, flag_rows, stopped_there
from bot.views.codec import VERBS, pack
from bot.views.facts import listed, term
from bot.views.floor_lines import floor_lines
from bot.views.moments import clock, remaining
from bot.views.places import site_lines, site_rows
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row, joined
from bot.views.rows import side_by_side
from bot.views.words import Own, Words
from procedure.errors import OUR_RULE

NAMES_SHOWN: Final = 20
_EXCERPT: Final = 60
REQUESTS_SHOWN: Final = 5
_EACH: Final = {
    "accept_words": ("borrowed", "speech_id"),
    "read_out": ("readings", "reading_id"),
    "lift_mute": ("muted", "restriction_id"),
}
FIRST_CALL: Final = "for"
"""The chair opens this one; closing a call opens the next (5.5.3 b)."""


@view("console")
def console(say: Words, facts: Facts) -> Rendered:
    """The console of facts["post"]; facts["now"], when given, makes the countdowns run."""
    head = say("console-head", post=term(say, "post", facts["post"]))
    body = [head, *board_lines(say, facts), *_countdown(say, facts), Own(""), *flag_lines(say, facts)]
    buttons = _check_in(say.plain(), facts)
    offered: list[Own] = []
    soon = [_step_line(say, facts, step) for step in facts["steps"] if step["from"]]
    for step in facts["steps"]:
        now = [] if step["from"] else _step_buttons(say.plain(), facts, step)
        if now:
            buttons += now
            offered.append(_step_line(say, facts, step))
    if offered or not soon:
        body += [say("console-now"), *offered] if offered else [say("console-nothing")]
    body += [say("console-soon"), *soon] if soon else []
    body += [*_people(say, facts), *room.console_lines(say, facts), *site_lines(say, facts)]
    if facts.get("may_raise_annex"):
        buttons.append(Button(say.plain()("btn-annex"), pack("annex_form", facts["meeting_id"])))
    steps = (tuple(row) for row in side_by_side(buttons))
    rows = (*_asides(say.plain(), facts), *steps, *lists.console_row(say.plain(), facts))
    return Rendered(joined(body, more=say("board-more")), rows)


def _asides(say: Words, facts: Facts) -> list[Row]:
    """What stands beside the steps: flagged words, channels."""
    return [*flag_rows(say, facts), *site_rows(say, facts)]


def _check_in(say: Words, facts: Facts) -> list[Button]:
    """Officials sign in where they look."""
    if facts["state"] != "check_in" or facts["checked_in"]:
        return []
    return [Button(say("btn-check_in"), pack("check_in", facts["meeting_id"]))]


def _countdown(say: Words, facts: Facts) -> list[Own]:
    turn, motion, now = facts["turn"], facts["motion"], facts.get("now")
    if turn is not None and turn.get("ends_at") and (left := remaining(say, turn["ends_at"], now)):
        return [say("console-ends", remaining=left)]
    if motion is not None and motion.get("earliest_close") and motion["stage"] == "calling":
        left = remaining(say, motion["earliest_close"], now)
        return [say("console-call", remaining=left)] if left else []
    return []


def _people(say: Words, facts: Facts) -> list[Own]:
    found: list[Own] = []
    for name, key in (("absent", "console-absent"), ("not_voted", "console-not-voted")):
        labels = facts.get(name) or []
        if labels:
            found.append(say(key, labels=_labels(say, labels, facts.get(f"{name}_more") or 0)))
    if facts.get("interrupters"):
        found.append(say("console-interrupters"))
        for one in facts["interrupters"]:
            excerpt = say.people(one.get("excerpt") or "", _EXCERPT)
            found.append(say("console-interrupter", label=lines.label(say, one["label"]), excerpt=excerpt))
    found += floor_lines(say, facts)
    if facts.get("requests"):
        found.append(say("console-requests"))
        for one in facts["requests"][:REQUESTS_SHOWN]:
            text = items.request_words(say, one, _EXCERPT)
            found.append(say("console-request", label=lines.label(say, one["label"]), text=text))
    return [Own(""), *found] if found else found


def _labels(say: Words, labels: list[str], more: int) -> Own:
    shown = listed(say, [lines.label(say, one) for one in labels[:NAMES_SHOWN]], NAMES_SHOWN)
    total = len(labels) + more
    return Own(f"{shown} {say('console-more', count=total)}") if total > NAMES_SHOWN else shown


def _step_line(say: Words, facts: Facts, step: dict[str, Any]) -> Own:
    clause = say("our-rule") if step["clause"] == OUR_RULE else say("clause", clause=Own(step["clause"]))
    words = _step_words(say, facts, step)
    if step.get("from"):
        return say("console-step-from", step=words, time=clock(step["from"], facts["tz"]), clause=clause)
    return say("console-step", step=words, clause=clause)


def _step_words(say: Words, facts: Facts, step: dict[str, Any]) -> Own:
    action, queue, motion = step["action"], facts["queue"], facts["motion"]
    if action in ("grant", "skip") and queue:
        return say.of("step", action, label=lines.label(say, queue[0]["label"]))
    if action == "open_call":
        return say.of("step", action, stance=term(say, "stance", FIRST_CALL))
    if action == "close_call" and motion is not None:
        return say.of("step", action, stance=term(say, "stance", motion["calling"]))
    return term(say, "step", action)


def _step_buttons(say: Words, facts: Facts, step: dict[str, Any]) -> list[Button]:
    action = step["action"]
    if action in _MANY:
        return _MANY[action](say, facts)
    if action in _EACH:
        return _each_buttons(say, facts, action)
    if action == "start_explanation":
        return [_explanation_button(say, facts["meeting_id"], absent=step["needs_reason"])]
    if action in room.MANY:
        return room.buttons(say, facts, action)
    data = _data(facts, action)
    return [Button(_step_words(say, facts, step), data)] if data else []


def _each_buttons(say: Words, facts: Facts, action: str) -> list[Button]:
    """One button for each thing that waits: words to accept, words to read out."""
    listed_as, key = _EACH[action]
    found = [one for one in facts.get(listed_as) or [] if one.get("now", True)]
    return [
        Button(say(f"step-{action}-one", label=lines.label(say, one["label"])), _each_data(facts, action, one[key]))
        for one in found
    ]


def _each_data(facts: Facts, action: str, key: int) -> str:
    if action == "accept_words":
        return pack("reason_form", facts["meeting_id"], key, action)
    return pack(action, facts["meeting_id"], key)


def _explanation_button(say: Words, meeting_id: int, *, absent: bool) -> Button:
    """The proposer explains, or B.1 is read out when they are ``absent``."""
    if absent:
        return Button(say("step-start_explanation-read"), pack("reason_form", meeting_id, 0, "start_explanation"))
    return Button(say("step-start_explanation"), pack("start_explanation", meeting_id))


def _decision_buttons(say: Words, facts: Facts) -> list[Button]:
    return [
        Button(
            say("step-decide_correction-one", label=lines.label(say, one["label"])),
            pack("decision_form", facts["meeting_id"], one["id"]),
        )
        for one in (facts.get("requests") or [])[:REQUESTS_SHOWN]
    ]


def _stop_buttons(say: Words, facts: Facts) -> list[Button]:
    return [
        Button(
            say("step-please_stop-one", label=lines.label(say, one["label"])),
            pack("please_stop", facts["meeting_id"], one["speech_id"]),
        )
        for one in facts.get("interrupters") or []
        if one["speech_id"] not in stopped_there(facts)
    ]


_MANY: Final = MappingProxyType[str, Callable[[Words, Facts], list[Button]]](
    {
        "please_stop": _stop_buttons,
        "decide_correction": _decision_buttons,
        "call_expert": expert_lines.call_buttons,
    }
)
"""Steps with a button for each of what waits."""


def _data(facts: Facts, action: str) -> str | None:
    """The data of a step's one button; None when what it points at is not there."""
    meeting_id, turn, motion, queue = facts["meeting_id"], facts["turn"], facts["motion"], facts["queue"]
    pointed = {
        "change_rules": ("rules_form", meeting_id),
        "post_wording": ("wording_form", meeting_id),
        "put_item": ("item_form", meeting_id),
        "nudge_voters": motion and (action, meeting_id, motion["id"]),
        "quote_speeches": ("quote_form", meeting_id),
        "adjourn": ("reason_form", meeting_id, 0, action),
        "close_list": ("reason_form", meeting_id, 0, action),
        "refuse_annex": ("refuse_annex_form", meeting_id),
        "stop_meeting": ("stop_form", meeting_id),
        "annul_motion": ("annul_form", meeting_id),
        "set_aside_hands": ("reason_form", meeting_id, 0, action),
        **{name: ("room_form", meeting_id, name) for name in room.FORMS},
        **{name: ("expert_form", meeting_id, name) for name in expert_lines.FORMS},
        "end_room_turn": turn and (action, meeting_id, turn["id"]),
        "grant_other": ("reason_form", meeting_id, 0, action),
        "undo_grant": turn and ("reason_form", meeting_id, turn["id"], action),
        "pass_on": facts.get("hindered") and (action, meeting_id, facts["hindered"]["turn_id"]),
        "remove_words": order.may_remove(facts) and ("remove_form", meeting_id),
        "mute_member": facts.get("outspoken") and ("mute_form", meeting_id),
        "decide_point": facts.get("points") and ("answer_point_form", meeting_id),
        "sum_voice": facts.get("voices") and ("summary_form", meeting_id),
        "end_turn": turn and ("reason_form", meeting_id, turn["id"], action),
        "extend_turn": turn and ("reason_form", meeting_id, turn["id"], action),
        "finish_explanation": turn and (action, meeting_id, turn["id"]),
        "skip": queue and ("reason_form", meeting_id, queue[0]["hand_id"], action),
        "grant": queue and (action, meeting_id, queue[0]["hand_id"]),
        "open_call": (action, meeting_id, motion["id"] if motion and motion["stage"] == "put" else 0),
        "close_call": motion and motion["calling"] and (action, meeting_id, motion["id"], motion["calling"]),
    }
    if action in pointed:
        args = pointed[action]
        return pack(*args) if args else None
    return pack(action, meeting_id) if VERBS.get(action) == ("meeting_id",) else None
