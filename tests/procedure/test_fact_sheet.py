"""先懂后议: what a fact sheet may say, what a new version changes, until when it may be replaced (5.6.1 d)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from procedure.course_facts import CourseFacts, PlanState
from procedure.course_guards import fact_sheet_open
from procedure.errors import RuleBroken
from procedure.fact_sheet import FactLine, SheetChange, check_version, checked, difference, digest
from procedure.terms import TopicStage

NOW = datetime(2026, 11, 10, 8, tzinfo=UTC)
A, B, C, D = (FactLine(text, "居委会台账") for text in ("车棚两处", "电动车百辆", "起火一次", "空地九十米"))
OTHER = FactLine(B.text, "物业登记")


def broken(call: Callable[[], object]) -> tuple[str, dict[str, object]] | None:
    """Code and facts of the refusal; None: it is allowed."""
    try:
        call()
    except RuleBroken as refusal:
        return refusal.code, dict(refusal.facts)
    return None


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ([], ("fact_sheet_empty", {})),
        ([("一条", "出处")] * 9, ("fact_sheet_long", {"most": 8})),
        ([("一条", "出处"), ("两百元一户", " \u200b\n")], ("fact_source_missing", {"number": 2})),
        ([("\u2066", "出处")], ("empty_text", {"field": "fact_1"})),
        ([("长" * 301, "出处")], ("text_too_long", {"field": "fact_1", "limit": 300, "length": 301})),
        ([("一条", "长" * 81)], ("text_too_long", {"field": "source_1", "limit": 80, "length": 81})),
        ([("长" * 300, "长" * 80)] * 8, None),
    ],
)
def test_what_a_sheet_may_say(written: list[tuple[str, str]], wanted: object) -> None:
    assert broken(lambda: checked(written)) == wanted


def test_each_line_stands_on_one_line_without_hidden_marks() -> None:
    assert checked([(" 两处\n车棚\u202e ", "台账\t第3页")]) == (FactLine("两处 车棚", "台账 第3页"),)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ((), (A, B), SheetChange(added=(1, 2))),
        ((A, B), (A, OTHER), SheetChange(changed=(2,))),
        ((A, B, C), (A, C), SheetChange(removed=(2,))),
        ((A, C), (A, B, C, D), SheetChange(added=(2, 4))),
        ((A, B, C), (D, C), SheetChange(removed=(2,), changed=(1,))),
        ((A, B), (B, A), SheetChange(added=(1,), removed=(2,))),
        ((A, B), (D, C, OTHER), SheetChange(added=(3,), changed=(1, 2))),
    ],
)
def test_what_a_version_changes(before: tuple[FactLine, ...], after: tuple[FactLine, ...], wanted: SheetChange) -> None:
    assert difference(before, after) == wanted
    assert digest(before) != digest(after)


def test_the_same_sheet_again_and_one_made_from_an_older_version_are_refused() -> None:
    assert broken(lambda: difference((A, B), (A, B))) == ("fact_sheet_same", {})
    assert broken(lambda: check_version(1, 2)) == ("fact_sheet_moved", {"version": 2})
    check_version(2, 2)
    assert digest((A,)) == digest((FactLine(A.text, A.source),)) != digest((FactLine(A.source, A.text),))


@pytest.mark.parametrize(
    ("stage", "opened", "final", "wanted"),
    [
        ("plan", False, False, None),
        ("plan", True, False, None),
        ("plan", True, True, "plan_used_up"),
        ("notice", False, True, None),
        ("meeting", False, True, None),
        ("meeting", True, True, "fact_sheet_frozen"),
    ],
)
def test_it_may_be_replaced_until_the_meeting_is_opened(
    stage: str, opened: bool, final: bool, wanted: str | None
) -> None:
    plan = PlanState(1, NOW, drafted=True, sent=True, final=final)
    facts = CourseFacts(TopicStage(stage), plan=plan, meeting_opened=opened)
    refusal = broken(lambda: fact_sheet_open(facts, NOW))
    assert (refusal[0] if refusal else None) == wanted
