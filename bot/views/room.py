"""The room of a hybrid meeting: its marks on boards, words said there, hands entered for it (table 3, 5.5.3, 5.6.1)."""

from typing import Any, Final

from bot.views import lines as shared
from bot.views.codec import pack
from bot.views.facts import listed, term, worded
from bot.views.floor import WHY_LIMIT, with_clause
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered
from bot.views.words import Own, Words

SEATS_SHOWN: Final = 40
BATCHES_SHOWN: Final = 4
HANDS_SHOWN: Final = 5
SPEECH_SHOWN: Final = 2000
FORMS: Final = ("room_check_in", "raise_room_hand", "write_room_speech", "enter_hands")
"""Steps that open one of the recorder's forms."""
MANY: Final = frozenset({"lower_room_hand", "confirm_hands", "refuse_hands", "withdraw_hands"})
"""Steps that have a button for each hand or batch."""
_MARKED: Final = frozenset(
    {"check_in", "rules_vote", "open", "explained", "discussion", "expert_answers", "wording", "main_vote"}
)


def lines(say: Words, facts: Facts) -> list[Own]:
    """On the board: how many sit in the room, and how many of the hands are theirs."""
    room = facts.get("room")
    if not room or facts["state"] not in _MARKED:
        return []
    found = [say("board-room", seated=room["seated"])]
    if room["hands"]:
        found.append(say("board-room-hands", count=room["hands"]))
    if room["waiting"]:
        found.append(say("board-room-waiting", count=room["waiting"]))
    return found


def console_lines(say: Words, facts: Facts) -> list[Own]:
    """On the recorder's and the second official's console: who sits where, and what waits to be confirmed."""
    if facts["post"] not in ("recorder", "second_official", "chair"):
        return []
    found = [
        say("console-batch", stance=term(say, "stance", batch["stance"]), hands=seats(say, batch["hands"]))
        for batch in (facts.get("batches") or [])[:BATCHES_SHOWN]
    ]
    if facts["post"] == "recorder" and facts.get("seats"):
        found.append(say("console-seats", count=len(facts["seats"]), seats=seats(say, facts["seats"])))
    return [Own(""), *found] if found else []


def seats(say: Words, taken: list[list[Any]]) -> Own:
    """3 号 2-201、7 号 1-101."""
    shown = [say("room-seat", seat=seat, label=shared.label(say, label)) for seat, label in taken]
    return listed(say, shown, SEATS_SHOWN)


def buttons(say: Words, facts: Facts, action: str) -> list[Button]:
    """One button for each hand to lower, or each batch to judge or take back."""
    meeting_id = facts["meeting_id"]
    if action == "lower_room_hand":
        return [
            Button(say("step-lower_room_hand-one", label=shared.label(say, one["label"])), data)
            for one in (facts.get("room_hands") or [])[:HANDS_SHOWN]
            if (data := pack(action, meeting_id, one["hand_id"]))
        ]
    return [_batch_button(say, action, meeting_id, batch) for batch in (facts.get("batches") or [])[:BATCHES_SHOWN]]


def _batch_button(say: Words, action: str, meeting_id: int, batch: dict[str, Any]) -> Button:
    stance, count = term(say, "stance", batch["stance"]), len(batch["hands"])
    return Button(say(f"step-{action}-one", stance=stance, count=count), pack(action, meeting_id, batch["id"]))


@view("hands_to_confirm")
def hands_to_confirm(say: Words, facts: Facts) -> Rendered:
    """To the second official: the recorder saw these hands; is it so (our rule)?"""
    stance = term(say, "stance", facts["stance"])
    body = [
        say("hands_to_confirm", stance=stance, count=len(facts["hands"])),
        _every_seat(say, facts["hands"]),
        say("hands_to_confirm-look"),
    ]
    batch = {"id": facts["batch_id"], "stance": facts["stance"], "hands": facts["hands"]}
    row = [_batch_button(say.plain(), name, facts["meeting_id"], batch) for name in ("confirm_hands", "refuse_hands")]
    return Rendered(with_clause(say, body, "our rule"), tuple((one,) for one in row))


def _every_seat(say: Words, taken: list[list[Any]]) -> Own:
    """All of them, as far as a message goes: short labels, so that nobody is confirmed unseen."""
    shown = [say("room-seat", seat=seat, label=say.people(label or "", 12) or say("somebody")) for seat, label in taken]
    return Own(say("list-comma").join(shown))


@view("hands_judged")
def hands_judged(say: Words, facts: Facts) -> Rendered:
    """To the recorder: what became of the hands they entered."""
    stance = term(say, "stance", facts["stance"])
    if facts["state"] == "refused":
        hands = seats(say, facts["hands"])
        return Rendered(with_clause(say, [say("hands_judged-refused", stance=stance, hands=hands)], "our rule"))
    body = [say("hands_judged-confirmed", stance=stance, count=facts["count"])]
    if facts["skipped"]:
        body.append(say("hands_judged-skipped", seats=worded(say, {"seats": facts["skipped"]})["seats"]))
    return Rendered(with_clause(say, body, "our rule"))


@view("hands_set_aside")
def hands_set_aside(say: Words, facts: Facts) -> Rendered:
    """In the group: hands that nobody confirmed do not count, and why."""
    body = [
        say("hands_set_aside", count=facts["count"]),
        say("hands_set_aside-why", why=say.people(facts["why"] or "", WHY_LIMIT)),
    ]
    return Rendered(with_clause(say, body, "our rule"))


@view("room_hand_counted")
def room_hand_counted(say: Words, facts: Facts) -> Rendered:
    """Privately, to whom it was counted for: their own hand replaces it."""
    stance = term(say, "stance", facts["stance"])
    body = [
        say("room_hand_counted", stance=stance, seat=facts["seat"], code=Own(str(facts["code"]))),
        say("room_hand_counted-own"),
    ]
    return Rendered(with_clause(say, body, "our rule"))


@view("room_speech")
def room_speech(say: Words, facts: Facts) -> Rendered:
    """In the group: what was said in the room, written down by the recorder (5.6.1 i)."""
    stance = term(say, "stance", facts["stance"]) if facts["stance"] else Own("")
    key = "room_speech" if facts["stance"] else "room_speech-explanation"
    head = say(key, label=shared.label(say, facts["label"]), seat=facts["seat"], stance=stance)
    return Rendered(with_clause(say, [head, say.long(facts["text"], SPEECH_SHOWN)], "5.6.1 i"))
