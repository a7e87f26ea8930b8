"""Runs plans: level by level, every relation of a level with one batch, all batches of a level at once."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any, TypeVar, cast

from graphql import Executor, GraphQLError, GraphQLSchema, OperationType
from graphql.execution.collect_fields import collect_fields
from graphql.execution.values import VariableValues
from orjson import Fragment

from gql.context import Context
from gql.documents import PreparedOperation
from gql.edges import (
    LookUp,
    ToMany,
    ToOne,
    ToPages,
    connections,
    given_arguments,
    lists,
    written_connections,
    written_lists,
    written_look_up,
    written_things,
)
from gql.engine.arguments import Arguments
from gql.engine.builders import CannotPlan, not_null
from gql.engine.leaves import Fallback
from gql.engine.plans import Branch, Child, Compiler, ObjectPlan, WrittenBranch
from gql.engine.writing import Written, WrittenPage
from gql.paging import ROOT
from persistence.written import Asked, Pages

P = TypeVar("P")
_CACHED_PLANS = 500


@dataclass(slots=True)
class _Info:
    """What resolvers that take `info` may read of it."""

    context: Context


@dataclass(slots=True)
class EngineFigures:
    """How often the engine answered, and how often it left a query to the ordinary executor: by the kind of what came in between."""

    answered: int = 0
    not_planned: int = 0
    fallen_back: int = 0
    reasons: Counter[str] = field(default_factory=Counter[str])

    def fell_back(self, error: Exception) -> None:
        """Count what was left to the ordinary executor while it ran, and why."""
        self.fallen_back += 1
        self.reasons[type(error).__name__] += 1


class QueryEngine:
    """Plans and runs the queries of one schema; the plans are cached, and nothing in them depends on who asks."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self.arguments = Arguments(schema)
        # By the operation and its conditions.
        self._plans: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self.figures = EngineFigures()

    async def run(
        self, operation: PreparedOperation, variables: VariableValues, context: Context, executor: Callable[[], Executor[Any]]
    ) -> dict[str, Any] | None:
        """Return the data of a query; None when the ordinary executor must answer it."""
        plan = self._plan(operation, variables, executor)
        if plan is None:
            self.figures.not_planned += 1
            return None
        context.loaders.alone = plan.alone
        run = _Run(self, variables, context)
        try:
            data = (await run.objects(plan, [None]))[0]
        except Exception as error:  # noqa: BLE001 -- whatever it is, the ordinary executor words it as the specification does
            self.figures.fell_back(error)
            context.loaders.alone = False
            return None
        self.figures.answered += 1
        return data

    async def payload(self, operation: PreparedOperation, executor: Executor[Any], key: str, details: Any, value: object) -> Any | None:
        """Write what a root field of a mutation or a subscription answered with; None when the ordinary executor must."""

        def compiled() -> Child | None:
            root = self._schema.get_root_type(operation.kind)
            return None if root is None else Compiler(executor).payload(root, details)

        child = self._cached(operation, executor.variable_values, key, compiled)
        if child is None:
            self.figures.not_planned += 1
            return None
        try:
            (written,) = await _Run(self, executor.variable_values, cast(Context, executor.context_value)).completed(child, [value])
        except Exception as error:  # noqa: BLE001 -- whatever it is, the ordinary executor words it as the specification does
            self.figures.fell_back(error)
            return None
        self.figures.answered += 1
        return written

    def _plan(self, operation: PreparedOperation, variables: VariableValues, build: Callable[[], Executor[Any]]) -> ObjectPlan | None:
        query = self._schema.query_type
        if query is None or operation.kind is not OperationType.QUERY or operation.facts.introspects:
            return None

        def compiled() -> ObjectPlan:
            executor = build()
            collected = collect_fields(self._schema, executor.fragments, executor.variable_values, query, executor.operation)
            return Compiler(executor).root_plan(query, cast(Any, collected.grouped_field_set))

        return self._cached(operation, variables, "", compiled)

    def _cached(self, operation: PreparedOperation, variables: VariableValues, part: str, compiled: Callable[[], P | None]) -> P | None:
        """Find the plan for a part of an operation under the directives' conditions as they stand, or compile it."""
        flags = operation.facts.flags
        key = (operation, part, *((name, variables.coerced.get(name)) for name in flags)) if flags else (operation, part)
        if key in self._plans:
            self._plans.move_to_end(key)
            return self._plans[key]
        try:
            plan = compiled()
        except (CannotPlan, GraphQLError):
            # A condition that is null is an error of the field that it guards.
            plan = None
        self._plans[key] = plan
        if len(self._plans) > _CACHED_PLANS:
            self._plans.popitem(last=False)
        return plan


class _Run:
    """One execution of one plan."""

    def __init__(self, engine: QueryEngine, variables: VariableValues, context: Context) -> None:
        self._arguments = engine.arguments
        self._variables = variables
        self._context = context
        self._info = _Info(context)

    async def objects(self, plan: ObjectPlan, objects: Sequence[Any]) -> list[dict[str, Any]]:
        """Write objects of one type."""
        info, build, branches = self._info, plan.build, plan.branches
        if not branches:
            return [build(each, info) for each in objects]
        if len(branches) == 1:
            column = await self._column(branches[0], objects)
            return [build(each, info, value) for each, value in zip(objects, column, strict=True)]
        columns = await asyncio.gather(*(self._column(branch, objects) for branch in branches))
        return [build(each, info, *values) for each, *values in zip(objects, *columns, strict=True)]

    async def _column(self, branch: Branch, objects: Sequence[Any]) -> Sequence[Any]:
        """Work out one field for all objects of a level."""
        shape = branch.shape
        if branch.written is not None and objects:
            if (written := await self._written(branch, branch.written, objects)) is not None:
                if not shape.nullable and any(value is None for value in written):
                    raise Fallback
                return written
            self._context.loaders.alone = False
        values = await self._values(branch, objects)
        if not shape.nullable and any(value is None for value in values):
            raise Fallback
        if branch.leaf is not None:
            write = branch.leaf
            if shape.is_list:
                raise Fallback
            return [None if value is None else write(value) for value in values]
        child = cast(Child, branch.child)
        if not shape.is_list:
            return await self.completed(child, values)
        flat = [item for value in values if value is not None for item in value]
        if not shape.items_nullable and any(item is None for item in flat):
            raise Fallback
        completed = iter(await self.completed(child, flat))
        return [None if value is None else [next(completed) for _ in value] for value in values]

    async def _written(self, branch: Branch, written: WrittenBranch, objects: Sequence[Any]) -> Sequence[Any] | None:
        """Let PostgreSQL write what a branch leads to; None when it cannot, for what this request asks for."""
        edge = branch.edge
        if isinstance(edge, ToPages):
            page = self._arguments.page(branch.asking, edge, self._variables, self._context.at)
            lists = None if written.page is None else await self._lists(written.page, edge, page, objects)
            return lists if lists is not None or edge.key is not None else await self._connection(written, page, objects)
        if written.rows is None or (pages := self._pages(written.rows)) is None:
            return None
        if isinstance(edge, ToOne):
            keys = [edge.key(each) for each in objects]
            batch, load = edge.batch, written_things
        else:
            load = written_look_up
            found = cast(LookUp, edge).find(given_arguments(self._arguments.of(branch.asking, self._variables)))
            keys = [None if found is None else found[1]] * len(objects)
            batch = None if found is None else found[0]
            if batch is not None and not written.rows.fits(batch):
                return None
        wanted = [key for key in dict.fromkeys(keys) if key is not None]
        texts: Mapping[Any, Fragment] = {}
        if wanted:
            texts = await self._context.loaders.batch(load, wanted, cast(Any, batch), wanted=(written.rows.object, pages))
        return [texts.get(key) for key in keys]

    def _pages(self, written: Written) -> Pages | None:
        """Work out which pages the lists in written rows are asked for; None when one of them cannot be a part of a statement."""
        pages: list[Asked] = []
        for asking, edge in written.lists:
            listing, request, filter = self._arguments.page(asking, edge, self._variables, self._context.at)
            if not listing.can_nest(filter, request):
                return None
            pages.append((request, filter))
        return written.kept(pages)

    async def _lists(self, written: WrittenPage, edge: ToPages, page: tuple[Any, ...], objects: Sequence[Any]) -> Sequence[Any] | None:
        """Let lists be written as a whole; from their end they are read the other way round."""
        if page[1].backward:
            return None
        keys = [ROOT] * len(objects) if edge.key is None else [edge.key(each) for each in objects]
        wanted = list(dict.fromkeys(keys))
        columns: list[Mapping[Any, Fragment] | str] = []
        for _, rows in written.entries:
            if not isinstance(rows, Written):
                columns.append(rows.text)
                continue
            pages = self._pages(rows)
            if pages is None:
                return None
            columns.append(await self._context.loaders.batch(written_lists, wanted, *page, wanted=(rows.object, pages)))
        names = [name for name, _ in written.entries]
        return [
            {name: column if isinstance(column, str) else column[each] for name, column in zip(names, columns, strict=True)}
            for each in keys
        ]

    async def _connection(self, written: WrittenBranch, page: tuple[Any, ...], objects: Sequence[Any]) -> Sequence[Any] | None:
        """Let the rows of a connection at the root be written."""
        rows, child = written.rows, written.child
        pages = None if rows is None else self._pages(rows)
        if rows is None or child is None or pages is None:
            return None
        found = await self._context.loaders.batch(written_connections, [ROOT], *page, wanted=(rows.object, pages))
        return await self.completed(child, [found[ROOT]] * len(objects))

    async def completed(self, child: Child, values: Sequence[Any]) -> Sequence[Any]:
        """Write the objects among the values, each once however often it appears; None stays None."""
        unique = {id(value): value for value in values if value is not None}
        if child.plan is not None:
            written = dict(zip(unique, await self.objects(child.plan, list(unique.values())), strict=True))
        else:
            written = await self._by_type(child, unique)
        return [None if value is None else written[id(value)] for value in values]

    async def _by_type(self, child: Child, unique: Mapping[int, Any]) -> dict[int, dict[str, Any]]:
        groups: dict[str, list[int]] = {}
        for identity, value in unique.items():
            groups.setdefault(child.type_of(value), []).append(identity)
        results = await asyncio.gather(
            *(self.objects(child.by_type[name], [unique[identity] for identity in identities]) for name, identities in groups.items())
        )
        return {
            identity: written
            for identities, group in zip(groups.values(), results, strict=True)
            for identity, written in zip(identities, group, strict=True)
        }

    async def _values(self, branch: Branch, objects: Sequence[Any]) -> Sequence[Any]:
        """Get a field's values, loaded if need be, not yet written."""
        edge = branch.edge
        loaders = self._context.loaders
        columns = () if branch.wanted is None else (branch.wanted.names,)
        if isinstance(edge, ToOne):
            keys = [edge.key(each) for each in objects]
            wanted = [key for key in dict.fromkeys(keys) if key is not None]
            found: Mapping[Any, Any] = await loaders.batch(edge.batch, wanted, wanted=columns) if wanted else {}
            return [None if key is None else found.get(key) for key in keys]
        if isinstance(edge, ToMany):
            keys = [edge.key(each) for each in objects]
            found: Mapping[Any, Any] = await loaders.batch(lists, list(dict.fromkeys(keys)), edge.batch) if keys else {}
            return [found[key] for key in keys]
        if isinstance(edge, ToPages):
            keys = [ROOT] * len(objects) if edge.key is None else [edge.key(each) for each in objects]
            if not keys:
                return []
            page = self._arguments.page(branch.asking, edge, self._variables, self._context.at)
            found: Mapping[Any, Any] = await loaders.batch(connections, list(dict.fromkeys(keys)), *page, wanted=columns)
            return [found[key] for key in keys]
        arguments = self._arguments.of(branch.asking, self._variables)
        if isinstance(edge, LookUp):
            sought = edge.find(given_arguments(arguments))
            if sought is None:
                return [None] * len(objects)
            # As a whole: what refers to the same thing from elsewhere then has it.
            return [await loaders.load(*sought)] * len(objects)
        return await self._resolved(branch, objects, arguments)

    async def _resolved(self, branch: Branch, objects: Sequence[Any], arguments: Mapping[str, Any]) -> Sequence[Any]:
        get = branch.get or not_null
        info = {"info": self._info} if branch.takes_info else {}
        values = [get(each, **info, **arguments) for each in objects]
        if any(isawaitable(value) for value in values):
            values = await asyncio.gather(*(_settled(value) for value in values))
        if branch.shape.is_list and any(isawaitable(item) for value in values if value is not None for item in value):
            return [None if value is None else await asyncio.gather(*(_settled(item) for item in value)) for value in values]
        return values


async def _settled(value: Any) -> Any:
    return await value if isawaitable(value) else value
