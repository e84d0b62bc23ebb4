"""What the text room makes of a topic, shown beside a question (5.1.3, 5.2): a person always chooses.

Whatever has no words that decided is not shown: there would be no true reason to give for it.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from bot.views.choosing import entry
from bot.views.words import Own, Words
from dialogs.form import Form
from procedure.examples import Suggested
from services.text import Suggestion, TopicReading

WORD_SHOWN: Final = 20
LIKELY: Final = 0.01
"""Where every item is less likely, it is like nothing in the catalogue: true reasons would tell nobody anything."""


async def read(
    form: Form, title: str, reason: str, proposal: str = "", *, among: Collection[str] | None = None
) -> TopicReading | None:
    """What the topic looks like, only what has its reason; None while there is no reader, or no title yet."""
    reading = await form.desk.topics(title, reason, proposal, among=among) if title else None
    if reading is None:
        return None
    likely = any(one.score >= LIKELY for one in reading.suggestions)
    return TopicReading(
        tuple(one for one in reading.suggestions if one.words) if likely else (),
        reading.annex if reading.annex and reading.annex.words else None,
        reading.not_a_matter if reading.not_a_matter and reading.not_a_matter.words else None,
        reading.ranking,
    )


def suggested(reading: TopicReading | None) -> Suggested | None:
    """The codes alone, as they are kept."""
    if reading is None:
        return None
    return Suggested(
        tuple(one.code for one in reading.suggestions),
        reading.annex.code if reading.annex else None,
        reading.not_a_matter.kind if reading.not_a_matter else None,
    )


def quoted(say: Words, words: Sequence[str]) -> Own:
    """The person's own words, each in quotation marks; single characters only where nothing longer decided."""
    longer = [word for word in words if len(word) > 1]
    return Own(say("list-comma").join(f"“{say.people(word, WORD_SHOWN)}”" for word in longer or words))


def items(say: Words, found: Iterable[Suggestion]) -> list[Own]:
    """The suggested items of annex C, each with its words."""
    lines = [say("suggest-item", entry=entry(say, one.code), words=quoted(say, one.words)) for one in found]
    return [Own(""), say("suggest-items"), *lines] if lines else []


def warning(say: Words, reading: TopicReading | None, key: str = "suggest-annex") -> list[Own]:
    """Annex D: the item and the words; ``key`` is the sentence."""
    found = reading.annex if reading else None
    if found is None:
        return []
    return [Own(""), say(key, entry=entry(say, found.code), words=quoted(say, found.words))]


def elsewhere(say: Words, reading: TopicReading | None) -> list[Own]:
    """For the joint meeting: it may be no matter for a consultation at all."""
    found = reading.not_a_matter if reading else None
    if found is None:
        return []
    words = quoted(say, found.words)
    return [Own(""), say("suggest-elsewhere", what=say.of("elsewhere", found.kind), words=words)]
