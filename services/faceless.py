"""Voices without a person: an anonymous administrator, a channel. Neither speaks, votes nor chairs (our rule).

Both are told how to speak; the chair may have a channel shut out, with a reason (5.5.2 d).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken
from services import boards
from services.act import SYSTEM, Receipt
from services.delivery import answered_enough, when_delivered
from services.messages import to_group, to_person
from services.refused import when_refused
from services.sitting import Sitting, load, meeting_action
from storage.tables import Outbox, SenderChannel
from storage.work import UnitOfWork

ANONYMOUS: Final = "anonymous"
"""As what an anonymous administrator's words are logged: nobody's turn, and nobody's interruption."""
TITLE_LIMIT: Final = 128


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as which somebody writes."""

    id: int
    title: str


def spoke(sitting: Sitting, channel: Channel | None, message_id: int, now: datetime, *, command: bool) -> None:
    """Somebody wrote as a chat: as a channel, or as the group itself, where only a `command` needs an answer."""
    if channel is None:
        _anonymous_spoke(sitting, message_id, now, command=command)
    else:
        _channel_spoke(sitting, channel, message_id, now)


def _anonymous_spoke(sitting: Sitting, message_id: int, now: datetime, *, command: bool) -> None:
    """Words that would be an act of a person: whoever it is taps the button, as themselves."""
    if command and not answered_enough(sitting.uow, "anonymous_hint", sitting.meeting.chat_id, now):
        to_group(sitting, "anonymous_hint", now, key=message_id, reply_to=message_id)


def _channel_spoke(sitting: Sitting, channel: Channel, message_id: int, now: datetime) -> None:
    """Each channel is told once a meeting how to speak; the chair reads of it on the console."""
    if sitting.uow.first(SenderChannel, meeting_id=sitting.id, channel_id=channel.id) is not None:
        return
    sitting.uow.add(
        SenderChannel(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            channel_id=channel.id,
            title=channel.title[:TITLE_LIMIT],
            heard_at=now,
        )
    )
    if not answered_enough(sitting.uow, "channel_hint", sitting.meeting.chat_id, now):
        to_group(sitting, "channel_hint", now, key=channel.id, reply_to=message_id)


@meeting_action("ban_channel")
def ban_channel(sitting: Sitting, person_id: int, *, row_id: int, reason: str, now: datetime) -> Receipt:
    """The chair has a channel shut out of the group: for good, Telegram knows no end date for it.

    Raises RuleBroken channel_gone for a channel that is shut out already, or was never heard in this meeting.
    """
    row = sitting.uow.get(SenderChannel, row_id)
    if row is None or row.meeting_id != sitting.id or row.shut_out_at is not None:
        raise RuleBroken("channel_gone", OUR_RULE)
    row.shut_out_at, row.shut_out_by = now, person_id
    _, digest = sitting.keep(reason, person_id)
    sitting.note("channel_shut_out", now, by=person_id, channel=row.channel_id, why=digest)
    facts = {"channel_id": row.channel_id, "row_id": row.id}
    to_group(sitting, "channel_ban", now, key=f"{row.id}:{sitting.actor.arrival}", **facts)
    boards.touch_consoles(sitting.uow, sitting.id)
    return Receipt("channel_shut_out", {"label": row.title})


@when_delivered("channel_ban")
def _done(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    channel = uow.must(SenderChannel, row.facts["row_id"])
    if channel.done_at is None and row.state == "sent":
        channel.done_at = now


@when_refused("channel_ban")
def _not_done(uow: UnitOfWork, row: Outbox, reason: str, now: datetime) -> None:
    """The bot lacks the right: the chair is told what to do by hand, and may try again."""
    channel = uow.must(SenderChannel, row.facts["row_id"])
    channel.shut_out_at = None
    sitting = load(uow, channel.meeting_id, SYSTEM)
    sitting.note("channel_not_shut_out", now, channel=channel.channel_id)
    to_person(sitting, "channel_told", sitting.meeting.chair_id, now, key=row.id, title=channel.title)
    boards.touch_consoles(uow, sitting.id)
