"""Which variant a lead gets: always the same one, in shares that fit the weights, and moved as seldom as possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.campaign_members import chosen_variant
from domain.campaigns import CampaignVariant

NOON = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
LEADS = [UUID(int=number * 7_919 + 1) for number in range(2_000)]
ids = st.uuids(version=4)


def variants_of(weights: Sequence[int], first: int = 1) -> list[CampaignVariant]:
    """Make variants with these weights; their ids count from `first`."""
    return [
        CampaignVariant(
            id=UUID(int=first + index),
            campaign_id=UUID(int=1),
            version=1,
            name=f"Variant {index}",
            description=None,
            weight=weight,
            created_at=NOON,
            updated_at=NOON,
        )
        for index, weight in enumerate(weights)
    ]


def spread(campaign: UUID, variants: Sequence[CampaignVariant]) -> dict[UUID, UUID]:
    """Choose for every lead, by id."""
    chosen = {lead: chosen_variant(campaign, lead, variants) for lead in LEADS}
    return {lead: variant.id for lead, variant in chosen.items() if variant is not None}


def test_a_campaign_without_variants_gives_none() -> None:
    assert chosen_variant(UUID(int=1), UUID(int=2), []) is None


@given(campaign=ids, lead=ids, weights=st.lists(st.integers(1, 1_000), min_size=1, max_size=10), shuffle=st.randoms())
def test_the_choice_depends_on_campaign_lead_and_variants_alone(campaign: UUID, lead: UUID, weights: list[int], shuffle: object) -> None:
    variants = variants_of(weights)
    mixed = list(variants)
    shuffle.shuffle(mixed)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] -- a random.Random

    assert chosen_variant(campaign, lead, mixed) == chosen_variant(campaign, lead, variants)


@settings(max_examples=25, deadline=None)
@given(campaign=ids, weights=st.lists(st.integers(1, 20), min_size=2, max_size=5))
def test_shares_fit_the_weights(campaign: UUID, weights: list[int]) -> None:
    counts = Counter(spread(campaign, variants_of(weights)).values())

    for index, weight in enumerate(weights):
        share = weight / sum(weights)
        # Five standard deviations: a fair spread fails once in two million tries.
        room = 5 * (len(LEADS) * share * (1 - share)) ** 0.5
        assert abs(counts[UUID(int=1 + index)] - len(LEADS) * share) <= room


@settings(max_examples=25, deadline=None)
@given(campaign=ids, weights=st.lists(st.integers(1, 20), min_size=2, max_size=5), extra=st.integers(1, 20))
def test_more_weight_for_one_variant_moves_leads_to_it_alone(campaign: UUID, weights: list[int], extra: int) -> None:
    before = variants_of(weights)
    after = [replace(before[0], weight=before[0].weight + extra), *before[1:]]

    moved = [(old, new) for old, new in zip(spread(campaign, before).values(), spread(campaign, after).values(), strict=True) if old != new]

    assert all(new == before[0].id for _, new in moved)
    gained = (weights[0] + extra) / (sum(weights) + extra) - weights[0] / sum(weights)
    # No fewer can move than the share that the variant gains.
    assert len(moved) <= len(LEADS) * gained + 5 * (len(LEADS) * gained) ** 0.5 + 5


@settings(max_examples=25, deadline=None)
@given(campaign=ids, weights=st.lists(st.integers(1, 20), min_size=2, max_size=5))
def test_taking_a_variant_out_moves_its_own_leads_alone(campaign: UUID, weights: list[int]) -> None:
    variants = variants_of(weights)
    before, after = spread(campaign, variants), spread(campaign, variants[1:])

    assert {lead for lead in LEADS if before[lead] != after[lead]} == {lead for lead in LEADS if before[lead] == variants[0].id}


def test_the_hash_never_changes() -> None:
    """Members hold what was chosen, but who was never a member and joins tomorrow must get what would have been chosen today."""
    variants = variants_of([1, 2, 3])

    assert [chosen_variant(UUID(int=77), lead, variants).name[-1] for lead in LEADS[:20]] == list("22201122002011200011")  # pyright: ignore[reportOptionalMemberAccess]
