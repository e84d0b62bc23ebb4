"""Everything that can be sent fits, is well-formed, and lets nobody's name or words change what it says."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from bot import views
from bot.views.codec import LIMIT
from bot.views.registry import VIEWS
from bot.views.rendered import CAPTION_LIMIT, TEXT_LIMIT, Rendered, shown_length
from bot.views.words import words
from procedure.roles import ACTIONS
from tests.views import facts, kinds_room
from tests.views.kinds import SENT, messages

PAYLOAD = re.compile(r"\?start=[A-Za-z0-9_-]{1,64}\Z")
LANGUAGES = ("zh", "en")
CONSOLE_ACTIONS = tuple(name for name, action in ACTIONS.items() if action.console)


class Balance(HTMLParser):
    """Telegram's few tags, each closed in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag we may use."""
        assert (tag in {"b", "i", "code"} and not attrs) or (tag == "a" and _to_a_message(attrs))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The one that is open."""
        assert self.open.pop() == tag


def _to_a_message(attrs: list[tuple[str, str | None]]) -> bool:
    """A link of ours: to a message of the group, and nowhere else."""
    return [name for name, _ in attrs] == ["href"] and str(attrs[0][1]).startswith("https://t.me/c/")


def check(rendered: Rendered) -> None:
    """What Telegram would accept, and what a reader can trust."""
    balance = Balance()
    balance.feed(rendered.text)
    balance.close()
    assert not balance.open
    limit = CAPTION_LIMIT if rendered.photo else TEXT_LIMIT
    assert 0 < shown_length(rendered.text) <= limit
    assert "\u202e" not in rendered.text and "<b>甲" not in rendered.text and "{" not in rendered.text
    assert rendered.text.count("\u2068") == rendered.text.count("\u2069")
    assert "决定" not in rendered.text and "决议" not in rendered.text
    for button in (button for row in rendered.buttons for button in row):
        assert (button.data is None) != (button.url is None)
        assert any(character.isalpha() for character in button.text) and len(button.text) <= 64
        assert button.data is None or len(button.data.encode()) <= LIMIT
        assert "start=" not in (button.url or "") or PAYLOAD.search(button.url or "")
    assert sum(len(row) for row in rendered.buttons) <= 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_t13_every_message_is_fit_to_send_whatever_people_call_themselves(language: str) -> None:
    for kind, told in messages():
        check(views.render(kind, told, language))


def test_t13_a_name_stays_in_its_place_however_it_comes_into_a_sentence() -> None:
    """From right to left, with signs that turn or mark what follows, as a word of ours or straight from the facts."""
    say, name = words("zh", markup=True), "\u202e<b>שלום</b>\u200b"
    isolated = "\u2068&lt;b&gt;שלום&lt;/b&gt;\u2069"
    assert say.people(name) == say.long(name, 99) == isolated
    assert isolated in say("receipt-expert_called", label=name)
    assert "\u2068<b>שלום</b>\u2069" in say.plain()("receipt-expert_called", label=name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", facts.STATES)
def test_every_board_is_fit_to_send(state: str, language: str) -> None:
    check(views.render("board", facts.board(state), language))
    check(views.render("board", facts.full_board(state), language))
    check(views.render("console", facts.console(state, CONSOLE_ACTIONS), language))
    check(views.render("console", facts.console(state, (), requests=[], interrupters=[]), language))


@pytest.mark.parametrize("post", ["recorder", "second_official", "chair"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", facts.STATES)
def test_every_board_with_a_full_room_is_fit_to_send(state: str, language: str, post: str) -> None:
    check(views.render("board", facts.full_board(state) | {"room": kinds_room.BOARD}, language))
    check(views.render("console", facts.console(state, CONSOLE_ACTIONS, post=post, **kinds_room.CONSOLE), language))


@pytest.mark.parametrize("state", ["wording", "main_vote", "discussion"])
def test_t07_a_deep_link_carries_at_most_64_plain_characters(state: str) -> None:
    """Whatever the meeting's number; `check` asks the same of every message that can be sent."""
    told = facts.full_board(state) | {"meeting_id": 2**63 - 1, "motion": facts.motion("decided", "item")}
    rendered = views.render("board", told, "zh")
    links = [one.url for row in rendered.buttons for one in row if one.url]
    assert links and all(PAYLOAD.search(link) for link in links)


def test_every_kind_that_is_sent_has_a_view_and_facts_here() -> None:
    assert set(VIEWS) >= SENT
    assert {kind for kind, _ in messages()} | {"board", "console"} == set(VIEWS)


@pytest.mark.parametrize("verdict", ["agreed", "ended", "reconvene", "none"])
def test_a_result_prints_figures_anyone_can_check(verdict: str) -> None:
    told = facts.HEADING | {"result": facts.result(verdict), "wording": facts.wording(1, 0), "digest": "ab" * 32}
    text = views.render("result", told | {"told_by": "2026-11-09", "photo": None}, "zh").text
    expected: dict[str, tuple[str, ...]] = {
        "agreed": ("达成一致意见", "赞成 7 票 × 2 = 14 &gt; 12 票，过半数", "58.33%", "应表决 12 人"),
        "ended": ("终止协商", "赞成 3 票 × 2 = 6 &lt; 12 票", "× 3 = 9 &lt; 12 票，不到三分之一"),
        "reconvene": ("时机成熟后再次协商", "× 3 = 15 ≥ 12 票，到了三分之一"),
        "none": ("无人举手，不成结果",),
    }
    assert all(part in text or part.replace("&gt;", ">") in text for part in expected[verdict])


def test_the_text_voted_on_is_shown_whole_where_it_fits_and_named_where_not() -> None:
    told: dict[str, Any] = facts.HEADING | {
        "result": facts.result(),
        "digest": "ab" * 32,
        "told_by": None,
        "photo": "x",
    }
    short = views.render("result", told | {"wording": facts.wording(1, 0)}, "zh").text
    long = views.render("result", told | {"wording": facts.wording(9)}, "zh").text
    assert "条" * 300 in short and "编号 abababab" in long


def test_items_are_never_cut_when_an_opinion_is_posted() -> None:
    told = facts.HEADING | {"wording": facts.wording(), "version": 2, "corrections_until": facts.AT}
    text = views.render("wording_posted", told, "zh").text
    assert text.count("条" * 300) == 9 and "5.7.2 a" in text and "07:42:30" not in text and "15:42:30" in text
