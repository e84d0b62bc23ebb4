"""Texts by what they are found by: SQLite keeps the tokens in an FTS5 index, PostgreSQL in a GIN index over them.

Both are kept by the database itself whenever a row of `search_text` comes or goes, within the same transaction.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from storage.types import from_micros, to_micros
from storage.work import UnitOfWork

LOOKED_THROUGH: Final = 120
"""So many texts with the most words asked for, the newest, are weighed against each other."""
_OF_COMMUNITY: Final = "#c"
_COLUMNS: Final = "t.id, t.community_id, t.topic_id, t.content_id, t.kind, t.at"
_MATCH_SQLITE: Final = (
    "SELECT {columns} FROM search_word w JOIN search_text t ON t.id = w.rowid WHERE search_word MATCH :match_{name}"
)
_MATCH_POSTGRES: Final = (
    "SELECT {columns} FROM search_text t WHERE search_tokens(t.tokens) @@ CAST(:match_{name} AS tsquery)"
)
_READER: Final = "SELECT id FROM person WHERE account_id = :account AND left_at IS NULL"
_MAY_READ: Final = (
    "(s.kind <> 'minutes'"  # noqa: S608 - our own words
    " OR s.community_id IN (SELECT community_id FROM community_role WHERE role IN"
    f" ('committee', 'party_branch', 'supervisory_committee') AND person_id IN ({_READER}))"
    f" OR s.topic_id IN (SELECT id FROM topic WHERE proposer_id IN ({_READER})"
    f" UNION SELECT topic_id FROM post_holder WHERE accepted_at IS NOT NULL AND person_id IN ({_READER})"
    " UNION SELECT v.topic_id FROM plan v WHERE"
    " v.version = (SELECT MAX(w.version) FROM plan w WHERE w.topic_id = v.topic_id) AND"
    f" ((v.sent_at IS NOT NULL AND v.deputy_chair_id IN ({_READER}))"
    f" OR EXISTS (SELECT 1 FROM participant p WHERE p.plan_id = v.id AND p.person_id IN ({_READER})))))"
)
"""Minutes are for those who may read record B.3; everything else that is kept here is for the whole community."""


@dataclass(frozen=True, slots=True)
class Found:
    """A text that was asked for, as it was written and in the one form."""

    kind: str
    topic_id: int
    at: datetime
    text: str
    plain: str


def put(
    uow: UnitOfWork,
    *,
    community_id: int,
    topic_id: int,
    kind: str,
    at: datetime,
    content_id: int | None,
    text: str,
    plain: str,
    tokens: str,
) -> None:
    """Keep a text; ``tokens`` in one line, blanks between them."""
    uow.raw(
        "INSERT INTO search_text (community_id, topic_id, content_id, kind, at, text, plain, tokens)"
        " VALUES (:community, :topic, :content, :kind, :at, :text, :plain, :tokens)",
        {
            "community": community_id,
            "topic": topic_id,
            "content": content_id,
            "kind": kind,
            "at": to_micros(at),
            "text": text,
            "plain": plain,
            "tokens": f"{tokens} {_OF_COMMUNITY}{community_id}",
        },
    )


def drop(uow: UnitOfWork, text_id: int) -> None:
    """Forget a text."""
    uow.raw("DELETE FROM search_text WHERE id = :id", {"id": text_id})


def drop_erased(uow: UnitOfWork) -> None:
    """Forget the texts whose words were erased."""
    uow.raw("DELETE FROM search_text WHERE content_id IN (SELECT id FROM content WHERE text IS NULL)")


def kept(uow: UnitOfWork, topic_id: int) -> dict[tuple[str, int | None, datetime, str], int]:
    """The texts of a topic: (kind, content id, instant, text) → row id."""
    rows = uow.rows(
        "SELECT kind, content_id, at, text, id FROM search_text WHERE topic_id = :id ORDER BY id", {"id": topic_id}
    )
    return {(row[0], row[1], from_micros(row[2]), row[3]): int(row[4]) for row in rows}


def unkept(uow: UnitOfWork, most: int) -> list[int]:
    """Topics that cannot be found yet, such as those from before there was a search; oldest first."""
    rows = uow.rows(
        "SELECT t.id FROM topic t WHERE NOT EXISTS"
        " (SELECT 1 FROM search_text s WHERE s.topic_id = t.id AND s.kind = 'topic') ORDER BY t.id LIMIT :most",
        {"most": most},
    )
    return [int(row[0]) for row in rows]


def matching(
    uow: UnitOfWork,
    *,
    account_id: int,
    communities: Collection[int],
    any_of: Sequence[Sequence[str]],
    kinds: Collection[str] = (),
) -> list[Found]:
    """Texts of these communities that this account may read, found by all tokens of any of the alternatives.

    Those that fit more alternatives come first, then the newer ones. ``kinds``: only these.
    """
    if not communities or not any(any_of):
        return []
    names = "abcdefghijklmnop"[: len(any_of)]
    match = {f"match_{name}": _expression(uow, communities, tokens) for name, tokens in zip(names, any_of, strict=True)}
    if not uow.sqlite:  # for this transaction: compiling the query takes longer than running it
        uow.raw("SELECT set_config('jit', 'off', true)")
    rows = uow.rows(statement(uow, names, kinds), match | {"account": account_id, "most": LOOKED_THROUGH})
    return [Found(row[0], int(row[1]), from_micros(row[2]), row[3], row[4]) for row in rows]


def statement(uow: UnitOfWork, names: str, kinds: Collection[str] = ()) -> str:
    """The query for as many alternatives as ``names`` has letters."""
    one = _MATCH_SQLITE if uow.sqlite else _MATCH_POSTGRES
    matches = " UNION ALL ".join(one.format(name=name, columns=_COLUMNS) for name in names)
    wanted = " AND s.kind IN ('" + "', '".join(sorted(kinds)) + "')" if kinds else ""
    # First which rows, then what stands in them: texts are long, and far more match than are looked through.
    return (
        "SELECT t.kind, t.topic_id, t.at, t.text, t.plain FROM ("  # noqa: S608 - our own words
        f" SELECT s.id, s.at, COUNT(*) AS fits FROM ({matches}) AS s LEFT JOIN content c ON c.id = s.content_id"
        f" WHERE (s.content_id IS NULL OR c.text IS NOT NULL){wanted} AND {_MAY_READ} GROUP BY s.id, s.at"
        " ORDER BY COUNT(*) DESC, s.at DESC, s.id DESC LIMIT :most"
        ") AS b JOIN search_text t ON t.id = b.id ORDER BY b.fits DESC, b.at DESC, b.id DESC"
    )


def _expression(uow: UnitOfWork, communities: Collection[int], tokens: Sequence[str]) -> Any:
    """All the tokens, in one of the communities; tokens are ours: characters, letters, figures, marks."""
    quote, both, either = ('"', " AND ", " OR ") if uow.sqlite else ("'", " & ", " | ")
    where = either.join(f"{quote}{_OF_COMMUNITY}{one}{quote}" for one in sorted(communities))
    return both.join((f"({where})", *(f"{quote}{token}{quote}" for token in tokens)))
