"""The topic of a forum that a message is in."""

from aiogram.types import Message

from services.places import topic_of


def thread_of(message: Message) -> int | None:
    """None in General and outside forums: there a thread's number only ties replies together."""
    return topic_of(message.message_thread_id) if message.is_topic_message else None
