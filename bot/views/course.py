"""A topic's page in the private chat: title, stage, what it waits for, and the next steps as buttons."""

from typing import Final

from bot.views.codec import pack
from bot.views.facts import listed, term
from bot.views.home import home_row
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row, joined
from bot.views.words import Own, Words

STEPS_SHOWN: Final = 8


@view("topic_page")
def topic_page(say: Words, facts: Facts) -> Rendered:
    """Where the topic stands and what the reader may do."""
    lines = [heading(say, facts), say("topic-at", stage=term(say, "topic-stage", facts["stage"]))]
    if facts["outcome"]:
        lines.append(say("topic-outcome", outcome=term(say, "topic-outcome", facts["outcome"])))
    lines += _awaits(say, facts)
    return Rendered(joined(lines), (*step_rows(say, facts["topic_id"], facts["steps"]), *home_row(say)))


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
    if facts["steps"] or not others:
        return []
    name, who = next(iter(others.items()))
    people = listed(say, [term(say, "standing", one) for one in who], 3)
    return [Own(""), say("topic-awaits", who=people, step=say.of("course", name))]
