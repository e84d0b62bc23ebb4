"""Telegram accounts, as far as the machinery needs them."""

from storage.work import UnitOfWork


def languages(uow: UnitOfWork) -> dict[int, str]:
    """Account → the language its owner chose."""
    return dict(uow.rows("SELECT id, language FROM account"))


def language(uow: UnitOfWork, account_id: int) -> str | None:
    """One account's language; None for a stranger."""
    row = uow.one("SELECT language FROM account WHERE id = :id", {"id": account_id})
    return row[0] if row else None
