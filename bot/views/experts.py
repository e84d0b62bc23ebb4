"""Messages about questions to the experts (5.6.1 f)."""

from typing import Final

from bot.views.codec import pack
from bot.views.expert_lines import TEXT_LIMIT, asked
from bot.views.facts import worded
from bot.views.floor import WHY_LIMIT, with_clause
from bot.views.lines import label
from bot.views.moments import full_date
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row
from bot.views.words import Own, Words
from procedure.experts import CLAUSE

LONG_LIMIT: Final = 2000
LISTED: Final = 8


def _form_button(say: Words, facts: Facts, action: str) -> Row:
    return (Button(say.plain()(f"btn-{action}"), pack("expert_form", facts["meeting_id"], action)),)


@view("question_assigned")
def question_assigned(say: Words, facts: Facts) -> Rendered:
    """Private, to whoever is to answer: time to think about it."""
    lines = [asked(say, "question_assigned", facts), say("question_assigned-next", minutes=facts["minutes"])]
    return Rendered(with_clause(say, lines, CLAUSE), (_form_button(say, facts, "promise_answer"),))


@view("your_answer")
def your_answer(say: Words, facts: Facts) -> Rendered:
    """Private, to whoever answers now."""
    lines = [asked(say, "your_answer", facts), say("your_answer-next", minutes=facts["minutes"])]
    return Rendered(with_clause(say, lines, CLAUSE), (_form_button(say, facts, "promise_answer"),))


@view("answer_due")
def answer_due(say: Words, facts: Facts) -> Rendered:
    """Private, to whoever writes the answer later."""
    text = say.people(facts["text"], TEXT_LIMIT)
    line = say("answer_due", number=facts["number"], text=text, due=full_date(say, facts["due"]))
    return Rendered(with_clause(say, [line], CLAUSE), (_form_button(say, facts, "write_answer"),))


@view("questions_settled")
def questions_settled(say: Words, facts: Facts) -> Rendered:
    """To the group: in writing until a day, or not at all and why; said by the expert or by the chair."""
    questions = facts["questions"]
    lines = [asked(say, "questions_settled-one", one) for one in questions[:LISTED]]
    if len(questions) > LISTED:
        numbers = say("list-comma").join(str(one["number"]) for one in questions[LISTED:])
        lines.append(say("questions_settled-more", numbers=Own(numbers), count=len(questions) - LISTED))
    if facts["until"]:
        key = "questions_settled-expert" if facts["by"] == "expert" else "questions_settled-written"
        lines.append(say(key, due=full_date(say, facts["until"]), expert=label(say, questions[0]["expert"])))
    else:
        lines.append(say("questions_settled-left", why=say.people(facts["why"], WHY_LIMIT)))
    return Rendered(with_clause(say, [say("questions_settled"), *lines], CLAUSE))


@view("answer_written")
def answer_written(say: Words, facts: Facts) -> Rendered:
    """To the group: the answer that was promised."""
    question = asked(say, "answer_written-question", {**facts, "text": facts["question"]})
    head = say("answer_written", **worded(say, {"label": facts["label"], "number": facts["number"]}))
    return Rendered(with_clause(say, [head, question, say.long(facts["text"], LONG_LIMIT)], CLAUSE))
