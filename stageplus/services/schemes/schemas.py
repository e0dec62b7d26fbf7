"""What OFFA types and reads of dispositifs."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from stageplus.domain.errors import InvalidInput
from stageplus.domain.schemes import read_rates
from stageplus.services.inputs import FilledLine, Input, Line
from stageplus.services.parameters.schemas import Effect
from stageplus.services.reference.schemas import ChangeRow, Why
from stageplus.texts import _


def _rates(typed: str) -> str:
    rates = read_rates(typed)
    if rates is None:
        raise ValueError(_("Écrivez de un à cinq pourcentages, du plus bas au plus haut. Exemple : 17 24 32"))
    return rates


Rates = Annotated[Line, AfterValidator(_rates)]
"""Shares of the minimum monthly income in percent, joined by `|`; nothing for those of the contrat d'alternance."""


class RuleInput(Input):
    """A dispositif and what it asks from a day on, with its ages in years; `code` is empty for a new one."""

    code: Line = ""
    name: FilledLine
    min_age: int = Field(ge=12, le=99)
    min_age_with_two_years: int = Field(ge=12, le=99)
    max_age_contract: int = Field(ge=13, le=120)
    kinds: list[Line] = Field(default_factory=list)
    pay_rates: Rates = ""
    effective_from: date

    @model_validator(mode="after")
    def _fits(self) -> "RuleInput":
        wrong = {}
        if not self.kinds:
            wrong["kinds"] = _("Cochez au moins un réseau d’opérateurs.")
        if self.min_age_with_two_years > self.min_age:
            wrong["min_age_with_two_years"] = _("Avec deux années de secondaire, l’âge ne peut pas être plus élevé.")
        if self.max_age_contract <= self.min_age:
            wrong["max_age_contract"] = _("L’âge limite doit dépasser l’âge minimum.")
        if wrong:
            raise InvalidInput(wrong)
        return self


class SchemeInput(RuleInput):
    """What OFFA saves of a dispositif, and why."""

    why: Why


class EndInput(Input):
    """The last day on which an offer may begin in a dispositif, and why."""

    last_day: date
    why: Why


class ReopenInput(Input):
    """Why a dispositif is open again."""

    why: Why


@dataclass(frozen=True)
class SchemeRow:
    """A dispositif with what it asks now, or will ask, and how many offers are open in it."""

    code: str = ""
    name: str = ""
    ages: str = ""
    kinds_words: str = ""
    pay_words: str = ""
    standing: str = ""
    tone: str = ""
    planned: str = ""
    offers: str = ""


@dataclass(frozen=True)
class RuleRow:
    """What a dispositif asks from a day on; `day` names one that can still be taken back."""

    words: str = ""
    since: str = ""
    standing: str = ""
    tone: str = ""
    day: str = ""


@dataclass(frozen=True)
class SchemePage:
    """All dispositifs, the networks to choose from, and what OFFA changed."""

    rows: list[SchemeRow] = field(default_factory=list)
    networks: list[tuple[str, str]] = field(default_factory=list)
    earliest: str = ""
    history: list[ChangeRow] = field(default_factory=list)


@dataclass(frozen=True)
class SchemeDetail:
    """One dispositif: its rules past, present and planned, and what the form of another rule begins with."""

    row: SchemeRow = field(default_factory=SchemeRow)
    min_age: str = ""
    min_age_with_two_years: str = ""
    max_age_contract: str = ""
    kinds: list[str] = field(default_factory=list)
    pay_rates: str = ""
    earliest: str = ""
    last_day: str = ""
    depends: str = ""
    rules: list[RuleRow] = field(default_factory=list)
    networks: list[tuple[str, str]] = field(default_factory=list)
    history: list[ChangeRow] = field(default_factory=list)


@dataclass(frozen=True)
class SchemePreview:
    """What a dispositif would ask, and what that does on the data of this moment, before and after."""

    words: str = ""
    effects: list[Effect] = field(default_factory=list)
