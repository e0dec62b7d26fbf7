"""Only whoever knows the password comes in, and a session ends when it must."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import Denied, InvalidInput
from stageplus.domain.refusals import TooManyTries
from stageplus.models import CoachMandate, JournalEntry, OutboxMessage, Parameter, Person, SignInSession
from stageplus.services.accounts import passwords
from stageplus.services.accounts.actions import (
    change_password,
    recognise,
    register_person,
    rename,
    sign_in,
    sign_out,
)
from stageplus.services.accounts.queries import my_account
from stageplus.services.accounts.schemas import Credentials, NameInput, NewPerson, PasswordInput
from tests import factories

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PASSWORD = "une phrase assez longue"
NEW_NAME = NameInput.read({"first_name": " Ada ", "last_name": "Nouveau"})


def passwords_typed(old: str, new: str = "une tout autre phrase") -> PasswordInput:
    return PasswordInput.read({"old": old, "new": new})


@pytest.fixture
def coach(database: Engine) -> int:
    with transaction(database) as session:
        factories.minimal_reference(session)
    person_id = register_person(NewPerson("Coach@Demo.test", "Alix", "Essai", Role.COACH, PASSWORD), NOW, database)
    with transaction(database) as session:
        session.add(CoachMandate(person_id=person_id, sector_code="alimentation"))
        # What this file is about comes before the second factor, which has its own tests.
        session.exec(delete(Parameter).where(col(Parameter.name) == "second_factor_required_coach"))
    return person_id


def token_of(database: Engine, at: datetime = NOW) -> str:
    return sign_in(Credentials("coach@demo.test", PASSWORD), at, database).token


def test_the_right_password_opens_a_session(database: Engine, coach: int) -> None:
    actor = recognise(token_of(database), NOW, database)
    assert actor == Actor(coach, Role.COACH, sectors=frozenset({"alimentation"}))


def test_the_address_is_known_in_any_case(database: Engine, coach: int) -> None:
    assert sign_in(Credentials(" COACH@demo.TEST ", PASSWORD), NOW, database).role is Role.COACH


@pytest.mark.parametrize("email", ["coach@demo.test", "personne@demo.test", "", "' OR 1=1 --"])
def test_wrong_password_and_unknown_address_are_denied_alike(database: Engine, coach: int, email: str) -> None:
    with pytest.raises(Denied, match=r"^sign in$"):
        sign_in(Credentials(email, "pas le bon"), NOW, database)


def test_no_session_is_left_by_a_refusal(database: Engine, coach: int) -> None:
    with pytest.raises(Denied):
        sign_in(Credentials("coach@demo.test", "pas le bon"), NOW, database)
    with transaction(database) as session:
        assert session.exec(select(SignInSession)).all() == []


def test_neither_token_nor_password_is_kept(database: Engine, coach: int) -> None:
    token = token_of(database)
    with transaction(database) as session:
        row = session.exec(select(SignInSession)).one()
        assert token not in str(row)
        assert PASSWORD not in str(session.get_one(Person, coach))


def test_an_address_registers_once(database: Engine, coach: int) -> None:
    with pytest.raises(IntegrityError):
        register_person(NewPerson("coach@demo.test", "B", "B", Role.OFFA, PASSWORD), NOW, database)


def test_signing_out_ends_the_session_for_good(database: Engine, coach: int) -> None:
    token = token_of(database)
    sign_out(token, NOW, database)
    sign_out(token, NOW, database)
    assert recognise(token, NOW, database) is None


@pytest.mark.parametrize("token", ["", "x" * 10_000, "' OR 1=1 --", "é\u202e"])
def test_an_invented_token_is_nobody(database: Engine, coach: int, token: str) -> None:
    assert recognise(token, NOW, database) is None


def test_an_idle_session_ends(database: Engine, coach: int) -> None:
    token = token_of(database)
    assert recognise(token, NOW + timedelta(minutes=29), database) is not None
    assert recognise(token, NOW + timedelta(minutes=58), database) is not None
    assert recognise(token, NOW + timedelta(minutes=88), database) is None


def test_a_busy_session_ends_at_its_absolute_limit(database: Engine, coach: int) -> None:
    token, at = token_of(database), NOW
    while at < NOW + timedelta(hours=9, minutes=40):
        at += timedelta(minutes=20)
        assert recognise(token, at, database) is not None
    assert recognise(token, NOW + timedelta(hours=10), database) is None


def test_a_new_password_ends_the_other_sessions_and_keeps_the_present_one(database: Engine, coach: int) -> None:
    here, elsewhere = token_of(database), token_of(database)
    actor = recognise(here, NOW, database)
    change_password(actor, here, passwords_typed(PASSWORD), now=NOW, on=database)
    assert recognise(here, NOW, database) == actor
    assert recognise(elsewhere, NOW, database) is None
    assert sign_in(Credentials("coach@demo.test", "une tout autre phrase"), NOW, database)
    with pytest.raises(Denied):
        token_of(database)


def test_the_old_password_is_asked(database: Engine, coach: int) -> None:
    actor = Actor(coach, Role.COACH)
    with pytest.raises(InvalidInput) as refused:
        change_password(actor, "", passwords_typed("pas le bon"), now=NOW, on=database)
    assert set(refused.value.fields) == {"old"}
    assert token_of(database)


def test_a_new_password_is_long_enough() -> None:
    with pytest.raises(InvalidInput) as refused:
        passwords_typed(PASSWORD, new="onze lettre")
    assert set(refused.value.fields) == {"new"}


def test_everybody_renames_himself_only(database: Engine, coach: int) -> None:
    actor = Actor(coach, Role.COACH)
    rename(actor, NEW_NAME, now=NOW, on=database)
    mine = my_account(actor, now=NOW, on=database)
    assert (mine.first_name, mine.last_name) == ("Ada", "Nouveau")
    for act in (my_account, lambda nobody, **when: rename(nobody, NEW_NAME, **when)):
        with pytest.raises(Denied):
            act(None, now=NOW, on=database)


def test_signing_in_renews_a_hash_of_another_cost(
    database: Engine, coach: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dearer = passwords.settings().model_copy(update={"bcrypt_cost": 13})
    monkeypatch.setattr(passwords, "settings", lambda: dearer)
    token_of(database)
    with transaction(database) as session:
        assert session.get_one(Person, coach).password_hash.startswith("$2b$13$")
    assert token_of(database)


def test_two_sign_ins_give_two_tokens(database: Engine, coach: int) -> None:
    assert token_of(database) != token_of(database)


def test_an_account_without_a_password_lets_nobody_in(database: Engine, coach: int) -> None:
    with transaction(database) as session:
        session.get_one(Person, coach).password_hash = ""
    for password in ("", PASSWORD):
        with pytest.raises(Denied):
            sign_in(Credentials("coach@demo.test", password), NOW, database)


@pytest.mark.parametrize("email", ["coach@demo.test", "personne@demo.test"])
def test_ten_wrong_passwords_in_a_row_are_written_once(database: Engine, coach: int, email: str) -> None:
    for _try in range(10):
        with pytest.raises(Denied):
            sign_in(Credentials(email, "pas le bon"), NOW, database)
    with pytest.raises(TooManyTries):
        sign_in(Credentials(email, "pas le bon"), NOW, database)
    with transaction(database) as session:
        entry = session.exec(select(JournalEntry)).one()
    assert (entry.action, entry.subject_id) == ("sign-in.burst", coach if email.startswith("coach") else None)


def test_a_new_password_is_told_by_mail_and_written_down(database: Engine, coach: int) -> None:
    change_password(Actor(coach, Role.COACH), token_of(database), passwords_typed(PASSWORD), now=NOW, on=database)
    with transaction(database) as session:
        mail = session.exec(select(OutboxMessage)).one()
        entry = session.exec(select(JournalEntry)).one()
    assert (mail.subject, entry.action, entry.actor_id) == ("Votre mot de passe a changé", "password.changed", coach)


def test_the_old_password_is_not_guessed_from_an_open_session(database: Engine, coach: int) -> None:
    for _ in range(10):
        with pytest.raises(InvalidInput):
            change_password(Actor(coach, Role.COACH), "", passwords_typed("pas le bon"), now=NOW, on=database)
    with pytest.raises(TooManyTries):
        change_password(Actor(coach, Role.COACH), "", passwords_typed(PASSWORD), now=NOW, on=database)


def test_a_password_never_expires(database: Engine, coach: int) -> None:
    assert token_of(database, NOW + timedelta(days=3650))
