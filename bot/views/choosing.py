"""What a topic falls under: entries of annexes C and D, as the proposer chose them (5.1.3)."""

from bot.views.registry import Facts
from bot.views.words import Own, Words


def entry(say: Words, code: str) -> Own:
    """An entry of annex C or D in plain words, with its code."""
    return say("bracketed", text=say.of("annex", code.lower().replace(".", "-")), more=code)


def choice(say: Words, facts: Facts) -> list[Own]:
    """What the proposer chose, and what had been suggested if they chose otherwise.

    What a message of an earlier version, or a page for everybody, does not tell is not said.
    """
    item, annex = facts["item"], facts["annex"]
    lines = [say("proposal-item", entry=entry(say, item)) if item else say("proposal-item-unsure")]
    if annex:
        lines.append(say("proposal-annex", entry=entry(say, annex)))
    suggested = facts.get("told") or {}
    if suggested.get("annex") and not facts["annex"]:
        lines.append(say("proposal-told-annex", entry=entry(say, suggested["annex"])))
    if suggested.get("elsewhere"):
        lines.append(say("proposal-told-elsewhere", what=say.of("elsewhere", suggested["elsewhere"])))
    return lines
