"""Some have the board in their private chat as well: at the end it says there what it says in the group."""

from bot.rehearsal import eyes
from bot.rehearsal.hall import Hall, StuckError

LINK = "📌 在私聊里看进度"
ONE_IN = 8


async def begin(hall: Hall) -> None:
    """Every eighth of those who have started the bot takes the link below the board."""
    board = await hall.board()
    link = eyes.button(board.message, LINK)
    if link is None:
        raise StuckError(f"看板上没有「{LINK}」")
    payload = link["url"].partition("start=")[2]
    started = [one.key for one in hall.cast.residents if one.started and one.comes]
    hall.following = started[::ONE_IN]
    for who in hall.following:
        await hall.writes(who, f"/start {payload}")


async def compare(hall: Hall) -> None:
    """Once everything has been said: whoever sees another board than the group's is a difference."""
    shown = (await hall.board()).text
    for who in hall.following:
        account = hall.cast.accounts[who]
        mine = eyes.board(await hall.wires.messages(account, viewer=account), hall.cast.bot)
        if mine is None or mine.text != shown:
            hall.ledger.remark(f"{who} 私聊里的看板和群里的不一样：{mine.text[:80] if mine else '没有看板'}")
