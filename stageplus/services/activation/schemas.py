"""What activation takes and returns."""

import re
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from stageplus.domain.activation import is_well_formed, typed_code
from stageplus.services.inputs import Email, Input, Yes, identifier
from stageplus.texts import _

PRINT = "/operateur/codes/feuille"
FINISH = "/auth/activation"
PAGE = "/activation"
MOST_SLIPS = 1_000
_COMPANY_NUMBER = re.compile(r"(?:BE)?[\s.]*(?:\d[\s.]*){10}", re.IGNORECASE)


def is_company_number(typed: str) -> bool:
    """Say whether somebody typed a company’s or establishment’s number, right or nearly, where a code belongs."""
    return bool(_COMPANY_NUMBER.fullmatch(typed.strip()))


def _as_code(typed: str) -> str:
    if is_company_number(typed):
        raise ValueError(
            _("C’est un numéro d’entreprise, pas un code d’apprenant. Pour une entreprise, choisis l’autre porte.")
        )
    code = typed_code(typed)
    if not code:
        raise ValueError(_("Écris le code que ton opérateur t’a donné."))
    if not is_well_formed(code):
        raise ValueError(_("Il y a une petite faute dans ce code : relis-le, il a trois fois trois signes."))
    return code


class CodeInput(Input):
    """The code that a learner types, in any case and grouping."""

    code: Annotated[str, AfterValidator(_as_code)] = Field(repr=False, max_length=80)


class StartInput(CodeInput):
    """The code, confirmed by name, and the learner's own address."""

    email: Email


class ReportInput(CodeInput):
    """What is wrong with the enrolment behind a code."""

    what: Literal["pas-moi", "ailleurs"]


class ChosenInput(Input):
    """The enrolments to give a code: some, or everybody who has neither account nor valid code."""

    ids: tuple[int, ...] = Field(default=(), max_length=MOST_SLIPS)
    everybody: Yes = False

    @field_validator("ids", mode="before")
    @classmethod
    def _identifiers(cls, typed: object) -> tuple[int, ...]:
        several = typed if isinstance(typed, list | tuple) else [typed]
        return tuple(found for each in several if (found := identifier(each)))


@dataclass(frozen=True)
class CodeHolder:
    """Whose code it is: enough to say « c’est bien moi », nothing more."""

    name: str = ""
    operator: str = ""


@dataclass(frozen=True)
class LinkHolder:
    """Whom a mailed link of activation is for; `is_known` when the address has a learner's account already."""

    name: str = ""
    operator: str = ""
    email: str = ""
    is_known: bool = False


@dataclass(frozen=True)
class Activated:
    """The address that now opens the account; the token of its first session, empty when the account was there."""

    email: str
    token: str = field(default="", repr=False)


@dataclass(frozen=True)
class CodeSlip:
    """What is printed for one learner; the code is nowhere else."""

    name: str
    reference: str
    trade: str
    operator: str
    until: str
    code: str = field(repr=False)


@dataclass(frozen=True)
class SendResult:
    """How many codes were mailed, and how many enrolments have no address to mail to."""

    sent: int = 0
    without_address: int = 0


@dataclass(frozen=True)
class DemoCode:
    """A code of the demonstration; it is public."""

    name: str
    code: str
