"""Everybody's own page: /start, /todo, /topics, /me, and /status in the group."""

from datetime import datetime
from typing import Any

from procedure.errors import OUR_RULE, RuleBroken
from procedure.roles import offered
from procedure.terms import LIVE, MeetingState, Standing
from services import board_facts, boards, reminders
from services.act import Actor, Receipt
from services.board_facts import iso
from services.delivery import answered_enough, enqueue
from services.sitting import Sitting, load, peek
from storage.tables import Account, Community, CommunityRole, Meeting, Person, Topic
from storage.work import UnitOfWork

SHOWN_AS = (
    Standing.CHAIR,
    Standing.DEPUTY_CHAIR,
    Standing.RECORDER,
    Standing.SUPERVISOR,
    Standing.ADVISER,
    Standing.STAKEHOLDER,
    Standing.SELF_JOINED,
    Standing.EXPERT,
    Standing.UNIT,
    Standing.OBSERVER,
)
WITH_CONSOLE = frozenset({Standing.CHAIR, Standing.DEPUTY_CHAIR, Standing.RECORDER, Standing.SUPERVISOR})


def home(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """What this person may see and do next; a stranger is told how to join and sees nothing."""
    person = _person(uow, actor)
    if person is None:
        return Receipt("home", {"person": None})
    assert person.id is not None
    community = uow.must(Community, person.community_id)
    roles = uow.all(CommunityRole, person_id=person.id)
    return Receipt(
        "home",
        {
            "person": {"label": person.label, "name": person.name},
            "community": community.name,
            "roles": [role.role for role in roles],
            "meetings": _meetings(uow, person, now),
            "todo": len(reminders.todo(uow, person.id, now)),
            "tz": community.timezone,
        },
    )


def _meetings(uow: UnitOfWork, person: Person, now: datetime) -> list[dict[str, Any]]:
    found = []
    for meeting in uow.all(Meeting, order="scheduled_at", community_id=person.community_id):
        if meeting.state == MeetingState.ANNOUNCED or meeting.id is None or person.id is None:
            continue
        sitting = peek(uow, meeting, Actor(person.account_id))
        mine = _shown_as(sitting, person.id)
        if mine is None:
            continue
        board = uow.one("SELECT message_id FROM board WHERE meeting_id = :id AND person_id IS NULL", {"id": meeting.id})
        shown = boards.message_url(meeting.chat_id, board[0]) if board and board[0] else None
        found.append(
            {
                "meeting_id": meeting.id,
                "topic": {"number": sitting.topic.number, "title": sitting.topic.title},
                "state": meeting.state,
                "at": iso(meeting.scheduled_at),
                "mine": mine.value,
                "console": mine in WITH_CONSOLE and MeetingState(meeting.state) in LIVE,
                "check_in": _may_open_check_in(sitting, person.id, now),
                "group_url": shown,
            }
        )
    return found


def _shown_as(sitting: Sitting, person_id: int) -> Standing | None:
    standings = sitting.standings(person_id)
    return next((standing for standing in SHOWN_AS if standing in standings), None)


def _may_open_check_in(sitting: Sitting, person_id: int, now: datetime) -> bool:
    return "open_check_in" in offered(sitting.standings(person_id), sitting.facts(), now)


def open_console(uow: UnitOfWork, actor: Actor, *, meeting_id: int, now: datetime) -> Receipt:
    """Send an official's console afresh. Raises RuleBroken not_an_official, not_live, private_chat_closed."""
    sitting = load(uow, meeting_id, actor)
    person_id = sitting.person_id()
    if person_id is None or person_id not in boards.officials(sitting):
        raise RuleBroken("not_an_official", OUR_RULE)
    if sitting.state not in LIVE:
        raise RuleBroken("not_live", OUR_RULE)
    if not boards.show_console(sitting, person_id, now):
        raise RuleBroken("private_chat_closed", OUR_RULE)
    return Receipt("console_opened")


def todo(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """This person's deadlines by due date."""
    person = _person(uow, actor)
    if person is None or person.id is None:
        return Receipt("home", {"person": None})
    timezone = uow.must(Community, person.community_id).timezone
    return Receipt("todo", {"items": reminders.todo(uow, person.id, now), "tz": timezone})


def topics(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """The topics of this person's community, newest first."""
    person = _person(uow, actor)
    if person is None:
        return Receipt("home", {"person": None})
    found = []
    for topic in uow.all(Topic, order="-number", community_id=person.community_id):
        meeting = uow.first(Meeting, order="-id", topic_id=topic.id)
        found.append(
            {
                "number": topic.number,
                "title": topic.title,
                "stage": meeting.state if meeting else topic.stage,
                "meeting_at": iso(meeting.scheduled_at) if meeting else None,
                "verdict": meeting.verdict if meeting and meeting.announced_at else None,
            }
        )
    timezone = uow.must(Community, person.community_id).timezone
    return Receipt("topics", {"topics": found, "tz": timezone})


def me(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """What the bot knows of this account."""
    person = _person(uow, actor)
    account = uow.get(Account, actor.account_id)
    if person is None:
        return Receipt("home", {"person": None})
    return Receipt(
        "me",
        {
            "name": person.name,
            "label": person.label,
            "household": person.household,
            "community": uow.must(Community, person.community_id).name,
            "roles": [role.role for role in uow.all(CommunityRole, person_id=person.id)],
            "language": account.language if account else "zh",
        },
    )


def group_status(uow: UnitOfWork, actor: Actor, *, chat_id: int, message_id: int, now: datetime) -> Receipt:
    """/status in the group: the meeting that sits or comes next, as one message a minute at most."""
    if answered_enough(uow, "group_status", chat_id, now):
        return Receipt("nothing_to_do")
    meetings = uow.all(Meeting, order="scheduled_at", chat_id=chat_id)
    coming = [meeting for meeting in meetings if meeting.state != MeetingState.ANNOUNCED]
    meeting = next((found for found in coming if found.live), coming[0] if coming else None)
    facts = {"meeting": board_facts.common(peek(uow, meeting, actor), now) if meeting else None}
    enqueue(
        uow,
        "group_status",
        chat_id,
        facts,
        unique_key=f"status:{chat_id}:{message_id}",
        now=now,
        community_id=meeting.community_id if meeting else None,
    )
    return Receipt("status_posted")


def _person(uow: UnitOfWork, actor: Actor) -> Person | None:
    """The person of this account; the first community when there are several."""
    return uow.first(Person, account_id=actor.account_id) if actor.account_id is not None else None
