"""Mutations of a lead as a whole: create, update, upsert, delete, restore."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import strawberry

from domain.leads import LeadSource as DomainLeadSource
from domain.leads import Touch
from gql.context import Info
from gql.custom_fields.inputs import given_values
from gql.ids import decode_kind
from gql.leads.enums import ErrorPolicy
from gql.leads.inputs import ExternalReferenceInput, ProfileInput, TouchInput, to_profile, to_references, to_touch
from gql.leads.types import Lead
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.nodes import computed, plain
from gql.refusals import DuplicateLead, IdempotencyKeyReused, NotAllowed, NotFound, ValidationError, VersionConflict
from usecases.leads import create, delete, restore, update, upsert
from usecases.leads.creating import NewLead
from usecases.verbs import Call

_LEAD = "The lead as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."
_REFERENCES = "The ids by which other systems know it, at most 20. One that another lead has is refused."
_TAGS = "Its tags by name, at most 50; those that do not exist are made."


def _allow_duplicate() -> Any:
    return strawberry.field(default=False, description="Let the lead have its e-mail address although another one has it.")


@strawberry.input(description="A lead to be created.")
class NewLeadInput(ProfileInput):
    """See `usecases.leads.creating.NewLead`."""

    touch: TouchInput | None = strawberry.field(
        default=None, description="What brought it: its first touch, which never changes. Without it, the source is API."
    )
    external_references: list[ExternalReferenceInput] = strawberry.field(
        default_factory=list[ExternalReferenceInput], description=_REFERENCES
    )
    tags: list[str] = strawberry.field(default_factory=list[str], description=_TAGS)
    allow_duplicate: bool = _allow_duplicate()


@strawberry.input(description="What `createLead` takes.")
class CreateLeadInput(NewLeadInput, MutationInput):
    """One new lead."""


@strawberry.input(description="What `createLeads` takes.")
class CreateLeadsInput(MutationInput):
    """Many new leads."""

    rows: list[NewLeadInput] = strawberry.field(description="The leads, at most 500.")
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused row means for the others.")


@strawberry.input(description="What `updateLead` takes: what is absent is left alone, null clears.")
class UpdateLeadInput(ProfileInput, VersionedInput):
    """See `usecases.leads.update.UpdateLead`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    touch: TouchInput | None = strawberry.field(
        default=None,
        description="What brought it back: becomes its last touch, unless a later one is known. The first touch never changes.",
    )
    external_references: list[ExternalReferenceInput] = strawberry.field(
        default_factory=list[ExternalReferenceInput],
        description="Further ids by which other systems shall know it; none is taken away. One that another lead has is refused.",
    )
    allow_duplicate: bool = _allow_duplicate()


@strawberry.input(description="What `upsertLead` takes: what is absent is left alone, null clears.")
class UpsertLeadInput(ProfileInput, MutationInput):
    """See `usecases.leads.upsert.UpsertLead`."""

    reference: ExternalReferenceInput = strawberry.field(
        description="By which another system knows the lead; it decides which lead is meant."
    )
    touch: TouchInput | None = strawberry.field(
        default=None, description="What brought it: the first touch of a lead that is created, else its last one."
    )
    external_references: list[ExternalReferenceInput] = strawberry.field(
        default_factory=list[ExternalReferenceInput], description="Further references that the lead shall have; none is taken away."
    )
    tags: list[str] = strawberry.field(
        default_factory=list[str],
        description="Tags by name that the lead shall have; none is taken away. Those that do not exist are made.",
    )
    allow_duplicate: bool = _allow_duplicate()
    restore_deleted: bool = strawberry.field(
        default=False, description="Bring the lead back if it was deleted; otherwise a deleted one is answered with `DuplicateLead`."
    )


@strawberry.input(description="What `deleteLead` takes.")
class DeleteLeadInput(VersionedInput):
    """See `usecases.leads.delete`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")


@strawberry.input(description="What `restoreLead` takes.")
class RestoreLeadInput(VersionedInput):
    """See `usecases.leads.restore`."""

    lead_id: strawberry.ID = strawberry.field(description="The deleted lead.")


CreateLeadError = Annotated[
    ValidationError | DuplicateLead | NotAllowed | IdempotencyKeyReused,
    strawberry.union("CreateLeadError", description="Why a lead was not created."),
]
CreateLeadsError = Annotated[
    ValidationError | DuplicateLead | NotAllowed | IdempotencyKeyReused,
    strawberry.union("CreateLeadsError", description="Why leads were not created."),
]
UpdateLeadError = Annotated[
    ValidationError | NotFound | VersionConflict | DuplicateLead | IdempotencyKeyReused,
    strawberry.union("UpdateLeadError", description="Why a lead was not updated."),
]
UpsertLeadError = Annotated[
    ValidationError | DuplicateLead | NotAllowed | IdempotencyKeyReused,
    strawberry.union("UpsertLeadError", description="Why a lead was neither created nor updated."),
]
DeleteLeadError = Annotated[
    NotFound | VersionConflict | ValidationError | IdempotencyKeyReused,
    strawberry.union("DeleteLeadError", description="Why a lead was not deleted."),
]
RestoreLeadError = Annotated[
    NotFound | VersionConflict | ValidationError | IdempotencyKeyReused,
    strawberry.union("RestoreLeadError", description="Why a lead was not restored."),
]


@strawberry.type(description="What `createLead` answers.")
class CreateLeadPayload(MutationPayload):
    """The lead, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description=_LEAD)
    errors: list[CreateLeadError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What became of one row of `createLeads`.")
class CreateLeadsRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain("The row's place in the input, from 0.")
    lead: Lead | None = computed("The new lead; null when the row was refused.", lambda row: row.thing)
    errors: list[CreateLeadsError] = computed(_ERRORS, lambda row: row.refusals)


@strawberry.type(description="What `createLeads` answers.")
class CreateLeadsPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[CreateLeadsRow] = strawberry.field(
        default_factory=list["CreateLeadsRow"], description="What became of each row, in the input's order; empty when all was refused."
    )
    errors: list[CreateLeadsError] = strawberry.field(description="Why all was refused; empty when it was not.")


@strawberry.type(description="What `updateLead` answers.")
class UpdateLeadPayload(MutationPayload):
    """The lead, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description=_LEAD)
    errors: list[UpdateLeadError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `upsertLead` answers.")
class UpsertLeadPayload(MutationPayload):
    """The lead and whether it is new, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description=_LEAD)
    created: bool | None = strawberry.field(default=None, description="Whether the lead is new; null when the request was refused.")
    errors: list[UpsertLeadError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `deleteLead` answers.")
class DeleteLeadPayload(MutationPayload):
    """The deleted lead, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description="The lead as it was deleted; null when the request was refused.")
    errors: list[DeleteLeadError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `restoreLead` answers.")
class RestoreLeadPayload(MutationPayload):
    """The lead, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description=_LEAD)
    errors: list[RestoreLeadError] = strawberry.field(description=_ERRORS)


def _new_lead(input: NewLeadInput, at: datetime) -> NewLead:
    return NewLead(
        profile=to_profile(input),
        touch=to_touch(input.touch, at) or Touch(source=DomainLeadSource.API, at=at),
        references=to_references(input.external_references),
        tags=tuple(input.tags),
        custom_fields=given_values(input.custom_fields) or (),
        allow_duplicate=input.allow_duplicate,
    )


async def create_lead(info: Info, input: CreateLeadInput) -> CreateLeadPayload:
    """Create a lead."""
    request = _new_lead(input, info.context.at)
    return await run(info, CreateLeadPayload, input, lambda call: create.create_lead(call, request), result="lead")


async def create_leads(info: Info, input: CreateLeadsInput) -> CreateLeadsPayload:
    """Create many leads."""
    requests = [_new_lead(row, info.context.at) for row in input.rows]
    return await run(info, CreateLeadsPayload, input, lambda call: create.create_leads(call, requests, input.error_policy), result="rows")


async def update_lead(info: Info, input: UpdateLeadInput) -> UpdateLeadPayload:
    """Update a lead."""
    request = update.UpdateLead(
        lead_id=decode_kind("Lead", input.lead_id),
        profile=to_profile(input),
        touch=to_touch(input.touch, info.context.at),
        references=to_references(input.external_references),
        custom_fields=given_values(input.custom_fields),
        allow_duplicate=input.allow_duplicate,
        expected_version=input.expected_version,
    )
    return await run(info, UpdateLeadPayload, input, lambda call: update.update_lead(call, request), result="lead")


async def upsert_lead(info: Info, input: UpsertLeadInput) -> UpsertLeadPayload:
    """Create or update a lead."""
    request = upsert.UpsertLead(
        reference=(input.reference.system, input.reference.external_id),
        profile=to_profile(input),
        touch=to_touch(input.touch, info.context.at),
        references=to_references(input.external_references),
        tags=tuple(input.tags),
        custom_fields=given_values(input.custom_fields),
        allow_duplicate=input.allow_duplicate,
        restore_deleted=input.restore_deleted,
    )

    async def act(call: Call) -> Any:
        return (await upsert.upsert_lead(call, request)).parts

    return await run(info, UpsertLeadPayload, input, act)


async def delete_lead(info: Info, input: DeleteLeadInput) -> DeleteLeadPayload:
    """Delete a lead."""
    lead_id, version = decode_kind("Lead", input.lead_id), input.expected_version
    return await run(info, DeleteLeadPayload, input, lambda call: delete.delete_lead(call, lead_id, version), result="lead")


async def restore_lead(info: Info, input: RestoreLeadInput) -> RestoreLeadPayload:
    """Restore a lead."""
    lead_id, version = decode_kind("Lead", input.lead_id), input.expected_version
    return await run(info, RestoreLeadPayload, input, lambda call: restore.restore_lead(call, lead_id, version), result="lead")


@strawberry.type
class ProfileMutations:
    """The part of `Mutation` that writes leads."""

    create_lead = strawberry.mutation(
        resolver=create_lead,
        description=(
            "Create a lead: NEW, scored, and in the pool; an agent who does not see the pool keeps the lead. "
            "A reference or an e-mail address that another lead has is answered with `DuplicateLead`."
        ),
    )
    create_leads = strawberry.mutation(resolver=create_leads, description="Create up to 500 leads in one transaction, row by row.")
    update_lead = strawberry.mutation(
        resolver=update_lead, description="Change fields of a lead; without a difference nothing changes, and no version is counted."
    )
    upsert_lead = strawberry.mutation(
        resolver=upsert_lead, description="Create the lead that another system knows by a reference, or update it if it is there."
    )
    delete_lead = strawberry.mutation(
        resolver=delete_lead,
        description="Delete a lead: no read finds it any more. Its histories and references stay, so that it can be restored.",
    )
    restore_lead = strawberry.mutation(resolver=restore_lead, description="Bring a deleted lead back as it was.")
