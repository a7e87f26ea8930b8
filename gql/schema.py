"""Puts the graph together."""

from __future__ import annotations

from typing import Any, cast

import strawberry
from graphql import (
    GraphQLInputObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,  # pyright: ignore[reportUnknownVariableType] -- its overloads leave a type open
    lexicographic_sort_schema,
    print_schema,
)
from strawberry.schema.config import StrawberryConfig

from gql.activities.mutations import RecordingMutations
from gql.campaigns.mutations import AllCampaignMutations
from gql.consent.mutations import ConsentMutations
from gql.consent.suppression_mutations import SuppressionMutations
from gql.custom_fields.mutations import CustomFieldMutations
from gql.enrollments.bulk_mutations import EnrollmentMutations
from gql.follow_ups.mutations import FollowUpMutations
from gql.imports.mutations import ImportMutations
from gql.inputs import build_inputs_quickly, resolve_quickly
from gql.keys.mutations import KeyMutations
from gql.leads.deal_mutations import DealMutations
from gql.leads.profile_mutations import ProfileMutations
from gql.leads.status_mutations import StatusMutations
from gql.merging.mutations import MergeMutations
from gql.messages.mutations import MessageMutations
from gql.people.agent_mutations import AgentMutations
from gql.people.assignment_mutations import AssignmentMutations
from gql.people.team_mutations import TeamMutations
from gql.pipelines.move_mutations import MoveMutations
from gql.pipelines.pipeline_mutations import PipelineMutations
from gql.pipelines.stage_mutations import StageMutations
from gql.queries import Query
from gql.queues.claim_mutations import ClaimMutations
from gql.queues.queue_mutations import QueueMutations
from gql.scalars import SCALARS
from gql.scoring.mutations import ScoringMutations
from gql.scoring_models.mutations import ScoringModelMutations
from gql.scoring_models.rules import KINDS
from gql.segments.mutations import SegmentMutations
from gql.sequences.mutations import SequenceMutations
from gql.subscriptions.types import Subscription
from gql.tags.mutations import TagMutations
from gql.webhooks.mutations import WebhookMutations
from gql.working_hours.mutations import WorkingHoursMutations
from gql.workspaces.mutations import WorkspaceMutations


@strawberry.type(description="Everything that changes something. Each field takes one `input` and answers with its own payload.")
class Mutation(
    ProfileMutations,
    StatusMutations,
    MergeMutations,
    TagMutations,
    KeyMutations,
    AgentMutations,
    TeamMutations,
    AssignmentMutations,
    WorkspaceMutations,
    RecordingMutations,
    ScoringMutations,
    ScoringModelMutations,
    PipelineMutations,
    StageMutations,
    MoveMutations,
    DealMutations,
    ConsentMutations,
    SuppressionMutations,
    QueueMutations,
    ClaimMutations,
    CustomFieldMutations,
    SegmentMutations,
    AllCampaignMutations,
    ImportMutations,
    WebhookMutations,
    EnrollmentMutations,
    MessageMutations,
    SequenceMutations,
    FollowUpMutations,
    WorkingHoursMutations,
):
    """Put together from the features; what each field needs stands in `gql.permitted_fields`."""


_schema = strawberry.Schema(
    query=Query, mutation=Mutation, subscription=Subscription, types=KINDS, config=StrawberryConfig(scalar_map=SCALARS)
)

# Strawberry builds the schema; everything after that is graphql-core.
SCHEMA: GraphQLSchema = _schema._schema  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] -- it has no public name


def _finish_mutations(schema: GraphQLSchema) -> None:
    """Give every field of `Mutation` what all of them have in common.

    Its argument `input` is described by its type. Its payload may be null: a mutation that fails by a fault of ours must not take with
    it what another one in the same request has already done and told.
    """
    for field in schema.mutation_type.fields.values() if schema.mutation_type else ():
        resolve_quickly(field)
        field.type = cast(Any, get_nullable_type(field.type))
        for argument in field.args.values():
            kind = cast(object, get_named_type(argument.type))
            if argument.description is None and isinstance(kind, GraphQLInputObjectType):
                argument.description = kind.description


def _finish_alternatives(schema: GraphQLSchema) -> None:
    """Tell graphql-core which inputs take exactly one of their fields: it checks and prints that, once it knows."""
    for type in schema.type_map.values():
        definition = type.extensions.get("strawberry-definition")
        if isinstance(type, GraphQLInputObjectType) and definition is not None and definition.is_one_of:
            type.is_one_of = True


_finish_alternatives(SCHEMA)
build_inputs_quickly(SCHEMA, _schema.config.name_converter)
_finish_mutations(SCHEMA)


def printed() -> str:
    """Print the schema as `schema.graphql` holds it: sorted, so that a diff shows only what changed."""
    return print_schema(lexicographic_sort_schema(SCHEMA)) + "\n"
