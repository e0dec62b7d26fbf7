"""What companies type and read about their teams and establishments."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import Field, field_validator

from stageplus.services.inputs import Email, Input, Line, Yes, identifier

MOST_ESTABLISHMENTS = 200


class ScopeInput(Input):
    """What somebody may do: administrator, which is everywhere, or member, everywhere or at some establishments."""

    is_admin: Yes = False
    everywhere: Yes = False
    establishments: tuple[int, ...] = ()

    @field_validator("establishments", mode="before")
    @classmethod
    def _identifiers(cls, typed: Any) -> tuple[int, ...]:
        several = typed if isinstance(typed, list | tuple) else [typed]
        return tuple(identifier(each) for each in several[:MOST_ESTABLISHMENTS])


class InviteInput(ScopeInput):
    """An address to invite."""

    email: Email


class JoinInput(Input):
    """What whoever follows an invitation gives; nothing when the address has an account already."""

    first_name: Line = Field(default="", max_length=80)
    last_name: Line = Field(default="", max_length=80)
    new: str = Field(default="", max_length=200, repr=False)


@dataclass(frozen=True)
class MemberRow:
    """Somebody of the team; the address is for administrators only."""

    person_id: int = 0
    name: str = ""
    email: str = ""
    role_words: str = ""
    where: str = ""
    is_admin: bool = False
    is_me: bool = False


@dataclass(frozen=True)
class InvitationRow:
    """An invitation that waits."""

    invitation_id: int = 0
    email: str = ""
    where: str = ""
    until: str = ""


@dataclass(frozen=True)
class Team:
    """The team of a company; only administrators see addresses and invitations, and may change anything."""

    company: str = ""
    members: list[MemberRow] = field(default_factory=list)
    invitations: list[InvitationRow] = field(default_factory=list)
    establishments: list[tuple[str, str]] = field(default_factory=list)
    may_manage: bool = False


@dataclass(frozen=True)
class MemberDetail:
    """One person of the team, for the form that changes what they may do."""

    row: MemberRow = field(default_factory=MemberRow)
    everywhere: bool = True
    chosen: list[str] = field(default_factory=list)
    establishments: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Invited:
    """An invitation as whoever holds its link sees it."""

    company: str = ""
    email: str = ""
    has_account: bool = False


@dataclass(frozen=True)
class CompanyChoice:
    """A company that somebody acts for."""

    company_id: int
    name: str
    where: str
    is_current: bool


@dataclass(frozen=True)
class HeldApproval:
    """An agrément of an establishment."""

    trade: str
    state_words: str
    tone: str
    since: str
    disputed: bool


@dataclass(frozen=True)
class EstablishmentCard:
    """An establishment: its agréments, how many it may train, who acts for it."""

    name: str = ""
    number: str = ""
    town: str = ""
    capacity: str = ""
    used: str = ""
    left: str = ""
    tutors: str = ""
    people: str = ""
    approvals: list[HeldApproval] = field(default_factory=list)
