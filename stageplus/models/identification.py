"""What proves who somebody is: second factors, single-purpose links, and the journal of what was done about it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from stageplus.domain.links import LinkPurpose
from stageplus.models.columns import Moment, choice, moment


class ChallengeUse(StrEnum):
    """What a passkey is asked for."""

    REGISTER = "register"
    PROVE = "prove"
    SIGN_IN = "sign in"


class AttemptUse(StrEnum):
    """What somebody goes to the identity provider for."""

    SIGN_IN = "sign in"
    LINK = "link"


class TotpSecret(SQLModel, table=True):
    """The secret that a person's authenticator shares with us, encrypted; without `confirmed_at` it counts for nothing.

    `last_step` is the last time step that was used: a code is good once (RFC 6238, 5.2).
    """

    __tablename__ = "totp_secret"

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    secret: str = Field(max_length=300)
    created_at: datetime = moment()
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    last_step: int = 0


class Passkey(SQLModel, table=True):
    """A WebAuthn credential of a person; identifiers and key in base64url."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    credential_id: str = Field(unique=True, max_length=400)
    public_key: str = Field(max_length=1000)
    sign_count: int = 0
    name: str = Field(max_length=80)
    created_at: datetime = moment()
    last_used_at: datetime | None = Field(default=None, sa_type=Moment)


class PasskeyChallenge(SQLModel, table=True):
    """What a passkey has to sign, once and soon; `holder` is the stored form of the cookie that asked for it."""

    __tablename__ = "passkey_challenge"

    challenge: str = Field(primary_key=True, max_length=100)
    holder: str = Field(max_length=64)
    use: ChallengeUse = choice(ChallengeUse)
    expires_at: datetime = moment()


class RecoveryCode(SQLModel, table=True):
    """A one-time code for whoever lost the second factor, stored as a keyed digest only."""

    __tablename__ = "recovery_code"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    code_hash: str = Field(max_length=64)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class LinkedIdentity(SQLModel, table=True):
    """Somebody's identity at a provider, linked by themselves; of its `sub` only a keyed digest, never anything else.

    An identity opens one account, and an account has one identity of each provider.
    """

    __tablename__ = "linked_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject_hash"), UniqueConstraint("person_id", "issuer"))

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    issuer: str = Field(max_length=200)
    subject_hash: str = Field(max_length=64)
    created_at: datetime = moment()
    last_used_at: datetime | None = Field(default=None, sa_type=Moment)


class ProviderAttempt(SQLModel, table=True):
    """Somebody who left for the identity provider: `holder` is the stored form of the cookie that has to come back.

    The row holds no secret: what the provider must repeat, and what proves that we asked, derive from its state.
    """

    __tablename__ = "provider_attempt"

    state_hash: str = Field(primary_key=True, max_length=64)
    holder: str = Field(max_length=64)
    use: AttemptUse = choice(AttemptUse)
    heading: str = Field(default="", max_length=1000)
    expires_at: datetime = moment()


class SingleUseLink(SQLModel, table=True):
    """A link that was mailed: good once, until it expires; stored as the SHA-256 of its token only.

    `subject` is what the purpose needs to know: a new address, the identifier of an invitation.
    """

    __tablename__ = "single_use_link"

    id: int | None = Field(default=None, primary_key=True)
    purpose: LinkPurpose = choice(LinkPurpose)
    token_hash: str = Field(unique=True, max_length=64)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="CASCADE")
    subject: str = Field(default="", max_length=254)
    created_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class JournalEntry(SQLModel, table=True):
    """Something done to somebody's access or rights: who did what to whom, and why; never a secret."""

    __tablename__ = "journal_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = moment()
    action: str = Field(max_length=60, index=True)
    actor_id: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="SET NULL")
    subject_id: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="SET NULL")
    detail: str = Field(default="", max_length=500)
