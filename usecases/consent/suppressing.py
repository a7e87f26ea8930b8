"""Suppress and unsuppress: addresses, leads, or a whole channel of the workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.access import Permission
from domain.activities import ContactChannel
from domain.consent import BY_NUMBER, FLAGS, WITH_ADDRESSES, Suppression, SuppressionKind, SuppressionReason
from domain.contact_points import email_address, email_key, phone_number
from domain.events import EventType
from domain.refusals import NotAllowed, Refusal, Refused, ValidationFailed
from domain.texts import optional_text
from persistence import suppressions
from persistence.workspaces import own_workspace
from usecases.answers import RowOutcome
from usecases.bulk import MAX_ROWS, ErrorPolicy, Targets, placed_in_targets, refuse_all, target_ids
from usecases.consent.objections import Objection, enter_suppression
from usecases.leads.editing import LeadEdit, LeadEdits, checked
from usecases.telling import tell_workspace
from usecases.verbs import Work, new_id, verb

MAX_NOTE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressing:
    """What is asked: exactly one of `leads`, `addresses` and `whole_channel`. `reason` is not read when suppressions are lifted."""

    channel: ContactChannel
    leads: Targets | None = None
    addresses: tuple[str, ...] | None = None
    whole_channel: bool = False
    reason: SuppressionReason = SuppressionReason.OTHER
    note: str | None = None
    policy: ErrorPolicy = ErrorPolicy.ALL_OR_NOTHING


@verb
async def suppress(work: Work, request: Suppressing) -> Sequence[RowOutcome]:
    """Have nobody contact the targets any more; each row answers the suppression, an earlier one where there was one.

    Raises Refused: ValidationFailed, NotFound, NotAllowed.
    """
    note = _checked(work, request)
    why = Objection(request.reason, note)
    if request.leads is not None:
        return await _leads(work, request, why, suppressing=True)
    if request.whole_channel:
        return await _add(work, request, [None], why)
    addresses, refusals = await _addresses(work, request)
    return await _add(work, request, addresses, why, refusals)


@verb
async def unsuppress(work: Work, request: Suppressing) -> Sequence[RowOutcome]:
    """Lift suppressions of the targets; each row answers the one that was lifted, None where there was none. Consent does not come back.

    Raises Refused: ValidationFailed, NotFound, NotAllowed.
    """
    note = _checked(work, request)
    if request.leads is not None:
        return await _leads(work, request, Objection(note=note), suppressing=False)
    if request.whole_channel:
        return await _lift(work, request, [None], note)
    addresses, refusals = await _addresses(work, request)
    return await _lift(work, request, addresses, note, refusals)


def _checked(work: Work, request: Suppressing) -> str | None:
    note, problems = optional_text(request.note, MAX_NOTE, "note")
    refusals: list[Refusal] = [*problems]
    if sum((request.leads is not None, request.addresses is not None, request.whole_channel)) != 1:
        refusals.append(ValidationFailed(message="Name leads, addresses or the whole channel.", path=("addresses",)))
    if request.addresses is not None:
        if request.channel not in WITH_ADDRESSES:
            refusals.append(ValidationFailed(message=f"{request.channel} has no addresses; suppress leads.", path=("channel",)))
        if not 0 < len(request.addresses) <= MAX_ROWS:
            refusals.append(ValidationFailed(message=f"1–{MAX_ROWS} addresses in one request.", path=("addresses",)))
    if request.whole_channel and not work.viewer.may(Permission.MANAGE_CONSENT):
        refusals.append(NotAllowed(message="Only managers and admins stop a whole channel.", path=("whole_channel",)))
    if refusals:
        raise Refused(refusals)
    return note


async def _leads(work: Work, request: Suppressing, why: Objection, *, suppressing: bool) -> Sequence[RowOutcome]:
    channel = request.channel
    ids = await target_ids(work, request.leads or Targets())
    edits = LeadEdits(work)
    loaded = await edits.load(ids)
    before = await _of_leads(work, channel, ids)
    for id in dict.fromkeys(ids):
        if id in loaded:
            _object(work, loaded[id], channel, why, known=id in before, suppressing=suppressing)
    unknown = [[edit] if isinstance(edit := checked(loaded, id, None), Refusal) else () for id in ids]
    refusals = placed_in_targets((request.leads or Targets()).sent, unknown)
    refuse_all(refusals, request.policy)
    await edits.save()
    if suppressing:
        answer = await _of_leads(work, channel, ids)
    else:
        answer = await suppressions.suppression_by_id(work.tx, [each.id for each in before.values()])
        answer = {each.lead_id: each for each in answer.values() if each.lead_id is not None}
    return [RowOutcome(index, None if row else answer.get(id), row) for index, (id, row) in enumerate(zip(ids, refusals, strict=True))]


def _object(work: Work, edit: LeadEdit, channel: ContactChannel, why: Objection, *, known: bool, suppressing: bool) -> None:
    edit.objection = why
    flag = FLAGS.get(channel)
    if flag is not None:
        if getattr(edit.lead, flag) is not suppressing:
            edit.tell(EventType.LEAD_UPDATED, {flag: [not suppressing, suppressing]})
            edit.change(**{flag: suppressing})
    elif suppressing and not known:
        enter_suppression(edit, work, channel, why)
    elif known and not suppressing:
        edit.lifted.append(channel)
        edit.tell(EventType.SUPPRESSION_LIFTED, {"channel": channel})


async def _of_leads(work: Work, channel: ContactChannel, ids: Sequence[UUID]) -> Mapping[UUID, Suppression]:
    found = await suppressions.suppressions_in_force(work.tx, channel, ids, ())
    return {each.lead_id: each for each in found if each.lead_id is not None}


async def _addresses(work: Work, request: Suppressing) -> tuple[Sequence[str | None], Sequence[Sequence[Refusal]]]:
    """Bring addresses into the form in which leads carry them; None where one is none, with the refusal of its row."""
    country = (await own_workspace(work.tx)).country
    clean: list[str | None] = []
    for text in request.addresses or ():
        if request.channel in BY_NUMBER:
            clean.append(phone_number(text, country))
        else:
            address = email_address(text)
            clean.append(email_key(address) if address else None)
    what = "a phone number" if request.channel in BY_NUMBER else "an e-mail address"
    problem = ValidationFailed(message=f"Must be {what}.", path=("addresses",))
    refusals = placed_in_targets("addresses", [[problem] if address is None else () for address in clean])
    refuse_all(refusals, request.policy)
    return clean, refusals


async def _add(
    work: Work, request: Suppressing, addresses: Sequence[str | None], why: Objection, refusals: Sequence[Sequence[Refusal]] = ((),)
) -> Sequence[RowOutcome]:
    """Suppress addresses; None stands for the whole channel, or for a row that is refused."""
    wanted = [address for address, row in zip(addresses, refusals, strict=True) if not row]
    before = await _of_addresses(work, request, wanted)
    new = [_suppression(work, request.channel, address, why) for address in dict.fromkeys(wanted) if address not in before]
    await suppressions.add_suppressions(work.tx, new)
    if new:
        told = {"channel": request.channel, "reason": why.reason, "addresses": sum(each.address is not None for each in new)}
        await tell_workspace(work, EventType.SUPPRESSION_ADDED, told, new[0].id)
    answer = await _of_addresses(work, request, wanted)
    return _rows(addresses, answer, refusals)


async def _lift(
    work: Work,
    request: Suppressing,
    addresses: Sequence[str | None],
    note: str | None,
    refusals: Sequence[Sequence[Refusal]] = ((),),
) -> Sequence[RowOutcome]:
    wanted = [address for address, row in zip(addresses, refusals, strict=True) if not row]
    by = work.actor
    lifted = {
        address: replace(each, lifted_at=work.at, lift_note=note, lifted_by_kind=by.kind, lifted_by_id=by.id)
        for address, each in (await _of_addresses(work, request, wanted)).items()
    }
    await suppressions.lift_suppressions(work.tx, list(lifted.values()))
    if lifted:
        told = {"channel": request.channel, "addresses": sum(address is not None for address in lifted)}
        await tell_workspace(work, EventType.SUPPRESSION_LIFTED, told, next(iter(lifted.values())).id)
    return _rows(addresses, lifted, refusals)


async def _of_addresses(work: Work, request: Suppressing, addresses: Sequence[str | None]) -> Mapping[str | None, Suppression]:
    named = [address for address in addresses if address is not None]
    found = await suppressions.suppressions_in_force(work.tx, request.channel, (), named)
    kind = SuppressionKind.CHANNEL if request.whole_channel else SuppressionKind.ADDRESS
    return {each.address: each for each in found if each.kind is kind}


def _rows(
    addresses: Sequence[str | None], answer: Mapping[str | None, Suppression], refusals: Sequence[Sequence[Refusal]]
) -> Sequence[RowOutcome]:
    rows = enumerate(zip(addresses, refusals, strict=True))
    return [RowOutcome(index, None if row else answer.get(address), tuple(row)) for index, (address, row) in rows]


def _suppression(work: Work, channel: ContactChannel, address: str | None, why: Objection) -> Suppression:
    return Suppression(
        id=new_id(),
        kind=SuppressionKind.CHANNEL if address is None else SuppressionKind.ADDRESS,
        channel=channel,
        lead_id=None,
        address=address,
        reason=why.reason,
        note=why.note,
        at=work.at,
        cause_id=None,
        actor_kind=work.actor.kind,
        actor_id=work.actor.id,
    )
