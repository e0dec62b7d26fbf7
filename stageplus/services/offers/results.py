"""What a search finds: all that its words and place allow, and of it what its filters leave."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlmodel import Session

from stageplus.services.offers.filters import Candidate, Filters
from stageplus.services.offers.search import Wanted, candidates

ENOUGH = 20
"""So many offers fill a page."""


@dataclass(frozen=True)
class Results:
    """Offers before the filters, near and beyond the radius, and whether those are all there are.

    `filters` are those asked for; whatever is counted is counted with them.
    """

    near: list[Candidate]
    beyond: list[Candidate]
    filters: Filters
    all_near: bool = True
    all_beyond: bool = True

    @property
    def whole(self) -> bool:
        """Say whether there are no offers but those."""
        return self.all_near and self.all_beyond

    @cached_property
    def missed(self) -> list[frozenset[str]]:
        """Return, for each near offer, the filters that it misses."""
        return [self.filters.missed_by(each) for each in self.near]

    @cached_property
    def fitting(self) -> list[Candidate]:
        """Return the near offers that pass the filters."""
        return [each for each, missed in zip(self.near, self.missed, strict=True) if not missed]

    @cached_property
    def fitting_beyond(self) -> list[Candidate]:
        """Return the offers beyond the radius that pass the filters."""
        return self.passing(self.beyond)

    def passing(self, offers: Iterable[Candidate]) -> list[Candidate]:
        """Return those of some offers that pass the filters."""
        return [each for each in offers if not self.filters.missed_by(each)]

    def left(self, name: str) -> list[Candidate]:
        """Return the near offers that miss no other filter than one."""
        if not self.filters.names:
            return self.near
        return [each for each, missed in zip(self.near, self.missed, strict=True) if missed <= {name}]

    def without(self) -> dict[str, int]:
        """Count, for each filter in use, the near offers that miss nothing but that one."""
        counts = Counter(self.missed)
        return {name: counts[frozenset({name})] for name in self.filters.names if counts[frozenset({name})]}


def results_of(session: Session, wanted: Wanted, today: date) -> Results:
    """Read what words and place allow, which counts every filter at once.

    Where that is more than is read and the filters leave few of it, they also go into a statement of their own, so that
    a rare choice is found among many offers.
    """
    base = candidates(session, replace(wanted, filters=Filters()), today)
    results = Results(base.near, base.beyond, wanted.filters, not base.more, not base.more_beyond)
    enough = len(results.fitting) >= ENOUGH or (results.all_near and (results.fitting or results.all_beyond))
    if not wanted.filters.names or enough:
        return results
    narrowed = candidates(session, wanted, today)
    return replace(results, near=_both(base.near, narrowed.near), beyond=_both(base.beyond, narrowed.beyond))


def _both(some: list[Candidate], others: list[Candidate]) -> list[Candidate]:
    return list({each.offer_id: each for each in [*some, *others]}.values())
