"""The page in Chromium, before what `make run` starts: check-in, a hand, a turn and a vote by clicking."""

import os
from base64 import b64decode
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.browser.stage import DESKTOP, PHONE, Hall, become, browser, chromium, hall, new_page, press
from tests.chat import steps

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M8AAQUBAScY42YAAAAASUVORK5CYII="
TABS = 80
"""More presses of Tab than anybody has patience for."""
SMALLEST_BUTTON = 44
OUT_OF_BOUNDS = """
    width => [...document.querySelectorAll("button, input, textarea, .bubble, img")]
        .filter(node => node.checkVisibility())
        .map(node => [node.getBoundingClientRect(), node.outerHTML.slice(0, 80)])
        .filter(([box]) => box.width && (box.left < 0 || box.right > width))
        .map(([box, text]) => `${Math.round(box.left)}…${Math.round(box.right)} ${text}`)
"""
# In one look: a board that is drawn anew meanwhile takes its buttons along.
HEIGHTS = """
    () => Object.fromEntries([...document.querySelectorAll("#conversation button:not(.more)")]
        .filter(node => node.checkVisibility())
        .map(node => [node.innerText, node.getBoundingClientRect().height]))
"""


@pytest.fixture
def program() -> str:
    """Chromium; a machine without it skips by name, CI has to have it."""
    found = chromium()
    if found is None and os.environ.get("CI"):
        pytest.fail("CI must have Chromium")
    return found or pytest.skip("Chromium is not installed")


@pytest.fixture
async def town(program: str, tmp_path: Path) -> AsyncIterator[Hall]:
    """A meeting whose check-in has just begun."""
    async with hall(tmp_path) as town:
        await steps.comes_to_check_in(town)
        yield town


async def test_check_in_a_hand_a_turn_and_a_vote_by_clicking(town: Hall, program: str) -> None:
    async with browser(program) as opened:
        page = await new_page(opened, DESKTOP)
        await become(page, town, "r101")
        await press(page, "✅ 签到", answer="✅ 1-101 已签到")
        await town.all_tap((*steps.OFFICIALS, *steps.STAKEHOLDERS[1:]), "签到")
        for step in (steps.chair_opens, steps.rules_are_adopted, steps.proposer_explains, steps.discussion_opens):
            await step(town)
        await _speaks(page, town)
        await town.taps("chair", "问一声：还有谁要发言")
        await town.passes(75)
        await town.taps("chair", "讨论结束，写协商意见")
        await steps.recorder_posts_wording(town)
        await steps.wording_stands(town)
        await _votes(page, town)
        await _sees_the_result(page, town)


async def _speaks(page: Page, town: Hall) -> None:
    await become(page, town, "r102")
    await press(page, "🙋 举手反对", answer="手举起来了（反对）")
    await town.quiet()
    await expect(page.locator("#messages .bubble").last).to_contain_text("1. 1-102 反对")
    await steps.grants(town, "r102")
    await page.locator("#text").fill("晚上有声音，离一楼太近。")
    await page.locator("#send").click()
    await expect(page.locator(".message.mine .text").last).to_have_text("晚上有声音，离一楼太近。")
    await press(page, "我说完了", answer="发言结束")
    await expect(page.locator("#messages")).to_contain_text("1-102 说完了，谢谢。")


async def _votes(page: Page, town: Hall) -> None:
    await become(page, town, "r101")
    await town.taps("chair", "请赞成的举手")
    await press(page, "✋ 赞成", answer="✅ 记下了：赞成")
    await town.all_tap(steps.STAKEHOLDERS[1:8], "✋ 赞成")
    for stance in steps.CALLS:
        await town.passes(75)
        await town.taps("chair", f"结束{stance}这一轮")
    await town.passes(61)
    await town.taps("chair", "公布结果")
    await town.quiet()


async def _sees_the_result(page: Page, town: Hall) -> None:
    picture = page.locator("#messages .photo img").last
    await picture.wait_for()
    await page.wait_for_function("node => node.complete && node.naturalWidth > 0", arg=await picture.element_handle())
    told = page.locator("#messages [data-message-id]", has=page.locator(".photo img")).last
    await expect(told).to_contain_text("达成一致意见")
    await expect(told).to_contain_text("赞成 8 票 × 2 = 16 > 8 票，过半数")
    assert town.state() == "announced"


async def test_a_phone_by_thumb_a_vote_by_keyboard_and_an_album(town: Hall, program: str) -> None:
    async with browser(program) as opened:
        page = await new_page(opened, PHONE)
        await become(page, town, "r101")
        assert await page.evaluate(OUT_OF_BOUNDS, PHONE.width) == []
        await page.locator("#text").fill("/st")
        await expect(page.locator("#commands button")).to_have_text("/status现在开到哪一步")
        await page.locator("#text").fill("")
        await page.locator("#back").click()
        await page.locator("#chat-list").wait_for()
        assert await page.evaluate(OUT_OF_BOUNDS, PHONE.width) == []
        await steps.everybody_checks_in(town)
        await steps.chair_opens(town)
        await town.taps("chair", "请赞成的举手")
        await town.quiet()
        await become(page, town, "r101")
        await page.locator("[data-button='✋ 赞成']").wait_for()
        assert await page.evaluate(OUT_OF_BOUNDS, PHONE.width) == []
        assert await page.evaluate("document.scrollingElement.scrollWidth") <= PHONE.width
        await _is_as_high_as_a_thumb(page)
        await _reaches_by_tab(page, "✋ 赞成")
        await page.keyboard.press("Enter")
        await expect(page.locator("#toast")).to_contain_text("✅ 记下了：赞成")
        assert town.value("SELECT count(*) FROM vote") == 1
        await _sees_an_album_together(page, town)


async def _is_as_high_as_a_thumb(page: Page) -> None:
    heights: dict[str, float] = await page.evaluate(HEIGHTS)
    assert "✋ 赞成" in heights
    assert {words: height for words, height in heights.items() if height < SMALLEST_BUTTON} == {}


async def _reaches_by_tab(page: Page, words: str) -> None:
    for _ in range(TABS):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.dataset.button") == words:
            return
    raise AssertionError(f"{words} is not reached by Tab")


async def _sees_an_album_together(page: Page, town: Hall) -> None:
    """One bubble with every picture, drawn anew when a part is taken away; pictures are chosen together, too."""
    await become(page, town, "r102")
    first = await town.says("r102", album=[PIXEL] * 3, caption="南门三张")
    await town.says("r101", "看到了", reply_to=first, quote="三张")
    album = page.locator("#messages .message:has(.album)")
    await expect(album).to_have_count(1)
    await expect(album.locator("img")).to_have_count(3)
    await expect(album.locator(".text")).to_have_text("南门三张")
    await expect(page.locator("#messages .quoted").last).to_contain_text("三张")
    assert await page.locator(f"[data-message-id='{first + 1}']").is_hidden()
    await town.wires.ask("DELETE", f"/{town.group}/messages/{first + 1}", {"from": town.accounts["r102"]})
    await expect(album.locator("img")).to_have_count(2)
    picture: FilePayload = {"name": "a.png", "mimeType": "image/png", "buffer": b64decode(PIXEL)}
    await page.locator("#attach").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_text("照片", exact=True).first.click()
    await (await chooser.value).set_files([picture, picture])
    await expect(page.locator("#strip")).to_be_visible()
    await page.locator("#send").click()
    await expect(album).to_have_count(2)
    assert await page.evaluate(OUT_OF_BOUNDS, PHONE.width) == []
