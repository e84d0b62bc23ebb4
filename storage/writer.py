"""The one writer of a SQLite file: whatever waits is committed together."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final, TypeVar

from storage.work import UnitOfWork

T = TypeVar("T")
Job = Callable[[UnitOfWork], Any]
MOST_TOGETHER: Final = 64


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one job: its result, or the error it raised."""

    result: Any
    error: Exception | None


@dataclass(frozen=True, slots=True)
class _Waiting:
    job: Job
    future: "asyncio.Future[Any]"


class GroupWriter:
    """One thread. A job is answered only after the commit that holds it; one that raises undoes only itself."""

    def __init__(self, run: Callable[[Sequence[Job]], list[Outcome]]) -> None:
        self._run = run
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    async def submit(self, job: Callable[[UnitOfWork], T]) -> T:
        """Run the job in the next commit; raises what it raises, or why the commit failed."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put(_Waiting(job, future))
        return await future

    def close(self) -> None:
        """Finish what is queued, then stop."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (batch := self._next()) is not None:
            try:
                outcomes = self._run([waiting.job for waiting in batch])
            except Exception as error:
                outcomes = [Outcome(None, error)] * len(batch)
            self._settle(batch, outcomes)

    def _next(self) -> list[_Waiting] | None:
        first = self._queue.get()
        if first is None:
            return None
        batch = [first]
        while len(batch) < MOST_TOGETHER and not self._queue.empty():
            waiting = self._queue.get()
            if waiting is None:
                self._queue.put(None)
                break
            batch.append(waiting)
        return batch

    def _settle(self, batch: list[_Waiting], outcomes: list[Outcome]) -> None:
        loops = {waiting.future.get_loop() for waiting in batch}
        for loop in loops:
            mine = [pair for pair in zip(batch, outcomes, strict=True) if pair[0].future.get_loop() is loop]
            try:
                loop.call_soon_threadsafe(_resolve, mine)
            except RuntimeError:
                # The loop is gone and nobody waits any more; what was committed is committed.
                continue


def _resolve(pairs: list[tuple[_Waiting, Outcome]]) -> None:
    for waiting, outcome in pairs:
        if waiting.future.done():
            continue
        if outcome.error is not None:
            waiting.future.set_exception(outcome.error)
        else:
            waiting.future.set_result(outcome.result)
