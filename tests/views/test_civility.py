"""What chair and supervisor read of a flagged message, and what the group reads of a reminder (5.5.2 e)."""

from typing import Any

import pytest

from bot import views
from bot.views.codec import unpack
from bot.views.rendered import Rendered, shown_length
from tests.views import facts


def flag(number: int = 1, *, acts: bool = True, **more: Any) -> dict[str, Any]:
    """A flagged message as the services tell it."""
    return {
        "flag_id": number,
        "label": "3-201",
        "kind": "ATTACK",
        "sentence": "你这个蠢货，闭嘴！",
        "words": ["蠢货", "闭嘴"],
        "url": "https://t.me/c/9/7",
        "speech_id": 10**18 + 70 + number,
        "acts": acts,
    } | more


def shown(*flags: dict[str, Any], language: str = "zh", **more: Any) -> Rendered:
    told = facts.board("discussion") | {"post": "chair", "checked_in": True, "steps": [], "flags": list(flags)} | more
    return views.render("console", told, language)


def verbs(rendered: Rendered) -> list[list[str]]:
    return [[(unpack(button.data) or ("",))[0] for button in row] for row in rendered.buttons]


def test_the_chair_reads_the_sentence_the_words_and_the_way_there() -> None:
    text = shown(flag()).text
    assert "⚠️ <b>有话请看一看</b>（只有主持人和监督员看得到，说话的人看不到）" in text
    assert "① 3-201：“你这个蠢货，闭嘴！”（像在指责人）" in text
    assert '是因为这几个字：“蠢货”、“闭嘴”。 <a href="https://t.me/c/9/7">去看原话</a>' in text
    assert "觉得没什么，点「不用管」" in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["ATTACK", "MOTIVE", "THREAT"])
def test_every_kind_has_its_words(language: str, kind: str) -> None:
    assert kind not in shown(flag(kind=kind), language=language).text


def test_each_flag_has_a_row_of_its_own() -> None:
    rendered = shown(flag(1), flag(2), flag(3), flags_more=2)
    assert verbs(rendered) == [["remind_civility", "dismiss_flag"]] * 3
    assert [button.text for button in rendered.buttons[1]] == ["② 提醒一句", "② 不用管"]
    assert "还有 2 条" in rendered.text


def test_words_out_of_turn_may_be_stopped_beside_their_flag_and_only_there() -> None:
    one = flag()
    out_of_turn = [{"speech_id": one["speech_id"], "label": "3-201", "excerpt": "x"}]
    step = [{"action": "please_stop", "clause": "5.5.2 d", "from": None, "needs_reason": False}]
    assert verbs(shown(one, interrupters=out_of_turn, steps=step)) == [
        ["remind_civility", "dismiss_flag"],
        ["please_stop"],
    ]
    assert verbs(shown(interrupters=out_of_turn, steps=step)) == [["please_stop"]]


def test_the_supervisor_looks_and_has_no_button() -> None:
    one = flag(acts=False)
    out_of_turn = [{"speech_id": one["speech_id"], "label": "3-201", "excerpt": "x"}]
    rendered = shown(one, interrupters=out_of_turn)
    assert rendered.buttons == () and "由主持人定" in rendered.text


def test_without_flags_nothing_is_said_of_them() -> None:
    assert "⚠️" not in shown().text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nasty_words_are_harmless_and_everything_fits(language: str) -> None:
    nasty: dict[str, Any] = {"label": facts.NASTY, "sentence": facts.NASTY, "words": [facts.NASTY] * 4, "url": None}
    told = facts.console("discussion", (), flags=[flag(number, **nasty) for number in range(3)], flags_more=999)
    rendered = views.render("console", told, language)
    assert shown_length(rendered.text) <= 4096
    assert "<b>甲" not in rendered.text and "\u202e" not in rendered.text and "<a href" not in rendered.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_reminder_names_the_person_warmly_and_quotes_nothing(language: str) -> None:
    rendered = views.render("civility_reminder", facts.HEADING | {"label": "3-201"}, language)
    assert "3-201" in rendered.text and "5.5.2 e" in rendered.text and rendered.buttons == ()
