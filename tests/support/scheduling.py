"""Which tests of a run in several processes stay together."""

from typing import Final

from xdist.scheduler import LoadScopeScheduling

TOGETHER: Final = ("tests/kill/", "tests/browser/", "tests/rehearsal/test_rehearsal.py")
"""One of these at a time: they start processes, a browser or a whole meeting that the next one uses again."""


class Together(LoadScopeScheduling):
    """Every test by itself to whoever is free, the ones above in one process each; these go first, being long.

    xdist's own groups write into a part of pytest's items that newer versions of pytest do not read.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)
