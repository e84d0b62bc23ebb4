"""Whatever is sent, an answer comes, and the world stays as it can be shown."""

import html
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.entities import parse, units
from bot.sandbox.errors import Refused
from bot.sandbox.methods import METHODS
from tests.sandbox.conftest import BOT, NEIGHBOUR, OWNER, Town

TEXTS = st.text(st.characters(codec="utf-8"), max_size=80)


def _value(dice: random.Random, group: int, depth: int = 0) -> Any:
    plain = [
        None,
        True,
        0,
        -1,
        1,
        2,
        10**30,
        1.5,
        "",
        "x",
        "议",
        "\u202e\u200b",
        "<b>",
        "{",
        "[1]",
        OWNER,
        NEIGHBOUR,
        BOT,
    ]
    if depth > 2 or dice.random() < 0.6:
        return dice.choice([*plain, group, "HTML", "chat", "photo", "attach://x"])
    if dice.random() < 0.5:
        return [_value(dice, group, depth + 1) for _item in range(dice.randrange(3))]
    names = ["text", "callback_data", "url", "type", "media", "message_id", "inline_keyboard", "keyboard", "caption"]
    names += [
        "offset",
        "length",
        "entities",
        "caption_entities",
        "chat_id",
        "can_send_messages",
        "command",
        "parse_mode",
    ]
    return {name: _value(dice, group, depth + 1) for name in dice.sample(names, 3)}


def _likely(dice: random.Random, group: int, kind: str) -> Any:
    if kind.startswith("chat"):
        return dice.choice([group, OWNER])
    if kind.startswith("json"):
        return dice.choice([[[]], {}, [], {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}])
    return {"int": 1, "bool": True}.get(kind.rstrip("!"), "x")


@pytest.mark.parametrize("name", sorted(set(METHODS) - {"getupdates"}))
async def test_no_arguments_break_a_method(town: Town, name: str) -> None:
    dice, method = random.Random(name), METHODS[name]
    board = await town.board()
    for _time in range(40):
        args: dict[str, Any] = {}
        for param, kind in method.params.items():
            if kind.endswith("!") or dice.random() < 0.3:
                draw = dice.random() < 0.5
                args[param] = _value(dice, town.group) if draw else _likely(dice, town.group, kind)
        args |= {"message_id": board} if "message_id" in args and dice.random() < 0.5 else {}
        body = await town.call(method.name, **args)
        assert body["ok"] or body["error_code"] in (400, 403, 429), (args, body)
    for chat in (town.group, OWNER):
        await town.ask("GET", f"/{chat}/messages")
    await town.ask("GET", "/calls")
    await town.ask("GET", "/state")


@pytest.mark.parametrize("text", ['"\\ud800"', '{"text": "\\udfff"}'])
async def test_lone_surrogates_are_refused(town: Town, text: str) -> None:
    url = f"{town.sandbox.api_url}/bot700001:{'a' * 35}/sendMessage"
    headers = {"content-type": "application/json"}
    body = f'{{"chat_id": {OWNER}, "text": "x", "reply_markup": {text}}}'
    answer = await town.http.post(url, content=body, headers=headers)
    assert answer.json()["description"] == "Bad Request: strings must be encoded in UTF-8"
    answer = await town.http.post(f"{town.sandbox.chat_url}/chat/users", content='{"name": "\\ud800"}')
    assert answer.status_code == 400


@settings(derandomize=True, deadline=None)
@given(TEXTS)
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    plain, entities = parse(html.escape(text), "HTML", None)
    assert plain == html.unescape(html.escape(text)).strip()
    assert all(one["offset"] >= 0 and one["offset"] + one["length"] <= units(plain) for one in entities)


@settings(derandomize=True, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<", "&amp;", "议", " ", "<a href='https://a.b'>", "</a>", "😀"])
    )
)
def test_markup_is_read_or_refused_and_never_half_read(pieces: list[str]) -> None:
    try:
        plain, entities = parse("".join(pieces), "HTML", None)
    except Refused as refusal:
        assert refusal.code == 400
    else:
        assert "<" not in plain
        assert all(0 < one["length"] <= units(plain) - one["offset"] for one in entities)
