"""Words that look as if they went at a person (5.5.2 e): on the chair's console, and the reminder in the group."""

from typing import Any, Final

from bot.views.codec import pack
from bot.views.facts import term
from bot.views.floor import with_clause
from bot.views.lines import label
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row
from bot.views.rows import side_by_side
from bot.views.words import Own, Words
from procedure.civility import CLAUSE, SENTENCE_LIMIT

NUMBERS: Final = "①②③"
_WORDS_LIMIT: Final = 40


def flag_lines(say: Words, facts: Facts) -> list[Own]:
    """Each flagged message with its sentence, the words that caused it and the way to it."""
    flags = facts.get("flags") or []
    if not flags:
        return []
    found = [say("console-flags")]
    for number, flag in zip(NUMBERS, flags, strict=False):
        found += _flag(say, Own(number), flag)
    if facts.get("flags_more"):
        found.append(say("console-flags-more", count=facts["flags_more"]))
    return [*found, say("console-flags-act" if flags[0]["acts"] else "console-flags-look"), Own("")]


def _flag(say: Words, number: Own, flag: dict[str, Any]) -> list[Own]:
    sentence = say.people(flag["sentence"], SENTENCE_LIMIT)
    kind = term(say, "flag", flag["kind"].lower())
    line = say("console-flag", number=number, label=label(say, flag["label"]), sentence=sentence, kind=kind)
    quote = (say("console-flag-word", word=say.people(word, _WORDS_LIMIT)) for word in flag["words"])
    words = say("console-flag-words", words=Own(say("list-comma").join(quote)))
    return [line, Own(f"{words} {say('console-flag-link', url=Own(flag['url']))}") if flag["url"] else words]


def stopped_there(facts: Facts) -> set[int]:
    """Words out of turn whose 请停下 stands beside their flag."""
    flags = facts.get("flags") or []
    return {flag["speech_id"] for flag in flags if flag["acts"]}


def flag_rows(say: Words, facts: Facts) -> list[Row]:
    """Buttons for each flag, for whoever may act on it: remind, let it be, and stop where it was out of turn."""
    meeting_id = facts["meeting_id"]
    out_of_turn = {one["speech_id"] for one in facts.get("interrupters") or []}
    rows: list[Row] = []
    for number, flag in zip(NUMBERS, facts.get("flags") or [], strict=False):
        if not flag["acts"]:
            continue
        taps = [("btn-remind", "remind_civility", flag["flag_id"]), ("btn-dismiss", "dismiss_flag", flag["flag_id"])]
        if flag["speech_id"] in out_of_turn:
            taps.append(("btn-flag-stop", "please_stop", flag["speech_id"]))
        keys = (Button(say(key, number=Own(number)), pack(verb, meeting_id, at)) for key, verb, at in taps)
        rows += [tuple(row) for row in side_by_side(keys)]
    return rows


@view("civility_reminder")
def civility_reminder(say: Words, facts: Facts) -> Rendered:
    """5.5.2 e: the chair reminds, warmly; nothing is taken away from anybody."""
    return Rendered(with_clause(say, [say("civility_reminder", label=label(say, facts["label"]))], CLAUSE))
