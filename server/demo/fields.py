"""Custom fields and segments of the demo workspace: a seller of software asks what its leads use and plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from domain.custom_fields import CustomField, CustomFieldOption, CustomFieldType, CustomValue
from domain.filter_json import written_filter
from domain.filters import CustomFieldMatch, InstantRange, LeadFilter, NumberRange, OneOf, OptionMatch, Reference
from domain.leads import Lead
from domain.segments import Segment
from usecases.demo.fields import FieldContents
from usecases.verbs import new_id

_FIELDS = {
    "plan": ("Plan", CustomFieldType.SELECT, "The edition that it is interested in."),
    "seats": ("Seats", CustomFieldType.NUMBER, "How many people would use it."),
    "renewal": ("Renewal", CustomFieldType.DATE, "When the contract with its present supplier ends."),
    "interests": ("Interests", CustomFieldType.MULTI_SELECT, "What it asked about."),
    "newsletter": ("Newsletter", CustomFieldType.BOOLEAN, "Whether it reads ours."),
    "incumbent": ("Incumbent", CustomFieldType.TEXT, "What it uses today."),
    "fax": ("Fax", CustomFieldType.TEXT, "Nobody asks for it any more."),
}
_OPTIONS = {
    "plan": {"starter": "Starter", "growth": "Growth", "scale": "Scale"},
    "interests": {"calling": "Calling", "email": "E-mail", "analytics": "Analytics", "integrations": "Integrations"},
}
_INCUMBENTS = ("A spreadsheet", "Paper", "Something built in-house", "An old CRM")


def invented_fields(seed: int, leads: Sequence[Lead], now: datetime) -> FieldContents:
    """Make up what the leads hold, from a generator of its own: another field must not make up other leads."""
    fields = {
        key: CustomField(
            id=new_id(),
            version=1,
            key=key,
            label=label,
            description=description,
            type=type,
            required=False,
            archived_at=now if key == "fax" else None,
            created_at=now,
            updated_at=now,
        )
        for key, (label, type, description) in _FIELDS.items()
    }
    random = Random(f"{seed} fields")
    return FieldContents(
        fields=list(fields.values()),
        options=[
            CustomFieldOption(field_id=fields[key].id, key=option, label=label, position=position, archived_at=None)
            for key, options in _OPTIONS.items()
            for position, (option, label) in enumerate(options.items())
        ],
        held=[(lead.id, fields[key].id, value) for lead in leads for key, value in _held(random, lead, now).items()],
        segments=list(_segments(now)),
    )


def _held(random: Random, lead: Lead, now: datetime) -> Mapping[str, CustomValue]:
    """Make up what one lead said; the larger its company, the larger its plan."""
    seats = max(1, round((lead.employees or 5) * random.uniform(0.1, 0.6)))
    interests = tuple(option for option in _OPTIONS["interests"] if random.random() < 0.4)
    said: dict[str, CustomValue] = {
        "plan": "starter" if seats < 20 else "growth" if seats < 150 else "scale",
        "seats": Decimal(seats),
        "renewal": (now + timedelta(days=random.randrange(10, 500))).date(),
        "newsletter": random.random() < 0.4,
        "incumbent": random.choice(_INCUMBENTS),
        "interests": interests or ("calling",),
    }
    return {key: value for key, value in said.items() if random.random() < 0.7}


def _segments(now: datetime) -> Iterator[Segment]:
    large = _segment(now, "Large plans", "The editions with a contract of their own.", LeadFilter(custom_fields=(_plans("scale"),)))
    ready = LeadFilter(grade=OneOf(in_=("A", "B")), status=OneOf(in_=("CONTACTED", "QUALIFIED", "PROPOSAL", "NEGOTIATION")))
    quiet = LeadFilter(
        last_activity_at=InstantRange(lt=now - timedelta(days=30)), score=NumberRange(gte=Decimal(40)), not_=LeadFilter(closed_at=_CLOSED)
    )
    both = LeadFilter(grade=OneOf(in_=("A", "B")), segment=Reference(in_=(large.id,)))
    yield large
    yield _segment(now, "Ready to buy", "Good leads that somebody is talking to.", ready)
    yield _segment(now, "Good and gone quiet", "Nothing heard of them for a month.", quiet)
    yield _segment(now, "Large plans, good leads", "Built upon another segment.", both)


_CLOSED = InstantRange(is_null=False)


def _plans(*keys: str) -> CustomFieldMatch:
    return CustomFieldMatch("plan", options=OptionMatch(any_of=keys))


def _segment(now: datetime, name: str, description: str, filter: LeadFilter) -> Segment:
    id: UUID = new_id()
    return Segment(id=id, version=1, name=name, description=description, definition=written_filter(filter), created_at=now, updated_at=now)
