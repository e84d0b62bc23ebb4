"""Carrying out what was agreed (5.9): each item from its receipt to its end, with a reason for every extension."""

from datetime import date, datetime, time
from typing import Any, Final

from procedure import followup as rules
from procedure.clocks import DeadlineKind
from procedure.errors import OUR_RULE, RuleBroken
from procedure.followup import ItemFacts
from procedure.terms import Capacity, Post, Standing, TopicStage
from procedure.text import clean_text
from services import after_news, clocks, minutes
from services.act import Receipt
from services.board_facts import iso
from services.case import Case, topic_action
from services.supervision_paper import last_day
from storage.tables import FollowItem, FollowReport, Meeting, Participant, Person

TEXT_LIMIT: Final = 1000
ITEM: Final = "item"


def begin(case: Case, meeting: Meeting, now: datetime) -> None:
    """The items exactly as they were voted on; the committee takes them to their implementers (5.9.2)."""
    motion = minutes.main_motion(case, meeting)
    assert motion is not None and meeting.id is not None
    for item in motion.wording["items"]:
        row = FollowItem(
            community_id=case.topic.community_id,
            topic_id=case.id,
            meeting_id=meeting.id,
            number=item["number"],
            text=item["text"],
            implementer=item["implementer"],
            promised_on=date.fromisoformat(item["due"]),
        )
        case.uow.add(row)
    count = len(motion.wording["items"])
    case.note("follow_up_begun", now, items=count)
    after_news.news(case, "to_hand", after_news.committee(case), now, key=meeting.id, steps=("hand_item",), count=count)
    after_news.news(case, "follow_up", after_news.supervision(case), now, key=meeting.id, count=count)
    against = after_news.holders(case, Post.CONVENER) if case.facts(now).tell.against else []
    after_news.news(case, "to_explain", against, now, key=meeting.id, steps=("explain_result",))


def facts_of(item: FollowItem, reports: list[FollowReport] | None = None) -> ItemFacts:
    """What the rules decide on."""
    extended = any(report.kind == "extension" for report in reports or ())
    return ItemFacts(item.number, item.received_at, item.ends_at, item.done_at, extended)


def items(case: Case) -> list[FollowItem]:
    """The items of the topic's last meeting, by number."""
    meeting = case.meeting
    return [] if meeting is None else list(case.uow.all(FollowItem, order="number", meeting_id=meeting.id))


def _item(case: Case, item_id: int, person_id: int) -> FollowItem:
    """Raises RuleBroken no_such_item; not_your_item for an implementer who answers for others only."""
    item = case.uow.get(FollowItem, item_id)
    if item is None or item.topic_id != case.id:
        raise RuleBroken("no_such_item", "5.9.2")
    mine = case.standings(person_id)
    if Standing.IMPLEMENTER in mine and item.person_id != person_id and mine.isdisjoint(ANY_ITEM):
        raise RuleBroken("not_your_item", "5.9.2")
    return item


ANY_ITEM: Final = frozenset({Standing.COMMITTEE, Standing.SUPERVISOR, Standing.SUPERVISORY_COMMITTEE})


def _watching(case: Case, item: FollowItem, but: int) -> list[int]:
    """Who hears of an item: committee, convener, supervision and its implementer, not whoever did it."""
    found = [
        *after_news.committee(case),
        *after_news.holders(case, Post.CONVENER),
        *after_news.supervision(case),
        item.person_id,
    ]
    return [who for who in dict.fromkeys(found) if who is not None and who != but]


def _report(
    case: Case, item: FollowItem, kind: str, text: str, by: int, now: datetime, ends_at: datetime | None = None
) -> FollowReport:
    assert item.id is not None
    report = case.uow.add(
        FollowReport(
            community_id=item.community_id, item_id=item.id, kind=kind, text=text, by=by, at=now, ends_at=ends_at
        )
    )
    _, digest = case.keep(text, by)
    case.note(f"item_{kind}", now, by=by, item=item.id, report=report.id, text=digest, ends_at=iso(ends_at))
    return report


@topic_action("hand_item")
def hand_item(
    case: Case, person_id: int, *, now: datetime, item_id: int, day: str, implementer_id: int | None = None
) -> Receipt:
    """5.9.3: when the implementer received the result, and who of the roster answers for it; 30 days run from then.

    Raises no_such_item, item_already_received, receipt_in_future, receipt_before_result, not_on_the_roster.
    """
    item = _item(case, item_id, person_id)
    rules.check_receipt(facts_of(item))
    received_on, today = date.fromisoformat(day), now.astimezone(case.tz).date()
    if received_on > today:
        raise RuleBroken("receipt_in_future", "5.9.3", today=today)
    announced = minutes.ended_at(minutes.held(case), now).astimezone(case.tz).date()
    if received_on < announced:
        raise RuleBroken("receipt_before_result", "5.9.3", latest=announced)
    if implementer_id is not None:
        person = case.uow.get(Person, implementer_id)
        if person is None or person.community_id != case.topic.community_id or person.left_at is not None:
            raise RuleBroken("not_on_the_roster", OUR_RULE)
    item.person_id = implementer_id
    item.received_at = datetime.combine(received_on, time.min, case.tz)
    deadline = clocks.start(case, DeadlineKind.ITEM, now, began=item.received_at, subject=ITEM, subject_id=item.id)
    item.ends_at = deadline.ends_at
    _report(case, item, "receipt", "", person_id, now, deadline.ends_at)
    facts: dict[str, Any] = {"number": item.number, "till": iso(item.ends_at)}
    agreed = {"due": item.promised_on.isoformat()}
    steps = ("report_progress", "finish_item")
    unreached = after_news.news(
        case, "item_yours", [implementer_id], now, key=item.id, steps=steps, words=item.text, **facts | agreed
    )
    others = [who for who in _watching(case, item, person_id) if who != implementer_id]
    after_news.news(case, "item_received", others, now, key=item.id, words=item.text, **facts | agreed)
    return Receipt("item_received", facts | {"tz": case.tz.key, "unreached": len(unreached)})


@topic_action("report_progress")
def report_progress(case: Case, person_id: int, *, now: datetime, item_id: int, text: str) -> Receipt:
    """How far an item is. Raises no_such_item, not_your_item, item_not_received, item_already_done, progress_empty."""
    item = _item(case, item_id, person_id)
    rules.check_progress(facts_of(item), text)
    said = clean_text(text, limit=TEXT_LIMIT, field="progress")
    report = _report(case, item, "progress", said, person_id, now)
    people = _watching(case, item, person_id)
    after_news.news(case, "item_progress", people, now, key=report.id, words=said, number=item.number)
    return Receipt("progress_noted", {"number": item.number})


@topic_action("finish_item")
def finish_item(case: Case, person_id: int, *, now: datetime, item_id: int, text: str) -> Receipt:
    """What was done; the item's clock ends.

    Raises no_such_item, not_your_item, item_not_received, item_already_done.
    """
    item = _item(case, item_id, person_id)
    rules.check_finish(facts_of(item))
    said = clean_text(text, limit=TEXT_LIMIT, field="progress")
    item.done_at = now
    clocks.finish(case, DeadlineKind.ITEM, now, subject=ITEM, subject_id=item.id)
    report = _report(case, item, "done", said, person_id, now)
    people = _watching(case, item, person_id)
    after_news.news(case, "item_done", people, now, key=report.id, words=said, number=item.number)
    if all(other.done_at is not None for other in items(case)):
        supervisors = after_news.holders(case, Post.SUPERVISOR)
        after_news.news(case, "all_done", supervisors, now, key=report.id, steps=("write_supervision",))
    return Receipt("item_done", {"number": item.number})


@topic_action("extend_item")
def extend_item(case: Case, person_id: int, *, now: datetime, item_id: int, day: str, reason: str) -> Receipt:
    """5.9.3: another day was agreed; the stakeholders are told why. The old clock ends, a new round begins.

    Raises no_such_item, item_not_received, item_already_done, extension_not_later, extension_in_past.
    """
    item = _item(case, item_id, person_id)
    why = clean_text(reason, limit=TEXT_LIMIT, field="reason")
    ends_at = rules.check_extension(facts_of(item), date.fromisoformat(day), why, now, case.tz)
    clocks.finish(case, DeadlineKind.ITEM, now, subject=ITEM, subject_id=item.id)
    clocks.start(case, DeadlineKind.ITEM, now, ends_at=ends_at, subject=ITEM, subject_id=item.id)
    item.ends_at = ends_at
    report = _report(case, item, "extension", why, person_id, now, ends_at)
    facts: dict[str, Any] = {"number": item.number, "till": iso(ends_at)}
    after_news.posted(case, "extended", now, key=report.id, words=why, **facts)
    people = [*_stakeholders(case, item.meeting_id), *_watching(case, item, person_id)]
    after_news.news(case, "item_extended", people, now, key=report.id, words=why, **facts)
    return Receipt("item_extended", {"number": item.number, "due": last_day(case, ends_at).isoformat()})


def _stakeholders(case: Case, meeting_id: int) -> list[int]:
    plan_id = case.uow.must(Meeting, meeting_id).plan_id
    rows = case.uow.all(Participant, order="person_id", plan_id=plan_id, capacity=Capacity.STAKEHOLDER.value)
    return [row.person_id for row in rows]


def to_archive(case: Case, now: datetime) -> None:
    """The course is run: the supervisor checks the records (6)."""
    case.topic.stage = TopicStage.ARCHIVE.value
    clocks.finish_all(case, now)
    supervisors = after_news.holders(case, Post.SUPERVISOR)
    after_news.news(case, "to_archive", supervisors, now, key="", steps=("confirm_archive",))
