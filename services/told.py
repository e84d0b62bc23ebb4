"""Who counts as told the result (5.8 c): read from the rows of tellings and attempts."""

from procedure import telling as rules
from storage.tables import Meeting, Telling
from storage.work import UnitOfWork


def untold(uow: UnitOfWork, meeting: Meeting, *, published: bool) -> list[Telling]:
    """The tellings of a meeting's result that are not done: not delivered, and not tried twice beside the notice."""
    rows = {row.person_id: row for row in uow.all(Telling, subject="result", subject_id=meeting.id)}
    tried = dict(
        uow.rows(
            "SELECT t.person_id, COUNT(*) FROM telling t JOIN telling_attempt a ON a.telling_id = t.id"
            " WHERE t.subject = 'result' AND t.subject_id = :id GROUP BY t.person_id",
            {"id": meeting.id},
        )
    )
    reached = {who: rules.Reach(row.delivered_at is not None, tried.get(who, 0)) for who, row in rows.items()}
    return [rows[who] for who in rules.untold(rows, reached, published)]
