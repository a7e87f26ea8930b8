"""Adds up what another scoring model would change: grades, totals and the leads that would move most."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from domain.scoring import Grade

MOST_MOVERS = 20
HISTOGRAM_WIDTH = 10
HIGHEST_TOTAL = 100


@dataclass(frozen=True, slots=True)
class GradeMove:
    """How many leads would go from one grade to another, or stay."""

    from_grade: Grade
    to_grade: Grade
    leads: int


@dataclass(frozen=True, slots=True)
class Mover:
    """A lead whose total would change."""

    lead_id: UUID
    from_total: int
    to_total: int
    from_grade: Grade
    to_grade: Grade

    @property
    def delta(self) -> int:
        """Tell by how much."""
        return self.to_total - self.from_total


@dataclass(frozen=True, slots=True)
class HistogramBar:
    """How many leads have a total from `low` to `high`, both included."""

    low: int
    high: int
    leads: int


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many leads have a grade."""

    grade: Grade
    leads: int


@dataclass(frozen=True, slots=True)
class ScoreDistribution:
    """How totals are spread. Mean and median are None without leads; the median of an even number lies between the two in the middle."""

    totals: tuple[int, ...]
    """How many leads have each total, from 0 to 100."""
    by_grade: tuple[GradeCount, ...]

    @property
    def leads(self) -> int:
        """Count the leads."""
        return sum(self.totals)

    @property
    def histogram(self) -> tuple[HistogramBar, ...]:
        """Count the leads in bars of ten points; 100 belongs to the last."""
        last = HIGHEST_TOTAL - HISTOGRAM_WIDTH
        highs = [low + HISTOGRAM_WIDTH - 1 if low < last else HIGHEST_TOTAL for low in range(0, HIGHEST_TOTAL, HISTOGRAM_WIDTH)]
        lows = range(0, HIGHEST_TOTAL, HISTOGRAM_WIDTH)
        return tuple(HistogramBar(low, high, sum(self.totals[low : high + 1])) for low, high in zip(lows, highs, strict=True))

    @property
    def mean(self) -> float | None:
        """Average the totals."""
        leads = self.leads
        return sum(total * count for total, count in enumerate(self.totals)) / leads if leads else None

    @property
    def median(self) -> float | None:
        """Find the total in the middle."""
        leads = self.leads
        return (self._at((leads - 1) // 2) + self._at(leads // 2)) / 2 if leads else None

    def _at(self, rank: int) -> int:
        for total, count in enumerate(self.totals):
            rank -= count
            if rank < 0:
                return total
        raise IndexError(rank)


@dataclass(frozen=True, slots=True)
class ScoringImpact:
    """What a version would change; `population` counts all leads, of which `leads` were looked at."""

    version_id: UUID
    population: int
    leads: int
    changed: int
    moves: tuple[GradeMove, ...]
    movers: tuple[Mover, ...]
    before: ScoreDistribution
    after: ScoreDistribution

    @property
    def sampled(self) -> bool:
        """Tell whether some leads were left out."""
        return self.leads < self.population


@dataclass(slots=True)
class ImpactTally:
    """Counts lead by lead; it holds as much after a million leads as after one."""

    leads: int = 0
    changed: int = 0
    _before: list[int] = field(default_factory=lambda: [0] * (HIGHEST_TOTAL + 1))
    _after: list[int] = field(default_factory=lambda: [0] * (HIGHEST_TOTAL + 1))
    _moves: Counter[tuple[Grade, Grade]] = field(default_factory=Counter[tuple[Grade, Grade]])
    # A heap of the biggest moves, the smallest of them first; of equal moves the lead with the lower id counts as the bigger.
    _movers: list[tuple[int, int, Mover]] = field(default_factory=list[tuple[int, int, Mover]])

    def add(self, mover: Mover) -> None:
        """Take in one lead with what it scores, and what it would score."""
        self.leads += 1
        self._before[mover.from_total] += 1
        self._after[mover.to_total] += 1
        self._moves[mover.from_grade, mover.to_grade] += 1
        if mover.delta:
            self.changed += 1
            entry = (abs(mover.delta), -mover.lead_id.int, mover)
            if len(self._movers) < MOST_MOVERS:
                heapq.heappush(self._movers, entry)
            else:
                heapq.heappushpop(self._movers, entry)

    def impact(self, version_id: UUID, population: int) -> ScoringImpact:
        """Sum up."""
        grades: Sequence[Grade] = tuple(Grade)
        before = tuple(GradeCount(grade, sum(self._moves[grade, to] for to in grades)) for grade in grades)
        after = tuple(GradeCount(grade, sum(self._moves[old, grade] for old in grades)) for grade in grades)
        return ScoringImpact(
            version_id=version_id,
            population=max(population, self.leads),
            leads=self.leads,
            changed=self.changed,
            moves=tuple(GradeMove(old, new, self._moves[old, new]) for old in grades for new in grades),
            movers=tuple(mover for _, _, mover in sorted(self._movers, reverse=True)),
            before=ScoreDistribution(tuple(self._before), before),
            after=ScoreDistribution(tuple(self._after), after),
        )
