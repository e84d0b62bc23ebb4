"""Several meetings of several communities in one database: the same bot sits in all their groups."""

from datetime import datetime

from storage.database import Database
from tests.services.room import ACCOUNTS, GROUP, START, Room

APART = 1000
"""Accounts, group ids and update ids of two halls are never the same."""


class Wall:
    """The one clock that hangs in every hall."""

    def __init__(self) -> None:
        self.instant = START


class Hall(Room):
    """One of them. What it delivers and the timers it lets ring are everybody's: there is one outbox."""

    def __init__(self, database: Database, number: int, wall: Wall) -> None:
        self.number, self.wall = number, wall
        self.accounts = {who: account + number * APART for who, account in ACCOUNTS.items()}
        self.group = GROUP - number * APART
        super().__init__(database)
        self.updates = number * APART
        name = f"第 {number} 社区"
        database.write_now(
            lambda uow: uow.raw("UPDATE community SET name = :name WHERE name = '向阳社区'", {"name": name})
        )

    @property
    def instant(self) -> datetime:
        """What the wall shows."""
        return self.wall.instant

    @instant.setter
    def instant(self, instant: datetime) -> None:
        self.wall.instant = instant

    def owns(self, chat_id: int) -> bool:
        """Whether this is the hall's group or one of its people's private chats."""
        return chat_id == self.group or chat_id in self.accounts.values()


def opened(database: Database, number: int, *people: str) -> list[Hall]:
    """So many halls, these people signed in, the rules put."""
    wall = Wall()
    halls = [Hall(database, place + 1, wall) for place in range(number)]
    sent = halls[0].sent
    for hall in halls:
        hall.sent = sent
    for hall in halls:
        hall.to_check_in(*people)
    for hall in halls:
        hall.to_rules_vote()
    return halls
