"""Whoever lost a phone is helped by those who answer for their access, and by nobody else; everybody can see it."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role, Stage
from stageplus.domain.errors import Denied, FreshFactorNeeded, InvalidInput, NotFound
from stageplus.models import ApprovalState, Implantation, JournalEntry, Passkey, Person, RecoveryCode, TotpSecret
from stageplus.services.accounts.actions import recognise
from stageplus.services.factors.actions import (
    prove_by_code,
    prove_by_totp,
    renew_codes,
    reset_factor,
    reset_factor_from_terminal,
)
from stageplus.services.factors.schemas import Proof, ResetInput
from tests import factories
from tests.factories import NOW
from tests.services.factors.authenticator import Device
from tests.services.factors.conftest import TOKEN, SignIn, open_session, seen, subjects, with_passkey, with_totp

LATER = NOW + timedelta(minutes=5)
WHY = ResetInput(reason="Téléphone perdu, reconnu au comptoir")


@pytest.fixture
def learner(database: Engine, sign_in: SignIn) -> Actor:
    """A learner with every kind of second factor."""
    with transaction(database) as session:
        operator = factories.an_operator(session)
    actor = sign_in(Role.LEARNER)
    with transaction(database) as session:
        factories.a_learner(session, operator, person_id=actor.person_id)
    _secret, fresh = with_totp(database, actor)
    fresh = with_passkey(database, seen(database, fresh), Device(), fresh)
    renew_codes(seen(database, fresh), now=NOW, on=database)
    with transaction(database) as session:
        open_session(session, actor.person_id, "ailleurs")
    return seen(database, fresh)


def operator_of(database: Engine, person_id: int) -> int:
    with reading(database) as session:
        return session.exec(select(factories.Learner.operator_id).where(factories.Learner.person_id == person_id)).one()


def staff(database: Engine, operator_id: int) -> Actor:
    with transaction(database) as session:
        return factories.a_staff_member(session, operator_id)


def kept(database: Engine, person_id: int) -> int:
    with reading(database) as session:
        tables = (TotpSecret, Passkey, RecoveryCode)
        return sum(len(session.exec(select(table).where(table.person_id == person_id)).all()) for table in tables)


def test_the_staff_of_the_learners_operator_takes_everything_away(database: Engine, learner: Actor) -> None:
    helper = staff(database, operator_of(database, learner.person_id))
    assert kept(database, learner.person_id) == 12
    assert reset_factor(helper, learner.person_id, WHY, now=NOW, on=database).startswith("Lou Essai")
    assert kept(database, learner.person_id) == 0
    assert recognise("ailleurs", NOW, database) is None
    assert subjects(database)[-1] == "La deuxième étape de connexion est remise à zéro"
    with reading(database) as session:
        entry = session.exec(select(JournalEntry).where(JournalEntry.action == "factor.reset")).one()
    assert (entry.actor_id, entry.subject_id, entry.detail) == (helper.person_id, learner.person_id, WHY.reason)


def test_offa_helps_everybody_but_oneself(database: Engine, learner: Actor) -> None:
    with transaction(database) as session:
        offa, other = factories.an_offa_member(session), factories.an_offa_member(session)
    for person_id in (learner.person_id, other.person_id):
        reset_factor(offa, person_id, WHY, now=NOW, on=database)
    for person_id in (offa.person_id, 0, 999_999):
        with pytest.raises(NotFound):
            reset_factor(offa, person_id, WHY, now=NOW, on=database)


def test_another_operator_cannot(database: Engine, learner: Actor) -> None:
    with transaction(database) as session:
        elsewhere = factories.an_operator(session).id or 0
    helper = staff(database, elsewhere)
    colleague = staff(database, elsewhere)
    for person_id in (learner.person_id, colleague.person_id, helper.person_id):
        with pytest.raises(NotFound):
            reset_factor(helper, person_id, WHY, now=NOW, on=database)
    assert kept(database, learner.person_id) == 12


@pytest.mark.parametrize(("state", "helped"), [(ApprovalState.GRANTED, True), (ApprovalState.WITHDRAWN, False)])
def test_an_operator_helps_the_companies_it_approved(
    database: Engine, learner: Actor, state: ApprovalState, helped: bool
) -> None:
    with transaction(database) as session:
        operator, other = factories.an_operator(session), factories.an_operator(session)
        house = factories.an_establishment(session)
        factories.an_approval(session, house, operator_id=operator.id, state=state)
        member = factories.a_member(session, house.company_id)
    with pytest.raises(NotFound):
        reset_factor(staff(database, other.id or 0), member.person_id, WHY, now=NOW, on=database)
    helper = staff(database, operator.id or 0)
    if helped:
        assert reset_factor(helper, member.person_id, WHY, now=NOW, on=database)
        return
    with pytest.raises(NotFound):
        reset_factor(helper, member.person_id, WHY, now=NOW, on=database)


@pytest.mark.parametrize("role", [Role.LEARNER, Role.COMPANY, Role.COACH])
def test_other_roles_may_not(database: Engine, learner: Actor, role: Role) -> None:
    for actor in (Actor(99, role, proved_at=NOW), Actor(99, Role.OFFA, stage=Stage.FACTOR_DUE), None):
        with pytest.raises(Denied):
            reset_factor(actor, learner.person_id, WHY, now=NOW, on=database)


def test_it_asks_the_helper_for_a_recent_proof(database: Engine, learner: Actor) -> None:
    helper = staff(database, operator_of(database, learner.person_id))
    with pytest.raises(FreshFactorNeeded):
        reset_factor(helper, learner.person_id, WHY, now=NOW + timedelta(minutes=10), on=database)
    assert kept(database, learner.person_id) == 12


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_a_reason_is_given(reason: str) -> None:
    with pytest.raises(InvalidInput):
        ResetInput.read({"reason": reason})


def test_the_terminal_does_the_same(database: Engine, learner: Actor) -> None:
    with reading(database) as session:
        email = session.get_one(Person, learner.person_id).email
    reset_factor_from_terminal(email.upper(), NOW, database)
    assert kept(database, learner.person_id) == 0
    assert recognise("ailleurs", NOW, database) is None
    with pytest.raises(NotFound):
        reset_factor_from_terminal("personne@example.be", NOW, database)


def test_what_was_taken_away_proves_nothing_any_more(database: Engine, sign_in: SignIn) -> None:
    secret, fresh = with_totp(database, sign_in(Role.COACH))
    actor = seen(database, fresh)
    code = renew_codes(actor, now=NOW, on=database).codes[0]
    with transaction(database) as session:
        offa = factories.an_offa_member(session)
    reset_factor(offa, actor.person_id, WHY, now=NOW, on=database)
    with transaction(database) as session:
        open_session(session, actor.person_id, TOKEN)
    again = seen(database, TOKEN)
    assert again.stage is Stage.FACTOR_MISSING
    with pytest.raises(InvalidInput):
        prove_by_code(again, TOKEN, Proof(code), now=NOW, on=database)
    with pytest.raises(InvalidInput):
        prove_by_totp(again, TOKEN, Proof(pyotp.TOTP(secret).at(LATER)), now=LATER, on=database)


def test_staff_of_another_implantation_resets_nobody(database: Engine, learner: Actor) -> None:
    operator = operator_of(database, learner.person_id)
    with transaction(database) as session:
        here, away = (
            factories.kept(session, Implantation(operator_id=operator, name=name)).id for name in ("Namur", "Dinant")
        )
        found = session.exec(select(factories.Learner).where(factories.Learner.person_id == learner.person_id)).one()
        found.implantation_id = here
        near, far = (factories.a_staff_member(session, operator, place) for place in (here, away))
    with pytest.raises(NotFound):
        reset_factor(far, learner.person_id, WHY, now=NOW, on=database)
    assert kept(database, learner.person_id)
    reset_factor(near, learner.person_id, WHY, now=NOW, on=database)
    assert not kept(database, learner.person_id)
