"""Which tests of a run in several processes stay together."""

from typing import Final

from xdist.scheduler import LoadScopeScheduling

TOGETHER: Final = ("tests/kill/", "tests/browser/", "tests/rehearsal/test_rehearsal.py")
"""One of these at a time: they start processes, a browser or a whole meeting that the next one uses again."""

LIGHT: Final = ("tests/procedure/", "tests/views/", "tests/text/", "tests/architecture/", "tests/papers/")
"""Handed out file by file: handing out one of these takes as long as running it."""


class Together(LoadScopeScheduling):
    """Every test by itself to whoever is free, those of `TOGETHER` in one process each; these go first, being long.

    xdist's own groups write into a part of pytest's items that newer versions of pytest do not read.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(LIGHT):
            return nodeid.partition("::")[0]
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)
