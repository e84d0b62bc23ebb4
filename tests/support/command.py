"""`yishiting …` as an operator types it, without the two seconds that a process of its own takes to begin."""

import os
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from bot import __main__ as command_line


def run_command(*arguments: str, folder: Path, **settings: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error; ``folder`` is where the operator stands."""
    out, err = StringIO(), StringIO()
    with (
        chdir(folder),
        patch.dict(os.environ, settings),
        patch.object(sys, "argv", ["yishiting", *arguments]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            command_line.main()
        except SystemExit as end:
            assert isinstance(end.code, int)
            return end.code, out.getvalue(), err.getvalue()
    raise AssertionError("the command line did not say how it ended")
