"""`rehearse`: a meeting with floods and faults ends with no difference, and a record that was changed is found out."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.command.rehearse import differences
from tests.rehearsal.conftest import WANTED, Held


def test_a_small_meeting_ends_with_no_difference(held: Held) -> None:
    assert list(held.outcome.differences) == []
    figures = held.outcome.figures
    assert figures["people"] == WANTED.people and figures["differences"] == 0 and figures["calls_429"] == 0
    assert figures["turns"] >= 4 and figures["votes"] >= 15 and figures["group_calls"] > 50
    assert figures["faults"] and figures["messages"] > 40


def test_it_had_bad_manners_and_a_second_vote(held: Held) -> None:
    ledger = held.hall.ledger
    assert [(one.kind, one.round) for one in ledger.ballots] == [("rules", 1), ("rules", 2), ("main", 1)]
    assert {"speech", "outside"} <= set(ledger.messages.values())
    assert all(turn.ended for turn in ledger.turns) and ledger.edits


TAMPERED = {
    "a hand in the vote": "UPDATE vote SET stance = 'abstain' WHERE motion_id = 3 AND person_id ="
    " (SELECT min(person_id) FROM vote WHERE motion_id = 3 AND stance = 'for')",
    "a hand lost": "DELETE FROM vote WHERE motion_id = 3 AND person_id ="
    " (SELECT min(person_id) FROM vote WHERE motion_id = 3)",
    "a receipt": "UPDATE vote SET code = '99999' WHERE motion_id = 1",
    "a seat": "DELETE FROM seat WHERE motion_id = 3 AND person_id = (SELECT min(person_id) FROM seat)",
    "the count": "UPDATE motion SET in_favour = in_favour + 1 WHERE id = 3",
    "the trail": "DELETE FROM vote_trail WHERE id = (SELECT max(id) FROM vote_trail)",
    "a turn's end": "UPDATE turn SET end_reason = 'silent' WHERE kind = 'speech'",
    "a turn": "DELETE FROM turn WHERE id = (SELECT max(id) FROM turn)",
    "whose turn": "UPDATE turn SET person_id = 1 WHERE id = (SELECT max(id) FROM turn)",
    "a word": "DELETE FROM speech WHERE id = (SELECT max(id) FROM speech)",
    "a word's standing": "UPDATE speech SET standing = 'speech' WHERE standing = 'interruption'",
    "a word's turn": "UPDATE speech SET turn_id = 1 WHERE turn_id IS NOT NULL",
    "an addendum": "DELETE FROM speech WHERE edit > 0",
    "the interruptions": "UPDATE meeting SET interruptions = 0",
    "a check-in": "DELETE FROM check_in WHERE id = (SELECT max(id) FROM check_in)",
    "the rules": "UPDATE meeting SET rules_adopted = 0",
    "the verdict": "UPDATE meeting SET verdict = 'none'",
    "the state": "UPDATE meeting SET state = 'main_vote'",
    "an update": "UPDATE inbox SET error = 'ValueError' WHERE id = (SELECT max(id) FROM inbox)",
    "a message": "UPDATE outbox SET state = 'failed', error = 'no' WHERE id = 1",
    "the journal": "UPDATE journal SET hash = 'x' WHERE id = (SELECT min(id) FROM journal)",
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED.keys())
def test_a_changed_record_is_found_out(held: Held, tmp_path: Path, change: str) -> None:
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(held.database)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
        assert new.execute(change).rowcount > 0
        new.commit()
    found = differences(f"sqlite:///{copy}", held.hall, None)
    assert found and not any("r1" in line or "speech" in line for line in found)
