"""Messages around a turn: points of order, words read out, summaries of voice notes, speakers who cannot speak."""

from typing import Final

from bot.views.codec import pack
from bot.views.facts import term
from bot.views.floor import WHY_LIMIT, with_clause
from bot.views.lines import label
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered
from bot.views.words import Words
from procedure.errors import OUR_RULE

TEXT_LIMIT: Final = 1000


@view("point_raised")
def point_raised(say: Words, facts: Facts) -> Rendered:
    """Somebody says that the procedure is not kept; nobody else speaks before the chair has answered."""
    text = say.people(facts["text"], WHY_LIMIT)
    lines = [say("point_raised", label=label(say, facts["label"]), text=text), say("point_raised-next")]
    return Rendered(with_clause(say, lines, OUR_RULE))


@view("point_decided")
def point_decided(say: Words, facts: Facts) -> Rendered:
    """The chair's answer and its reason."""
    key = "point_decided-yes" if facts["upheld"] else "point_decided-no"
    lines = [
        say(key, label=label(say, facts["label"]), text=say.people(facts["text"], WHY_LIMIT)),
        say("point_decided-why", why=say.people(facts["why"], WHY_LIMIT)),
    ]
    return Rendered(with_clause(say, lines, OUR_RULE))


@view("read_out")
def read_out(say: Words, facts: Facts) -> Rendered:
    """The words of whoever has the floor, read out by the recorder, or posted by the bot at the turn's end."""
    head = say("read_out" if facts["by"] == "recorder" else "read_out-bot", label=label(say, facts["label"]))
    return Rendered(with_clause(say, [head, say.long(facts["text"], TEXT_LIMIT)], OUR_RULE))


@view("reading_waits")
def reading_waits(say: Words, facts: Facts) -> Rendered:
    """Private, to the recorder: somebody whose turn runs asks to be read out."""
    head = say("reading_waits", label=label(say, facts["label"]))
    button = Button(say.plain()("btn-read_out"), pack("read_out", facts["meeting_id"], facts["reading_id"]))
    return Rendered(with_clause(say, [head, say.long(facts["text"], TEXT_LIMIT)], OUR_RULE), ((button,),))


@view("voice_summed")
def voice_summed(say: Words, facts: Facts) -> Rendered:
    """What the recorder wrote about a voice note, below it, for everybody to check (5.6.3)."""
    line = say("voice_summed", label=label(say, facts["label"]), text=say.people(facts["text"], WHY_LIMIT))
    return Rendered(with_clause(say, [line], "5.6.3"))


@view("speaker_gone")
def speaker_gone(say: Words, facts: Facts) -> Rendered:
    """Private, to the chair: whoever has the floor left, is muted, or blocked the bot."""
    how = term(say, "hindered", facts["how"])
    lines = [say("speaker_gone", label=label(say, facts["label"]), how=how), say("speaker_gone-next")]
    button = Button(say.plain()("step-pass_on"), pack("pass_on", facts["meeting_id"], facts["turn_id"]))
    return Rendered(with_clause(say, lines, OUR_RULE), ((button,),))
