"""What the private chat shows: home, things to do, topics, one's own entry, help, privacy, language."""

from typing import Final

from bot.views.codec import pack
from bot.views.facts import listed, term
from bot.views.lines import label
from bot.views.moments import moment, period_end
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row, joined
from bot.views.words import Own, Words

LIST_SHOWN: Final = 15
MEETINGS_SHOWN: Final = 5
_BUTTON_TITLE: Final = 24


def home_row(say: Words) -> tuple[Row, ...]:
    """The way back."""
    return ((Button(say.plain()("btn-home"), pack("show", "home")),),)


@view("home")
def home(say: Words, facts: Facts) -> Rendered:
    """/start: greets by label, shows one's meetings and what to do; a stranger learns how to be entered."""
    person = facts["person"]
    plain = say.plain()
    language = Button(plain("btn-language"), pack("show", "language"))
    helping = Button(plain("btn-help"), pack("show", "help"))
    if person is None:
        return Rendered(f"{say('home-stranger')}\n{say('home-stranger-how')}", ((helping, language),))
    body = [
        say("home-hello", label=label(say, person["label"])),
        say("home-community", community=say.people(facts["community"])),
    ]
    if facts["roles"]:
        body.append(say("home-roles", roles=listed(say, [term(say, "standing", one) for one in facts["roles"]], 8)))
    body += [Own(""), *_meetings(say, facts)]
    if facts["todo"]:
        body += [Own(""), say("home-todo", count=facts["todo"])]
    rows = [row for meeting in facts["meetings"][:MEETINGS_SHOWN] if (row := _meeting_row(plain, meeting))]
    rows.append((Button(plain("btn-todo", count=facts["todo"]), pack("show", "todo")),))
    rows.append((Button(plain("btn-topics"), pack("show", "topics")), Button(plain("btn-me"), pack("show", "me"))))
    return Rendered(joined(body), (*rows, (helping, language)))


def _meetings(say: Words, facts: Facts) -> list[Own]:
    meetings = facts["meetings"][:MEETINGS_SHOWN]
    if not meetings:
        return [say("home-no-meetings")]
    return [
        say("home-meetings"),
        *(
            say(
                "home-meeting",
                topic=say.people(meeting["topic"]["title"], 60),
                state=term(say, "state", meeting["state"]),
                at=moment(say, meeting["at"], facts["tz"]),
                mine=term(say, "standing", meeting["mine"]),
            )
            for meeting in meetings
        ),
    ]


def _meeting_row(say: Words, meeting: Facts) -> Row:
    topic = say.people(meeting["topic"]["title"], _BUTTON_TITLE)
    row: list[Button] = []
    if meeting["check_in"]:
        row.append(Button(say("btn-open_check_in", topic=topic), pack("open_check_in", meeting["meeting_id"])))
    if meeting["console"]:
        row.append(Button(say("btn-console", topic=topic), pack("open_console", meeting["meeting_id"])))
    if meeting["group_url"]:
        words = say("btn-group") if row else say("btn-group-of", topic=topic)
        row.append(Button(words, url=meeting["group_url"]))
    return tuple(row)


@view("todo")
def todo(say: Words, facts: Facts) -> Rendered:
    """/todo: what waits for this person, the late first in red."""
    body = [say("todo-head")]
    for item in facts["items"][:LIST_SHOWN]:
        late = item["late"] and item["kind"] == "tell"
        ends_at = period_end(say, item["ends_at"], facts["tz"])
        args = {"topic": say.people(item["topic"]["title"], 60), "ends_at": ends_at}
        body.append(say("todo-late", **args) if late else say.of("todo-item", item["kind"], **args))
    if len(body) == 1:
        body.append(say("todo-none"))
    return Rendered(joined(body, more=say("board-more")), home_row(say))


@view("topics")
def topics(say: Words, facts: Facts) -> Rendered:
    """/topics: the community's topics and how far each has come."""
    body = [say("topics-head")]
    for topic in facts["topics"][:LIST_SHOWN]:
        args: dict[str, object] = {"number": topic["number"], "title": say.people(topic["title"], 80)}
        if topic.get("verdict"):
            body.append(say("topics-item", stage=term(say, "verdict", topic["verdict"]), **args))
        elif topic["meeting_at"]:
            at = moment(say, topic["meeting_at"], facts["tz"])
            body.append(say("topics-item-meeting", at=at, stage=term(say, "state", topic["stage"]), **args))
        else:
            body.append(say("topics-item", stage=term(say, "topic-stage", topic["stage"]), **args))
    if len(body) == 1:
        body.append(say("topics-none"))
    return Rendered(joined(body, more=say("board-more")), home_row(say))


@view("me")
def me(say: Words, facts: Facts) -> Rendered:
    """/me: one's own entry in the roster, shown to oneself only."""
    body = [
        say("me-head"),
        say("me-name", name=say.people(facts["name"], 40)),
        say("me-label", label=label(say, facts["label"])),
        say("home-community", community=say.people(facts["community"])),
    ]
    if facts["roles"]:
        body.append(say("me-roles", roles=listed(say, [term(say, "standing", one) for one in facts["roles"]], 8)))
    return Rendered(joined([*body, Own(""), say("me-note")]), home_row(say))


@view("help")
def helping(say: Words, facts: Facts) -> Rendered:
    """/help: how to take part, in six lines."""
    body = [say("help-head"), *(say.of("help", one) for one in ("check_in", "hand", "vote", "typed", "more"))]
    return Rendered("\n".join(body), home_row(say))


@view("privacy")
def privacy(say: Words, facts: Facts) -> Rendered:
    """/privacy: what is kept, who sees it, whom to ask."""
    body = [say("privacy-head"), *(say.of("privacy", one) for one in ("kept", "shown", "named", "ask"))]
    return Rendered("\n".join(body), home_row(say))


@view("language")
def language(say: Words, facts: Facts) -> Rendered:
    """/language: two buttons, each in its own language."""
    plain = say.plain()
    row = tuple(Button(plain.of("btn", one), pack("set_language", one)) for one in ("zh", "en"))
    return Rendered(say("language-head"), (row,))


@view("language_set")
def language_set(say: Words, facts: Facts) -> Rendered:
    """Said in the language just chosen."""
    return Rendered(say("language-set"), home_row(say))


@view("cancelled")
def cancelled(say: Words, facts: Facts) -> Rendered:
    """/cancel: what was typed is kept; or there was nothing to leave."""
    return Rendered(say("cancelled" if facts.get("form") else "cancelled-nothing"), home_row(say))


@view("not_understood")
def not_understood(say: Words, facts: Facts) -> Rendered:
    """A private message that is neither a command nor an answer to a form."""
    return Rendered(say("unknown-file" if facts.get("file") else "unknown-text"), home_row(say))
