"""Small facts about the running system."""

from storage.work import UnitOfWork


def remember(uow: UnitOfWork, *, name: str, value: str) -> None:
    """Keep a small fact about the running system."""
    uow.raw(
        "INSERT INTO setting (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": value},
    )


def revision(uow: UnitOfWork) -> str:
    """The schema's revision; the database raises its own error when there is no schema."""
    row = uow.one("SELECT version_num FROM alembic_version")
    return row[0] if row else "none"
