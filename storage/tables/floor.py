"""The floor: check-ins, hands, turns, and every word said in the group while a meeting sits."""

from datetime import datetime

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, community, instant, key


class CheckIn(SQLModel, table=True):
    """A person's check-in (form B.2), in the capacity the plan gives them; ``seat`` if they sit in the room."""

    __tablename__ = "check_in"
    __table_args__ = (
        UniqueConstraint("meeting_id", "sitting", "person_id"),
        Index("one_person_per_seat", "meeting_id", "sitting", "seat", unique=True),
    )

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    person_id: int = big(foreign_key="person.id")
    sitting: int = 1
    capacity: str | None = None
    via: str
    seat: int | None = None
    at: datetime = instant()


class Hand(SQLModel, table=True):
    """A raised hand with its stance: open, skipped (until the next turn ends), granted or lowered.

    `arrival` is the inbox number, the order in which Telegram gave it to us. `entered_by`: the recorder, for somebody
    in the room.
    """

    __table_args__ = (
        Index(
            "one_open_hand",
            "meeting_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    person_id: int = big(foreign_key="person.id")
    stance: str
    arrival: int = big()
    state: str = "open"
    entered_by: int | None = big(None)
    at: datetime = instant()


class Turn(SQLModel, table=True):
    """The floor given to one person; the clock runs from the grant message's own date. `question_id`: of an answer."""

    __table_args__ = (
        Index(
            "one_open_turn",
            "meeting_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    person_id: int = big(foreign_key="person.id")
    hand_id: int | None = big(None, foreign_key="hand.id")
    question_id: int | None = big(None)
    kind: str
    stance: str | None = None
    minutes: int
    granted_at: datetime = instant()
    starts_at: datetime | None = instant(None)
    ends_at: datetime | None = instant(None)
    last_word_at: datetime | None = instant(None)
    asked_at: datetime | None = instant(None)
    ended_at: datetime | None = instant(None)
    end_reason: str | None = None
    counted: bool = True


class Speech(SQLModel, table=True):
    """One message in the group during a live meeting: part of a turn, an interruption, or an edit of one (edit > 0).

    `channel_id`: written as this channel, by nobody we know. `chat_id`: where it was sent, before the group became a
    supergroup too.

    `standing` borrowed: sent in one's own turn, but not one's own words (forwarded, by way of a bot). `read_by`: the
    recorder who read it out for the speaker. `overrun_seconds`: how far it reached past the end of the turn.
    `civility`: whether it has been read (5.5.2 e), None for what is not the sender's own words. `quoted`: the places
    that quote others. Kind "room": said in the room, written down by the recorder (`account_id`); its message is the
    one in which the group reads it, and until that is sent a number below 0.
    """

    __table_args__ = (
        UniqueConstraint("chat_id", "message_id", "edit"),
        Index(
            "speech_unread",
            "id",
            sqlite_where=text("civility = 'unread'"),
            postgresql_where=text("civility = 'unread'"),
        ),
    )

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    turn_id: int | None = big(None, foreign_key="turn.id")
    person_id: int | None = big(None, foreign_key="person.id")
    account_id: int | None = big(None)
    channel_id: int | None = big(None)
    chat_id: int = big()
    message_id: int = big()
    edit: int = 0
    kind: str
    standing: str
    content_id: int | None = big(None, foreign_key="content.id")
    summary_id: int | None = big(None)
    album: str | None = None
    overrun_seconds: int = 0
    read_by: int | None = big(None)
    sent_at: datetime = instant()
    civility: str | None = None
    quoted: list[list[int]] | None = Field(default=None, sa_type=JSON(none_as_null=True))


class CivilityFlag(SQLModel, table=True):
    """A message that looks as if it went at a person (5.5.2 e), for the chair to look at; one for each version of it.

    `spans` are the places of the words that caused it: the words themselves lie in the message's erasable content.
    """

    __tablename__ = "civility_flag"

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    sitting: int
    speech_id: int = big(foreign_key="speech.id", unique=True)
    kind: str
    spans: list[list[int]] = Field(default_factory=list, sa_type=JSON)
    state: str = "open"
    flagged_at: datetime = instant()
    handled_at: datetime | None = instant(None)
    handled_by: int | None = big(None, foreign_key="person.id")
    posted_at: datetime | None = instant(None)
