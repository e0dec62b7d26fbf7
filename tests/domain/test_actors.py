"""Each role holds its own permissions and nobody else's."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from stageplus.domain.actors import Actor, Permission, Role, Stage, require, require_fresh
from stageplus.domain.errors import Denied, FreshFactorNeeded

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

HOLDERS = {
    Permission.OFFER_SEARCH: {Role.LEARNER},
    Permission.OFFER_MANAGE: {Role.COMPANY},
    Permission.OFFER_FOLLOW: {Role.COACH},
    Permission.COMPANY_FOLLOW: {Role.COACH},
    Permission.OFFER_FLAG: {Role.LEARNER},
    Permission.OFFER_SUGGEST: {Role.OPERATOR},
    Permission.OFFER_MODERATE: {Role.OFFA},
    Permission.APPLICATION_SEND: {Role.LEARNER},
    Permission.APPLICATION_WITHDRAW: {Role.LEARNER},
    Permission.INTERVIEW_HOLD: {Role.LEARNER, Role.COMPANY},
    Permission.APPLICATION_ANSWER: {Role.COMPANY},
    Permission.OFFER_KEEP: {Role.LEARNER},
    Permission.CONVERSATION_JOIN: {Role.LEARNER, Role.COMPANY},
    Permission.MESSAGE_MODERATE: {Role.OFFA},
    Permission.INTRODUCTION_TAKE_OVER: {Role.OPERATOR},
    Permission.LEARNER_FOLLOW: {Role.OPERATOR},
    Permission.ROSTER_MANAGE: {Role.OPERATOR},
    Permission.APPROVAL_RECORD: {Role.OPERATOR, Role.OFFA},
    Permission.APPROVAL_SETTLE: {Role.OFFA},
    Permission.CLAIM_MAKE: {Role.COMPANY},
    Permission.CLAIM_DECIDE: {Role.OPERATOR, Role.OFFA},
    Permission.TEAM_BELONG: {Role.COMPANY},
    Permission.SITE_WATCH: {Role.OFFA},
    Permission.REFERENCE_MANAGE: {Role.OFFA},
    Permission.PEOPLE_MANAGE: {Role.OFFA},
    Permission.JOURNAL_READ: {Role.OFFA},
    Permission.ANNOUNCEMENT_MANAGE: {Role.OFFA},
    Permission.COMPANY_INVITE: {Role.COACH},
    Permission.VIEW_KEEP: {Role.COACH, Role.OPERATOR},
    Permission.ACCOUNT_OWN: set(Role),
    Permission.FACTOR_GIVE: set(Role),
    Permission.FACTOR_REGISTER: set(Role),
    Permission.FACTOR_RESET: {Role.OPERATOR, Role.OFFA},
}


@pytest.mark.parametrize("permission", list(Permission))
def test_exactly_these_roles_hold_the_permission(permission: Permission) -> None:
    assert {role for role in Role if Actor(1, role).may(permission)} == HOLDERS[permission]


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_signed_in_means_denied(permission: Permission) -> None:
    with pytest.raises(Denied):
        require(None, permission)


def test_an_entitled_actor_comes_back() -> None:
    coach = Actor(1, Role.COACH, sectors=frozenset({"construction"}))
    assert require(coach, Permission.OFFER_FOLLOW) is coach


def test_a_coach_may_not_answer_applications() -> None:
    with pytest.raises(Denied):
        require(Actor(1, Role.COACH), Permission.APPLICATION_ANSWER)


@pytest.mark.parametrize(
    ("stage", "opened"),
    [
        (Stage.FACTOR_DUE, {Permission.FACTOR_GIVE}),
        (Stage.FACTOR_MISSING, {Permission.FACTOR_GIVE, Permission.FACTOR_REGISTER}),
    ],
)
@pytest.mark.parametrize("role", list(Role))
def test_before_the_second_factor_nothing_else_opens(role: Role, stage: Stage, opened: set[Permission]) -> None:
    actor = Actor(1, role, stage=stage)
    assert {permission for permission in Permission if actor.may(permission)} == opened


@pytest.mark.parametrize("age", [timedelta(), timedelta(minutes=9, seconds=59)])
def test_a_proof_of_a_few_minutes_ago_is_enough(age: timedelta) -> None:
    require_fresh(Actor(1, Role.LEARNER, proved_at=NOW - age), NOW, Decimal(10))


@pytest.mark.parametrize("proved_at", [None, NOW - timedelta(minutes=10), NOW - timedelta(days=1)])
def test_an_older_proof_or_none_must_be_given_again(proved_at: datetime | None) -> None:
    with pytest.raises(FreshFactorNeeded):
        require_fresh(Actor(1, Role.LEARNER, proved_at=proved_at), NOW, Decimal(10))
