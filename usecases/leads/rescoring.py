"""Brings score, grade and priority of a lead up to its facts, and tells what of that is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.lead_copies import changed_lead
from domain.leads import CurrentScore, Lead, effective_priority
from domain.scoring import ConversationCall, Score, ScoringModel, breakdown_from_json, breakdown_to_json, next_change, score


@dataclass(frozen=True, slots=True)
class Rescored:
    """What a look at the facts brought.

    `score` is None when the stored breakdown is right as it is. `moved` says whether points moved: the total's, or those of a
    category; only then is it history. `pin_ended` says whether a pin had run out, `remodelled` whether another model, or another version
    of it, had made the stored score.
    """

    lead: Lead
    score: CurrentScore | None
    moved: bool
    pin_ended: bool
    remodelled: bool = False


def rescored(lead: Lead, stored: CurrentScore | None, calls: Sequence[ConversationCall], model: ScoringModel, at: datetime) -> Rescored:
    """Score a lead; `stored` is what was last written of its score, None for a lead that never had one."""
    facts = replace(lead.facts, conversation=tuple(calls)) if calls else lead.facts
    current = score(facts, model, at)
    packed = breakdown_to_json(current)
    fresh = stored is None or (stored.breakdown, stored.model_key, stored.model_version) != (
        packed,
        current.model_key,
        current.model_version,
    )
    pin_ended = lead.pinned_priority is not None and lead.pinned_until is not None and lead.pinned_until <= at
    pin_end = None if pin_ended else lead.pinned_until
    turns = [instant for instant in (next_change(facts, model, at), pin_end) if instant is not None]
    return Rescored(
        lead=changed_lead(
            lead,
            score_total=current.total,
            grade=current.grade,
            temperature=current.temperature,
            priority=effective_priority(current.priority, lead.pinned_priority, lead.pinned_until, at),
            # A pin that has run out leaves with the rescoring, so that lists and filters see the truth.
            pinned_priority=None if pin_ended else lead.pinned_priority,
            pin_reason=None if pin_ended else lead.pin_reason,
            pinned_until=pin_end,
            scored_at=at if fresh else lead.scored_at,
            rescore_at=min(turns, default=None),
        ),
        score=_stored(lead, current, packed) if fresh else None,
        moved=fresh and (stored is None or _points_of(stored) != _points(current)),
        pin_ended=pin_ended,
        remodelled=stored is not None and (stored.model_key, stored.model_version) != (model.key, model.version),
    )


def _stored(lead: Lead, current: Score, packed: object) -> CurrentScore:
    return CurrentScore(
        lead_id=lead.id,
        total=current.total,
        grade=current.grade,
        temperature=current.temperature,
        priority=current.priority,
        model_key=current.model_key,
        model_version=current.model_version,
        computed_at=current.computed_at,
        breakdown=packed,
    )


def _points(current: Score) -> tuple[object, ...]:
    return current.total, current.grade, {category.key: category.points for category in current.categories}


def _points_of(stored: CurrentScore) -> tuple[object, ...]:
    points: Mapping[str, int] = {category.key: category.points for category in breakdown_from_json(stored.breakdown)}  # pyright: ignore[reportArgumentType] -- as it was packed
    return stored.total, stored.grade, points
