"""Runs plans: level by level, every relation of a level with one batch, all batches of a level at once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, cast

from graphql import Executor, GraphQLSchema, OperationType
from graphql.execution.collect_fields import collect_fields
from graphql.execution.values import get_argument_values
from orjson import Fragment
from strawberry.types.arguments import convert_arguments

from gql.context import Context
from gql.documents import PreparedOperation
from gql.edges import ToMany, ToOne, ToPages, connections, lists, page_arguments, written_lists
from gql.engine.leaves import Fallback
from gql.engine.plans import Branch, CannotPlan, Child, Compiler, ObjectPlan, not_null
from gql.paging import ROOT

_CACHED_PLANS = 500
_REMEMBERED_PAGES = 50


@dataclass(slots=True)
class _Info:
    """What resolvers that take `info` may read of it."""

    context: Context


@dataclass(slots=True)
class EngineFigures:
    """How often the engine answered, and how often it left a query to the ordinary executor."""

    answered: int = 0
    not_planned: int = 0
    fallen_back: int = 0


class QueryEngine:
    """Plans and runs the queries of one schema; the plans are cached, and nothing in them depends on who asks."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        converter = schema.extensions["strawberry-definition"].schema_converter
        self._scalars = converter.scalar_registry
        self._config = converter.config
        # By the operation's identity and its conditions; the operation is kept with its plan, so that its identity stays its own.
        self._plans: OrderedDict[tuple[Any, ...], tuple[PreparedOperation, ObjectPlan | None]] = OrderedDict()
        self.figures = EngineFigures()

    async def run(self, operation: PreparedOperation, executor: Executor[Any]) -> dict[str, Any] | None:
        """Return the data of a query; None when the ordinary executor must answer it."""
        plan = self._plan(operation, executor)
        if plan is None:
            self.figures.not_planned += 1
            return None
        run = _Run(self, executor, cast(Context, executor.context_value))
        try:
            data = (await run.objects(plan, [executor.root_value]))[0]
        except Exception:  # noqa: BLE001 -- whatever it is, the ordinary executor words it as the specification does
            self.figures.fallen_back += 1
            return None
        self.figures.answered += 1
        return data

    def _plan(self, operation: PreparedOperation, executor: Executor[Any]) -> ObjectPlan | None:
        if operation.kind is not OperationType.QUERY or operation.facts.introspects:
            return None
        variables = executor.variable_values.coerced
        names = {condition.given for use in operation.facts.fields for condition in use.conditions if isinstance(condition.given, str)}
        key = (id(operation), *((name, variables.get(name)) for name in sorted(names)))
        cached = self._plans.get(key)
        if cached is None:
            cached = self._plans[key] = (operation, self._compiled(executor))
            if len(self._plans) > _CACHED_PLANS:
                self._plans.popitem(last=False)
        else:
            self._plans.move_to_end(key)
        return cached[1]

    def _compiled(self, executor: Executor[Any]) -> ObjectPlan | None:
        query = self._schema.query_type
        if query is None:
            return None
        collected = collect_fields(self._schema, executor.fragments, executor.variable_values, query, executor.operation)
        try:
            return Compiler(executor).object_plan(query, cast(Any, collected.grouped_field_set))
        except CannotPlan:
            return None

    def arguments(self, branch: Branch, executor: Executor[Any]) -> dict[str, Any]:
        """Coerce a field's arguments as the ordinary executor does, once for all objects."""
        return self._converted(branch, get_argument_values(branch.definition, branch.node, executor.variable_values))

    def page(self, branch: Branch, edge: ToPages, executor: Executor[Any]) -> tuple[Any, ...]:
        """Work out which page a connection is asked for.

        Pages are remembered, unless they depend on the request's instant: Strawberry's conversion of the arguments takes longer than
        many a query.
        """
        at = cast(Context, executor.context_value).at
        if edge.timed:
            arguments = self.arguments(branch, executor)
            return page_arguments(edge, {name: value for name, value in arguments.items() if value is not None}, at)
        key = ""
        given: dict[str, Any] = {}
        if not (branch.fixed and branch.pages):
            given = get_argument_values(branch.definition, branch.node, executor.variable_values)
            key = "" if branch.fixed else repr(given)
        page = branch.pages.get(key)
        if page is None:
            arguments = self._converted(branch, given)
            page = page_arguments(edge, {name: value for name, value in arguments.items() if value is not None}, at)
            if len(branch.pages) >= _REMEMBERED_PAGES:
                branch.pages.clear()
            branch.pages[key] = page
        return page

    def _converted(self, branch: Branch, given: dict[str, Any]) -> dict[str, Any]:
        if not branch.definition.args:
            return {}
        definition = branch.definition.extensions["strawberry-definition"]
        return convert_arguments(given, definition.arguments, self._scalars, self._config)


class _Run:
    """One execution of one plan."""

    def __init__(self, engine: QueryEngine, executor: Executor[Any], context: Context) -> None:
        self._engine = engine
        self._executor = executor
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
        if branch.written and objects and (listed := await self._listed(branch, cast(ToPages, branch.edge), objects)) is not None:
            return listed
        values = await self._values(branch, objects)
        shape = branch.shape
        if not shape.nullable and any(value is None for value in values):
            raise Fallback
        if branch.leaf is not None:
            write = branch.leaf
            if shape.is_list:
                raise Fallback
            return [None if value is None else write(value) for value in values]
        child = cast(Child, branch.child)
        if not shape.is_list:
            return await self._completed(child, values)
        flat = [item for value in values if value is not None for item in value]
        if not shape.items_nullable and any(item is None for item in flat):
            raise Fallback
        completed = iter(await self._completed(child, flat))
        return [None if value is None else [next(completed) for _ in value] for value in values]

    async def _listed(self, branch: Branch, edge: ToPages, objects: Sequence[Any]) -> Sequence[Any] | None:
        """Let PostgreSQL write the lists; None when they are read from their end, which it does the other way round."""
        page = self._engine.page(branch, edge, self._executor)
        if page[1].backward:
            return None
        key = cast("Callable[[Any], Any]", edge.key)
        keys = [key(each) for each in objects]
        wanted = list(dict.fromkeys(keys))
        columns = [await self._context.loaders.batch(written_lists, wanted, *page, wanted=(written,)) for _, written in branch.written]
        names = [name for name, _ in branch.written]
        return [{name: Fragment(column[each]) for name, column in zip(names, columns, strict=True)} for each in keys]

    async def _completed(self, child: Child, values: Sequence[Any]) -> Sequence[Any]:
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
            page = self._engine.page(branch, edge, self._executor)
            found: Mapping[Any, Any] = await loaders.batch(connections, list(dict.fromkeys(keys)), *page, wanted=columns)
            return [found[key] for key in keys]
        return await self._resolved(branch, objects, self._engine.arguments(branch, self._executor))

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
