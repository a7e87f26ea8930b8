"""The subscription that tells of enrollments."""

from __future__ import annotations

from domain.sequence_steps import ExitStep
from tests.gql.live_studio import Studio, studio
from tests.sequences import published
from tests.worlds import World

__all__ = ["studio"]

CHANGES = """
subscription ($kinds: [EnrollmentChangeKind!], $sequences: [ID!]) {
  enrollmentChanged(kinds: $kinds, sequenceIds: $sequences) {
    kind exitReason enrollment { state } lead { id liveEnrollments } event { type facts { name value } }
  }
}
"""
FAILED = "errors { __typename }"


async def test_beginning_and_end_are_told_with_the_reason(studio: Studio) -> None:
    world: World = studio.world
    lead = await world.lead()
    sequence, _ = await published(world)
    other, _ = await published(world, ExitStep(key="end", reason=None), name="Over at once")

    async with (
        studio.watching(CHANGES, {"sequences": [world.id(sequence)]}) as watching,
        studio.watching(CHANGES, {"kinds": ["EXITED", "COMPLETED"]}) as ends,
    ):
        for each in (other, sequence):
            await world.tell("enrollLead", {"leadId": world.id(lead), "sequenceId": world.id(each)}, FAILED)
        await world.tell("updateLead", {"leadId": world.id(lead), "contact": {"doNotEmail": True}}, FAILED)
        begun, left = await watching.take(2)
        completed, exited = await ends.take(2)

    assert (begun["kind"], begun["exitReason"], begun["lead"]["id"]) == ("ENROLLED", None, world.id(lead))
    assert {"name": "sequence", "value": world.id(sequence)} in begun["event"]["facts"]
    assert (left["kind"], left["exitReason"], left["enrollment"]) == ("EXITED", "UNSUBSCRIBED", {"state": "EXITED"})
    assert left["lead"]["liveEnrollments"] == 0
    assert [completed["kind"], exited["kind"]] == ["COMPLETED", "EXITED"]


async def test_at_most_200_sequences_are_asked_for(studio: Studio) -> None:
    assert await studio.refusal(CHANGES, {"sequences": ["x"] * 201}) == "BAD_USER_INPUT"
