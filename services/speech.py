"""Every word in the group while a meeting sits: speech, interruption, edit (5.5.2 d, 5.6.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from procedure.civility import ReadingState, spans_of
from procedure.terms import LIVE, MeetingState, Post
from procedure.text import clean_text, visible
from procedure.turns import RECORDED_KINDS, MessageKind, Window, belongs, overrun
from procedure.typed import almost_a_vote
from services import board_facts, boards, faceless, files, question_rows, removing, suspension, turns
from services.act import Actor, Receipt
from services.faceless import Channel
from services.messages import to_group, to_person
from services.people import known_person
from services.places import live_meeting
from services.sitting import Sitting, load
from storage.tables import Speech, Turn
from storage.work import UnitOfWork

WORDS_LIMIT: Final = 4096
COUNTED_STATES: Final = LIVE - {MeetingState.CHECK_IN}
SPEECH: Final = "speech"
BORROWED: Final = "borrowed"
INTERRUPTION: Final = "interruption"
STOPPED: Final = "stopped"
_OFFICIALS: Final = (Post.RECORDER, Post.ADVISER, Post.SUPERVISOR)
"""Who, beside the chair, says a word for the course of the meeting without a turn (5.2.3); the convener has none."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message as Telegram gave it to us; `album` ties pictures together, `quoted` are others' words.

    `chat_id`: where it was sent, None for the meeting's chat. `channel`: written as one; `anonymous`: as the group.
    """

    message_id: int
    kind: str
    text: str
    sent_at: datetime
    duration_seconds: int = 0
    own_words: bool = True
    album: str | None = None
    quoted: Sequence[str] = ()
    chat_id: int | None = None
    channel: Channel | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message belongs: its turn, what it counts as, and whether it is one more part of an album."""

    standing: str
    turn: Turn | None = None
    overrun_seconds: int = 0
    again: bool = False


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
    album: str | None = None,
    file: dict[str, Any] | None = None,
    quoted: Sequence[str] = (),
    thread: int | None = None,
    channel: Channel | None = None,
    command: bool = False,
) -> Receipt:
    """Log a message of the group; tell speech from interruption. Outside a live meeting nothing is kept, nor what was
    said in another topic of a forum. `sender_chat`: written as a chat; as which `channel`, None for the group itself.
    """
    meeting = live_meeting(uow, chat_id, thread)
    if meeting is None or meeting.id is None or not message_id:
        return Receipt("nothing_to_do")
    sitting = load(uow, meeting.id, actor)
    if uow.first(Speech, chat_id=chat_id, message_id=message_id, edit=0) is not None:
        return Receipt("nothing_to_do")
    boards.bury(uow, meeting, now)
    if sender_chat:
        faceless.spoke(sitting, channel, message_id, now, command=command)
    if meeting.state not in COUNTED_STATES:
        return Receipt("nothing_to_do")
    who = None if sender_chat else known_person(uow, actor.account_id, meeting.community_id)
    if who == meeting.chair_id:
        sitting.chair_heard()
    heard = (own_words, album, quoted, chat_id, channel, sender_chat and channel is None)
    return _keep(sitting, who, Said(message_id, kind, text, sent_at, duration_seconds, *heard), file, now)


def _keep(sitting: Sitting, who: int | None, said: Said, file: dict[str, Any] | None, now: datetime) -> Receipt:
    place = _place(sitting, who, said)
    speech = _log(sitting, who, said, place)
    sitting.note("said", now, speech=speech.id, person=who, standing=place.standing, **_where(place))
    files.came(sitting, speech, file, now, wanted=place.turn is not None)
    removed = place.standing == INTERRUPTION and removing.by_the_rules(
        sitting, speech, said.text, now, again=place.again
    )
    _follow(sitting, who, said, place, now, removed=removed)
    return Receipt(place.standing)


def _where(place: Place) -> dict[str, int | None]:
    facts = {"turn": place.turn.id if place.turn else None}
    return facts | ({"overrun": place.overrun_seconds} if place.overrun_seconds else {})


def _follow(sitting: Sitting, who: int | None, said: Said, place: Place, now: datetime, *, removed: bool) -> None:
    """What a message brings about: a sign of life, a hint, one more on the count."""
    turn = place.turn
    if turn is not None and turn.ended_at is None and sitting.state is not MeetingState.SUSPENDED:
        turns.heard(sitting, turn, min(said.sent_at, now), now)
    if turn is not None and turn.question_id is not None and place.standing == SPEECH:
        question_rows.answered(sitting, turn, now)
    if place.standing == BORROWED or (place.standing == SPEECH and said.kind in RECORDED_KINDS):
        boards.touch(sitting.uow, sitting.id)
    if place.standing == BORROWED and who is not None and not place.again:
        to_person(sitting, "hint_borrowed", who, now)
    if place.standing != INTERRUPTION or place.again:
        return
    sitting.meeting.interruptions += 1
    boards.touch(sitting.uow, sitting.id)
    if removed:
        removing.hint(sitting, who, now)
    elif who is not None:
        _hint(sitting, who, said, now)


def _place(sitting: Sitting, who: int | None, said: Said) -> Place:
    """By its send time, however late it came; what is not the speaker's own word is borrowed (our rule)."""
    part = _album(sitting, who, said)
    if part is not None:
        turn = sitting.uow.get(Turn, part.turn_id) if part.turn_id else None
        standing = INTERRUPTION if part.standing == STOPPED else part.standing
        return Place(standing, turn, part.overrun_seconds, again=True)
    found = _turn_of(sitting, who, said)
    if found is None:
        return Place(faceless.ANONYMOUS if said.anonymous else _outside(sitting, who))
    turn, over = found
    return Place(SPEECH if said.own_words else BORROWED, turn, over)


def _album(sitting: Sitting, who: int | None, said: Said) -> Speech | None:
    """The first part of the album that the message is a part of: an album is one piece."""
    if said.album is None:
        return None
    return sitting.uow.first(Speech, meeting_id=sitting.id, person_id=who, album=said.album, edit=0)


def _outside(sitting: Sitting, who: int | None) -> str:
    """As what words outside a turn are logged: in a suspended meeting nobody speaks out of turn (5.6.4, 5.7.1)."""
    if sitting.state is MeetingState.SUSPENDED:
        return "paused"
    return "official" if _official(sitting, who) else INTERRUPTION


def _hint(sitting: Sitting, who: int, said: Said, now: datetime) -> None:
    """How to be heard: once a meeting how to raise a hand, once a call how to vote for who may think they have."""
    if sitting.state is MeetingState.DISCUSSION:
        to_person(sitting, "hint_hand", who, now, way=removing.how_to_speak(sitting, who, now))
    motion = sitting.motion
    if motion is None or who not in board_facts.not_voted(sitting) or not almost_a_vote(said.text):
        return
    facts: dict[str, Any] = {"calling": motion.calling, "reply_to": None}
    key = f"{motion.id}:{motion.calling}"
    if not to_person(sitting, "hint_vote", who, now, key=key, **facts):
        to_group(sitting, "hint_vote", now, key=f"{who}:{key}", **(facts | {"reply_to": said.message_id}))


def edit(
    uow: UnitOfWork,
    actor: Actor,
    *,
    chat_id: int,
    message_id: int,
    text: str,
    edited_at: datetime,
    own_words: bool = True,
    quoted: Sequence[str] = (),
    now: datetime,
) -> Receipt:
    """The first version stays the speech; a changed text is a numbered addendum."""
    last = uow.first(Speech, order="-edit", chat_id=chat_id, message_id=message_id)
    if last is None:
        return Receipt("nothing_to_do")
    sitting = load(uow, last.meeting_id, actor)
    known = uow.one("SELECT text FROM content WHERE id = :id", {"id": last.content_id})
    # Telegram also tells of an edit when nothing changed that anybody can see.
    if (known[0] if known is not None else "") == _words(text):
        return Receipt("nothing_to_do")
    turn = uow.get(Turn, last.turn_id) if last.turn_id else None
    facts: dict[str, Any] = {"own_words": own_words, "album": last.album, "quoted": quoted, "chat_id": chat_id}
    said = Said(message_id, last.kind, text, edited_at, **facts)
    speech = _log(sitting, last.person_id, said, Place(last.standing, turn), last.edit + 1)
    sitting.note("edited", now, speech=speech.id, person=last.person_id, edit=speech.edit)
    return Receipt("addendum", {"edit": speech.edit})


def _official(sitting: Sitting, who: int | None) -> bool:
    posts = {sitting.holders.get((post, deputy)) for post in _OFFICIALS for deputy in (False, True)}
    return who is not None and who in posts | {sitting.meeting.chair_id}


def _turn_of(sitting: Sitting, who: int | None, said: Said) -> tuple[Turn, int] | None:
    """The turn of this person that the message belongs to by its send time, the latest first; and its overrun."""
    kind = MessageKind(said.kind)
    for turn in sitting.uow.all(Turn, order="-id", meeting_id=sitting.id, person_id=who or 0):
        # The floor was theirs from the grant on, whenever the clock began; Telegram's dates are whole seconds.
        begun = turn.granted_at.replace(microsecond=0)
        over = min(filter(None, (turn.ends_at, turn.ended_at, suspension.since(sitting))), default=said.sent_at)
        window = Window(begun, max(over, begun))
        if belongs(window, kind=kind, sent_at=said.sent_at, duration_seconds=said.duration_seconds):
            return turn, overrun(window, said.sent_at)
    return None


def _words(text: str) -> str:
    """What is kept of a message's text; a message of nothing visible is logged all the same."""
    kept = text[:WORDS_LIMIT]
    return clean_text(kept, limit=2 * WORDS_LIMIT, field="speech") if visible(kept).strip() else ""


def _log(sitting: Sitting, who: int | None, said: Said, place: Place, number: int = 0) -> Speech:
    words = _words(said.text)
    content_id = sitting.keep(words, who)[0] if words else None
    lines = [line.strip() for piece in said.quoted for line in visible(piece).split("\n")]
    return sitting.uow.add(
        Speech(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            turn_id=place.turn.id if place.turn else None,
            person_id=who,
            account_id=sitting.actor.account_id,
            channel_id=said.channel.id if said.channel else None,
            chat_id=said.chat_id or sitting.meeting.chat_id,
            message_id=said.message_id,
            edit=number,
            kind=said.kind,
            standing=place.standing,
            content_id=content_id,
            album=said.album,
            overrun_seconds=place.overrun_seconds,
            sent_at=said.sent_at,
            civility=ReadingState.UNREAD if words and said.own_words else None,
            quoted=[list(span) for span in spans_of(words, lines)] or None,
        )
    )
