"""The closed sets around agents."""

from __future__ import annotations

from domain.assignment import AssignmentStrategy, MatchAttribute
from domain.people import Availability
from gql.enums import describe

describe(
    Availability,
    "Whether an agent takes new leads.",
    {
        "AVAILABLE": "Takes new leads.",
        "AWAY": "Takes none just now.",
        "DEACTIVATED": "Takes none any more; stays in the histories.",
    },
)
describe(
    AssignmentStrategy,
    "How a rule picks the agent who gets a lead. Ties fall to whoever has waited longest, then to the oldest agent.",
    {
        "ROUND_ROBIN": "Whoever has waited longest since a rule last gave them a lead.",
        "WEIGHTED": "In shares of the agents' weights, exact over each full round and evenly spread within it.",
        "LEAST_LOADED": "Whoever owns the fewest open leads.",
    },
)
describe(
    MatchAttribute,
    "An attribute in which lead and agent must agree. An agent who names none there takes all.",
    {
        "TERRITORY": "One of the agent's territories is the lead's country, its region, or both together as in `US-CA`.",
        "LANGUAGE": "The agent speaks the lead's language; regions of a language are not told apart.",
        "SOURCE": "The agent works on the source of the lead's first touch.",
    },
)
