"""Messages about sittings, restarts, reminders and the state of things (5.6.1, 5.8)."""

from typing import Any

from bot.views import lines
from bot.views.board import board_lines
from bot.views.codec import pack
from bot.views.facts import term, worded
from bot.views.floor import WHY_LIMIT, with_clause
from bot.views.home import topic_line
from bot.views.moments import clock, moment
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, joined
from bot.views.toasts import refusal_sentence, toast_sentence
from bot.views.words import Own, Words


@view("board_close")
def board_close(say: Words, facts: Facts) -> Rendered:
    """What an old board becomes, with the way to the new one."""
    url = facts.get("url")
    button = ((Button(say.plain()("btn-latest"), url=url),),) if url else ()
    return Rendered(say("board-closed"), button)


@view("adjourned")
def adjourned(say: Words, facts: Facts) -> Rendered:
    """A further sitting is fixed at once (our rule)."""
    args = worded(say, facts)
    body = [say("adjourned"), say("adjourned-next", next_at=args["next_at"])]
    if facts.get("why"):
        body.append(say("adjourned-why", why=say.people(facts["why"], WHY_LIMIT)))
    return Rendered(with_clause(say, body, "our rule"))


@view("resumed_after_restart")
def resumed_after_restart(say: Words, facts: Facts) -> Rendered:
    """Lost time is given back, and the group is told who has the floor and until when (our rule)."""
    turn, motion, tz = facts["turn"], facts["motion"], facts["tz"]
    body = [say("resumed_after_restart", seconds=facts["lost_seconds"])]
    if turn is not None and turn.get("ends_at"):
        body.append(say("resumed-turn", label=lines.label(say, turn["label"]), time=clock(turn["ends_at"], tz)))
    elif motion is not None and (told := _motion(say, motion, tz)):
        body.append(told)
    else:
        waits = "resumed-stopped" if facts.get("stopped") else "resumed-suspended"
        body.append(say(waits if facts.get("state") == "suspended" else "resumed-nothing"))
    return Rendered(with_clause(say, body, "our rule"))


def _motion(say: Words, motion: dict[str, Any], tz: str) -> Own | None:
    if motion.get("calling"):
        return say("resumed-calling", stance=term(say, "stance", motion["calling"]))
    if motion.get("correction_until"):
        return say("resumed-correcting", time=clock(motion["correction_until"], tz))
    return None


@view("sitting_resumed")
def sitting_resumed(say: Words, facts: Facts) -> Rendered:
    """Back to the state left, with queue, turns and hands kept (our rule)."""
    return Rendered(with_clause(say, [say("sitting_resumed", state=term(say, "state", facts["state"]))], "our rule"))


@view("chair_replaced")
def chair_replaced(say: Words, facts: Facts) -> Rendered:
    """The deputy named by the plan takes the chair (5.3.1 d)."""
    return Rendered(with_clause(say, [say("chair_replaced", label=lines.label(say, facts["label"]))], "5.3.1 d"))


@view("chair_passed_on")
def chair_passed_on(say: Words, facts: Facts) -> Rendered:
    """Chair and speaker are never one (5.5.2 b): who presides from now on, and who comes back."""
    key = "chair_passed_on-back" if facts["returned"] else "chair_passed_on"
    told = say(key, label=lines.label(say, facts["label"]), former=lines.label(say, facts["former"]))
    return Rendered(with_clause(say, [told], "5.3.1 d"))


@view("chair_asked")
def chair_asked(say: Words, facts: Facts) -> Rendered:
    """To the chair, in the group and in private: are you still there (our rule)?"""
    button = Button(say.plain()("step-chair_here"), pack("chair_here", facts["meeting_id"]))
    body = [say("chair_asked", label=lines.label(say, facts["label"]), until=clock(facts["until"], facts["tz"]))]
    return Rendered(with_clause(say, body, "our rule"), ((button,),))


@view("look_please")
def look_please(say: Words, facts: Facts) -> Rendered:
    """Private, to officials: nobody knows whether the result arrived; a person looks (our rule)."""
    plain, ids = say.plain(), (facts["meeting_id"], facts["outbox_id"])
    row = (
        Button(plain("btn-was_delivered"), pack("was_delivered", *ids)),
        Button(plain("btn-send_again"), pack("send_again", *ids)),
    )
    return Rendered(with_clause(say, [say("look_please", **_topic(say, facts))], "our rule"), (row,))


@view("group_status")
def group_status(say: Words, facts: Facts) -> Rendered:
    """/status in the group: the meeting's state in short, or the topics under way."""
    meeting = facts.get("meeting")
    body = board_lines(say, meeting) if meeting else _under_way(say, facts)
    url = facts.get("propose")
    rows = ((Button(say.plain()("btn-propose"), url=url),),) if url else ()
    return Rendered(joined([*body, Own(""), say("group_status-hint")], more=say("board-more")), rows)


def _under_way(say: Words, facts: Facts) -> list[Own]:
    topics = facts.get("topics")
    if not topics:
        return [say("group_status-none")]
    body = [say("group_status-topics"), *(topic_line(say, topic, facts["tz"]) for topic in topics)]
    return [*body, say("group_status-more", count=facts["more"])] if facts["more"] else body


@view("typed_answer")
def typed_answer(say: Words, facts: Facts) -> Rendered:
    """Private answer to something typed in the group: the same words as the toast of a tap."""
    return Rendered(_answer(say, facts))


@view("typed_refusal")
def typed_refusal(say: Words, facts: Facts) -> Rendered:
    """In the group, as a reply to somebody who cannot be written to: why what they typed does not count now."""
    return Rendered(_answer(say, facts))


def _answer(say: Words, facts: Facts) -> Own:
    broken, receipt = facts.get("broken"), facts.get("receipt")
    if receipt:
        return toast_sentence(say, receipt["code"], receipt["facts"])
    told = broken or facts
    return refusal_sentence(say, told.get("code", ""), told.get("clause", ""), told.get("facts") or {})


@view("meeting_tomorrow")
def meeting_tomorrow(say: Words, facts: Facts) -> Rendered:
    """Private reminder on the eve (5.4)."""
    body = [
        say("meeting_tomorrow", **_topic(say, facts)),
        say("meeting_tomorrow-at", at=moment(say, facts["at"], facts["tz"])),
        say("meeting_tomorrow-place", place=say.people(facts["place"])),
        say("meeting_tomorrow-how"),
    ]
    return Rendered(with_clause(say, body, "5.4"))


@view("meeting_adjourned_private")
def meeting_adjourned_private(say: Words, facts: Facts) -> Rendered:
    """Private, to stakeholders who were not there: when the meeting goes on."""
    args = _topic(say, facts) | {"next_at": moment(say, facts["next_at"], facts["tz"])}
    return Rendered(with_clause(say, [say("meeting_adjourned_private", **args)], "our rule"))


def _topic(say: Words, facts: Facts) -> dict[str, object]:
    topic = facts["topic"]
    return {"number": topic["number"], "title": say.people(topic["title"])}
