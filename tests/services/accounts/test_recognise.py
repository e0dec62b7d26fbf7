"""Every event asks who acts: in one statement, with the scopes of this moment and how far identification has come."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from stageplus.config import settings
from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role, Stage
from stageplus.models import CompanyMember, Parameter, Passkey, SignInSession, TotpSecret
from stageplus.services.accounts.actions import recognise
from stageplus.services.accounts.queries import token_hash, who_am_i
from tests import factories
from tests.factories import NOW

Make = Callable[[Session], Actor]
PEOPLE: dict[Role, Make] = {
    Role.LEARNER: lambda session: factories.actor_of_learner(factories.a_learner(session)),
    Role.COMPANY: lambda session: factories.a_member(session, factories.a_company(session).id or 0),
    Role.OPERATOR: lambda session: factories.a_staff_member(session, factories.an_operator(session).id or 0),
    Role.COACH: lambda session: factories.a_coach(session, "soins", "mobilite"),
    Role.OFFA: factories.an_offa_member,
}


@pytest.fixture(autouse=True)
def limits(database: Engine) -> None:
    with transaction(database) as session:
        factories.minimal_reference(session)


def opened(session: Session, actor: Actor, **fields: object) -> SignInSession:
    """Sign somebody in with the token « jeton »."""
    row = SignInSession(
        person_id=actor.person_id, token_hash=token_hash("jeton"), created_at=NOW, last_seen_at=NOW, **fields
    )
    session.add(row)
    return row


def require_a_factor(session: Session, role: Role) -> None:
    name = f"second_factor_required_{role}"
    session.add(Parameter(name=name, effective_from=date(2026, 1, 1), value="1", unit="", source=""))


@pytest.mark.parametrize("role", list(Role))
def test_anybody_is_recognised_with_their_scopes_in_one_statement(database: Engine, role: Role) -> None:
    with transaction(database) as session:
        actor = PEOPLE[role](session)
        opened(session, actor)
    said: list[str] = []
    event.listen(database, "before_cursor_execute", lambda *args: said.append(args[2]))
    assert recognise("jeton", NOW, database) == actor
    reads = [statement for statement in said if statement.startswith("SELECT")]
    assert len(reads) == (2 if role is Role.COACH else 1)


def test_a_limit_counts_from_its_day_on(database: Engine) -> None:
    with transaction(database) as session:
        actor = PEOPLE[Role.OFFA](session)
        opened(session, actor)
        name = f"session_idle_minutes_{Role.OFFA}"
        session.add(Parameter(name=name, effective_from=NOW.date() + timedelta(days=1), value="5", unit="", source=""))
    assert recognise("jeton", NOW + timedelta(minutes=29), database) == actor
    assert recognise("jeton", NOW + timedelta(days=1, minutes=6), database) is None


def test_somebody_of_two_companies_acts_for_the_chosen_one(database: Engine) -> None:
    with transaction(database) as session:
        first, second, foreign = (factories.a_company(session).id or 0 for _ in range(3))
        actor = factories.a_member(session, first)
        session.add(CompanyMember(person_id=actor.person_id, company_id=second))
        mine = opened(session, actor)
    for chosen, acted in ((None, first), (second, second), (foreign, first)):
        with transaction(database) as session:
            session.add(mine)
            mine.company_id = chosen
        found = recognise("jeton", NOW, database)
        assert found is not None and found.company_id == acted


@pytest.mark.parametrize("state", ["en attente", "contestée", "refusée"])
def test_a_claim_counts_until_it_is_decided_for_good(database: Engine, state: str) -> None:
    with transaction(database) as session:
        claimant = factories.a_claimant(session, factories.an_establishment(session), state=state)
        opened(session, claimant)
    assert recognise("jeton", NOW, database) == claimant


@pytest.mark.parametrize("state", ["à confirmer", "acceptée", "refus confirmé"])
def test_a_claim_that_is_over_opens_nothing(database: Engine, state: str) -> None:
    with transaction(database) as session:
        opened(session, factories.a_claimant(session, factories.an_establishment(session), state=state))
    found = recognise("jeton", NOW, database)
    assert found is not None and (found.claim_id, found.company_id) == (None, None)


def test_whoever_acts_for_a_company_acts_for_it_and_not_for_a_claim(database: Engine) -> None:
    with transaction(database) as session:
        claimant = factories.a_claimant(session, factories.an_establishment(session))
        company = factories.a_company(session).id or 0
        session.add(CompanyMember(person_id=claimant.person_id, company_id=company))
        opened(session, claimant)
    found = recognise("jeton", NOW, database)
    assert found is not None and (found.claim_id, found.company_id) == (None, company)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_that_needs_a_second_factor_gets_nothing_without(database: Engine, role: Role) -> None:
    with transaction(database) as session:
        require_a_factor(session, role)
        opened(session, PEOPLE[role](session))
    found = recognise("jeton", NOW, database)
    assert found is not None and found.stage is Stage.FACTOR_MISSING


def test_only_invented_people_are_spared_and_only_in_the_demonstration(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(database) as session:
        require_a_factor(session, Role.OFFA)
        person = factories.a_person(session, Role.OFFA, email="offa@demo.test")
        opened(session, Actor(person.id or 0, Role.OFFA))
    for demo, stage in ((False, Stage.FACTOR_MISSING), (True, Stage.COMPLETE)):
        monkeypatch.setattr(
            "stageplus.services.accounts.queries.settings",
            lambda demo=demo: settings().model_copy(update={"demo": demo}),
        )
        found = recognise("jeton", NOW, database)
        assert found is not None and found.stage is stage


@pytest.mark.parametrize("kind", ["totp", "passkey"])
@pytest.mark.parametrize("role", list(Role))
def test_whoever_has_a_second_factor_gives_it_in_each_session(database: Engine, role: Role, kind: str) -> None:
    with transaction(database) as session:
        actor = PEOPLE[role](session)
        mine = opened(session, actor)
        if kind == "totp":
            session.add(TotpSecret(person_id=actor.person_id, secret="x", created_at=NOW, confirmed_at=NOW))
        else:
            key = {"credential_id": "c", "public_key": "k", "name": "Téléphone", "created_at": NOW}
            session.add(Passkey(person_id=actor.person_id, **key))
    found = recognise("jeton", NOW, database)
    assert found is not None and found.stage is Stage.FACTOR_DUE
    with transaction(database) as session:
        session.add(mine)
        mine.factor_at = NOW
    found = recognise("jeton", NOW, database)
    assert found is not None and (found.stage, found.factor_at) == (Stage.COMPLETE, NOW)


def test_an_authenticator_that_was_never_confirmed_counts_for_nothing(database: Engine) -> None:
    with transaction(database) as session:
        actor = PEOPLE[Role.LEARNER](session)
        opened(session, actor)
        session.add(TotpSecret(person_id=actor.person_id, secret="x", created_at=NOW))
    found = recognise("jeton", NOW, database)
    assert found is not None and found.stage is Stage.COMPLETE


def test_what_waits_is_counted_for_companies(database: Engine) -> None:
    with transaction(database) as session:
        establishment = factories.an_establishment(session)
        offer = factories.an_offer(session, establishment)
        member = factories.a_member(session, establishment.company_id)
        stranger = factories.a_member(session, factories.a_company(session).id or 0)
        for status in ("envoyée", "vue", "sans réponse", "refusée", "retirée"):
            factories.an_application(session, offer, factories.a_learner(session), status=status)
    assert who_am_i(member, now=NOW, on=database).waiting == "3"
    assert who_am_i(stranger, now=NOW, on=database).waiting == ""


def test_what_waits_is_counted_in_one_statement(
    database: Engine, statements: Callable[[Callable[[], object]], int]
) -> None:
    with transaction(database) as session:
        staff = factories.a_staff_member(session, factories.an_operator(session).id or 0)
    assert statements(lambda: who_am_i(staff, now=NOW, on=database)) == 2
