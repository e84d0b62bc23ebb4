"""The minutes as a value: who reads how much, and a file whose keys are documented."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from procedure import minuted_facts, minuted_order, minuted_votes, minutes
from procedure.errors import RuleBroken
from procedure.fact_sheet import FactLine
from procedure.minuted_facts import FactSheetShown
from procedure.minutes import Interruption, Interruptions, Minutes, check_reader, for_everybody, lasted, plain
from procedure.terms import Standing

AT = datetime(2026, 11, 5, 19, 30, tzinfo=timezone(timedelta(hours=8)))
HAND = minuted_votes.HandRaised("1-102", "for", room=False, at=AT)
VOTE = minuted_votes.VoteHeld(
    kind="main",
    round=1,
    digest="ab",
    items=(minuted_votes.Item(1, "建棚", "物业", "2026-12-01"),),
    objections="",
    item=None,
    roster=3,
    in_favour=1,
    against=0,
    abstain=0,
    in_the_room=0,
    verdict="agreed",
    decided_at=AT,
    voided_at=None,
    void_clause=None,
    void_reason=None,
    calls=(),
    hands=(HAND,),
    trail=(HAND, HAND),
)
WHOLE = Minutes(
    schema=minutes.SCHEMA,
    public=False,
    topic=1,
    title="充电棚",
    meeting=1,
    mode="internet",
    place="群",
    scheduled_at=AT,
    opened_at=AT,
    ended_at=None,
    chair="周文",
    posts={"convener": "周文"},
    fact_sheet=FactSheetShown(2, "ab" * 32, AT, (FactLine("车棚两处", "居委会台账"),)),
    attendance=(),
    happened=(),
    turns=(),
    interruptions=Interruptions(1, 1, AT, (Interruption(AT, 7, None, "1-201", stopped=True),)),
    removals=(minuted_order.WordsRemoved(AT, 8, "1-202", "骂人的话", None, AT),),
    mutes=(),
    questions=(),
    points=(),
    reminders=(),
    wordings=(),
    requests=(),
    votes=(VOTE,),
    challenges=(),
    stops=(),
    corrections=(),
    verdict="agreed",
)


@pytest.mark.parametrize(
    ("standing", "signed_in", "ended", "expected"),
    [
        *(
            (who, signed, ended, True)
            for who in sorted(minutes.OFFICIALS)
            for signed in (True, False)
            for ended in (True, False)
        ),
        (Standing.STAKEHOLDER, True, False, False),
        (Standing.OBSERVER, True, False, False),
        (Standing.STAKEHOLDER, False, False, "minutes_sign_in_first"),
        (Standing.COMMITTEE, False, False, "minutes_sign_in_first"),
        (Standing.RESIDENT, True, True, False),
        (Standing.STAKEHOLDER, False, True, False),
        (Standing.PROPOSER, False, True, False),
        (Standing.COMMITTEE, False, True, False),
        (Standing.PARTY_BRANCH, False, True, False),
        (Standing.RESIDENT, False, True, "minutes_not_for_you"),
        (Standing.RESIDENT, False, False, "minutes_sign_in_first"),
        (Standing.ADMINISTRATOR, False, True, "minutes_not_for_you"),
        (Standing.SUPPORTER, False, True, "minutes_not_for_you"),
    ],
)
def test_who_reads_the_minutes(standing: Standing, signed_in: bool, ended: bool, expected: bool | str) -> None:
    if isinstance(expected, bool):
        assert check_reader({standing}, signed_in=signed_in, ended=ended) is expected
        return
    with pytest.raises(RuleBroken, match=expected):
        check_reader({standing}, signed_in=signed_in, ended=ended)


def test_everybody_reads_the_same_but_whose_hands_and_whose_interruptions() -> None:
    public = for_everybody(WHOLE)
    assert all(one not in repr(public) for one in ("1-102", "1-201", "1-202", "骂人的话"))
    assert (public.interruptions.count, public.interruptions.stops, public.votes[0].in_favour) == (1, 1, 1)
    back = replace(public, public=False, votes=WHOLE.votes, interruptions=WHOLE.interruptions, removals=WHOLE.removals)
    assert back == WHOLE


@pytest.mark.parametrize(
    ("began", "ended", "expected"),
    [(None, None, None), (AT, None, None), (None, AT, None), (AT, AT + timedelta(seconds=80.9), 80), (AT, AT, 0)],
)
def test_how_long_a_turn_lasted(began: datetime | None, ended: datetime | None, expected: int | None) -> None:
    assert lasted(began, ended) == expected


def test_the_file_holds_plain_values_and_times_with_their_offset() -> None:
    told = plain(WHOLE)
    assert told["scheduled_at"] == "2026-11-05T19:30:00+08:00" and told["posts"] == {"convener": "周文"}
    assert told["votes"][0]["items"] == [{"number": 1, "text": "建棚", "implementer": "物业", "due": "2026-12-01"}]
    assert plain(AT.astimezone(UTC)) == "2026-11-05T11:30:00+00:00" and plain(()) == []


def shapes() -> dict[str, list[str]]:
    """Every object of the file with its keys, in their order."""
    found: list[Any] = [*vars(minutes).values(), *vars(minuted_facts).values(), *vars(minuted_votes).values()]
    return {
        one.__name__: [key.name for key in fields(one)] for one in found if isinstance(one, type) and is_dataclass(one)
    }


def test_every_key_of_the_file_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "minutes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| (`.*) \|$", page, re.MULTILINE)
    assert {name: re.findall(r"`(\w+)`", keys) for name, keys in rows} == shapes()
    assert f"`{minutes.SCHEMA}`" in page
