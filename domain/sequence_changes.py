"""What a draft would change of what is published."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.sequence_steps import SendStep, Step
from domain.sequences import SequencePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanges:
    """How one plan differs from another; steps by their keys, in the order of their plan."""

    added_steps: tuple[str, ...]
    changed_steps: tuple[str, ...]
    removed_steps: tuple[str, ...]
    triggers_changed: bool
    exit_criteria_changed: bool
    entry_changed: bool


def plan_changes(before: SequencePlan, after: SequencePlan) -> PlanChanges:
    """Compare two plans; which version of a message a step sends is settled at publication and does not count."""
    old = {step.key: _unpinned(step) for step in before.steps}
    new = {step.key: _unpinned(step) for step in after.steps}
    return PlanChanges(
        added_steps=tuple(key for key in new if key not in old),
        changed_steps=tuple(key for key in new if key in old and new[key] != old[key]),
        removed_steps=tuple(key for key in old if key not in new),
        triggers_changed=before.triggers != after.triggers,
        exit_criteria_changed=before.exit_criteria != after.exit_criteria,
        entry_changed=before.entry != after.entry,
    )


def _unpinned(step: Step) -> Step:
    return replace(step, template_version_id=None) if isinstance(step, SendStep) else step


def unpinned_plan(plan: SequencePlan) -> SequencePlan:
    """Make of a published plan the draft to go on from: its messages are those of the templates again."""
    return replace(plan, steps=tuple(_unpinned(step) for step in plan.steps))
