"""Checking that nobody has changed the journal."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.command.run import CommandError
from procedure import journal as chain
from services import journal
from storage.database import Database
from storage.tables import JournalEntry, Topic
from storage.work import UnitOfWork


@dataclass
class Findings:
    """How many chains and entries were checked, and where a chain breaks."""

    chains: int = 0
    entries: int = 0
    broken: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> str:
        """The figures, as one line."""
        return json.dumps({"chains": self.chains, "entries": self.entries, "broken": self.broken})


def verify_database(database: Database, topic: int | None) -> Findings:
    """Check every chain, or those of the topics with this number. Raises CommandError for an unknown number."""
    return database.read_now(lambda uow: _walk(uow, topic))


def _walk(uow: UnitOfWork, topic: int | None) -> Findings:
    wanted = journal.chains(uow)
    if topic is not None:
        wanted = [("topic", row.id) for row in uow.all(Topic, number=topic) if row.id is not None]
        if not wanted:
            raise CommandError(f"there is no topic {topic}")
    findings = Findings()
    for subject, subject_id in wanted:
        findings.chains += 1
        findings.entries += uow.count(JournalEntry, subject=subject, subject_id=subject_id)
        number = journal.broken(uow, subject=subject, subject_id=subject_id)
        if number is not None:
            findings.broken.append({"subject": subject, "subject_id": subject_id, "number": number})
    return findings


def verify_file(path: Path) -> Findings:
    """Check one chain written as JSON lines of {"entry", "hash"}. Raises CommandError when it cannot be read."""
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        entries = [(_entry(line["entry"]), str(line["hash"])) for line in lines]
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise CommandError(f"{path} is not a journal: JSON lines with entry and hash are expected") from None
    index = chain.verify(entries)
    broken = [] if index is None else [{"file": path.name, "number": index + 1}]
    return Findings(chains=1, entries=len(entries), broken=broken)


def _entry(value: Any) -> dict[str, Any]:
    entry = json.loads(value) if isinstance(value, str) else value
    if not isinstance(entry, dict):
        raise TypeError("an entry is an object")
    return entry
