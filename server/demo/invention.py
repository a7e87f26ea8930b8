"""Makes up everything that the demo workspace holds, always the same for the same seed but for ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import TypeVar
from uuid import UUID

from domain.access import AgentVisibility
from domain.leads import Assignment
from domain.scoring_models import MODELS
from domain.workspaces import Workspace
from server.demo.campaigns import contents_of, invitations, planned_campaigns
from server.demo.cast import cast
from server.demo.contacting import invented_contacting
from server.demo.fields import invented_fields
from server.demo.follow_ups import invented_hours, known_hours, plan_ahead
from server.demo.lives import live, new_face
from server.demo.lookalikes import look_alike
from server.demo.models import inbound_model
from server.demo.sequences import invented_sequences
from server.demo.story import TIME_ZONE, Story
from server.demo.words import firms
from usecases.demo.fill import Contents
from usecases.demo.follow_ups import FollowUpContents

T = TypeVar("T")
U = TypeVar("U")
_LEADS_PER_FIRM = 3


@dataclass(frozen=True, slots=True)
class Invention:
    """How much is made up, and from which seed. `told` is called after each lead."""

    leads: int = 300
    seed: int = 1
    told: Callable[[], None] = lambda: None

    def for_workspace(self, id: UUID, at: datetime) -> Contents:
        """Make it up, as of an instant, which everything precedes."""
        random = Random(self.seed)
        now = at.replace(microsecond=0)
        workspace = _workspace(id, now)
        people = cast(now, self.leads)
        model = MODELS[workspace.scoring_model]
        employers = firms(random, max(1, min(self.leads // _LEADS_PER_FIRM, 400)))
        campaigns = planned_campaigns(now)
        sequences = invented_sequences(now)
        set_hours = invented_hours(people.teams, now)
        hours = known_hours(set_hours, people.agents, TIME_ZONE)
        stories: list[Story] = []
        for number in range(self.leads):
            face = look_alike(new_face(random, random.choice(employers), now, number), number, lambda place: stories[place].lead)
            story = Story(id, model, face, sequences.open_versions, Random(f"{self.seed} {number} sequences"), hours)
            # A generator of its own: another campaign must not make up other leads.
            invited = invitations(Random(f"{self.seed} {number}"), campaigns, story.lead, now)
            live(random, people, story, now, invited)
            plan_ahead(story, Random(f"{self.seed} {number} follow-ups"), people.agents, now)
            if random.random() < 0.4:
                story.refer("crm", f"C-{10_000 + number}")
            stories.append(story)
            self.told()
        assigned = {entry.agent_id: entry.at for entry in _in_order(stories)}
        return Contents(
            workspace=workspace,
            teams=people.teams,
            agents=[replace(agent, last_assigned_at=assigned.get(agent.id)) for agent in people.agents],
            pipelines=people.pipelines,
            stages=_all(people.stages, lambda stages: stages),
            tags=list(people.tags.values()),
            leads=[story.lead for story in stories],
            scores=[story.score for story in stories if story.score is not None],
            entries=_all(stories, lambda story: story.entries),
            activities=_all(stories, lambda story: story.activities),
            attempts=_all(stories, lambda story: story.attempts),
            references=_all(stories, lambda story: story.references),
            tagged=_all(stories, lambda story: [(story.lead.id, tag.id, at) for tag, at in story.tags.values()]),
            events=_all(stories, lambda story: story.events),
            models=inbound_model(people.agents[0], now),
            fields=invented_fields(self.seed, [story.lead for story in stories], now),
            campaigns=contents_of(campaigns, stories),
            sequences=sequences,
            enrollments=_all(stories, lambda story: story.journey.enrollments.values()),
            enrollment_steps=_all(stories, lambda story: story.journey.steps.values()),
            follow_ups=FollowUpContents(follow_ups=_all(stories, lambda story: story.duties.follow_ups.values()), hours=set_hours),
            contacting=invented_contacting(self.seed, [story.lead for story in stories], people.agents, now),
        )


def _workspace(id: UUID, now: datetime) -> Workspace:
    return Workspace(
        id=id,
        name="Demo",
        currency="EUR",
        time_zone=TIME_ZONE,
        country="PT",
        agent_visibility=AgentVisibility.TEAM_AND_POOL,
        scoring_model="standard",
        version=1,
        created_at=now,
        updated_at=now,
        postal_address="Demo, Lda.\nRua da Amostra 12\n1000-999 Lisboa\nPortugal",
    )


def _in_order(stories: Iterable[Story]) -> list[Assignment]:
    return sorted((entry for story in stories for entry in story.entries if isinstance(entry, Assignment)), key=lambda entry: entry.at)


def _all(holders: Iterable[T], parts: Callable[[T], Iterable[U]]) -> list[U]:
    return [part for holder in holders for part in parts(holder)]
