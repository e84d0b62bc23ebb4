"""A topic's page and its steps: a step that needs words opens its form, any other is taken at once."""

from types import MappingProxyType
from typing import Final

from aiogram import Bot
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot import views
from bot.middlewares import Act, Read, answer_callback
from bot.views.codec import unpack
from dialogs.sheet import open_sheet
from dialogs.sheets import SHEETS
from handlers.pages import turn_to
from procedure.course import check_known
from services import (
    archiving,
    course,
    finalizing,
    noticing,
    papers,
    plan_sending,
    posts,
    proposing,
    recording,
    supervising,
    supporting,
    telling,
    willing,
)
from services.act import Action, Actor

TAKEN: Final = MappingProxyType[str, Action](
    {
        "register_topic": proposing.register_topic,
        "accept_post": posts.accept_post,
        "decline_post": posts.decline_post,
        "send_plan": plan_sending.send_plan,
        "say_willing": willing.say_willing,
        "say_unwilling": willing.say_unwilling,
        "finalize_plan": finalizing.finalize_plan,
        "publish_notice": noticing.publish_notice,
        "sign_record": recording.sign_record,
        "hand_record": recording.hand_record,
        "publish_result": telling.publish_result,
        "publish_supervision": supervising.publish_supervision,
        "confirm_archive": archiving.confirm_archive,
        "join_topic": supporting.join_topic,
        "withdraw_support": supporting.withdraw_support,
    }
)
"""Step → what takes it; the other steps of the table have a form."""

ANSWERS: Final = MappingProxyType[str, Action]({"accept_offer": posts.accept_post, "decline_offer": posts.decline_post})
"""Verb of a button below an offered post → what it does."""


async def show_topic(query: CallbackQuery, bot: Bot, read: Read, actor: Actor, language: str) -> None:
    """A tap on a topic."""
    _, facts = unpack(query.data) or ("", {})
    receipt = await read(course.topic_page, actor=actor, **facts)
    await answer_callback(bot, query.id, None)
    await turn_to(query, views.render(receipt.code, receipt.facts, language))


async def show_timeline(query: CallbackQuery, bot: Bot, read: Read, actor: Actor, language: str) -> None:
    """A tap on "more" below a topic."""
    _, facts = unpack(query.data) or ("", {})
    receipt = await read(course.whole_timeline, actor=actor, **facts)
    await answer_callback(bot, query.id, None)
    await turn_to(query, views.render(receipt.code, receipt.facts, language))


async def show_papers(query: CallbackQuery, bot: Bot, read: Read, actor: Actor, language: str) -> None:
    """A tap on a topic's papers."""
    _, facts = unpack(query.data) or ("", {})
    receipt = await read(papers.topic_papers, actor=actor, **facts)
    await answer_callback(bot, query.id, None)
    await turn_to(query, views.render(receipt.code, receipt.facts, language))


async def take_step(
    query: CallbackQuery, bot: Bot, act: Act, read: Read, actor: Actor, language: str, dialog_manager: DialogManager
) -> None:
    """A tap on a step."""
    _, facts = unpack(query.data) or ("", {})
    topic_id, name = int(facts["topic_id"]), str(facts["action"])
    check_known(name)
    if name in SHEETS:
        await open_sheet(dialog_manager, name, topic_id=topic_id)
        await answer_callback(bot, query.id, None)
        return
    receipt = await act(TAKEN[name], topic_id=topic_id)
    await answer_callback(bot, query.id, views.toast(receipt.code, receipt.facts, language))
    page = await read(course.topic_page, actor=actor, topic_id=topic_id)
    await turn_to(query, views.render(page.code, page.facts, language))


async def answer_offer(query: CallbackQuery, bot: Bot, act: Act, read: Read, actor: Actor, language: str) -> None:
    """A tap below the message that offers a post: this very post is meant."""
    verb, facts = unpack(query.data) or ("", {})
    receipt = await act(ANSWERS[verb], **facts)
    await answer_callback(bot, query.id, views.toast(receipt.code, receipt.facts, language))
    page = await read(course.topic_page, actor=actor, topic_id=facts["topic_id"])
    if not any(name in page.facts["steps"] for name in ("accept_post", "decline_post")):
        await turn_to(query, views.render(page.code, page.facts, language))


async def propose(query: CallbackQuery, bot: Bot, dialog_manager: DialogManager) -> None:
    """A tap on "raise a topic"."""
    _, facts = unpack(query.data) or ("", {})
    await open_sheet(dialog_manager, "propose", community_id=int(facts["community_id"]))
    await answer_callback(bot, query.id, None)
