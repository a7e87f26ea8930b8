"""Publish outcome policy: from now on, other things follow from how contact attempts end."""

from __future__ import annotations

from collections.abc import Sequence

from domain.outcome_policies import OutcomePolicy, OutcomeRule, as_json, checked_rules
from domain.refusals import Refused
from persistence.failures import Deadlocked, UniqueViolation
from persistence.outcome_policies import add_outcome_policies, latest_policy_version
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem


@verb
async def publish_outcome_policy(work: Work, rules: Sequence[OutcomeRule], expected_version: int | None = None) -> OutcomePolicy:
    """Publish the next version; earlier ones stay as they were. Raises Refused: ValidationFailed, VersionConflict."""
    checked, refusals = checked_rules(rules)
    latest = await latest_policy_version(work.tx)
    refusals = [*version_problem(latest, expected_version, "policy"), *refusals]
    if refusals:
        raise Refused(refusals)
    policy = OutcomePolicy(
        id=new_id(),
        version=latest + 1,
        rules=as_json(checked),
        published_at=work.at,
        actor_kind=work.actor.kind,
        actor_id=work.actor.id,
    )
    try:
        await add_outcome_policies(work.tx, [policy])
    except UniqueViolation as error:
        # Somebody published at the same time; the next attempt sees that version.
        raise Deadlocked(str(error)) from error
    return policy
