"""Messages about rules, wording and votes (5.5.3, 5.6.1 b and g, 5.7.2)."""

from typing import Any, Final

from bot.views import items, lines
from bot.views.course import step_rows
from bot.views.facts import listed, term, worded
from bot.views.floor import WHY_LIMIT, with_clause
from bot.views.moments import clock, day, full_date
from bot.views.registry import Facts, view
from bot.views.rendered import CAPTION_LIMIT, Rendered, shown_length
from bot.views.words import Own, Words

_ITEM_LIMIT: Final = 310
_WHO_LIMIT: Final = 70
_OBJECTIONS_LIMIT: Final = 1010
_ROOM: Final = 3700
_CAPTION_ROOM: Final = 990


@view("rules_shown")
def rules_shown(say: Words, facts: Facts) -> Rendered:
    """5.6.1 b: the chair publishes the rules that will run."""
    rules = facts["rules"]
    body = [say("rules_shown", round=facts["round"])]
    if facts["changed"]:
        changed = listed(say, [term(say, "setting", name) for name in facts["changed"]], 5)
        body.append(say("rules_shown-changed", changed=changed))
    body += [
        Own(""),
        say("rules_shown-minutes", minutes=rules["minutes"], turns=rules["turns"]),
        say("rules_shown-hand"),
        say("rules_shown-stance"),
        say("rules_shown-floor", floor=term(say, "floor_mode", rules["floor_mode"])),
        say("rules_shown-civil"),
        say("rules_shown-list", list=lines.list_closing(say, rules["list_closes_after_minutes"])),
        say("rules_shown-vote", vote=lines.ratio(say, rules["threshold"])),
        Own(""),
        say("rules_shown-next"),
    ]
    return Rendered(with_clause(say, body, "5.6.1 b"))


@view("rules_result")
def rules_result(say: Words, facts: Facts) -> Rendered:
    """5.6.1 b: adopted when 2·for > N, whatever the draft itself proposes."""
    tally = facts["tally"]
    total = tally["for"] + tally["against"] + tally["abstain"]
    left = 2 * tally["for"]
    sign = Own(">") if left > total else Own("=") if left == total else lines.LESS
    body = [
        say("rules_result-adopted" if facts["adopted"] else "rules_result-refused"),
        say("board-motion-counts", **{side: tally[side] for side in ("for", "against", "abstain")}),
        say("rules_result-sum", **{"for": tally["for"]}, left=left, sign=sign, total=total),
    ]
    return Rendered(with_clause(say, body, "5.6.1 b"))


@view("declared_open")
def declared_open(say: Words, facts: Facts) -> Rendered:
    """5.6.1 c: the consultation is open."""
    return Rendered(with_clause(say, [say("declared_open")], "5.6.1 c"))


def item_lines(say: Words, wording: dict[str, Any]) -> list[Own]:
    """The full items of an opinion (form B.3)."""
    found: list[Own] = []
    for item in wording["items"]:
        found.append(say("wording_posted-item", number=item["number"], text=say.long(item["text"], _ITEM_LIMIT)))
        who = say.people(item["implementer"], _WHO_LIMIT)
        found.append(say("wording_posted-who", implementer=who, due=full_date(say, item["due"])))
    return found


def objection_line(say: Words, wording: dict[str, Any], room: int = _OBJECTIONS_LIMIT) -> Own:
    """The objections raised, as far as there is room; what is missing is said to be so."""
    if not wording["objections"]:
        return say("wording_posted-no-objections")
    objections = wording["objections"]
    shown = say.long(objections, min(room, _OBJECTIONS_LIMIT))
    if len(objections) > room:
        shown = Own(f"{shown}{say('wording_posted-more')}")
    return say("wording_posted-objections", objections=shown)


@view("wording_posted")
def wording_posted(say: Words, facts: Facts) -> Rendered:
    """5.7.2 a: the opinion to be voted on, whole, and until when a correction can be asked for."""
    wording = facts["wording"]
    body = [say("wording_posted", version=facts["version"]), Own(""), *item_lines(say, wording)]
    room = max(_ROOM - shown_length("\n".join(body)), 100)
    body += [Own(""), objection_line(say, wording, room)]
    if facts["corrections_until"]:
        body += [Own(""), say("wording_posted-until", time=clock(facts["corrections_until"], facts["tz"]))]
    return Rendered(with_clause(say, body, "5.7.2 a"))


@view("correction_decided")
def correction_decided(say: Words, facts: Facts) -> Rendered:
    """The chair adopted or refused a correction, with a reason (our rule)."""
    body = [
        say(f"correction_decided-{'yes' if facts['adopted'] else 'no'}", label=lines.label(say, facts["label"])),
        say("correction_decided-text", text=items.request_words(say, facts, 1000)),
        say("correction_decided-why", why=say.people(facts["why"] or "", WHY_LIMIT)),
    ]
    return Rendered(with_clause(say, body, "our rule"))


@view("vote_starts")
def vote_starts(say: Words, facts: Facts) -> Rendered:
    """5.5.3 b: named voting is said before it starts; the frozen text and its number."""
    body = [say.of("vote_starts", facts["motion_kind"])]
    if facts.get("wording"):
        body += [Own(""), *item_lines(say, facts["wording"]), Own("")]
    if facts.get("item"):
        body += [Own(""), *items.question_lines(say, facts["item"]), Own(""), say("vote_starts-item-only")]
    body += [
        say("vote_starts-named"),
        say("vote_starts-roster", roster=facts["roster"]),
        say("vote_starts-order"),
    ]
    if facts.get("digest8"):
        body.append(say("vote_starts-frozen", digest=facts["digest8"]))
    return Rendered(with_clause(say, body, "5.5.3 b"))


@view("result")
def result(say: Words, facts: Facts) -> Rendered:
    """5.6.1 h: the verdict with its arithmetic; the text too where a caption has room for it, else its number."""
    outcome = facts["result"]
    verdict = outcome["verdict"]
    body = [
        say("result-title", verdict=term(say, "verdict", verdict)),
        say("board-title", title=say.people(facts["topic"]["title"], 60)),
        *lines.result_lines(say, outcome),
        say.of("result-next", verdict),
    ]
    if facts.get("told_by"):
        body.append(say("result-told", day=day(say, facts["told_by"])))
    if facts.get("wording"):
        items = item_lines(say, facts["wording"])
        fits = shown_length("\n".join((*body, *items))) < _CAPTION_ROOM
        body += items if fits else [say("result-full", digest=Own((facts.get("digest") or "")[:8]))]
    return Rendered(with_clause(say, body, "5.7.2", limit=CAPTION_LIMIT), photo=facts.get("photo"))


@view("result_text")
def result_text(say: Words, facts: Facts) -> Rendered:
    """5.7.2 a: the very text that was voted on, whole."""
    agreed = facts["result"]["verdict"] == "agreed"
    wording = facts["wording"]
    body = [say("result_text" if agreed else "result_text-voted"), Own(""), *item_lines(say, wording)]
    room = max(_ROOM - shown_length("\n".join(body)), 100)
    body += [Own(""), objection_line(say, wording, room)]
    if facts.get("digest"):
        body.append(say("board-digest", digest=Own(facts["digest"][:8])))
    return Rendered(with_clause(say, body, "5.7.2 a"))


@view("vote_receipt")
def vote_receipt(say: Words, facts: Facts) -> Rendered:
    """Private: the hand as it is counted, with its code (5.5.3 b)."""
    args = worded(say, facts)
    key = "vote_receipt-changed" if facts["changed"] else "vote_receipt"
    body = [
        say(key, label=lines.label(say, facts["label"]), motion=lines.motion_name(say, facts), stance=args["stance"]),
        say("vote_receipt-code", code=Own(f"<code>{args['code']}</code>")),
    ]
    if facts.get("room"):
        body.append(say("vote_receipt-room"))
    rows = step_rows(say, facts["topic_id"], ["challenge_vote"])
    return Rendered(with_clause(say, body, "5.5.3 b"), rows)
