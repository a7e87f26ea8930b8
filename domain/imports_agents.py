"""Reads one row of a file as an agent, with the team and the manager that it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.contact_points import email_address
from domain.imports import RowProblem
from domain.imports_mapping import AgentMapping
from domain.imports_values import Columns, NotReadable, Row
from domain.lead_labels import one_line

MAX_NAME = 100
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class AgentRow:
    """A row as it was understood. With `problems` nothing of it is used."""

    number: int
    name: str = ""
    email: str = ""
    team: str | None = None
    manager: tuple[str, str] | None = None
    territories: tuple[str, ...] = ()
    problems: list[RowProblem] = field(default_factory=list[RowProblem])


class AgentReader:
    """Reads rows by a mapping. Building it raises KeyError with the name of a column that the file lacks."""

    def __init__(self, mapping: AgentMapping, header: Mapping[str, int]) -> None:
        columns = Columns(header, mapping.format)
        self._domain = mapping.email_domain
        self._fields = {name: columns.read(value) for name, value in mapping.fields.items()}
        self._territories = [columns.read_many(value) for value in mapping.territories]

    def read(self, row: Row, number: int) -> AgentRow:
        """Understand one row."""
        agent = AgentRow(number)
        if "\0" in "".join(row):
            agent.problems.append(RowProblem("", "Holds a NUL character."))
            return agent
        try:
            texts = {name: one_line(text) for name, read in self._fields.items() if (text := read(row)) is not None}
            agent.territories = tuple(dict.fromkeys(one_line(part) for read in self._territories for part in read(row)))
        except NotReadable as problem:
            agent.problems.append(RowProblem("", str(problem)))
            return agent
        agent.name, agent.team = texts.get("name", ""), texts.get("team")
        agent.email = self._email(texts.get("email"), agent.name)
        if "manager" in texts:
            agent.manager = (texts["manager"], self._email(None, texts["manager"]))
        names = (agent.name, agent.team or "-", agent.manager[0] if agent.manager else "-", *agent.territories)
        if any(not 0 < len(name) <= MAX_NAME for name in names):
            agent.problems.append(RowProblem("", f"Needs a name; names have 1–{MAX_NAME} characters."))
        if not agent.email or (agent.manager and not agent.manager[1]):
            agent.problems.append(RowProblem("", "Needs an e-mail address."))
        return agent

    def _email(self, text: str | None, name: str) -> str:
        """Return the address; where the file has none, one made from the name, in the domain that the mapping names."""
        if text is None and self._domain is not None:
            plain = "".join(each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each))
            text = f"{_NOT_WORD.sub('.', plain).strip('.')}@{self._domain}"
        return email_address(text or "") or ""
