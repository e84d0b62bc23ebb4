"""Drawing the draft of quotations, and what is tapped in it: every sentence is taken or left by a person."""

import asyncio

from bot.views.codec import pack
from bot.views.rendered import Button
from dialogs.form import Form
from dialogs.quoting.getters import AGAIN, ALL, NEWER, NONE, OLDER, PICK, SPEECHES, offer, pick
from services import drafts, quoting
from services.text.summary import summarise


async def draw(form: Form) -> None:
    """Read what was said, off the loop, and keep where the sentences stand. Without a reader nothing is drawn."""
    versions = await form.read(quoting.spoken, meeting_id=form.meeting_id)
    reader = form.desk.reader
    if reader is None:
        await form.keep(quotations=None, reading=None)
        return
    summary = await asyncio.to_thread(summarise, quoting.to_read(versions), reader)
    places = [list(place) for side in quoting.SIDES for place in summary.quotations.get(side, ())]
    keywords = [[*word.place, word.speakers] for word in summary.keywords]
    taken = [place for place in form.fields.get("taken") or [] if place in places]
    await form.keep(quotations=places, keywords=keywords, taken=taken, page=0, reading=None)


async def choose(form: Form, value: str) -> None:
    """One sentence, all, none, another page, all speeches, or done."""
    page = int(form.fields.get("page") or 0)
    if value == AGAIN:
        await draw(form)
    elif value == SPEECHES:
        await form.keep(reading=0)
    elif value in (NEWER, OLDER):
        await form.keep(page=max(0, page + (1 if value == OLDER else -1)))
    elif value.startswith(PICK):
        await _pick(form, value)
    elif value in (ALL, NONE):
        here = await offer(form)
        await form.keep(taken=[list(place) for place in here.places] if value == ALL else [])
    else:
        await _use(form)


async def _pick(form: Form, value: str) -> None:
    here = await offer(form)
    turned = [taken != (pick(place) == value) for place, taken in zip(here.places, here.taken, strict=True)]
    await form.keep(taken=[list(place) for place, taken in zip(here.places, turned, strict=True) if taken])


async def _use(form: Form) -> None:
    """In the order in which they are shown; then on to the opinion."""
    here = await offer(form)
    chosen = [list(place) for place, taken in zip(here.places, here.taken, strict=True) if taken]
    receipt = await form.act(quoting.quote_speeches, meeting_id=form.meeting_id, quotations=chosen)
    await form.act(drafts.finish, kind=form.kind, subject=form.subject, subject_id=form.subject_id)
    onward = Button(str(form.say.plain()("step-post_wording")), pack("wording_form", form.meeting_id))
    await form.leave(form.say("quote-done", count=receipt.facts["count"]), onward)


async def leaf(form: Form, value: str) -> None:
    """Another page of the speeches."""
    page = int(form.fields.get("reading") or 0)
    await form.keep(reading=max(0, page + (1 if value == OLDER else -1)))


async def close_speeches(form: Form, value: str) -> None:
    """Back to the draft."""
    await form.keep(reading=None)
