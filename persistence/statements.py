"""Turns SQLAlchemy Core statements into SQL text and positional arguments, each compiled once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Concatenate, TypeAlias, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter, ClauseElement
from sqlalchemy.sql.visitors import iterate

_DIALECT = asyncpg_dialect()
_CACHE_SIZE = 1_000


@dataclass(frozen=True, slots=True)
class Compiled:
    """SQL with `$n` placeholders, the names of its parameters in order, and the values that the statement itself brought."""

    sql: str
    names: tuple[str, ...]
    defaults: Mapping[str, Any]

    def arguments(self, parameters: Mapping[str, Any]) -> list[Any]:
        """Put the parameters into the order of the placeholders. Raises KeyError when one is missing."""
        defaults = self.defaults
        return [parameters[name] if name in parameters else defaults[name] for name in self.names]


class LeastRecent(OrderedDict[Any, Any]):
    """A bounded mapping of statements that forgets the one not used for longest; dynamic filters must not grow it for ever."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size

    def get(self, key: Any, default: Any = None) -> Any:
        if key in self:
            self.move_to_end(key)
            return self[key]
        return default

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, value)
        if len(self) > self._size:
            self.popitem(last=False)


_by_structure = LeastRecent(_CACHE_SIZE)


class Constant:
    """A statement that a module builds once and runs for ever; compiled at its first use."""

    __slots__ = ("_compiled", "_keys", "_statement")

    def __init__(self, statement: Executable, keys: Sequence[str] = ()) -> None:
        self._statement = statement
        self._keys = tuple(keys)
        self._compiled: Compiled | None = None

    @property
    def statement(self) -> Executable:
        """Return what it was built from."""
        return self._statement

    @property
    def keys(self) -> Sequence[str]:
        """Return the names of the columns that it gets as parameters."""
        return self._keys

    @property
    def compiled(self) -> Compiled:
        """Compile on first use."""
        if self._compiled is None:
            self._compiled = _compile(self._statement, self._keys)
        return self._compiled


class Prepared:
    """Statements that differ by a few hashable facts, each built when it is first needed; of too many the oldest is forgotten."""

    __slots__ = ("_build", "_known", "_size")

    def __init__(self, build: Callable[..., Executable], size: int = 200) -> None:
        self._build = build
        self._size = size
        # Looked into with every request, and facts are deep: the order of use would cost their hashes twice more.
        self._known: dict[tuple[Hashable, ...], Constant] = {}

    def __call__(self, *facts: Hashable) -> Constant:
        """Return the statement for these facts."""
        known = self._known.get(facts)
        if known is None:
            if len(self._known) >= self._size:
                del self._known[next(iter(self._known))]
            known = self._known[facts] = Constant(self._build(*facts))
        return known


# Builds the condition that a column holds one of the ids that are asked for.
Meant: TypeAlias = Callable[[ColumnElement[Any]], ColumnElement[bool]]


def is_the_id(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Be the `Meant` for one id."""
    return column == bindparam("id", type_=Uuid())


def _is_one_of_the_ids(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column == any_(bindparam("ids", type_=ARRAY(Uuid)))


class Keyed:
    """A statement about the things that have some ids, with a form of its own for a single one.

    PostgreSQL keeps its plan for one id; for a list, whose length it does not know, it makes a new one each time.
    """

    __slots__ = ("_many", "_one")

    def __init__(self, build: Callable[Concatenate[Meant, ...], Executable]) -> None:
        """`build` takes a `Meant`, and the facts by which statements differ."""
        self._one = Prepared(partial(build, is_the_id))
        self._many = Prepared(partial(build, _is_one_of_the_ids))

    def of(self, ids: Sequence[UUID], *facts: Hashable) -> tuple[Constant, Mapping[str, Any]]:
        """Return the statement for these facts and as many ids, and the ids as its parameters."""
        return (self._one(*facts), {"id": ids[0]}) if len(ids) == 1 else (self._many(*facts), {"ids": list(ids)})


def compiled(statement: Executable | Constant, keys: Sequence[str] = ()) -> Compiled:
    """Compile a statement, or find it compiled: constants by themselves, others by their structure.

    `keys` names the columns that an INSERT receives as parameters; every other statement names its parameters itself.
    """
    if isinstance(statement, Constant):
        return statement.compiled
    return _compile(statement, keys if statement.is_insert else ())


def _compile(statement: Executable, keys: Sequence[str]) -> Compiled:
    element = cast(ClauseElement, statement)
    # The compilation cache that SQLAlchemy's own Connection uses; it has no public name.
    result, extracted, _, _ = element._compile_w_cache(  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        _DIALECT, compiled_cache=_by_structure, column_keys=list(keys)
    )
    compiler = cast(SQLCompiler, result)
    required = {name for name, bind in compiler.binds.items() if bind.required}
    values = {
        name: value
        for name, value in compiler.construct_params(extracted_parameters=extracted, _check=False).items()
        if name not in required
    }
    return Compiled(compiler.string, tuple(compiler.positiontup or ()), values)


def leaves_open(condition: ColumnElement[bool]) -> bool:
    """Tell whether a condition has values that its statement gets as parameters, besides the workspace."""
    return any(isinstance(part, BindParameter) and part.key != "workspace_id" for part in iterate(condition))
