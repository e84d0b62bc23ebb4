"""The group's board in the private chat of whoever wants it there (product.md "Boards"): same content, same buttons."""

from datetime import datetime

from procedure.errors import OUR_RULE, RuleBroken
from services import boards
from services.act import Receipt
from services.boards import BOARD
from services.delivery import when_unreachable
from services.sitting import Sitting, meeting_action
from storage.tables import Board
from storage.work import UnitOfWork


@meeting_action("open_board")
def open_board(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """Send the board here, and keep it up to date; an official gets their console, which shows more.

    Raises RuleBroken private_chat_closed.
    """
    chat_id = boards.private_chat(sitting.uow, person_id)
    if chat_id is None:
        raise RuleBroken("private_chat_closed", OUR_RULE)
    if person_id in boards.officials(sitting):
        boards.show_console(sitting, person_id, now)
        return Receipt("console_opened")
    board = boards.add(sitting.uow, sitting.meeting, chat_id=chat_id, person_id=person_id)
    boards.repost(sitting.uow, board, now)
    return Receipt("board_opened")


@meeting_action("close_board")
def close_board(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """Take it away again; a second tap gets the same answer."""
    board = sitting.uow.first(Board, meeting_id=sitting.id, person_id=person_id, view=BOARD)
    if board is not None:
        boards.take_away(sitting.uow, board, now)
    return Receipt("board_closed")


@when_unreachable
def _nobody_there(uow: UnitOfWork, account_id: int, now: datetime) -> None:
    """Who blocked the bot has no board any more; they may open it again, and what stands there then goes away."""
    uow.raw(
        "UPDATE board SET view = 'closed', posted_generation = generation"
        " WHERE chat_id = :id AND person_id IS NOT NULL AND view = 'board'",
        {"id": account_id},
    )
