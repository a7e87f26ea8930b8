"""Leads that must not be contacted: the flags on a lead and the suppressions that tell why, always written together.

`Lead.do_not_call` and `Lead.do_not_email` decide for PHONE and EMAIL, whichever way they were set; `settled_objections` writes or lifts
the suppression that belongs to a flag whenever an edit changed it, so that nobody has to think of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from domain.access import Actor
from domain.activities import ContactAttempt, ContactChannel, ContactOutcome
from domain.consent import FLAGS, ConsentAction, ConsentEntry, Suppression, SuppressionKind, SuppressionReason
from domain.consent_purposes import ConsentPurpose
from domain.events import EventType
from domain.leads import Lead
from persistence.database import Writing
from persistence.suppressions import lift_from_leads
from usecases.verbs import Work, new_id

if TYPE_CHECKING:
    from usecases.leads.editing import LeadEdit


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a lead is suppressed or no longer is; without one, somebody simply set the flag."""

    reason: SuppressionReason = SuppressionReason.OTHER
    note: str | None = None
    cause_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A lead's no: where and when it said so, in what (`cause_id`), in which words, and to which purposes."""

    source: str
    said_at: datetime
    cause_id: UUID
    evidence: str | None = None
    purposes: tuple[ConsentPurpose, ...] = tuple(ConsentPurpose)


_PLAIN = Objection()


def settled_objections(edit: LeadEdit, work: Work) -> None:
    """Let the suppressions of a lead follow its flags: a last step before an edit is numbered and written."""
    for channel, flag in FLAGS.items():
        now, before = getattr(edit.lead, flag), not edit.is_new and getattr(edit.before, flag)
        if now and not before:
            enter_suppression(edit, work, channel, edit.objection or _PLAIN)
        elif before and not now:
            edit.lifted.append(channel)
            edit.tell(EventType.SUPPRESSION_LIFTED, {"channel": channel})


def enter_suppression(edit: LeadEdit, work: Work, channel: ContactChannel, why: Objection) -> None:
    """Suppress a lead on a channel; the flag, where the channel has one, is the caller's."""
    edit.enter(lead_suppression(edit.lead, channel, why, work.actor, work.at))
    edit.tell(EventType.SUPPRESSION_ADDED, {"channel": channel, "reason": why.reason}, why.cause_id)


def lead_suppression(lead: Lead, channel: ContactChannel, why: Objection, actor: Actor, at: datetime) -> Suppression:
    """Make the suppression of a lead as a whole."""
    return Suppression(
        id=new_id(),
        kind=SuppressionKind.LEAD,
        channel=channel,
        lead_id=lead.id,
        address=None,
        reason=why.reason,
        note=why.note,
        at=at,
        cause_id=why.cause_id,
        actor_kind=actor.kind,
        actor_id=actor.id,
    )


def flagged_suppressions(lead: Lead, actor: Actor, at: datetime) -> list[Suppression]:
    """Make the suppressions that the flags of a new lead stand for."""
    return [lead_suppression(lead, channel, _PLAIN, actor, at) for channel, flag in FLAGS.items() if getattr(lead, flag)]


async def lift_settled(tx: Writing, work: Work, edits: Iterable[LeadEdit]) -> None:
    """Write that suppressions were lifted, with one statement, and none when there were none."""
    lifted = [(edit.lead.id, channel, edit.objection.note if edit.objection else None) for edit in edits for channel in edit.lifted]
    await lift_from_leads(tx, lifted, work.actor, work.at)


_OBJECTS = {ContactOutcome.DO_NOT_CALL: ContactChannel.PHONE, ContactOutcome.UNSUBSCRIBED: ContactChannel.EMAIL}


def respect_wish(work: Work, edit: LeadEdit, attempt: ContactAttempt) -> None:
    """Let a lead that wants no more calls, or no more messages, have its wish: consent withdrawn, and nobody contacts it.

    Whatever channel it unsubscribed through, e-mail stays out besides.
    """
    flagged = _OBJECTS.get(attempt.outcome)
    if flagged is None:
        return
    edit.objection = Objection(SuppressionReason.OPT_OUT, None, attempt.id)
    flag = FLAGS[flagged]
    if not getattr(edit.lead, flag):
        edit.change(**{flag: True})
        edit.tell(EventType.LEAD_UPDATED, {flag: [False, True]}, attempt.id)
    channels = {flagged, attempt.channel} if attempt.outcome is ContactOutcome.UNSUBSCRIBED else {flagged}
    for channel in sorted(channels - FLAGS.keys()):
        enter_suppression(edit, work, channel, edit.objection)
    for channel in sorted(channels):
        enter_withdrawal(work, edit, channel, Withdrawal(f"{attempt.channel} contact", attempt.occurred_at, attempt.id))


def enter_withdrawal(work: Work, edit: LeadEdit, channel: ContactChannel, said: Withdrawal) -> None:
    """Write into the ledger that a lead withdrew its consent on a channel, and tell it."""
    for purpose in said.purposes:
        edit.enter(
            ConsentEntry(
                id=new_id(),
                lead_id=edit.lead.id,
                channel=channel,
                purpose=purpose,
                action=ConsentAction.WITHDRAWN,
                basis=None,
                claimed=False,
                source=said.source,
                evidence=said.evidence,
                evidence_url=None,
                at=said.said_at,
                expires_at=None,
                recorded_at=work.at,
                cause_id=said.cause_id,
                actor_kind=work.actor.kind,
                actor_id=work.actor.id,
            )
        )
    changes = {"channel": channel, "purposes": [purpose.value for purpose in said.purposes], "withdrawn_at": said.said_at}
    edit.tell(EventType.CONSENT_WITHDRAWN, changes, said.cause_id)
