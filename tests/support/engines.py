"""Every test opens a database of its own; how a statement is put in this database's words is worked out once."""

from typing import Any

from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

_dialects: dict[str, Dialect] = {}
_compiled: dict[Any, Any] = {}


def shared_engine(url: URL, **more: Any) -> Engine:
    """`create_engine`, but engines of one backend share their dialect and what they have compiled with it.

    A quarter of a service's test went into compiling the same statements once more, for its own engine.
    """
    engine = create_engine(url, execution_options={"compiled_cache": _compiled}, **more)
    if url.drivername not in _dialects:
        try:
            engine.connect().close()
        except DBAPIError:
            return engine  # its dialect has not seen the database yet: not one to share
        _dialects[url.drivername] = engine.dialect
    engine.dialect = _dialects[url.drivername]
    return engine
