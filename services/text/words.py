"""The word lists the text room reads with; they are a data file, so that a list can be mended without code."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Words:
    """What words.json holds.

    ``slips`` are misspellings and what was meant; ``masks`` hidden abuse and what it says; ``pictures`` emoji and the
    word they stand for; ``letters`` abbreviations and ``syllables`` pinyin read as characters; ``aside`` phrases that
    put a clause beside the matter; ``reporting`` words by which someone quotes others; ``topics`` and ``cues`` named
    word lists for topics and for messages;
    ``elsewhere`` words by kind of what is no matter for consultation; ``empty`` words never shown as a reason;
    ``talk`` what is said in any speech, whatever it is about; ``linking`` words by which a clause leans on the one
    before it, ``leading`` those by which it leans on the one after.
    """

    slips: dict[str, str]
    masks: dict[str, str]
    pictures: dict[str, str]
    letters: dict[str, str]
    syllables: dict[str, str]
    aside: tuple[str, ...]
    reporting: tuple[str, ...]
    topics: dict[str, tuple[str, ...]]
    cues: dict[str, tuple[str, ...]]
    elsewhere: dict[str, tuple[str, ...]]
    empty: frozenset[str]
    talk: frozenset[str]
    linking: tuple[str, ...]
    leading: tuple[str, ...]


UNREADABLE: Final = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What a data file that is missing, cut off or of another shape raises."""


def no_words() -> Words:
    """What is left where words.json cannot be read: texts are still brought into one form, and found by it."""
    return Words(
        slips={},
        masks={},
        pictures={},
        letters={},
        syllables={},
        aside=(),
        reporting=(),
        topics={},
        cues={},
        elsewhere={},
        empty=frozenset(),
        talk=frozenset(),
        linking=(),
        leading=(),
    )


def read_json(name: str) -> Any:
    """A data file of this package."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def load_words() -> Words:
    """words.json as it stands in the package."""
    raw = read_json("words.json")
    return Words(
        slips=raw["slips"],
        masks=raw["masks"],
        pictures=raw["pictures"],
        letters=raw["letters"],
        syllables=raw["syllables"],
        aside=tuple(raw["aside"]),
        reporting=tuple(raw["reporting"]),
        topics={name: tuple(words) for name, words in raw["topics"].items()},
        cues={name: tuple(words) for name, words in raw["cues"].items()},
        elsewhere={kind: tuple(words) for kind, words in raw["elsewhere"].items()},
        empty=frozenset(raw["empty"]),
        talk=frozenset(raw["talk"]),
        linking=tuple(raw["linking"]),
        leading=tuple(raw["leading"]),
    )
