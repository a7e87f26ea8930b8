"""The outcome policies that a workspace has published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, func, select

from domain.outcome_policies import DEFAULT_RULES, OutcomePolicy, OutcomeRule, rules_of
from persistence.database import Reading
from persistence.lookups import by_id
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import outcome_policies, workspaces
from persistence.writes import adding

outcome_policy_by_id = by_id(outcome_policies, OutcomePolicy)
add_outcome_policies = adding(outcome_policies, OutcomePolicy)

_columns = [outcome_policies.c[name] for name in columns_of(OutcomePolicy)]
_to_policy = mapper(OutcomePolicy)
all_outcome_policies: Listing[OutcomePolicy, None] = Listing(
    build=_to_policy,
    columns=_columns,
    source=outcome_policies,
    workspace=outcome_policies.c.workspace_id,
    id=outcome_policies.c.id,
    orderings={"VERSION": Ordering(outcome_policies.c.version, int)},
)
_CURRENT = Constant(
    select(*_columns)
    .where(outcome_policies.c.workspace_id == bindparam("workspace_id"))
    .order_by(outcome_policies.c.version.desc())
    .limit(1)
)
_latest_rules = (
    select(outcome_policies.c.rules)
    .where(outcome_policies.c.workspace_id == bindparam("workspace_id"))
    .order_by(outcome_policies.c.version.desc())
    .limit(1)
    .scalar_subquery()
)
_RULES = Constant(
    select(_latest_rules.label("rules")).select_from(workspaces).where(workspaces.c.workspace_id == bindparam("workspace_id"))
)
_LATEST = Constant(
    select(func.coalesce(func.max(outcome_policies.c.version), 0)).where(outcome_policies.c.workspace_id == bindparam("workspace_id"))
)


async def current_outcome_policy(db: Reading, keys: Sequence[object]) -> Mapping[object, OutcomePolicy]:
    """Read the policy in force, for any keys; none where the shipped one still holds."""
    row = await db.fetch_one(_CURRENT)
    return {} if row is None else dict.fromkeys(keys, _to_policy(row))


async def rules_in_force(db: Reading, keys: Sequence[object]) -> Mapping[object, Sequence[OutcomeRule]]:
    """Read the rules that hold, for any keys: those of the policy in force, else the shipped ones.

    Raises LookupError when there is no workspace.
    """
    row = await db.fetch_one(_RULES)
    if row is None:
        raise LookupError("no such workspace")
    return dict.fromkeys(keys, DEFAULT_RULES if row["rules"] is None else rules_of(row["rules"]))


async def latest_policy_version(db: Reading) -> int:
    """Return the number of the version in force; 0: none was published."""
    return await db.fetch_value(_LATEST)
