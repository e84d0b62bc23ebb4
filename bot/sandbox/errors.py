"""What the server refuses, in Telegram's words on one side and in plain JSON on the other."""


class Refused(Exception):
    """A Bot API call that is not carried out: HTTP status, description, and for floods the seconds to wait.

    `migrate_to`: the supergroup that the group has become.
    """

    def __init__(
        self, code: int, description: str, retry_after: int | None = None, migrate_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to


class ChatError(Exception):
    """A request of the chat side that is not carried out."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


def bad(text: str) -> Refused:
    """400, as Telegram words it."""
    return Refused(400, f"Bad Request: {text}")


def forbidden(text: str) -> Refused:
    """403, as Telegram words it."""
    return Refused(403, f"Forbidden: {text}")


def too_many(seconds: int) -> Refused:
    """429 with the seconds to wait."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", seconds)


def upgraded(supergroup: int) -> Refused:
    """400 for a group that has become a supergroup, with the new id."""
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refused(400, text, migrate_to=supergroup)
