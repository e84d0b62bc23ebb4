"""Answers to a tap: what an act did, or why it cannot be done and what to do instead."""

from typing import Final

from bot.views.facts import worded
from bot.views.registry import Facts
from bot.views.rendered import TOAST_LIMIT, Toast, clipped
from bot.views.words import Own, Words, words
from procedure.errors import OUR_RULE
from procedure.terms import Capacity
from procedure.text import utf16_length

ALERT_FROM: Final = 40


def toast_sentence(say: Words, code: str, facts: Facts) -> Own:
    """What a receipt says."""
    key = f"receipt-{code}"
    if code == "vote_counted" and facts.get("changed"):
        key = "receipt-vote_changed"
    if code == "vote_counted" and facts.get("entered"):
        key = "receipt-vote_entered"
    if code == "unwilling_noted" and facts.get("hybrid"):
        key = "receipt-unwilling_noted-hybrid"
    if code == "hands_entered" and facts.get("seats"):
        key = "receipt-hands_entered-own"
    if code == "call_closed" and not facts.get("calling"):
        key = "receipt-call_closed-last"
    if code == "voters_nudged" and facts.get("others"):
        key = "receipt-voters_nudged-some"
    if code == "result_published" and facts.get("unreached"):
        key = "receipt-result_published-some"
    if code == "checked_in" and facts.get("capacity") != Capacity.STAKEHOLDER:
        key = "receipt-checked_in-other"  # the count is of stakeholders
    return _said(say, key, "receipt-unknown", facts)


def refusal_sentence(say: Words, code: str, clause: str, facts: Facts) -> Own:
    """Why not, what to do, and the clause it rests on."""
    sentence = _said(say, f"refusal-{code}", "refusal-other", facts)
    if not clause:
        return sentence
    rests_on = say("our-rule") if clause == OUR_RULE else say("clause", clause=Own(clause))
    return say("refusal", sentence=sentence, clause=rests_on)


def _said(say: Words, key: str, fallback: str, facts: Facts) -> Own:
    """A code or fact nobody told us about must not turn an answer into a failure."""
    try:
        return say(key, **worded(say, facts)) if say.has(key) else say(fallback)
    except KeyError:
        return say(fallback)


def toast(code: str, facts: Facts, language: str) -> Toast:
    """The answer to a tap that was carried out (or had been before)."""
    return _toast(toast_sentence(words(language, markup=False), code, facts), alert=False)


def refusal(code: str, clause: str, facts: Facts, language: str) -> Toast:
    """The answer to a tap that a rule refuses; long ones stay until they are closed."""
    return _toast(refusal_sentence(words(language, markup=False), code, clause, facts), alert=True)


def stale(language: str) -> Toast:
    """The answer to a button that means nothing (any more)."""
    return _toast(words(language, markup=False)("refusal-stale"), alert=False)


def _toast(text: str, *, alert: bool) -> Toast:
    short = clipped(text, TOAST_LIMIT)
    return Toast(short, alert and utf16_length(short) >= ALERT_FROM)
