"""The file that holds what Stage+ keeps of one person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

EXPORT = "/compte/mes-donnees.json"
"""Where the file is asked for, by a form of `/compte`."""


@dataclass(frozen=True)
class PersonalFile:
    """A JSON file in UTF-8, and the name under which a browser keeps it."""

    name: str
    content: str


@dataclass(frozen=True)
class Whose:
    """Of whom to read: the person, their address, and their identifier as a learner, 0 for everybody else."""

    person_id: int
    email: str
    learner_id: int


@dataclass(frozen=True)
class Section:
    """A part of the file: what it holds in one sentence, how it is read, and which columns lead to its person."""

    words: str
    read: Callable[[Session, Whose], Any]
    columns: frozenset[str]
