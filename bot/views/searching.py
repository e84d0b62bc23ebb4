"""What was looked for and found: the sentence with the words in bold, and the way to each topic."""

from typing import Final

from bot.views.codec import pack
from bot.views.home import home_row
from bot.views.moments import day
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row, joined
from bot.views.words import Own, Words

WORDS_SHOWN: Final = 40
TITLE_SHOWN: Final = 40
BUTTON_TITLE: Final = 20


@view("search")
def search(say: Words, facts: Facts) -> Rendered:
    """The words come next, as a message."""
    return Rendered(joined([say("search-head"), say("search-how")]), (*_all_row(say), *home_row(say)))


@view("found")
def found(say: Words, facts: Facts) -> Rendered:
    """One page of what was found, each with its date, kind and sentence; or what to try when there is nothing."""
    words = say.people(facts["words"], WORDS_SHOWN)
    again = (Button(say.plain()("btn-search-again"), pack("search")),)
    if not facts["hits"]:
        lines = [say("found-none", words=words) if facts["understood"] else say("found-no-words"), say("found-try")]
        return Rendered(joined(lines), (again, *_all_row(say), *home_row(say)))
    lines = [say("found-head", words=words, count=facts["count"])]
    many = len({hit["community"] for hit in facts["hits"]}) > 1
    for hit in facts["hits"]:
        lines += [Own(""), *_hit(say, hit, many=many)]
    if facts["pages"] > 1:
        lines += [Own(""), say("found-page", page=facts["page"], pages=facts["pages"])]
    rows = (*_topic_rows(say, facts), *_turns(say, facts), again, *home_row(say))
    return Rendered(joined(lines, more=say("board-more")), rows)


def _hit(say: Words, hit: Facts, *, many: bool) -> list[Own]:
    head = say(
        "found-hit",
        kind=say.of("search-kind", hit["kind"]),
        day=day(say, hit["on"]),
        number=hit["topic"]["number"],
        title=say.people(hit["topic"]["title"], TITLE_SHOWN),
    )
    place = [say("found-place", community=say.people(hit["community"], TITLE_SHOWN))] if many else []
    return [head, *place, say("found-sentence", sentence=_sentence(say, hit["passages"]))]


def _sentence(say: Words, passages: list[tuple[str, bool]]) -> Own:
    """People's words with what was looked for in bold, each stretch made harmless by itself."""
    parts = []
    for text, wanted in passages:
        edges = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")
        stretch = f"{edges[0]}{say.people(text)}{edges[1]}"
        parts.append(say("found-word", word=Own(stretch)) if wanted else stretch)
    return Own("".join(parts))


def _topic_rows(say: Words, facts: Facts) -> list[Row]:
    plain = say.plain()
    rows: dict[int, Row] = {}
    for hit in facts["hits"]:
        title = plain.people(hit["topic"]["title"], BUTTON_TITLE)
        words = plain("btn-found", number=hit["topic"]["number"], title=title)
        rows.setdefault(hit["topic_id"], (Button(words, pack("topic", hit["topic_id"])),))
    return list(rows.values())


def _turns(say: Words, facts: Facts) -> tuple[Row, ...]:
    plain, page, asked = say.plain(), facts["page"], facts["asked"]
    row: list[Button] = []
    if page > 1:
        row.append(Button(plain("btn-found-back"), pack("found", asked, page - 1)))
    if page < facts["pages"]:
        row.append(Button(plain("btn-found-more"), pack("found", asked, page + 1)))
    return (tuple(row),) if row else ()


def _all_row(say: Words) -> tuple[Row, ...]:
    return ((Button(say.plain()("btn-topics"), pack("show", "topics")),),)
