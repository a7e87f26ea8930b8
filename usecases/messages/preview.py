"""How a message reads for a lead: for people who write templates, and for whoever sends them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.lead_labels import one_line
from domain.message_templates import MessageContent, MessageTemplate, MessageTemplateVersion
from domain.message_variables import Recipient, Value, values_for
from persistence.database import Reading
from persistence.messages import current_message_by_template
from usecases.messages.links import with_safe_links
from usecases.messages.variables import recipients


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """A message for one lead; a mail may have text, HTML or both.

    `missing` are the variables of which the lead has no value and the template no fallback: nothing stands in their place.
    """

    subject: str | None
    text: str | None
    html: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePreview:
    """A template's newest words for a lead; `message` is None when it would become longer than any message may be."""

    template: MessageTemplate
    version: MessageTemplateVersion
    lead_id: UUID
    message: FilledIn | None


def filled_in(content: MessageContent, to: Recipient) -> FilledIn:
    """Put a lead's values into a message. Raises WordingTooLong."""
    # Liquid is large, and only messages need it.
    from usecases.messages.wording import fill_in, read_wording  # noqa: PLC0415

    values: dict[str, Value] = values_for(to)
    for fallback in content.fallbacks:
        if values.get(fallback.variable) in (None, ""):
            values[fallback.variable] = fallback.text
    missing = tuple(name for name in content.variables if values.get(name) is None)
    subject = None if content.subject is None else one_line(fill_in(read_wording(content.subject), values))
    text = None if content.text is None else fill_in(read_wording(content.text), values)
    html = None if content.html is None else with_safe_links(fill_in(read_wording(content.html, html=True), values))
    return FilledIn(subject=subject, text=text, html=html, missing=missing)


async def preview_by_template_and_lead(db: Reading, keys: Sequence[tuple[UUID, UUID]]) -> Mapping[tuple[UUID, UUID], MessagePreview]:
    """Fill templates in for leads; pairs of which the viewer does not see both are left out."""
    from usecases.messages.wording import WordingTooLong  # noqa: PLC0415 -- as above

    messages = await current_message_by_template(db, sorted({template_id for template_id, _ in keys}))
    leads = await recipients(db, sorted({lead_id for _, lead_id in keys}))
    previews: dict[tuple[UUID, UUID], MessagePreview] = {}
    for template_id, lead_id in keys:
        current, recipient = messages.get(template_id), leads.get(lead_id)
        if current is None or recipient is None:
            continue
        try:
            message = filled_in(current.version.content, recipient)
        except WordingTooLong:
            message = None
        previews[template_id, lead_id] = MessagePreview(
            template=current.template, version=current.version, lead_id=lead_id, message=message
        )
    return previews
