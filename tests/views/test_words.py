"""Every sentence is there in both languages, none lies unused, and none says what an outcome is not."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.locales import FOLDERS, sources
from bot.views.lines import label
from bot.views.supervision import broken_key
from bot.views.words import words
from dialogs.order import MUTE_REASONS, REMOVE_REASONS, UNTIL_THE_END
from dialogs.reason.states import ACTIONS as REASON_ACTIONS
from dialogs.supervision import CORRECTIONS, REASONS
from procedure.archive import RecordKind
from procedure.catalogue import ANNEX, ITEMS
from procedure.catalogue import ROWS as TABLE_ROWS
from procedure.challenge import About
from procedure.clocks import WINDOWS, DeadlineKind, Unit
from procedure.course import STEPS
from procedure.floor import Way
from procedure.followup import SUPERVISION_FIELDS
from procedure.legal import AMENDED, MATTERS
from procedure.mutes import MINUTES
from procedure.notice import NINE_FIELDS
from procedure.plan import OFFERED_MODES, PlanFields
from procedure.proposing import ProposerKind
from procedure.queue import Reason
from procedure.review import ReviewOutcome
from procedure.roles import ACTIONS
from procedure.rules import TEMPLATE, to_json
from procedure.supervision import BREAKABLE
from procedure.terms import Capacity, FloorMode, MeetingState, MotionKind, Post, Stance, Standing, TurnKind, Verdict
from services.lists import LISTS
from services.papers import COMPOSERS
from services.posts import WAYS
from services.text.reader import OTHER
from services.text.words import load_words
from tests.views.kinds import ENDED
from tests.views.kinds_clocks import EVENTS
from tests.views.kinds_experts import ENDED_ANSWERS
from tests.views.kinds_following import AFTER_NEWS, AFTER_POSTED, OUTCOMES
from tests.views.kinds_order import ORDER_TOLD
from tests.views.kinds_planning import PLAN_NEWS

ROOT = Path(__file__).resolve().parents[2]
SPEAKERS = ("bot/views", "dialogs", "handlers")
UNSAID_RECEIPTS = {
    "addendum",
    "attached",
    "clock_jumped",
    "delivered",
    "draft",
    "edited",
    "reposted",
    "taken",
    "typed_refused",
}
UNSAID_RECEIPTS |= {"already_seeded", "decided", "fired", "reminded", "resumed", "seeded", "ticked", "tidied"}
UNSAID_RECEIPTS |= {"propose_where", "vote_roll", "refused"}
UNSAID_RECEIPTS |= {"home", "language_set", "me", "noted", "started", "status_posted", "todo", "topics", "unreachable"}
UNSAID_RECEIPTS |= {"asked", "caught_up", "found", "minutes_page", "timeline", "topic_page", "topic_papers"}
UNSAID_RECEIPTS |= {
    "account_bound",
    "account_released",
    "bind_answer",
    "checkup_posted",
    "my_contacts",
    "slip_refused",
    "slip_shown",
}
UNSAID_RECEIPTS |= {"group_moved", "refused"}
UNSAID_RECEIPTS |= {"messages_read", "flag_raised"}
UNSAID_RECEIPTS |= {"name_list", "fact_sheet", "fact_sheet_opened"}
UNSAID_RECEIPTS |= {"community_added", "roster_imported", "slips_made"}
"""Never the answer to a tap."""
FAMILIES = {
    "stance": {*Stance},
    "state": {*MeetingState},
    "capacity": {*Capacity},
    "verdict": {*Verdict},
    "motion": {*MotionKind},
    "notice-field": set(NINE_FIELDS),
    "notice-paper": {"notice", "b1_public"},
    "plan-day": {"lawful", "uncertain", "meeting_too_late", "too_soon_for_clocks"},
    "plan-field": {field.name for field in fields(PlanFields)},
    "plan-news": {str(told["code"]) for _, told in PLAN_NEWS} - {"entered"} | {"entered-yes", "entered-no"},
    "plan-postpone": {str(number) for number in range(1, 5)},
    "search-kind": {"topic", "notice", "minutes", "opinion"},
    "standing": {*Standing} - {Standing.SYSTEM},
    "post": {*Post, *(f"deputy_{post}" for post in Post), "chair", "deputy_chair", "second_official"},
    "floor_mode": {*FloorMode},
    "floor-way": {*Way},
    "floor_kept": {*FloorMode},
    "legal-matter": set(MATTERS),
    "legal-check": {*MATTERS, AMENDED},
    "legal-route": set(MATTERS),
    "queue-reason": {*Reason},
    "setting": set(to_json(TEMPLATE)),
    "month": {str(month) for month in range(1, 13)},
    "weekday": {str(day) for day in range(1, 8)},
    "board-turn": {*TurnKind, "asked", "others"} | {f"starting-{kind}" for kind in TurnKind},
    "step": {name for name, action in ACTIONS.items() if action.console}
    | {"start_explanation-read", "please_stop-one", "decide_correction-one", "lower_room_hand-one"}
    | {"confirm_hands-one", "refuse_hands-one", "withdraw_hands-one"}
    | {"accept_words-one", "read_out-one", "lift_mute-one", "call_expert-one"},
    "order_told": {*ORDER_TOLD},
    "remove-reason": {*REMOVE_REASONS},
    "mute-reason": {*MUTE_REASONS},
    "mute-minutes": {*map(str, MINUTES), UNTIL_THE_END},
    "rules-floor": {*FloorMode},
    "plan-mode": {*OFFERED_MODES},
    "room-hand": {"hand_already_up", "speaking_now", "turns_used", "list_closed"}
    | {"not_a_speaker", "chair_does_not_speak"},
    "preset": {f"{action}-{number}" for action in REASON_ACTIONS for number in range(1, 5)},
    "reason-head": set(REASON_ACTIONS),
    "btn-hand": {"for", "against", "lower"},
    "btn-vote": {*Stance},
    "ended": {*ENDED} | {f"answer-{reason}" for reason in ENDED_ANSWERS},
    "question-end": {"written", "left"},
    "names": {*LISTS, "head", "nobody", "line"},
    "result-next": {*Verdict},
    "divert-outcome": {"diverted", "dismissed"},
    "stop-reason": {*REASONS},
    "challenge_about": {*About},
    "challenge_upheld": {"yes", "no"},
    "broken": {broken_key(clause) for clauses in BREAKABLE.values() for clause in clauses},
    "stop-correction": {*CORRECTIONS},
    "proposer-kind": {*ProposerKind},
    "table-row": set(TABLE_ROWS),
    "annex": {item.text_key.removeprefix("annex-") for item in (*ITEMS.values(), *ANNEX.values())} | {"none", "unsure"},
    "review-outcome": {*ReviewOutcome},
    "review_told": {*ReviewOutcome},
    "charge": {*Post},
    "way": {*WAYS, "other"},
    "paper": {*COMPOSERS},
    "record-kind": {*RecordKind},
    "supervision": {*SUPERVISION_FIELDS},
    "after-news": {*AFTER_NEWS},
    "after-posted": {*AFTER_POSTED},
    "result_told-next": {*OUTCOMES},
    "deadline": {*DeadlineKind},
    "duty": {*DeadlineKind, "tell-recorder", "item-implementer", "watch"},
    "sum": {*Unit} - {Unit.APPOINTED},
    "window": WINDOWS,
    "span": {"minutes", "hours", "days"},
    "event": {*EVENTS, "uploaded"},
    "elsewhere": {*load_words().elsewhere, OTHER},
    "go": {*load_words().elsewhere, OTHER},
}
"""Words that are chosen by a term: exactly one for each."""


@cache
def entries(language: str) -> dict[str, ftl.Message]:
    """Key → message; a key twice or a broken line fails."""
    found: dict[str, ftl.Message] = {}
    for source in sources(language):
        for entry in FluentParser().parse(source).body:
            assert not isinstance(entry, ftl.Junk), entry.content
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, entry.id.name
                found[entry.id.name] = entry
    return found


def trees(*folders: str) -> Iterator[ast.AST]:
    """The syntax of every module of these rooms."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


@cache
def spoken() -> tuple[set[str], set[str]]:
    """String constants, and the beginnings of built keys, in everything that speaks."""
    constants, beginnings = set(), set()
    for node in trees(*SPEAKERS):
        if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
            beginnings.add(str(node.values[0].value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            constants.add(node.value)
    return constants, beginnings


@cache
def codes(name: str) -> set[str]:
    """First arguments of every call of `name` in the rooms that judge and act."""
    return {
        str(node.args[0].value)
        for node in trees("procedure", "services", "dialogs")
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name and node.args
        if isinstance(node.args[0], ast.Constant)
    }


def test_both_languages_have_the_same_sentences() -> None:
    assert set(entries("zh")) == set(entries("en"))


def test_both_languages_take_the_same_facts() -> None:
    dates = {"day", "month", "monthname", "weekday", "year"}
    other = {
        key: (variables(chinese), variables(english))
        for key, chinese in entries("zh").items()
        if (english := entries("en")[key]) and variables(chinese) - dates != variables(english) - dates
    }
    assert not other


def variables(message: ftl.Message) -> set[str]:
    """Names of the facts a sentence takes."""
    assert message.value is not None
    return {
        element.expression.id.name
        for element in message.value.elements
        if isinstance(element, ftl.Placeable) and isinstance(element.expression, ftl.VariableReference)
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_every_term_has_its_word(family: str) -> None:
    known = {key.removeprefix(f"{family}-") for key in entries("zh") if key.startswith(f"{family}-")}
    assert known == {str(getattr(one, "value", one)) for one in FAMILIES[family]}


def test_every_refusal_and_every_receipt_is_said() -> None:
    known = set(entries("zh"))
    refused = codes("RuleBroken") | {code for step in STEPS.values() for _, code in step.barred}
    assert {f"refusal-{code}" for code in refused} <= known
    assert {f"receipt-{code}" for code in codes("Receipt") - UNSAID_RECEIPTS} <= known
    judged = refused | {"other", "stale", "internal_error"}
    assert {key.removeprefix("refusal-") for key in known if key.startswith("refusal-")} == judged


def test_no_sentence_lies_unused() -> None:
    constants, beginnings = spoken()
    built = {beginning for beginning in beginnings if beginning.endswith("-")} | {f"{name}-" for name in constants}
    answers = {f"receipt-{code}" for code in codes("Receipt")}
    unused = {
        key
        for key in set(entries("zh")) - constants - answers
        if not any(key.startswith(beginning) for beginning in built - {"receipt-"})
    }
    assert not unused


def test_every_sentence_asked_for_by_its_key_is_there() -> None:
    asked = {
        str(node.args[0].value)
        for node in trees(*SPEAKERS)
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        if re.fullmatch(
            r"(form\.say|say|plain|Say|words\(.*\)|say\.plain\(\)|form\.say\.plain\(\))", ast.unparse(node.func)
        )
    }
    assert len(asked) > 150 and asked <= set(entries("zh"))


@pytest.mark.parametrize("language", FOLDERS)
def test_an_outcome_is_never_called_a_decision(language: str) -> None:
    text = "".join(sources(language))
    assert "决定" not in text and "决议" not in text and "decision" not in text.lower() and "resolution" not in text


def test_an_unknown_language_reads_chinese() -> None:
    assert words("fr")("stance-for") == "赞成"
    assert words("en-GB")("stance-for") == words("en_US")("stance-for") == "for"


def test_a_sentence_without_its_facts_is_a_fault_not_a_gap() -> None:
    with pytest.raises(KeyError, match="turn_warning"):
        words("zh")("turn_warning", label="3-201 甲")
    with pytest.raises(KeyError):
        words("zh")("no such key")


@pytest.mark.parametrize("unseen", ["", None, "\u200b\u2060", "\u3164", " \n "])
def test_nobody_is_shown_as_a_blank(unseen: str | None) -> None:
    say = words("zh")
    assert label(say, unseen) == say("somebody")
    assert label(say, "3-201 甲") == "3-201 甲"
