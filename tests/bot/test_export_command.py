"""`yishiting export`: one topic's archive in a new folder, and `verify` that finds out what was changed in it."""

import hashlib
import json
import stat
from pathlib import Path

import pytest

from bot.command.verify import verify_file
from bot.outbound import collector
from procedure.journal import GENESIS, link
from services import files, floor, result, wording
from services.act import SYSTEM
from storage.tables import Attachment
from tests.bot.test_command_line import run
from tests.services.after import After
from tests.services.room import Room
from tests.services.test_speeches import speaks

PICTURE = {"file_id": "photo-1", "name": None, "mime": "image/jpeg", "size": 7}


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Room:
    """The demo's community on the command line's database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YISHITING_DATABASE_URL", database_url)
    monkeypatch.setenv("YISHITING_DATA_DIR", str(tmp_path / "data"))
    return Room(request.getfixturevalue("database"))


@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_archive_holds_the_topic_and_shows_whatever_was_changed(
    room: Room, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    room.to_discussion()
    picture = collector.keep(tmp_path / "data" / "files", b"picture")
    _speaks_with_a_picture(room, picture)
    after = After(_ends(room), ended=True).signed()
    assert run(monkeypatch, "export", "1", "out") == 0
    folder = tmp_path / "out"
    names = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    assert capsys.readouterr().out == f"files: {len(names)}, out\n"
    record = after.documents("b3")[-1]
    assert {f"files/{picture}.jpg", f"minutes-{room.id}.json", "journal.jsonl", "README.txt"} < names
    assert f"papers/{record.id}-{record.version}-{record.name}" in names
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    told = json.loads((folder / f"minutes-{room.id}.json").read_text(encoding="utf-8"))
    assert told["turns"][-1]["statements"][-1]["files"] == [{"state": "stored", "sha256": picture, "size": 7}]
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    assert "1 号议题" in readme and "找不到" not in readme
    assert run(monkeypatch, "verify", "out/journal.jsonl") == 0
    checked = json.loads(capsys.readouterr().out)
    assert checked["broken"] == [] and checked["files"] == len(names) - 2
    with (folder / f"minutes-{room.id}.json").open("a") as minutes:
        minutes.write(" ")
    assert run(monkeypatch, "verify", "out/journal.jsonl") == 1
    altered = [{"file": f"minutes-{room.id}.json"}, {"missing": record.facts["minutes"]}]
    assert json.loads(capsys.readouterr().out)["broken"] == altered
    for arguments, complaint in (
        (("export", "1", "out"), "out is there already; name a new folder"),
        (("export", "9", "new"), "there is no topic 9"),
        (("export", "1", "new", "--community", "9"), "there is no topic 1"),
        (("export", "1", "nowhere/new"), "nowhere/new cannot be made: No such file or directory"),
    ):
        assert run(monkeypatch, *arguments) == 2
        assert capsys.readouterr().err == f"yishiting: {complaint}\n"
    assert {one.name for one in tmp_path.iterdir() if one.is_dir()} == {"data", "out"}


def test_a_file_of_an_archive_counts_only_in_its_own_place(tmp_path: Path) -> None:
    bodies = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("draft", "last", "v1", "v2", "voice")}
    entries: list[dict[str, object]] = [
        {"kind": "file_stored", "sha256": bodies["voice"]},
        {"kind": "paper_drawn", "paper": "b3", "version": 1, "sha256": bodies["v1"]},
        {"kind": "paper_drawn", "paper": "b3", "version": 2, "sha256": bodies["v2"]},
        {"kind": "paper_drawn", "paper": "b1", "version": 1, "sha256": "0" * 64},
        {"kind": "minutes_kept", "meeting": 7, "sha256": bodies["draft"]},
        {"kind": "minutes_kept", "meeting": 7, "sha256": bodies["last"]},
    ]
    lines, before = [], GENESIS
    for entry in entries:
        before = link(before, entry)
        lines.append(json.dumps({"entry": entry, "hash": before}))
    places = {"files/a.oga": "voice", "papers/4-1-b3": "v1", "papers/5-2-b3": "v2", "minutes-7.json": "last"}
    for place, name in places.items():
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(name)
    journal = tmp_path / "journal.jsonl"
    journal.write_text("\n".join(lines))
    assert verify_file(journal).broken == []
    for place, name in (("minutes-7.json", "draft"), ("papers/5-2-b3", "v1"), ("files/a.oga", "last")):
        (tmp_path / place).write_text(name)
        assert verify_file(journal).broken == [{"file": place}, {"missing": bodies[places[place]]}]
        (tmp_path / place).unlink()
        assert verify_file(journal).broken == [{"missing": bodies[places[place]]}]
        (tmp_path / place).write_text(places[place])


def _speaks_with_a_picture(room: Room, digest: str) -> None:
    """A turn whose picture has been fetched."""
    speaks(room)
    room.says("r102", "看图", kind="photo", file=PICTURE)
    row = room.read(lambda uow: uow.first(Attachment))
    assert row is not None
    room.door.act_now(files.file_stored, SYSTEM, None, attachment_id=row.id, sha256=digest, size=7)


def _ends(room: Room) -> Room:
    """Nobody else speaks; the opinion is voted on and the result announced."""
    room.passes(200)
    room.acts("chair", floor.last_call)
    room.passes(61)
    room.acts("chair", wording.open_wording)
    room.deliver()
    room.post()
    room.passes(301)
    room.vote(8, 2, 1)
    room.acts("chair", result.announce)
    room.deliver()
    return room
