"""The demo community: an estate that has to find a place for its e-bike charging points. All persons are invented."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from procedure.journal import canonical
from procedure.notice import NoticeFields, check
from procedure.rules import TEMPLATE, Rules, to_json
from procedure.terms import Capacity, Post, Standing
from services import journal, opening, papers, proposing, reminders
from services.act import SYSTEM, Actor, Receipt
from services.case import Case
from services.sitting import load
from storage.tables import (
    Account,
    Community,
    CommunityRole,
    Group,
    Meeting,
    Notice,
    Participant,
    Person,
    Plan,
    PostHolder,
    RulesDraft,
    Topic,
)
from storage.work import UnitOfWork

COMMUNITY: Final = "向阳社区"
GROUP_TITLE: Final = "向阳小区协商群"
CHANNEL_TITLE: Final = "向阳社区公告栏"
TIMEZONE: Final = "Asia/Shanghai"
MEETING_TIME: Final = time(19, 30)
TITLE: Final = "小区电动自行车充电点放在哪里"
REASON: Final = (
    "小区有电动车两百多辆，充电插座只有十二个。有人把电池拿回家充，也有人从楼上拉线，去年夏天三号楼道冒过一次烟。"
    "大家都想要安全的充电点，可放在谁家楼下，意见一直不统一。"
)
PROPOSAL: Final = "在南门东侧空地建一处带雨棚的集中充电点，三十个插座，离住宅楼十二米以上，晚上十一点后自动断电。"


@dataclass(frozen=True, slots=True)
class Cast:
    """One invented person of the demo. `started`: has opened a private chat with the bot."""

    key: str
    name: str
    label: str
    capacity: Capacity | None = None
    post: str | None = None
    deputy: bool = False
    roles: tuple[Standing, ...] = ()
    started: bool = True


CAST: Final = (
    Cast("chair", "周文", "居民代表周文", post=Post.CONVENER),
    Cast("deputy", "吴敏", "党支部吴敏", post="deputy_chair", roles=(Standing.PARTY_BRANCH,)),
    Cast("recorder", "郑洁", "居委会郑洁", post=Post.RECORDER, roles=(Standing.COMMITTEE,)),
    Cast("recorder2", "王磊", "居委会王磊", post=Post.RECORDER, deputy=True, roles=(Standing.COMMITTEE,)),
    Cast("adviser", "冯兰", "居委会冯兰", post=Post.ADVISER, roles=(Standing.COMMITTEE,)),
    Cast("supervisor", "陈刚", "监委会陈刚", post=Post.SUPERVISOR, roles=(Standing.SUPERVISORY_COMMITTEE,)),
    Cast(
        "supervisor2", "褚平", "监委会褚平", post=Post.SUPERVISOR, deputy=True, roles=(Standing.SUPERVISORY_COMMITTEE,)
    ),
    Cast("r101", "张三", "1-101", Capacity.STAKEHOLDER),
    Cast("r102", "李四", "1-102", Capacity.STAKEHOLDER),
    Cast("r201", "王五", "1-201", Capacity.STAKEHOLDER),
    Cast("r202", "赵六", "1-202", Capacity.STAKEHOLDER),
    Cast("r301", "孙大妈", "2-301", Capacity.STAKEHOLDER),
    Cast("r302", "钱伯", "2-302", Capacity.STAKEHOLDER, started=False),
    Cast("r401", "林小雨", "2-401", Capacity.STAKEHOLDER),
    Cast("r402", "何阿姨", "2-402", Capacity.STAKEHOLDER, started=False),
    Cast("r501", "吕师傅", "3-501", Capacity.STAKEHOLDER),
    Cast("r502", "施老师", "3-502", Capacity.STAKEHOLDER),
    Cast("r601a", "沈青", "3-601 甲", Capacity.STAKEHOLDER),
    Cast("r601b", "沈明", "3-601 乙", Capacity.STAKEHOLDER, started=False),
    Cast("property", "韩经理", "物业公司", Capacity.UNIT),
    Cast("neighbour", "杨帆", "4-102", Capacity.SELF_JOINED),
    Cast("observer", "朱记者", "列席 1", Capacity.OBSERVER),
    Cast("stranger", "路人甲", "", started=False),
)
"""The stranger is a Telegram user in the group who is on no roster."""


def meets_at(now: datetime) -> datetime:
    """The evening of the day after tomorrow."""
    tz = ZoneInfo(TIMEZONE)
    return datetime.combine(now.astimezone(tz).date() + timedelta(days=2), MEETING_TIME, tz)


def seed(
    uow: UnitOfWork,
    actor: Actor,
    *,
    accounts: dict[str, int],
    group_id: int,
    group_kind: str,
    channel_id: int | None,
    now: datetime,
    meeting: bool = True,
    cast: Sequence[Cast] = CAST,
    rules: Rules = TEMPLATE,
) -> Receipt:
    """Write the demo community once, and with `meeting` a topic whose meeting is near, once.

    `accounts`: cast key → Telegram user id. `cast` has CAST's officials and the proposer r101; `rules` are drafted.
    """
    community = uow.first(Community, name=COMMUNITY)
    if community is None:
        places = [Group(community_id=0, chat_id=group_id, title=GROUP_TITLE, kind=group_kind)]
        if channel_id is not None:
            places.append(Group(community_id=0, chat_id=channel_id, title=CHANNEL_TITLE, kind="channel"))
        community = _community(uow, cast, accounts, places, now)
    assert community.id is not None
    if not meeting or uow.first(Topic, community_id=community.id, title=TITLE) is not None:
        return Receipt("already_seeded", {"community_id": community.id})
    return _near_meeting(uow, community.id, group_id, now, cast, rules)


def _community(
    uow: UnitOfWork, casts: Sequence[Cast], accounts: dict[str, int], places: Sequence[Group], now: datetime
) -> Community:
    community = uow.add(Community(name=COMMUNITY, timezone=TIMEZONE, created_at=now))
    assert community.id is not None
    for cast in casts:
        if cast.label:
            _person(uow, community.id, cast, accounts[cast.key])
    for place in places:
        place.community_id = community.id
        uow.add(place)
    return community


def _near_meeting(
    uow: UnitOfWork, community_id: int, group_id: int, now: datetime, casts: Sequence[Cast], rules: Rules
) -> Receipt:
    """A topic that has come as far as its published notice; its meeting is the day after tomorrow."""
    by_name = {row.name: row.id for row in uow.all(Person, community_id=community_id) if row.id is not None}
    people = {cast.key: by_name[cast.name] for cast in casts if cast.label}
    group = uow.first(Group, chat_id=group_id)
    assert group is not None
    topic = _topic(uow, community_id, casts, people, now)
    plan = _plan(uow, (topic, group), casts, people, now)
    meeting = _meeting(uow, topic, plan, group_id, rules, now)
    _notice(uow, plan, casts, now)
    for kind in ("notice", "b1_public"):
        papers.issue(Case(uow, topic, SYSTEM), kind, now, publish=True)
    assert meeting.id is not None
    sitting = load(uow, meeting.id, SYSTEM)
    opening.schedule_check_in(sitting)
    reminders.start_meeting(sitting, now)
    return Receipt("seeded", {"meeting_id": meeting.id, "topic_id": topic.id, "community_id": community_id})


def _person(uow: UnitOfWork, community_id: int, cast: Cast, account_id: int) -> int:
    if uow.get(Account, account_id) is None:
        uow.add(Account(id=account_id))
    household = cast.label.split(" ")[0] if cast.label[:1].isdecimal() else None
    person = uow.add(
        Person(
            community_id=community_id,
            account_id=account_id,
            name=cast.name,
            label=cast.label,
            household=household,
            building=f"{household.split('-')[0]}幢" if household else None,
            category=_category(cast) if cast.capacity is not None else None,
            unit=cast.label if cast.capacity is Capacity.UNIT else None,
        )
    )
    assert person.id is not None
    for role in cast.roles:
        uow.add(CommunityRole(community_id=community_id, person_id=person.id, role=role.value))
    return person.id


def _category(cast: Cast) -> str:
    """The row of table 2 (5.3.1 b) that this capacity belongs to."""
    rows = {Capacity.STAKEHOLDER: "群体", Capacity.UNIT: "辖区单位", Capacity.EXPERT: "专业人士"}
    return rows.get(cast.capacity or Capacity.SELF_JOINED, "自主参与协商")


def _topic(uow: UnitOfWork, community_id: int, casts: Sequence[Cast], people: dict[str, int], now: datetime) -> Topic:
    topic = uow.add(
        Topic(
            community_id=community_id,
            number=proposing.next_number(uow, community_id),
            title=TITLE,
            reason=REASON,
            proposal=PROPOSAL,
            proposer_id=people["r101"],
            stage="meeting",
            approved_at=now - timedelta(days=8),
            created_at=now - timedelta(days=14),
        )
    )
    assert topic.id is not None
    for cast in casts:
        if cast.post is not None and cast.post in set(Post):
            uow.add(
                PostHolder(
                    community_id=community_id,
                    topic_id=topic.id,
                    person_id=people[cast.key],
                    post=str(cast.post),
                    deputy=cast.deputy,
                    accepted_at=now - timedelta(days=8),
                )
            )
    journal.record(uow, "demo_topic", community_id=community_id, subject_id=topic.id, now=now, topic=topic.id)
    return topic


def _plan(
    uow: UnitOfWork, about: tuple[Topic, Group], casts: Sequence[Cast], people: dict[str, int], now: datetime
) -> Plan:
    topic, group = about
    assert topic.id is not None and group.id is not None
    plan = uow.add(
        Plan(
            community_id=topic.community_id,
            topic_id=topic.id,
            mode="internet",
            meets_at=meets_at(now),
            chair_id=people["chair"],
            deputy_chair_id=people["deputy"],
            second_official_id=people["adviser"],
            group_id=group.id,
            final_at=now - timedelta(days=4),
        )
    )
    assert plan.id is not None
    for cast in casts:
        if cast.capacity is not None:
            uow.add(
                Participant(
                    community_id=topic.community_id,
                    plan_id=plan.id,
                    person_id=people[cast.key],
                    capacity=cast.capacity.value,
                    category=_category(cast),
                    willing_at=now - timedelta(days=5),
                )
            )
    return plan


def _meeting(uow: UnitOfWork, topic: Topic, plan: Plan, chat_id: int, draft: Rules, now: datetime) -> Meeting:
    assert topic.id is not None and plan.id is not None
    rules = uow.add(
        RulesDraft(community_id=topic.community_id, plan_id=plan.id, settings=to_json(draft), drafted_at=now)
    )
    assert rules.id is not None
    return uow.add(
        Meeting(
            community_id=topic.community_id,
            topic_id=topic.id,
            plan_id=plan.id,
            rules_id=rules.id,
            chat_id=chat_id,
            chair_id=plan.chair_id,
            scheduled_at=plan.meets_at,
        )
    )


def _notice(uow: UnitOfWork, plan: Plan, casts: Sequence[Cast], now: datetime) -> None:
    """Published well before the three clear days of 5.4, with its nine fields."""
    names = {cast.key: cast.name for cast in casts}
    of = Counter(cast.capacity for cast in casts)
    local = plan.meets_at.astimezone(ZoneInfo(TIMEZONE))
    fields = {
        "topic": TITLE,
        "form": "互联网协商（群聊）",
        "participants": f"利益相关方 {of[Capacity.STAKEHOLDER]} 户，物业公司，自主参与 {of[Capacity.SELF_JOINED]} 人",
        "convener": f"{names['chair']}（主持人）",
        "recorder": names["recorder"],
        "adviser": names["adviser"],
        "supervisor": names["supervisor"],
        "time": f"{local:%Y年%m月%d日 %H:%M}",
        "place": GROUP_TITLE,
    }
    check(NoticeFields(**fields))
    assert plan.id is not None
    uow.add(
        Notice(
            community_id=plan.community_id,
            plan_id=plan.id,
            published_at=now - timedelta(days=3),
            fields=fields,
            sha256=hashlib.sha256(canonical(fields).encode()).hexdigest(),
        )
    )
