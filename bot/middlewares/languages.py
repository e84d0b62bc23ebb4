"""Who reads which language, kept in memory so that a tap costs no read."""

from functools import partial

from storage import accounts
from storage.database import Database

DEFAULT = "zh"


class Languages:
    """Account → language; handlers call `put` when somebody chooses another."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, str] = {}

    async def load(self) -> None:
        """Read everybody's choice once, at start."""
        self._known = await self._database.read(accounts.languages)

    async def of(self, account_id: int, hint: str | None = None) -> str:
        """The account's language; a stranger's is guessed from what their Telegram speaks."""
        known = self._known.get(account_id)
        if known is None:
            known = await self._database.read(partial(accounts.language, account_id=account_id))
            if known is None:
                return "en" if hint and not hint.startswith("zh") else DEFAULT
            self._known[account_id] = known
        return known

    def put(self, account_id: int, language: str) -> None:
        """The account's owner chose a language."""
        self._known[account_id] = language
