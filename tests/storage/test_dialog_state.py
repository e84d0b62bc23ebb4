"""Conversation state survives; empty conversations leave no row."""

from storage import dialog_state
from storage.database import Database
from storage.tables import DialogState


def test_state_and_data_do_not_wipe_each_other(database: Database) -> None:
    database.write_now(lambda uow: dialog_state.set_data(uow, "k", {"话": ["一", 2]}))
    database.write_now(lambda uow: dialog_state.set_state(uow, "k", "form:text"))
    assert database.read_now(lambda uow: dialog_state.get(uow, "k")) == ("form:text", {"话": ["一", 2]})
    database.write_now(lambda uow: dialog_state.set_state(uow, "k", None))
    assert database.read_now(lambda uow: dialog_state.get(uow, "k")) == (None, {"话": ["一", 2]})


def test_nothing_to_remember_is_no_row(database: Database) -> None:
    assert database.read_now(lambda uow: dialog_state.get(uow, "k")) == (None, {})
    database.write_now(lambda uow: dialog_state.set_state(uow, "k", "a"))
    database.write_now(lambda uow: dialog_state.set_state(uow, "k", None))
    database.write_now(lambda uow: dialog_state.set_data(uow, "k", {}))
    assert database.read_now(lambda uow: uow.count(DialogState)) == 0
