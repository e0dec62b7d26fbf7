"""What a coach types and reads of the contacts with a company."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from stageplus.domain.coaching import ContactKind
from stageplus.services.inputs import Input, Line, cleaned
from stageplus.texts import _

LONGEST = 1000
KIND_WORDS = {
    ContactKind.CALL: _("Appel"),
    ContactKind.VISIT: _("Visite"),
    ContactKind.MAIL: _("Courrier ou e-mail"),
    ContactKind.NOTE: _("Note"),
    ContactKind.MESSAGE: _("Message"),
}
BY_HAND = tuple(kind for kind in ContactKind if kind is not ContactKind.MESSAGE)
"""What a coach notes; a message to several companies notes itself when it is sent."""


def _maybe(typed: Any) -> Any:
    return typed or None


def _by_hand(kind: ContactKind) -> ContactKind:
    if kind not in BY_HAND:
        raise ValueError(_("Un choix de la liste est attendu ici."))
    return kind


MaybeDay = Annotated[date | None, BeforeValidator(_maybe)]
ContactWords = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST), BeforeValidator(cleaned)]


class ContactInput(Input):
    """A contact or a note, and the day to speak again, if that is planned at once; without a day it was today.

    `sector` names one of the coach's sectors that the company is in; it is needed when there are several.
    """

    kind: Annotated[ContactKind, AfterValidator(_by_hand)]
    words: ContactWords
    on_day: MaybeDay = None
    next_on: MaybeDay = None
    sector: Line = ""


class PlanInput(Input):
    """The day to speak with a company again; empty when nothing is planned any more."""

    next_on: MaybeDay = None
    sector: Line = ""


@dataclass(frozen=True)
class ContactRow:
    """One contact or note; `mine` when whoever reads it wrote it and may erase it; `more` is the text of a message."""

    contact_id: int = 0
    kind: str = ""
    kind_words: str = ""
    words: str = ""
    more: str = ""
    day: str = ""
    by: str = ""
    sector: str = ""
    mine: bool = False


@dataclass(frozen=True)
class Planned:
    """When the coaches of one sector speak with the company again; `on` is empty when they planned nothing."""

    sector: str = ""
    name: str = ""
    on: str = ""
    words: str = ""
    is_due: bool = False


@dataclass(frozen=True)
class ContactBook:
    """The contacts with one company in a coach's sectors, the latest first, and what is planned in each sector."""

    company_id: int = 0
    today: str = ""
    sectors: list[tuple[str, str]] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    contacts: list[ContactRow] = field(default_factory=list)
    contacts_cut: str = ""
