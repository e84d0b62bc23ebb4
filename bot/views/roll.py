"""Who raised which hand: pages in the private chat, and the file (5.5.3 b)."""

from typing import Any, Final

from bot.views.codec import pack
from bot.views.following import document
from bot.views.lines import label, motion_name
from bot.views.registry import Facts, view
from bot.views.rendered import CAPTION_LIMIT, Button, Rendered, Row, joined
from bot.views.words import Own, Words

_SIDES: Final = ("for", "against", "abstain", "missing")


@view("vote_roll")
def vote_roll(say: Words, facts: Facts) -> Rendered:
    """One page: side by side, every household label; nothing is left out, the rest is on the other pages."""
    body = [say("vote_roll", motion=motion_name(say, facts))]
    if facts["void"]:
        body.append(say("vote_roll-void"))
    for side in _SIDES:
        mine = [one for one in facts["listed"] if one[0] == side]
        if mine:
            names = Own(say("list-comma").join(_who(say, one) for one in mine))
            body += [Own(""), say(f"vote_roll-{side}", count=facts["counts"][side], names=names)]
    if facts["pages"] > 1:
        body += [Own(""), say("vote_roll-page", page=facts["page"], pages=facts["pages"])]
    rows = (*_turning(say.plain(), facts), _file(say.plain(), facts))
    return Rendered(joined([*body, Own(f"<i>{say.clause('5.5.3 b')}</i>")]), rows)


def _who(say: Words, one: list[Any]) -> Own:
    shown = label(say, one[1])
    return say("room-marked", label=shown) if one[2] else shown


def _turning(say: Words, facts: Facts) -> tuple[Row, ...]:
    page, motion_id = facts["page"], facts["motion_id"]
    row: list[Button] = []
    if page > 1:
        row.append(Button(say("btn-roll-before"), pack("roll", motion_id, page - 1)))
    if page < facts["pages"]:
        row.append(Button(say("btn-roll-after"), pack("roll", motion_id, page + 1)))
    return (tuple(row),) if row else ()


def _file(say: Words, facts: Facts) -> Row:
    return (Button(say("btn-roll-file"), pack("roll_file", facts["motion_id"])),)


@view("roll_file")
def roll_file(say: Words, facts: Facts) -> Rendered:
    """The whole roll as a file."""
    text = [say("vote_roll", motion=motion_name(say, facts)), say.clause("5.5.3 b")]
    return Rendered(joined(text, limit=CAPTION_LIMIT), document=document(facts))
