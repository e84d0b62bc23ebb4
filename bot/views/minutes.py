"""The minutes in the private chat, page by page, and as a file for officials (5.6.3)."""

import html
from typing import Final

from bot.views.codec import pack
from bot.views.course import heading, step_rows, topic_row
from bot.views.following import document
from bot.views.home import home_row
from bot.views.lines import label
from bot.views.moments import moment, period_end
from bot.views.registry import Facts, view
from bot.views.rendered import CAPTION_LIMIT, TEXT_LIMIT, Button, Rendered, Row, joined
from bot.views.words import Own, Words
from services.minutes_reading import NEWEST

DIGEST_SHOWN: Final = 16
WORDS_SHOWN: Final = 1000


@view("minutes_page")
def minutes_page(say: Words, facts: Facts) -> Rendered:
    """One page: what is said and done in its order; the record is what counts, not the messages it leads to."""
    lines = [say("minutes-head"), heading(say, facts), say("minutes-live" if facts["live"] else "minutes-over")]
    lines += [_block(say, one) for one in facts["blocks"]] or [say("minutes-none")]
    lines += [Own(""), say("minutes-page", page=facts["page"], pages=facts["pages"]), say("minutes-log")]
    if facts["steps"]:
        till = period_end(say, facts["corrections_until"], str(facts["tz"]))
        lines.append(say("minutes-correct", till=till))
    if facts["signed_at"]:
        lines.append(say("minutes-signed", at=moment(say, facts["signed_at"], str(facts["tz"]))))
    rows = (*_turns(say, facts), *_files(say, facts), *home_row(say))
    return Rendered("\n".join([*lines, say.clause("5.6.3")]), rows)


def _block(say: Words, one: Facts) -> Own:
    """A paragraph of the record, whole or the stretch of it that fits; the record is in Chinese for every reader."""
    words = say.people(one["text"], TEXT_LIMIT)
    if one["goes_on"]:
        return say("minutes-goes-on", words=words)
    link = f' <a href="{html.escape(one["link"])}">{say("minutes-place")}</a>' if one["link"] else ""
    return Own(words + link)


def _turns(say: Words, facts: Facts) -> tuple[Row, ...]:
    plain, page, meeting_id = say.plain(), facts["page"], facts["meeting_id"]
    row: list[Button] = []
    if page > 1:
        row.append(Button(plain("btn-minutes-earlier"), pack("minutes", meeting_id, page - 1)))
    if page < facts["pages"]:
        row.append(Button(plain("btn-minutes-later"), pack("minutes", meeting_id, page + 1)))
    rows: tuple[Row, ...] = (tuple(row),) if row else ()
    if facts["live"]:
        rows += ((Button(plain("btn-minutes-newest"), pack("minutes", meeting_id, NEWEST)),),)
    return rows


def _files(say: Words, facts: Facts) -> tuple[Row, ...]:
    plain = say.plain()
    found: tuple[Row, ...] = ()
    if facts["whole"]:
        found += ((Button(plain("btn-minutes-file"), pack("minutes_file", facts["meeting_id"])),),)
    if facts["may_correct"]:
        found += ((Button(plain("btn-line"), pack("line_form", facts["meeting_id"])),),)
    found += step_rows(say, facts["topic_id"], facts["steps"])
    return found if facts["live"] else (*found, topic_row(say, facts))


@view("line_corrected")
def line_corrected(say: Words, facts: Facts) -> Rendered:
    """The recorder set right what they had written down for the room: the group reads both."""
    words = {name: say.people(facts[name], WORDS_SHOWN) for name in ("text", "before")}
    line = say("line_corrected", label=label(say, facts["label"]), **words)
    return Rendered(joined([line, say.clause("5.6.1 i")]))


@view("minutes_file")
def minutes_file(say: Words, facts: Facts) -> Rendered:
    """The minutes as JSON, with the number that stands in form B.3."""
    text = [
        heading(say, facts),
        say("minutes-file"),
        say("minutes-file-signed" if facts["signed"] else "minutes-file-now"),
        say("minutes-file-digest", digest=Own(str(facts["sha256"])[:DIGEST_SHOWN])),
        say.clause("5.6.3"),
    ]
    return Rendered(joined(text, limit=CAPTION_LIMIT), document=document(facts))
