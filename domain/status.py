"""The life of a lead: which status may follow which, and what each move needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.refusals import Refusal, RefusalCode


class LeadStatus(StrEnum):
    """Where a lead stands."""

    NEW = "NEW"
    CONTACTED = "CONTACTED"
    QUALIFIED = "QUALIFIED"
    NURTURING = "NURTURING"
    PROPOSAL = "PROPOSAL"
    NEGOTIATION = "NEGOTIATION"
    CLOSED_WON = "CLOSED_WON"
    CLOSED_LOST = "CLOSED_LOST"
    RECYCLED = "RECYCLED"
    DISQUALIFIED = "DISQUALIFIED"


class Requirement(StrEnum):
    """Something that must be there before a move is made."""

    REASON = "REASON"
    BUDGET = "BUDGET"
    AUTHORITY = "AUTHORITY"
    NEED = "NEED"
    TIMELINE = "TIMELINE"
    DEAL_VALUE = "DEAL_VALUE"
    REASON_FOR_ZERO_VALUE = "REASON_FOR_ZERO_VALUE"
    MANAGER_ROLE = "MANAGER_ROLE"


_S = LeadStatus
TRANSITIONS: Mapping[LeadStatus, tuple[LeadStatus, ...]] = {
    _S.NEW: (_S.CONTACTED, _S.QUALIFIED, _S.NURTURING, _S.DISQUALIFIED),
    _S.CONTACTED: (_S.QUALIFIED, _S.NURTURING, _S.CLOSED_LOST, _S.DISQUALIFIED, _S.RECYCLED),
    _S.QUALIFIED: (_S.NURTURING, _S.PROPOSAL, _S.CLOSED_LOST, _S.DISQUALIFIED, _S.RECYCLED),
    _S.NURTURING: (_S.CONTACTED, _S.QUALIFIED, _S.PROPOSAL, _S.CLOSED_LOST, _S.DISQUALIFIED, _S.RECYCLED),
    _S.PROPOSAL: (_S.NEGOTIATION, _S.NURTURING, _S.CLOSED_WON, _S.CLOSED_LOST),
    _S.NEGOTIATION: (_S.PROPOSAL, _S.CLOSED_WON, _S.CLOSED_LOST),
    _S.CLOSED_WON: (_S.NEGOTIATION,),
    _S.CLOSED_LOST: (_S.RECYCLED,),
    _S.DISQUALIFIED: (_S.RECYCLED,),
    _S.RECYCLED: (_S.NEW, _S.CONTACTED, _S.NURTURING, _S.QUALIFIED, _S.DISQUALIFIED),
}

CLOSED = frozenset({_S.CLOSED_WON, _S.CLOSED_LOST, _S.DISQUALIFIED})
NEEDS_REASON = frozenset({_S.CLOSED_LOST, _S.DISQUALIFIED, _S.RECYCLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFacts:
    """What the rules look at when a lead is to move."""

    status: LeadStatus
    has_budget: bool = False
    has_authority: bool = False
    has_need: bool = False
    has_timeline: bool = False
    deal_value_set: bool = False
    deal_value_zero: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """One status that a lead may move to, and what is still missing for it."""

    to: LeadStatus
    missing: tuple[Requirement, ...]


@dataclass(frozen=True, kw_only=True)
class IllegalStatusChange(Refusal, code=RefusalCode.ILLEGAL_STATUS_CHANGE):
    """The rules do not know this move."""

    from_status: LeadStatus
    to_status: LeadStatus
    allowed: tuple[LeadStatus, ...]
    missing: tuple[Requirement, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class StatusRequirementsMissing(Refusal, code=RefusalCode.STATUS_REQUIREMENTS_MISSING):
    """The move is a legal one, but something that it needs is missing."""

    from_status: LeadStatus
    to_status: LeadStatus
    missing: tuple[Requirement, ...]


def missing_for(facts: StatusFacts, to: LeadStatus, *, has_reason: bool, is_manager: bool) -> tuple[Requirement, ...]:
    """List what a move still needs (rules §2), in a fixed order."""
    missing: list[Requirement] = []
    if to is LeadStatus.QUALIFIED:
        bant = (
            (facts.has_budget, Requirement.BUDGET),
            (facts.has_authority, Requirement.AUTHORITY),
            (facts.has_need, Requirement.NEED),
            (facts.has_timeline, Requirement.TIMELINE),
        )
        missing += [requirement for known, requirement in bant if not known]
    reopening = facts.status is LeadStatus.CLOSED_WON and to is LeadStatus.NEGOTIATION
    if (to in NEEDS_REASON or reopening) and not has_reason:
        missing.append(Requirement.REASON)
    if reopening and not is_manager:
        missing.append(Requirement.MANAGER_ROLE)
    if to is LeadStatus.CLOSED_WON:
        if not facts.deal_value_set:
            missing.append(Requirement.DEAL_VALUE)
        elif facts.deal_value_zero and not has_reason:
            missing.append(Requirement.REASON_FOR_ZERO_VALUE)
    return tuple(missing)


def allowed_transitions(facts: StatusFacts, *, is_manager: bool) -> tuple[Transition, ...]:
    """Tell, for each status that may follow, what is still missing; a reason counts as missing where one is needed."""
    return tuple(Transition(to, missing_for(facts, to, has_reason=False, is_manager=is_manager)) for to in TRANSITIONS[facts.status])


@dataclass(frozen=True, slots=True)
class Move:
    """A status change that the rules, or a manager's force, let through."""

    from_status: LeadStatus
    to_status: LeadStatus
    forced: bool


def decide_move(facts: StatusFacts, to: LeadStatus, *, reason: str | None, is_manager: bool, force: bool = False) -> Move | Refusal | None:
    """Decide a status change: the move, the refusal, or None when the lead is there already (a no-op).

    A manager or admin may force what the rules refuse, with a reason; only then is the move marked as forced.
    """
    if to is facts.status:
        return None
    has_reason = bool(reason)
    allowed = TRANSITIONS[facts.status]
    missing = missing_for(facts, to, has_reason=has_reason, is_manager=is_manager)
    legal = to in allowed
    if legal and not missing:
        return Move(facts.status, to, forced=False)
    if force and is_manager and has_reason:
        return Move(facts.status, to, forced=True)
    if force and is_manager:
        needed = missing if Requirement.REASON in missing else (*missing, Requirement.REASON)
        return StatusRequirementsMissing(
            message="Forcing a status needs a reason.",
            path=("reason",),
            from_status=facts.status,
            to_status=to,
            missing=needed,
        )
    if not legal:
        return IllegalStatusChange(
            message=f"A lead that is {facts.status} cannot become {to}.",
            path=("status",),
            from_status=facts.status,
            to_status=to,
            allowed=allowed,
            missing=missing,
        )
    return StatusRequirementsMissing(
        message=f"Becoming {to} still needs: {', '.join(missing)}.",
        path=("status",),
        from_status=facts.status,
        to_status=to,
        missing=missing,
    )
