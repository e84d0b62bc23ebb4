"""From the scheduled hour to the open meeting (5.6.1 a–c)."""

from datetime import datetime

from procedure.clocks import DeadlineKind
from procedure.errors import OUR_RULE, RuleBroken
from procedure.meeting import check_in_opens_at
from procedure.terms import MeetingState, MotionKind
from services import boards, clocks, missed, motions, site_facts, suspension
from services.act import SYSTEM, Receipt
from services.binding import bot_username
from services.case import Case
from services.delivery import when_delivered
from services.groups import BASIC
from services.messages import to_group, to_person
from services.sitting import Sitting, load, meeting_action
from services.timer_rows import cancel, set_timer
from storage.tables import Meeting, Outbox
from storage.work import UnitOfWork


def schedule_check_in(sitting: Sitting) -> None:
    """The bot opens check-in by itself half an hour before the sitting."""
    set_timer(sitting, "open_check_in", sitting.meeting.sitting, check_in_opens_at(sitting.meeting.scheduled_at))


@meeting_action("open_check_in")
def open_check_in(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """5.6.1 a. Raises group_busy while another meeting sits in the same group."""
    meeting = sitting.meeting
    if sitting.uow.first(Meeting, chat_id=meeting.chat_id, live=True) is not None:
        raise RuleBroken("group_busy", OUR_RULE)
    sitting.move("open_check_in")
    meeting.live = True
    cancel(sitting, now, "open_check_in")
    set_timer(sitting, "sitting_due", meeting.sitting, meeting.scheduled_at)
    missed.watch(sitting, now)
    sitting.note("check_in_opened", now, by=person_id, sitting=meeting.sitting)
    boards.set_up(sitting, now)
    _offer_private_chat(sitting, now)
    to_group(sitting, "group_look", now, key=meeting.sitting)
    return Receipt("check_in_opened")


def _offer_private_chat(sitting: Sitting, now: datetime) -> None:
    """Once a sitting, when the bot cannot write to somebody who is listed: the way to open the private chat."""
    username = bot_username(sitting.uow)
    if username and site_facts.unreached(sitting):
        to_group(sitting, "start_hint", now, key=sitting.meeting.sitting, bot_username=username)


@when_delivered("group_look")
def _looked(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    """What makes some people's words weigh more than others' is told to the chair, who can have it switched off."""
    found = row.facts.get("found")
    if found is None or not (found["kind"] == BASIC or found["boosts"] or found["slow_mode"]):
        return
    sitting = load(uow, row.facts["meeting_id"], SYSTEM)
    to_person(sitting, "group_uneven", sitting.meeting.chair_id, now, key=row.id, look=found)


@meeting_action("open_meeting")
def open_meeting(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """5.6.1 b: the chair publishes the rules and puts them to the vote."""
    sitting.move("open_meeting")
    cancel(sitting, now, missed.KIND)
    sitting.meeting.opened_at = now
    case = Case(sitting.uow, sitting.topic, sitting.actor)
    for kind in (DeadlineKind.MEET, DeadlineKind.RULES):
        clocks.finish(case, kind, now)
    sitting.note("meeting_opened", now, by=person_id, present=len(sitting.present))
    motion = motions.put(sitting, MotionKind.RULES, now)
    motions.show_rules(sitting, motion, now, changed=())
    boards.renew(sitting, now, consoles=True)
    return Receipt("meeting_opened")


@meeting_action("resume_sitting")
def resume_sitting(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """The adjourned meeting goes on in the state it was left, with its hands and turns."""
    meeting = sitting.meeting
    sitting.move("resume_sitting")
    cancel(sitting, now, missed.KIND)
    meeting.state_left = None
    if not suspension.give_back(sitting, now):
        _run_on(sitting, now)
    sitting.note("sitting_resumed", now, by=person_id, state=meeting.state, sitting=meeting.sitting)
    to_group(sitting, "sitting_resumed", now, key=meeting.sitting, state=meeting.state)
    boards.renew(sitting, now, consoles=True)
    return Receipt("sitting_resumed")


def _run_on(sitting: Sitting, now: datetime) -> None:
    """The time for corrections begins anew; the list of speakers stays open for what was left of its time."""
    meeting = sitting.meeting
    if sitting.state is MeetingState.WORDING and meeting.wording_posted_at is not None:
        meeting.wording_posted_at = now
        set_timer(sitting, "wording_end", meeting.wording_version, motions.wording_end(meeting))
    if meeting.list_closes_at is not None and meeting.list_closes_at > meeting.scheduled_at:
        meeting.list_closes_at += now - meeting.scheduled_at
        set_timer(sitting, "list_closes", sitting.id, meeting.list_closes_at)


@meeting_action("put_rules")
def put_rules(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """5.6.1 b: the rules are put again after a vote that did not adopt them."""
    sitting.meeting.rules_adopted = None
    motion = motions.put(sitting, MotionKind.RULES, now)
    sitting.note("rules_put", now, by=person_id, motion=motion.id, round=motion.round)
    motions.show_rules(sitting, motion, now, changed=())
    boards.renew(sitting, now, consoles=True)
    return Receipt("rules_put")


@meeting_action("declare_open")
def declare_open(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """5.6.1 c."""
    sitting.move("declare_open")
    sitting.note("declared_open", now, by=person_id)
    to_group(sitting, "declared_open", now)
    boards.renew(sitting, now, consoles=True)
    return Receipt("opened")
