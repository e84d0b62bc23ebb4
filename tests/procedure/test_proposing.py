"""5.1: table 1 row by row, the fields of form B.1, contact data and consent."""

from dataclasses import replace
from typing import Any

import pytest

from procedure.errors import OUR_RULE, RuleBroken
from procedure.proposing import (
    OPEN_PROPOSALS,
    ROWS,
    ProposalFields,
    ProposerKind,
    check,
    check_email,
    check_field,
    check_kind,
    check_open,
    check_phone,
    check_row,
    kinds_for,
    rows_for,
)
from procedure.terms import Standing

WHOLE = ProposalFields(
    kind=ProposerKind.RESIDENT,
    row=2,
    title="三号楼电瓶车停放",
    reason="楼道里停满了车，老人走不过去",
    proposal="在东墙边搭一个车棚",
)


def refusal_of(fields: ProposalFields) -> RuleBroken:
    with pytest.raises(RuleBroken) as refusal:
        check(fields)
    return refusal.value


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        (ProposerKind.COMMITTEE, (1, 3, 4)),
        (ProposerKind.RESIDENT, (1, 2)),
        (ProposerKind.GROUP_LEADER, (2,)),
        (ProposerKind.OWNERS_COMMITTEE, (2, 3)),
        (ProposerKind.BUILDING_HEAD, (2,)),
        (ProposerKind.PROPERTY_COMPANY, (3,)),
        (ProposerKind.UNIT, (3,)),
        (ProposerKind.SOCIAL_ORGANISATION, (3,)),
        (ProposerKind.GOVERNMENT, (4,)),
        (ProposerKind.COMMITTEE_MEMBER, (5,)),
    ],
)
def test_table_1(kind: ProposerKind, rows: tuple[int, ...]) -> None:
    assert rows_for(kind) == rows
    for row in range(7):
        if row in rows:
            check_row(kind, row)
            continue
        with pytest.raises(RuleBroken) as refusal:
            check_row(kind, row)
        assert (refusal.value.code, refusal.value.clause) == ("not_your_row", "5.1.1")
        assert refusal.value.facts == {"kind": kind, "row": row, "rows": rows}


def test_every_subject_has_a_row_and_every_row_a_subject() -> None:
    assert set().union(*ROWS.values()) == set(ProposerKind)
    assert tuple(ROWS) == (1, 2, 3, 4, 5)


def test_a_proposal_without_contact_is_enough() -> None:
    check(WHOLE)
    assert not WHOLE.has_contact


@pytest.mark.parametrize("field", ["title", "reason", "proposal"])
@pytest.mark.parametrize("value", ["", "  \n\u3000"])
def test_a_blank_field(field: str, value: str) -> None:
    change: dict[str, Any] = {field: value}
    broken = refusal_of(replace(WHOLE, **change))
    assert (broken.code, broken.clause, broken.facts) == ("field_empty", "5.1.3", {"field": field})


@pytest.mark.parametrize(("field", "limit"), [("title", 60), ("reason", 1000), ("proposal", 1000), ("other", 500)])
def test_the_limit_is_inside(field: str, limit: int) -> None:
    check_field(field, "议" * limit)
    with pytest.raises(RuleBroken) as refusal:
        check_field(field, "议" * (limit + 1))
    assert (refusal.value.code, refusal.value.clause) == ("field_too_long", OUR_RULE)
    assert refusal.value.facts == {"field": field, "limit": limit, "length": limit + 1}


def test_characters_beyond_the_basic_plane_count_two() -> None:
    check_field("title", "𠮷" * 30)
    with pytest.raises(RuleBroken) as refusal:
        check_field("title", "𠮷" * 31)
    assert refusal.value.facts["length"] == 62


def test_other_may_be_empty_and_an_unknown_field_is_a_fault() -> None:
    check_field("other", "")
    with pytest.raises(KeyError):
        check_field("colour", "red")


def test_the_row_and_the_catalogue_entry_belong_together() -> None:
    check(replace(WHOLE, item="C.2.3"))
    broken = refusal_of(replace(WHOLE, item="C.1.6"))
    assert (broken.code, broken.clause) == ("item_of_other_row", "5.1.1")
    assert broken.facts == {"item": "C.1.6", "row": 2, "item_row": 1}
    assert refusal_of(replace(WHOLE, item="C.9")).code == "unknown_item"
    assert refusal_of(replace(WHOLE, row=4)).code == "not_your_row"


CONTACTS = [
    {"contact_name": "张三"},
    {"phone": "138-0000-0001"},
    {"email": "zhangsan@example.com"},
    {"address": "三号楼201"},
]


@pytest.mark.parametrize("contact", CONTACTS)
def test_contact_data_needs_consent(contact: dict[str, Any]) -> None:
    given = replace(WHOLE, **contact)
    broken = refusal_of(given)
    assert (broken.code, broken.clause, broken.facts) == ("consent_needed", OUR_RULE, {})
    check(replace(given, consent=True))


@pytest.mark.parametrize("contact", CONTACTS[1:])
def test_without_a_chat_one_way_to_reach_the_proposer(contact: dict[str, Any]) -> None:
    away = replace(WHOLE, answers_here=False, consent=True)
    broken = refusal_of(replace(away, contact_name="张三"))
    assert (broken.code, broken.clause) == ("no_way_to_reach", "5.2.4")
    check(replace(away, **contact))


def test_a_contact_that_cannot_be_right() -> None:
    assert refusal_of(replace(WHOLE, phone="一三八", consent=True)).code == "bad_phone"
    assert refusal_of(replace(WHOLE, email="zhangsan", consent=True)).code == "bad_email"
    assert refusal_of(replace(WHOLE, address="楼" * 121, consent=True)).facts["field"] == "address"


@pytest.mark.parametrize("phone", ["138-0000-0001", "+86 138 0000 0001", "(0577)8800-0001", "8800001", " 13800000001 "])
def test_phones(phone: str) -> None:
    check_phone(phone)


@pytest.mark.parametrize("phone", ["", "123456", "1234567890123456", "138000000O1", "电话", "138_0000_0001", "²²²²²²²"])
def test_no_phones(phone: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_phone(phone)
    assert (refusal.value.code, refusal.value.clause, refusal.value.facts) == ("bad_phone", OUR_RULE, {})


@pytest.mark.parametrize("email", ["a@b.cn", "zhang.san+1@mail.example.com", " 张三@例子.中国 "])
def test_emails(email: str) -> None:
    check_email(email)


@pytest.mark.parametrize("email", ["", "@b.cn", "a@", "a@b", "a@b.", "a@.cn", "a b@c.cn", "a@b@c.cn", "a@b..cn"])
def test_no_emails(email: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_email(email)
    assert (refusal.value.code, refusal.value.clause, refusal.value.facts) == ("bad_email", OUR_RULE, {})


BY_CATEGORY = {
    None: {"resident", "group_leader", "owners_committee", "building_head", "property_company"},
    "群体": {"resident", "group_leader", "owners_committee", "building_head", "property_company"},
    "辖区单位": {"resident", "property_company", "unit", "social_organisation", "government"},
    "专业人士": {"resident"},
    "自主参与协商": {"resident"},
}


@pytest.mark.parametrize("category", BY_CATEGORY)
@pytest.mark.parametrize("role", [None, Standing.COMMITTEE, Standing.PARTY_BRANCH, Standing.SUPERVISORY_COMMITTEE])
def test_everybody_is_offered_the_subjects_they_may_speak_for(category: str | None, role: Standing | None) -> None:
    official = role in (Standing.COMMITTEE, Standing.PARTY_BRANCH)
    wanted = BY_CATEGORY[category] | ({"committee", "committee_member"} if official else set())
    kinds = kinds_for({role} if role else frozenset(), category)
    assert {kind.value for kind in kinds} == wanted and kinds[0] == "resident"
    for kind in ProposerKind:
        if kind in kinds:
            assert check_kind(kind.value, {role} if role else frozenset(), category) is kind
        else:
            with pytest.raises(RuleBroken, match="not_your_kind"):
                check_kind(kind.value, {role} if role else frozenset(), category)


def test_five_proposals_may_wait_for_their_review() -> None:
    check_open(OPEN_PROPOSALS - 1)
    with pytest.raises(RuleBroken, match="too_many_proposals"):
        check_open(OPEN_PROPOSALS)
