"""What tests of campaigns have in common: a campaign that runs, its members, and touches of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.leads import Lead
from tests.worlds import World

ERRORS = "errors { __typename ... on UserError { path } }"


async def running_campaign(world: World, name: str = "Spring", *, type: str = "EMAIL", variants: Sequence[dict[str, Any]] = ()) -> str:
    """Make a campaign that has begun; return its global id."""
    campaign = await draft_campaign(world, name, type=type, variants=variants)
    payload = await world.tell("startCampaign", {"campaignId": campaign}, ERRORS)
    assert payload["errors"] == []
    return campaign


async def draft_campaign(world: World, name: str = "Spring", *, type: str = "EMAIL", variants: Sequence[dict[str, Any]] = ()) -> str:
    """Make a draft; return its global id."""
    request = {"name": name, "type": type, "variants": list(variants)}
    payload = await world.tell("createCampaign", request, f"campaign {{ id }} {ERRORS}")
    assert payload["errors"] == []
    return payload["campaign"]["id"]


async def add(world: World, campaign: str, *leads: Lead, **input: Any) -> dict[str, Any]:
    """Put leads into a campaign; return the payload."""
    selection = f"remaining rows {{ index member {{ id lead {{ id }} joinedAt leftAt variant {{ name }} }} {ERRORS} }} {ERRORS}"
    return await world.tell(
        "addCampaignMembers", {"campaignId": campaign, "leadIds": [world.id(lead) for lead in leads], **input}, selection
    )


async def touch(world: World, campaign: str, lead: Lead, type: str, **input: Any) -> dict[str, Any]:
    """Record a touch at the world's instant; return the payload."""
    request = {"campaignId": campaign, "leadId": world.id(lead), "type": type, "occurredAt": world.at.isoformat(), **input}
    selection = f"""created activity {{ id type occurredAt campaign {{ id }} }}
        member {{ leftAt sentAt deliveredAt openedAt clickedAt respondedAt optedOutAt reportedConversionAt touches lastTouchAt }}
        lead {{ version lastActivityAt score {{ total }} behaviour {{ emailOpens emailClicks }}
            contact {{ doNotEmail doNotCall }} }} {ERRORS}"""
    return await world.tell("recordCampaignTouch", request, selection)


def refusals(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return what was refused, and where."""
    return [(error["__typename"], error["path"]) for error in payload["errors"]]
