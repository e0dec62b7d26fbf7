"""Who acts, and what each role may do."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from stageplus.domain.errors import Denied, FreshFactorNeeded


class Role(StrEnum):
    """The five roles of Stage+; a person who is not signed in has none."""

    LEARNER = "learner"
    COMPANY = "company"
    OPERATOR = "operator"
    COACH = "coach"
    OFFA = "offa"


class Stage(StrEnum):
    """How far somebody's identification has come; only `COMPLETE` opens anything beyond identification itself."""

    COMPLETE = "complete"
    FACTOR_DUE = "second factor due"
    FACTOR_MISSING = "second factor missing"


class Permission(StrEnum):
    """A right as data, `area:action`."""

    OFFER_SEARCH = "offer:search"
    OFFER_KEEP = "offer:keep"
    OFFER_MANAGE = "offer:manage"
    OFFER_FOLLOW = "offer:follow"
    COMPANY_FOLLOW = "company:follow"
    COMPANY_INVITE = "company:invite"
    VIEW_KEEP = "view:keep"
    OFFER_FLAG = "offer:flag"
    OFFER_SUGGEST = "offer:suggest"
    OFFER_MODERATE = "offer:moderate"
    APPLICATION_SEND = "application:send"
    APPLICATION_WITHDRAW = "application:withdraw"
    APPLICATION_ANSWER = "application:answer"
    CONVERSATION_JOIN = "conversation:join"
    MESSAGE_MODERATE = "message:moderate"
    INTERVIEW_HOLD = "interview:hold"
    INTRODUCTION_TAKE_OVER = "introduction:take-over"
    LEARNER_FOLLOW = "learner:follow"
    ROSTER_MANAGE = "roster:manage"
    APPROVAL_RECORD = "approval:record"
    APPROVAL_SETTLE = "approval:settle"
    CLAIM_MAKE = "claim:make"
    CLAIM_DECIDE = "claim:decide"
    TEAM_BELONG = "team:belong"
    SITE_WATCH = "site:watch"
    ANNOUNCEMENT_MANAGE = "announcement:manage"
    REFERENCE_MANAGE = "reference:manage"
    PEOPLE_MANAGE = "people:manage"
    JOURNAL_READ = "journal:read"
    ACCOUNT_OWN = "account:own"
    FACTOR_GIVE = "factor:give"
    FACTOR_REGISTER = "factor:register"
    FACTOR_RESET = "factor:reset"


_IDENTIFICATION = frozenset({Permission.FACTOR_GIVE, Permission.FACTOR_REGISTER})
_AT_STAGE: dict[Stage, frozenset[Permission]] = {
    Stage.COMPLETE: frozenset(Permission),
    Stage.FACTOR_DUE: frozenset({Permission.FACTOR_GIVE}),
    Stage.FACTOR_MISSING: _IDENTIFICATION,
}

_OF_ROLE: dict[Role, frozenset[Permission]] = {
    Role.LEARNER: frozenset(
        {
            Permission.OFFER_SEARCH,
            Permission.OFFER_KEEP,
            Permission.OFFER_FLAG,
            Permission.APPLICATION_SEND,
            Permission.APPLICATION_WITHDRAW,
            Permission.CONVERSATION_JOIN,
            Permission.INTERVIEW_HOLD,
            Permission.ACCOUNT_OWN,
        }
    ),
    Role.COMPANY: frozenset(
        {
            Permission.OFFER_MANAGE,
            Permission.APPLICATION_ANSWER,
            Permission.CONVERSATION_JOIN,
            Permission.INTERVIEW_HOLD,
            Permission.CLAIM_MAKE,
            Permission.TEAM_BELONG,
            Permission.ACCOUNT_OWN,
        }
    ),
    Role.OPERATOR: frozenset(
        {
            Permission.INTRODUCTION_TAKE_OVER,
            Permission.LEARNER_FOLLOW,
            Permission.VIEW_KEEP,
            Permission.OFFER_SUGGEST,
            Permission.ROSTER_MANAGE,
            Permission.APPROVAL_RECORD,
            Permission.CLAIM_DECIDE,
            Permission.FACTOR_RESET,
            Permission.ACCOUNT_OWN,
        }
    ),
    Role.COACH: frozenset(
        {
            Permission.OFFER_FOLLOW,
            Permission.COMPANY_FOLLOW,
            Permission.COMPANY_INVITE,
            Permission.VIEW_KEEP,
            Permission.ACCOUNT_OWN,
        }
    ),
    Role.OFFA: frozenset(
        {
            Permission.SITE_WATCH,
            Permission.ANNOUNCEMENT_MANAGE,
            Permission.OFFER_MODERATE,
            Permission.MESSAGE_MODERATE,
            Permission.REFERENCE_MANAGE,
            Permission.PEOPLE_MANAGE,
            Permission.JOURNAL_READ,
            Permission.APPROVAL_RECORD,
            Permission.APPROVAL_SETTLE,
            Permission.CLAIM_DECIDE,
            Permission.FACTOR_RESET,
            Permission.ACCOUNT_OWN,
        }
    ),
}


@dataclass(frozen=True)
class Actor:
    """The person who acts, resolved afresh for each event; every scope is an identifier that queries filter by.

    `claim_id` is the waiting claim of somebody who acts for no company yet: drafts, and nothing else, are open to them.
    `sectors` holds the sector codes of a coach's mandates and is empty for everybody else. `factor_at` is when this
    session last gave a second factor; `proved_at` when it last proved who acts: by the second factor, or by the
    password for whoever has no factor.
    """

    person_id: int
    role: Role
    learner_id: int | None = None
    company_id: int | None = None
    claim_id: int | None = None
    operator_id: int | None = None
    sectors: frozenset[str] = frozenset()
    stage: Stage = Stage.COMPLETE
    factor_at: datetime | None = field(default=None, compare=False)
    proved_at: datetime | None = field(default=None, compare=False)

    def may(self, permission: Permission) -> bool:
        """Say whether this actor's role holds the permission, and the identification has come far enough for it."""
        return permission in _OF_ROLE[self.role] | _IDENTIFICATION and permission in _AT_STAGE[self.stage]


def require(actor: Actor | None, permission: Permission) -> Actor:
    """Return the actor when signed in and entitled; raises `Denied` otherwise."""
    if actor is None or not actor.may(permission):
        raise Denied(permission)
    return actor


def require_fresh(actor: Actor, now: datetime, minutes: Decimal | float) -> None:
    """Let on only whose session has proved who acts within so many minutes; raises `FreshFactorNeeded` otherwise."""
    if actor.proved_at is None or now - actor.proved_at >= timedelta(minutes=float(minutes)):
        raise FreshFactorNeeded
