"""Every word in the group while a meeting sits: speech, interruption, typed command, edit (5.5.2 d, 5.6.3)."""

from datetime import date, datetime
from typing import Any

from procedure.errors import RuleBroken
from procedure.terms import LIVE, MeetingState, Post
from procedure.text import clean_text, visible
from procedure.turns import MessageKind, Window, belongs
from procedure.typed import Command, CommandKind, almost_a_vote
from services import board_facts, boards, checkin, hands, turns, voting
from services.act import Actor, Receipt
from services.delivery import answered_enough, enqueue
from services.messages import heading, to_group, to_person
from services.people import person_of
from services.sitting import Sitting, load
from storage.tables import Meeting, Motion, Speech, Turn
from storage.work import UnitOfWork

WORDS_LIMIT = 4096
COUNTED_STATES = LIVE - {MeetingState.CHECK_IN}


def record(
    uow: UnitOfWork,
    actor: Actor,
    *,
    chat_id: int,
    message_id: int,
    kind: str,
    text: str,
    sent_at: datetime,
    duration_seconds: int,
    own_words: bool,
    sender_chat: bool,
    now: datetime,
) -> Receipt:
    """Log a message of the group; tell speech from interruption. Outside a live meeting nothing is kept."""
    meeting = uow.first(Meeting, chat_id=chat_id, live=True)
    if meeting is None or meeting.id is None:
        return Receipt("nothing_to_do")
    sitting = load(uow, meeting.id, actor)
    if uow.first(Speech, chat_id=chat_id, message_id=message_id, edit=0) is not None:
        return Receipt("nothing_to_do")
    boards.bury(uow, meeting, now)
    if meeting.state not in COUNTED_STATES:
        return Receipt("nothing_to_do")
    who = None if sender_chat else _person(uow, actor, meeting.community_id)
    turn = _turn_of(sitting, who, MessageKind(kind), sent_at, duration_seconds) if own_words else None
    if who == meeting.chair_id:
        sitting.chair_heard()
    standing = "speech" if turn else _standing(sitting, who)
    speech = _log(sitting, who, message_id, 0, kind, text, sent_at, turn, standing)
    if turn is not None and turn.ended_at is None and sitting.state is not MeetingState.SUSPENDED:
        turns.heard(sitting, turn, min(sent_at, now), now)
    if standing == "interruption":
        meeting.interruptions += 1
        boards.touch(uow, meeting.id)
        if who is not None:
            _hint(sitting, who, message_id, text, now)
    sitting.note("said", now, speech=speech.id, person=who, standing=standing, turn=turn.id if turn else None)
    return Receipt(standing)


def _standing(sitting: Sitting, who: int | None) -> str:
    """As what words outside a turn are logged: while the meeting is suspended nobody speaks out of turn (5.7.1)."""
    if sitting.state is MeetingState.SUSPENDED:
        return "paused"
    return "official" if _official(sitting, who) else "interruption"


def _hint(sitting: Sitting, who: int, message_id: int, text: str, now: datetime) -> None:
    """How to be heard: once a meeting how to raise a hand, once a call how to vote for who may think they have."""
    if sitting.state is MeetingState.DISCUSSION:
        to_person(sitting, "hint_hand", who, now)
    motion = sitting.motion
    if motion is None or who not in board_facts.not_voted(sitting) or not almost_a_vote(text):
        return
    facts: dict[str, Any] = {"calling": motion.calling, "reply_to": None}
    key = f"{motion.id}:{motion.calling}"
    if not to_person(sitting, "hint_vote", who, now, key=key, **facts):
        to_group(sitting, "hint_vote", now, key=f"{who}:{key}", **(facts | {"reply_to": message_id}))


def edit(
    uow: UnitOfWork, actor: Actor, *, chat_id: int, message_id: int, text: str, edited_at: datetime, now: datetime
) -> Receipt:
    """The first version stays the speech; a changed text is a numbered addendum."""
    last = uow.first(Speech, order="-edit", chat_id=chat_id, message_id=message_id)
    if last is None:
        return Receipt("nothing_to_do")
    sitting = load(uow, last.meeting_id, actor)
    known = uow.one("SELECT text FROM content WHERE id = :id", {"id": last.content_id})
    if known is not None and known[0] == text[:WORDS_LIMIT]:
        return Receipt("nothing_to_do")
    turn = uow.get(Turn, last.turn_id) if last.turn_id else None
    speech = _log(sitting, last.person_id, message_id, last.edit + 1, last.kind, text, edited_at, turn, last.standing)
    sitting.note("edited", now, speech=speech.id, person=last.person_id, edit=speech.edit)
    return Receipt("addendum", {"edit": speech.edit})


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
) -> Receipt:
    """签到, 举手赞成, 赞成 … written instead of tapped. The answer goes to the person, the board shows the rest."""
    meeting = uow.first(Meeting, chat_id=chat_id, live=True)
    if meeting is None or meeting.id is None:
        return Receipt("nothing_to_do")
    if meeting.state in COUNTED_STATES and _speaking(load(uow, meeting.id, actor)):
        # In one's own turn the bare word 赞成 is part of the speech.
        return record(
            uow,
            actor,
            chat_id=chat_id,
            message_id=message_id,
            kind=MessageKind.TEXT,
            text=text,
            sent_at=sent_at,
            duration_seconds=0,
            own_words=True,
            sender_chat=False,
            now=now,
        )
    boards.bury(uow, meeting, now)
    try:
        receipt = _command(uow, actor, meeting, command, now)
    except RuleBroken as broken:
        _answer(uow, actor, meeting, message_id, {"broken": _plain(broken)}, now)
        return Receipt("typed_refused", {"code": broken.code})
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


def _person(uow: UnitOfWork, actor: Actor, community_id: int) -> int | None:
    if actor.account_id is None:
        return None
    try:
        return person_of(uow, actor.account_id, community_id)
    except RuleBroken:
        return None


def _speaking(sitting: Sitting) -> bool:
    turn = sitting.turn
    return turn is not None and turn.person_id == _person(sitting.uow, sitting.actor, sitting.meeting.community_id)


def _official(sitting: Sitting, who: int | None) -> bool:
    posts = {
        sitting.holders.get((post, deputy)) for post in (Post.RECORDER, Post.SUPERVISOR) for deputy in (False, True)
    }
    return who is not None and who in posts | {sitting.meeting.chair_id}


def _turn_of(
    sitting: Sitting, who: int | None, kind: MessageKind, sent_at: datetime, duration_seconds: int
) -> Turn | None:
    """The latest turn of this person that the message belongs to, by its send time."""
    for turn in sitting.uow.all(Turn, order="-id", meeting_id=sitting.id, person_id=who or 0)[:1]:
        # The floor was theirs from the grant on, whenever the clock began; Telegram's dates are whole seconds.
        begun = turn.granted_at.replace(microsecond=0)
        over = min(filter(None, (turn.ends_at, turn.ended_at, _suspended_at(sitting))), default=sent_at)
        window = Window(begun, max(over, begun))
        if belongs(window, kind=kind, sent_at=sent_at, duration_seconds=duration_seconds):
            return turn
    return None


def _suspended_at(sitting: Sitting) -> datetime | None:
    """Since when the meeting stands still (5.7.1): what is said from then on is no speech and no interruption."""
    if sitting.state is not MeetingState.SUSPENDED:
        return None
    return datetime.fromisoformat(sitting.meeting.annex["raised_at"])


def _log(
    sitting: Sitting,
    who: int | None,
    message_id: int,
    number: int,
    kind: str,
    text: str,
    sent_at: datetime,
    turn: Turn | None,
    standing: str,
) -> Speech:
    said = text[:WORDS_LIMIT]
    # A message of nothing visible is logged all the same.
    words = clean_text(said, limit=2 * WORDS_LIMIT, field="speech") if visible(said).strip() else ""
    content_id = sitting.keep(words, who)[0] if words else None
    return sitting.uow.add(
        Speech(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            turn_id=turn.id if turn else None,
            person_id=who,
            account_id=sitting.actor.account_id,
            chat_id=sitting.meeting.chat_id,
            message_id=message_id,
            edit=number,
            kind=kind,
            standing=standing,
            content_id=content_id,
            sent_at=sent_at,
        )
    )
