"""What leaves the house: the kinds of message, their urgency, and what follows from delivery."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal

from procedure.turns import running_from
from services.act import Actor, Receipt
from storage.tables import Outbox
from storage.types import to_micros
from storage.work import UnitOfWork

CLOSE_OF_VOTE: Final = 0
ORDER: Final = 5
FLOOR: Final = 10
DEADLINE: Final = 20
PERSONAL: Final = 30
BOARD: Final = 40


@dataclass(frozen=True, slots=True)
class Kind:
    """How a message is treated: `repeat` says what to do when nobody knows whether it arrived."""

    repeat: Literal["repeat", "once", "ask"]
    priority: int
    seconds: int | None = None
    """After so many seconds it is no longer worth sending."""


KINDS: Final[Mapping[str, Kind]] = {
    "board_post": Kind("repeat", FLOOR),
    "private_board": Kind("repeat", BOARD),
    "board_pin": Kind("repeat", BOARD),
    "board_close": Kind("repeat", BOARD),
    "board_delete": Kind("repeat", BOARD),
    "post_pin": Kind("repeat", BOARD),
    "handover": Kind("repeat", FLOOR),
    "turn_warning": Kind("once", FLOOR, 30),
    "silence_ask": Kind("once", FLOOR, 30),
    "read_out": Kind("repeat", FLOOR),
    "point_raised": Kind("repeat", FLOOR),
    "point_decided": Kind("repeat", FLOOR),
    "questions_settled": Kind("repeat", FLOOR),
    "answer_written": Kind("repeat", DEADLINE),
    "your_answer": Kind("once", FLOOR, 60),
    "question_assigned": Kind("once", PERSONAL),
    "answer_due": Kind("repeat", PERSONAL),
    "voice_summed": Kind("once", BOARD, 600),
    "reading_waits": Kind("once", FLOOR, 180),
    "speaker_gone": Kind("once", FLOOR, 120),
    "turn_extended": Kind("repeat", FLOOR),
    "please_stop": Kind("once", FLOOR, 60),
    "civility_reminder": Kind("once", FLOOR),
    "speech_delete": Kind("repeat", ORDER),
    "words_removed": Kind("once", FLOOR, 600),
    "floor_hint": Kind("once", BOARD, 60),
    "hint_removed": Kind("once", PERSONAL, 300),
    "member_look": Kind("repeat", ORDER),
    "member_restrict": Kind("repeat", ORDER),
    "member_restore": Kind("repeat", ORDER),
    "mute_posted": Kind("once", FLOOR, 600),
    "mute_told": Kind("once", PERSONAL, 600),
    "mute_over": Kind("once", PERSONAL, 600),
    "mute_by_hand": Kind("repeat", DEADLINE),
    "order_told": Kind("once", FLOOR, 3600),
    "reasons_read": Kind("repeat", FLOOR),
    "last_call": Kind("repeat", FLOOR),
    "list_closed": Kind("repeat", FLOOR),
    "rules_shown": Kind("repeat", FLOOR),
    "rules_result": Kind("repeat", CLOSE_OF_VOTE),
    "declared_open": Kind("repeat", FLOOR),
    "wording_posted": Kind("repeat", FLOOR),
    "correction_decided": Kind("repeat", FLOOR),
    "item_result": Kind("repeat", CLOSE_OF_VOTE),
    "vote_starts": Kind("repeat", CLOSE_OF_VOTE),
    "result": Kind("ask", CLOSE_OF_VOTE),
    "look_please": Kind("repeat", PERSONAL),
    "result_text": Kind("repeat", CLOSE_OF_VOTE),
    "adjourned": Kind("repeat", CLOSE_OF_VOTE),
    "sitting_missed": Kind("repeat", FLOOR),
    "sitting_missed_private": Kind("once", DEADLINE),
    "annex_raised": Kind("repeat", CLOSE_OF_VOTE),
    "annex_referred": Kind("repeat", FLOOR),
    "annex_to_judge": Kind("repeat", DEADLINE),
    "annex_dismissed": Kind("repeat", DEADLINE),
    "annex_diverted": Kind("repeat", CLOSE_OF_VOTE),
    "meeting_stopped": Kind("repeat", CLOSE_OF_VOTE),
    "motion_annulled": Kind("repeat", CLOSE_OF_VOTE),
    "annul_offered": Kind("repeat", DEADLINE),
    "stop_told": Kind("repeat", DEADLINE),
    "stop_lifted": Kind("repeat", FLOOR),
    "sitting_resumed": Kind("repeat", FLOOR),
    "room_speech": Kind("repeat", FLOOR),
    "hands_to_confirm": Kind("repeat", FLOOR),
    "hands_judged": Kind("repeat", FLOOR),
    "hands_set_aside": Kind("repeat", CLOSE_OF_VOTE),
    "room_hand_counted": Kind("once", PERSONAL),
    "chair_replaced": Kind("repeat", FLOOR),
    "chair_passed_on": Kind("repeat", FLOOR),
    "chair_asked": Kind("once", FLOOR, 60),
    "resumed_after_restart": Kind("repeat", FLOOR),
    "clock_jumped": Kind("once", PERSONAL, 600),
    "group_status": Kind("once", BOARD, 60),
    "bind_answer": Kind("once", BOARD, 600),
    "bot_added": Kind("once", BOARD, 600),
    "group_checkup": Kind("once", BOARD, 60),
    "typed_refusal": Kind("once", BOARD, 60),
    "vote_receipt": Kind("once", PERSONAL),
    "roll_file": Kind("once", PERSONAL),
    "vote_nudge": Kind("once", PERSONAL, 60),
    "vote_nudge_group": Kind("once", FLOOR, 60),
    "hint_hand": Kind("once", PERSONAL, 300),
    "hint_borrowed": Kind("once", PERSONAL, 300),
    "hint_vote": Kind("once", PERSONAL, 60),
    "your_turn": Kind("once", FLOOR, 60),
    "typed_answer": Kind("once", PERSONAL, 120),
    "meeting_tomorrow": Kind("once", DEADLINE),
    "meeting_adjourned_private": Kind("once", DEADLINE),
    "reminder": Kind("once", DEADLINE),
    "topic_proposed": Kind("repeat", DEADLINE),
    "proposal_received": Kind("repeat", PERSONAL),
    "topic_registered": Kind("repeat", PERSONAL),
    "topic_to_review": Kind("repeat", DEADLINE),
    "topic_reviewed": Kind("repeat", PERSONAL),
    "review_told": Kind("repeat", DEADLINE),
    "proposer_unreachable": Kind("repeat", DEADLINE),
    "post_offered": Kind("repeat", DEADLINE),
    "post_unreachable": Kind("repeat", DEADLINE),
    "offer_withdrawn": Kind("repeat", PERSONAL),
    "post_declined": Kind("repeat", PERSONAL),
    "posts_complete": Kind("repeat", DEADLINE),
    "plan_sent": Kind("repeat", DEADLINE),
    "plan_news": Kind("repeat", DEADLINE),
    "look_at_post": Kind("repeat", PERSONAL),
    "notice_posted": Kind("ask", DEADLINE),
    "notice_paper": Kind("ask", DEADLINE),
    "notice_told": Kind("repeat", PERSONAL),
    "meeting_postponed": Kind("ask", DEADLINE),
    "meeting_postponed_private": Kind("repeat", DEADLINE),
    "record_draft": Kind("repeat", DEADLINE),
    "record_handed": Kind("repeat", DEADLINE),
    "result_published": Kind("ask", DEADLINE),
    "paper_posted": Kind("ask", DEADLINE),
    "result_told": Kind("repeat", DEADLINE),
    "supervision_published": Kind("ask", DEADLINE),
    "after_posted": Kind("repeat", DEADLINE),
    "after_news": Kind("repeat", DEADLINE),
    "paper_copy": Kind("once", PERSONAL),
    "minutes_file": Kind("once", PERSONAL),
}

ANSWERS_A_MINUTE: Final = MappingProxyType({"typed_refusal": 3, "group_status": 1, "floor_hint": 1})
"""Answers that anybody in the group can provoke: more would take the group's calls from the floor (our rule)."""

StillTrue = Callable[[UnitOfWork, Outbox, datetime], bool]
Follow = Callable[[UnitOfWork, Outbox, datetime, datetime], None]
Unreachable = Callable[[UnitOfWork, int, datetime], None]
_unreachable: list[Unreachable] = []
_still_true: dict[str, StillTrue] = {}
_follow: dict[str, list[Follow]] = {}


def enqueue(
    uow: UnitOfWork,
    kind: str,
    chat_id: int,
    facts: Mapping[str, Any],
    *,
    unique_key: str,
    now: datetime,
    community_id: int | None = None,
    subject_id: int | None = None,
    not_before: datetime | None = None,
) -> None:
    """Decide that a message will be sent; a second row with the same unique key is not made."""
    rule = KINDS[kind]
    not_after = None if rule.seconds is None else to_micros(now + timedelta(seconds=rule.seconds))
    uow.raw(
        "INSERT INTO outbox (community_id, kind, chat_id, facts, priority, unique_key, subject_id, state, attempts,"
        " not_before, not_after, created_at) VALUES (:community_id, :kind, :chat_id, :facts, :priority, :unique_key,"
        " :subject_id, 'queued', 0, :not_before, :not_after, :created_at) ON CONFLICT (unique_key) DO NOTHING",
        {
            "community_id": community_id,
            "kind": kind,
            "chat_id": chat_id,
            "facts": json.dumps(facts, ensure_ascii=False),
            "priority": rule.priority,
            "unique_key": unique_key,
            "subject_id": subject_id,
            "not_before": to_micros(not_before or now),
            "not_after": not_after,
            "created_at": to_micros(now),
        },
    )


def answered_enough(uow: UnitOfWork, kind: str, chat_id: int, now: datetime) -> bool:
    """Whether the group has had this minute's share of such answers."""
    row = uow.one(
        "SELECT count(*) FROM (SELECT kind, chat_id, created_at FROM outbox ORDER BY id DESC LIMIT 500) AS latest"
        " WHERE kind = :kind AND chat_id = :chat_id AND created_at > :since",
        {"kind": kind, "chat_id": chat_id, "since": to_micros(now - timedelta(minutes=1))},
    )
    return row is not None and row[0] >= ANSWERS_A_MINUTE[kind]


def enqueue_private(
    uow: UnitOfWork, kind: str, person_id: int, facts: Mapping[str, Any], *, unique_key: str, now: datetime, **more: Any
) -> bool:
    """Send to the person's own chat if they have started the bot and can be reached; says whether it was enqueued."""
    account = uow.one(
        "SELECT a.id, p.community_id FROM person p JOIN account a ON a.id = p.account_id"
        " WHERE p.id = :id AND a.started_at IS NOT NULL AND a.unreachable_at IS NULL",
        {"id": person_id},
    )
    if account is None:
        return False
    enqueue(uow, kind, account[0], facts, unique_key=unique_key, now=now, community_id=account[1], **more)
    return True


def when_sending(kind: str) -> Callable[[StillTrue], StillTrue]:
    """Register the check that a message of this kind is still true when its turn to be sent comes."""

    def register(check: StillTrue) -> StillTrue:
        _still_true[kind] = check
        return check

    return register


def when_delivered(kind: str) -> Callable[[Follow], Follow]:
    """Register what follows from delivery: fn(uow, row, seen_at, now), seen_at being when the group saw it."""

    def register(follow: Follow) -> Follow:
        _follow.setdefault(kind, []).append(follow)
        return follow

    return register


def when_unreachable(follow: Unreachable) -> Unreachable:
    """Register what follows when an account's private chat is found closed to us: fn(uow, account_id, now)."""
    _unreachable.append(follow)
    return follow


def still_true(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    """Whether a queued message still says what is so."""
    check = _still_true.get(row.kind)
    return check is None or check(uow, row, now)


def delivered(
    uow: UnitOfWork,
    actor: Actor,
    *,
    outbox_id: int,
    message_id: int | None,
    sent_at: datetime | None,
    unsure: bool,
    found: Mapping[str, Any] | None = None,
    now: datetime,
) -> Receipt:
    """A message went out, or may have (`unsure`): what hangs on it happens now, once. `found`: what was asked for."""
    row = uow.must(Outbox, outbox_id)
    if found is not None:
        row.facts = row.facts | {"found": dict(found)}
    row.state = "unsure" if unsure else "sent"
    row.sent_at = sent_at or now
    row.message_id = message_id
    for follow in _follow.get(row.kind, []):
        follow(uow, row, running_from(sent_at, now), now)
    return Receipt("delivered")


def unreachable(uow: UnitOfWork, actor: Actor, *, outbox_id: int, now: datetime) -> Receipt:
    """The receiver never started the bot or blocked it: the row has failed and the account is on the call list."""
    row = uow.must(Outbox, outbox_id)
    row.state = "failed"
    row.error = "unreachable"
    return closed_to_us(uow, actor, chat_id=row.chat_id, now=now)


def closed_to_us(uow: UnitOfWork, actor: Actor, *, chat_id: int, now: datetime) -> Receipt:
    """Nothing can be written into this private chat: the account is on the call list."""
    uow.raw(
        "UPDATE account SET unreachable_at = :at WHERE id = :id AND unreachable_at IS NULL",
        {"at": to_micros(now), "id": chat_id},
    )
    for follow in _unreachable:
        follow(uow, chat_id, now)
    return Receipt("unreachable")
