"""What accounts take and return."""

from dataclasses import dataclass, field

from stageplus.domain.actors import Role


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
class SignedIn:
    """The new session's token, for the cookie only, and the role that decides where to go."""

    role: Role
    token: str = field(repr=False)
