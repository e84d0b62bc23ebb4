"""What a button carries: a verb and opaque ids, at most 64 bytes, never an authority."""

import re
from types import MappingProxyType
from typing import Final

from procedure.terms import Stance

LIMIT: Final = 64
_SEPARATOR: Final = ":"
_NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,18})\Z")
_TOKEN: Final = re.compile(r"[a-z][a-z_]{0,23}\Z")
_STANCES: Final = tuple(Stance)
_STANCE_NAMES: Final = frozenset({"stance", "calling"})
_TOKEN_NAMES: Final = frozenset({"action", "page", "language"})

VERBS: Final = MappingProxyType(
    {
        "open_check_in": ("meeting_id",),
        "check_in": ("meeting_id",),
        "ask_chair": ("meeting_id",),
        "chair_here": ("meeting_id",),
        "take_chair": ("meeting_id",),
        "hand_over_chair": ("meeting_id",),
        "take_chair_back": ("meeting_id",),
        "open_meeting": ("meeting_id",),
        "resume_sitting": ("meeting_id",),
        "put_rules": ("meeting_id",),
        "declare_open": ("meeting_id",),
        "start_explanation": ("meeting_id",),
        "finish_explanation": ("meeting_id", "turn_id"),
        "open_discussion": ("meeting_id",),
        "raise_hand": ("meeting_id", "stance"),
        "lower_hand": ("meeting_id",),
        "grant": ("meeting_id", "hand_id"),
        "yield_turn": ("meeting_id", "turn_id"),
        "still_speaking": ("meeting_id", "turn_id"),
        "pass_on": ("meeting_id", "turn_id"),
        "allow_standing": ("meeting_id",),
        "end_standing": ("meeting_id",),
        "read_out": ("meeting_id", "reading_id"),
        "point_form": ("meeting_id",),
        "opinion_form": ("meeting_id",),
        "answer_point_form": ("meeting_id",),
        "reading_form": ("meeting_id",),
        "summary_form": ("meeting_id",),
        "line_form": ("meeting_id",),
        "question_form": ("meeting_id",),
        "expert_form": ("meeting_id", "action"),
        "call_expert": ("meeting_id", "question_id"),
        "please_stop": ("meeting_id", "speech_id"),
        "remove_form": ("meeting_id",),
        "mute_form": ("meeting_id",),
        "lift_mute": ("meeting_id", "restriction_id"),
        "lift_mutes": ("meeting_id",),
        "remind_civility": ("meeting_id", "flag_id"),
        "dismiss_flag": ("meeting_id", "flag_id"),
        "room_form": ("meeting_id", "action"),
        "lower_room_hand": ("meeting_id", "hand_id"),
        "end_room_turn": ("meeting_id", "turn_id"),
        "confirm_hands": ("meeting_id", "batch_id"),
        "refuse_hands": ("meeting_id", "batch_id"),
        "withdraw_hands": ("meeting_id", "batch_id"),
        "last_call": ("meeting_id",),
        "open_wording": ("meeting_id",),
        "open_call": ("meeting_id", "motion_id"),
        "close_call": ("meeting_id", "motion_id", "calling"),
        "cast_vote": ("meeting_id", "motion_id", "stance"),
        "put_again": ("meeting_id",),
        "announce": ("meeting_id",),
        "was_delivered": ("meeting_id", "outbox_id"),
        "send_again": ("meeting_id", "outbox_id"),
        "open_console": ("meeting_id",),
        "open_board": ("meeting_id",),
        "close_board": ("meeting_id",),
        "reason_form": ("meeting_id", "subject_id", "action"),
        "rules_form": ("meeting_id",),
        "wording_form": ("meeting_id",),
        "quote_form": ("meeting_id",),
        "correction_form": ("meeting_id",),
        "item_form": ("meeting_id",),
        "demand_form": ("meeting_id",),
        "roll": ("motion_id", "number"),
        "roll_file": ("motion_id",),
        "nudge_voters": ("meeting_id", "motion_id"),
        "decision_form": ("meeting_id", "request_id"),
        "annex_form": ("meeting_id",),
        "refuse_annex_form": ("meeting_id",),
        "agree_annex": ("meeting_id",),
        "resume_meeting": ("meeting_id",),
        "challenge_form": ("meeting_id",),
        "stop_form": ("meeting_id",),
        "lift_stop": ("meeting_id",),
        "annul_form": ("meeting_id",),
        "propose": ("community_id",),
        "post_seen": ("topic_id", "outbox_id"),
        "post_again": ("topic_id", "outbox_id"),
        "topic": ("topic_id",),
        "timeline": ("topic_id",),
        "papers": ("topic_id",),
        "fact_sheet": ("topic_id",),
        "minutes": ("meeting_id", "number"),
        "open_list": ("meeting_id", "page"),
        "list": ("meeting_id", "page", "number"),
        "minutes_file": ("meeting_id",),
        "paper": ("document_id",),
        "topics": ("number",),
        "search": (),
        "found": ("asked", "number"),
        "step": ("topic_id", "action"),
        "accept_offer": ("topic_id", "holder_id"),
        "decline_offer": ("topic_id", "holder_id"),
        "show": ("page",),
        "set_language": ("language",),
        "withdraw_contact": ("contact_id",),
        "bind_account": ("number",),
        "bind_chat": ("community_id", "chat"),
    }
)
"""Verb → names of what it carries, in order. Verbs that are actions carry exactly the action's facts."""


def pack(verb: str, *args: int | str) -> str:
    """Button data. Raises ValueError when the arguments do not fit the verb or 64 bytes."""
    names = VERBS[verb]
    if len(args) != len(names):
        raise ValueError(f"{verb} carries {names}")
    parts = [_packed(name, arg) for name, arg in zip(names, args, strict=True)]
    data = _SEPARATOR.join((verb, *parts))
    if len(data.encode()) > LIMIT or unpack(data) is None:
        raise ValueError(f"not callback data: {data!r}")
    return data


def _packed(name: str, arg: int | str) -> str:
    return str(_STANCES.index(Stance(str(arg)))) if name in _STANCE_NAMES else str(arg)


def unpack(data: str | None) -> tuple[str, dict[str, int | str]] | None:
    """The verb and its facts by name; None for anything pack would not have made."""
    verb, *parts = (data or "").split(_SEPARATOR)
    names = VERBS.get(verb)
    if names is None or len(parts) != len(names) or len((data or "").encode()) > LIMIT:
        return None
    facts: dict[str, int | str] = {}
    for name, part in zip(names, parts, strict=True):
        value = _unpacked(name, part)
        if value is None:
            return None
        facts[name] = value
    return verb, facts


def _unpacked(name: str, part: str) -> int | str | None:
    if name in _TOKEN_NAMES:
        return part if _TOKEN.match(part) else None
    if not _NUMBER.match(part):
        return None
    if name in _STANCE_NAMES:
        return _STANCES[int(part)].value if int(part) < len(_STANCES) else None
    number = int(part)
    return number if number < 2**63 else None
