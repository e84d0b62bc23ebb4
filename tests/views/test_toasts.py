"""Answers to a tap: short, plain, with the clause, and never a failure themselves."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot import views
from bot.views.rendered import TOAST_LIMIT
from bot.views.toasts import refusal_sentence
from bot.views.words import words
from procedure.archive import RecordKind
from procedure.course import STEPS
from procedure.errors import OUR_RULE
from procedure.followup import SUPERVISION_FIELDS
from procedure.terms import MeetingState, Post, Stance, Standing, TopicStage
from procedure.text import utf16_length
from tests.views.facts import AT, NASTY
from tests.views.test_words import UNSAID_RECEIPTS, codes

EXTREME: dict[str, Any] = {
    "action": NASTY,
    "label": NASTY,
    "stance": "against",
    "has": Stance.FOR,
    "calling": "abstain",
    "capacity": "self_joined",
    "state": MeetingState.RULES_VOTE,
    "states": tuple(MeetingState),
    "absent": ("chair", "recorder", "supervisor"),
    "who": tuple(Standing),
    "verdict": "reconvene",
    "field": "objections",
    "post": "convener",
    "posts": tuple(Post),
    "first": "convener",
    "second": "supervisor",
    "opens_at": datetime(2026, 11, 5, 11, tzinfo=UTC),
    "next_at": AT,
    "ends_at": AT,
    "latest": date(2026, 11, 20),
    "due": date(2026, 11, 20),
    "code": "AB12",
    "left": 3,
    "digest": "ab12cd34",
    "till": AT,
    "meets_at": AT,
    "today": date(2026, 11, 20),
    "earliest": date(2026, 11, 20),
    "start": date(2026, 11, 20),
    "present": date(2026, 11, 20),
    "stage": TopicStage.FOLLOW_UP,
    "stages": tuple(TopicStage),
    "fields_missing": SUPERVISION_FIELDS,
    "kinds_missing": tuple(RecordKind),
    "unreached": 10**6,
    "undecided": 10**6,
    "unwilling": 10**6,
    "official": NASTY,
    "seats": list(range(100, 250)),
    "words": NASTY,
    "hand_why": "chair_does_not_speak",
    "tz": "Asia/Shanghai",
    **dict.fromkeys(("matter", "legal_check", "legal_route"), "owners_weighty"),
    **dict.fromkeys(
        ("count", "place", "version", "waiting", "remaining", "seconds", "number", "length", "limit"), 10**6
    ),
    **dict.fromkeys(("least", "most", "turns_allowed", "days", "seat", "start_seat", "end_seat"), 240),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", sorted(codes("RuleBroken")))
def test_every_refusal_fits_a_toast_and_says_its_clause(code: str, language: str) -> None:
    toast = views.refusal(code, "5.5.2 b", EXTREME, language)
    assert utf16_length(toast.text) <= TOAST_LIMIT and "5.5.2 b" in toast.text
    assert words(language, markup=False)("refusal-other") not in toast.text
    assert "<" not in toast.text.replace("<b>甲</b>", "") and "\u202e" not in toast.text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", sorted(codes("Receipt") - UNSAID_RECEIPTS))
def test_every_receipt_fits_a_toast(code: str, language: str) -> None:
    toast = views.toast(code, EXTREME, language)
    assert utf16_length(toast.text) <= TOAST_LIMIT and not toast.alert
    assert toast.text != words(language, markup=False)("receipt-unknown")


def test_facts_become_plain_words() -> None:
    def said(code: str, clause: str, **facts: object) -> str:
        return views.refusal(code, clause, facts, "zh").text

    assert said("post_absent", "5.6.1", absent=("chair", "supervisor")) == (
        "还没到：主持人、监督员。等到了、签到了再开（依 5.6.1）"
    )
    assert said("too_early", OUR_RULE, opens_at=EXTREME["opens_at"]) == (
        "还没到时候，11月5日（周四）19:00 起可以（依议事厅约定）"
    )
    assert said("not_your_role", "5.5.2 b", who=("chair", "system")) == "这一步要由主持人来做（依 5.5.2 b）"
    assert said("not_now", "5.5.2 b", state="check_in", states=["discussion"]) == (
        "这一步要到「讨论」才能做，现在是「签到」（依 5.5.2 b）"
    )
    assert "11月20日（周五）" in said("adjourn_too_far", OUR_RULE, latest=date(2026, 11, 20))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", sorted({code for step in STEPS.values() for _, code in step.barred}))
def test_who_is_barred_is_told_why(code: str, language: str) -> None:
    toast = views.refusal(code, OUR_RULE, {}, language)
    assert utf16_length(toast.text) <= TOAST_LIMIT
    assert words(language, markup=False)("refusal-other") not in toast.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_topic_that_is_too_far_to_be_joined_says_what_else_can_be_done(language: str) -> None:
    stages = ("proposed", "review", "plan")
    said = {
        action: views.refusal("not_this_stage", OUR_RULE, EXTREME | {"action": action, "stages": stages}, language).text
        for action in ("join_topic", "withdraw_support", "register_topic")
    }
    assert len(set(said.values())) == 3 and all(utf16_length(one) <= TOAST_LIMIT for one in said.values())
    assert {"zh": "重新提", "en": "raise it anew"}[language] in said["join_topic"]


def test_changed_and_last_have_their_own_words() -> None:
    changed = views.toast("vote_counted", {"stance": "for", "code": "AB12", "changed": True}, "zh")
    assert changed.text == "✅ 改成了：赞成。回执号 AB12"
    official = views.toast("checked_in", {"label": "记录员", "capacity": "official", "count": 0}, "zh")
    assert official.text == "✅ 记录员 已签到"
    assert views.toast("call_closed", {"calling": None}, "zh").text == "三轮都举完了，现在核对"
    next_call = views.toast("call_closed", {"calling": "against"}, "zh")
    assert next_call.text == "这一轮结束，现在请反对的举手"


def test_an_unknown_code_or_missing_fact_still_answers() -> None:
    other = words("zh", markup=False)("refusal-other")
    assert views.refusal("never_heard_of", "", {}, "zh").text == other
    assert views.refusal("hands_waiting", "", {}, "zh").text == other
    assert views.toast("never_heard_of", {}, "zh").text == words("zh", markup=False)("receipt-unknown")
    assert "失效" in views.stale("zh").text


def test_long_refusals_stay_until_they_are_closed() -> None:
    long = views.refusal("not_now", "5.5.2 b", {"state": "check_in", "states": list(MeetingState)}, "zh")
    short = views.refusal("no_items", "5.7.2 a", {}, "zh")
    assert long.alert and not short.alert


def test_the_same_sentence_is_html_where_it_is_a_message() -> None:
    facts = {"field": "text", "number": "<b>", "limit": 300, "length": 301}
    assert "&lt;b&gt;" in refusal_sentence(words("zh"), "item_too_long", OUR_RULE, facts)


def test_menus_offer_what_exists() -> None:
    for language in ("zh", "en"):
        menus = views.commands(language)
        assert set(menus) == {"private", "group"}
        for name, description in (entry for menu in menus.values() for entry in menu):
            assert name.isascii() and name.islower() and 3 <= len(description) + 1 <= 256
