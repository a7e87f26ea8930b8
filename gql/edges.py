"""Relations of the graph, each declared once: what it loads, by which key of the parent, through which batch function.

The ordinary resolver is made from the declaration; other ways of executing read the same declaration from the field's metadata
(`edge_of`). A resolver made here never awaits anything per object: it hands the key to a loader and returns the future.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import NoneType
from typing import Annotated, Any, TypeAlias, cast, get_args

import strawberry
from orjson import Fragment
from strawberry import UNSET

from domain.paging import Page, PageRequest
from gql.context import Context, Info
from gql.ids import decode_kind
from gql.loaders import Batch
from gql.paging import ROOT, ConnectionValue, page_request
from gql.scalars import Cursor
from persistence.database import Reading
from persistence.lookups import ById
from persistence.paging import Listing
from persistence.written import Pages, Rows, WrittenObject

Key: TypeAlias = Callable[[Any], Hashable | None]


@dataclass(frozen=True, slots=True)
class ToOne:
    """A relation to one thing, or to none when the key is None or nothing visible has it."""

    key: Key
    batch: Batch


@dataclass(frozen=True, slots=True)
class ToMany:
    """A relation to a short list that its parent owns."""

    key: Key
    batch: Batch


@dataclass(frozen=True, slots=True)
class ToPages:
    """A relation to a list that is read in pages. `key` None: the list hangs at the root. `timed`: `narrow` gets the request's instant."""

    key: Key | None
    listing: Listing[Any, Any]
    order: str
    descending: bool
    arguments: Mapping[str, Any]
    narrow: Callable[[Mapping[str, Any]], Hashable | None]
    ordered: Callable[[Mapping[str, Any]], tuple[str, bool] | None]
    timed: bool = False


@dataclass(frozen=True, slots=True)
class LookUp:
    """One thing that the arguments name, at the root: `find` says by which batch and key, None where nothing can have it."""

    find: Callable[[Mapping[str, Any]], tuple[Batch, Hashable] | None]


EdgeDeclaration: TypeAlias = ToOne | ToMany | ToPages | LookUp


def by_id(parent: Any) -> Hashable:
    """Use the parent's own id as the key."""
    return parent.id


def _field(resolver: Callable[..., Any], edge: EdgeDeclaration, description: str, name: str | None = None) -> Any:
    return strawberry.field(resolver=resolver, description=description, name=name, metadata={"edge": edge})


def to_one(description: str, *, key: Key, batch: Batch, name: str | None = None) -> Any:
    """Declare a relation to one thing; the field's own annotation is its type."""

    def resolve(root: Any, info: Info):
        found = key(root)
        return None if found is None else info.context.loaders.load(batch, found)

    return _field(resolve, ToOne(key, batch), description, name)


def to_many(description: str, *, batch: Batch, key: Key = by_id) -> Any:
    """Declare a relation to a short list; a key that the batch does not answer has an empty one."""

    def resolve(root: Any, info: Info):
        return info.context.loaders.load(lists, key(root), batch)

    return _field(resolve, ToMany(key, batch), description)


def looked_up(
    description: str,
    arguments: Mapping[str, Any],
    find: Callable[[Mapping[str, Any]], tuple[Batch, Hashable] | None],
    *,
    name: str | None = None,
) -> Any:
    """Declare a look-up at the root by arguments; `find` gets those that were given, by name, and may raise PublicError."""

    def resolve(root: Any, info: Info, **given: Any):
        del root
        found = find(given_arguments(given))
        return None if found is None else info.context.loaders.load(*found)

    return _field(_with_arguments(resolve, arguments), LookUp(find), description, name)


def looked_up_by_id(description: str, what: str, kind: str, batch: Batch, *, name: str | None = None) -> Any:
    """Declare the look-up of one thing by its global id."""
    id_argument = Annotated[strawberry.ID, strawberry.argument(description=f"The {what}'s global id.")]
    return looked_up(description, {"id": id_argument}, lambda given: (batch, decode_kind(kind, given["id"])), name=name)


def given_arguments(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the arguments that were given."""
    return {name: value for name, value in arguments.items() if value is not None and value is not UNSET}


def _with_arguments(resolve: Callable[..., Any], arguments: Mapping[str, Any]) -> Callable[..., Any]:
    """Give a resolver the signature that Strawberry reads arguments from; those that may be absent are `X | None`."""
    parameters = [
        inspect.Parameter("root", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Any),
        inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info),
        *(
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=UNSET if NoneType in get_args(get_args(annotation)[0]) else inspect.Parameter.empty,
                annotation=annotation,
            )
            for name, annotation in arguments.items()
        ),
    ]
    described: Any = resolve
    described.__signature__ = inspect.Signature(parameters)
    described.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return resolve


def _argument(type_: Any, description: str) -> Any:
    return Annotated[type_ | None, strawberry.argument(description=description)]


PAGE_ARGUMENTS: Mapping[str, Any] = {
    "first": _argument(int, "How many rows from the beginning, or after `after`: 1–100. Without `first` and `last`: 20."),
    "after": _argument(Cursor, "Only rows after this place."),
    "last": _argument(int, "How many rows from the end, or before `before`: 1–100."),
    "before": _argument(Cursor, "Only rows before this place."),
}


def _nothing(_arguments: Mapping[str, Any]) -> None:
    return None


def to_pages(
    description: str,
    *,
    listing: Listing[Any, Any],
    order: str,
    descending: bool = True,
    key: Key | None = by_id,
    arguments: Mapping[str, Any] | None = None,
    narrow: Callable[[Mapping[str, Any]], Hashable | None] = _nothing,
    ordered: Callable[[Mapping[str, Any]], tuple[str, bool] | None] = _nothing,
    timed: bool = False,
) -> Any:
    """Declare a connection.

    `arguments` are those besides Relay's four; `narrow` makes the listing's filter of them, `ordered` the order (name, descending)
    when the caller chose one. Both get the arguments that were given, by name; `timed` adds the request's instant as `at`.
    """
    edge = ToPages(key, listing, order, descending, arguments or {}, narrow, ordered, timed)

    def resolve(root: Any, info: Info, **given: Any):
        return _resolve_pages(edge, root, info.context, given_arguments(given))

    return _field(_with_arguments(resolve, {**edge.arguments, **PAGE_ARGUMENTS}), edge, description)


def _resolve_pages(edge: ToPages, root: Any, context: Context, given: Mapping[str, Any]) -> Awaitable[ConnectionValue]:
    key = ROOT if edge.key is None else edge.key(root)
    return context.loaders.load(connections, key, *page_arguments(edge, given, context.at))


def page_arguments(edge: ToPages, given: Mapping[str, Any], at: datetime) -> tuple[Listing[Any, Any], PageRequest, Hashable | None]:
    """Make of a connection's arguments what its batch takes besides the keys. Raises PublicError BAD_USER_INPUT."""
    order, descending = edge.ordered(given) or (edge.order, edge.descending)
    request = page_request(
        order,
        edge.listing.orderings[order],
        descending=descending,
        first=given.get("first"),
        last=given.get("last"),
        after=given.get("after"),
        before=given.get("before"),
    )
    return edge.listing, request, edge.narrow({**given, "at": at} if edge.timed else given)


async def lists(db: Reading, keys: Sequence[Any], batch: Batch) -> Mapping[Any, Sequence[Any]]:
    """Load lists; a key that the batch does not answer has an empty one."""
    found = await batch(db, keys)
    return {key: found.get(key, ()) for key in keys}


async def connections(
    db: Reading,
    keys: Sequence[Any],
    listing: Listing[Any, Any],
    request: PageRequest,
    filter: Hashable | None,
    wanted: frozenset[str] | None = None,
) -> Mapping[Any, ConnectionValue]:
    """Load the same page of several lists, or of one at the root; `wanted` names the fields that the rows need, None means all."""
    if keys[0] is ROOT:
        pages: Mapping[Any, Page[Any]] = {ROOT: await listing.page(db, request, filter, wanted)}
    else:
        pages = await listing.pages(db, keys, request, filter, wanted)
    return {key: ConnectionValue(page, request.order, listing, key, filter) for key, page in pages.items()}


class NothingWritten(Exception):
    """Something is missing that a written row cannot do without: what that makes of the answer is for the ordinary executor to say."""


def _written(texts: Mapping[Any, bytes | None]) -> Mapping[Any, Fragment]:
    found: dict[Any, Fragment] = {}
    for key, text in texts.items():
        if text is None:
            raise NothingWritten
        found[key] = Fragment(text)
    return found


async def written_lists(
    db: Reading,
    keys: Sequence[Any],
    listing: Listing[Any, Any],
    request: PageRequest,
    filter: Hashable | None,
    written: Rows,
    pages: Pages,
) -> Mapping[Any, Fragment]:
    """Load the rows of the same page of several lists, or of one at the root, as JSON. Raises NothingWritten."""
    if keys[0] is ROOT:
        return _written({ROOT: await listing.written_whole(db, request, filter, written, pages)})
    return _written(await listing.written_pages(db, keys, request, filter, written, pages))


async def written_connections(
    db: Reading,
    _keys: Sequence[Any],
    listing: Listing[Any, Any],
    request: PageRequest,
    filter: Hashable | None,
    written: WrittenObject,
    pages: Pages,
) -> Mapping[Any, ConnectionValue]:
    """Load a page of a list at the root, each of its rows as JSON. Raises NothingWritten."""
    page = await listing.written_page(db, request, filter, written, pages)
    if any(text is None for _, text in page.rows):
        raise NothingWritten
    rows = tuple([(position, Fragment(text or b"")) for position, text in page.rows])
    return {ROOT: ConnectionValue(replace(cast("Page[Any]", page), rows=rows), request.order, listing, ROOT, filter)}


async def written_things(
    db: Reading, keys: Sequence[Any], batch: ById[Any], written: WrittenObject, pages: Pages
) -> Mapping[Any, Fragment]:
    """Load things as JSON. Raises NothingWritten."""
    return _written(await batch.written(db, keys, written, pages))


async def written_look_up(
    db: Reading, keys: Sequence[Any], batch: ById[Any], written: WrittenObject, pages: Pages
) -> Mapping[Any, Fragment]:
    """Load a thing as JSON, or the few that a document looks up. Raises NothingWritten."""
    return _written(await batch.written(db, keys, written, pages, alone=True))


def edge_of(field: Any) -> EdgeDeclaration | None:
    """Return the declaration behind a field of a Strawberry type; None for a computed field."""
    return field.metadata.get("edge")
