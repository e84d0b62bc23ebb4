"""What is typed instead of tapped: 签到, 举手赞成, 赞成 … (5.6.1 a, 5.5.2 b, 5.5.3 b)."""

from datetime import date, datetime
from typing import Any

from procedure.errors import RuleBroken
from procedure.turns import MessageKind
from procedure.typed import Command, CommandKind
from services import boards, checkin, hands, points, speech, voting
from services.act import Actor, Receipt
from services.delivery import answered_enough, enqueue
from services.messages import heading
from services.people import known_person
from services.places import live_meeting
from services.sitting import Sitting, load
from storage.tables import Meeting, Motion
from storage.work import UnitOfWork


def typed(
    uow: UnitOfWork,
    actor: Actor,
    *,
    chat_id: int,
    message_id: int,
    command: Command,
    text: str,
    sent_at: datetime,
    now: datetime,
    thread: int | None = None,
) -> Receipt:
    """签到, 举手赞成, 赞成 … written instead of tapped. The answer goes to the person, the board shows the rest."""
    meeting = live_meeting(uow, chat_id, thread)
    if meeting is None or meeting.id is None:
        return Receipt("nothing_to_do")
    said: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id, "text": text, "sent_at": sent_at}
    said |= {"kind": MessageKind.TEXT, "duration_seconds": 0, "own_words": True, "sender_chat": False, "thread": thread}
    if meeting.state in speech.COUNTED_STATES and _speaking(load(uow, meeting.id, actor)):
        # In one's own turn the bare word 赞成 is part of the speech.
        return speech.record(uow, actor, now=now, **said)
    try:
        receipt = _command(uow, actor, meeting, command, now)
    except RuleBroken as broken:
        _answer(uow, actor, meeting, message_id, {"broken": _plain(broken)}, now)
        if command.words:
            # A point of order that cannot be raised is still something that was said.
            return speech.record(uow, actor, now=now, **said)
        boards.bury(uow, meeting, now)
        return Receipt("typed_refused", {"code": broken.code})
    boards.bury(uow, meeting, now)
    _answer(uow, actor, meeting, message_id, {"receipt": {"code": receipt.code, "facts": receipt.facts}}, now)
    return receipt


def _command(uow: UnitOfWork, actor: Actor, meeting: Meeting, command: Command, now: datetime) -> Receipt:
    stance = command.stance.value if command.stance else ""
    where: dict[str, Any] = {"meeting_id": meeting.id, "now": now}
    if command.kind is CommandKind.CHECK_IN:
        return checkin.check_in(uow, actor, via="typed", **where)
    if command.kind is CommandKind.RAISE_HAND:
        return hands.raise_hand(uow, actor, stance=stance, **where)
    if command.kind is CommandKind.LOWER_HAND:
        return hands.lower_hand(uow, actor, **where)
    if command.kind is CommandKind.POINT:
        return points.raise_point(uow, actor, text=command.words, **where)
    motion = uow.first(Motion, order="-id", meeting_id=meeting.id)
    return voting.cast_vote(uow, actor, motion_id=(motion.id if motion else None) or 0, stance=stance, **where)


def _answer(
    uow: UnitOfWork, actor: Actor, meeting: Meeting, message_id: int, answer: dict[str, Any], now: datetime
) -> None:
    """Privately where the bot was started; a refusal that nobody would see otherwise goes to the group, briefly."""
    assert meeting.id is not None
    facts = heading(load(uow, meeting.id, actor)) | answer
    open_chat = uow.one(
        "SELECT id FROM account WHERE id = :id AND started_at IS NOT NULL AND unreachable_at IS NULL",
        {"id": actor.account_id},
    )
    kind, chat_id = ("typed_answer", actor.account_id) if open_chat else ("typed_refusal", meeting.chat_id)
    if chat_id is None or (kind == "typed_refusal" and "broken" not in answer):
        return
    key = f"typed:{meeting.chat_id}:{message_id}"
    if kind == "typed_refusal":
        if answered_enough(uow, kind, chat_id, now):
            return
        key = f"typed:{meeting.chat_id}:{actor.account_id}:{now:%Y%m%d%H%M}"
    enqueue(
        uow,
        kind,
        chat_id,
        facts | {"reply_to": message_id if kind == "typed_refusal" else None},
        unique_key=key,
        now=now,
        community_id=meeting.community_id,
    )


def _plain(broken: RuleBroken) -> dict[str, Any]:
    """A refusal as JSON can carry it: the views know names, numbers, lists and ISO instants."""
    facts = {name: _value(value) for name, value in broken.facts.items()}
    return {"code": broken.code, "clause": broken.clause, "facts": facts}


def _value(value: object) -> Any:
    if isinstance(value, (tuple, list, set, frozenset)):
        return [_value(one) for one in value]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def _speaking(sitting: Sitting) -> bool:
    turn, account_id = sitting.turn, sitting.actor.account_id
    return turn is not None and turn.person_id == known_person(sitting.uow, account_id, sitting.meeting.community_id)
