"""What second factors take and return."""

from dataclasses import dataclass, field

from pydantic import Field

from stageplus.services.inputs import FilledLine, Input, Line


@dataclass(frozen=True)
class Ways:
    """How somebody can prove who they are at this moment; `password` is for whoever has no second factor.

    `again` when the session is open already and the proof is for what comes next. `passkey_host` and `passkey_origin`
    say where passkeys work.
    """

    totp: bool = False
    passkey: bool = False
    codes: bool = False
    password: bool = False
    again: bool = False
    passkey_host: str = ""
    passkey_origin: str = ""


@dataclass(frozen=True)
class Proof:
    """What somebody gave: a code, a password, what a passkey signed; never shown again."""

    given: str = field(repr=False)


@dataclass(frozen=True)
class PasskeySite:
    """The name that passkeys are made for and the address they come from; empty where there can be none."""

    name: str
    origin: str


@dataclass(frozen=True)
class TotpSetup:
    """What an application needs to give codes; `pending` comes back with the first one."""

    secret: str = field(default="", repr=False)
    drawing: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    pending: str = field(default="", repr=False)


class TotpInput(Input):
    """The first code of an application, and the set-up that it answers."""

    pending: str = Field(max_length=500, repr=False)
    code: FilledLine = Field(max_length=20, repr=False)


class PasskeyInput(Input):
    """A new passkey as the browser sent it, and what its owner calls it, if anything."""

    name: Line = Field(max_length=80)
    preuve: str = Field(max_length=20_000, repr=False)


class PasskeyNameInput(Input):
    """Another name for a passkey."""

    name: FilledLine = Field(max_length=80)


class ResetInput(Input):
    """Why somebody's second factor is taken away."""

    reason: FilledLine = Field(max_length=200)


@dataclass(frozen=True)
class AccessDetail:
    """Whether somebody whose access one answers for has a second factor to reset."""

    person_id: int = 0
    has_factor: bool = False


@dataclass(frozen=True)
class PasskeyRow:
    """One passkey in the list of its owner."""

    passkey_id: int
    name: str
    since: str
    last_used: str


@dataclass(frozen=True)
class FactorsDetail:
    """One's own second factors.

    `needed` when one's role must have one, `missing` when nothing else opens before; `fresh` while a proof is recent
    enough to change something.
    """

    needed: bool = False
    missing: bool = False
    fresh: bool = False
    has_any: bool = False
    totp_since: str = ""
    passkeys: list[PasskeyRow] = field(default_factory=list)
    codes_left: int = 0
    codes_words: str = ""
    few_codes: bool = False
    passkey_host: str = ""
    passkey_origin: str = ""


@dataclass(frozen=True)
class RecoveryCodes:
    """Ten new codes, at the only moment when they can be read; `file` is the address of the same as a text file."""

    codes: list[str] = field(default_factory=list, repr=False)
    file: str = field(default="", repr=False)
