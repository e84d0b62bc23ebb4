"""What the private chat shows: home, things to do, topics, one's own entry, help, privacy, language."""

from typing import Final

from bot.views import dues
from bot.views.codec import pack
from bot.views.facts import listed, term
from bot.views.lines import label
from bot.views.moments import moment, period_end
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row, joined
from bot.views.words import Own, Words
from services.minutes_reading import NEWEST

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
    rows += [_annex_row(plain, meeting) for meeting in facts["meetings"] if meeting.get("may_raise_annex")]
    rows += [_waiting_row(plain, topic) for topic in facts["waiting"]]
    rows.append(_propose_row(plain, facts["places"]))
    rows.append((Button(plain("btn-todo", count=facts["todo"]), pack("show", "todo")),))
    rows.append((Button(plain("btn-topics"), pack("show", "topics")), Button(plain("btn-me"), pack("show", "me"))))
    return Rendered(joined(body), (*rows, (helping, language)))


def _propose_row(plain: Words, places: list[Facts]) -> Row:
    """To form B.1; who is of several communities chooses first."""
    to = pack("propose", places[0]["community_id"]) if len(places) == 1 else pack("show", "propose")
    return (Button(plain("btn-propose"), to),)


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
    if meeting["board"]:
        row.append(Button(say("btn-board-here", topic=topic), pack("open_board", meeting["meeting_id"])))
    if meeting.get("minutes"):
        row.append(Button(say("btn-minutes"), pack("minutes", meeting["meeting_id"], NEWEST)))
    if meeting["group_url"]:
        words = say("btn-group") if row else say("btn-group-of", topic=topic)
        row.append(Button(words, url=meeting["group_url"]))
    return tuple(row)


def _annex_row(say: Words, meeting: Facts) -> Row:
    """Anyone attending may say that the matter belongs to annex D (5.7.1)."""
    return (Button(say("btn-annex"), pack("annex_form", meeting["meeting_id"])),)


def _waiting_row(say: Words, topic: Facts) -> Row:
    """A topic in which it is the reader's turn."""
    words = say("btn-waiting", number=topic["topic"]["number"], step=say.of("course", topic["needed"][0]))
    return (Button(words, pack("topic", topic["topic_id"])),)


@view("todo")
def todo(say: Words, facts: Facts) -> Rendered:
    """/todo: what waits for this person, the late first in red, then whatever has no date."""
    items, waiting = facts["items"], facts["waiting"]
    body = [say("todo-head"), *(_due_line(say, item) for item in items[:LIST_SHOWN])]
    for topic in waiting[:LIST_SHOWN]:
        name = dues.named(say, topic)
        if topic["posts"]:
            body.append(
                say("todo-post", topic=name, posts=listed(say, [term(say, "post", one) for one in topic["posts"]]))
            )
        else:
            body.append(
                say("todo-step", topic=name, steps=listed(say, [say.of("course", one) for one in topic["needed"]]))
            )
    if len(body) == 1:
        body.append(say("todo-none"))
    return Rendered(joined(body, more=say("board-more")), (*dues.topic_rows(say, [*items, *waiting]), *home_row(say)))


def _due_line(say: Words, item: Facts) -> Own:
    name, what = dues.named(say, item), dues.what(say, item)
    if item["kind"] == "meeting":
        return say("todo-meeting", topic=name, at=moment(say, item["ends_at"], item["tz"]))
    ends_at = dues.until(say, item)
    line = say("todo-due", topic=name, what=what, ends_at=ends_at)
    if dues.late(item):
        line = say("todo-late", topic=name, what=what, days=item["late_days"], ends_at=ends_at)
    return say("bracketed", text=line, more=say("todo-watch")) if dues.watches(item) else line


@view("topics")
def topics(say: Words, facts: Facts) -> Rendered:
    """/topics: a page of the community's topics, newest first, each with its button."""
    plain = say.plain()
    page, pages = facts["page"], facts["pages"]
    body = [say("topics-head"), *(topic_line(say, topic, facts["tz"]) for topic in facts["topics"])]
    if not facts["topics"]:
        body.append(say("topics-none"))
    rows = dues.topic_rows(say, [{"topic_id": one["topic_id"], "topic": one} for one in facts["topics"]])
    turns = []
    if page > 1:
        turns.append(Button(plain("btn-newer"), pack("topics", page - 1)))
    if page < pages:
        turns.append(Button(plain("btn-older"), pack("topics", page + 1)))
    more: tuple[Row, ...] = (tuple(turns),) if turns else ()
    if facts["topics"]:
        more += ((Button(plain("btn-search"), pack("search")),),)
    return Rendered(joined(body, more=say("board-more")), (*rows, *more, *home_row(say)))


def topic_line(say: Words, topic: Facts, tz: str) -> Own:
    """A topic in a list: №, title, how far it has come, and its next date."""
    args: dict[str, object] = {"number": topic["number"], "title": say.people(topic["title"], 60)}
    if topic["meeting_at"]:
        at = moment(say, topic["meeting_at"], tz)
        return say("topics-item-meeting", at=at, state=term(say, "state", topic["state"]), **args)
    stage = term(say, "topic-outcome" if topic["outcome"] else "topic-stage", topic["outcome"] or topic["stage"])
    if topic["ends_at"]:
        return say("topics-item-next", stage=stage, ends_at=period_end(say, topic["ends_at"], tz), **args)
    return say("topics-item", stage=stage, **args)


@view("me")
def me(say: Words, facts: Facts) -> Rendered:
    """/me: one's own entry in the roster, shown to oneself only."""
    body = [
        say("me-head"),
        say("me-name", name=say.people(facts["name"], 40)),
        say("me-label", label=label(say, facts["label"])),
        say("me-community", community=say.people(facts["community"])),
    ]
    if facts["roles"]:
        body.append(say("me-roles", roles=listed(say, [term(say, "standing", one) for one in facts["roles"]], 8)))
    contacts = (Button(say.plain()("btn-contacts"), pack("show", "contacts")),)
    return Rendered(joined([*body, Own(""), say("me-note")]), (contacts, *home_row(say)))


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


@view("only_in_groups")
def only_in_groups(say: Words, facts: Facts) -> Rendered:
    """A command of groups, sent in private."""
    return Rendered(say("only-in-groups", command=say.people(facts["command"])), home_row(say))


@view("not_understood")
def not_understood(say: Words, facts: Facts) -> Rendered:
    """A private message that is neither a command nor an answer to a form."""
    return Rendered(say("unknown-file" if facts.get("file") else "unknown-text"), home_row(say))
