"""Which leads rows are about: by reference, else by e-mail address, else by phone; and what that makes of each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from domain.contact_points import email_key
from domain.custom_fields import CustomValue
from domain.imports import RowProblem, RowVerdict
from domain.imports_facts import LeadRow
from domain.imports_mapping import PROFILE_FLAGS, LeadMapping
from domain.imports_rows import column_label
from domain.leads import ExternalReference, Lead, Tag
from persistence import imports, leads, tags
from persistence.custom_values import custom_values_of_fields
from persistence.database import Reading
from usecases.custom_fields.giving import EVENT_PREFIX
from usecases.imports.rows import ReadRow


@dataclass(slots=True)
class Decision:
    """What becomes of one row; `lead_id` is the lead that it changes, or that stands in its way, `address_of` who has its address."""

    row: ReadRow
    verdict: RowVerdict
    lead_id: UUID | None = None
    address_of: UUID | None = None
    problems: list[RowProblem] = field(default_factory=list[RowProblem])

    def refuse(self, message: str, column: str = "") -> None:
        """Turn the row into an error."""
        self.verdict = RowVerdict.ERROR
        self.problems.append(RowProblem(column, message))


@dataclass(frozen=True, slots=True)
class Revision:
    """What a row changes about a lead that is there. `counts` are those of the import, with the differences they make."""

    fields: Mapping[str, Any]
    references: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    counts: Mapping[str, int]
    custom: Mapping[str, tuple[UUID, CustomValue]]

    @property
    def names(self) -> tuple[str, ...]:
        """Name what changes."""
        labels = (("external_references", self.references), ("tags", self.tags))
        return (*self.fields, *(name for name, some in labels if some), *self.counts, *(EVENT_PREFIX + key for key in self.custom))


@dataclass(frozen=True, slots=True)
class Attachments:
    """What leads have besides their fields."""

    references: Mapping[UUID, Sequence[ExternalReference]]
    tags: Mapping[UUID, Sequence[Tag]]
    counts: Mapping[UUID, Mapping[str, int]]
    custom: Mapping[UUID, Mapping[UUID, CustomValue]]


async def decide(db: Reading, rows: Sequence[ReadRow], mapping: LeadMapping) -> list[Decision]:
    """Find the leads of the rows. Rows that match one have the verdict UPDATE, whether it differs or not."""
    decisions = [_first_look(row) for row in rows]
    open_rows = [each for each in decisions if each.verdict is RowVerdict.CREATE]
    references = [reference for each in open_rows for reference in each.row.lead.references]
    by_reference: Mapping[tuple[str, str], UUID] = await leads.lead_id_by_reference(db, references) if references else {}
    emails = [key for each in open_rows if (key := _email(each.row.lead))]
    by_email: Mapping[str, UUID] = await leads.lead_id_by_email(db, emails) if emails else {}
    phones = [phone for each in open_rows if not each.row.lead.references and not _email(each.row.lead) for phone in _phones(each.row.lead)]
    by_phone: Mapping[str, UUID] = await imports.lead_id_by_phone(db, phones) if phones else {}
    for decision in open_rows:
        _match(decision, mapping, by_reference, by_email, by_phone)
        if decision.verdict is RowVerdict.CREATE and decision.row.lead.lacks:
            decision.refuse(f"A new lead needs {', '.join(decision.row.lead.lacks)}.", f"custom.{decision.row.lead.lacks[0]}")
    return decisions


def _first_look(row: ReadRow) -> Decision:
    if row.lead.problems:
        return Decision(row, RowVerdict.ERROR, problems=list(row.lead.problems))
    if row.repeats:
        return Decision(row, RowVerdict.DUPLICATE, problems=[RowProblem("", "An earlier row is about the same lead.")])
    return Decision(row, RowVerdict.CREATE)


def _match(
    decision: Decision,
    mapping: LeadMapping,
    by_reference: Mapping[tuple[str, str], UUID],
    by_email: Mapping[str, UUID],
    by_phone: Mapping[str, UUID],
) -> None:
    row = decision.row.lead
    named = {by_reference[reference] for reference in row.references if reference in by_reference}
    if len(named) > 1:
        decision.refuse("Its references belong to different leads.")
        return
    email = decision.address_of = by_email.get(_email(row) or "")
    if named:
        decision.lead_id = named.pop()
        decision.verdict = RowVerdict.UPDATE
    elif email is not None and (not row.references or mapping.same_email != "create"):
        decision.lead_id = email
        decision.verdict = RowVerdict.UPDATE
        if row.references and mapping.same_email == "duplicate":
            decision.verdict = RowVerdict.DUPLICATE
            decision.problems.append(
                RowProblem(column_label("email", mapping.fields.get("email", ())), "Another lead has this e-mail address.")
            )
    elif not row.references and not _email(row):
        decision.lead_id = next((by_phone[phone] for phone in _phones(row) if phone in by_phone), None)
        if decision.lead_id is not None:
            decision.verdict = RowVerdict.UPDATE


def address_is_taken(decision: Decision, lead: Lead, fields: Mapping[str, Any], mapping: LeadMapping) -> bool:
    """Make a row a duplicate that would give its lead the address of another one, unless the mapping allows that."""
    email: str | None = fields.get("email")
    if email is None or decision.address_of in (None, lead.id) or mapping.same_email == "create":
        return False
    if email_key(email) == email_key(lead.email or ""):
        return False
    decision.verdict = RowVerdict.DUPLICATE
    decision.problems.append(RowProblem(column_label("email", mapping.fields.get("email", ())), "Another lead has this e-mail address."))
    return True


def _email(row: LeadRow) -> str | None:
    email = row.profile.get("email")
    return email_key(email) if email else None


def _phones(row: LeadRow) -> Sequence[str]:
    return row.profile.get("phones", ())


async def attachments(db: Reading, ids: Sequence[UUID], rows: Iterable[LeadRow]) -> Attachments:
    """Read what leads have besides their fields, as far as the rows may change it."""
    if not ids:
        return Attachments({}, {}, {}, {})
    fields = {field_id for row in rows for field_id, _ in row.custom.values()}
    return Attachments(
        await leads.references_by_lead(db, ids),
        await tags.tags_by_lead(db, ids),
        dict(await imports.initial_counts_by_lead(db, ids)),
        await custom_values_of_fields(db, ids, fields) if fields else {},
    )


def revision(lead: Lead, row: LeadRow, attached: Attachments) -> Revision:
    """Work out what a row changes. What the file leaves blank stays; a restriction is never lifted by a file."""
    profile = cast("Mapping[str, Any]", row.profile)
    fields = {
        name: value
        for name, value in profile.items()
        if value is not None and getattr(lead, name) != value and not (name in PROFILE_FLAGS and not value)
    }
    references = {(each.system, each.external_id) for each in attached.references.get(lead.id, ())}
    names = {tag.name.lower() for tag in attached.tags.get(lead.id, ())}
    known = attached.counts.get(lead.id, {})
    held = attached.custom.get(lead.id, {})
    custom = {key: (field_id, value) for key, (field_id, value) in row.custom.items() if held.get(field_id) != value}
    return Revision(
        fields,
        tuple(reference for reference in row.references if reference not in references),
        tuple(tag for tag in row.tags if tag.lower() not in names),
        {name: count - known.get(name, 0) for name, count in row.counts.items() if count != known.get(name, 0)},
        custom,
    )
