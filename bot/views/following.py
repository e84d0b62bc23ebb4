"""What comes after the announcement: record, result, follow-up, archive (5.7–5.9, 6), and papers as files."""

from typing import Final

from bot.views import lines
from bot.views.codec import pack
from bot.views.course import heading, step_rows, topic_row
from bot.views.facts import term, worded
from bot.views.floor import with_clause
from bot.views.home import home_row
from bot.views.moments import full_date, period_end
from bot.views.registry import Facts, view
from bot.views.rendered import CAPTION_LIMIT, Button, Rendered, joined
from bot.views.voting import item_lines
from bot.views.words import Own, Words
from procedure.followup import SUPERVISION_FIELDS

WORDS_SHOWN: Final = 1000
FIELD_SHOWN: Final = 500
DIGEST_SHOWN: Final = 8


def document(facts: Facts) -> tuple[str, str]:
    """The file that goes with a message: hash and name."""
    sha256, name = facts["document"]
    return str(sha256), str(name)


def _caption(text: list[Own]) -> str:
    return joined(text, limit=CAPTION_LIMIT)


@view("record_draft")
def record_draft(say: Words, facts: Facts) -> Rendered:
    """5.6.1 i: the record as a file; the recorder's copy leads to the signature, the others' to corrections."""
    till = period_end(say, facts["till"], str(facts["tz"]))
    text = [
        heading(say, facts),
        say.of("record_draft", facts["mine"], till=till),
        say("record-digest", digest=Own(facts["document"][0][:DIGEST_SHOWN])),
        say.clause("5.6.1 i"),
    ]
    rows = (*step_rows(say, facts["topic_id"], list(facts["steps"])), topic_row(say, facts))
    return Rendered(_caption(text), rows, document=document(facts))


@view("record_handed")
def record_handed(say: Words, facts: Facts) -> Rendered:
    """5.8 a: the signed record and the sign-in sheet, to the supervision."""
    signed = period_end(say, facts["signed_at"], str(facts["tz"]))
    text = [heading(say, facts), say.of("record_handed", facts["kind"], signed=signed)]
    text += [say("record-digest", digest=Own(facts["document"][0][:DIGEST_SHOWN])), say.clause("5.8 a")]
    return Rendered(_caption(text), (topic_row(say, facts),), document=document(facts))


def _result(say: Words, facts: Facts) -> list[Own]:
    """The verdict, its figures, the text that was voted on or the condition, and what comes next."""
    outcome = facts["outcome"]
    found = [say("result_told", outcome=term(say, "topic-outcome", outcome))]
    if facts["result"] is not None:
        found += lines.result_lines(say, facts["result"])
    if outcome == "agreed":
        found += [Own(""), *item_lines(say, facts["wording"]), Own("")]
    if facts["condition"]:
        found.append(say("result-condition", text=say.long(facts["condition"]["text"], WORDS_SHOWN)))
        if facts["condition"].get("day"):
            found.append(say("result-condition-day", day=full_date(say, facts["condition"]["day"])))
    return [*found, say.of("result_told-next", outcome)]


@view("result_published")
def result_published(say: Words, facts: Facts) -> Rendered:
    """5.8 c: the notice of the result, pinned; the same as a Word document follows."""
    return Rendered(with_clause(say, [say("result_published"), heading(say, facts), *_result(say, facts)], "5.8 c"))


@view("result_told")
def result_told(say: Words, facts: Facts) -> Rendered:
    """5.8 c: the result to each of those concerned."""
    text = [say("result_told-you", label=lines.label(say, facts["label"])), heading(say, facts), *_result(say, facts)]
    return Rendered(with_clause(say, text, "5.8 c"), (topic_row(say, facts),))


@view("paper_posted")
def paper_posted(say: Words, facts: Facts) -> Rendered:
    """A published paper in the group and the channels."""
    return Rendered(_caption([heading(say, facts), say.of("paper", facts["kind"])]), document=document(facts))


@view("paper_copy")
def paper_copy(say: Words, facts: Facts) -> Rendered:
    """A paper somebody asked for."""
    text = [heading(say, facts), say.of("paper", facts["kind"])]
    if facts["void"]:
        text.append(say("void-paper"))
    return Rendered(_caption(text), (topic_row(say, facts),), document=document(facts))


@view("topic_papers")
def topic_papers(say: Words, facts: Facts) -> Rendered:
    """Every paper of the topic that this person may see."""
    plain = say.plain()
    text = [heading(say, facts), say("papers-list" if facts["papers"] else "papers-none")]
    rows = tuple(
        (
            Button(
                plain(
                    "btn-paper-void" if one["void"] else "btn-paper",
                    paper=plain.of("paper", one["kind"]),
                    day=full_date(plain, one["issued_on"]),
                ),
                pack("paper", one["id"]),
            ),
        )
        for one in facts["papers"]
    )
    return Rendered(joined(text), (*rows, topic_row(say, facts), *home_row(say)))


@view("supervision_published")
def supervision_published(say: Words, facts: Facts) -> Rendered:
    """5.9.4: what became of the opinion, in the five statements of form B.4."""
    text = [say("supervision_published", count=facts["count"]), heading(say, facts), Own("")]
    text += [
        say(
            "supervised-line",
            name=say.of("supervision", name),
            said=say.long(facts["fields"].get(name) or "", FIELD_SHOWN),
        )
        for name in SUPERVISION_FIELDS
    ]
    return Rendered(with_clause(say, text, "5.9.4"))


def _said(say: Words, family: str, facts: Facts) -> list[Own]:
    """The sentence of a code with its facts, below it what somebody wrote."""
    known = worded(say, {name: value for name, value in facts.items() if name not in ("words", "steps", "outcome")})
    if "outcome" in facts:
        known["outcome"] = term(say, "topic-outcome", facts["outcome"])
    found = [heading(say, facts), say.of(family, facts["code"], **known)]
    return [*found, say("after-words", words=say.long(facts["words"], WORDS_SHOWN))] if facts["words"] else found


@view("after_news")
def after_news(say: Words, facts: Facts) -> Rendered:
    """What happened after a meeting, and the next step."""
    rows = (*step_rows(say, facts["topic_id"], list(facts["steps"])), topic_row(say, facts))
    return Rendered(joined(_said(say, "after-news", facts)), rows)


@view("after_posted")
def after_posted(say: Words, facts: Facts) -> Rendered:
    """The same for everybody in the group."""
    return Rendered(joined(_said(say, "after-posted", facts)))
