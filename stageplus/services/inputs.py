"""What every input shares: texts made clean, and refusals in French beside their field."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from stageplus.domain.errors import InvalidInput
from stageplus.texts import _

LONG_TEXT, SHORT_TEXT = 2000, 120
_DECEPTIVE = re.compile("[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")
_MAILBOX = re.compile(r"[^@\s<>()\[\],;:\"\\]+@[^@\s.<>()\[\],;:\"\\]+(\.[^@\s.<>()\[\],;:\"\\]+)+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def cleaned(value: object) -> object:
    """Normalize a text, drop control, zero-width and direction-changing characters, and the blanks around it."""
    if not isinstance(value, str):
        return value
    plain = unicodedata.normalize("NFC", value.encode("utf-8", "ignore").decode()).replace("\r\n", "\n")
    return _DECEPTIVE.sub("", _CONTROL.sub("", plain)).strip(" \t\n\u00a0\u200d")


Line = Annotated[str, StringConstraints(max_length=SHORT_TEXT), BeforeValidator(cleaned)]
Words = Annotated[str, StringConstraints(max_length=LONG_TEXT), BeforeValidator(cleaned)]
ShortWords = Annotated[str, StringConstraints(max_length=500), BeforeValidator(cleaned)]
FilledLine = Annotated[str, StringConstraints(min_length=1, max_length=SHORT_TEXT), BeforeValidator(cleaned)]
FilledWords = Annotated[str, StringConstraints(min_length=1, max_length=LONG_TEXT), BeforeValidator(cleaned)]
FormKey = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


def _address(typed: str) -> str:
    if not _MAILBOX.fullmatch(typed):
        raise ValueError(_("Cette adresse n’a pas la bonne forme. Exemple : prenom.nom@exemple.be"))
    return typed.lower()


Email = Annotated[
    str, StringConstraints(min_length=1, max_length=254), BeforeValidator(cleaned), AfterValidator(_address)
]
"""An e-mail address in lower case; only a mail that arrives tells whether it exists."""


def _is_yes(typed: object) -> object:
    return bool(typed) if isinstance(typed, str) else typed


Yes = Annotated[bool, BeforeValidator(_is_yes)]
"""A box that a form sends only when it is ticked."""


class Input(BaseModel):
    """A frozen, validated input; what it does not name is ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def read(cls, typed: Mapping[str, Any]) -> Self:
        """Read what somebody typed; raises `InvalidInput` with one French message per field."""
        try:
            return cls.model_validate(dict(typed))
        except ValidationError as refusal:
            raise InvalidInput(_messages(refusal)) from refusal

    @classmethod
    def read_address(cls, asked: Mapping[str, Any]) -> Self:
        """Read what an address bar asks for; a part that does not fit is ignored, for links get old and cut."""
        try:
            return cls.read(asked)
        except InvalidInput as refusal:
            return cls.read({name: value for name, value in asked.items() if name not in refusal.fields})


def given(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the fields that a form holds but the browser did not fill, so that their usual value counts."""
    return {name: value for name, value in typed.items() if value is not None}


def identifier(claimed: object) -> int:
    """Read an identifier that a browser claims; 0, which no object has, when it is not one."""
    text = str(claimed)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _messages(refusal: ValidationError) -> dict[str, str]:
    found: dict[str, str] = {}
    for error in refusal.errors(include_url=False, include_input=False):
        field = str(error["loc"][0]) if error["loc"] else "form"
        found.setdefault(field, _message(error["type"], error.get("ctx", {})))
    return found


_MESSAGES = {
    "missing": _("Ce champ est à compléter."),
    "string_too_short": _("Ce champ est à compléter."),
    "string_too_long": _("Ce texte est trop long : {max_length} caractères au plus."),
    "date": _("Cette date ou cette heure n’existe pas."),
    "time": _("Cette date ou cette heure n’existe pas."),
    "int": _("Un nombre entier est attendu ici."),
    "greater_than_equal": _("La plus petite valeur possible est {ge}."),
    "less_than_equal": _("La plus grande valeur possible est {le}."),
    "enum": _("Un choix de la liste est attendu ici."),
    "literal": _("Un choix de la liste est attendu ici."),
    "value_error": "{error}",
}


def _message(kind: str, context: Mapping[str, Any]) -> str:
    known = _MESSAGES.get(kind) or _MESSAGES.get(kind.split("_")[0])
    return (known or _("Cette valeur ne convient pas.")).format(**context)
