"""Update contact rules: publish a new version, which decides from then on."""

from __future__ import annotations

from dataclasses import replace

from domain.contact_rules import ChannelWindows, ConsentRule, ContactRules, FrequencyCap, PublishedRules, rule_problems
from domain.events import EventType
from domain.refusals import Refusal, Refused
from domain.texts import optional_text
from persistence.contact_rules import add_contact_rules, current_contact_rules
from persistence.workspaces import own_workspace_for_update
from usecases.telling import tell_workspace
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem

MAX_NOTE = 500


@verb
async def update_contact_rules(
    work: Work,
    windows: tuple[ChannelWindows, ...] | None,
    caps: tuple[FrequencyCap, ...] | None,
    consent: tuple[ConsentRule, ...] | None,
    note: str | None,
    expected_version: int | None,
) -> PublishedRules:
    """Publish a new version; parts that are None stay as they are. Raises Refused: ValidationFailed, VersionConflict."""
    # Versions of a workspace are counted one by one.
    await own_workspace_for_update(work.tx)
    before = await current_contact_rules(work.tx)
    clean, problems = optional_text(note, MAX_NOTE, "note")
    rules = ContactRules(
        version=before.version + 1,
        windows=before.windows if windows is None else windows,
        caps=before.caps if caps is None else caps,
        # Rules for some channels and purposes replace those there were; the others stay.
        consent=before.consent if consent is None else _replaced(before.consent, consent),
    )
    refusals: list[Refusal] = [*version_problem(before.version, expected_version, "set of rules"), *problems]
    refusals += rule_problems(replace(rules, consent=() if consent is None else consent))
    if refusals:
        raise Refused(refusals)
    actor = work.actor
    published = PublishedRules(
        id=new_id(), version=rules.version, rules=rules, note=clean, at=work.at, actor_kind=actor.kind, actor_id=actor.id
    )
    await add_contact_rules(work.tx, published)
    await tell_workspace(work, EventType.CONTACT_RULES_PUBLISHED, {"version": [before.version, rules.version]}, published.id)
    return published


def _replaced(before: tuple[ConsentRule, ...], given: tuple[ConsentRule, ...]) -> tuple[ConsentRule, ...]:
    named = {(rule.channel, rule.purpose) for rule in given}
    return (*(rule for rule in before if (rule.channel, rule.purpose) not in named), *given)
