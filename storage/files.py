"""Bytes by their SHA-256: each kept once, whoever brings them first."""

from storage.work import UnitOfWork


def keep(uow: UnitOfWork, *, sha256: str, community_id: int, name: str, mime: str, body: bytes) -> None:
    """Store the bytes unless they are there; two transactions that bring the same at once both succeed."""
    uow.raw(
        "INSERT INTO file (sha256, community_id, name, mime, body) VALUES (:digest, :community_id, :name, :mime, :body)"
        " ON CONFLICT (sha256) DO NOTHING",
        {"digest": sha256, "community_id": community_id, "name": name, "mime": mime, "body": body},
    )
