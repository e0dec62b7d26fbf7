"""The lists of which views are kept: where each is, what its address may ask for, and who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stageplus.domain.actors import Permission
from stageplus.domain.coaching import ViewList
from stageplus.services.coaching.schemas import (
    COMPANIES,
    COMPANY_WORDS,
    OFFER_WORDS,
    OFFERS,
    CompanySearch,
    FollowedSearch,
)
from stageplus.services.followup.schemas import ADDRESS, LearnerSearch
from stageplus.services.inputs import Input

LEARNERS = "/operateur/apprenants"


@dataclass(frozen=True)
class Kept:
    """A list: its path, the shape of its search, the address bar's words for it, and the right that opens it.

    `left_out` names the fields that no view keeps: the page, and words typed that may name a learner.
    """

    path: str
    shape: type[Input]
    words: Mapping[str, str]
    permission: Permission
    left_out: frozenset[str] = field(default=frozenset({"page"}))


LISTS: dict[ViewList, Kept] = {
    ViewList.OFFERS: Kept(OFFERS, FollowedSearch, OFFER_WORDS, Permission.OFFER_FOLLOW),
    ViewList.COMPANIES: Kept(COMPANIES, CompanySearch, COMPANY_WORDS, Permission.OFFER_FOLLOW),
    ViewList.LEARNERS: Kept(
        LEARNERS, LearnerSearch, ADDRESS, Permission.LEARNER_FOLLOW, left_out=frozenset({"page", "text"})
    ),
}
