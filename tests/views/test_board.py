"""What the boards say and offer, state by state."""

import time

import pytest

from bot import views
from bot.views.codec import unpack
from bot.views.rendered import Button, Rendered
from bot.views.rows import side_by_side
from procedure.terms import LIVE
from tests.views import facts
from tests.views.facts import AT

LINK = "https://t.me/yishiting_bot?start="
MINUTES = f"{LINK}minutes-{10**18}"


def offered(rendered: Rendered) -> list[tuple[str, str]]:
    """(verb, button's words) in order; links by their url."""
    buttons = [button for row in rendered.buttons for button in row]
    return [((unpack(one.data) or ("?", {}))[0] if one.data else str(one.url), one.text) for one in buttons]


def verbs(rendered: Rendered) -> list[str]:
    """Only the verbs."""
    return [verb for verb, _ in offered(rendered)]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("scheduled", []),
        ("check_in", ["check_in"]),
        ("rules_vote", ["check_in"]),
        ("open", ["check_in"]),
        ("explained", ["raise_hand", "raise_hand", "lower_hand", MINUTES, "check_in"]),
        (
            "discussion",
            [
                "raise_hand",
                "raise_hand",
                "lower_hand",
                f"{LINK}read-{10**18}",
                f"{LINK}point-{10**18}",
                MINUTES,
                "check_in",
            ],
        ),
        ("wording", [MINUTES, "check_in"]),
        ("main_vote", []),
        ("announced", [MINUTES]),
        ("adjourned", [MINUTES]),
        ("suspended", []),
        ("diverted", [MINUTES]),
    ],
)
def test_buttons_follow_the_state(state: str, expected: list[str]) -> None:
    """In the group the last button of a live meeting leads to a board of one's own, where the last takes it away."""
    live = [f"{LINK}board-{10**18}"] if state in LIVE else []
    assert verbs(views.render("board", facts.board(state), "zh")) == expected + live
    way = f"{LINK}facts-7"
    assert (way in verbs(views.render("board", facts.board(state, fact_sheet=7), "zh"))) is (
        state in ("open", "explained")
    )
    assert verbs(views.render("board", facts.board(state) | {"private": True}, "zh")) == [*expected, "close_board"]


def test_a_call_offers_its_own_stance_only_and_the_time_to_correct_offers_all() -> None:
    calling = views.render("board", facts.board("main_vote", motion=facts.motion("calling")), "zh")
    correcting = views.render("board", facts.board("rules_vote", motion=facts.motion("correcting", "rules")), "zh")
    assert offered(calling) == [("cast_vote", "✋ 赞成")]
    assert verbs(correcting) == ["cast_vote"] * 3
    assert "只请 <b>赞成</b>" in calling.text and "15:42:30" in calling.text and "已举手 499 人" in calling.text


def test_a_running_turn_shows_its_end_and_the_speaker_can_yield() -> None:
    plain = views.render("board", facts.board("discussion", turn=facts.turn()), "zh")
    asked = views.render("board", facts.board("discussion", turn=facts.turn(asked=True)), "zh")
    waiting = views.render("board", facts.board("discussion", turn=facts.turn(running=False)), "zh")
    explaining = views.render("board", facts.board("open", turn=facts.turn("explanation")), "zh")
    assert verbs(plain)[0] == "yield_turn" and "至 15:42:30" in plain.text
    assert verbs(asked)[:2] == ["still_speaking", "yield_turn"]
    assert "3 分钟" in waiting.text and "15:42:30" not in waiting.text
    assert verbs(explaining)[0] == "finish_explanation"


def test_t04_the_queue_is_numbered_with_reasons_and_shortened() -> None:
    text = views.render("board", facts.board("discussion", queue=facts.queue(500)), "zh").text
    assert "举手 500 人" in text and "1. " in text and "8. " in text and "9. " not in text and "…等 500 人" in text
    assert "还没发过言，先讲" in text and "轮到另一方讲" in text


def test_interruptions_are_one_line_and_corrections_a_deep_link() -> None:
    discussion = views.render("board", facts.board("discussion"), "zh")
    wording = views.render("board", facts.board("wording", wording=facts.wording()), "zh")
    late = views.render("board", facts.board("wording", wording=facts.wording() | {"corrections_until": None}), "zh")
    assert "会外发言 7 条，已留存，不计入发言" in discussion.text
    assert f"{LINK}fix-{10**18}" in verbs(wording)
    assert verbs(late) == [MINUTES, "check_in", f"{LINK}board-{10**18}"]


def test_t38_nothing_of_a_running_vote_but_its_turnout_is_shown() -> None:
    text = views.render("board", facts.board("main_vote", motion=facts.motion("calling")), "zh").text
    decided = views.render("board", facts.board("main_vote", motion=facts.motion("decided")), "zh").text
    assert "反对 " not in text and "赞成 250 · 反对 250 · 弃权 0" in decided


def test_an_item_is_voted_on_from_the_wordings_board_and_says_what_came_of_it() -> None:
    def board(stage: str, kind: str = "item") -> Rendered:
        told = facts.board("wording", wording=facts.wording(), motion=facts.motion(stage, kind))
        return views.render("board", told, "zh")

    assert verbs(board("correcting"))[:3] == ["cast_vote"] * 3 and "已举手 499 人" in board("calling").text
    assert f"{LINK}item-{10**18}" in verbs(board("put")) and "cast_vote" not in verbs(board("put"))
    assert "第 2 条表决结束：还用原来的写法" in board("decided").text
    assert f"{LINK}challenge-{10**18}" in verbs(board("decided"))
    assert f"{LINK}challenge-{10**18}" not in verbs(board("decided", "rules"))


def test_a_console_offers_each_step_in_words_with_its_clause() -> None:
    queue = facts.queue(2)
    queue[0]["label"] = "3-201 甲"
    told = facts.console("discussion", ("grant", "grant_other", "skip", "adjourn"), queue=queue, turn=None)
    rendered = views.render("console", told, "zh")
    assert offered(rendered) == [
        ("grant", "请 3-201 甲 发言"),
        ("reason_form", "请另一位先说"),
        ("reason_form", "先跳过 3-201 甲"),
        ("reason_form", "休会，改日再开"),
        ("open_list", "📋 全部名单"),
    ]
    assert "请 3-201 甲 发言（依 5.5.2 b）" in rendered.text and "主持人的看板" in rendered.text


def test_a_step_that_is_lawful_later_is_text_without_a_button() -> None:
    steps = [{"action": "close_call", "clause": "5.5.3 b", "from": AT}]
    rendered = views.render("console", facts.console("main_vote", (), steps=steps, motion=facts.motion()), "zh")
    assert verbs(rendered) == ["open_list"] and "结束赞成这一轮：15:42:30 起" in rendered.text


def test_countdowns_run_in_the_console_only() -> None:
    told = facts.console("discussion", (), turn=facts.turn(), now="2026-03-02T07:41:10+00:00")
    assert "还有 1:20" in views.render("console", told, "zh").text
    assert "还有 1:20" not in views.render("board", told, "zh").text


@pytest.mark.parametrize(
    ("absent", "expected"), [(True, ["reason_form", "open_list"]), (False, ["start_explanation", "open_list"])]
)
def test_an_absent_proposers_reasons_are_read_out_with_a_reason(absent: bool, expected: list[str]) -> None:
    steps = [{"action": "start_explanation", "clause": "5.6.1 d", "from": None, "needs_reason": absent}]
    assert verbs(views.render("console", facts.console("open", (), steps=steps), "zh")) == expected


def test_each_interrupter_and_each_request_has_a_button_of_its_own() -> None:
    told = facts.console("discussion", ("please_stop", "decide_correction"))
    assert verbs(views.render("console", told, "zh")) == ["please_stop"] * 3 + ["decision_form"] * 5 + ["open_list"]


def test_a_board_is_rendered_in_a_millisecond() -> None:
    told = facts.full_board("discussion")
    views.render("board", told, "zh")
    best = min(_rounds(told) for _ in range(20))
    assert best < 0.001


def _rounds(told: dict[str, object]) -> float:
    before = time.process_time()
    for _ in range(20):
        views.render("board", told, "zh")
    return (time.process_time() - before) / 20


def test_nobody_is_told_to_raise_a_hand_or_to_vote_where_it_would_be_refused() -> None:
    answering = [facts.board("expert_answers", turn=facts.turn(), list_closed=closed) for closed in (False, True)]
    assert ["先举手" in views.render("board", one, "zh").text for one in answering] == [True, False]
    told = facts.HEADING | {"count": 5, "motion_kind": "main", "motion_id": 1, "item": None}
    called = views.render("vote_nudge_group", told | {"calling": "for"}, "zh").text
    assert "现在请的是「赞成」" in called and "反对" not in called
    assert "反对" in views.render("vote_nudge_group", told | {"calling": None}, "zh").text
    late = views.render("floor_hint", facts.HEADING | {"way": "closed"}, "zh")
    expert = views.render("hint_hand", facts.HEADING | {"way": "called"}, "zh")
    assert "主持人请到您" in expert.text and "举手赞成" not in expert.text and not expert.buttons
    here = views.render("hint_removed", facts.HEADING | {"way": "check_in"}, "zh")
    assert verbs(here) == ["check_in"]
    assert "写我的意见" in late.text and "举手赞成" not in late.text and not late.buttons
    assert verbs(views.render("hint_removed", facts.HEADING | {"way": "used"}, "zh")) == ["opinion_form"]
    closed = facts.board("discussion", list_closed=True, bot_username="b")
    assert f"https://t.me/b?start=write-{10**18}" in verbs(views.render("board", closed, "zh"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("08:30", "09:30", "10:00", "14:00", "15:00"), (4, 1)),
        (("1-101 张三", "党支部吴敏", "居委会冯兰"), (2, 1)),
        (("12月1日（周二）", "12月2日（周三）", "✖ 11月24日（周二） 公告来不及"), (2, 1)),
        (("休会，改日再开", "✋ 这事该走五议两公开"), (1, 1)),
        (("🔍 只看 1幢", "🔍 只看 居务监督委员会", "🔍 看全部"), (1, 1, 1)),
        (("愿意", "⚠️ 不愿意"), (2,)),
        ((), ()),
    ],
)
def test_what_a_phone_shows_whole_stands_side_by_side(words: tuple[str, ...], expected: tuple[int, ...]) -> None:
    rows = side_by_side([Button(one) for one in words])
    assert tuple(map(len, rows)) == expected
    assert [one.text for row in rows for one in row] == list(words)
