"""Reads one row of a file as a lead: by the mapping, under the same rules as the API, with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, cast

from domain.activities import OUTCOMES_BY_CHANNEL, ActivityType, ContactChannel, ContactDirection, ContactOutcome
from domain.contact_points import email_key, phone_number
from domain.imports import RowProblem
from domain.imports_custom import CustomReader
from domain.imports_facts import ActivityRow, AttemptRow, DealRow, LeadRow, Surroundings
from domain.imports_mapping import (
    PROFILE_FLAGS,
    PROFILE_NUMBERS,
    PROFILE_TEXTS,
    DealMapping,
    LeadMapping,
    Value,
)
from domain.imports_values import Columns, NotReadable, Read, ReadMany, Row, to_day, to_flag, to_instant, to_number, to_whole
from domain.lead_labels import MAX_EXTERNAL_ID, MAX_TAG_NAME
from domain.lead_profiles import MAX_EMPLOYEES, checked_profile, profile_field
from domain.leads import LeadSource
from domain.money import checked_money
from domain.status import LeadStatus
from domain.texts import cleaned

MAX_COUNT = 1_000_000
MAX_DURATION = 86_400
MAX_LINE = 500
_CLOCK_TOLERANCE = timedelta(minutes=5)


Convert = Callable[[str], Any]


def restricted(mapping: LeadMapping, *, may_assign: bool, may_change_status: bool) -> tuple[LeadMapping, tuple[str, ...]]:
    """Take out what the importing key may not write, with a warning for each."""
    warnings: list[str] = []
    fields = dict(mapping.fields)
    deal = mapping.deal
    if not may_assign and fields.pop("owner", None):
        warnings.append("The owner is ignored: the key may not assign leads.")
    if not may_change_status:
        dropped = [name for name in ("status", "status_at", "status_reason") if fields.pop(name, None)]
        if "status" in dropped:
            warnings.append("The status is ignored: the key may not change it.")
        if deal is not None:
            deal = None
            warnings.append("The deal's stage is ignored: the key may not change it.")
    return replace(mapping, fields=fields, deal=deal), tuple(warnings)


class LeadReader:
    """Reads rows of one file by one mapping. Building it raises KeyError with the name of a column that the file lacks."""

    def __init__(self, mapping: LeadMapping, header: Mapping[str, int], around: Surroundings) -> None:
        self._mapping = mapping
        self._around = around
        self._columns = Columns(header, mapping.format)
        self._formats = mapping.format.dates
        comma = mapping.format.decimal_comma
        converts: Mapping[str, Convert] = {
            **dict.fromkeys(PROFILE_FLAGS, to_flag),
            "employees": lambda text: to_whole(text, MAX_EMPLOYEES, decimal_comma=comma),
            "annual_revenue": lambda text: to_number(text, decimal_comma=comma),
            "source": lambda text: _member(LeadSource, text),
            "status": lambda text: _member(LeadStatus, text),
            "created_at": self._past,
            "status_at": self._past,
            "owner": self._agent,
        }
        read = self._columns.read
        self._profile = [
            (name, read(value), converts.get(name), column_label(name, value))
            for name, value in mapping.fields.items()
            if name in PROFILE_TEXTS or name in PROFILE_NUMBERS or name in PROFILE_FLAGS
        ]
        taken = {name for name, _, _, _ in self._profile} | {"name"}
        self._fields = [
            (name, read(value), converts.get(name, _line), column_label(name, value))
            for name, value in mapping.fields.items()
            if name not in taken
        ]
        self._name = read(mapping.fields["name"]) if "name" in mapping.fields else None
        self._labels = {name: label for name, _, _, label in self._profile}
        self._references = [(system, read(value), column_label(system, value)) for system, value in mapping.references]
        self._phones = [self._columns.read_many(value) for value in mapping.phones]
        self._phone_label = column_label("phones", mapping.phones[0]) if mapping.phones else "phones"
        self._tags = [(self._columns.read_many(value), column_label("tags", value)) for value in mapping.tags]
        to_count: Convert = lambda text: to_whole(text, MAX_COUNT, decimal_comma=comma)  # noqa: E731 -- one of many
        self._counts: list[tuple[str, Read, Convert | None, str]] = [
            (name, read(value), to_count, column_label(name, value)) for name, value in mapping.counts.items()
        ]
        self._custom = CustomReader(mapping.custom, self._columns, around.custom_fields)
        self._deal = _DealReader(mapping.deal, self._columns, self) if mapping.deal is not None else None
        self._activities = [self._named(each) for each in mapping.activities]
        self._attempts = [self._named(each) for each in mapping.attempts]

    def keys(self, row: Row) -> Iterable[int]:
        """Return what tells the row's lead from others, as numbers: rows with one in common are about the same lead."""
        found: list[object] = []
        for system, read, _ in self._references:
            if (id := _quietly(read, row)) is not None:
                found.append((system, id))
        email = self._mapping.fields.get("email")
        if email is not None and (not self._references or self._mapping.same_email != "create"):
            address = _quietly(self._columns.read(email), row)
            if address is not None:
                found.append(("@", email_key(address)))
        if not found:
            found += [("+", phone_number(phone, self._around.country) or phone) for read in self._phones for phone in read(row)]
        return map(hash, found)

    def read(self, row: Row, number: int) -> LeadRow:
        """Understand one row."""
        lead = LeadRow(number)
        problems = lead.problems
        if "\0" in "".join(row):
            problems.append(RowProblem("", "Holds a NUL character."))
            return lead
        profile = cast("dict[str, Any]", lead.profile)
        _collect(self._profile, row, profile, problems)
        if self._name is not None and (name := self._name(row)) is not None:
            _split_name(name, profile)
        if self._phones:
            phones = tuple(phone for read in self._phones for phone in read(row))
            if phones:
                profile["phones"] = phones
        checked, refusals = checked_profile(lead.profile, country=self._around.country)
        for refusal in refusals:
            name = profile_field(refusal.path) or ""
            problems.append(RowProblem(self._phone_label if name == "phones" else self._labels.get(name, name), refusal.message))
        lead.profile = checked
        _collect(self._fields, row, lead.fields, problems)
        _collect(self._counts, row, lead.counts, problems)
        if self._custom:
            lead.custom, lead.lacks = self._custom.read(row, problems)
        lead.references = tuple(self._identifiers(row, problems))
        lead.tags = tuple(dict.fromkeys(tag for read, label in self._tags for tag in _tags(read, row, label, problems)))
        if self._deal is not None:
            lead.deal = self._deal.read(row, lead, problems)
        if self._activities:
            lead.activities = tuple(each for plan in self._activities if (each := self._activity(plan, row, lead)) is not None)
        if self._attempts:
            lead.attempts = tuple(each for plan in self._attempts if (each := self._attempt(plan, row, lead)) is not None)
        if not problems and not (lead.references or checked.get("email") or checked.get("phones")):
            problems.append(RowProblem("", "Has neither a reference nor an e-mail address nor a phone number."))
        return lead

    def _identifiers(self, row: Row, problems: list[RowProblem]) -> Iterable[tuple[str, str]]:
        for system, read, label in self._references:
            id = read(row)
            if id is None:
                continue
            clean = cleaned(id)
            if len(clean) > MAX_EXTERNAL_ID or not clean:
                problems.append(RowProblem(label, f"At most {MAX_EXTERNAL_ID} characters."))
            else:
                yield system, clean

    def _named(self, values: Mapping[str, Value]) -> Mapping[str, tuple[Read, str]]:
        return {name: (self._columns.read(value), column_label(name, value)) for name, value in values.items()}

    def past(self, text: str) -> datetime:
        """Read an instant that is not in the future."""
        return self._past(text)

    def instant_format(self) -> tuple[str, ...]:
        """Tell how the file writes dates."""
        return self._formats

    @property
    def around(self) -> Surroundings:
        """What the rows are read against."""
        return self._around

    def _past(self, text: str) -> datetime:
        instant = to_instant(text, self._formats, self._around.zone)
        if instant > self._around.at + _CLOCK_TOLERANCE:
            raise NotReadable("Must not lie in the future.")
        return min(instant, self._around.at)

    def _agent(self, text: str) -> object:
        key = text.casefold()
        if key not in self._around.agents:
            raise NotReadable("No agent has this name or address.")
        agent = self._around.agents[key]
        if agent is None:
            raise NotReadable("Two agents have this name; use the address.")
        return agent

    def _part(self, plan: Mapping[str, tuple[Read, str]], name: str, row: Row, convert: Convert, lead: LeadRow) -> Any:
        if name not in plan:
            return None
        read, label = plan[name]
        return _converted(read, convert, label, row, lead.problems)

    def _activity(self, plan: Mapping[str, tuple[Read, str]], row: Row, lead: LeadRow) -> ActivityRow | None:
        type = self._part(plan, "type", row, lambda text: _member(ActivityType, text), lead)
        if type is None:
            return None
        return ActivityRow(
            type=type,
            at=self._part(plan, "at", row, self._past, lead) or self._around.at,
            subject=self._part(plan, "subject", row, _line, lead),
            body=self._part(plan, "body", row, cleaned, lead),
            asset=self._part(plan, "asset", row, _line, lead),
            agent_id=self._part(plan, "agent", row, self._agent, lead),
        )

    def _attempt(self, plan: Mapping[str, tuple[Read, str]], row: Row, lead: LeadRow) -> AttemptRow | None:
        outcome = self._part(plan, "outcome", row, lambda text: _member(ContactOutcome, text), lead)
        channel = self._part(plan, "channel", row, lambda text: _member(ContactChannel, text), lead)
        if outcome is None or channel is None:
            return None
        if outcome not in OUTCOMES_BY_CHANNEL[channel]:
            lead.problems.append(RowProblem(plan["outcome"][1], f"{channel} knows no outcome {outcome}."))
        return AttemptRow(
            channel=channel,
            direction=self._part(plan, "direction", row, lambda text: _member(ContactDirection, text), lead) or ContactDirection.OUTBOUND,
            outcome=outcome,
            at=self._part(plan, "at", row, self._past, lead) or self._around.at,
            duration=self._part(plan, "duration", row, lambda text: to_whole(text, MAX_DURATION), lead),
            notes=self._part(plan, "notes", row, cleaned, lead),
            agent_id=self._part(plan, "agent", row, self._agent, lead),
        )


class _DealReader:
    def __init__(self, mapping: DealMapping, columns: Columns, reader: LeadReader) -> None:
        self._reader = reader
        self._stages = {stage.name.casefold(): stage for stage in mapping.pipeline.stages}
        self._stage, self._stage_label = columns.read(mapping.stage), column_label("stage", mapping.stage)
        self._entered = columns.read(mapping.entered_at) if mapping.entered_at else None
        self._entered_label = column_label("entered_at", mapping.entered_at)
        self._before = [(columns.read(stage), columns.read(at), column_label("entered_at", at)) for stage, at in mapping.before]
        self._value = columns.read(mapping.value) if mapping.value else None
        self._value_label = column_label("value", mapping.value)
        self._currency = columns.read(mapping.currency) if mapping.currency else None
        self._close = columns.read(mapping.expected_close_date) if mapping.expected_close_date else None
        self._close_label = column_label("expected_close_date", mapping.expected_close_date)
        self._comma = columns.format.decimal_comma

    def read(self, row: Row, lead: LeadRow, problems: list[RowProblem]) -> DealRow | None:
        stage = _converted(self._stage, self._named_stage, self._stage_label, row, problems)
        if stage is None:
            return None
        reader = self._reader
        created = lead.fields.get("created_at") or reader.around.at
        entered = _converted(self._entered, reader.past, self._entered_label, row, problems) if self._entered else None
        stays: list[tuple[str, datetime]] = []
        for read_stage, read_at, label in self._before:
            earlier = _converted(read_stage, self._named_stage, label, row, problems)
            since = _converted(read_at, reader.past, label, row, problems)
            if earlier is not None and since is not None and earlier.name != stage.name:
                stays.append((earlier.name, since))
        stays.append((stage.name, entered or created))
        if any(later < earlier for (_, earlier), (_, later) in pairwise(stays)):
            problems.append(RowProblem(self._entered_label, "A stage was entered before the one it follows."))
        if stage.status is not None:
            lead.fields.setdefault("status", stage.status)
            lead.fields.setdefault("status_at", stays[-1][1])
        value, currency = self._money(row, problems)
        formats = reader.instant_format()
        close = _converted(self._close, lambda text: to_day(text, formats), self._close_label, row, problems) if self._close else None
        return DealRow(tuple(stays), value, currency, close)

    def _named_stage(self, text: str) -> Any:
        stage = self._stages.get(text.casefold())
        if stage is None:
            raise NotReadable("The pipeline has no stage of this name.")
        return stage

    def _money(self, row: Row, problems: list[RowProblem]) -> tuple[Decimal | None, str | None]:
        if self._value is None:
            return None, None
        amount = _converted(self._value, lambda text: to_number(text, decimal_comma=self._comma), self._value_label, row, problems)
        if amount is None:
            return None, None
        currency = (self._currency(row) if self._currency else None) or self._reader.around.currency
        money, refusals = checked_money(amount, currency)
        problems += [RowProblem(self._value_label, refusal.message) for refusal in refusals]
        return (money.amount, money.currency) if money else (None, None)


def column_label(target: str, value: Value) -> str:
    """Name the file's column that a value is read from, or the target where none is."""
    return next((source.column for source in value if source.column), target)


def _member(enum: Any, text: str) -> Any:
    found = enum.__members__.get(text.upper().replace(" ", "_").replace("-", "_"))
    if found is None:
        raise NotReadable(f"Must be one of {', '.join(enum.__members__)}.")
    return found


def _line(text: str) -> str:
    clean = " ".join(cleaned(text).split())
    if len(clean) > MAX_LINE:
        raise NotReadable(f"At most {MAX_LINE} characters.")
    return clean


def _quietly(read: Read, row: Row) -> str | None:
    try:
        return read(row)
    except NotReadable:
        return None


def _converted(read: Read, convert: Convert | None, label: str, row: Row, problems: list[RowProblem]) -> Any:
    try:
        text = read(row)
        return text if text is None or convert is None else convert(text)
    except NotReadable as problem:
        problems.append(RowProblem(label, str(problem)))
        return None


def _collect(plan: Sequence[tuple[str, Read, Convert | None, str]], row: Row, values: dict[str, Any], problems: list[RowProblem]) -> None:
    """Read values by name; what the file leaves blank is absent, so that it leaves what is known alone."""
    for name, read, convert, label in plan:
        value = _converted(read, convert, label, row, problems)
        if value is not None:
            values[name] = value


def _split_name(name: str, profile: dict[str, Any]) -> None:
    """Split "Rosa Marques" and "Marques, Rosa"; a single word is a first name."""
    last, comma, first = name.partition(",")
    if not comma:
        first, _, last = name.rpartition(" ")
        if not first:
            first, last = last, ""
    for field_name, part in (("first_name", first), ("last_name", last)):
        if part.strip():
            profile.setdefault(field_name, part.strip())


def _tags(read: ReadMany, row: Row, label: str, problems: list[RowProblem]) -> Iterable[str]:
    try:
        texts = read(row)
    except NotReadable as problem:
        problems.append(RowProblem(label, str(problem)))
        return
    for text in texts:
        tag = " ".join(cleaned(text).split())
        if len(tag) > MAX_TAG_NAME:
            problems.append(RowProblem(label, f"A tag has at most {MAX_TAG_NAME} characters."))
        elif tag:
            yield tag
