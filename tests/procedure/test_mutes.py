"""Muting one person and giving back exactly what they had (5.5.2 d), boundary by boundary."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from procedure.errors import RuleBroken
from procedure.floor import GroupPowers
from procedure.mutes import (
    LEAST,
    LONGEST,
    MARGIN,
    PERMISSIONS,
    Rights,
    Target,
    Undo,
    check_mute,
    ends_at,
    refusal,
    restored,
    rights_of,
    undo,
    until,
)

NOW = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
FREE = Rights("member", 0, {})
NOTHING = dict.fromkeys(PERMISSIONS, False)
TEXT_ONLY = NOTHING | {"can_send_messages": True}
SOMEBODY = Target(account=True, official=False, speaking=False, muted=False)
GROUP = GroupPowers("supergroup", may_delete=True, may_mute=True)


def test_anybody_may_be_muted_for_the_times_offered() -> None:
    for minutes in (5, 15, 30, None):
        check_mute(SOMEBODY, GROUP, minutes)
    check_mute(SOMEBODY, replace(GROUP, may_mute=None), 5)
    assert ends_at(5, NOW) == NOW + timedelta(minutes=5) and ends_at(None, NOW) == NOW + LONGEST


@pytest.mark.parametrize(
    ("target", "powers", "minutes", "code"),
    [
        ({}, {"kind": "group"}, 5, "mute_basic_group"),
        ({}, {"may_mute": False}, 5, "mute_no_right"),
        ({"account": False}, {}, 5, "mute_no_account"),
        ({"official": True}, {}, 5, "mute_official"),
        ({"speaking": True}, {}, 5, "mute_speaker"),
        ({"muted": True}, {}, 5, "already_muted"),
        ({}, {}, 0, "bad_mute"),
        ({}, {}, 10**6, "bad_mute"),
    ],
)
def test_who_is_not_muted(target: dict[str, bool], powers: dict[str, Any], minutes: int, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_mute(replace(SOMEBODY, **target), replace(GROUP, **powers), minutes)
    assert (refused.value.code, refused.value.clause) == (code, "5.5.2 d")


def test_a_snapshot_needs_every_field() -> None:
    whole = {"status": "restricted", "until": AT} | TEXT_ONLY
    assert rights_of(whole) == Rights("restricted", AT, TEXT_ONLY)
    assert rights_of({"status": "member"}) == FREE
    for name in (*PERMISSIONS, "until"):
        assert rights_of({key: value for key, value in whole.items() if key != name}) is None
    assert rights_of(None) is None and rights_of({}) is None


@pytest.mark.parametrize(
    ("before", "code"),
    [
        (None, "unknown"),
        (Rights("administrator", 0, {}), "admin"),
        (Rights("creator", 0, {}), "admin"),
        (Rights("left", 0, {}), "gone"),
        (Rights("kicked", 0, {}), "gone"),
        (Rights("restricted", 0, NOTHING), "silent"),
        (Rights("restricted", 0, TEXT_ONLY), None),
        (FREE, None),
    ],
)
def test_whom_telegram_describes_as_what(before: Rights | None, code: str | None) -> None:
    assert refusal(before) == code


@pytest.mark.parametrize(
    ("before", "ends", "expected"),
    [
        (FREE, NOW + timedelta(minutes=5), AT + 300 + 60),
        (FREE, NOW - timedelta(hours=1), AT + 35),
        (FREE, NOW - MARGIN + timedelta(seconds=1), AT + 35),
        (Rights("restricted", 0, TEXT_ONLY), NOW + timedelta(minutes=5), 0),
        (Rights("restricted", AT + 40, TEXT_ONLY), NOW + timedelta(minutes=5), AT + 360),
        (Rights("restricted", AT + 9999, TEXT_ONLY), NOW + timedelta(minutes=5), AT + 9999),
    ],
)
def test_t21_telegrams_own_end_is_never_too_near_and_never_before_an_earlier_one(
    before: Rights, ends: datetime, expected: int
) -> None:
    assert until(before, ends, NOW) == expected
    assert expected == 0 or expected - AT >= LEAST.total_seconds()


OURS = Rights("restricted", AT + 360, NOTHING)


@pytest.mark.parametrize(
    ("before", "found", "expected"),
    [
        (FREE, OURS, Undo.RESTORE),
        (FREE, replace(OURS, until=AT + 361), Undo.RESTORE),
        (FREE, replace(OURS, permissions=NOTHING | {"can_pin_messages": True}), Undo.RESTORE),
        (FREE, replace(OURS, until=0), Undo.THEIRS),
        (FREE, replace(OURS, until=AT + 900), Undo.THEIRS),
        (FREE, replace(OURS, permissions=TEXT_ONLY), Undo.THEIRS),
        (FREE, Rights("administrator", 0, {}), Undo.THEIRS),
        (FREE, Rights("kicked", 0, {}), Undo.THEIRS),
        (FREE, FREE, Undo.DONE),
        (FREE, Rights("left", 0, {}), Undo.DONE),
        (Rights("restricted", AT, TEXT_ONLY), FREE, Undo.DONE),
        (Rights("restricted", 0, TEXT_ONLY), FREE, Undo.THEIRS),
        (Rights("restricted", 0, TEXT_ONLY), Rights("restricted", 0, TEXT_ONLY), Undo.DONE),
        (FREE, None, Undo.UNKNOWN),
        (None, OURS, Undo.UNKNOWN),
    ],
)
def test_only_our_own_restriction_is_taken_back(before: Rights | None, found: Rights | None, expected: Undo) -> None:
    assert undo(before, OURS.until, found) is expected


@pytest.mark.parametrize(
    ("before", "permissions", "end"),
    [
        (FREE, dict.fromkeys(PERMISSIONS, True), 0),
        (Rights("restricted", 0, TEXT_ONLY), TEXT_ONLY, 0),
        (Rights("restricted", AT + 9999, TEXT_ONLY), TEXT_ONLY, AT + 9999),
        (Rights("restricted", AT + 10, TEXT_ONLY), TEXT_ONLY, AT + 35),
        (Rights("restricted", AT - 1, TEXT_ONLY), dict.fromkeys(PERMISSIONS, True), 0),
    ],
)
def test_t23_what_is_given_back_is_what_was_there(before: Rights, permissions: dict[str, bool], end: int) -> None:
    assert restored(before, NOW) == (permissions, end)
