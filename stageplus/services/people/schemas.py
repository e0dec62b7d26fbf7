"""What OFFA types and reads about the people it lets in."""

from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import Field, field_validator

from stageplus.domain.actors import Role
from stageplus.services.accounts.schemas import NameInput, NewPassword
from stageplus.services.inputs import Email, FilledLine, Input, Line, cleaned
from stageplus.texts import _

INVITED = (Role.OPERATOR, Role.COACH, Role.OFFA)
"""Who comes in by invitation only."""
MOST_SECTORS = 100


class MandateInput(Input):
    """What somebody is charged with: for a coach sectors; for an operator's staff a place, `3`, or `3:7` to name an
    implantation too; nothing for OFFA.
    """

    place: Line = ""
    sectors: tuple[Line, ...] = ()

    @field_validator("sectors", mode="before")
    @classmethod
    def _several(cls, typed: Any) -> tuple[str, ...]:
        several = typed if isinstance(typed, list | tuple) else [typed]
        return tuple(str(cleaned(each))[:60] for each in several[:MOST_SECTORS] if each is not None)


class InviteInput(MandateInput):
    """An address to invite, and as what."""

    email: Email
    role: Role

    @field_validator("role")
    @classmethod
    def _by_invitation(cls, role: Role) -> Role:
        if role not in INVITED:
            raise ValueError(_("Un choix de la liste est attendu ici."))
        return role


class JoinInput(NameInput):
    """What whoever follows an invitation gives."""

    new: NewPassword = Field(repr=False)


class InvitationSearch(Input):
    """Which page of the invitations that wait, and whom the form beside it is about to invite."""

    role: Role = Role.OPERATOR
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True)
class InvitationRow:
    """An invitation that nobody has used yet."""

    invitation_id: int = 0
    email: str = ""
    charge: str = ""
    by: str = ""
    sent: str = ""
    until: str = ""
    expired: bool = False


@dataclass(frozen=True)
class InvitationPage:
    """One page of the invitations that wait, and what the form lets choose from."""

    rows: list[InvitationRow] = field(default_factory=list)
    found_words: str = ""
    page: int = 1
    pages: int = 1
    places: list[tuple[str, str]] = field(default_factory=list)
    sectors: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Invited:
    """An invitation as whoever holds its link sees it; `taken` when the address has got an account meanwhile."""

    email: str = ""
    charge: str = ""
    taken: bool = False


class SuspensionInput(Input):
    """Why somebody's account is suspended; the person reads it."""

    reason: FilledLine = Field(max_length=200)


class PeopleSearch(Input):
    """Which people to list: `text` looks in names, addresses and the names of their operator or company."""

    text: Line = ""
    role: Literal["", "learner", "company", "operator", "coach", "offa"] = ""
    state: Literal["", "suspendu", "injoignable"] = ""
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True)
class PersonRow:
    """Somebody with an account."""

    person_id: int = 0
    name: str = ""
    email: str = ""
    role: str = ""
    last_seen: str = ""
    suspended: bool = False
    unreachable: bool = False
    has_factor: bool = False


@dataclass(frozen=True)
class PeoplePage:
    """One page of people."""

    rows: list[PersonRow] = field(default_factory=list)
    found_words: str = ""
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class PersonDetail:
    """One person as OFFA sees them, and what it may change; `kind` is the role, for the form of the mandate."""

    row: PersonRow = field(default_factory=PersonRow)
    kind: str = ""
    charge: str = ""
    since: str = ""
    place: str = ""
    chosen: list[str] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    sectors: list[tuple[str, str]] = field(default_factory=list)
    is_me: bool = False
