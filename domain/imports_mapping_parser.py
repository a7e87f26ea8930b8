"""Reads mappings: nested dictionaries, lists and texts in, a checked mapping out, every problem named at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any, cast

from domain.activities import ContactChannel, ContactDirection
from domain.custom_fields import MAX_FIELDS
from domain.imports_mapping import (
    ACTIVITY,
    AGENT,
    ATTEMPT,
    COUNTS,
    DEFAULT_NOTHING,
    MAX_LOOKUP_ROWS,
    SINGLE,
    AgentMapping,
    DealMapping,
    FileFormat,
    InvalidMapping,
    LeadMapping,
    Lookup,
    PipelineMapping,
    Source,
    StageMapping,
    Value,
)
from domain.lead_labels import MAX_SYSTEM
from domain.pipelines import StageKind
from domain.status import LeadStatus

_VALUE_OPTIONS = ("column", "constant", "text", "map", "other", "times", "plus", "round", "split")
_SAME_EMAIL = ("duplicate", "update", "create")


class _Parser:
    def __init__(self) -> None:
        self.problems: list[str] = []

    def problem(self, path: str, message: str) -> None:
        self.problems.append(f"{path}: {message}" if path else message)

    def section(self, raw: Any, path: str, known: Sequence[str]) -> Mapping[str, Any]:
        if raw is None or raw == "":
            return {}
        if not isinstance(raw, Mapping):
            self.problem(path, "must be a group of keys.")
            return {}
        group = cast("Mapping[str, Any]", raw)
        for key in group:
            if key not in known:
                self.problem(path, f"does not know `{str(key)[:60]}`; it knows {', '.join(known)}.")
        return {key: value for key, value in group.items() if key in known}

    def items(self, raw: Any) -> Sequence[Any]:
        if raw is None or raw == "":
            return ()
        return cast("Sequence[Any]", raw) if isinstance(raw, Sequence) and not isinstance(raw, str) else (raw,)

    def text(self, raw: Any, path: str) -> str | None:
        if raw is None:
            return None
        if not isinstance(raw, str):
            self.problem(path, "must be a text.")
            return None
        return raw

    def flag(self, raw: Any, path: str) -> bool:
        if raw in (None, "", "false", "no"):
            return False
        if raw not in ("true", "yes"):
            self.problem(path, "must be true or false.")
        return True

    def choice(self, raw: Any, path: str, choices: Sequence[str], default: str) -> str:
        text = self.text(raw, path)
        if text is None:
            return default
        if text not in choices:
            self.problem(path, f"must be one of {', '.join(choices)}.")
            return default
        return text

    def value(self, raw: Any, path: str) -> Value:
        return tuple(source for each in self.items(raw) if (source := self._source(each, path)))

    def values(self, raw: Any, path: str) -> tuple[Value, ...]:
        return tuple(value for each in self.items(raw) if (value := self.value(each, path)))

    def named_values(self, raw: Any, path: str, known: Sequence[str]) -> Mapping[str, Value]:
        group = self.section(raw, path, known)
        return {key: value for key, each in group.items() if (value := self.value(each, f"{path}.{key}"))}

    def any_values(self, raw: Any, path: str) -> Mapping[str, Value]:
        """Read a group whose keys are the workspace's own."""
        names = [str(name) for name in cast("Mapping[object, Any]", raw)] if isinstance(raw, Mapping) else []
        if len(names) > MAX_FIELDS:
            self.problem(path, f"names more than {MAX_FIELDS} custom fields.")
            return {}
        return self.named_values(raw, path, names)

    def _source(self, raw: Any, path: str) -> Source | None:
        if isinstance(raw, str):
            return Source(column=raw)
        group = self.section(raw, path, _VALUE_OPTIONS)
        named = [key for key in ("column", "constant", "text") if key in group]
        if len(named) != 1:
            self.problem(path, "needs exactly one of column, constant and text.")
            return None
        if any(not isinstance(group[key], str) for key in named):
            self.problem(path, f"`{named[0]}` must be a text.")
            return None
        raw_map = group.get("map")
        if raw_map is not None and not (
            isinstance(raw_map, Mapping) and all(isinstance(each, str) for each in cast("Mapping[str, Any]", raw_map).values())
        ):
            self.problem(path, "`map` must be a group of texts.")
            raw_map = None
        text = cast("str | None", group.get("text"))
        if text is not None and not _is_template(text):
            self.problem(path, "`text` has a brace that names no column.")
            return None
        return Source(
            column=group.get("column"),
            constant=group.get("constant"),
            text=text,
            map={key.strip().casefold(): to for key, to in cast("Mapping[str, str]", raw_map or {}).items()},
            other=self.text(group.get("other"), f"{path}.other"),
            times=self._operands(group.get("times"), f"{path}.times"),
            plus=self._operands(group.get("plus"), f"{path}.plus"),
            round=self.flag(group.get("round"), f"{path}.round"),
            split=self.text(group.get("split"), f"{path}.split") or None,
        )

    def _operands(self, raw: Any, path: str) -> tuple[str, ...]:
        return tuple(text for each in self.items(raw) if (text := self.text(each, path)))

    def format(self, raw: Any) -> FileFormat:
        group = self.section(raw, "file", ("delimiter", "encoding", "nothing", "dates", "decimal_comma"))
        delimiter = self.text(group.get("delimiter"), "file.delimiter")
        delimiter = "\t" if delimiter == "tab" else delimiter
        if delimiter is not None and delimiter not in (",", ";", "\t", "|"):
            self.problem("file.delimiter", "must be a comma, a semicolon, `tab` or |.")
        nothing = [str(each).strip().casefold() for each in self.items(group.get("nothing"))]
        return FileFormat(
            delimiter=delimiter,
            encoding=self.text(group.get("encoding"), "file.encoding"),
            nothing=frozenset((*DEFAULT_NOTHING, *nothing)),
            dates=tuple(str(each) for each in self.items(group.get("dates"))),
            decimal_comma=self.flag(group.get("decimal_comma"), "file.decimal_comma"),
        )

    def lookups(self, raw: Any) -> tuple[Lookup, ...]:
        if raw in (None, ""):
            return ()
        if not isinstance(raw, Mapping):
            self.problem("lookups", "must be a group: a name, and what it joins.")
            return ()
        return tuple(self._lookup(str(name), each) for name, each in cast("Mapping[str, Any]", raw).items())

    def _lookup(self, name: str, raw: Any) -> Lookup:
        path = f"lookups.{name}"
        group = self.section(raw, path, ("file", "rows", "key", "on"))
        key, on = self.text(group.get("key"), path) or "", self.text(group.get("on"), path) or ""
        if not key or not on:
            self.problem(path, "needs `key`, its own column, and `on`, the file's column.")
        raw_rows = group.get("rows")
        if ("file" in group) == (raw_rows is not None):
            self.problem(path, "needs either `file` or `rows`.")
        rows: tuple[tuple[str, ...], ...] | None = None
        if raw_rows is not None:
            rows = tuple(tuple(str(cell) for cell in self.items(row)) for row in self.items(raw_rows))
            if not rows or len(rows) > MAX_LOOKUP_ROWS + 1 or any(len(row) != len(rows[0]) for row in rows):
                self.problem(path, f"`rows` must be lists of the same length, at most {MAX_LOOKUP_ROWS}, of which the first is the header.")
                rows = (("",),)
            elif key not in rows[0]:
                self.problem(path, f"has no column `{key}`.")
        return Lookup(name, key, on, self.text(group.get("file"), path), rows)

    def references(self, raw: Any) -> tuple[tuple[str, Value], ...]:
        found: list[tuple[str, Value]] = []
        for each in self.items(raw):
            group = self.section(each, "lead.references", ("system", "id"))
            system, id = self.text(group.get("system"), "lead.references.system"), self.value(group.get("id"), "lead.references.id")
            if not system or not id or len(system) > MAX_SYSTEM:
                self.problem("lead.references", f"each needs a `system` of at most {MAX_SYSTEM} characters and an `id`.")
            else:
                found.append((system, id))
        return tuple(found)

    def deal(self, raw: Any) -> DealMapping | None:
        if raw is None:
            return None
        path = "lead.deal"
        known = ("pipeline", "stage", "entered_at", "before", "value", "currency", "expected_close_date")
        group = self.section(raw, path, known)
        before: list[tuple[Value, Value]] = []
        for each in self.items(group.get("before")):
            stay = self.section(each, f"{path}.before", ("stage", "entered_at"))
            before.append((self.value(stay.get("stage"), f"{path}.before"), self.value(stay.get("entered_at"), f"{path}.before")))
        values = {key: self.value(group.get(key), f"{path}.{key}") for key in known if key not in ("pipeline", "before")}
        if not values["stage"] or any(not stage or not at for stage, at in before):
            self.problem(path, "needs a `stage`; each of `before` needs `stage` and `entered_at`.")
        return DealMapping(pipeline=self._pipeline(group.get("pipeline")), before=tuple(before), **values)

    def _pipeline(self, raw: Any) -> PipelineMapping:
        path = "lead.deal.pipeline"
        group = self.section(raw, path, ("name", "stages"))
        name = self.text(group.get("name"), path) or ""
        stages: list[StageMapping] = []
        for each in self.items(group.get("stages")):
            stage = self.section(each, f"{path}.stages", ("name", "kind", "probability", "status"))
            probability = self.text(stage.get("probability", "0"), path) or ""
            if not probability.isdecimal() or int(probability) > 100:
                self.problem(path, "`probability` must be 0 to 100.")
                probability = "0"
            status = self.choice(stage.get("status"), f"{path}.status", tuple(LeadStatus), "")
            kind = self.choice(stage.get("kind"), f"{path}.kind", tuple(StageKind), "OPEN")
            stages.append(
                StageMapping(
                    self.text(stage.get("name"), path) or "", StageKind(kind), int(probability), LeadStatus(status) if status else None
                )
            )
        names = {stage.name.casefold() for stage in stages}
        if not name or not stages or "" in names or len(names) != len(stages):
            self.problem(path, "needs a `name` and `stages` with names of their own.")
        return PipelineMapping(name, tuple(stages))


def _is_template(text: str) -> bool:
    try:
        return all(
            name is None or (name and not specification and conversion is None)
            for _, name, specification, conversion in Formatter().parse(text)
        )
    except ValueError:
        return False


def parse_mapping(raw: Any) -> LeadMapping | AgentMapping:
    """Read a mapping. Raises InvalidMapping with every problem."""
    parser = _Parser()
    group = parser.section(raw, "", ("kind", "file", "lookups", "lead", "agent"))
    kind = parser.choice(group.get("kind"), "kind", ("leads", "agents"), "leads")
    file, lookups = parser.format(group.get("file")), parser.lookups(group.get("lookups"))
    mapping = _lead_mapping(parser, group, file, lookups) if kind == "leads" else _agent_mapping(parser, group, file, lookups)
    if parser.problems:
        raise InvalidMapping(parser.problems)
    return mapping


def _lead_mapping(parser: _Parser, group: Mapping[str, Any], file: FileFormat, lookups: tuple[Lookup, ...]) -> LeadMapping:
    known = (*SINGLE, "references", "phones", "tags", "counts", "custom", "deal", "activities", "attempts", "same_email")
    lead = parser.section(group.get("lead"), "lead", known)
    attempts = tuple(parser.named_values(each, "lead.attempts", ATTEMPT) for each in parser.items(lead.get("attempts")))
    activities = tuple(parser.named_values(each, "lead.activities", ACTIVITY) for each in parser.items(lead.get("activities")))
    if any("type" not in each for each in activities):
        parser.problem("lead.activities", "each needs a `type`.")
    if any("outcome" not in each for each in attempts):
        parser.problem("lead.attempts", "each needs an `outcome`.")
    return LeadMapping(
        format=file,
        lookups=lookups,
        references=parser.references(lead.get("references")),
        fields={key: value for key in SINGLE if (value := parser.value(lead.get(key), f"lead.{key}"))},
        phones=parser.values(lead.get("phones"), "lead.phones"),
        tags=parser.values(lead.get("tags"), "lead.tags"),
        counts=parser.named_values(lead.get("counts"), "lead.counts", COUNTS),
        custom=parser.any_values(lead.get("custom"), "lead.custom"),
        deal=parser.deal(lead.get("deal")),
        activities=activities,
        attempts=tuple({**_ATTEMPT_DEFAULTS, **each} for each in attempts),
        same_email=parser.choice(lead.get("same_email"), "lead.same_email", _SAME_EMAIL, "duplicate"),
    )


_ATTEMPT_DEFAULTS: Mapping[str, Value] = {
    "channel": (Source(constant=ContactChannel.PHONE),),
    "direction": (Source(constant=ContactDirection.OUTBOUND),),
}


def _agent_mapping(parser: _Parser, group: Mapping[str, Any], file: FileFormat, lookups: tuple[Lookup, ...]) -> AgentMapping:
    agent = parser.section(group.get("agent"), "agent", (*AGENT, "territories", "email_domain"))
    fields = {key: value for key in AGENT if (value := parser.value(agent.get(key), f"agent.{key}"))}
    domain = parser.text(agent.get("email_domain"), "agent.email_domain")
    if "name" not in fields or ("email" not in fields and domain is None):
        parser.problem("agent", "needs a `name`, and an `email` or the `email_domain` of addresses to be made from names.")
    return AgentMapping(
        format=file,
        fields=fields,
        territories=parser.values(agent.get("territories"), "agent.territories"),
        email_domain=domain,
        lookups=lookups,
    )
