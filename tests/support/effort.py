"""How much work something is, compared with other work: whatever else the machine does may only cost patience."""

from collections.abc import Callable
from math import inf
from time import thread_time

FEWEST, MOST = 2, 30


def at_most(times: float, more: Callable[[], object], less: Callable[[], object]) -> bool:
    """Whether `more` is at most so many times the work of `less`.

    Both are run in turns and the quickest run of each counts: what disturbs a run only ever adds to it. Looked at again
    until it shows, at most `MOST` times.
    """
    much = little = inf
    for run in range(1, MOST + 1):
        much, little = min(much, _seconds(more)), min(little, _seconds(less))
        if run >= FEWEST and much <= times * little:
            return True
    return False


def _seconds(work: Callable[[], object]) -> float:
    """This thread's own seconds."""
    begun = thread_time()
    work()
    return thread_time() - begun
