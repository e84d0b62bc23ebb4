"""Slips and chats: whose slip this is, what came of it, whose group this is, and what a group still lacks."""

from typing import Final

from bot.views.codec import pack
from bot.views.facts import listed
from bot.views.home import home_row
from bot.views.lines import label
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, joined
from bot.views.words import Own, Words

COMMUNITIES_SHOWN: Final = 20
CONTACTS_SHOWN: Final = 8


@view("slip_shown")
def slip_shown(say: Words, facts: Facts) -> Rendered:
    """Before anything happens: is that you?"""
    body = [
        say("slip-head", community=say.people(facts["community"])),
        say("slip-who", label=label(say, facts["label"]), name=say.people(facts["name"], 40)),
        say("slip-ask"),
    ]
    if facts["others"]:
        body.insert(2, say("slip-shared", others=listed(say, [label(say, one) for one in facts["others"]], 6)))
    yes = Button(say.plain()("btn-slip_yes"), pack("bind_account", facts["number"]))
    return Rendered("\n".join(body), ((yes,), *home_row(say)))


@view("slip_refused")
def slip_refused(say: Words, facts: Facts) -> Rendered:
    """Why the slip cannot be used, and what to do."""
    minutes = {"minutes": facts["minutes"]} if facts["why"] == "wait" else {}
    return Rendered(say.of("slip_refused", facts["why"], **minutes), home_row(say))


@view("account_bound")
def account_bound(say: Words, facts: Facts) -> Rendered:
    """Done: how the group will show this person."""
    return Rendered(say("account_bound", label=label(say, facts["label"])), home_row(say))


@view("my_contacts")
def my_contacts(say: Words, facts: Facts) -> Rendered:
    """What one has given of oneself, and the way to take it back."""
    given = facts["given"][:CONTACTS_SHOWN]
    body, rows = [say("contacts-head" if given else "contacts-none")], []
    for one in given:
        of = {"number": one["topic"]} if one["topic"] is not None else {}
        body.append(say("contacts-topic" if of else "contacts-own", **of))
        body += [say.of("contacts", name, text=say.people(text, 80)) for name, text in (one["fields"] or {}).items()]
        if one["fields"] is None:
            body.append(say("contacts-unreadable"))
        words = say.plain()("btn-withdraw" if of else "btn-withdraw_own", **of)
        rows.append((Button(words, pack("withdraw_contact", one["contact_id"])),))
    return Rendered(joined(body), (*rows, *home_row(say)))


@view("bind_answer")
def bind_answer(say: Words, facts: Facts) -> Rendered:
    """What /bind came to; those who work for several communities choose one."""
    args = {"title": say.people(facts["title"], 60)}
    if "community" in facts:
        args["community"] = say.people(facts["community"])
    rows = tuple(
        (Button(say.plain().people(one["name"], 40), pack("bind_chat", one["id"], facts["chat"])),)
        for one in facts.get("communities", ())[:COMMUNITIES_SHOWN]
    )
    kind = "_channel" if facts["channel"] else "_basic" if facts.get("basic") else ""
    bound = facts["outcome"] == "bound"
    lines = [say.of("bind", f"bound{kind}" if bound else facts["outcome"], **args)]
    if bound and facts.get("basic"):
        lines.append(say("bind-upgrade"))
    return Rendered(joined(lines), rows)


@view("bot_added")
def bot_added(say: Words, facts: Facts) -> Rendered:
    """The bot has come into a group: who has to do what now."""
    return Rendered("\n".join((say("bot_added"), say("bot_added-admin"), say("bot_added-bind"))))


@view("group_checkup")
def group_checkup(say: Words, facts: Facts) -> Rendered:
    """/checkup in a group: right by right, what it hears, what is uneven, and the community."""
    rights, community = facts["rights"], facts["community"]
    body = [say("checkup-head")]
    body += [say.of("checkup-has" if held else "checkup-lacks", right) for right, held in rights.items()]
    body += _heard(say, facts) + _uneven(say, facts)
    body.append(
        say("checkup-bound", community=say.people(community)) if community is not None else say("checkup-unbound")
    )
    uneven = facts["missing_updates"] or _uneven(say, facts)
    body.append(
        say("checkup-well" if all(rights.values()) and community is not None and not uneven else "checkup-mend")
    )
    return Rendered(joined(body))


@view("group_uneven")
def group_uneven(say: Words, facts: Facts) -> Rendered:
    """Private, to the chair when check-in opens: what the group's settings do to the meeting."""
    return Rendered(joined([say("checkup-head"), *_uneven(say, facts["look"])]))


def _heard(say: Words, facts: Facts) -> list[Own]:
    """Privacy mode and kinds of update: what the bot gets to hear at all."""
    found = []
    if not facts["rights"].get("admin"):
        found.append(say("checkup-privacy-off" if facts["reads_all"] else "checkup-privacy-on"))
    if facts["missing_updates"]:
        found.append(say("checkup-updates", kinds=", ".join(facts["missing_updates"])))
    return found


def _uneven(say: Words, facts: Facts) -> list[Own]:
    """What the group's own settings do to a meeting, each with how to mend it."""
    found = []
    if facts["kind"] == "group":
        found += [say("checkup-basic"), say("bind-upgrade")]
    if facts["boosts"]:
        found.append(say("checkup-boosts", count=facts["boosts"]))
    if facts["slow_mode"]:
        found.append(say("checkup-slow_mode", seconds=facts["slow_mode"]))
    return found
