"""Checking that nobody has changed the journal, or what lies beside it in an archive."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.command.run import CommandError
from procedure import journal as chain
from services import journal
from services.exporting import CONTACT
from storage.database import Database
from storage.tables import JournalEntry, Topic
from storage.work import UnitOfWork

ARCHIVED: Final = ("papers/*", "files/*", "minutes-*.json")


@dataclass
class Findings:
    """How many chains, entries and files of an archive were checked; where a chain breaks, of what a topic has more or
    fewer rows than entries, what no entry names for its place, what an entry names and is not there."""

    chains: int = 0
    entries: int = 0
    broken: list[dict[str, Any]] = field(default_factory=list)
    files: int | None = None

    def to_json(self) -> str:
        """The figures, as one line."""
        told: dict[str, Any] = {"chains": self.chains, "entries": self.entries}
        told |= {} if self.files is None else {"files": self.files}
        return json.dumps(told | {"broken": self.broken}, ensure_ascii=False)


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
        unlike = journal.unlike(uow, topic_id=subject_id) if subject == "topic" else []
        findings.broken += [{"subject": subject, "subject_id": subject_id, "unlike": kind} for kind in unlike]
    return findings


def verify_file(path: Path) -> Findings:
    """Check one chain written as JSON lines of {"entry", "hash"}, and the archive it lies in.

    Raises CommandError when it cannot be read.
    """
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        entries = [(_entry(line["entry"]), str(line["hash"])) for line in lines]
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise CommandError(f"{path} is not a journal: JSON lines with entry and hash are expected") from None
    index = chain.verify(entries)
    broken: list[dict[str, Any]] = [] if index is None else [{"file": path.name, "number": index + 1}]
    beside = {str(one.relative_to(path.parent)): _digest(one) for one in _archived(path.parent)}
    named = _named([entry for entry, _ in entries])
    broken += [{"file": place} for place, digest in beside.items() if digest not in named.get(_slot(place), ())]
    lost = set().union(*named.values()) - set(beside.values()) if beside else set()
    broken += [{"missing": digest} for digest in sorted(lost)]
    return Findings(chains=1, entries=len(entries), broken=broken, files=len(beside))


def _named(entries: list[dict[str, Any]]) -> dict[str, set[str]]:
    """What may lie in which place, by SHA-256: of a meeting's minutes only those that its last record names."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        digest = str(entry.get("sha256"))
        match entry.get("kind"):
            case "file_stored":
                found.setdefault("files", set()).add(digest)
            case "paper_drawn" if entry.get("paper") != CONTACT:
                found.setdefault(f"papers-{entry.get('version')}", set()).add(digest)
            case "minutes_kept":
                found[f"minutes-{entry.get('meeting')}.json"] = {digest}
    return found


def _slot(place: str) -> str:
    """Where a file belongs: a paper to its version, minutes to their meeting."""
    folder, _, name = place.rpartition("/")
    return f"papers-{name.split('-')[1]}" if folder == "papers" and "-" in name else folder or name


def _archived(folder: Path) -> list[Path]:
    """What `export` writes beside a journal and the journal names by its SHA-256."""
    return sorted(one for pattern in ARCHIVED for one in folder.glob(pattern) if one.is_file())


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from None


def _entry(value: Any) -> dict[str, Any]:
    entry = json.loads(value) if isinstance(value, str) else value
    if not isinstance(entry, dict):
        raise TypeError("an entry is an object")
    return entry
