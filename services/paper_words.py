"""The words of papers. They are written in Chinese, whatever language their readers have chosen in the chat."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from procedure.proposing import ProposerKind
from procedure.terms import Capacity, Stance
from storage.tables import Group

PROPOSERS: Final = {
    ProposerKind.COMMITTEE: "村（社区）党组织、村（居）民委员会",
    ProposerKind.RESIDENT: "村（居）民",
    ProposerKind.GROUP_LEADER: "村民小组组长",
    ProposerKind.OWNERS_COMMITTEE: "业主委员会",
    ProposerKind.BUILDING_HEAD: "楼宇长",
    ProposerKind.PROPERTY_COMPANY: "物业公司",
    ProposerKind.UNIT: "辖区单位",
    ProposerKind.SOCIAL_ORGANISATION: "社会组织",
    ProposerKind.GOVERNMENT: "政府部门",
    ProposerKind.COMMITTEE_MEMBER: "村（社区）党组织、村（居）民委员会成员",
}
CAPACITIES: Final = {
    Capacity.STAKEHOLDER: "利益相关方",
    Capacity.EXPERT: "专业人士",
    Capacity.UNIT: "相关单位",
    Capacity.SELF_JOINED: "自愿参与者",
    Capacity.OBSERVER: "列席人员",
}
STANCES: Final = {Stance.FOR: "赞成", Stance.AGAINST: "反对", Stance.ABSTAIN: "弃权"}
POSTS: Final = {"convener": "召集人", "recorder": "记录员", "adviser": "指导员", "supervisor": "监督员"}
MODES: Final = {"internet": "互联网协商", "hybrid": "互联网+现场协商", "talk": "座谈式协商", "review": "论证协商"}
CHECK_INS: Final = {"button": "按键签到", "typed": "输入签到", "room": "现场签到", "staff": "记录员代签到"}
_FULL_WIDTH: Final = str.maketrans(",:;()", "\uff0c\uff1a\uff1b\uff08\uff09")


def printed(sentence: str, /, **parts: object) -> str:
    """A sentence of ours with the punctuation of Chinese print; the parts people wrote stay as they wrote them."""
    return sentence.translate(_FULL_WIDTH).format(**parts)


def in_print(words: str) -> str:
    """Words of ours that a chat showed, with the punctuation of Chinese print."""
    return words.translate(_FULL_WIDTH)


ERASED: Final = printed("（已删除）")


def day(of: date) -> str:
    """2026年4月18日."""
    return f"{of.year}年{of.month}月{of.day}日"


def clock(instant: datetime, tz: ZoneInfo) -> str:
    """19时05分, local time."""
    local = instant.astimezone(tz)
    return f"{local.hour}时{local.minute:02d}分"


def moment(instant: datetime, tz: ZoneInfo) -> str:
    """2026年4月18日19时05分, local time."""
    return day(instant.astimezone(tz).date()) + clock(instant, tz)


def place(room: str, group: Group | None) -> str:
    """The group's name, and its link where it has one; before it the address of a hybrid meeting's room."""
    if group is None:
        return room
    named = f"“{group.title}”" + ("" if group.title.endswith("群") else "群")
    named += printed("(t.me/{name})", name=group.username) if group.username else ""
    return printed("现场：{room}；线上：{named}", room=room, named=named) if room else named


def span(began: datetime, ended: datetime, tz: ZoneInfo) -> str:
    """From when to when, the day once when it is the same."""
    same = began.astimezone(tz).date() == ended.astimezone(tz).date()
    return f"{moment(began, tz)}至{clock(ended, tz) if same else moment(ended, tz)}"
