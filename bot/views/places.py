"""Messages and console lines about the group itself: where it is, and who writes in it without a face."""

from typing import Final

from bot.views.codec import pack
from bot.views.facts import listed, term
from bot.views.floor import with_clause
from bot.views.lines import label
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row, joined
from bot.views.words import Own, Words
from procedure.errors import OUR_RULE

TITLE: Final = 40
_PEOPLE: Final = 20


@view("group_moved")
def group_moved(say: Words, facts: Facts) -> Rendered:
    """The group has become a supergroup: nothing is lost, where to look."""
    return Rendered(joined([say("group_moved"), say("group_moved-live" if facts["live"] else "group_moved-checkup")]))


@view("topic_lost")
def topic_lost(say: Words, facts: Facts) -> Rendered:
    """Private, to the officials: the forum topic is gone, the meeting goes on in General."""
    head = say("topic_lost-closed" if facts["closed"] else "topic_lost")
    return Rendered(with_clause(say, [head, say("topic_lost-now"), say("topic_lost-next")], OUR_RULE))


@view("anonymous_hint")
def anonymous_hint(say: Words, facts: Facts) -> Rendered:
    """To an administrator who wrote as the group: whoever acts does it under their own name. It names nobody."""
    return Rendered(with_clause(say, [say("anonymous_hint")], OUR_RULE))


@view("channel_hint")
def channel_hint(say: Words, facts: Facts) -> Rendered:
    """To whoever writes as a channel: how to be heard, once a meeting."""
    return Rendered(with_clause(say, [say("channel_hint")], OUR_RULE))


@view("channel_told")
def channel_told(say: Words, facts: Facts) -> Rendered:
    """Private, to the chair: the channel could not be shut out, and what to do by hand."""
    lines = [say("channel_told", title=say.people(facts["title"], TITLE)), say("channel_told-next")]
    return Rendered(with_clause(say, lines, OUR_RULE))


@view("official_gone")
def official_gone(say: Words, facts: Facts) -> Rendered:
    """Private, to those who can do something: an official has left the group."""
    head = say("official_gone", post=term(say, "post", facts["post"]), label=label(say, facts["label"]))
    return Rendered(with_clause(say, [head, say("official_gone-next")], OUR_RULE))


@view("start_hint")
def start_hint(say: Words, facts: Facts) -> Rendered:
    """To everybody in the group who has not opened the private chat; it names nobody and says nothing private."""
    button = Button(say.plain()("btn-start_bot"), url=f"https://t.me/{facts['bot_username']}?start=hello")
    return Rendered(with_clause(say, [say("start_hint")], OUR_RULE), ((button,),))


def site_lines(say: Words, facts: Facts) -> list[Own]:
    """For the chair: whom to look at before a vote, whom to telephone, which channels were written as."""
    found: list[Own] = []
    if facts.get("doubles"):
        found.append(say("console-doubles"))
        for one in facts["doubles"]:
            names = listed(say, [label(say, each) for each in one["labels"]], _PEOPLE)
            found.append(say.of("console-double", one["alike"], labels=names))
        if facts.get("doubles_more"):
            found.append(say("console-doubles-more", count=facts["doubles_more"]))
    if facts.get("unreached"):
        names = listed(say, [label(say, one) for one in facts["unreached"]], _PEOPLE)
        more = facts.get("unreached_more") or 0
        total = len(facts["unreached"]) + more
        shown = Own(f"{names} {say('console-more', count=total)}") if more else names
        found.append(say("console-unreached", labels=shown))
    found += [say("console-channel", title=say.people(one["title"], TITLE)) for one in facts.get("channels") or []]
    return [Own(""), *found] if found else found


def site_rows(say: Words, facts: Facts) -> list[Row]:
    """For each channel the button that shuts it out; the reason is asked for."""
    return [
        (
            Button(
                say("btn-ban_channel", title=say.people(one["title"], 16)),
                pack("reason_form", facts["meeting_id"], one["id"], "ban_channel"),
            ),
        )
        for one in facts.get("channels") or []
    ]
