"""What learners read of the offers that they keep."""

from dataclasses import dataclass, field

from stageplus.services.offers.schemas import OfferCard


@dataclass(frozen=True)
class FavouriteRow:
    """An offer that is kept: `ends_words` when it closes soon; `closed_words` and similar places when it has closed.

    `state_words` tells a closed one from one that is paused.
    """

    card: OfferCard
    ends_words: str = ""
    state_words: str = ""
    closed_words: str = ""
    similar: list[OfferCard] = field(default_factory=list)


@dataclass(frozen=True)
class Favourites:
    """The offers that a learner keeps: those one can still apply to, and those that have closed."""

    open: list[FavouriteRow] = field(default_factory=list)
    closed: list[FavouriteRow] = field(default_factory=list)
    total: int = 0
