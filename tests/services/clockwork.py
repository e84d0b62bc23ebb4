"""A topic whose clocks a test starts by hand, and what its people are reminded of."""

from datetime import datetime
from typing import Any

from procedure.clocks import DeadlineKind
from services import clocks, timers
from services.act import SYSTEM
from services.case import load
from storage.database import Database
from storage.tables import Deadline, DeadlineStep
from tests.services.course import Course
from tests.services.room import ACCOUNTS


class Clockwork(Course):
    """Approved, all posts accepted, and no clock runs."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.another()

    def another(self) -> int:
        """One more topic at the same point; what was said on the way there is forgotten."""
        self.to_plan()
        self.finish_all()
        self.sent.clear()
        return self.topic_id

    def starts(self, kind: DeadlineKind, topic_id: int | None = None, **more: Any) -> Deadline:
        """A clock begins."""
        return self.database.write_now(
            lambda uow: clocks.start(load(uow, topic_id or self.topic_id, SYSTEM), kind, self.instant, **more)
        )

    def ends(self, kind: DeadlineKind, topic_id: int) -> None:
        """What this clock asked for is done."""
        self.database.write_now(lambda uow: clocks.finish(load(uow, topic_id, SYSTEM), kind, self.instant))

    def refreshes(self, topic_id: int) -> None:
        """Somebody may have joined."""
        self.database.write_now(lambda uow: clocks.refresh(load(uow, topic_id, SYSTEM), self.instant))

    def finish_all(self) -> None:
        """Everything is done."""
        self.database.write_now(lambda uow: clocks.finish_all(load(uow, self.topic_id, SYSTEM), self.instant))

    def down_until(self, instant: datetime) -> None:
        """Nobody looks at what is due until then."""
        self.instant = instant
        self.sweeps()

    def sweeps(self) -> None:
        """One look at what is due now; messages arrive."""
        for job in self.read(lambda uow: timers.due(uow, now=self.instant)):
            self.door.act_now(job.action, SYSTEM, None, **job.facts)
        self.deliver()

    def steps(self, who: str) -> list[DeadlineStep]:
        """This person's steps in order of time."""
        person_id = self.people[who]
        return list(self.read(lambda uow: uow.all(DeadlineStep, order="due_at,id", person_id=person_id)))

    def reminded(self, who: str) -> list[list[dict[str, Any]]]:
        """The items of each reminder that reached this person."""
        chat = ACCOUNTS[who]
        return [facts["items"] for kind, chat_id, facts in self.sent if kind == "reminder" and chat_id == chat]

    def people_reminded(self) -> set[str]:
        """Whoever got a reminder."""
        return {who for who in self.people if self.reminded(who)}
