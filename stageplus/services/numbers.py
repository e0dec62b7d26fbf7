"""Reads the numbers of enterprises and establishments as people type them, and says exactly what is wrong."""

from typing import Annotated

from pydantic import BeforeValidator
from stdnum.be import vat
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError
from stdnum.util import clean

from stageplus.domain.activation import is_well_formed, typed_code
from stageplus.domain.identifiers import is_establishment_number, with_check_digits
from stageplus.texts import _

LENGTH = 10


def enterprise_digits(typed: str) -> str:
    """Return the ten digits of an enterprise number, also typed with BE, points or blanks, or in the old nine digits.

    Raises `ValueError` with the French reason: not digits, length, first digit or check digits.
    """
    _refuse_learner_code(typed)
    bare = clean(typed, " -./").upper().removeprefix("BE")
    if bare.isdigit() and len(bare) < LENGTH and bare[:1] == "0":  # one digit short, and not in the old way
        raise ValueError(_length_words(bare))
    try:
        return vat.validate(typed)
    except InvalidLength:
        raise ValueError(_length_words(vat.compact(typed))) from None
    except InvalidComponent:
        raise ValueError(_enterprise_first_words(vat.compact(typed))) from None
    except InvalidChecksum:
        raise ValueError(_check_words()) from None
    except ValidationError:
        raise ValueError(_("Ce numéro ne contient que des chiffres. Exemple : 0400.000.185.")) from None


def establishment_digits(typed: str) -> str:
    """Return the ten digits of an establishment number; raises `ValueError` with the French reason."""
    _refuse_learner_code(typed)
    digits = clean(typed, " -./").strip()
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(_("Ce numéro ne contient que des chiffres. Exemple : 2.000.000.141."))
    if len(digits) != LENGTH:
        raise ValueError(_length_words(digits))
    if not is_establishment_number(digits):
        raise ValueError(_establishment_words(digits))
    return digits


def _refuse_learner_code(typed: str) -> None:
    code = typed_code(typed)
    if is_well_formed(code) and not code.isdigit():
        raise ValueError(
            _(
                "C’est un code d’apprenant, pas un numéro d’entreprise : "
                "il s’utilise sur la page « Activer mon compte »."
            )
        )


def shown(number: str) -> str:
    """Write a number as people read it: `0400.000.185`, `2.000.000.141`."""
    if number[:1] in {"0", "1"}:
        return f"{number[:4]}.{number[4:7]}.{number[7:]}"
    return f"{number[:1]}.{number[1:4]}.{number[4:7]}.{number[7:]}"


def _length_words(digits: str) -> str:
    return _("Ce numéro a {found} chiffres, il en faut {wanted}.").format(found=len(digits), wanted=LENGTH)


def _enterprise_first_words(digits: str) -> str:
    if is_establishment_number(digits):
        return _("C’est un numéro d’unité d’établissement : celui de l’entreprise commence par 0 ou 1.")
    return _("Un numéro d’entreprise commence par 0 ou 1, celui-ci commence par {first}.").format(first=digits[0])


def _establishment_words(digits: str) -> str:
    if digits == with_check_digits(int(digits[:8])) and digits[0] in "01":
        return _("C’est un numéro d’entreprise : celui de l’unité d’établissement commence par 2 à 8.")
    if digits[0] not in "2345678":
        words = _("Un numéro d’unité d’établissement commence par 2 à 8, celui-ci commence par {first}.")
        return words.format(first=digits[0])
    return _check_words()


def _check_words() -> str:
    return _("Les deux derniers chiffres ne correspondent pas aux autres : il y a une faute de frappe.")


EnterpriseNumber = Annotated[str, BeforeValidator(lambda typed: enterprise_digits(str(typed)))]
EstablishmentNumber = Annotated[str, BeforeValidator(lambda typed: establishment_digits(str(typed)))]


def _postal_code(typed: object) -> str:
    digits = str(typed).strip().removeprefix("B-")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4 and digits[0] != "0"):
        raise ValueError(_("Un code postal belge a quatre chiffres, par exemple 5000."))
    return digits


PostalCode = Annotated[str, BeforeValidator(_postal_code)]
