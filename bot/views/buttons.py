"""The buttons of the group's board, by state; what a tap means is checked again when it comes."""

from typing import Final

from bot.views import expert_lines
from bot.views.codec import pack
from bot.views.fact_sheet import group_button
from bot.views.registry import Facts
from bot.views.rendered import Button, Row
from bot.views.words import Words
from procedure.terms import LIVE

_STANCES: Final = ("for", "against", "abstain")
MINUTED: Final = frozenset(
    {"explained", "discussion", "expert_answers", "wording", "adjourned", "announced", "diverted"}
)
"""States in which there is something in the minutes, and nothing that the button would push down."""
_LATE: Final = frozenset({"rules_vote", "open", "explained", "discussion", "expert_answers", "wording"})
_TALKING: Final = ("discussion", "expert_answers")


def board_buttons(say: Words, facts: Facts) -> tuple[Row, ...]:
    """A few rows: what the meeting is about now, then check-in for those who come late."""
    state, meeting_id = facts["state"], facts["meeting_id"]
    rows: list[Row] = []
    if state == "check_in":
        rows.append((Button(say("btn-check_in"), pack("check_in", meeting_id)),))
    if facts["turn"] is not None and state in ("open", *_TALKING):
        rows.append(_turn_row(say, facts))
    if state in ("explained", *_TALKING):
        rows += _hand_rows(say, facts)
    if state in _TALKING and facts["bot_username"]:
        rows.append(_private_row(say, facts))
    if state in ("open", "explained") and facts["fact_sheet"] is not None and facts["bot_username"]:
        rows.append((group_button(say, facts["bot_username"], facts["fact_sheet"]),))
    rows += expert_lines.board_rows(say, facts)
    if _voted_on(facts):
        rows += _vote_rows(say, facts)
        rows += _challenge_rows(say, facts)
    if state == "wording":
        rows += _correction_rows(say, facts)
    last = [_minutes_button(say, facts)] if state in MINUTED and facts["bot_username"] else []
    if state in _LATE and not (state == "rules_vote" and rows):
        last.append(Button(say("btn-check_in-late"), pack("check_in", meeting_id)))
    rows += [tuple(last)] if last else []
    return (*rows, *_board_rows(say, facts))


def _board_rows(say: Words, facts: Facts) -> list[Row]:
    """In the group the way to a board of one's own, there the way out of it; neither while hands are called."""
    if facts["motion"] is not None and facts["motion"]["stage"] in ("calling", "correcting"):
        return []
    if facts.get("private"):
        return [(Button(say("btn-board-close"), pack("close_board", facts["meeting_id"])),)]
    if facts["state"] not in LIVE or not facts["bot_username"]:
        return []
    url = f"https://t.me/{facts['bot_username']}?start=board-{facts['meeting_id']}"
    return [(Button(say("btn-board-open"), url=url),)]


def _turn_row(say: Words, facts: Facts) -> Row:
    turn = facts["turn"]
    verb = "finish_explanation" if turn["kind"] == "explanation" else "yield_turn"
    done = Button(say("btn-yield"), pack(verb, facts["meeting_id"], turn["id"]))
    if not turn["asked"]:
        return (done,)
    return (Button(say("btn-still"), pack("still_speaking", facts["meeting_id"], turn["id"])), done)


def _hand_rows(say: Words, facts: Facts) -> list[Row]:
    lower = (Button(say("btn-hand-lower"), pack("lower_hand", facts["meeting_id"])),)
    if not facts["list_closed"]:
        return [hand_row(say, facts["meeting_id"]), lower]
    if not facts["bot_username"]:
        return [lower]
    url = f"https://t.me/{facts['bot_username']}?start=write-{facts['meeting_id']}"
    return [(*lower, Button(say("btn-opinion"), url=url))]


def _private_row(say: Words, facts: Facts) -> Row:
    """What is written in private: words to be read out for somebody, and a point of order."""
    link = f"https://t.me/{facts['bot_username']}?start="
    return (
        Button(say("btn-reading"), url=f"{link}read-{facts['meeting_id']}"),
        Button(say("btn-point"), url=f"{link}point-{facts['meeting_id']}"),
    )


def _minutes_button(say: Words, facts: Facts) -> Button:
    """The minutes are long and not the group's: they open in private."""
    link = f"https://t.me/{facts['bot_username']}?start=minutes-{facts['meeting_id']}"
    return Button(say("btn-minutes"), url=link)


def hand_row(say: Words, meeting_id: int) -> Row:
    """Raising a hand means choosing a stance first (5.5.2 c)."""
    return tuple(Button(say.of("btn-hand", stance), pack("raise_hand", meeting_id, stance)) for stance in _STANCES[:2])


def _voted_on(facts: Facts) -> bool:
    """Whether the last vote is what the meeting is about now; on its way to an opinion that is a vote on an item."""
    state, motion = facts["state"], facts["motion"]
    if motion is None or state not in ("rules_vote", "wording", "main_vote", "announced"):
        return False
    return bool(state != "wording" or motion["kind"] == "item")


def _vote_rows(say: Words, facts: Facts) -> list[Row]:
    motion = facts["motion"]
    if motion["stage"] not in ("calling", "correcting"):
        return []
    return [vote_row(say, facts["meeting_id"], motion["id"], motion["calling"])]


def vote_row(say: Words, meeting_id: int, motion_id: int, calling: str | None) -> Row:
    """The stance that is called; every stance in the time to correct."""
    return tuple(
        Button(say.of("btn-vote", stance), pack("cast_vote", meeting_id, motion_id, stance))
        for stance in ((calling,) if calling else _STANCES)
    )


def _correction_rows(say: Words, facts: Facts) -> list[Row]:
    wording, username = facts["wording"], facts["bot_username"]
    if wording is None or not wording["corrections_until"] or not username:
        return []
    link = f"https://t.me/{username}?start="
    return [
        (Button(say("btn-correction"), url=f"{link}fix-{facts['meeting_id']}"),),
        (Button(say("btn-demand_item"), url=f"{link}item-{facts['meeting_id']}"),),
    ]


def _challenge_rows(say: Words, facts: Facts) -> list[Row]:
    """Who raised which hand, and whoever thinks that hands were counted or called wrongly: both in private."""
    motion, username = facts["motion"], facts["bot_username"]
    if motion is None or motion["stage"] != "decided" or not username:
        return []
    link = f"https://t.me/{username}?start="
    return [
        (Button(say("btn-roll"), url=f"{link}roll-{motion['id']}"),),
        (Button(say("btn-challenge"), url=f"{link}challenge-{facts['meeting_id']}"),),
    ]
