"""Record consent, withdraw it: new lines of a lead's ledger, and nothing is ever taken out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.activities import ContactChannel
from domain.consent import ConsentAction, ConsentEntry, LegalBasis
from domain.consent_purposes import ConsentPurpose
from domain.contact_points import web_address
from domain.events import EventType
from domain.refusals import Refusal, Refused, ValidationFailed
from domain.texts import optional_text
from usecases.answers import Several
from usecases.leads.editing import LeadEdits, checked
from usecases.recording import checked_instant
from usecases.verbs import Work, new_id, verb

MAX_SOURCE = 200
MAX_EVIDENCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLines:
    """What the lead said, on which channels and for which purposes; `basis` None: it withdrew.

    `said_at` is when it said so. `claimed`: it is another system that says so, and nobody here heard it.
    """

    lead_id: UUID
    channels: tuple[ContactChannel, ...]
    purposes: tuple[ConsentPurpose, ...]
    basis: LegalBasis | None
    source: str
    said_at: datetime
    evidence: str | None = None
    evidence_url: str | None = None
    expires_at: datetime | None = None
    claimed: bool = False


@verb
async def record_consent(work: Work, request: LedgerLines) -> Several:
    """Record that a lead may be contacted; answer `lead` and `entries`. Raises Refused: NotFound, ValidationFailed."""
    return await _write(work, request, ConsentAction.GRANTED)


@verb
async def withdraw_consent(work: Work, request: LedgerLines) -> Several:
    """Record that a lead withdrew its consent; answer `lead` and `entries`. Raises Refused: NotFound, ValidationFailed."""
    return await _write(work, request, ConsentAction.WITHDRAWN)


async def _write(work: Work, request: LedgerLines, action: ConsentAction) -> Several:
    said_at, misplaced = checked_instant(request.said_at, work.at)
    refusals = [replace(refusal, path=("said_at",)) for refusal in misplaced]
    source, problems = optional_text(request.source, MAX_SOURCE, "source")
    refusals += problems
    evidence, problems = optional_text(request.evidence, MAX_EVIDENCE, "evidence")
    refusals += problems
    refusals += _problems(request, source, said_at)
    edits = LeadEdits(work)
    edit = checked(await edits.load([request.lead_id]), request.lead_id, None)
    if isinstance(edit, Refusal):
        raise Refused([edit, *refusals])
    if refusals:
        raise Refused(refusals)
    entries = [
        ConsentEntry(
            id=new_id(),
            lead_id=request.lead_id,
            channel=channel,
            purpose=purpose,
            action=action,
            basis=request.basis,
            claimed=request.claimed,
            source=source or "",
            evidence=evidence,
            evidence_url=web_address(request.evidence_url) if request.evidence_url else None,
            at=said_at,
            expires_at=request.expires_at,
            recorded_at=work.at,
            cause_id=None,
            actor_kind=work.actor.kind,
            actor_id=work.actor.id,
        )
        for channel in dict.fromkeys(request.channels)
        for purpose in dict.fromkeys(request.purposes)
    ]
    for entry in entries:
        edit.enter(entry)
    granted = action is ConsentAction.GRANTED
    for channel in dict.fromkeys(request.channels):
        told: dict[str, object] = {"channel": channel, "purposes": [entry.purpose.value for entry in entries if entry.channel is channel]}
        told |= {"basis": request.basis, "claimed": request.claimed, "said_at": said_at} if granted else {"withdrawn_at": said_at}
        edit.tell(EventType.CONSENT_RECORDED if granted else EventType.CONSENT_WITHDRAWN, told)
    saved = await edits.save()
    return Several({"lead": saved[request.lead_id], "entries": entries})


def _problems(request: LedgerLines, source: str | None, said_at: datetime) -> Sequence[Refusal]:
    found: list[Refusal] = []
    if not request.channels:
        found.append(ValidationFailed(message="At least one channel.", path=("channels",)))
    if not request.purposes:
        found.append(ValidationFailed(message="At least one purpose.", path=("purposes",)))
    if source is None:
        # A consent that nobody can say the origin of is none.
        found.append(ValidationFailed(message="Say where the lead said so.", path=("source",)))
    if request.evidence_url is not None and web_address(request.evidence_url) is None:
        found.append(ValidationFailed(message="Must be an absolute http or https address.", path=("evidence_url",)))
    if request.expires_at is not None and request.expires_at <= said_at:
        found.append(ValidationFailed(message="Expires after it was said.", path=("expires_at",)))
    return found
