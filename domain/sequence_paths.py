"""The ways through a sequence: what can be reached, what goes round without a wait, what never ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from domain.sequence_steps import WAITING_STEPS, AiCallStep, CallTaskStep, ExitStep, SendStep, Step, ways_out
from domain.sequences import SequencePlan

# A call is a contact like a message: this is its channel.
_CALL = "PHONE"


def _targets(plan: SequencePlan) -> Mapping[str, tuple[str, ...]]:
    keys = plan.step_by_key
    return {step.key: tuple(dict.fromkeys(to for _, to in ways_out(step) if to is not None and to in keys)) for step in plan.steps}


def _reached(starts: Iterable[str], targets: Mapping[str, Collection[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting += targets[key]
    return seen


def _reversed(targets: Mapping[str, Collection[str]]) -> Mapping[str, list[str]]:
    backward: dict[str, list[str]] = {key: [] for key in targets}
    for key, following in targets.items():
        for target in following:
            backward[target].append(key)
    return backward


def reachable_steps(plan: SequencePlan) -> set[str]:
    """Find the steps to which a way leads from the first."""
    return _reached((step.key for step in plan.steps[:1]), _targets(plan))


def cycles_without_wait(plan: SequencePlan) -> Iterator[tuple[str, ...]]:
    """Find the groups of steps in which a lead would go round for ever at once: each group's keys, in the plan's order."""
    hurried = [step.key for step in plan.steps if not isinstance(step, WAITING_STEPS)]
    allowed = set(hurried)
    targets = {key: [to for to in following if to in allowed] for key, following in _targets(plan).items() if key in allowed}
    backward = _reversed(targets)
    told: set[str] = set()
    for key in hurried:
        if key in told:
            continue
        after = _reached(targets[key], targets)
        if key in after:
            together = after & _reached([key], backward)
            told |= together
            yield tuple(each for each in hurried if each in together)


def steps_that_never_end(plan: SequencePlan) -> list[str]:
    """Find the steps from which no exit can be reached though every way leads on; whatever leads nowhere is told there."""
    keys = plan.step_by_key
    ends = [step.key for step in plan.steps if isinstance(step, ExitStep) or any(to is None or to not in keys for _, to in ways_out(step))]
    ending = _reached(ends, _reversed(_targets(plan)))
    reachable = reachable_steps(plan)
    return [step.key for step in plan.steps if step.key in reachable and step.key not in ending]


def _channel(step: Step) -> str | None:
    match step:
        case SendStep():
            return step.channel
        case AiCallStep() | CallTaskStep():
            return _CALL
        case _:
            return None


def sends_in_a_row(plan: SequencePlan) -> Iterator[tuple[str, str]]:
    """Find contacts that follow another on the same channel without a wait between them: the first one's key and the second's."""
    steps = plan.step_by_key
    targets = _targets(plan)
    onward = {key: () if isinstance(steps[key], WAITING_STEPS) else following for key, following in targets.items()}
    told: set[str] = set()
    for step in plan.steps:
        channel = _channel(step)
        if channel is None:
            continue
        after = _reached(targets[step.key], onward)
        for other in plan.steps:
            if other.key in after - told and other.key != step.key and _channel(other) == channel:
                told.add(other.key)
                yield step.key, other.key
