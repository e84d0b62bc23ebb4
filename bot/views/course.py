"""A topic's page in the private chat: title, stage, what it waits for, and the next steps as buttons."""

from typing import Final

from bot.views import dues
from bot.views.choosing import choice
from bot.views.codec import pack
from bot.views.facts import listed, term, worded
from bot.views.home import home_row
from bot.views.moments import day, local, moment
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row, joined
from bot.views.words import Own, Words
from procedure.clocks import WINDOWS, DeadlineKind
from services.minutes_reading import NEWEST

STEPS_SHOWN: Final = 8
EVENTS_SHOWN: Final = 40
PROPOSAL_SHOWN: Final = 120
SUPPORTERS_SHOWN: Final = 12
_OPEN_TO_ALL: Final = frozenset({"join_topic", "withdraw_support"})


@view("topic_page")
def topic_page(say: Words, facts: Facts) -> Rendered:
    """Where the topic stands, its dates, what happened last, and what the reader may do."""
    lines = [heading(say, facts), say("topic-at", stage=term(say, "topic-stage", facts["stage"]))]
    if facts["outcome"]:
        lines.append(say("topic-outcome", outcome=term(say, "topic-outcome", facts["outcome"])))
    if facts["posts"]:
        held = [
            say("page-post", post=term(say, "post", post), name=say.people(name, 20))
            for post, name in facts["posts"].items()
        ]
        lines.append(say("page-posts", posts=listed(say, held)))
    lines += _about(say, facts)
    lines += [*_clocks(say, facts["clocks"]), *_awaits(say, facts)]
    if facts["events"]:
        lines += [Own(""), say("page-events"), *(_event(say, event, facts["tz"]) for event in facts["events"])]
    rows = [*step_rows(say, facts["topic_id"], facts["steps"]), *alike_rows(say, facts["alike"])]
    rows.append((Button(say.plain()("btn-papers"), pack("papers", facts["topic_id"])),))
    if facts["fact_sheet"] is not None:
        rows.append((Button(say.plain()("btn-fact_sheet"), pack("fact_sheet", facts["topic_id"])),))
    if facts.get("minutes") is not None:
        rows.append((Button(say.plain()("btn-minutes"), pack("minutes", facts["minutes"], NEWEST)),))
    if facts["more"]:
        words = say.plain()("btn-timeline", count=facts["more"])
        rows.append((Button(words, pack("timeline", facts["topic_id"])),))
    return Rendered(joined(lines, more=say("board-more")), (*rows, *home_row(say)))


@view("timeline")
def timeline(say: Words, facts: Facts) -> Rendered:
    """Everything that happened to the topic, newest first."""
    lines = [heading(say, facts), say("page-timeline")]
    lines += [_event(say, event, facts["tz"]) for event in facts["events"][:EVENTS_SHOWN]]
    if len(facts["events"]) > EVENTS_SHOWN:
        lines.append(say("board-more"))
    back = Button(say.plain()("btn-back-topic", number=facts["topic"]["number"]), pack("topic", facts["topic_id"]))
    return Rendered(joined(lines, more=say("board-more")), ((back,), *home_row(say)))


def _about(say: Words, facts: Facts) -> list[Own]:
    """What is proposed, as what until its review; when the plan that was sent wants to meet, until a notice says it."""
    lines = [say("proposal-proposal", proposal=say.people(facts["proposal"], PROPOSAL_SHOWN))]
    lines += [*support_lines(say, facts["support"]), *alike_lines(say, facts["alike"])]
    if facts["choice"] is not None:
        lines += choice(say, facts["choice"])
    if facts["planned"] is not None:
        lines.append(say("page-planned", at=moment(say, facts["planned"], facts["tz"])))
    sheet = facts["fact_sheet"]
    if sheet is not None and sheet["readers"] is not None:
        lines.append(say("fact_sheet-counted", version=sheet["version"], count=sheet["readers"]))
    return lines


def _clocks(say: Words, items: list[Facts]) -> list[Own]:
    """Every clock that runs, what is late in red, each with the sum that made its date."""
    lines: list[Own] = [Own(""), say("page-clocks")] if items else []
    for item in items:
        what, who = dues.what(say, item), dues.who(say, item)
        if item["kind"] == "meeting":
            lines.append(say("page-meeting", at=moment(say, item["ends_at"], item["tz"])))
            continue
        if DeadlineKind(item["kind"]) in WINDOWS:
            lines += [
                say("page-window", what=what, ends_at=dues.until(say, item)),
                dues.in_short(say, item["arithmetic"]),
            ]
            continue
        if item["item"] is not None:
            number, text = item["item"]["number"], say.people(item["item"]["text"], dues.TITLE_LIMIT)
            what = say("bracketed", text=what, more=say("reminder-item", number=number, text=text))
        args = {"what": what, "who": who, "ends_at": dues.until(say, item)}
        line = say("page-clock-late", days=item["late_days"], **args) if dues.late(item) else say("page-clock", **args)
        lines += [line, dues.in_short(say, item["arithmetic"])]
    return lines


def _event(say: Words, event: Facts, tz: str) -> Own:
    when = event["on"] if "on" in event else local(event["at"], tz).date()
    return say("page-event", day=day(say, when), event=say.of("event", event["event"], **worded(say, event)))


def support_lines(say: Words, support: Facts | None) -> list[Own]:
    """How many neighbours joined, for both committees with their homes; None: a message from before the upgrade."""
    if not support or not support["count"]:
        return []
    line = say("support", count=support["count"])
    if "labels" not in support:
        return [line]
    labels = listed(say, [say.people(one, 20) for one in support["labels"]], SUPPORTERS_SHOWN)
    return [line, say("support-who", households=support["households"], labels=labels)]


def alike_lines(say: Words, others: list[Facts]) -> list[Own]:
    """Which topics this one is like, and by which words."""
    return [
        say(
            "proposal-alike",
            number=one["number"],
            title=say.people(one["title"], 40),
            words=listed(say, [say.people(word, 20) for word in one["words"]]),
        )
        for one in others
    ]


def alike_rows(say: Words, others: list[Facts]) -> tuple[Row, ...]:
    """The way to each of them."""
    plain = say.plain()
    return tuple(
        (
            Button(
                plain("btn-alike", number=one["number"]),
                pack("topic", one["topic_id"]),
            ),
        )
        for one in others
    )


def heading(say: Words, facts: Facts) -> Own:
    """№ and title."""
    return say("topic-heading", number=facts["topic"]["number"], title=say.people(facts["topic"]["title"], 100))


def step_rows(say: Words, topic_id: int, steps: list[str]) -> tuple[Row, ...]:
    """One button for each step."""
    plain = say.plain()
    return tuple((Button(plain.of("course", name), pack("step", topic_id, name)),) for name in steps[:STEPS_SHOWN])


def topic_row(say: Words, facts: Facts) -> Row:
    """The way to the topic's page."""
    return (Button(say.plain()("btn-topic", number=facts["topic"]["number"]), pack("topic", facts["topic_id"])),)


def _awaits(say: Words, facts: Facts) -> list[Own]:
    """What others are to do next, when it is not for the reader."""
    others = {name: who for name, who in facts["awaits"].items() if name not in facts["steps"]}
    if not _OPEN_TO_ALL.issuperset(facts["steps"]) or not others:
        return []
    name, who = next(iter(others.items()))
    people = listed(say, [term(say, "standing", one) for one in who], 3)
    return [Own(""), say("topic-awaits", who=people, step=say.of("course", name))]
