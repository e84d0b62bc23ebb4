"""What boards and consoles show, as plain values for the views."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from procedure.meeting import wording_stands_at
from procedure.roles import ACTIONS, offered, reason_needed
from procedure.rules import to_json
from procedure.terms import LIVE, Capacity, MeetingState, MotionStage, Stance, Standing
from procedure.votes import Arithmetic, Tally, Threshold, arithmetic, earliest_close, percent
from services import annex_facts, civility_facts, coming, floor_facts, item_facts, room_board, site_facts, stop_facts
from services.messages import heading
from services.sitting import HANDS_IN, Sitting
from services.void_facts import voided
from storage.tables import Motion, PostHolder, Setting, WordingRequest

LISTED: Final = 20


def iso(instant: datetime | None) -> str | None:
    """Instants travel as ISO strings."""
    return None if instant is None else instant.isoformat()


def common(sitting: Sitting, now: datetime) -> dict[str, Any]:
    """The board in the group; consoles show it too."""
    meeting = sitting.meeting
    labels = _labels(sitting)
    present = sitting.present
    stakeholders = [who for who, capacity in sitting.capacities.items() if capacity is Capacity.STAKEHOLDER]
    stakeholders_here = sum(who in present for who in stakeholders)
    taken = sitting.turns_taken()
    username = sitting.uow.get(Setting, "bot_username")
    return heading(sitting) | {
        "state": meeting.state,
        "sitting": meeting.sitting,
        "scheduled_at": iso(meeting.scheduled_at),
        "opened_at": iso(meeting.opened_at),
        "interruptions": meeting.interruptions,
        "chair": labels[meeting.chair_id],
        "posts": _posts(sitting, labels),
        "stakeholders": len(stakeholders),
        "present_stakeholders": stakeholders_here,
        "present_others": len(present) - stakeholders_here,
        "rules": to_json(sitting.rules),
        "rules_adopted": meeting.rules_adopted,
        "turn": _turn(sitting, labels, taken) if sitting.state in (MeetingState.OPEN, *HANDS_IN[1:]) else None,
        "queue": _queue(sitting, labels, taken),
        "last_call_until": iso(meeting.last_call_until),
        "list_closes_at": iso(meeting.list_closes_at),
        "list_closed": sitting.list_closed(now),
        "spoken": sum(taken.values()),
        "wording": wording(sitting, now),
        "motion": motion(sitting),
        "result": result(sitting),
        "next_at": iso(meeting.scheduled_at) if meeting.state == MeetingState.ADJOURNED else None,
        "bot_username": username.value if username else None,
        "annex": None if meeting.stopped_at else annex_facts.shown(meeting.annex, sitting.state),
        "stop": stop_facts.shown(sitting.uow, meeting),
        **floor_facts.shown(sitting),
        "room": room_board.shown(sitting),
        "fact_sheet": sitting.topic.id if sitting.plan.fact_sheet_id is not None else None,
    }


def _labels(sitting: Sitting) -> dict[int, str]:
    rows = sitting.uow.rows(
        "SELECT id, label FROM person WHERE community_id = :id", {"id": sitting.meeting.community_id}
    )
    return {row[0]: row[1] for row in rows}


def _posts(sitting: Sitting, labels: dict[int, str]) -> list[dict[str, Any]]:
    found = [
        {
            "post": "chair",
            "label": labels[sitting.meeting.chair_id],
            "present": sitting.meeting.chair_id in sitting.present,
            "deputy": sitting.meeting.chair_id == sitting.plan.deputy_chair_id,
        }
    ]
    holders: list[PostHolder] = sorted(
        sitting.uow.all(PostHolder, topic_id=sitting.topic.id), key=lambda holder: (holder.post, holder.deputy)
    )
    for post in ("recorder", "supervisor"):
        mine = [holder for holder in holders if holder.post == post]
        here = [holder for holder in mine if holder.person_id in sitting.present]
        for holder in (here or mine)[:1]:
            found.append(
                {
                    "post": post,
                    "label": labels[holder.person_id],
                    "present": bool(here),
                    "deputy": holder.deputy,
                }
            )
    return found


def _turn(sitting: Sitting, labels: dict[int, str], taken: dict[int, int]) -> dict[str, Any] | None:
    turn = sitting.turn
    if turn is None:
        return None
    return {
        "id": turn.id,
        "label": labels[turn.person_id],
        "seat": sitting.seats.get(turn.person_id),
        "kind": turn.kind,
        "stance": turn.stance,
        "minutes": turn.minutes,
        "number": taken.get(turn.person_id, 0) + 1,
        "running": turn.starts_at is not None,
        "ends_at": iso(turn.ends_at),
        "asked": turn.asked_at is not None,
    }


def _queue(sitting: Sitting, labels: dict[int, str], taken: dict[int, int]) -> list[dict[str, Any]]:
    if sitting.state not in HANDS_IN:
        return []
    return [
        {
            "hand_id": ranked.hand.id,
            "label": labels[ranked.hand.person_id],
            "seat": sitting.seats.get(ranked.hand.person_id),
            "stance": ranked.hand.stance.value,
            "reason": ranked.reason.value,
            "number": taken.get(ranked.hand.person_id, 0) + 1,
        }
        for ranked in sitting.queue()
    ]


def wording(sitting: Sitting, now: datetime) -> dict[str, Any] | None:
    """The opinion as posted, the end of the time for corrections while it runs, the hash once it is frozen."""
    meeting = sitting.meeting
    if not meeting.wording or meeting.wording_posted_at is None:
        return None
    found = sitting.motion
    until = wording_stands_at(meeting.wording_posted_at)
    running = meeting.state == MeetingState.WORDING and now < until
    return {
        "version": meeting.wording_version,
        "items": meeting.wording["items"],
        "objections": meeting.wording["objections"],
        "corrections_until": iso(until) if running else None,
        "requests_open": sitting.uow.count(WordingRequest, meeting_id=sitting.id, decided_at=None),
        "digest": found.digest if found is not None and found.kind == "main" else None,
    }


def motion(sitting: Sitting) -> dict[str, Any] | None:
    """The vote under way or last held; counts are shown once decided."""
    found = sitting.motion
    if found is None:
        return None
    voted = sitting.uow.one("SELECT COUNT(*) FROM vote WHERE motion_id = :id", {"id": found.id})
    calling = found.stage == MotionStage.CALLING and found.call_opened_at is not None
    return {
        "id": found.id,
        "kind": found.kind,
        "round": found.round,
        "stage": found.stage,
        "calling": found.calling,
        "earliest_close": iso(earliest_close(found.call_opened_at)) if calling and found.call_opened_at else None,
        "correction_until": iso(found.correction_until),
        "roster": found.roster,
        "counts": counts(found),
        "voted": voted[0] if voted is not None else 0,
        "verdict": found.verdict,
        "digest": found.digest,
        "void": voided(sitting.uow, found),
        "item": item_facts.shown(found),
    }


def counts(found: Motion) -> dict[str, int] | None:
    """The three sides of a decided vote."""
    if found.in_favour is None or found.against is None or found.abstain is None:
        return None
    return {"for": found.in_favour, "against": found.against, "abstain": found.abstain}


def threshold_of(found: Motion) -> Threshold:
    """The ratio this motion is measured by, fixed before its first call."""
    stored = found.threshold
    return Threshold(stored["numerator"], stored["denominator"], stored["or_above"], stored["source"])


def result(sitting: Sitting) -> dict[str, Any] | None:
    """The main vote's outcome with its arithmetic; None until it is announced."""
    found = sitting.motion
    if sitting.meeting.announced_at is None or sitting.meeting.verdict is None or found is None:
        return None
    return outcome(found) | room_board.counted(sitting, found)


def outcome(found: Motion) -> dict[str, Any]:
    """A decided motion in figures."""
    assert found.in_favour is not None and found.against is not None and found.abstain is not None
    tally = Tally(found.in_favour, found.against, found.abstain)
    sums: Arithmetic = arithmetic(tally, threshold_of(found))
    return {
        "verdict": found.verdict,
        "tally": {"for": tally.in_favour, "against": tally.against, "abstain": tally.abstain, "total": tally.total},
        "roster": found.roster,
        "percent": {
            "for": percent(tally.in_favour, tally.total),
            "against": percent(tally.against, tally.total),
            "abstain": percent(tally.abstain, tally.total),
        },
        "arithmetic": {"left": sums.left, "right": sums.right, "sign": sums.sign, "met": sums.met},
        "threshold": found.threshold,
    }


def console(sitting: Sitting, person_id: int, now: datetime) -> dict[str, Any]:
    """What an official's private console shows besides the board."""
    labels = _labels(sitting)
    standings, facts = sitting.standings(person_id), sitting.facts()
    live = sitting.state in LIVE
    absent = [
        labels[who]
        for who, capacity in sitting.capacities.items()
        if live and capacity is Capacity.STAKEHOLDER and who not in sitting.present
    ]
    silent = [labels[who] for who in not_voted(sitting)]
    return {
        **floor_facts.console(sitting, standings, labels, now),
        **site_facts.on_console(sitting, standings, labels),
        "post": _post(standings),
        "steps": [
            {
                "action": name,
                "clause": ACTIONS[name].clause,
                "from": None,
                "needs_reason": reason_needed(name, standings, facts),
            }
            for name in offered(standings, facts, now)
        ]
        + coming.steps(standings, facts, now),
        "checked_in": person_id in sitting.present,
        "may_raise_annex": annex_facts.on_console(standings)
        and annex_facts.may_raise(standings, facts, now, present=person_id in sitting.present),
        "interrupters": site_facts.interrupters(sitting, labels, now) if live else [],
        "not_voted": silent[:LISTED],
        "not_voted_more": max(0, len(silent) - LISTED),
        "absent": absent[:LISTED],
        "absent_more": max(0, len(absent) - LISTED),
        "requests": item_facts.requests(sitting.uow, sitting.id, labels),
        "hands": _queue(sitting, labels, sitting.turns_taken()),
        **room_board.console(sitting, labels),
    } | civility_facts.on_console(sitting, person_id, standings, facts, now)


def _post(standings: Iterable[Standing]) -> str:
    order = ("chair", "deputy_chair", "recorder", "supervisor", "second_official", "adviser")
    return next((standing for standing in order if standing in set(standings)), Standing.OBSERVER.value)


def not_voted(sitting: Sitting) -> list[int]:
    """Persons on the roster of the vote under way who have raised no hand yet."""
    rows = sitting.uow.rows(
        "SELECT s.person_id FROM motion m JOIN seat s ON s.motion_id = m.id"
        " LEFT JOIN vote v ON v.motion_id = s.motion_id AND v.person_id = s.person_id"
        " WHERE m.meeting_id = :id AND m.stage IN ('calling', 'correcting') AND v.person_id IS NULL ORDER BY 1",
        {"id": sitting.id},
    )
    return [row[0] for row in rows]


def _requests(sitting: Sitting, labels: dict[int, str]) -> list[dict[str, Any]]:
    rows = sitting.uow.all(WordingRequest, meeting_id=sitting.id, decided_at=None)
    return [{"id": row.id, "label": labels[row.person_id], "text": row.text} for row in rows]


def stance_counts(sitting: Sitting, motion_id: int) -> dict[Stance, int]:
    """Hands of a motion by stance."""
    rows = sitting.uow.rows(
        "SELECT stance, COUNT(*) FROM vote WHERE motion_id = :id GROUP BY stance", {"id": motion_id}
    )
    found = {Stance(row[0]): int(row[1]) for row in rows}
    return {stance: found.get(stance, 0) for stance in Stance}
