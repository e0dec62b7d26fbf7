"""A forgotten password: a mailed link, once, for half an hour, and everybody else is signed out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Role, Stage
from stageplus.domain.errors import Denied, DomainError, InvalidInput, NotFound
from stageplus.domain.refusals import LinkSpent, TooManyTries
from stageplus.models import JournalEntry, OutboxMessage, SingleUseLink, TotpSecret
from stageplus.services.accounts import actions
from stageplus.services.accounts.actions import ask_for_reset, recognise, register_person, reset_password, sign_in
from stageplus.services.accounts.schemas import (
    NO_VISITOR,
    Credentials,
    EmailInput,
    NewPasswordInput,
    NewPerson,
    Visitor,
)
from tests import factories
from tests.factories import NOW

OLD, NEW = "une phrase assez longue", "une tout autre phrase"
EMAIL = "alix@demo.test"


@pytest.fixture
def person_id(database: Engine) -> int:
    with transaction(database) as session:
        factories.minimal_reference(session)
    return register_person(NewPerson(EMAIL, "Alix", "Essai", Role.COMPANY, OLD), NOW, database)


def ask(database: Engine, email: str = EMAIL, after: timedelta = timedelta()) -> None:
    ask_for_reset(None, NO_VISITOR, EmailInput(email=email), now=NOW + after, on=database)


def mails(database: Engine) -> list[OutboxMessage]:
    with Session(database) as session:
        return list(session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))))


def token_in(mail: OutboxMessage) -> str:
    return mail.text.split("/lien/")[1].split()[0]


def choose(database: Engine, token: str, new: str = NEW, after: timedelta = timedelta()) -> bool:
    return reset_password(None, token, NewPasswordInput.read({"new": new}), now=NOW + after, on=database)


def test_the_link_of_the_mail_sets_the_password(database: Engine, person_id: int) -> None:
    ask(database, "alix@demo.test")
    [mail] = mails(database)
    assert (mail.recipient, "30 minutes" in mail.text) == (EMAIL, True)
    assert choose(database, token_in(mail))
    assert sign_in(Credentials(EMAIL, NEW), NOW, database)
    with pytest.raises(Denied):
        sign_in(Credentials(EMAIL, OLD), NOW, database)


def test_an_unknown_address_leaves_no_trace(database: Engine, person_id: int) -> None:
    ask(database, "personne@demo.test")
    with Session(database) as session:
        assert session.exec(select(SingleUseLink)).all() == []
    assert mails(database) == []


def test_all_sessions_end_and_the_person_is_told(database: Engine, person_id: int) -> None:
    token = sign_in(Credentials(EMAIL, OLD), NOW, database).token
    ask(database)
    choose(database, token_in(mails(database)[0]))
    assert recognise(token, NOW, database) is None
    told = mails(database)[-1]
    assert (told.recipient, told.subject) == (EMAIL, "Votre mot de passe a changé")
    with Session(database) as session:
        entry = session.exec(select(JournalEntry)).one()
    assert (entry.action, entry.actor_id, entry.subject_id) == ("password.reset", None, person_id)


def test_the_link_ends_after_half_an_hour(database: Engine, person_id: int) -> None:
    ask(database)
    with pytest.raises(LinkSpent):
        choose(database, token_in(mails(database)[0]), after=timedelta(minutes=30))
    assert choose(database, token_in(mails(database)[0]), after=timedelta(minutes=29))


def test_a_link_works_once_and_ends_the_others(database: Engine, person_id: int) -> None:
    ask(database)
    ask(database, after=timedelta(minutes=1))
    first, second = (token_in(mail) for mail in mails(database))
    choose(database, first, after=timedelta(minutes=2))
    for token in (first, second):
        with pytest.raises(LinkSpent):
            choose(database, token, after=timedelta(minutes=3))


def test_an_invented_token_costs_no_hash(database: Engine, person_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "hash_password", pytest.fail)
    with pytest.raises(NotFound):
        choose(database, "un jeton")


def test_a_refused_password_leaves_the_link_usable(database: Engine, person_id: int) -> None:
    ask(database)
    token = token_in(mails(database)[0])
    with pytest.raises(InvalidInput):
        choose(database, token, "trop court")
    assert choose(database, token)


def test_of_twenty_at_once_one_wins(database: Engine, person_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap: Callable[[str], str] = actions.hash_password
    monkeypatch.setattr(actions, "hash_password", lambda password: cheap(password, 4))  # type: ignore[call-arg]
    ask(database)
    token = token_in(mails(database)[0])

    def attempt(number: int) -> str:
        try:
            choose(database, token, f"la phrase numéro {number}")
        except DomainError:
            return ""
        return f"la phrase numéro {number}"

    with ThreadPoolExecutor(20) as crowd:
        [won] = filter(None, crowd.map(attempt, range(20)))
    assert sign_in(Credentials(EMAIL, won), NOW, database)


def test_asking_again_and_again_waits_whether_or_not_the_address_is_known(database: Engine, person_id: int) -> None:
    for email in (EMAIL, "personne@demo.test"):
        for _ in range(5):
            ask(database, email)
        with pytest.raises(TooManyTries) as refused:
            ask(database, email)
        assert refused.value.minutes == 30
    assert len(mails(database)) == 5


def test_one_address_does_not_ask_for_everybody(database: Engine, person_id: int) -> None:
    for number in range(30):
        ask_for_reset(None, Visitor("192.0.2.7"), EmailInput(email=f"{number}@demo.test"), now=NOW, on=database)
    with pytest.raises(TooManyTries):
        ask_for_reset(None, Visitor("192.0.2.7"), EmailInput(email=EMAIL), now=NOW, on=database)


@pytest.mark.parametrize("new", ["motdepasse2026", "alix.essai.2026", "azertyuiop12", "Stage+ stageplus 1"])
def test_an_easy_password_is_refused_with_a_sentence_and_the_link_kept(
    database: Engine, person_id: int, new: str
) -> None:
    ask(database)
    token = token_in(mails(database)[0])
    with pytest.raises(InvalidInput) as refused:
        choose(database, token, new)
    assert "Mieux vaut" in refused.value.fields["new"]
    assert choose(database, token)


def test_a_new_password_takes_no_second_factor_away(database: Engine, person_id: int) -> None:
    with transaction(database) as session:
        session.add(TotpSecret(person_id=person_id, secret="x", created_at=NOW, confirmed_at=NOW))
    ask(database)
    choose(database, token_in(mails(database)[0]))
    token = sign_in(Credentials(EMAIL, NEW), NOW, database).token
    found = recognise(token, NOW, database)
    assert found is not None and found.stage is Stage.FACTOR_DUE
