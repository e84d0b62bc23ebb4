"""What the two forms show."""

from bot.views.items import request_words
from bot.views.lines import label
from bot.views.words import Own
from dialogs import facts
from dialogs.form import Choices, Form
from services.wording import REQUEST_LIMIT


async def text(form: Form) -> tuple[list[Own], Choices]:
    """The question, and what was written before."""
    asked = [form.say("correction-ask", limit=REQUEST_LIMIT)]
    if not form.fields.get("text"):
        return asked, []
    written = form.say("wording-now", text=form.say.long(form.fields["text"], REQUEST_LIMIT))
    return [*asked, written], [("keep", str(form.say.plain()("wording-keep")))]


async def review(form: Form) -> tuple[list[Own], Choices]:
    """What will be sent."""
    shown = form.say.long(form.fields["text"], REQUEST_LIMIT)
    return [form.say("correction-review"), shown], [("send", str(form.say.plain()("form-send")))]


async def _request(form: Form) -> list[Own]:
    meeting = await form.read(facts.known, meeting_id=form.meeting_id)
    asked = next((one for one in meeting["requests"] if one["id"] == form.fields["request_id"]), None)
    if asked is None:
        return [form.say("correction-gone")]
    head = form.say("correction-decide", label=label(form.say, asked["label"]))
    return [head, request_words(form.say, asked, REQUEST_LIMIT)]


async def choose(form: Form) -> tuple[list[Own], Choices]:
    """The request, and the two answers."""
    plain = form.say.plain()
    choices = [("adopt", str(plain("correction-adopt"))), ("refuse", str(plain("correction-refuse")))]
    return await _request(form), choices


async def why(form: Form) -> tuple[list[Own], Choices]:
    """The request, and the question for the reason."""
    answer = "adopt" if form.fields["adopted"] else "refuse"
    return [*await _request(form), form.say(f"correction-why-{answer}", limit=REQUEST_LIMIT)], []
