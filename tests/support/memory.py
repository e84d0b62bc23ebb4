"""Where tests keep their files: in memory when there is room, because a disk makes every commit wait."""

import os
import shutil
from pathlib import Path

MEMORY_BYTES = 3 * 2**30


def roomy_memory() -> str | None:
    """The folder that lies in memory, if it has 3 GiB to spare."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > MEMORY_BYTES
    return str(memory) if roomy else None
