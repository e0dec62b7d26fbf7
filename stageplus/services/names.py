"""Names as lists find them: no accent, case or hyphen stands between a word and the name that has it."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, or_

from stageplus.domain.plain_text import plain
from stageplus.models import Person


def has_word(plain_name: Any, word: str) -> ColumnElement[bool]:
    """Return the condition under which a column that holds plain names has a word."""
    return col(plain_name).contains(plain(word) or word, autoescape=True)


def person_has_word(word: str) -> ColumnElement[bool]:
    """Return the condition under which somebody's name or address has a word."""
    return or_(has_word(Person.plain_name, word), col(Person.email).contains(word.lower(), autoescape=True))
