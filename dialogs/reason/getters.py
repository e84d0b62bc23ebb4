"""What each question shows."""

from datetime import date, timedelta
from typing import Any, Final

from bot.views.facts import term
from bot.views.lines import label
from bot.views.moments import day
from bot.views.places import TITLE
from bot.views.words import Own
from dialogs import facts
from dialogs.form import Choices, Form
from dialogs.reason.states import REASON_LIMIT
from procedure.meeting import ADJOURN_DAYS
from procedure.turns import EXTENSION_MINUTES

DAYS_OFFERED: Final = 7
HANDS_OFFERED: Final = 8
TIMES_OFFERED: Final = ("09:00", "14:00", "15:00", "19:00", "19:30", "20:00")


async def head(form: Form, meeting: dict[str, Any]) -> Own:
    """What the chair is about to do, to whom."""
    action, subject = form.fields["action"], form.fields["subject_id"]
    shown = Own("")
    if action == "skip":
        shown = next((label(form.say, one["label"]) for one in meeting["queue"] if one["hand_id"] == subject), shown)
    elif action == "accept_words":
        found = (one for one in meeting["borrowed"] if one["speech_id"] == subject)
        shown = next((label(form.say, one["label"]) for one in found), shown)
    elif action == "ban_channel":
        found = (one for one in meeting["channels"] if one["id"] == subject)
        shown = next((form.say.people(one["title"], TITLE) for one in found), shown)
    elif meeting["turn"] is not None:
        shown = label(form.say, meeting["turn"]["label"])
    return Own(f"<b>{form.say(f'reason-head-{action}', label=shown)}</b>")


async def _meeting(form: Form) -> dict[str, Any]:
    found: dict[str, Any] = await form.read(facts.known, meeting_id=form.meeting_id)
    return found


async def which(form: Form) -> tuple[list[Own], Choices]:
    """The hands behind the next."""
    meeting = await _meeting(form)
    plain = form.say.plain()
    others = meeting["queue"][1 : HANDS_OFFERED + 1]
    choices = [
        (str(one["hand_id"]), f"{label(plain, one['label'])} {term(plain, 'stance', one['stance'])}") for one in others
    ]
    asked = form.say("reason-which") if others else form.say("reason-nobody")
    return [await head(form, meeting), asked], choices


async def minutes(form: Form) -> tuple[list[Own], Choices]:
    """One to three minutes more (5.5.2 f)."""
    plain = form.say.plain()
    choices = [(str(one), str(plain("reason-minutes-of", minutes=one))) for one in EXTENSION_MINUTES]
    return [await head(form, await _meeting(form)), form.say("reason-minutes")], choices


async def days(form: Form) -> tuple[list[Own], Choices]:
    """The coming days, tomorrow first."""
    today = date.fromisoformat(form.known["today"])
    offered = [today + timedelta(days=ahead) for ahead in (*range(1, DAYS_OFFERED + 1), 10, ADJOURN_DAYS)]
    choices = [(one.isoformat(), str(day(form.say.plain(), one))) for one in offered]
    latest = day(form.say, today + timedelta(days=ADJOURN_DAYS))
    return [await head(form, await _meeting(form)), form.say("reason-day", latest=latest)], choices


async def times(form: Form) -> tuple[list[Own], Choices]:
    """Usual hours; any other can be typed."""
    asked = form.say("reason-time", day=day(form.say, form.fields["day"]))
    return [await head(form, await _meeting(form)), asked], [(one, one) for one in TIMES_OFFERED]


async def why(form: Form) -> tuple[list[Own], Choices]:
    """Four reasons and room for an own one."""
    plain = form.say.plain()
    choices = [(str(one), str(plain(f"preset-{form.fields['action']}-{one}"))) for one in range(1, 5)]
    lines = [
        await head(form, await _meeting(form)),
        form.say("reason-why"),
        form.say("reason-write", limit=REASON_LIMIT),
    ]
    return lines, choices
