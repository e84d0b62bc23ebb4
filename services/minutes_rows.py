"""One meeting's rows with what all parts of its minutes need: labels, capacities, the local time."""

from datetime import datetime
from typing import Any

from procedure.terms import Capacity
from services.case import Case
from storage.tables import Meeting
from storage.types import from_micros


class Rows:
    """One meeting's rows with what all parts of its minutes need: labels, capacities, the local time."""

    def __init__(self, case: Case, meeting: Meeting) -> None:
        assert meeting.id is not None
        self.case, self.uow, self.meeting, self.id = case, case.uow, meeting, meeting.id
        where = {"id": case.topic.community_id}
        people = case.uow.rows("SELECT id, label FROM person WHERE community_id = :id", where)
        self.labels: dict[int, str] = dict(people)
        listed = {"id": meeting.plan_id}
        capacities = case.uow.rows("SELECT person_id, capacity FROM participant WHERE plan_id = :id", listed)
        self.capacities: dict[int, Capacity] = {row[0]: Capacity(row[1]) for row in capacities}

    def local(self, at: datetime) -> datetime:
        """In the community's time zone."""
        return at.astimezone(self.case.tz)

    def when(self, at: datetime | None) -> datetime | None:
        """The same for what may not have happened."""
        return None if at is None else self.local(at)

    def since(self, micros: int) -> datetime:
        """A stored instant."""
        return self.local(from_micros(int(micros)))

    def maybe(self, micros: int | None) -> datetime | None:
        """A stored instant of what may not have happened."""
        return None if micros is None else self.since(micros)

    def all(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of this meeting."""
        return self.uow.rows(sql, {"id": self.id})
