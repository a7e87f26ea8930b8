"""Two leads that are one person: which value of each field is kept, and what an unmerge may put back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from domain.lead_profiles import MAX_NOTES_BYTES, MAX_PHONES
from domain.leads import ARRIVING_FIELDS, PROMISE_FIELDS, Lead
from domain.refusals import Refusal, RefusalCode, ValidationFailed
from domain.status import LeadStatus


class MergeField(StrEnum):
    """What a merge decides about on its own; some are several columns that only make sense together."""

    NAME = "NAME"
    TITLE = "TITLE"
    EMAIL = "EMAIL"
    PHONES = "PHONES"
    LANGUAGE = "LANGUAGE"
    COMPANY = "COMPANY"
    INDUSTRY = "INDUSTRY"
    EMPLOYEES = "EMPLOYEES"
    ANNUAL_REVENUE = "ANNUAL_REVENUE"
    WEBSITE = "WEBSITE"
    ADDRESS = "ADDRESS"
    TIME_ZONE = "TIME_ZONE"
    BUDGET = "BUDGET"
    AUTHORITY = "AUTHORITY"
    NEED = "NEED"
    TIMELINE = "TIMELINE"
    NOTES = "NOTES"
    STATUS = "STATUS"
    OWNER = "OWNER"
    STAGE = "STAGE"
    DEAL_VALUE = "DEAL_VALUE"
    DEAL_PROBABILITY = "DEAL_PROBABILITY"
    EXPECTED_CLOSE_DATE = "EXPECTED_CLOSE_DATE"
    PRIORITY_PIN = "PRIORITY_PIN"


class Survivorship(StrEnum):
    """Whose value a field of the merged lead has."""

    SURVIVOR = "SURVIVOR"
    LOSER = "LOSER"
    NON_EMPTY = "NON_EMPTY"
    NEWEST = "NEWEST"
    UNITED = "UNITED"
    FURTHEST = "FURTHEST"


_F, _S = MergeField, Survivorship

COLUMNS: Mapping[MergeField, tuple[str, ...]] = MappingProxyType(
    {
        **{each: (each.value.lower(),) for each in MergeField},
        _F.NAME: ("first_name", "last_name"),
        _F.ADDRESS: ("street", "city", "region", "postal_code", "country"),
        _F.STATUS: ("status", "status_since", "closed_at"),
        _F.OWNER: ("owner_id", "assigned_at"),
        _F.STAGE: ("pipeline_id", "stage_id", "stage_entered_at"),
        _F.DEAL_VALUE: ("deal_value", "deal_currency"),
        _F.PRIORITY_PIN: ("pinned_priority", "pin_reason", "pinned_until"),
    }
)
"""The columns that each field stands for; the first says whether there is a value at all, but for those of name and address."""

DEFAULTS: Mapping[MergeField, Survivorship] = MappingProxyType(
    {**dict.fromkeys(MergeField, _S.NON_EMPTY), _F.PHONES: _S.UNITED, _F.NOTES: _S.UNITED, _F.STATUS: _S.FURTHEST}
)
"""What holds for a field that the request does not name."""

_ONLY_FOR: Mapping[Survivorship, frozenset[MergeField]] = MappingProxyType(
    {_S.UNITED: frozenset({_F.PHONES, _F.NOTES}), _S.FURTHEST: frozenset({_F.STATUS})}
)

_L = LeadStatus
FURTHEST: tuple[LeadStatus, ...] = (
    _L.CLOSED_WON,
    _L.NEGOTIATION,
    _L.PROPOSAL,
    _L.QUALIFIED,
    _L.NURTURING,
    _L.CONTACTED,
    _L.RECYCLED,
    _L.NEW,
    _L.CLOSED_LOST,
    _L.DISQUALIFIED,
)
"""From the furthest to the least: a customer stays one, and work that goes on outweighs work that ended without a deal."""

_TOUCH = ("source", "touch_at", "touch_detail", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
_FIRST_TOUCH = ("source", *(f"first_{name}" for name in _TOUCH[1:]))
_LAST_TOUCH = tuple(f"last_{name}" for name in _TOUCH)
_FLAGS = ("do_not_call", "do_not_email")


class Kept(StrEnum):
    """Where the value of a field came from."""

    SURVIVOR = "SURVIVOR"
    LOSER = "LOSER"
    BOTH = "BOTH"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a merge decided about one field in which the leads differed."""

    field: MergeField
    rule: Survivorship
    kept: Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadMerge:
    """One merge of two leads. `lead_id` is the lead whose timeline shows it; `decisions` and `moved` are JSON."""

    id: UUID
    lead_id: UUID
    survivor_id: UUID
    loser_id: UUID
    at: datetime
    actor_kind: str
    actor_id: UUID | None
    decisions: object
    moved: object
    unmerged_at: datetime | None
    unmerged_by_kind: str | None
    unmerged_by_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class SameLead(Refusal, code=RefusalCode.SAME_LEAD):
    """Both ids are those of one lead: it cannot be merged with itself, and may have been merged just now."""

    lead_id: UUID


class UnmergeObstacle(StrEnum):
    """Why a merge cannot be undone now."""

    ALREADY_UNDONE = "ALREADY_UNDONE"
    SURVIVOR_MERGED = "SURVIVOR_MERGED"
    LATER_MERGE = "LATER_MERGE"
    SURVIVOR_DELETED = "SURVIVOR_DELETED"


@dataclass(frozen=True, kw_only=True)
class MergeNotUndoable(Refusal, code=RefusalCode.MERGE_NOT_UNDOABLE):
    """The merge stands until something else is undone first; `merge_id` names the merge in the way, if it is one."""

    reason: UnmergeObstacle
    merge_id: UUID | None = None


def checked_choices(
    choices: Sequence[tuple[MergeField, Survivorship]], *path: str
) -> tuple[Mapping[MergeField, Survivorship], list[Refusal]]:
    """Lay the choices over the defaults. Each field is named once, with a rule that it can follow."""
    chosen: dict[MergeField, Survivorship] = {}
    refusals: list[Refusal] = []
    for index, (field, rule) in enumerate(choices):
        if field in chosen:
            refusals.append(ValidationFailed(message=f"{field} is named twice.", path=(*path, str(index), "field")))
        if field not in _ONLY_FOR.get(rule, (field,)):
            refusals.append(ValidationFailed(message=f"{field} cannot be {rule}.", path=(*path, str(index), "keep")))
        chosen[field] = rule
    return {**DEFAULTS, **chosen}, refusals


_DECISIVE: Mapping[MergeField, tuple[str, ...]] = MappingProxyType(
    {_F.STATUS: ("status",), _F.OWNER: ("owner_id",), _F.STAGE: ("stage_id",)}
)
"""Where leads that agree in these differ only in since when: then the survivor's instant is as good as the loser's."""


def _differ(field: MergeField, survivor: Lead, loser: Lead) -> bool:
    return any(getattr(survivor, name) != getattr(loser, name) for name in _DECISIVE.get(field, COLUMNS[field]))


def _values(lead: Lead, field: MergeField) -> tuple[Any, ...]:
    return tuple(getattr(lead, column) for column in COLUMNS[field])


def _empty(values: Iterable[Any]) -> bool:
    return all(value in (None, ()) for value in values)


def _source(field: MergeField, rule: Survivorship, survivor: Lead, loser: Lead) -> Kept:
    """Decide whose value is kept where both differ."""
    if rule in (Survivorship.SURVIVOR, Survivorship.LOSER):
        return Kept(rule.value)
    if rule is Survivorship.FURTHEST:
        return Kept.LOSER if FURTHEST.index(loser.status) < FURTHEST.index(survivor.status) else Kept.SURVIVOR
    first, second = (Kept.SURVIVOR, Kept.LOSER)
    if rule is Survivorship.NEWEST and loser.updated_at > survivor.updated_at:
        first, second = second, first
    preferred = _values(survivor if first is Kept.SURVIVOR else loser, field)
    return second if _empty(preferred) else first


def _united(field: MergeField, survivor: Lead, loser: Lead) -> tuple[Kept, Any, str | None]:
    """Put phones or notes together, and say when that is too much."""
    if field is MergeField.PHONES:
        phones = tuple(dict.fromkeys((*survivor.phones, *loser.phones)))
        kept = Kept.SURVIVOR if phones == survivor.phones else Kept.LOSER if phones == loser.phones else Kept.BOTH
        return kept, phones, f"Together they have more than {MAX_PHONES} phone numbers." if len(phones) > MAX_PHONES else None
    notes = [text for text in (survivor.notes, loser.notes) if text]
    if len(notes) < 2 or notes[0] == notes[1]:
        return (Kept.SURVIVOR if survivor.notes else Kept.LOSER), next(iter(notes), None), None
    together = "\n\n".join(notes)
    return Kept.BOTH, together, "Together the notes are longer than 32 KiB." if len(together.encode()) > MAX_NOTES_BYTES else None


def merged(
    survivor: Lead, loser: Lead, rules: Mapping[MergeField, Survivorship], *path: str
) -> tuple[dict[str, Any], list[Decision], list[Refusal]]:
    """Work out the columns of the survivor that change, and what was decided where the leads differed.

    The first touch is the earlier one, the last touch the later one, the promise of an answer the earlier one, and a restriction of
    either holds for both: nobody chooses these.
    """
    changes: dict[str, Any] = {}
    decisions: list[Decision] = []
    refusals: list[Refusal] = []
    for field, rule in rules.items():
        if not _differ(field, survivor, loser):
            continue
        if rule is Survivorship.UNITED:
            kept, value, problem = _united(field, survivor, loser)
            values: tuple[Any, ...] = (value,)
            refusals += [ValidationFailed(message=f"{problem} Choose one of the two.", path=path)] if problem else []
        else:
            kept = _source(field, rule, survivor, loser)
            values = _values(survivor if kept is Kept.SURVIVOR else loser, field)
        decisions.append(Decision(field, rule, kept))
        changes |= dict(zip(COLUMNS[field], values, strict=True))
    if loser.first_touch_at < survivor.first_touch_at:
        changes |= {name: getattr(loser, name) for name in _FIRST_TOUCH}
    if loser.last_touch_at > survivor.last_touch_at:
        changes |= {name: getattr(loser, name) for name in _LAST_TOUCH}
    if loser.first_response_due_at is not None and (
        survivor.first_response_due_at is None or loser.first_response_due_at < survivor.first_response_due_at
    ):
        changes |= {name: getattr(loser, name) for name in PROMISE_FIELDS}
    changes |= {flag: True for flag in _FLAGS if getattr(loser, flag)}
    return {name: value for name, value in changes.items() if getattr(survivor, name) != value}, decisions, refusals


_SCORE = ("score_total", "grade", "temperature", "priority", "scored_at", "rescore_at")
_TOGETHER: tuple[tuple[str, ...], ...] = (
    *COLUMNS.values(),
    _FIRST_TOUCH,
    _LAST_TOUCH,
    *((flag,) for flag in _FLAGS),
    PROMISE_FIELDS,
    _SCORE,
    ARRIVING_FIELDS,
)

MERGED_COLUMNS = frozenset(name for columns in _TOGETHER for name in columns)
OWN_COLUMNS = frozenset({"id", "version", "created_at", "updated_at", "deleted_at", "merged_into_id", "event_sequence", "live_enrollments"})
"""What each of two leads keeps for itself."""


def unmerged(now: Lead, before: Lead, after: Lead) -> tuple[dict[str, Any], bool]:
    """Work out the columns that an unmerge puts back: those that nobody changed since the merge.

    The second part tells whether the counted facts are among them; otherwise they must be counted again.
    """
    changes: dict[str, Any] = {}
    for columns in _TOGETHER:
        untouched = all(getattr(now, name) == getattr(after, name) for name in columns)
        if untouched:
            changes |= {name: getattr(before, name) for name in columns}
        elif columns is ARRIVING_FIELDS:
            return {name: value for name, value in changes.items() if getattr(now, name) != value}, False
    return {name: value for name, value in changes.items() if getattr(now, name) != value}, True
