"""Everybody's own page: /start, /todo, /topics, /me, and /status in the group."""

from datetime import datetime
from typing import Any

from procedure.errors import OUR_RULE, RuleBroken
from procedure.roles import offered
from procedure.terms import LIVE, MeetingState, Standing, TopicStage
from services import annex_facts, board_facts, boards, duties, proposing
from services.act import Actor, Receipt
from services.binding import bot_username
from services.board_facts import iso
from services.course import waiting_for
from services.delivery import answered_enough, enqueue
from services.messages import message_url
from services.sitting import Sitting, load, peek
from storage.tables import Account, CheckIn, Community, CommunityRole, Deadline, Group, Meeting, Person, Topic
from storage.work import UnitOfWork

TOPICS_SHOWN = 4
TOPICS_ON_PAGE = 8
TOPICS_IN_GROUP = 6

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
ENDED = frozenset({MeetingState.ANNOUNCED.value, MeetingState.DIVERTED.value})


def home(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """What this person may see and do next; a stranger is told how to join and sees nothing."""
    person = _person(uow, actor)
    if person is None:
        return Receipt("home", {"person": None})
    assert person.id is not None
    community = uow.must(Community, person.community_id)
    roles = uow.all(CommunityRole, person_id=person.id)
    open_to = waiting_for(uow, actor, person.community_id, person.id, now)
    mine = duties.gather(uow, person.id, open_to, now)
    return Receipt(
        "home",
        {
            "person": {"label": person.label, "name": person.name},
            "community": community.name,
            "roles": [role.role for role in roles],
            "meetings": _meetings(uow, person, now),
            "todo": len(mine["items"]) + len(mine["waiting"]),
            "waiting": [topic for topic in open_to if topic["needed"]][:TOPICS_SHOWN],
            "places": proposing.places(uow, actor, now=now),
            "tz": community.timezone,
        },
    )


def _meetings(uow: UnitOfWork, person: Person, now: datetime) -> list[dict[str, Any]]:
    found = []
    for meeting in uow.all(Meeting, order="scheduled_at", community_id=person.community_id):
        if meeting.state in ENDED or meeting.id is None or person.id is None:
            continue
        sitting = peek(uow, meeting, Actor(person.account_id))
        mine = _shown_as(sitting, person.id)
        if mine is None:
            continue
        board = uow.one("SELECT message_id FROM board WHERE meeting_id = :id AND person_id IS NULL", {"id": meeting.id})
        shown = message_url(meeting.chat_id, board[0]) if board and board[0] else None
        found.append(
            {
                "meeting_id": meeting.id,
                "topic": {"number": sitting.topic.number, "title": sitting.topic.title},
                "state": meeting.state,
                "at": iso(meeting.scheduled_at),
                "mine": mine.value,
                "console": MeetingState(meeting.state) in LIVE and person.id in boards.officials(sitting),
                "board": MeetingState(meeting.state) in LIVE and person.id not in boards.officials(sitting),
                "check_in": _may_open_check_in(sitting, person.id, now),
                "minutes": meeting.opened_at is not None and _was_here(uow, meeting.id, person.id),
                "may_raise_annex": _may_raise_annex(sitting, person.id, now),
                "group_url": shown,
            }
        )
    return found


def _was_here(uow: UnitOfWork, meeting_id: int, person_id: int) -> bool:
    """In whatever sitting: overnight, too, whoever signed in reads the minutes."""
    return uow.count(CheckIn, meeting_id=meeting_id, person_id=person_id) > 0


def _shown_as(sitting: Sitting, person_id: int) -> Standing | None:
    standings = sitting.standings(person_id)
    return next((standing for standing in SHOWN_AS if standing in standings), None)


def _may_open_check_in(sitting: Sitting, person_id: int, now: datetime) -> bool:
    return "open_check_in" in offered(sitting.standings(person_id), sitting.facts(), now)


def _may_raise_annex(sitting: Sitting, person_id: int, now: datetime) -> bool:
    here = person_id in sitting.present
    return annex_facts.may_raise(sitting.standings(person_id), sitting.facts(), now, present=here)


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
    """/todo: this person's clocks by due date, and the topics in which it is their turn."""
    person = _person(uow, actor)
    if person is None or person.id is None:
        return Receipt("home", {"person": None})
    timezone = uow.must(Community, person.community_id).timezone
    open_to = waiting_for(uow, actor, person.community_id, person.id, now)
    return Receipt("todo", duties.gather(uow, person.id, open_to, now) | {"tz": timezone})


def topics(uow: UnitOfWork, actor: Actor, *, now: datetime, number: int = 1) -> Receipt:
    """/topics: those of this person's community, newest first, page ``number``."""
    person = _person(uow, actor)
    if person is None:
        return Receipt("home", {"person": None})
    rows = uow.rows("SELECT id FROM topic WHERE community_id = :id ORDER BY number DESC", {"id": person.community_id})
    found = [row[0] for row in rows]
    pages = max(1, -(-len(found) // TOPICS_ON_PAGE))
    page = min(max(1, number), pages)
    shown = found[(page - 1) * TOPICS_ON_PAGE : page * TOPICS_ON_PAGE]
    facts = {"page": page, "pages": pages}
    timezone = uow.must(Community, person.community_id).timezone
    listed = [_listed(uow, uow.must(Topic, topic_id)) for topic_id in shown]
    return Receipt("topics", facts | {"topics": listed, "tz": timezone})


def _listed(uow: UnitOfWork, topic: Topic) -> dict[str, Any]:
    """A topic in a list: its stage, its meeting while there is one to come, the end of its next clock."""
    meeting = uow.first(Meeting, order="-id", topic_id=topic.id)
    coming = meeting is not None and meeting.announced_at is None and topic.stage == TopicStage.MEETING
    clock = uow.first(Deadline, order="ends_at", topic_id=topic.id, done_at=None)
    return {
        "topic_id": topic.id,
        "number": topic.number,
        "title": topic.title,
        "stage": topic.stage,
        "outcome": topic.outcome,
        "state": meeting.state if meeting is not None and coming else None,
        "meeting_at": iso(meeting.scheduled_at) if meeting is not None and coming else None,
        "ends_at": iso(clock.ends_at) if clock is not None else None,
    }


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
    """/status in the group: the meeting that sits or comes next, else the topics under way; at most once a minute."""
    if answered_enough(uow, "group_status", chat_id, now):
        return Receipt("nothing_to_do")
    meetings = uow.all(Meeting, order="scheduled_at", chat_id=chat_id)
    coming = [meeting for meeting in meetings if meeting.state not in ENDED]
    meeting = next((found for found in coming if found.live), coming[0] if coming else None)
    group = uow.first(Group, chat_id=chat_id)
    facts: dict[str, Any] = {"meeting": board_facts.common(peek(uow, meeting, actor), now) if meeting else None}
    if meeting is None and group is not None:
        facts |= _under_way(uow, group.community_id)
        username = bot_username(uow)
        facts["propose"] = f"https://t.me/{username}?start=propose-{group.community_id}" if username else None
    enqueue(
        uow,
        "group_status",
        chat_id,
        facts,
        unique_key=f"status:{chat_id}:{message_id}",
        now=now,
        community_id=meeting.community_id if meeting else group.community_id if group else None,
    )
    return Receipt("status_posted")


def _under_way(uow: UnitOfWork, community_id: int) -> dict[str, Any]:
    rows = uow.all(Topic, order="-number", community_id=community_id, ended_at=None)
    return {
        "topics": [_listed(uow, topic) for topic in rows[:TOPICS_IN_GROUP]],
        "more": max(0, len(rows) - TOPICS_IN_GROUP),
        "tz": uow.must(Community, community_id).timezone,
    }


def _person(uow: UnitOfWork, actor: Actor) -> Person | None:
    """The person of this account, unless they have left; the first community when there are several."""
    return uow.first(Person, account_id=actor.account_id, left_at=None) if actor.account_id is not None else None
