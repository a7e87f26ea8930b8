"""A mapping and a file that do not fit together: everything that is amiss is told at once, in a preview and by the import."""

from __future__ import annotations

import pytest

from domain.imports import Import, ImportRejected, ImportStatus
from domain.refusals import Refused
from tests.usecases.import_files import imported, mapping_of
from tests.worlds import World
from usecases.imports.preview import Shown, preview_file
from usecases.imports.reading import from_memory

FILE = "Id,Name\n1,Rosa\n"
NOTHING_FITS = """
    lead:
      name: Nmae
      company: {text: "{Firm} {Name}"}
      counts: {website_visits: {column: Visits, plus: [Clicks]}}
      custom: {region: Region, seats: Seats}
"""
KEY = ("NO_KEY_COLUMN", "The mapping needs an e-mail address, a phone number or an external reference.")


def no_column(name: str) -> tuple[str, str]:
    return "HEADER", f"The file has no column `{name}`."


def no_field(key: str) -> tuple[str, str]:
    return "MAPPING", f"lead.custom: the workspace has no custom field `{key}` in use."


async def told(world: World, mapping: str) -> set[tuple[str, str]]:
    """Preview the file and return why that was refused."""
    with pytest.raises(Refused) as refused:
        await preview_file(world.call(), from_memory(FILE.encode()), "utf-8", ",", mapping_of(mapping), shown=Shown(1), most=None)
    return {(refusal.reason.value, refusal.message) for refusal in refused.value.refusals if isinstance(refusal, ImportRejected)}


def ending(ended: Import) -> tuple[ImportStatus, set[str]]:
    return ended.status, set((ended.message or "").split("; "))


async def test_a_preview_names_everything_that_leads_lack(world: World) -> None:
    missing = [no_column(name) for name in ("Nmae", "Firm", "Visits", "Clicks", "Region", "Seats")]

    assert await told(world, NOTHING_FITS) == {KEY, no_field("region"), no_field("seats"), *missing}


async def test_an_import_names_every_column_that_leads_lack(world: World) -> None:
    ended = await imported(world, FILE, mapping_of("lead: {references: {system: crm, id: Key}, name: Nmae, company: Firm}"))

    assert ending(ended) == (ImportStatus.FAILED, {f"The file has no column `{name}`." for name in ("Key", "Nmae", "Firm")})


async def test_columns_of_lookups_are_columns(world: World) -> None:
    mapping = """
        lookups: {firms: {key: Code, on: Firm, rows: [[Code, Label], ["1", "Lo"]]}}
        lead: {references: {system: crm, id: Id}, company: firms.Label, title: firms.Title}
    """

    assert await told(world, mapping) == {no_column("Firm"), no_column("firms.Title")}


async def test_agents_are_told_as_leads_are(world: World) -> None:
    mapping = "kind: agents\nagent: {name: Agent, email: Mail, manager: Name}"

    assert await told(world, mapping) == {no_column("Agent"), no_column("Mail")}
    ended = await imported(world, FILE, mapping_of(mapping))
    assert ending(ended) == (ImportStatus.FAILED, {"The file has no column `Agent`.", "The file has no column `Mail`."})
