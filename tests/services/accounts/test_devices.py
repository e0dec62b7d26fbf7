"""Sessions: each on a browser that its owner recognises, ended one by one or all at once; a new device is told."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import Denied, FreshFactorNeeded, NotFound
from stageplus.models import JournalEntry, OutboxMessage, Person, SignInSession
from stageplus.services.accounts.actions import (
    end_other_sessions,
    end_session,
    end_sessions_of,
    recognise,
    register_person,
    sign_in,
)
from stageplus.services.accounts.devices import device_words
from stageplus.services.accounts.queries import my_sessions
from stageplus.services.accounts.schemas import Credentials, NewPerson, Visitor
from tests import factories
from tests.factories import NOW

PASSWORD, EMAIL = "une phrase assez longue", "alix@demo.test"
PHONE = "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0"


@pytest.fixture
def actor(database: Engine) -> Actor:
    with transaction(database) as session:
        factories.minimal_reference(session)
    person_id = register_person(NewPerson(EMAIL, "Alix", "Essai", Role.COACH, PASSWORD), NOW, database)
    return Actor(person_id, Role.COACH, proved_at=NOW)


def signed_in(database: Engine, user_agent: str = PHONE, after: timedelta = timedelta()) -> str:
    visitor = Visitor("192.0.2.7", user_agent)
    return sign_in(Credentials(EMAIL, PASSWORD), NOW + after, database, visitor=visitor).token


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (PHONE, "Chrome sur Android"),
        (DESK, "Firefox sur Windows"),
        (PHONE.replace("Chrome/", "SamsungBrowser/29.0 Chrome/"), "Samsung Internet sur Android"),
        (DESK.replace("Firefox/147.0", "Chrome/144.0 Safari/537.36 Edg/144.0"), "Edge sur Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1", "Safari sur iPhone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) CriOS/144.0 Mobile/15E148 Safari/604.1", "Chrome sur iPad"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/19.0 Safari/605.1.15", "Safari sur Mac"),
        ("Mozilla/5.0 (X11; CrOS x86_64 1.0) Chrome/144.0 Safari/537.36", "Chrome sur Chromebook"),
        ("curl/8.0", "Appareil non reconnu"),
        ("<script>Firefox/1</script>", "Firefox"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_is_called_by_words_that_people_use(user_agent: str, words: str) -> None:
    assert device_words(user_agent) == words


def test_the_list_says_which_one_asks(database: Engine, actor: Actor) -> None:
    signed_in(database, DESK)
    here = signed_in(database, PHONE, timedelta(minutes=2))
    rows = my_sessions(actor, here, now=NOW, on=database)
    assert [(row.device, row.is_this) for row in rows] == [("Chrome sur Android", True), ("Firefox sur Windows", False)]
    assert rows[0].last_used == "mardi 24 novembre 2026 à 10\u00a0h\u00a002"


def test_a_session_that_is_over_is_not_listed(database: Engine, actor: Actor) -> None:
    signed_in(database)
    here = signed_in(database, after=timedelta(minutes=29))
    assert len(my_sessions(actor, here, now=NOW + timedelta(minutes=29), on=database)) == 2
    assert len(my_sessions(actor, here, now=NOW + timedelta(minutes=31), on=database)) == 1


def test_one_is_ended_and_the_others_go_on(database: Engine, actor: Actor) -> None:
    here, there = signed_in(database), signed_in(database, DESK)
    other = next(row for row in my_sessions(actor, here, now=NOW, on=database) if not row.is_this)
    rows = end_session(actor, here, other.session_id, now=NOW, on=database)
    assert [row.is_this for row in rows] == [True]
    assert recognise(there, NOW, database) is None
    assert recognise(here, NOW, database) is not None
    with pytest.raises(NotFound):
        end_session(actor, here, other.session_id, now=NOW, on=database)


def test_all_others_end_at_once(database: Engine, actor: Actor) -> None:
    here, *others = (signed_in(database) for _ in range(4))
    assert len(end_other_sessions(actor, here, now=NOW, on=database)) == 1
    assert [recognise(token, NOW, database) for token in others] == [None] * 3
    with Session(database) as session:
        entry = session.exec(select(JournalEntry)).one()
    assert (entry.action, entry.detail) == ("session.ended", "others")


def test_an_open_session_that_somebody_finds_ends_no_other(database: Engine, actor: Actor) -> None:
    here, there = signed_in(database), signed_in(database, DESK)
    stale = Actor(actor.person_id, Role.COACH, proved_at=NOW - timedelta(minutes=10))
    for act in (lambda: end_session(stale, here, 2, now=NOW, on=database), lambda: _end_others(stale, here, database)):
        with pytest.raises(FreshFactorNeeded):
            act()
    assert recognise(there, NOW, database) is not None


def _end_others(actor: Actor, token: str, database: Engine) -> None:
    end_other_sessions(actor, token, now=NOW, on=database)


def test_from_the_terminal_every_session_ends(database: Engine, actor: Actor) -> None:
    tokens = [signed_in(database) for _ in range(3)]
    assert end_sessions_of(EMAIL.upper(), now=NOW, on=database) == 3
    assert [recognise(token, NOW, database) for token in tokens] == [None] * 3
    with pytest.raises(NotFound):
        end_sessions_of("personne@demo.test", now=NOW, on=database)


def test_nobody_lists_nothing(database: Engine) -> None:
    with pytest.raises(Denied):
        my_sessions(None, "", now=NOW, on=database)


def told(database: Engine) -> list[OutboxMessage]:
    with transaction(database) as session:
        return list(session.exec(select(OutboxMessage)))


def test_a_new_kind_of_device_is_told_once_and_the_first_never(database: Engine, actor: Actor) -> None:
    signed_in(database, PHONE)
    signed_in(database, PHONE.replace("144", "145"), timedelta(days=30))
    assert told(database) == []
    signed_in(database, DESK, timedelta(days=31))
    signed_in(database, DESK, timedelta(days=32))
    [mail] = told(database)
    assert (mail.recipient, mail.subject) == (EMAIL, "Connexion avec un nouvel appareil : Firefox sur Windows")
    assert "Ce n’est pas moi" in mail.text


def test_sessions_go_with_their_account(database: Engine, actor: Actor) -> None:
    token = signed_in(database)
    with transaction(database) as session:
        session.delete(session.get_one(Person, actor.person_id))
    assert recognise(token, NOW, database) is None
    with Session(database) as session:
        assert session.exec(select(SignInSession)).all() == []
