"""What signing in by an identity provider takes and returns."""

from dataclasses import dataclass, field

from stageplus.domain.actors import Role


@dataclass(frozen=True)
class ProviderHere:
    """The provider of this installation, by the name that people know; empty when there is none."""

    name: str = ""


@dataclass(frozen=True)
class Answer:
    """What the browser brings back from the provider: every word of it is a claim."""

    state: str = field(repr=False)
    code: str = field(default="", repr=False)
    error: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class Arrived:
    """The new session's token, for the cookie only, and where the person was heading."""

    role: Role
    heading: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class IdentityDetail:
    """Whether one's own account is linked to the provider; `fresh` while a proof is recent enough to change it."""

    provider: str = ""
    linked: bool = False
    since: str = ""
    last_used: str = ""
    fresh: bool = False
