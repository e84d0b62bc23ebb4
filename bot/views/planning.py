"""Plan, notice and postponement (5.3, 5.4) as people read them."""

from typing import Final

from bot.views.codec import pack
from bot.views.course import heading, step_rows, topic_row
from bot.views.fact_sheet import group_rows, private_rows
from bot.views.facts import listed, term, worded
from bot.views.moments import DEFAULT_ZONE, moment, period_end
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row, joined
from bot.views.words import Own, Words
from procedure.errors import OUR_RULE
from procedure.notice import NINE_FIELDS

WORDS_SHOWN: Final = 500
NAMES_SHOWN: Final = 6


@view("plan_sent")
def plan_sent(say: Words, facts: Facts) -> Rendered:
    """The plan as one of those listed gets it: when, where, as what, what changed, and how to answer."""
    zone = _zone(facts)
    lines = [
        heading(say, facts),
        say("plan-head", version=facts["version"]),
        say("plan-when", meets_at=moment(say, facts["meets_at"], zone)),
        _where(say, facts),
        say("plan-you", capacity=term(say, "capacity", facts["capacity"])),
    ]
    if facts["overrun"]:
        lines.append(say("plan-overrun", why=say.people(facts["overrun"], WORDS_SHOWN)))
    lines += change_lines(say, facts["changes"], zone)
    rows: tuple[Row, ...] = ()
    if facts["asked"]:
        lines += [Own(""), say("plan-ask-hybrid" if facts.get("room") else "plan-ask")]
        rows += (_pair(say, facts["topic_id"]),)
    if facts["open"]:
        lines.append(say("plan-till", till=period_end(say, facts["till"], zone)))
        rows += step_rows(say, facts["topic_id"], ["object_plan"])
    return Rendered(joined([*lines, say.clause("5.3.2")]), (*rows, topic_row(say, facts)))


def _where(say: Words, facts: Facts) -> Own:
    """The group; of a hybrid meeting the room as well."""
    args = {"place": say.people(facts["place"], 60), "chair": say.people(facts["chair"], 40)}
    room = facts.get("room")
    return say("plan-where-hybrid", room=say.people(room, 60), **args) if room else say("plan-where", **args)


def _pair(say: Words, topic_id: int) -> Row:
    plain = say.plain()
    return tuple(
        Button(plain(f"btn-plan-{word}"), pack("step", topic_id, name))
        for word, name in (("yes", "say_willing"), ("no", "say_unwilling"))
    )


def change_lines(say: Words, changes: list[Facts], zone: str) -> list[Own]:
    """One line for each field that a revision changes."""
    lines = [_change(say, change, zone) for change in changes]
    return [Own(""), say("plan-changed"), *lines] if lines else []


def _change(say: Words, change: Facts, zone: str) -> Own:
    name = term(say, "plan-field", change["field"])
    if "was" in change:
        was, becomes = moment(say, change["was"], zone), moment(say, change["becomes"], zone)
        return say("plan-change-moved", name=name, was=was, becomes=becomes)
    parts = [
        say.of("plan-change", how, names=listed(say, [say.people(one, 40) for one in change[how]], NAMES_SHOWN))
        for how in ("added", "removed", "changed")
        if change.get(how)
    ]
    return say("plan-change", name=name, parts=listed(say, parts or [say("plan-change-other")], 3))


@view("plan_news")
def plan_news(say: Words, facts: Facts) -> Rendered:
    """What happened around a plan, and the next step."""
    known = worded(say, {name: value for name, value in facts.items() if name not in ("labels", "text", "why")})
    for name in ("text", "why"):
        known[name] = say.long(facts.get(name) or "", WORDS_SHOWN)
    known["labels"] = listed(say, [say.people(one, 40) for one in facts.get("labels", ())], 30)
    known["till"] = period_end(say, facts["till"], _zone(facts)) if facts.get("till") else Own("")
    code = facts["code"]
    if code == "entered":
        code = "entered-yes" if facts["willing"] else "entered-no"
    lines = [heading(say, facts), say.of("plan-news", code, **known)]
    return Rendered(joined(lines), (*step_rows(say, facts["topic_id"], list(facts["steps"])), topic_row(say, facts)))


@view("notice_posted")
def notice_posted(say: Words, facts: Facts) -> Rendered:
    """The notice in the group and the channels: its nine statements, then what they rest on."""
    lines = [say("notice-head"), Own("")]
    lines += [
        say("notice-line", name=term(say, "notice-field", name), said=say.people(facts["fields"][name], WORDS_SHOWN))
        for name in NINE_FIELDS
    ]
    if facts["overrun"]:
        lines.append(say("plan-overrun", why=say.people(facts["overrun"], WORDS_SHOWN)))
    rows = group_rows(say, facts.get("fact_sheet"))
    if rows:
        lines += [Own(""), say("notice-facts")]
    return Rendered(joined([*lines, Own(""), say("notice-come"), say.clause("5.4")]), rows)


@view("notice_paper")
def notice_paper(say: Words, facts: Facts) -> Rendered:
    """One of the notice's papers, as a Word document."""
    return Rendered(say.of("notice-paper", facts["kind"], number=facts["topic"]["number"]), document=_document(facts))


def _document(facts: Facts) -> tuple[str, str] | None:
    return (facts["document"][0], facts["document"][1]) if facts["document"] else None


@view("notice_told")
def notice_told(say: Words, facts: Facts) -> Rendered:
    """The date is fixed: when, where, as what."""
    lines = [
        heading(say, facts),
        say("notice-told", meets_at=moment(say, facts["meets_at"], _zone(facts))),
        _come(say, facts),
        say("plan-you", capacity=term(say, "capacity", facts["capacity"])),
    ]
    rows = private_rows(say, facts["topic_id"], facts.get("fact_sheet"))
    if rows:
        lines.append(say("notice-facts"))
    return Rendered(joined(lines), (*rows, topic_row(say, facts)))


def _come(say: Words, facts: Facts) -> Own:
    place, room = say.people(facts["place"], 60), facts.get("room")
    if room:
        return say("notice-told-hybrid", place=place, room=say.people(room, 60))
    return say("notice-told-where", place=place)


@view("meeting_postponed")
def meeting_postponed(say: Words, facts: Facts) -> Rendered:
    """In the places of the notice: it will not take place then."""
    return Rendered(joined(_postponed(say, facts)))


@view("meeting_postponed_private")
def meeting_postponed_private(say: Words, facts: Facts) -> Rendered:
    """To everybody who had the plan."""
    return Rendered(joined(_postponed(say, facts)), (topic_row(say, facts),))


@view("sitting_missed")
def sitting_missed(say: Words, facts: Facts) -> Rendered:
    """In the group, at the end of the day: nobody opened the meeting (our rule)."""
    return Rendered(joined([say("sitting_missed"), say("our-rule")]))


@view("sitting_missed_private")
def sitting_missed_private(say: Words, facts: Facts) -> Rendered:
    """To the chairs: what can be done now."""
    lines = [
        heading(say, facts),
        say("sitting_missed-chair"),
        say("sitting_missed-begun" if facts["begun"] else "sitting_missed-new"),
    ]
    rows = () if facts["begun"] else step_rows(say, facts["topic_id"], ["postpone_meeting"])
    return Rendered(joined(lines), (*rows, topic_row(say, facts)))


@view("look_at_post")
def look_at_post(say: Words, facts: Facts) -> Rendered:
    """To the committee: nobody knows whether a notice arrived; a person looks (our rule)."""
    plain, ids = say.plain(), (facts["topic_id"], facts["outbox_id"])
    row = (
        Button(plain("btn-was_delivered"), pack("post_seen", *ids)),
        Button(plain("btn-send_again"), pack("post_again", *ids)),
    )
    lines = [heading(say, facts), say("look-at-post", place=say.people(facts["place"], 60)), say.clause(OUR_RULE)]
    return Rendered(joined(lines), (row,))


def _postponed(say: Words, facts: Facts) -> list[Own]:
    return [
        heading(say, facts),
        say("meeting-postponed", meets_at=moment(say, facts["meets_at"], _zone(facts))),
        say("meeting-postponed-why", why=say.long(facts["why"], WORDS_SHOWN)),
        say("meeting-postponed-next"),
    ]


def _zone(facts: Facts) -> str:
    return str(facts.get("tz") or DEFAULT_ZONE)
