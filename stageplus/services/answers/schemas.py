"""What a company's quick answers take and return; every text is ready to show."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator

from stageplus.domain.applications import RefusalReason
from stageplus.services.inputs import FilledWords, Input, identifier
from stageplus.texts import _

MOST_AT_ONCE = 50


def _ticked(typed: object) -> object:
    """Read the ticked boxes of a form, which sends one of them alone as a text."""
    each = typed if isinstance(typed, (list, tuple)) else [typed] if typed else []
    if not each:
        raise ValueError(_("Cochez au moins une candidature."))
    return tuple(sorted({identifier(one) for one in each}))


Chosen = Annotated[tuple[int, ...], BeforeValidator(_ticked), Field(max_length=MOST_AT_ONCE)]


class SeveralRefusalInput(Input):
    """One reason and one polite text for several applications; on its page one alone may be refused as well."""

    ids: Chosen
    reason_for_all: RefusalReason
    words_for_all: FilledWords

    @field_validator("reason_for_all", mode="before")
    @classmethod
    def _is_chosen(cls, typed: object) -> object:
        if not typed:
            raise ValueError(_("Choisissez un motif dans la liste."))
        return typed


class PromiseInput(Input):
    """Applications, and the day before which the company says that it answers them."""

    ids: Chosen
    before: date


class HandOverInput(Input):
    """The colleague whom an application is handed over to."""

    colleague: Annotated[int, BeforeValidator(identifier)]


class MoveInput(Input):
    """The offer of another establishment, for the same trade, that an application goes on with."""

    offer: Annotated[int, BeforeValidator(identifier)]


@dataclass(frozen=True)
class Answered:
    """How many applications an answer reached, and how many had changed meanwhile and were left as they are."""

    done: int = 0
    left: int = 0


@dataclass(frozen=True)
class Desk:
    """What one needs to answer: the answer given last, while it may be taken back, and the words to begin with.

    `undo_key` is empty when nothing may be taken back.
    """

    undo_key: str = ""
    undo_words: str = ""
    polite_words: str = ""
    promise_words: str = ""


@dataclass(frozen=True)
class Ways:
    """Whom and where an application may be handed over to, as (value, label), and whom it was handed over to."""

    colleagues: tuple[tuple[str, str], ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()
    holder: str = ""
