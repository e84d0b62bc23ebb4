"""What a consultation plan says and who stands where in it (5.3.1, 5.3.2, tables 2 and 3)."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from procedure.errors import OUR_RULE, RuleBroken
from procedure.review import check_supervisor
from procedure.terms import Capacity, Post, Standing


class Mode(StrEnum):
    """The forms of table 3."""

    INTERNET = "internet"
    TALK = "talk"
    EXPERT_REVIEW = "expert_review"
    HOME_VISIT = "home_visit"
    WRITTEN = "written"
    HYBRID = "hybrid"


Participation = tuple[Capacity, str]
"""A participant's one capacity and the category of table 2 they stand for."""

DEPUTISED: Final = (Standing.CHAIR, Standing.RECORDER, Standing.ADVISER, Standing.SUPERVISOR)
"""Whose deputies a plan names; the chair's deputy stands for the convener too."""


@dataclass(frozen=True, slots=True)
class PlanFields:
    """A version of a plan. ``meets_at`` is aware; people are person ids; ``chair`` None: not named yet.

    ``deputies`` by one of ``DEPUTISED``; ``second_official`` confirms what the recorder enters. ``room``: the address
    of the room of a hybrid meeting, "" without one.
    """

    meets_at: datetime
    mode: Mode
    chair: int | None
    participants: Mapping[int, Participation]
    deputies: Mapping[Standing, int] = field(default_factory=dict)
    second_official: int | None = None
    room: str = ""


OFFERED_MODES: Final = (Mode.INTERNET, Mode.HYBRID)
"""What a plan can choose today."""


def check_mode(mode: Mode) -> None:
    """Raises RuleBroken mode_not_offered (table 3)."""
    if mode not in OFFERED_MODES:
        raise RuleBroken("mode_not_offered", "5.3.1 c", mode=mode)


def stakeholders(capacities: Mapping[int, Capacity]) -> tuple[int, ...]:
    """The persons listed as stakeholders, ascending."""
    return tuple(sorted(person for person, capacity in capacities.items() if capacity is Capacity.STAKEHOLDER))


def check_plan(plan: PlanFields, posts: Mapping[Post, int], roles: Mapping[int, AbstractSet[Standing]]) -> None:
    """Raises the first of ``problems``."""
    for problem in problems(plan, posts, roles):
        raise problem


def problems(
    plan: PlanFields, posts: Mapping[Post, int], roles: Mapping[int, AbstractSet[Standing]]
) -> tuple[RuleBroken, ...]:
    """All that keeps a plan from being sent, besides its time (planner.py) and the willingness of its stakeholders.

    plan_without_stakeholder (5.3.1 b), chair_missing (5.3.1 d), room_missing and second_official_missing in hybrid
    mode (5.3.1 c), deputy_is_holder(post, person_id), supervisor_of_committee(person_id),
    post_conflict(first, second, person_id), second_official_conflict(post, person_id),
    second_official_unfit(person_id): the last five our rules.
    """
    found: list[RuleBroken] = []
    if not stakeholders({person: capacity for person, (capacity, _) in plan.participants.items()}):
        found.append(RuleBroken("plan_without_stakeholder", "5.3.1 b"))
    if plan.chair is None:
        found.append(RuleBroken("chair_missing", "5.3.1 d"))
    if plan.mode is Mode.HYBRID:
        if not plan.room.strip():
            found.append(RuleBroken("room_missing", "5.3.1 c"))
        if plan.second_official is None:
            found.append(RuleBroken("second_official_missing", "5.3.1 c"))
    holders = _holders(plan, posts)
    found.extend(_deputy_problems(plan, holders))
    found.extend(_supervision_problems(plan, holders, roles))
    found.extend(_second_official_problems(plan, holders, roles))
    return tuple(found)


def _holders(plan: PlanFields, posts: Mapping[Post, int]) -> dict[Standing, int]:
    holders = {Standing(post): person for post, person in posts.items()}
    if plan.chair is not None:
        holders[Standing.CHAIR] = plan.chair
    return holders


def _deputy_problems(plan: PlanFields, holders: Mapping[Standing, int]) -> list[RuleBroken]:
    return [
        RuleBroken("deputy_is_holder", OUR_RULE, post=post, person_id=person)
        for post, person in plan.deputies.items()
        if holders.get(post) == person
    ]


_RUNNING: Final = (Standing.CONVENER, Standing.CHAIR, Standing.RECORDER)


def _supervision_problems(
    plan: PlanFields, holders: Mapping[Standing, int], roles: Mapping[int, AbstractSet[Standing]]
) -> list[RuleBroken]:
    """Neither the supervisor nor the deputy runs or writes the meeting, even as a deputy, or sits on the committee."""
    found = []
    running = {(post, side[post]) for side in (holders, plan.deputies) for post in _RUNNING if post in side}
    for side in (holders, plan.deputies):
        supervisor = side.get(Standing.SUPERVISOR)
        if supervisor is None:
            continue
        try:
            check_supervisor(supervisor, roles)
        except RuleBroken as broken:
            found.append(broken)
        for post in _RUNNING:
            if (post, supervisor) in running:
                found.append(
                    RuleBroken("post_conflict", OUR_RULE, first=post, second=Standing.SUPERVISOR, person_id=supervisor)
                )
    return found


def _second_official_problems(
    plan: PlanFields, holders: Mapping[Standing, int], roles: Mapping[int, AbstractSet[Standing]]
) -> list[RuleBroken]:
    person = plan.second_official
    if person is None:
        return []
    for post in (Standing.CHAIR, Standing.RECORDER, Standing.SUPERVISOR):
        if person in (holders.get(post), plan.deputies.get(post)):
            return [RuleBroken("second_official_conflict", OUR_RULE, post=post, person_id=person)]
    if holders.get(Standing.ADVISER) == person or Standing.COMMITTEE in roles.get(person, frozenset()):
        return []
    return [RuleBroken("second_official_unfit", OUR_RULE, person_id=person)]


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two versions in one field: person ids that came, went, or stand there differently.

    For ``meets_at``, ``mode`` and ``room`` no ids: the versions hold the two values.
    """

    field: str
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()


def differences(before: PlanFields, after: PlanFields) -> tuple[Change, ...]:
    """5.3.2: what a revised plan changes, in the order of the plan; deputies and chair by the persons they name."""
    found = [Change(name) for name in ("meets_at", "mode", "room") if getattr(before, name) != getattr(after, name)]
    compared = (
        ("chair", _one(before.chair), _one(after.chair)),
        ("deputies", _posts_of(before.deputies), _posts_of(after.deputies)),
        ("second_official", _one(before.second_official), _one(after.second_official)),
        ("participants", dict(before.participants), dict(after.participants)),
    )
    found.extend(_change(name, old, new) for name, old, new in compared if old != new)
    return tuple(found)


def _one(person: int | None) -> dict[int, object]:
    return {} if person is None else {person: None}


def _posts_of(deputies: Mapping[Standing, int]) -> dict[int, object]:
    """Person → the posts they deputise for."""
    return {
        person: tuple(sorted(post for post, holder in deputies.items() if holder == person))
        for person in deputies.values()
    }


def _change(name: str, old: Mapping[int, object], new: Mapping[int, object]) -> Change:
    return Change(
        name,
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed=tuple(sorted(person for person in old.keys() & new.keys() if old[person] != new[person])),
    )


def needs_new_window(before: PlanFields, after: PlanFields, tz: ZoneInfo) -> bool:
    """5.3.2: whether a revision gives two more days for objections: participants, mode or the local date changed.

    An hour moved on the same day, another chair or deputy is told at once and opens no window (our rule).
    """
    moved = before.meets_at.astimezone(tz).date() != after.meets_at.astimezone(tz).date()
    return moved or before.mode is not after.mode or dict(before.participants) != dict(after.participants)
