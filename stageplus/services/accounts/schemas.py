"""What accounts take and return."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from stageplus.domain.actors import Actor, Role
from stageplus.services.inputs import Email, FilledLine, Input
from stageplus.texts import _

DEMO_PASSWORD = "Stage-plus-demo-2026"  # noqa: S105 — public on purpose, in demo mode only
DEMO_DOMAIN = "demo.test"
DEMO_ACCOUNTS = (
    (_("Apprenante"), "apprenant@demo.test"),
    (_("Entreprise"), "entreprise@demo.test"),
    (_("Coach sectoriel"), "coach@demo.test"),
    (_("Opérateur"), "operateur@demo.test"),
    (_("OFFA"), "offa@demo.test"),
)


@dataclass(frozen=True)
class NewPerson:
    """Somebody to register; `email` in any case."""

    email: str
    first_name: str
    last_name: str
    role: Role
    password: str = field(repr=False)


@dataclass(frozen=True)
class Credentials:
    """What somebody typed to sign in."""

    email: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Visitor:
    """The browser at the other end: its address, its name for itself, and what it proves to have signed in before."""

    address: str = ""
    user_agent: str = ""
    known: str = field(default="", repr=False)


NO_VISITOR = Visitor()


@dataclass(frozen=True)
class SignedIn:
    """The new session's token, for the cookie only, and the role that decides where to go."""

    role: Role
    token: str = field(repr=False)


@dataclass(frozen=True)
class SignedInPerson:
    """Who holds a session's token, and when that session was last noted as used."""

    actor: Actor
    last_seen_at: datetime


HOMES = {
    Role.LEARNER: "/offres",
    Role.COMPANY: "/entreprise",
    Role.OPERATOR: "/operateur",
    Role.COACH: "/coach",
    Role.OFFA: "/offa",
}
"""Where each role arrives after signing in."""


@dataclass(frozen=True)
class Me:
    """Who is signed in, for the frame of every page; `waiting` is how much waits for them, empty when nothing does.

    `unreachable` when mail to their address comes back; `company` is the one that they act for, `acts_for_several` when
    there are others; `claims` counts the demands of access to decide on, `reported` the names reported as wrong,
    `moderated` the offers and messages that wait for moderation, `proposed` the offers suggested to a learner and not
    seen, `messages` those written to a learner and not read; `claim_waits` when their own claim is not decided;
    `notices` counts what happened that they have not read. `banner` is what OFFA announces to them, `banner_link` where
    that leads, `banner_key` what tells it from others.
    """

    name: str
    person: str
    role: str
    home: str
    waiting: str = ""
    unreachable: bool = False
    company: str = ""
    acts_for_several: bool = False
    claims: str = ""
    reported: str = ""
    moderated: str = ""
    proposed: str = ""
    messages: str = ""
    claim_waits: bool = False
    notices: str = ""
    banner: str = ""
    banner_key: str = ""
    banner_link: str = ""


NOBODY = Me("", "", "", "/")


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demonstration; its password is public."""

    label: str
    email: str
    password: str


SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200


class NameInput(Input):
    """A first and a last name."""

    first_name: FilledLine = Field(max_length=80)
    last_name: FilledLine = Field(max_length=80)


def _of_good_length(new: str) -> str:
    if len(new) < SHORTEST_PASSWORD:
        raise ValueError(_("Choisissez au moins 12 caractères : quelques mots sans rapport suffisent."))
    if len(new) > LONGEST_PASSWORD:
        raise ValueError(_("Choisissez 200 caractères au plus."))
    return new


NewPassword = Annotated[str, AfterValidator(_of_good_length)]
"""A password of 12 to 200 characters of any kind, spaces and accents included."""


class EmailInput(Input):
    """An e-mail address, in lower case."""

    email: Email


class NewPasswordInput(Input):
    """The new password of whoever follows a mailed link."""

    new: NewPassword = Field(repr=False)


class PasswordInput(Input):
    """The old password and the new one."""

    old: str = Field(repr=False, max_length=LONGEST_PASSWORD)
    new: NewPassword = Field(repr=False)


@dataclass(frozen=True)
class AccountDetail:
    """One's own account."""

    email: str = ""
    first_name: str = ""
    last_name: str = ""
    role: str = ""


@dataclass(frozen=True)
class SessionRow:
    """One browser that is signed in to one's own account; `is_this` is the one that asks."""

    session_id: int
    device: str
    last_used: str
    opened: str
    is_this: bool
