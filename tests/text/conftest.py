"""One reader for all: loading is the slow part, and a reader never changes."""

import pytest

from services.text import Reader, load


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader that ships."""
    return load()
