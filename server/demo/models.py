"""The demo workspace's own scoring model: for those who come by themselves, twice published, with a draft to look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.access import ActorKind
from domain.model_definitions import ModelDefinition, definition_of, definition_to_json
from domain.model_versions import ModelSeries, ModelVersion
from domain.people import Agent
from domain.scoring_models import STANDARD
from domain.scoring_rules import AtLeast, Category, FlatRule, Happened, MatchRule, PerEventRule
from usecases.demo.models import ModelContents
from usecases.verbs import new_id

_INBOUND = frozenset({"WEBSITE_FORM", "WEBSITE_CHAT", "WEBINAR", "CONTENT_DOWNLOAD", "REFERRAL"})
_TALKS = Category("talks", 15, (PerEventRule("connected_calls", "connected_calls", 5, cap=15, window=timedelta(days=60)),), "Talks")


def inbound_model(publisher: Agent, now: datetime) -> ModelContents:
    """Make it up."""
    first, second = now - timedelta(days=75), now - timedelta(days=20)
    model = ModelSeries(
        id=new_id(),
        version=4,
        key="inbound",
        name="Inbound",
        description="Who comes by itself and asks for us counts more than who is large.",
        published_number=2,
        created_at=first,
        updated_at=second,
    )
    softer, sharper = _definition(timedelta(days=30)), _definition(timedelta(days=14))
    talking = replace(sharper, categories=(*sharper.categories, _TALKS))
    versions = [
        _version(model, softer, 1, first, publisher),
        _version(model, sharper, 2, second, publisher),
        _version(model, talking, None, now - timedelta(days=1), publisher),
    ]
    return ModelContents(models=[model], versions=versions)


def _definition(asked_within: timedelta) -> ModelDefinition:
    standard = definition_of(STANDARD)
    intent = Category(
        "intent",
        20,
        (
            MatchRule("source", "source", _INBOUND, 5, name="Came by itself"),
            FlatRule("asked", Happened("contact_requested_at", asked_within), 12, name="Asked for contact"),
            FlatRule("attempted", AtLeast("outbound_attempts", 1), 3, name="Contacted before"),
        ),
    )
    changed = {"firmographic": replace(standard.categories[3], cap=10), "intent": intent}
    return replace(standard, categories=tuple(changed.get(category.key, category) for category in standard.categories))


def _version(model: ModelSeries, content: ModelDefinition, number: int | None, at: datetime, publisher: Agent) -> ModelVersion:
    return ModelVersion(
        id=new_id(),
        model_id=model.id,
        version=1 if number is None else 2,
        number=number,
        definition=definition_to_json(content),
        restored_number=None,
        created_at=at,
        updated_at=at,
        published_at=None if number is None else at,
        published_by_kind=None if number is None else ActorKind.AGENT,
        published_by_id=None if number is None else publisher.id,
    )
