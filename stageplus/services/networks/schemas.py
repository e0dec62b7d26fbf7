"""What OFFA types and reads of the networks that run dispositifs, and of their operators."""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from stageplus.services.inputs import Email, FilledLine, Input, Line, cleaned
from stageplus.services.reference.schemas import ChangeRow, Why

Phone = Annotated[str, StringConstraints(max_length=30), BeforeValidator(cleaned)]
NetworkName = Annotated[str, StringConstraints(min_length=1, max_length=60), BeforeValidator(cleaned)]


class NetworkInput(Input):
    """A network of operators; `code` is empty for a new one, `words` stand under the name of its operators."""

    code: Line = ""
    name: NetworkName
    words: FilledLine
    why: Why


class OperatorInput(Input):
    """An operator of a network; `operator_id` is 0 for a new one, `place` a commune or a postal code."""

    operator_id: int = Field(default=0, ge=0)
    name: FilledLine
    kind: FilledLine
    place: FilledLine
    email: Email
    phone: Phone = ""
    why: Why


@dataclass(frozen=True)
class NetworkRow:
    """A network, how many operators are of it and which dispositifs in force it runs."""

    code: str = ""
    name: str = ""
    words: str = ""
    operators: str = ""
    schemes: str = ""


@dataclass(frozen=True)
class OperatorRow:
    """An operator with its contact, and how many learners are enrolled with it."""

    operator_id: int = 0
    name: str = ""
    kind: str = ""
    network: str = ""
    place: str = ""
    email: str = ""
    phone: str = ""
    learners: str = ""


@dataclass(frozen=True)
class NetworkPage:
    """The networks, their operators, and what OFFA changed in them."""

    networks: list[NetworkRow] = field(default_factory=list)
    operators: list[OperatorRow] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    history: list[ChangeRow] = field(default_factory=list)
