"""The variables that messages may use: what each is, and its value for a lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from domain.leads import Lead
from domain.people import Agent
from domain.workspaces import Workspace

Value: TypeAlias = str | int | Decimal | date | None

# Longer values are cut: a lead's name is a name, whatever an import wrote into it.
LONGEST_VALUE = 500
CUSTOM = "custom."
UNSUBSCRIBE_URL = "contact.unsubscribe_url"
POSTAL_ADDRESS = "workspace.postal_address"
# What stands in a message that is only looked at: whoever follows it unsubscribes nobody.
PREVIEWED_UNSUBSCRIBE_URL = "https://unsubscribe.example/preview"


class VariableKind(StrEnum):
    """What a variable's values are."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    DATE = "DATE"
    BOOLEAN = "BOOLEAN"


@dataclass(frozen=True, slots=True)
class MessageVariable:
    """A name that messages may use, as in `{{ contact.first_name }}`. `always_known` ones have a value for every lead."""

    name: str
    kind: VariableKind
    description: str
    always_known: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for, and who is behind it. `custom` holds the values of custom fields by key.

    `unsubscribe_url` is where this lead unsubscribes from what this message is sent for.
    """

    lead: Lead
    owner: Agent | None
    workspace: Workspace
    custom: Mapping[str, Value]
    unsubscribe_url: str


_TEXT, _NUMBER, _DATE = VariableKind.TEXT, VariableKind.NUMBER, VariableKind.DATE
_CATALOGUE: tuple[tuple[MessageVariable, Callable[[Recipient], Value]], ...] = (
    (MessageVariable("contact.first_name", _TEXT, "The first name."), lambda to: to.lead.first_name),
    (MessageVariable("contact.last_name", _TEXT, "The last name."), lambda to: to.lead.last_name),
    (MessageVariable("contact.name", _TEXT, "First and last name."), lambda to: to.lead.name),
    (MessageVariable("contact.title", _TEXT, "The job title."), lambda to: to.lead.title),
    (MessageVariable("contact.email", _TEXT, "The e-mail address."), lambda to: to.lead.email),
    (MessageVariable("contact.phone", _TEXT, "The first phone number."), lambda to: next(iter(to.lead.phones), None)),
    (
        MessageVariable(UNSUBSCRIBE_URL, _TEXT, "The address at which to unsubscribe; mails of marketing show it.", always_known=True),
        lambda to: to.unsubscribe_url,
    ),
    (MessageVariable("company.name", _TEXT, "The company's name."), lambda to: to.lead.company),
    (MessageVariable("company.industry", _TEXT, "The company's industry."), lambda to: to.lead.industry),
    (MessageVariable("company.employees", _NUMBER, "How many people work there."), lambda to: to.lead.employees),
    (MessageVariable("company.website", _TEXT, "The company's website."), lambda to: to.lead.website),
    (MessageVariable("company.city", _TEXT, "The city."), lambda to: to.lead.city),
    (MessageVariable("company.country", _TEXT, "The country, as ISO 3166-1 alpha-2."), lambda to: to.lead.country),
    (MessageVariable("lead.status", _TEXT, "The status, such as `NURTURING`.", always_known=True), lambda to: to.lead.status.value),
    (MessageVariable("lead.source", _TEXT, "The source of the first touch.", always_known=True), lambda to: to.lead.source.value),
    (MessageVariable("lead.need", _TEXT, "What the lead needs, in its own words."), lambda to: to.lead.need),
    (MessageVariable("lead.timeline", _TEXT, "By when."), lambda to: to.lead.timeline),
    (
        MessageVariable("lead.created_on", _DATE, "The day on which it came in (UTC).", always_known=True),
        lambda to: to.lead.created_at.date(),
    ),
    (MessageVariable("score.total", _NUMBER, "The total score, 0–100.", always_known=True), lambda to: to.lead.score_total),
    (MessageVariable("score.grade", _TEXT, "The grade, A–D.", always_known=True), lambda to: to.lead.grade.value),
    (MessageVariable("deal.value", _NUMBER, "The deal's amount."), lambda to: to.lead.deal_value),
    (MessageVariable("deal.currency", _TEXT, "The deal's currency."), lambda to: to.lead.deal_currency),
    (MessageVariable("deal.expected_close_date", _DATE, "When it is expected to close."), lambda to: to.lead.expected_close_date),
    (MessageVariable("owner.name", _TEXT, "Who owns the lead."), lambda to: to.owner and to.owner.name),
    (MessageVariable("owner.email", _TEXT, "The owner's e-mail address."), lambda to: to.owner and to.owner.email),
    (MessageVariable("workspace.name", _TEXT, "The workspace's name.", always_known=True), lambda to: to.workspace.name),
    (
        MessageVariable(POSTAL_ADDRESS, _TEXT, "The workspace's postal address, in several lines; mails of marketing show it."),
        lambda to: to.workspace.postal_address,
    ),
)
VARIABLES: tuple[MessageVariable, ...] = tuple(variable for variable, _ in _CATALOGUE)
ROOTS = frozenset({"custom", *(variable.name.partition(".")[0] for variable in VARIABLES)})


def values_for(to: Recipient) -> dict[str, Value]:
    """Return every variable's value by its name; None where nothing is known."""
    values: dict[str, Value] = {variable.name: read(to) for variable, read in _CATALOGUE}
    values.update({f"{CUSTOM}{key}": value for key, value in to.custom.items()})
    return {name: value[:LONGEST_VALUE] if isinstance(value, str) else value for name, value in values.items()}
