"""The unit of work: what an action sees of the database inside its one transaction."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Connection, Integer, asc, bindparam, desc, func, inspect
from sqlmodel import Session, SQLModel, select

from storage.vault import Vault

Row = TypeVar("Row", bound=SQLModel)
_NAMED = re.compile(r"(?<!:):([a-z_]+)")


class NoVaultError(Exception):
    """Sealed data was asked for where nobody gave the key."""


@lru_cache(maxsize=512)
def _pyformat(sql: str) -> str:
    return _NAMED.sub(r"%(\1)s", sql)


class UnitOfWork:
    """ORM where it reads well, driver-level SQL (`raw`) on the hot paths; never commits by itself."""

    def __init__(self, connection: Connection, *, sqlite: bool, vault: Vault | None = None) -> None:
        self.sqlite = sqlite
        self._vault = vault
        self.connection = connection
        self._driver: Any = connection.connection.driver_connection
        self._session: Session | None = None

    @property
    def vault(self) -> Vault:
        """What seals contact data. Raises NoVaultError when the database was opened without one."""
        if self._vault is None:
            raise NoVaultError("this database was opened without the key for contact data")
        return self._vault

    @property
    def orm(self) -> Session:
        """The session on this very transaction."""
        if self._session is None:
            self._session = Session(bind=self.connection, autoflush=True, expire_on_commit=False)
        return self._session

    def raw(self, sql: str, params: Mapping[str, object] | None = None) -> Any:
        """Driver-level statement with :named parameters on either database; returns the DB-API cursor."""
        if self._session is not None:
            self._session.flush()
        return self._driver.execute(sql if self.sqlite else _pyformat(sql), params or {})

    def rows(self, sql: str, params: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a driver-level query."""
        return list(self.raw(sql, params).fetchall())

    def one(self, sql: str, params: Mapping[str, object] | None = None) -> tuple[Any, ...] | None:
        """The first row of a driver-level query, or None."""
        row: tuple[Any, ...] | None = self.raw(sql, params).fetchone()
        return row

    def add(self, row: Row) -> Row:
        """Insert a row at once, so that it has its id."""
        self.orm.add(row)
        self.orm.flush()
        return row

    def get(self, table: type[Row], key: object) -> Row | None:
        """The row with this primary key, or None."""
        mapper, query = _by_key(table)
        if isinstance(key, int) and not -_WIDEST <= key < _WIDEST and _narrow(table):
            return None  # PostgreSQL would not look for it but fail
        known: Row | None = self.orm.identity_map.get(mapper.identity_key_from_primary_key((key,)))
        if known is not None:
            return known
        found: Row | None = self.orm.exec(query, params={"key": key}).one_or_none()
        return found

    def must(self, table: type[Row], key: object) -> Row:
        """The row with this primary key; LookupError when it is not there."""
        row = self.get(table, key)
        if row is None:
            raise LookupError(f"no {table.__name__} {key!r}")
        return row

    def all(self, table: type[Row], order: str = "id", **equal: object) -> Sequence[Row]:
        """Rows whose columns equal the given values (None = IS NULL, a tuple or list = IN); '-id' sorts backwards."""
        found: Sequence[Row] = self.orm.exec(_query(table, order, _shape(equal)), params=_given(equal)).all()
        return found

    def first(self, table: type[Row], order: str = "id", **equal: object) -> Row | None:
        """The first of `all`, or None."""
        query = _query(table, order, _shape(equal), first=True)
        found: Row | None = self.orm.exec(query, params=_given(equal)).first()
        return found

    def count(self, table: type[Row], **equal: object) -> int:
        """How many rows `all` would give."""
        inner = _query(table, "", _shape(equal)).subquery()
        return int(self.orm.exec(select(func.count()).select_from(inner), params=_given(equal)).one())

    def lock(self, table: str, key: int) -> None:
        """Take the row's lock first: PostgreSQL FOR UPDATE; on SQLite the one writer already holds everything."""
        if not self.sqlite:
            self.raw(f"SELECT id FROM {table} WHERE id = :id FOR UPDATE", {"id": key})  # noqa: S608 - our own table names

    def flush(self) -> None:
        """Write what the session still holds."""
        if self._session is not None:
            self._session.flush()

    def close(self) -> None:
        """Forget the session; the connection stays with its thread."""
        if self._session is not None:
            self._session.close()
            self._session = None


_WIDEST = 2**31
_MANY = (tuple, list, set, frozenset)
Shape = tuple[tuple[str, str], ...]


def _shape(equal: Mapping[str, object]) -> Shape:
    """How each column is compared, whatever with: queries of one shape are built once."""
    return tuple(
        (name, "null" if value is None else "in" if isinstance(value, _MANY) else "is") for name, value in equal.items()
    )


def _given(equal: Mapping[str, object]) -> dict[str, object]:
    """The values that a query of `_shape` is asked with."""
    given = {name: value for name, value in equal.items() if value is not None}
    return {name: list(value) if isinstance(value, _MANY) else value for name, value in given.items()}


@lru_cache(maxsize=1024)
def _query(table: type[Row], order: str, shape: Shape, *, first: bool = False) -> Any:
    query: Any = select(table)
    for name, how in shape:
        column = getattr(table, name)
        if how == "null":
            query = query.where(column.is_(None))
        elif how == "in":
            query = query.where(column.in_(bindparam(name, expanding=True)))
        else:
            query = query.where(column == bindparam(name, type_=column.type))
    for name in filter(None, order.split(",")):
        query = query.order_by(desc(name[1:]) if name.startswith("-") else asc(name))
    return query.limit(1) if first else query


@lru_cache(maxsize=256)
def _narrow(table: type[Row]) -> bool:
    """Whether the key is a number of four bytes."""
    kind = inspect(table).primary_key[0].type
    return isinstance(kind, Integer) and not isinstance(kind, BigInteger)


@lru_cache(maxsize=256)
def _by_key(table: type[Row]) -> tuple[Any, Any]:
    mapper: Any = inspect(table)
    (column,) = mapper.primary_key
    return mapper, select(table).where(column == bindparam("key", type_=column.type))
