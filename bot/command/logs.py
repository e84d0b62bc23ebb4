"""Logging that shows neither the token nor what people wrote."""

import logging
import re
import traceback
from types import TracebackType

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
OURS = ("bot", "dialogs", "handlers", "procedure", "services", "storage")
_Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Where an error happened and of what type, without its text; no token anywhere."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, tokens blotted out."""
        return _TOKEN.sub("<token>", super().format(record))

    def formatException(self, ei: _Failure) -> str:  # noqa: N802 - logging's name
        """The traceback; an error's own text may hold names or words of people."""
        kind, _, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__qualname__ if kind else "")


def set_up(level: str) -> None:
    """Log to standard error: ours from this level on, libraries' warnings only.

    What libraries say below that holds whole messages and addresses with the token in them.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    chosen = logging.getLevelNamesMapping()[level]
    logging.basicConfig(level=max(chosen, logging.WARNING), handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(chosen)
