"""The plan as a form (5.3.1): day, hour, place, people with capacities, chair, deputies, second official."""

from collections.abc import Sequence
from typing import Any, Final

from bot.views.moments import day as day_words
from bot.views.words import Own
from dialogs.form import Choices, Form
from dialogs.planning.parts import chosen, may, typed
from dialogs.planning.people import (
    listed,
    may_chair,
    may_confirm,
    may_record,
    may_stand_in,
    may_supervise,
    one_of,
)
from dialogs.sheet.filler import DONE
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Question, Sheet
from procedure.plan import OFFERED_MODES, Mode
from procedure.terms import Capacity, Post, Standing
from services import plan_known, plan_rows, planning

_HOURS: Final = ("08:30", "09:30", "10:00", "14:00", "15:00", "16:00", "18:30", "19:00", "19:30", "20:00")
_DAY_LIMIT: Final = 20
_HOUR_LIMIT: Final = 10
_DEPUTIES: Final = ("chair", "recorder", "supervisor")


async def _late(form: Form) -> bool:
    return bool(await form.read(plan_known.too_late, topic_id=form.subject_id))


async def _days(form: Form, narrowed: str) -> Choices:
    """Lawful days first, then the others with why they are not possible."""
    plain = form.say.plain()
    late = bool(form.fields.get("overrun"))
    offers = await form.read(plan_known.offers, topic_id=form.subject_id, overrun=late)
    return [
        (one["day"], str(plain.of("plan-day", _why(one), day=day_words(plain, one["day"]))))
        for one in sorted(offers, key=lambda one: not one["lawful"])
    ]


def _why(offer: dict[str, Any]) -> str:
    if offer["lawful"]:
        return "uncertain" if offer["uncertain"] else "lawful"
    return str(offer["why"])


async def _read_day(form: Form, value: str) -> str:
    late = bool(form.fields.get("overrun"))
    day: str = await form.read(plan_known.check_day, topic_id=form.subject_id, day=value, overrun=late)
    return day


async def _day_shown(form: Form, value: str) -> str:
    return str(day_words(form.say.plain(), value))


async def _hours(form: Form, narrowed: str) -> Choices:
    return [(hour.replace(":", "-"), hour) for hour in _HOURS]


async def _read_hour(form: Form, value: str) -> str:
    return f"{plan_rows.read_hour(value.replace('-', ':')):%H:%M}"


async def _groups(form: Form, narrowed: str) -> Choices:
    found = await form.read(plan_known.groups, topic_id=form.subject_id)
    return [(str(one["id"]), str(one["title"])) for one in found]


_OVERRUN: Final = typed("overrun", planning.REASON_LIMIT)
_DAY: Final = Question(
    "day", "plan-ask-day", "plan-name-day", limit=_DAY_LIMIT, options=_days, read=_read_day, shown=_day_shown
)
_HOUR: Final = typed("hour", _HOUR_LIMIT, options=_hours, read=_read_hour)
_GROUP: Final = chosen("group", _groups)
_modes = terms("plan-mode", OFFERED_MODES)


async def _read_mode(form: Form, value: str) -> str:
    """A room needs what was left out before."""
    if value == Mode.HYBRID:
        await form.keep(**{name: None for name in ("room", "second_official") if form.fields.get(name) == ""})
    return value


_MODE: Final = Question(
    "mode", "plan-ask-mode", "plan-name-mode", options=_modes, read=_read_mode, shown=picked(_modes)
)
_ROOM: Final = typed("room", planning.ROOM_LIMIT)
_PEOPLE: Final = (
    *(listed(capacity) for capacity in Capacity),
    one_of("chair", may_chair, optional=False, first=Post.CONVENER),
    one_of("deputy_chair", may_stand_in, first=Standing.PARTY_BRANCH),
    one_of("deputy_recorder", may_record, first=Standing.COMMITTEE),
    one_of("deputy_supervisor", may_supervise, first=Standing.SUPERVISORY_COMMITTEE),
)
_SECOND: Final = one_of("second_official", may_confirm, first=Post.ADVISER)
_SECOND_NEEDED: Final = one_of("second_official", may_confirm, optional=False, first=Post.ADVISER)


async def _questions(form: Form) -> Sequence[Question]:
    reason = (_OVERRUN,) if await _late(form) else ()
    where = (_GROUP,) if len(await _groups(form, "")) > 1 else ()
    hybrid = form.fields.get("mode") == Mode.HYBRID
    form_of_it = (_MODE, _ROOM) if hybrid else (_MODE,)
    return (*reason, _DAY, _HOUR, *form_of_it, *where, *_PEOPLE, _SECOND_NEEDED if hybrid else _SECOND)


async def _begin(form: Form) -> None:
    """A revision starts from the version before; what was typed already stays."""
    await may(form)
    if form.fields:
        return
    known = await form.read(plan_known.start, topic_id=form.subject_id)
    done = sorted(capacity.value for capacity in Capacity) if "hour" in known else []
    await form.keep(**known, **{DONE: done})


async def _note(form: Form) -> list[Own]:
    """The chain of clocks, and the sum of 5.3.1 a."""
    say, day = form.say, form.fields["day"]
    chain = await form.read(plan_known.chain, topic_id=form.subject_id, day=day)
    days = {name: day_words(say, chain[name]) for name in ("notice_by", "objections_end", "approved_on", "last_day")}
    lines = [
        say("plan-chain", notice_by=days["notice_by"], objections_end=days["objections_end"]),
        say("plan-sum", approved_on=days["approved_on"], days=chain["days"], last_day=days["last_day"]),
        say.clause("5.3.1 a"),
    ]
    return [*lines, say("plan-uncertain")] if chain["uncertain"] else lines


async def _send(form: Form) -> None:
    fields = form.fields
    await form.submit(
        planning.draft_plan,
        day=fields["day"],
        hour=fields["hour"],
        mode=fields["mode"],
        room=fields.get("room") or "",
        group=_number(fields.get("group")),
        people={one.value: [int(who) for who in fields.get(one.value) or []] for one in Capacity},
        chair=int(fields["chair"]),
        deputies={post: int(who) for post in _DEPUTIES if (who := fields.get(f"deputy_{post}"))},
        second_official=_number(fields.get("second_official")),
        overrun=fields.get("overrun") or "",
    )


def _number(value: str | None) -> int | None:
    return int(value) if value else None


PLAN: Final = Sheet("draft_plan", _questions, _send, begin=_begin, note=_note)
