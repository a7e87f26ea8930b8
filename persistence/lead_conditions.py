"""Which leads: the filter, the search and what the viewer may see, as conditions in SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Integer,
    Numeric,
    TableValuedAlias,
    Text,
    any_,
    bindparam,
    exists,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.functions import coalesce
from sqlalchemy.types import TypeEngine

from domain.filters import (
    DateRange,
    FirstResponseMatch,
    InstantRange,
    LeadFilter,
    LeadQuery,
    NumberRange,
    OneOf,
    Reference,
    TagMatch,
    TextMatch,
)
from domain.searching import search_prefixes
from persistence.custom_conditions import custom_field_conditions
from persistence.database import Scope
from persistence.tables import agents, campaign_members, external_references, lead_tags, leads, search_terms, tags

# A member of an enum.
_NAME = re.compile(r"[A-Z_]{1,40}")
Conditions = list[ColumnElement[bool]]

# Subqueries look at aliases: a list that itself joins these tables would otherwise be what they are compared with.
_members = agents.alias("members")
_carried = lead_tags.alias("carried")
_labels = tags.alias("labels")
_former = leads.alias("former")
_joined = campaign_members.alias("joined")


def visible(scope: Scope) -> ColumnElement[bool]:
    """Build the condition that keeps the leads which the viewer may see."""
    visibility = scope.visibility
    if visibility is None:
        return true()
    mine: Conditions = [leads.c.owner_id == visibility.agent_id]
    if visibility.team_id is not None:
        team = select(_members.c.id).where(_members.c.workspace_id == leads.c.workspace_id, _members.c.team_id == visibility.team_id)
        mine.append(leads.c.owner_id.in_(team))
    if visibility.pool:
        mine.append(leads.c.owner_id.is_(None))
    return or_(*mine)


def visible_lead(lead_id: ColumnElement[Any], workspace: ColumnElement[Any], scope: Scope) -> ColumnElement[bool]:
    """Build the condition for rows of other tables: their lead is there and may be seen."""
    return exists().where(leads.c.workspace_id == workspace, leads.c.id == lead_id, leads.c.deleted_at.is_(None), visible(scope))


def _is_one_of(column: ColumnElement[Any], values: Sequence[Any], element: TypeEngine[Any] | None = None) -> ColumnElement[bool]:
    # One array parameter, whatever the number of values: the statement's text stays the same.
    return column == any_(bindparam(None, list(values), type_=ARRAY(element or column.type), unique=True))


def _null(column: ColumnElement[Any], is_null: bool | None) -> Conditions:
    return [] if is_null is None else [column.is_(None) if is_null else column.is_not(None)]


def _member(name: str) -> ColumnElement[Any] | str:
    """Write an enum's name into the statement: there are few, and PostgreSQL then keeps a plan for each, made for its share of rows."""
    return literal_column(f"'{name}'", Text) if _NAME.fullmatch(name) else name


def _one_of(column: ColumnElement[Any], condition: OneOf) -> Conditions:
    parts: Conditions = []
    if condition.eq is not None:
        parts.append(column == _member(condition.eq))
    if condition.in_ is not None:
        parts.append(_is_one_of(column, condition.in_))
    if condition.not_in is not None:
        parts.append(not_(_is_one_of(column, condition.not_in)))
    return parts


def _folded(value: str) -> ColumnElement[str]:
    # Both sides are folded by the database: Python and PostgreSQL do not agree on every letter.
    return func.lower(bindparam(None, value, type_=Text(), unique=True))


def _names(values: Sequence[str]) -> TableValuedAlias:
    """Build the rows of one array parameter, as a table with the column `name`."""
    given = bindparam(None, list(values), type_=ARRAY(Text), unique=True)
    return func.unnest(given).table_valued(Column("name", Text)).render_derived()


def _is_one_of_texts(folded: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    return folded.in_(select(func.lower(_names(values).c.name)))


def _text(column: ColumnElement[Any], condition: TextMatch) -> Conditions:
    folded = func.lower(column)
    parts = _null(column, condition.is_null)
    if condition.eq is not None:
        parts.append(folded == _folded(condition.eq))
    if condition.in_ is not None:
        parts.append(_is_one_of_texts(folded, condition.in_))
    if condition.contains is not None:
        parts.append(func.strpos(folded, _folded(condition.contains)) > 0)
    if condition.starts_with is not None:
        parts.append(func.starts_with(folded, _folded(condition.starts_with)))
    return parts


def range_conditions(column: ColumnElement[Any], condition: NumberRange | InstantRange | DateRange) -> Conditions:
    """Translate bounds on a column."""
    parts = _null(column, condition.is_null)
    operators = {"eq": "__eq__", "gte": "__ge__", "gt": "__gt__", "lte": "__le__", "lt": "__lt__"}
    for name, operator in operators.items():
        bound = getattr(condition, name, None)
        if bound is not None:
            # Wider than the column: a bound may lie beyond what the column can hold. A whole number stays one, so that an index serves.
            if isinstance(column.type, Integer):
                bound = bindparam(None, int(bound), type_=BigInteger(), unique=True)
            elif isinstance(bound, Decimal):
                bound = bindparam(None, bound, type_=Numeric(), unique=True)
            parts.append(getattr(column, operator)(bound))
    return parts


def reference_conditions(column: ColumnElement[Any], condition: Reference) -> Conditions:
    """Translate conditions on a column that holds another thing's id."""
    parts = _null(column, condition.is_null)
    if condition.eq is not None:
        parts.append(column == condition.eq)
    if condition.in_ is not None:
        parts.append(_is_one_of(column, condition.in_))
    return parts


def _tags(condition: TagMatch) -> Conditions:
    def carries(name_matches: ColumnElement[bool]) -> ColumnElement[bool]:
        return (
            exists()
            .where(
                _carried.c.workspace_id == leads.c.workspace_id,
                _carried.c.lead_id == leads.c.id,
                _labels.c.workspace_id == _carried.c.workspace_id,
                _labels.c.id == _carried.c.tag_id,
                name_matches,
            )
            # By name: left alone, it looks for the leads in the next query around it only, which for `all_of` is that of the names.
            .correlate_except(_carried, _labels)
        )

    name = func.lower(_labels.c.name)
    parts: Conditions = []
    if condition.any_of is not None:
        parts.append(carries(_is_one_of_texts(name, condition.any_of)))
    if condition.all_of:
        wanted = _names(condition.all_of)
        parts.append(not_(exists().select_from(wanted).where(not_(carries(name == func.lower(wanted.c.name)))).correlate_except(wanted)))
    if condition.none_of is not None:
        parts.append(not_(carries(_is_one_of_texts(name, condition.none_of))))
    return parts


def _team(condition: Reference) -> Conditions:
    def owned_by_member(*team: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(_members.c.workspace_id == leads.c.workspace_id, _members.c.id == leads.c.owner_id, *team)

    parts: Conditions = []
    if condition.is_null is not None:
        in_a_team = owned_by_member(_members.c.team_id.is_not(None))
        parts.append(not_(in_a_team) if condition.is_null else in_a_team)
    if condition.eq is not None or condition.in_ is not None:
        parts.append(owned_by_member(*reference_conditions(_members.c.team_id, replace(condition, is_null=None))))
    return parts


def _campaign(condition: Reference) -> Conditions:
    def member(*campaign: ColumnElement[bool]) -> ColumnElement[bool]:
        there = (_joined.c.workspace_id == leads.c.workspace_id, _joined.c.lead_id == leads.c.id, _joined.c.left_at.is_(None))
        return exists().where(*there, *campaign)

    parts: Conditions = []
    if condition.is_null is not None:
        parts.append(not_(member()) if condition.is_null else member())
    if condition.eq is not None or condition.in_ is not None:
        parts.append(member(*reference_conditions(_joined.c.campaign_id, replace(condition, is_null=None))))
    return parts


def _external_system(condition: TextMatch) -> Conditions:
    def known_to(*system: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(
            external_references.c.workspace_id == leads.c.workspace_id, external_references.c.lead_id == leads.c.id, *system
        )

    parts: Conditions = []
    if condition.is_null is not None:
        parts.append(not_(known_to()) if condition.is_null else known_to())
    matches = _text(external_references.c.system, replace(condition, is_null=None))
    return [*parts, known_to(*matches)] if matches else parts


def _first_response(condition: FirstResponseMatch) -> Conditions:
    # Whoever waits for no answer is out of the question, whatever is asked: that is also what the index knows.
    parts: Conditions = [leads.c.first_response_due_at.is_not(None)]
    if condition.due_at is not None:
        parts += range_conditions(leads.c.first_response_due_at, condition.due_at)
    if condition.responded is not None:
        parts += _null(leads.c.first_contacted_at, not condition.responded)
    return parts


_ENUMS = ("status", "grade", "temperature", "priority", "source")
_TEXTS = ("email", "company", "title", "industry", "country", "city")
_RANGES = (
    "employees",
    "annual_revenue",
    "deal_value",
    "expected_close_date",
    "created_at",
    "updated_at",
    "closed_at",
    "last_contacted_at",
    "last_activity_at",
)
_REFERENCES = {"owner": leads.c.owner_id, "pipeline": leads.c.pipeline_id, "stage": leads.c.stage_id}


def _conditions(filter: LeadFilter) -> Conditions:
    """Translate what a filter says about one lead, without its say on deleted ones."""
    parts: Conditions = []
    for name, translate, column in (
        *((name, _one_of, leads.c[name]) for name in _ENUMS),
        *((name, _text, leads.c[name]) for name in _TEXTS),
        *((name, range_conditions, leads.c[name]) for name in _RANGES),
        ("score", range_conditions, leads.c.score_total),
        *((name, reference_conditions, column) for name, column in _REFERENCES.items()),
    ):
        condition = getattr(filter, name)
        if condition is not None:
            parts += translate(column, condition)
    if filter.ids is not None:
        parts.append(leads.c.id == any_(standing_ids(filter.ids)))
    if filter.segment is not None:
        raise TypeError("a filter that names segments has to be spelt out first")
    if filter.tags is not None:
        parts += _tags(filter.tags)
    if filter.team is not None:
        parts += _team(filter.team)
    if filter.campaign is not None:
        parts += _campaign(filter.campaign)
    if filter.external_system is not None:
        parts += _external_system(filter.external_system)
    for match in filter.custom_fields or ():
        parts += custom_field_conditions(match)
    if filter.first_response is not None:
        parts += _first_response(filter.first_response)
    if filter.do_not_call is not None:
        parts.append(leads.c.do_not_call.is_(filter.do_not_call))
    parts += [_all(part) for part in filter.and_ or ()]
    if filter.or_ is not None:
        parts.append(or_(false(), *(_all(part) for part in filter.or_)))
    if filter.not_ is not None:
        # A condition on an empty value is neither true nor false; its opposite must still find the lead.
        parts.append(not_(coalesce(_all(filter.not_), false())))
    return parts


def standing_ids(ids: Sequence[UUID]) -> ColumnElement[Any]:
    """Exchange ids of merged leads for those of the leads that took their places."""
    given = bindparam(None, list(ids), type_=ARRAY(leads.c.id.type), unique=True)
    standing = select(coalesce(_former.c.merged_into_id, _former.c.id)).where(
        _former.c.workspace_id == bindparam("workspace_id"), _former.c.id == any_(given)
    )
    return func.array(standing.scalar_subquery(), type_=ARRAY(leads.c.id.type))


def _all(filter: LeadFilter) -> ColumnElement[bool]:
    parts = _conditions(filter)
    combined = true()
    for part in parts:
        combined = combined & part
    return combined


def _found_by(search: str) -> Conditions:
    """Require every word that was typed to begin a term of the lead."""
    prefixes = search_prefixes(search)
    if not prefixes:
        return [false()]
    return [
        leads.c.id.in_(
            select(search_terms.c.lead_id).where(
                search_terms.c.workspace_id == bindparam("workspace_id"),
                # A range of the index: comparisons of text are leakproof, so that row security lets the index be used; LIKE is not.
                search_terms.c.term >= bindparam(None, prefix, type_=Text(), unique=True),
                search_terms.c.term < bindparam(None, prefix + "\U0010ffff", type_=Text(), unique=True),
            )
        )
        for prefix in prefixes
    ]


def lead_conditions(query: LeadQuery | None, scope: Scope) -> Conditions:
    """Translate filter, search and the viewer's visibility into conditions on the table of leads."""
    filter = query.filter if query else None
    deleted = bool(filter and filter.deleted)
    there = (leads.c.deleted_at.is_not(None), leads.c.merged_into_id.is_(None)) if deleted else (leads.c.deleted_at.is_(None),)
    parts: Conditions = [*there, visible(scope)]
    if filter is not None:
        parts += _conditions(filter)
    if query is not None and query.search is not None:
        parts += _found_by(query.search)
    return parts
