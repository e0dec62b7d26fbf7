"""What people type to act for a company, and what whoever decides reads."""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from stageplus.domain.claims import ClaimRefusal, ClaimState
from stageplus.services.inputs import Email, FilledLine, Input, Line, ShortWords, Words
from stageplus.services.numbers import EnterpriseNumber, EstablishmentNumber, PostalCode
from stageplus.texts import _

STATE_WORDS = {
    ClaimState.UNCONFIRMED: _("Adresse à confirmer"),
    ClaimState.WAITING: _("En attente de validation"),
    ClaimState.ACCEPTED: _("Acceptée"),
    ClaimState.REFUSED: _("Refusée"),
    ClaimState.CONTESTED: _("Contestée, OFFA examine"),
    ClaimState.CLOSED: _("Refus confirmé"),
}
STATE_TONES = {
    ClaimState.UNCONFIRMED: "neutral",
    ClaimState.WAITING: "accent",
    ClaimState.ACCEPTED: "success",
    ClaimState.REFUSED: "danger",
    ClaimState.CONTESTED: "warning",
    ClaimState.CLOSED: "neutral",
}
REASON_WORDS = {
    ClaimRefusal.NOT_APPROVED: _("Aucun agrément pour cet établissement"),
    ClaimRefusal.NUMBERS_DIFFER: _("Les numéros ne correspondent pas"),
    ClaimRefusal.PERSON_UNKNOWN: _("L’entreprise ne connaît pas cette personne"),
    ClaimRefusal.ALREADY_REPRESENTED: _("L’entreprise préfère inviter elle-même"),
    ClaimRefusal.OTHER: _("Autre raison"),
}


class PlaceInput(Input):
    """The establishment that somebody says they act for, and as what."""

    enterprise_number: EnterpriseNumber
    establishment_number: EstablishmentNumber
    company_name: FilledLine
    postal_code: PostalCode
    function: FilledLine


@dataclass(frozen=True)
class DemoHouse:
    """An establishment of the demonstration that nobody acts for yet; empty when somebody does."""

    name: str = ""
    enterprise_number: str = ""
    establishment_number: str = ""
    postal_code: str = ""


class ClaimInput(PlaceInput):
    """A claim of somebody who may not have an account yet; `link` is the code of the coach's link that led here."""

    first_name: FilledLine = Field(max_length=80)
    last_name: FilledLine = Field(max_length=80)
    email: Email
    link: Line = ""


class RefusalInput(Input):
    """Why a claim is refused, for the person to read."""

    reason: ClaimRefusal
    words: ShortWords = ""


class ContestInput(Input):
    """What somebody answers to a refusal."""

    words: Annotated[Words, Field(min_length=1, max_length=1000)]


class NearInput(Input):
    """A commune or postal code, to find the operators near it."""

    place: Line = ""


@dataclass(frozen=True)
class ClaimRow:
    """One claim, as its person and whoever decides see it in a list."""

    claim_id: int = 0
    company: str = ""
    establishment_number: str = ""
    person: str = ""
    function: str = ""
    when: str = ""
    state: str = ""
    state_words: str = ""
    tone: str = ""
    reason: str = ""
    words: str = ""
    is_open: bool = False
    may_contest: bool = False


@dataclass(frozen=True)
class MyClaims:
    """The claims of a person, and whether an agrément is recorded for the latest that waits."""

    rows: list[ClaimRow] = field(default_factory=list)
    waits: bool = False
    is_registered: bool = False


@dataclass(frozen=True)
class CheckLine:
    """One thing to compare: what was claimed, what the register says, and whether they match.

    `verdict` is « fits », « differs » or « unknown ».
    """

    label: str
    claimed: str
    known: str
    verdict: str


@dataclass(frozen=True)
class ClaimDetail:
    """A claim with everything that helps to decide, and what the reader may do."""

    row: ClaimRow = field(default_factory=ClaimRow)
    email: str = ""
    enterprise_number: str = ""
    postal_code: str = ""
    contest_words: str = ""
    checks: list[CheckLine] = field(default_factory=list)
    may_decide: bool = False
    may_accept: bool = False
    decided: str = ""


@dataclass(frozen=True)
class ClaimList:
    """The claims that somebody may decide, open ones first."""

    rows: list[ClaimRow] = field(default_factory=list)
    open_count: int = 0


@dataclass(frozen=True)
class OperatorContact:
    """An operator near a place, and how to reach it."""

    name: str
    kind: str
    town: str
    distance: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class NearOperators:
    """The operators near a place; `asked` is what was understood, `error` why nothing was."""

    asked: str = ""
    error: str = ""
    rows: list[OperatorContact] = field(default_factory=list)
    needs_coach: bool = False
