"""What is made up about sequences and the messages that they send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.message_templates import MessageTemplate, MessageTemplateVersion
from domain.sequences import Sequence as Sequence_
from domain.sequences import SequenceVersion
from persistence import messages, sequences
from persistence.database import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceContents:
    """Sequences with their versions, and message templates with theirs."""

    templates: Sequence[MessageTemplate]
    template_versions: Sequence[MessageTemplateVersion]
    sequences: Sequence[Sequence_]
    versions: Sequence[SequenceVersion]

    @property
    def open_versions(self) -> Sequence[SequenceVersion]:
        """Return the versions into which leads are enrolled."""
        published = {sequence.id: sequence.published_version for sequence in self.sequences if sequence.archived_at is None}
        return [version for version in self.versions if published.get(version.sequence_id) == version.number]


async def add_sequences(tx: Writing, contents: SequenceContents) -> None:
    """Write the sequences down."""
    await messages.add_message_templates(tx, contents.templates)
    await messages.add_message_template_versions(tx, contents.template_versions)
    await sequences.add_sequences(tx, contents.sequences)
    await sequences.add_sequence_versions(tx, contents.versions)
