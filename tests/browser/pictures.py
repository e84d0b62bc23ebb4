"""The pictures of README and docs (`make pictures`): four moments of a meeting, two of the course of a topic."""

import asyncio
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Browser, expect

from tests.browser.stage import DESKTOP, PHONE, ROOT, Hall, become, browser, chromium, hall, new_page
from tests.chat import course, steps

FOLDER: Final = ROOT / "docs" / "pictures"
VIEWER: Final = "r301"
COLOURS: Final = 256
SPEECHES: Final = (
    ("r102", "反对", "南门东侧离一楼太近，晚上有声音，我不赞成放在那里。"),
    ("r201", "赞成", "我家在一楼也愿意。晚上断电，总比从楼上拉线强。"),
)
WAITING: Final = (("r202", "赞成"), ("r102", "反对"), ("r401", "赞成"), ("r502", "反对"))


async def check_in(town: Hall) -> None:
    """Half the estate is there already."""
    await steps.comes_to_check_in(town)
    await town.all_tap((*steps.OFFICIALS, *steps.STAKEHOLDERS[:4]), "签到")
    await town.says("r302", "签到")
    await town.passes(70)
    await town.quiet()


async def discussion(town: Hall) -> None:
    """Two have spoken, one is speaking, four wait."""
    await town.all_tap(tuple(who for who in steps.STAKEHOLDERS[4:] if who != "r302"), "签到")
    await town.passes(29 * 60)
    await town.taps("chair", "宣布开会，公布规则")
    for step in (steps.rules_are_adopted, steps.proposer_explains, steps.discussion_opens):
        await step(town)
    for who, stance, words in SPEECHES:
        await steps.speaks(town, who, stance, words)
    await steps.hands_up(town, ("r501", "赞成"))
    await steps.grants(town, "r501")
    await steps.hands_up(town, *WAITING)
    await town.passes(20)
    await town.says("r501", "我天天晚上十点下班，回来插座早没了。有三十个插座，大家都不用抢。")
    await town.quiet()


async def vote(town: Hall) -> None:
    """Nobody wants to add anything, the wording stands, and hands in favour are called."""
    await town.taps("r501", "我说完了")
    for who, _ in WAITING:
        await town.taps(who, "放下手")
    await town.taps("chair", "问一声：还有谁要发言")
    await town.passes(75)
    await town.taps("chair", "讨论结束，写协商意见")
    await steps.recorder_posts_wording(town)
    await steps.wording_stands(town)
    await town.taps("chair", "请赞成的举手")
    await town.all_tap(steps.STAKEHOLDERS[:7], "✋ 赞成")
    await town.quiet()


async def result(town: Hall) -> None:
    """Seven for, three against, one abstains, one keeps still."""
    for stance, people in (("赞成", ()), ("反对", steps.STAKEHOLDERS[7:10]), ("弃权", steps.STAKEHOLDERS[10:11])):
        if people:
            await town.all_tap(people, f"✋ {stance}")
        await town.passes(75)
        await town.taps("chair", f"结束{stance}这一轮")
    await town.passes(61)
    await town.taps("chair", "公布结果")
    await town.quiet()


MOMENTS: Final = {"check-in": check_in, "discussion": discussion, "vote": vote, "result": result}


async def draw(town: Hall, opened: Browser, name: str) -> None:
    """Both sizes of this moment, as one resident sees it."""
    for screen in (PHONE, DESKTOP):
        page = await new_page(opened, screen)
        await become(page, town, VIEWER)
        marked = ".photo img" if name == "result" else "[data-button]"
        shown = page.locator("#messages > li", has=page.locator(marked)).last
        await expect(shown).to_be_visible()
        await shown.evaluate("node => node.scrollIntoView({block: 'start'})")
        await page.evaluate("document.activeElement.blur()")
        await page.wait_for_timeout(500)
        _keep(await page.screenshot(), FOLDER / f"{name}-{screen.name}.png")
        await page.context.close()


async def proposal(town: Hall) -> None:
    """In the middle of form B.1."""
    await town.writes("r101", "/propose")
    for answer in ("居民", "小区、楼道、村组里的事"):
        await town.taps("r101", answer)
    for words in (course.TITLE, course.REASON):
        await town.writes("r101", words)
    await town.passes(10)


async def topic(town: Hall) -> None:
    """The plan has been sent, and a neighbour looks at the topic."""
    await town.writes("r101", "/cancel")
    await course.proposes(town, "r102")
    for step in (course.registers, course.approves, course.posts_are_taken, course.drafts_plan, course.sends_plan):
        await step(town)
    await town.passes(60)
    await course.opens_page(town, "r101")


async def draw_private(town: Hall, opened: Browser, name: str) -> None:
    """The proposer's chat with the bot, on a phone: the last answers of a form, or a page from its beginning."""
    page = await new_page(opened, PHONE)
    await become(page, town, "r101", private=True)
    if name == "topic":
        await page.locator("#messages > li").last.evaluate("node => node.scrollIntoView({block: 'start'})")
    await page.wait_for_timeout(500)
    _keep(await page.screenshot(), FOLDER / f"{name}-phone.png")
    await page.context.close()


def _keep(drawn: bytes, path: Path) -> None:
    """As a palette of few colours: the page has no more, and the files stay small."""
    image = Image.open(BytesIO(drawn)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)} {path.stat().st_size // 1024} KB\n")


async def main(program: str) -> None:
    """Hold the meeting, and stop four times to look; then begin a topic's course, and stop twice."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with hall(Path(folder)) as town, browser(program) as opened:
            for name, happens in MOMENTS.items():
                await happens(town)
                await draw(town, opened, name)
    await beginnings(program)


async def beginnings(program: str) -> None:
    """The two pictures of a topic's course."""
    with tempfile.TemporaryDirectory() as folder:
        async with hall(Path(folder), "demo", "--idea") as town, browser(program) as opened:
            for name, happens in {"proposal": proposal, "topic": topic}.items():
                await happens(town)
                await draw_private(town, opened, name)


if __name__ == "__main__":
    found = chromium()
    if found is None:
        sys.exit("pictures need Chromium, and there is none on this machine")
    asyncio.run(main(found))
