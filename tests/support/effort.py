"""How much work something is, for comparing two of them: what else the machine does counts as little as can be."""

from collections.abc import Callable
from time import thread_time


def least_time(work: Callable[[], object], runs: int = 7) -> float:
    """This thread's own seconds for the quickest of so many runs."""
    times = []
    for _ in range(runs):
        begun = thread_time()
        work()
        times.append(thread_time() - begun)
    return min(times)
