"""What OFFA types of announcements, and what everybody reads of them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from stageplus.domain.announcements import LONGEST_BANNER, Public, Spot, is_safe_address
from stageplus.domain.errors import InvalidInput
from stageplus.services.inputs import FilledWords, Input, Line, cleaned
from stageplus.texts import _

AUDIENCE_WORDS = {
    Public.EVERYONE: _("Tout le monde"),
    Public.LEARNER: _("Apprenants"),
    Public.COMPANY: _("Entreprises"),
    Public.COACH: _("Coachs sectoriels"),
    Public.OPERATOR: _("Opérateurs"),
}
SPOT_WORDS = {Spot.BANNER: _("Bandeau en haut des pages"), Spot.HELP: _("Texte sur la page d’aide")}


def _address(typed: str) -> str:
    if typed and not is_safe_address(typed):
        raise ValueError(_("Une adresse du site commence par « / », une autre par « https:// »."))
    return typed


def _day(typed: object) -> object:
    return typed or None


Link = Annotated[str, Field(max_length=200), BeforeValidator(cleaned), AfterValidator(_address)]
LastDay = Annotated[date | None, BeforeValidator(_day)]


class AnnouncementInput(Input):
    """What OFFA announces; `announcement_id` is 0 for a new one, a text for the help page needs a title."""

    announcement_id: int = Field(default=0, ge=0)
    spot: Spot
    audience: Public
    title: Line = ""
    words: FilledWords
    link: Link = ""
    starts_on: date
    ends_on: LastDay = None

    @model_validator(mode="after")
    def _fits(self) -> "AnnouncementInput":
        wrong = {}
        if self.spot is Spot.BANNER and len(self.words) > LONGEST_BANNER:
            wrong["words"] = _("Un bandeau reste court : {n} caractères au plus.").format(n=LONGEST_BANNER)
        if self.spot is Spot.HELP and not self.title:
            wrong["title"] = _("Un texte d’aide a besoin d’un titre.")
        if self.ends_on and self.ends_on < self.starts_on:
            wrong["ends_on"] = _("Cette date vient avant le début.")
        if wrong:
            raise InvalidInput(wrong)
        return self


@dataclass(frozen=True)
class Banner:
    """What is shown above the pages; `key` names it and its version, so that a changed one is shown again."""

    key: str = ""
    words: str = ""
    link: str = ""


@dataclass(frozen=True)
class HelpText:
    """What the help page begins with."""

    title: str = ""
    words: str = ""
    link: str = ""


@dataclass(frozen=True)
class AnnouncementRow:
    """An announcement in OFFA's list, with how it stands and what its form begins with."""

    announcement_id: int = 0
    spot: str = ""
    spot_words: str = ""
    audience: str = ""
    audience_words: str = ""
    title: str = ""
    words: str = ""
    link: str = ""
    starts_on: str = ""
    ends_on: str = ""
    days: str = ""
    standing: str = ""
    tone: str = ""
    may_withdraw: bool = False
    by: str = ""


@dataclass(frozen=True)
class AnnouncementPage:
    """The announcements: those shown and planned first, then the latest that are over; `today` for a new one."""

    rows: list[AnnouncementRow] = field(default_factory=list)
    today: str = ""
