"""Lines that boards, consoles and messages share: the floor, the queue, a vote, a result, the rules."""

from typing import Any, Final

from bot.views.facts import term
from bot.views.moments import clock, full_date
from bot.views.registry import Facts
from bot.views.words import ONE_LINE_LIMIT, Own, Words

QUEUE_SHOWN: Final = 8
LABEL_LIMIT: Final = 40
ITEM_LIMIT: Final = 80
LESS: Final = Own("&lt;")


def label(say: Words, text: object) -> Own:
    """How a person is shown: household label or number; whoever has none that can be seen is somebody."""
    return say.people(text or "", LABEL_LIMIT) or say("somebody")


def who_says(plain: Words, who: str | None, text: str, limit: int = ONE_LINE_LIMIT) -> Own:
    """Somebody's words as one line behind their label, for a button that chooses them."""
    return plain("who-says", who=label(plain, who), text=plain.people(text, limit))


def seated(say: Words, one: dict[str, Any]) -> Own:
    """A person with the mark of the room, if they sit there."""
    shown = label(say, one["label"])
    return say("room-marked", label=shown) if one.get("seat") is not None else shown


def turn_lines(say: Words, turn: dict[str, Any], tz: str) -> list[Own]:
    """Who has the floor and until when (5.5.2 f); no end time before the clock runs."""
    kind = turn["kind"]
    args: dict[str, object] = {"label": seated(say, turn), "number": turn["number"], "minutes": turn["minutes"]}
    args["stance"] = term(say, "stance", turn["stance"]) if turn.get("stance") else Own("")
    if turn.get("running") and turn.get("ends_at"):
        lines = [say.of("board-turn", kind, time=clock(turn["ends_at"], tz), **args)]
    else:
        lines = [say.of("board-turn-starting", kind, **args)]
    return [*lines, say("board-turn-asked")] if turn.get("asked") else lines


def queue_lines(say: Words, queue: list[dict[str, Any]]) -> list[Own]:
    """The queue as it will run, with the rule that put each hand where it is (5.5.2 b)."""
    if not queue:
        return [say("board-queue-empty")]
    lines = [say("board-queue", count=len(queue))]
    for place, hand in enumerate(queue[:QUEUE_SHOWN], start=1):
        lines.append(
            say(
                "board-queue-line",
                place=place,
                label=seated(say, hand),
                stance=term(say, "stance", hand["stance"]),
                reason=term(say, "queue-reason", hand["reason"]),
            )
        )
    if len(queue) > QUEUE_SHOWN:
        lines.append(say("board-queue-more", count=len(queue)))
    return lines


def ratio(say: Words, threshold: dict[str, Any]) -> Own:
    """The share of votes that carries, with its source (5.5.3 c)."""
    source = say.people(threshold["source"])
    if is_majority(threshold):
        return say("board-rules-majority", source=source)
    return say(
        "board-rules-ratio",
        sign=say("ratio-above" if threshold["or_above"] else "ratio-more"),
        numerator=threshold["numerator"],
        denominator=threshold["denominator"],
        source=source,
    )


def is_majority(threshold: dict[str, Any]) -> bool:
    """More than half, the standard's own ratio."""
    return 2 * int(threshold["numerator"]) == int(threshold["denominator"]) and not threshold["or_above"]


def list_closing(say: Words, minutes: int | None) -> Own:
    """Until when hands are taken."""
    return say("board-rules-open-list") if minutes is None else say("board-rules-closing", minutes=minutes)


def rules_lines(say: Words, rules: dict[str, Any]) -> list[Own]:
    """The settings that run, short."""
    return [
        say(
            "board-rules",
            minutes=rules["minutes"],
            turns=rules["turns"],
            floor=term(say, "floor_mode", rules["floor_mode"]),
        ),
        list_closing(say, rules["list_closes_after_minutes"]),
        ratio(say, rules["threshold"]),
    ]


def motion_lines(say: Words, motion: dict[str, Any], tz: str) -> list[Own]:
    """How far a vote has come (5.5.3 b); the tally only once the facts give it."""
    stage = motion["stage"]
    name = motion_name(say, motion)
    lines: list[Own] = []
    if stage == "put":
        lines.append(say("board-motion-put", motion=name))
    elif stage == "calling":
        lines.append(say("board-motion-calling", stance=term(say, "stance", motion["calling"])))
        if motion.get("earliest_close"):
            lines.append(say("board-motion-close", time=clock(motion["earliest_close"], tz)))
    elif stage == "correcting" and motion.get("correction_until"):
        lines.append(say("board-motion-correcting", time=clock(motion["correction_until"], tz)))
    elif stage == "decided":
        lines.append(say("board-motion-decided", motion=name, verdict=motion_verdict(say, motion)))
    if stage in ("calling", "correcting"):
        lines.append(say("board-motion-voted", roster=motion["roster"], voted=motion["voted"]))
    if motion.get("counts"):
        lines.append(say("board-motion-counts", **motion["counts"]))
    if motion.get("digest"):
        lines.append(say("board-digest", digest=Own(motion["digest"][:8])))
    return lines + [say("board-motion-void", round=one["round"], clause=Own(one["clause"])) for one in motion["void"]]


def motion_name(say: Words, motion: Facts) -> Own:
    """What a vote is on: the rules, the opinion, or item 2 of it."""
    item = motion.get("item")
    if item:
        return say("item-name", number=item["number"])
    return term(say, "motion", motion.get("motion_kind") or motion["kind"])


def item_way(item: dict[str, Any]) -> str:
    """The end of the keys of an item vote: whether another text was asked about."""
    return "other" if item["alternative"] else "keep"


def motion_verdict(say: Words, motion: dict[str, Any]) -> Own:
    """Rules are adopted or not (5.6.1 b); an item stays, changes or goes; an opinion has a verdict of 5.7.2."""
    verdict = motion.get("verdict") or "none"
    if motion.get("item"):
        return say(f"item-verdict-{item_way(motion['item'])}-{verdict}")
    if motion["kind"] == "main":
        return term(say, "verdict", verdict)
    return say("board-rules-verdict-agreed" if verdict == "agreed" else "board-rules-verdict-other")


def wording_lines(say: Words, wording: dict[str, Any]) -> list[Own]:
    """The opinion in short, one line an item; its full text is a message of its own."""
    lines = [say("board-wording", version=wording["version"])]
    for item in wording["items"]:
        lines.append(
            say(
                "board-wording-item",
                number=item["number"],
                text=say.people(item["text"], ITEM_LIMIT),
                implementer=say.people(item["implementer"], LABEL_LIMIT),
                due=full_date(say, item["due"]),
            )
        )
    return lines


def result_lines(say: Words, facts: Facts) -> list[Own]:
    """The verdict's arithmetic, ready to be checked on one's fingers (5.5.3 c, 5.7.2)."""
    result, tally = facts, facts["tally"]
    percents = {f"{side}_percent": Own(value) for side, value in result["percent"].items()}
    lines = [
        say("result-turnout", roster=result["roster"], total=tally["total"]),
        say("result-sides", **{side: tally[side] for side in ("for", "against", "abstain")}, **percents),
    ]
    if result.get("room"):
        lines.append(say("result-room", count=result["room"]))
    return [*lines, *_sum(say, result)] if tally["total"] else lines


def _sum(say: Words, result: Facts) -> list[Own]:
    tally, arithmetic, threshold = result["tally"], result["arithmetic"], result["threshold"]
    kind = "majority" if is_majority(threshold) else "ratio"
    args: dict[str, object] = {"for": tally["for"], "total": tally["total"], "left": arithmetic["left"]}
    args["sign"] = LESS if arithmetic["sign"] == "<" else Own(arithmetic["sign"])
    if kind == "ratio":
        args |= {name: threshold[name] for name in ("numerator", "denominator")}
        args |= {"right": arithmetic["right"], "source": say.people(threshold["source"])}
    lines = [say(f"result-{kind}-{'met' if arithmetic['met'] else 'unmet'}", **args)]
    if not arithmetic["met"]:
        triple = 3 * int(tally["for"])
        third = "below" if triple < int(tally["total"]) else "reached"
        lines.append(
            say(f"result-third-{third}", **{"for": tally["for"]}, triple=triple, total=tally["total"], less=LESS)
        )
    return lines
