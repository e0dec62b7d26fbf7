"""The file that holds what Stage+ keeps of one person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from stageplus.services.archives import packed

EXPORT = "/compte/mes-donnees.json"
"""Where the file is asked for, by a form of `/compte`."""


@dataclass(frozen=True)
class PersonalFile:
    """A JSON file in UTF-8, the name under which a browser keeps it, and the files that its rows name beside it."""

    name: str
    content: str
    beside: dict[str, bytes] = field(default_factory=dict)

    def whole(self) -> tuple[str, str, bytes]:
        """Return the name, the media type and the bytes of what is given: an archive as soon as files lie beside."""
        if not self.beside:
            return self.name, "application/json; charset=utf-8", self.content.encode()
        archive = packed({self.name: self.content.encode(), **self.beside})
        return f"{self.name.removesuffix('.json')}.zip", "application/zip", archive


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
