"""5.5.3 c: laws that count otherwise are no ratio for a consultation, and figures end with the text they are of."""

from datetime import date, timedelta

import pytest

from procedure.errors import RuleBroken
from procedure.legal import AMENDED, MATTERS, check_source, figures, named_in
from procedure.rules import TEMPLATE, check
from procedure.terms import FloorMode
from procedure.votes import Threshold

DAY = timedelta(days=1)


@pytest.mark.parametrize("code", MATTERS)
def test_figures_are_shown_on_the_days_they_are_known_for(code: str) -> None:
    matter = MATTERS[code]
    assert figures(matter, None) == figures(matter, matter.valid_from - DAY) == AMENDED
    assert figures(matter, matter.valid_from) == code
    if matter.valid_to is not None:
        assert (figures(matter, matter.valid_to), figures(matter, matter.valid_to + DAY)) == (code, AMENDED)


def test_the_organisation_laws_figures_end_with_2025() -> None:
    ended = {code for code in MATTERS if figures(MATTERS[code], date(2026, 1, 1)) == AMENDED}
    assert ended == {"villagers_meeting", "villagers_delegates", "villagers_group", "residents_meeting"}
    assert all(figures(MATTERS[code], date(2025, 12, 31)) == code for code in ended)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("民法典第278条", "owners_weighty"),
        ("《民法典》 第二百七十八条", "owners_weighty"),
        ("中华人民共和国民法典第279条", "dwelling_to_business"),
        ("村民委员会组织法第22条", "villagers_meeting"),
        ("村民委员会组织法第二十八条", "villagers_group"),
        ("城市居民委员会组织法第十条", "residents_meeting"),
        ("民法典第27条", None),
        ("民法典第2780条", None),
        ("某市物业管理条例第278条", None),
        ("镇政府文件〔2026〕3号", None),
    ],
)
def test_a_source_is_known_by_law_and_article(source: str, code: str | None) -> None:
    found = named_in(source)
    assert (found.code if found else None) == code


@pytest.mark.parametrize("source", ["owners_weighty", "民法典第278条"])
def test_such_a_ratio_is_refused_with_its_check_and_where_to_go(source: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_source(source, date(2026, 11, 5))
    expected = {"matter": "owners_weighty", "legal_check": "owners_weighty", "legal_route": "owners_weighty"}
    assert (refused.value.code, refused.value.facts) == ("law_counts_otherwise", expected)


def test_no_rules_rest_on_it_whoever_drafts_them() -> None:
    ratio = Threshold(3, 4, or_above=True, source="民法典第278条")
    rules = type(TEMPLATE)(3, 2, FloorMode.SOFT, None, ratio)
    with pytest.raises(RuleBroken, match="law_counts_otherwise"):
        check(rules, date(2026, 11, 5))
    other = Threshold(2, 3, or_above=True, source="某市物业管理条例第30条")
    check(type(TEMPLATE)(3, 2, FloorMode.SOFT, None, other), date(2026, 11, 5))
    check(TEMPLATE)
