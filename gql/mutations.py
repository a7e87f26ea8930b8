"""How a mutation runs: ids in, one verb called, refusals out as data, and the same answer again for the same key."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, cast

import orjson
import strawberry
from graphql import FieldNode, print_ast
from graphql.execution.collect_fields import collect_fields
from graphql.execution.values import get_argument_values
from strawberry import UNSET

from domain.refusals import Refused, ValidationFailed
from gql.context import Info
from gql.dry_runs import DryRun
from gql.errors import ErrorCode, PublicError
from usecases.verbs import Call, IdempotencyKey, settle_answer

P = TypeVar("P", bound="MutationPayload")
_LONGEST_KEY = 200


@strawberry.input(description="What every mutation takes.")
class MutationInput:
    """What `run` reads of every input."""

    idempotency_key: str | None = strawberry.field(
        default=None,
        description=(
            "Makes the request safe to repeat: the same key with the same input has one effect and gets the same answer for 72 hours. "
            "At most 200 characters."
        ),
    )
    dry_run: bool = strawberry.field(
        default=False,
        description=(
            "Only show what would happen: the answer is complete and `dryRun` says what would change, but nothing is kept. "
            "All mutations of one request are dry runs, or none is; each sees what those before it would have done."
        ),
    )


@strawberry.input(description="What every mutation takes that changes one object.")
class VersionedInput(MutationInput):
    """Adds the condition under which the change is made."""

    expected_version: int | None = strawberry.field(
        default=None, description="Change only if the object is still at this version; otherwise `VersionConflict` is answered."
    )


@strawberry.type(description="What every mutation answers.")
class MutationPayload:
    """What `run` adds to every answer."""

    dry_run: DryRun | None = strawberry.field(default=None, description="What would have happened; null when it was no dry run.")


def _plain(value: object) -> object:
    """Turn an input into what JSON knows, for its fingerprint; absent and null stay different."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(inner)
            for field in fields(value)
            if field.name not in ("idempotency_key", "dry_run") and (inner := getattr(value, field.name)) is not UNSET
        }
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, list | tuple):
        return [_plain(each) for each in cast(Sequence[object], value)]
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in cast(Mapping[object, object], value).items()}
    if isinstance(value, Decimal | date | datetime):
        return str(value)
    return value


def _fingerprint(input: object) -> bytes:
    return hashlib.sha256(orjson.dumps(_plain(input), option=orjson.OPT_SORT_KEYS)).digest()


async def run(
    info: Info,
    payload: Callable[..., P],
    input: Any,
    verb: Callable[[Call], Awaitable[Any]],
    *,
    result: str | None = None,
    keep_answer: bool = True,
) -> P:
    """Call a verb and build the payload: the verb's result under the name `result`, or the refusals under `errors`.

    `verb` gets the call and returns the result; without `result`, it must be a mapping of the payload's fields. `keep_answer` is False
    for answers that must not be written down, such as secrets: a repeated idempotency key is then answered from the verb's result alone.
    """
    context = info.context
    # A mutation before this one in the same request may have changed what the loaders remember.
    context.loaders.forget()
    rehearsal = await context.rehearse() if _is_dry_run(info, input) else None
    key: str | None = input.idempotency_key
    idempotency = None
    if key is not None and rehearsal is None:
        if not 0 < len(key) <= _LONGEST_KEY or "\0" in key:
            problem = ValidationFailed(message=f"An idempotency key has 1–{_LONGEST_KEY} characters.", path=("idempotency_key",))
            return payload(errors=[problem])
        idempotency = IdempotencyKey(key, _fingerprint(input))
    call = Call(context.transactions, context.viewer, context.at, idempotency)
    try:
        outcome = await verb(call)
    except Refused as refused:
        answer = payload(errors=list(refused.refusals))
        if any(refusal.code == "IDEMPOTENCY_KEY_REUSED" for refusal in refused.refusals):
            return answer
    else:
        context.loaders.forget()
        answer = payload(**({result: outcome} if result else outcome), errors=[])
    if rehearsal is not None:
        answer.dry_run = cast(Any, await rehearsal.effects())
    if idempotency is not None and keep_answer:
        context.settlers.append(_settler(info, call))
    return answer


def _is_dry_run(info: Info, input: MutationInput) -> bool:
    """Tell whether the request is a dry run. Raises PublicError where some of its mutations are and others are not.

    That is known before the first of them runs: none may be kept because another one came before it. `input` is that of the mutation
    that asks: where it is the only one, nothing else has to be looked at.
    """
    raw = cast(Any, info)._raw_info  # noqa: SLF001 -- the operation is nowhere else
    selections = raw.operation.selection_set.selections
    if len(selections) == 1 and isinstance(selections[0], FieldNode):
        return input.dry_run
    collected: Any = collect_fields(raw.schema, raw.fragments, raw.variable_values, raw.parent_type, raw.operation)
    asked = {
        bool(get_argument_values(raw.parent_type.fields[name], fields[0].node, raw.variable_values)["input"].get("dryRun"))
        for fields in collected.grouped_field_set.values()
        if (name := fields[0].node.name.value) in raw.parent_type.fields
    }
    if len(asked) > 1:
        raise PublicError(ErrorCode.BAD_USER_INPUT, "Either all mutations of a request are dry runs, or none is.")
    return True in asked


def _settler(info: Info, call: Call) -> Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]:
    """Build what exchanges this field's part of the answer for the one that was given first to the same key and selection."""
    raw = cast(Any, info)._raw_info  # noqa: SLF001 -- the fragments are nowhere else
    response_key = str(raw.path.key)
    written = "".join(
        [
            *(print_ast(node) for node in raw.field_nodes),
            *(print_ast(fragment) for fragment in raw.fragments.values()),
            orjson.dumps(_selection_variables(raw.variable_values), default=str, option=orjson.OPT_SORT_KEYS).decode(),
        ]
    )
    selection = hashlib.sha256(written.encode()).hexdigest()

    async def settle(data: dict[str, Any]) -> dict[str, Any]:
        mine = data.get(response_key)
        return data if mine is None else {**data, response_key: await settle_answer(call, selection, mine)}

    return settle


def _selection_variables(values: Any) -> dict[str, object]:
    """Take the variables that can steer a selection: flags and numbers. The input itself is compared by its fingerprint."""
    coerced = getattr(values, "coerced", values)
    return {name: value for name, value in coerced.items() if isinstance(value, bool | int)}
