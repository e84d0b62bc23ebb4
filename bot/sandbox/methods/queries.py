"""Answers to pressed buttons."""

from bot.sandbox.entities import units
from bot.sandbox.errors import bad
from bot.sandbox.methods.base import Call, method

TOAST_MOST = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@method(
    "answerCallbackQuery",
    callback_query_id="str!",
    text="str",
    show_alert="bool",
    url="str",
    cache_time="int",
)
def answer_callback_query(call: Call) -> bool:
    """Show a toast or an alert to who pressed; once, and before the query expires."""
    query = call.world.queries.get(call.args["callback_query_id"])
    if query is None or query.bot != call.bot.id:
        raise bad(TOO_OLD)
    text = call.get("text", "")
    if units(text) > TOAST_MOST:
        raise bad("MESSAGE_TOO_LONG")
    if call.get("url") and not call.args["url"].startswith((f"t.me/{_name(call)}", f"https://t.me/{_name(call)}")):
        raise bad("URL_INVALID")
    call.world.end_query(query)
    if query.expires < call.world.clock.now():
        raise bad(TOO_OLD)
    waiting = call.world.awaited.pop(query.id, None)
    if waiting is not None and not waiting.done():
        alert = bool(call.get("show_alert"))
        waiting.set_result({"toast": text or None, "alert": alert and bool(text), "url": call.get("url")})
    return True


def _name(call: Call) -> str:
    return call.world.users[call.bot.id].username or ""
