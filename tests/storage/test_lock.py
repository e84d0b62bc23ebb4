"""Two processes must not send for one bot."""

import pytest

from storage.database import Database
from storage.lock import AlreadyRunningError, SenderLock


def test_the_second_holder_is_refused_until_the_first_lets_go(database: Database, database_url: str) -> None:
    second = Database(database_url)
    with SenderLock(database, "bot:1:a"):
        with pytest.raises(AlreadyRunningError), SenderLock(second, "bot:1:a"):
            pass
        with SenderLock(second, "bot:2:b"):
            pass
    with SenderLock(second, "bot:1:a"):
        pass
    second.close()
