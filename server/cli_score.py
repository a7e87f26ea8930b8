"""`leads score`: explain the score of one lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import click
from rich.table import Table

from domain.filters import LeadFilter, LeadQuery, TextMatch
from domain.leads import CurrentScore, Lead
from domain.next_steps import NextSteps, next_steps
from domain.scoring import breakdown_from_json
from persistence.contact_attempts import calls_by_lead
from persistence.database import Database, Reading, Scope
from persistence.lead_lists import lead_ids_matching
from persistence.leads import lead_by_id, lead_by_reference, score_by_lead
from persistence.scoring_models import current_model
from server.progress import answers
from server.running import CommandFailed, all_workspaces, chosen_workspace, run_with_database


@click.command()
@click.argument("lead", help="The lead: its id, another system's as SYSTEM:ID, or its e-mail address.")
@click.option("--workspace", "-w", metavar="NAME|ID", help="Look here only; otherwise in every workspace.")
def score(lead: str, workspace: str | None) -> None:
    """Print a lead's score: every rule with its facts and points, and what would lift it to the next grade."""

    async def work(database: Database) -> tuple[Lead, CurrentScore | None, NextSteps]:
        places = await all_workspaces(database) if workspace is None else [await chosen_workspace(database, workspace)]
        for place in places:
            async with database.reading(Scope(place.id)) as db:
                found = await _find(db, lead)
                if found is not None:
                    current = (await score_by_lead(db, [found.id])).get(found.id)
                    return found, current, await _next_steps(db, found)
        raise CommandFailed(f"No lead was found for {lead!r}: name it by its id, as SYSTEM:ID, or by its e-mail address.")

    found, current, steps = run_with_database(work)
    console = answers()
    if current is None:
        raise CommandFailed(f"{found.name or found.id} has no score yet.")
    console.print(_breakdown(found, current))
    for line in _advice(current, steps):
        console.print(line)


async def _next_steps(db: Reading, lead: Lead) -> NextSteps:
    model = await current_model(db)
    calls = (await calls_by_lead(db, [lead.id])).get(lead.id, ()) if model.reads_calls else ()
    return next_steps(replace(lead.facts, conversation=tuple(calls)), model, datetime.now(UTC))


async def _find(db: Reading, named: str) -> Lead | None:
    id = _as_id(named)
    if id is None and "@" in named:
        ids = await lead_ids_matching(db, LeadQuery(LeadFilter(email=TextMatch(eq=named))), 2)
        if len(ids) > 1:
            raise CommandFailed(f"Several leads have the address {named}; name one by its id.")
        id = ids[0] if ids else None
    if id is None and ":" in named:
        system, _, external_id = named.partition(":")
        return (await lead_by_reference(db, [(system, external_id)])).get((system, external_id))
    return None if id is None else (await lead_by_id(db, [id])).get(id)


def _as_id(named: str) -> UUID | None:
    # The graph takes half a second to build, which only those wait for who name a global id.
    from gql.ids import decode_id  # noqa: PLC0415

    decoded = decode_id(named)
    if decoded is not None and decoded[0] == "Lead":
        return decoded[1]
    try:
        return UUID(named)
    except ValueError:
        return None


def _breakdown(lead: Lead, current: CurrentScore) -> Table:
    who = ", ".join(part for part in (lead.name or "(no name)", lead.company) if part)
    title = f"{who}: {current.total} points, grade {current.grade} ({current.temperature.lower()}, {lead.priority.lower()})"
    caption = f"model {current.model_key} {current.model_version}, computed {current.computed_at:%Y-%m-%d %H:%M} UTC"
    table = Table("Rule", "What is known", "Points", "Still to be had", title=title, caption=caption, title_justify="left")
    for column in table.columns[2:]:
        column.justify = "right"
    for category in breakdown_from_json(current.breakdown):  # pyright: ignore[reportArgumentType] -- JSON that we wrote
        table.add_section()
        table.add_row(f"[bold]{category.name}[/bold]", "", f"[bold]{category.points} of {category.cap}[/bold]", "")
        for rule in category.rules:
            facts = ", ".join("–" if fact.value is None else str(fact.value) for fact in rule.facts)
            table.add_row(f"  {rule.name}", facts, f"{rule.points:g} of {rule.cap}", f"{rule.remaining:g}" if rule.remaining else "")
    return table


def _advice(current: CurrentScore, steps: NextSteps) -> Sequence[str]:
    if steps.to_grade is None:
        return ("There is no higher grade.",)
    if not steps.reachable:
        return (f"Nothing that anybody could do lifts it to {steps.to_grade}: {steps.reachable_total} points are the most it can reach.",)
    lines = [f"To reach grade {steps.to_grade} it takes {steps.points_needed} points more than {current.total}:"]
    return [*lines, *(f"  {step.text} (+{step.points})" for step in steps.steps)]
