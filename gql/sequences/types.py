"""Sequences, their versions, and the shipped ones to begin with."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import sequences as domain
from domain.shipped_sequences import ShippedMessage, ShippedSequence
from gql.actors import Actor, SignedBy
from gql.edges import by_id, to_one, to_pages
from gql.enrollments.lists import SequenceEnrollmentFields, VersionEnrollmentFields
from gql.messages.enums import MessageChannel
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.paging import Connection
from gql.sequences.enums import SequenceType
from gql.sequences.plans import SequenceChanges, SequencePlan, SequenceValidation
from gql.workspaces.edges import own_workspace
from persistence.sequences import current_version_by_sequence, sequence_by_id, sequence_version_by_id, versions_by_sequence
from usecases.sequences.validate import draft_changes_by_sequence, validation_by_sequence

if TYPE_CHECKING:
    from gql.workspaces.types import Workspace


@strawberry.type(description="Leads a lead, step by step, to where it is ready for more.")
class Sequence(Node, SequenceEnrollmentFields):
    """See `domain.sequences.Sequence`."""

    id: strawberry.ID = node_id("Sequence")
    version: int = plain("Counts the changes of it and of its draft; `expectedVersion` compares with it.")
    name: str = plain("Its name, unique in the workspace.")
    type: SequenceType = plain("For whom it is meant.")
    description: str | None = plain("What it does, for people.")
    draft: SequencePlan | None = plain("What is being worked on; null when everything is published.")
    published: Annotated[SequenceVersion, strawberry.lazy("gql.sequences.types")] | None = to_one(
        "The version by which leads are enrolled; null before the first.", key=by_id, batch=current_version_by_sequence
    )
    versions: Connection[Annotated[SequenceVersion, strawberry.lazy("gql.sequences.types")]] = to_pages(
        "All versions, the latest first.", listing=versions_by_sequence, order="NUMBER"
    )
    validation: SequenceValidation | None = to_one(
        "What is wrong with its draft, or with what is published where there is none.", key=by_id, batch=validation_by_sequence
    )
    changes: SequenceChanges | None = to_one(
        "What its draft would change; null unless there are both a draft and a published version.",
        key=by_id,
        batch=draft_changes_by_sequence,
    )
    archived_at: datetime | None = plain("When it was archived; it takes no more leads since.")
    created_at: datetime = plain("When it was created.")
    updated_at: datetime = plain("When somebody last changed it.")
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.Sequence)


@strawberry.type(description="What a sequence did from one publication on. It never changes.")
class SequenceVersion(Node, VersionEnrollmentFields):
    """See `domain.sequences.SequenceVersion`."""

    id: strawberry.ID = node_id("SequenceVersion")
    number: int = plain("Counts the sequence's versions from 1.")
    plan: SequencePlan = plain("All that it does.")
    published_at: datetime = plain("When it was published.")
    published_by: Actor = computed("Who published it.", lambda version: SignedBy(version.published_by_kind, version.published_by_id))
    sequence: Sequence | None = to_one("The sequence.", key=lambda version: version.sequence_id, batch=sequence_by_id)
    is_type_of = shows(domain.SequenceVersion)


@strawberry.type(description="A message that comes with a shipped sequence.")
class ShippedMessageTemplate:
    """See `domain.shipped_sequences.ShippedMessage`."""

    name: str = plain("The name that it gets.")
    channel: MessageChannel = plain("On which channel it is sent.")
    subject: str | None = plain("Its subject, in Liquid.")
    text: str = plain("Its text, in Liquid.")
    is_type_of = shows(ShippedMessage)


@strawberry.type(description="A sequence that comes with the service, to begin with: `createSequence(fromTemplate:)` copies it.")
class SequenceTemplate:
    """See `domain.shipped_sequences.ShippedSequence`."""

    type: SequenceType = plain("For whom it is meant; there is one for each type.")
    name: str = plain("Its name.")
    description: str = plain("What it does.")
    plan: SequencePlan = plain("All that it does; its messages are not in the workspace before it is copied, so steps name none.")
    messages: list[ShippedMessageTemplate] = plain("The messages that come with it.")
    is_type_of = shows(ShippedSequence)


NODE_BATCHES["Sequence"] = sequence_by_id
NODE_BATCHES["SequenceVersion"] = sequence_version_by_id
