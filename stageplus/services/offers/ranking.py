"""The order of results: what fits me best, near, fresh, with few who apply and a company that answers.

Whether a company is private or public is never looked at. The weights are dated parameters that OFFA edits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from operator import mul
from typing import Self

from stageplus.models import Learner
from stageplus.services.offers.filters import Candidate, days_fit
from stageplus.services.offers.search import Wanted

WEIGHTS = ("words", "trade", "year", "days", "distance", "freshness", "applications", "answers")
MEASURES = ("rank_half_distance_km", "rank_half_life_days", "answer_habit_least")
PARAMETERS = (*(f"rank_{name}" for name in WEIGHTS), *MEASURES)
NEUTRAL = 0.5
"""What counts for a company with too few applications to be judged."""
LAST_YEAR_BIT = 2


@dataclass(frozen=True)
class Weights:
    """How many points each reason is worth at most, and what halves a distance's or an age's."""

    points: Mapping[str, float]
    half_distance_km: float
    half_life_days: float
    answers_from: float

    @classmethod
    def of(cls, values: Sequence[str | float]) -> Self:
        """Read the weights from the parameters in force, in the order of `PARAMETERS`."""
        *points, half_distance, half_life, answers_from = map(float, values)
        return cls(dict(zip(WEIGHTS, points, strict=True)), half_distance, half_life, answers_from)


@dataclass(frozen=True)
class Ranker:
    """Who searches, for what, from where, and when."""

    learner: Learner
    wanted: Wanted
    distances: Mapping[str, float]
    now: datetime
    weights: Weights

    def ordered(self, found: Sequence[Candidate], by: str) -> list[Candidate]:
        """Order offers by relevance, by distance or by date; equals by distance, the newest first.

        By relevance, what takes no more applications for now comes after all that does.
        """

        def place(each: Candidate) -> tuple[bool, float, float, float, int]:
            distance = self.distances.get(each.municipality, 0.0)
            age = (self.now - each.published_at).total_seconds()
            first = -self.score(each) if by == "pertinence" else age if by == "date" else distance
            return (by == "pertinence" and each.has_enough, first, distance, age, -each.offer_id)

        return sorted(found, key=place)

    def score(self, offer: Candidate) -> float:
        """Add up the points of an offer."""
        return float(sum(map(mul, self._points, self._shares(offer))))

    def shares(self, offer: Candidate) -> dict[str, float]:
        """Say from 0 to 1 how much of each weight an offer earns."""
        return dict(zip(WEIGHTS, self._shares(offer), strict=True))

    @cached_property
    def _points(self) -> tuple[float, ...]:
        return tuple(self.weights.points[name] for name in WEIGHTS)

    @cached_property
    def _mine(self) -> tuple[str, int, int]:
        """The learner's trade, the bit of the year, the company days: read once, for they are asked of each offer."""
        return self.learner.trade_code, min(self.learner.year - 1, LAST_YEAR_BIT), self.learner.company_days

    def _shares(self, offer: Candidate) -> tuple[float, ...]:
        weights, (my_trade, my_year, my_days) = self.weights, self._mine
        left = max(1, offer.places - offer.places_taken)
        age = max(0.0, (self.now - offer.published_at).total_seconds() / 86_400)
        distance = self.distances.get(offer.municipality, 0.0)
        return (
            self.wanted.trades.get(offer.trade, 0.0),
            offer.trade == my_trade,
            offer.years >> my_year & 1,
            days_fit(offer.days, my_days),
            weights.half_distance_km / (weights.half_distance_km + distance),
            0.5 ** (age / weights.half_life_days),
            left / (left + offer.applications),
            offer.answered / offer.received if offer.received >= weights.answers_from else NEUTRAL,
        )
