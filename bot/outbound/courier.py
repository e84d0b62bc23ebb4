"""The courier: carries queued rows and dirty boards to Telegram, one call in flight per chat."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from telegram.error import TelegramError

from bot import views
from bot.clock import Clock
from bot.outbound.claim import (
    BOARD_CALLS,
    ORDER_CALLS,
    SMALL_CALLS,
    WORDLESS,
    Claimed,
    arrived,
    backoff,
    claim,
    look,
    recover,
    take_board,
    unsure,
)
from bot.outbound.limiter import MINUTE, Limiter
from bot.outbound.outcome import Fate, Outcome, judge
from bot.outbound.post import Parcel, Post
from bot.settings import Limits
from bot.views.rendered import Rendered
from services import boards, delivery, migrating, papers, pictures, places
from services.act import SYSTEM, Door
from services.boards import BoardJob
from services.refused import refused
from storage import outbox

log = logging.getLogger(__name__)
PACE_SECONDS = 0.02
"""Many commits in a row make one look at the outbox: at most fifty a second."""


class Courier:
    """Woken by every commit; sleeps until something may be sent."""

    def __init__(self, door: Door, post: Post, limiter: Limiter, clock: Clock, limits: Limits) -> None:
        self._door, self._post, self._limiter, self._clock, self._limits = door, post, limiter, clock, limits
        self._gauge = clock.gauge()
        self._woken = asyncio.Event()
        self._calls: dict[int, asyncio.Task[None]] = {}
        self._rested: dict[int, datetime] = {}
        self._left = False

    def wake(self) -> None:
        """There may be something to send."""
        if not self._woken.is_set():
            self._woken.set()
            self._gauge.enter()

    async def run(self) -> None:
        """Carry until cancelled; calls in flight are finished first."""
        await self._remember()
        self._clock.on_jump(self._jumped)
        self.wake()
        try:
            while True:
                until = self._gauge.next
                if not await self._clock.wait(self._woken, until):
                    self.wake()
                self._woken.clear()
                try:
                    await self._round()
                except Exception:
                    log.exception("the outbox could not be read; trying again")
                    self._gauge.due(self._clock.now() + timedelta(seconds=1))
                finally:
                    self._gauge.leave()
                await asyncio.sleep(PACE_SECONDS)
        finally:
            await asyncio.gather(*self._calls.values(), return_exceptions=True)

    async def _jumped(self) -> None:
        self.wake()

    async def _remember(self) -> None:
        now = self._clock.now()
        since = now - MINUTE
        for chat_id, at in await self._door.database.read(lambda uow: outbox.sent_since(uow, since, ORDER_CALLS)):
            self._limiter.reserve(chat_id, at)
        await self._door.act(recover, SYSTEM, None)

    async def _round(self) -> None:
        now = self._clock.now()
        if self._left:
            if self._calls:
                return
            await self._door.act(recover, SYSTEM, None)
            self._left = False
        gate = self._limiter.open_at(now)
        if gate > now:
            self._gauge.due(gate, self._gauge.waiting)
            return
        busy = frozenset(self._calls)
        seen = await self._door.database.read(lambda uow: look(uow, busy, now=now))
        dues = [seen.later] if seen.later else []
        for head in seen.heads:
            counts = {"board": head.kind in SMALL_CALLS, "counted": head.kind not in ORDER_CALLS}
            dues += self._start(head.chat_id, now, now, counts, partial(self._carry, head.id))
        for job in seen.jobs:
            if job.chat_id not in self._calls:
                rested = self._rested.get(job.board_id, now)
                counts = {"board": not job.console}
                dues += self._start(job.chat_id, now, rested, counts, partial(self._refresh, job))
        self._gauge.due(min(dues, default=None), seen.waiting + len(seen.jobs))

    def _start(
        self,
        chat_id: int,
        now: datetime,
        earliest: datetime,
        counts: dict[str, bool],
        work: Callable[[], Coroutine[Any, Any, None]],
    ) -> list[datetime]:
        """Make the call if it may be made now; otherwise say when."""
        at = max(earliest, self._limiter.ready_at(chat_id, now, **counts))
        if at > now:
            return [at]
        self._limiter.leaves(chat_id, now, **counts)
        self._gauge.enter()
        self._calls[chat_id] = asyncio.create_task(self._in_flight(chat_id, counts.get("counted", True), work))
        return []

    async def _in_flight(self, chat_id: int, counted: bool, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()
        except Exception:
            log.exception("nobody knows what became of a message; it is looked at again")
            self._left = True
        finally:
            del self._calls[chat_id]
            self._limiter.answered(chat_id, self._clock.now(), counted=counted)
            self.wake()
            self._gauge.leave()

    async def _carry(self, outbox_id: int) -> None:
        now = self._clock.now()
        row = await self._door.database.write(lambda uow: claim(uow, outbox_id, now))
        if row is None or (made := await self._made(row)) is None:
            return
        rendered, parcel = made
        try:
            sent = await self._post.send(parcel)
        except TelegramError as error:
            await self._failed(row, judge(error))
            return
        digest = _digest(rendered) if rendered and row.board_id is not None else None
        if row.board_id is not None:
            self._rest(row.board_id, console=row.view == "console")
        facts = {"message_id": sent.message_id, "sent_at": sent.at, "digest": digest, "found": sent.found}
        await self._door.act(arrived, SYSTEM, None, row=row, **facts)

    async def _made(self, row: Claimed) -> tuple[Rendered | None, Parcel] | None:
        """Everything the call needs. None when there is no call: nothing has left, so what failed is tried again."""
        try:
            row = await self._with_paper(await self._with_picture(row))
            rendered = None if row.kind in WORDLESS else _render(row)
            return rendered, await self._pack(row, rendered)
        except (LookupError, ValueError) as error:
            log.exception("a %s could not be put into words", row.kind)
            await self._end(row, type(error).__name__)
        except Exception:
            log.exception("a %s could not be made; trying again", row.kind)
            await self._later(row)
        return None

    async def _with_picture(self, row: Claimed) -> Claimed:
        """Draw the picture that goes with this message, in a thread, and keep it before it is sent."""
        if not pictures.missing(row.kind, row.facts):
            return row
        body = await asyncio.to_thread(pictures.draw, row.facts)
        kept = await self._door.act(pictures.attach, SYSTEM, None, outbox_id=row.id, body=body)
        return replace(row, facts=row.facts | kept.facts)

    async def _with_paper(self, row: Claimed) -> Claimed:
        """Draw the paper this message carries, in a thread, unless it was drawn for another message before."""
        if not papers.missing(row.facts):
            return row
        paper = await self._door.database.read(lambda uow: papers.prepared(uow, row.facts))
        body = await asyncio.to_thread(papers.draw, paper) if paper is not None else None
        named = papers.personal(paper)
        kept = await self._door.act(papers.attach, SYSTEM, None, outbox_id=row.id, body=body, personal=named)
        return replace(row, facts=row.facts | kept.facts)

    async def _pack(self, row: Claimed, rendered: Rendered | None) -> Parcel:
        wanted = rendered and (rendered.photo or (rendered.document and rendered.document[0]))
        if not rendered or not wanted:
            reply_to = row.facts.get("reply_to")
            more: dict[str, Any] = {"reply_to": reply_to, "thread": row.thread, "facts": row.facts}
            return Parcel(row.chat_id, row.kind, rendered, row.message_id, **more)
        stored, body = await self._door.database.read(lambda uow: papers.stored(uow, wanted))
        name = rendered.document[1] if rendered.document else stored
        return Parcel(row.chat_id, row.kind, rendered, row.message_id, body, name, thread=row.thread)

    async def _failed(self, row: Claimed, outcome: Outcome) -> None:
        now, act = self._clock.now(), self._door.act
        match outcome.fate:
            case Fate.HELD:
                until = now + timedelta(seconds=outcome.seconds)
                self._limiter.hold(row.chat_id, until)
                await self._again(row, row.chat_id, until)
            case Fate.NOT_SENT:
                await self._later(row)
            case Fate.UNSURE:
                log.warning("nobody knows whether a %s arrived", row.kind)
                await act(unsure, SYSTEM, None, outbox_id=row.id)
            case Fate.UNREACHABLE if row.kind not in ORDER_CALLS:
                await act(delivery.unreachable, SYSTEM, None, outbox_id=row.id)
            case Fate.MIGRATED:
                await self._again(row, row.chat_id, now)
                await act(migrating.migrate_group, SYSTEM, None, old=row.chat_id, new=outcome.chat_id)
            case Fate.TOPIC_GONE | Fate.TOPIC_CLOSED if row.thread is not None:
                closed = outcome.fate is Fate.TOPIC_CLOSED
                await act(places.topic_lost, SYSTEM, None, outbox_id=row.id, closed=closed)
            case Fate.UNCHANGED | Fate.GONE if row.kind in BOARD_CALLS or outcome.gone:
                await act(arrived, SYSTEM, None, row=row, message_id=row.message_id, sent_at=None, digest=None)
            case _:
                log.error("Telegram refused a %s: %s", row.kind, outcome.reason)
                await self._end(row, outcome.reason)

    async def _later(self, row: Claimed) -> None:
        """It has not left: the chat waits, longer after each try, and keeps its order."""
        until = self._clock.now() + timedelta(seconds=backoff(row.attempts))
        self._limiter.hold(row.chat_id, until)
        await self._again(row, row.chat_id, until)

    async def _again(self, row: Claimed, chat_id: int, until: datetime) -> None:
        await self._door.database.write(lambda uow: outbox.again(uow, row.id, chat_id=chat_id, not_before=until))

    async def _end(self, row: Claimed, reason: str) -> None:
        await self._door.act(refused, SYSTEM, None, outbox_id=row.id, reason=reason)

    async def _refresh(self, job: BoardJob) -> None:
        """Edit a board's message, unless it already shows what is so."""
        now = self._clock.now()
        content, shown = await self._door.database.write(lambda uow: take_board(uow, job.board_id, now))
        rendered = views.render(content.view, content.facts, content.language)
        digest = _digest(rendered)
        if digest == shown:
            await self._shows(job, digest)
            return
        try:
            await self._post.edit(Parcel(job.chat_id, content.view, rendered, job.message_id))
        except TelegramError as error:
            outcome = judge(error)
            if outcome.fate is not Fate.UNCHANGED:
                await self._board_failed(job, outcome)
                return
        finally:  # Readers count from when it was there, not from when it left.
            self._rest(job.board_id, console=job.console)
        await self._shows(job, digest)

    async def _shows(self, job: BoardJob, digest: str) -> None:
        now = self._clock.now()
        await self._door.database.write(
            lambda uow: boards.edited(uow, SYSTEM, board_id=job.board_id, digest=digest, now=now)
        )

    async def _board_failed(self, job: BoardJob, outcome: Outcome) -> None:
        if outcome.fate is Fate.GONE:
            await self._door.act(boards.lost, SYSTEM, None, board_id=job.board_id)
            return
        if outcome.fate is Fate.MIGRATED:
            await self._door.act(migrating.migrate_group, SYSTEM, None, old=job.chat_id, new=outcome.chat_id)
            return
        if outcome.fate in (Fate.HELD, Fate.NOT_SENT, Fate.UNSURE):
            seconds = outcome.seconds if outcome.fate is Fate.HELD else 1
            self._limiter.hold(job.chat_id, self._clock.now() + timedelta(seconds=seconds))
            await self._door.database.write(lambda uow: outbox.board_again(uow, job.board_id))
            return
        if outcome.fate is Fate.UNREACHABLE:
            await self._door.act(delivery.closed_to_us, SYSTEM, None, chat_id=job.chat_id)
            return
        log.error("Telegram refused a board: %s", outcome.reason)

    def _rest(self, board_id: int, *, console: bool) -> None:
        seconds = self._limits.console_seconds if console else self._limits.board_seconds
        self._rested[board_id] = self._clock.now() + timedelta(seconds=seconds)


def _render(row: Claimed) -> Rendered:
    return views.render(row.view, row.facts, row.language)


def _digest(rendered: Rendered) -> str:
    return hashlib.sha256(repr((rendered.text, rendered.buttons)).encode()).hexdigest()
