"""Reminders of running clocks, each person's as one message (our rule); the date shows its sum and clause."""

from bot.views import dues
from bot.views.course import step_rows
from bot.views.floor import with_clause
from bot.views.moments import moment
from bot.views.registry import Facts, view
from bot.views.rendered import Rendered, joined
from bot.views.words import Own, Words

LIST_SHOWN = 12
_TEXT_LIMIT = 200


@view("reminder")
def reminder(say: Words, facts: Facts) -> Rendered:
    """Private: one thing with all there is to say of it and the steps it waits for, or several in short by due date."""
    items = facts["items"]
    if len(items) == 1:
        steps = step_rows(say, items[0]["topic_id"], items[0].get("steps") or [])  # none: from before the upgrade
        return Rendered(_alone(say, items[0]), (*steps, *dues.topic_rows(say, items)))
    body = [say("reminder-many", count=len(items))]
    for item in items[:LIST_SHOWN]:
        body += [Own(""), *_short(say, item)]
    return Rendered(joined(body, more=say("board-more")), dues.topic_rows(say, items))


def _heading(say: Words, item: Facts) -> Own:
    args = {
        "number": item["topic"]["number"],
        "title": say.people(item["topic"]["title"]),
        "what": dues.what(say, item),
    }
    return say("reminder-late", days=item["late_days"], **args) if dues.late(item) else say("reminder-one", **args)


def _when(say: Words, item: Facts) -> Own:
    if item["kind"] == "meeting":
        return say("reminder-meets", at=moment(say, item["ends_at"], item["tz"]))
    word = "reminder-was" if dues.late(item) else "reminder-over" if item["late"] else "reminder-until"
    return say(word, ends_at=dues.until(say, item))


def _missed(say: Words, item: Facts) -> list[Own]:
    minutes = item["missed_minutes"]
    return [say("reminder-missed", span=dues.span(say, minutes))] if minutes else []


def _alone(say: Words, item: Facts) -> str:
    body = [_heading(say, item)]
    if item["item"] is not None:
        text = say.people(item["item"]["text"], _TEXT_LIMIT)
        body.append(say("reminder-item", number=item["item"]["number"], text=text))
    body.append(_when(say, item))
    for place, part in enumerate(dues.counted(say, item["arithmetic"])):
        body.append(part if place else say("reminder-sum", sum=part))
    body += [dues.duty(say, item), *_missed(say, item)]
    return with_clause(say, body, item["arithmetic"]["clause"])


def _short(say: Words, item: Facts) -> list[Own]:
    lines = [_heading(say, item), _when(say, item)]
    if item["kind"] != "meeting":
        lines.append(dues.in_short(say, item["arithmetic"]))
    return [*lines, dues.duty(say, item), *_missed(say, item)]
