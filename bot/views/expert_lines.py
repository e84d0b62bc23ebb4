"""Questions to the experts (5.6.1 f) on boards and consoles: lines and buttons."""

from typing import Any, Final

from bot.views.codec import pack
from bot.views.lines import label
from bot.views.registry import Facts
from bot.views.rendered import Button, Row
from bot.views.words import Own, Words

FORMS: Final = frozenset({"enter_question", "merge_questions", "assign_question", "settle_questions"})
"""Steps of a console that open a form."""
TEXT_LIMIT: Final = 200
CALLS_SHOWN: Final = 3
_ASKED_IN: Final = frozenset({"explained", "discussion", "expert_answers"})


def board_lines(say: Words, facts: Facts) -> list[Own]:
    """The question that is being answered, and how many wait."""
    found: list[Own] = []
    if facts["question"]:
        found.append(asked(say, "board-question", facts["question"]))
    if facts["questions_open"]:
        found.append(say("board-questions", count=facts["questions_open"]))
    return found


def board_rows(say: Words, facts: Facts) -> list[Row]:
    """Asking is done in private; where the plan names nobody who answers there is no button."""
    if facts["state"] not in _ASKED_IN or not facts["experts"] or not facts["bot_username"]:
        return []
    url = f"https://t.me/{facts['bot_username']}?start=ask-{facts['meeting_id']}"
    return [(Button(say("btn-question"), url=url),)]


def console_lines(say: Words, facts: Facts) -> list[Own]:
    """The first questions that wait, with whoever is to answer."""
    listed = facts.get("questions") or []
    found = [_console_line(say, one) for one in listed]
    more = facts.get("questions_more") or 0
    return [*found, say("console-questions-more", count=more)] if more > len(listed) else found


def _console_line(say: Words, one: dict[str, Any]) -> Own:
    args = {"number": one["number"], "label": label(say, one["label"]), "text": say.people(one["excerpt"], 60)}
    if one["expert"] is None:
        return say("console-question", **args)
    return say("console-question-for", expert=label(say, one["expert"]), **args)


def call_buttons(say: Words, facts: Facts) -> list[Button]:
    """One for each of the first questions that somebody who is here is to answer."""
    ready = [one for one in facts.get("questions") or [] if one["expert"] is not None and one["here"]]
    return [
        Button(
            say("step-call_expert-one", expert=label(say, one["expert"]), number=one["number"]),
            pack("call_expert", facts["meeting_id"], one["question_id"]),
        )
        for one in ready[:CALLS_SHOWN]
    ]


def asked(say: Words, key: str, one: Facts) -> Own:
    """A question in this sentence, with its number and who asked it."""
    text = say.people(one["text"], TEXT_LIMIT)
    return say(key, number=one["number"], asker=label(say, one["asker"]), text=text)
