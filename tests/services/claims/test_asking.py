"""Asking to act for a company: nothing before the mailed link, and an answer that never tells who is known."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import delete, select

from stageplus.config import settings
from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Role
from stageplus.domain.claims import ClaimState
from stageplus.domain.errors import AlreadyDone, Denied, DomainError, InvalidInput, NotFound
from stageplus.domain.refusals import LinkSpent, TooManyTries
from stageplus.models import Company, CompanyClaim, CompanyMember, JournalEntry, Offer, OutboxMessage, Person
from stageplus.services.accounts.schemas import NewPasswordInput
from stageplus.services.claims import queries
from stageplus.services.claims.actions import claim_another, confirm_claim, tidy_claims
from stageplus.services.claims.queries import my_claims
from stageplus.services.claims.schemas import ClaimInput, DemoHouse, PlaceInput
from stageplus.services.notifications.live import hub
from stageplus.services.postings.actions import save_draft
from tests import factories
from tests.factories import NOW
from tests.services.claims.conftest import PASSWORD, Bakery

UNKNOWN = {"enterprise_number": "0400000284", "establishment_number": "2000000240"}


def test_nothing_happens_before_the_link(bakery: Bakery) -> None:
    bakery.asked()
    with reading(bakery.database) as session:
        assert session.exec(select(CompanyClaim.state)).one() is ClaimState.UNCONFIRMED
        assert session.exec(select(Person).where(Person.email == "ada@demo.test")).first() is None
        told = session.exec(select(OutboxMessage.recipient)).all()
    assert told == ["ada@demo.test"]


def test_the_link_makes_the_account_and_tells_who_decides(bakery: Bakery) -> None:
    claimant, claim = bakery.claimed()
    shown = my_claims(claimant, now=NOW, on=bakery.database)
    assert (shown.waits, shown.is_registered, shown.rows[0].state_words) == (True, True, "En attente de validation")
    with reading(bakery.database) as session:
        person = session.get_one(Person, claimant.person_id)
        assert (person.role, person.password_hash[:4]) == (Role.COMPANY, "$2b$")
        assert session.exec(select(CompanyMember).where(CompanyMember.person_id == person.id)).first() is None
        staff, admin = (session.get_one(Person, who.person_id).email for who in (bakery.operator, bakery.administrator))
        deeds = session.exec(select(JournalEntry.action).where(JournalEntry.subject_id == person.id)).all()
    assert f"/operateur/demandes/{claim}" in bakery.mails(staff)[0].text
    assert "Ada Essai (Gérante)" in bakery.mails(admin)[0].text
    assert deeds == ["account.made", "claim.made"]


def test_a_link_is_used_once_even_by_twenty_at_a_time(bakery: Bakery) -> None:
    bakery.asked()
    token = bakery.token()

    def use(_number: int) -> bool:
        try:
            confirm_claim(None, token, PASSWORD, now=NOW, on=bakery.database)
        except LinkSpent:
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(use, range(20))) == 1
    with reading(bakery.database) as session:
        assert len(session.exec(select(Person).where(Person.email == "ada@demo.test")).all()) == 1


def test_an_old_or_false_link_makes_no_account(bakery: Bakery) -> None:
    bakery.asked()
    with pytest.raises(LinkSpent):
        confirm_claim(None, bakery.token(), PASSWORD, now=NOW + timedelta(hours=73), on=bakery.database)
    with pytest.raises(NotFound):
        confirm_claim(None, "un jeton", PASSWORD, now=NOW, on=bakery.database)


def test_of_two_claims_on_one_address_the_first_confirmed_has_it(bakery: Bakery) -> None:
    bakery.asked()
    first = bakery.token()
    bakery.asked(function="Voleur")
    second = bakery.token()
    confirm_claim(None, second, PASSWORD, now=NOW, on=bakery.database)
    with pytest.raises(LinkSpent):
        confirm_claim(None, first, PASSWORD, now=NOW, on=bakery.database)


@pytest.mark.parametrize(
    ("role", "words", "door"),
    [
        (Role.LEARNER, "celui d’un apprenant", "/connexion"),
        (Role.COMPANY, "ajoutez l’établissement", "/connexion?suite=/entreprise/demande"),
        (Role.COACH, "prenez une autre adresse", "/connexion"),
    ],
)
def test_an_address_with_an_account_is_shown_its_own_door(bakery: Bakery, role: Role, words: str, door: str) -> None:
    with transaction(bakery.database) as session:
        factories.a_person(session, role, email="ada@demo.test")
    bakery.asked()
    [mail] = bakery.mails("ada@demo.test")
    assert words in mail.text and door in mail.text and "/lien/" not in mail.text
    with reading(bakery.database) as session:
        assert session.exec(select(CompanyClaim)).all() == []


@pytest.mark.parametrize("known", [True, False])
def test_a_mailbox_is_not_flooded_known_or_not(bakery: Bakery, known: bool) -> None:
    if known:
        with transaction(bakery.database) as session:
            factories.a_person(session, Role.COMPANY, email="ada@demo.test")
    for _turn in range(4):
        bakery.asked()
    with pytest.raises(TooManyTries):
        bakery.asked()
    bakery.asked(email="bea@demo.test")


@pytest.mark.parametrize("weak", ["boulangerie zephyr", "ada essai ada", "ada@demo.test", "123456789012"])
def test_a_password_that_is_easy_to_guess_uses_no_link(bakery: Bakery, weak: str) -> None:
    bakery.asked()
    with pytest.raises(InvalidInput) as refused:
        confirm_claim(None, bakery.token(), NewPasswordInput(new=weak), now=NOW, on=bakery.database)
    assert list(refused.value.fields) == ["new"]
    confirm_claim(None, bakery.token(), PASSWORD, now=NOW, on=bakery.database)


def test_numbers_outside_the_register_are_told_by_mail_and_open_nothing(bakery: Bakery) -> None:
    claimant, _claim = bakery.claimed(**UNKNOWN)
    assert "/inscription/agrement" in bakery.mails("ada@demo.test")[-1].text
    shown = my_claims(claimant, now=NOW, on=bakery.database)
    assert (shown.waits, shown.is_registered) == (True, False)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("enterprise_number", "BE 0400.000.18", "9 chiffres"),
        ("enterprise_number", "2000000141", "numéro d’unité d’établissement"),
        ("enterprise_number", "5400000185", "commence par 5"),
        ("enterprise_number", "0400000186", "deux derniers chiffres"),
        ("enterprise_number", "K7M-4XP-9AR", "que des chiffres"),
        ("establishment_number", "2.000.000.14", "9 chiffres"),
        ("establishment_number", "0400000185", "numéro d’entreprise"),
        ("establishment_number", "9000000141", "commence par 9"),
        ("establishment_number", "2000000142", "deux derniers chiffres"),
        ("establishment_number", "deux mille", "que des chiffres"),
        ("postal_code", "50 00", "quatre chiffres"),
        ("email", "ada@demo", "bonne forme"),
        ("first_name", " ", "compléter"),
    ],
)
def test_what_is_wrong_is_told_exactly(bakery: Bakery, field: str, typed: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ClaimInput.read(bakery.typed(**{field: typed}))
    assert list(refused.value.fields) == [field]
    assert words in refused.value.fields[field]


@pytest.mark.parametrize("typed", ["BE 0400.000.185", "0400-000-185", "400000185", " 0400 000 185 "])
def test_an_enterprise_number_is_read_as_people_write_it(bakery: Bakery, typed: str) -> None:
    assert ClaimInput.read(bakery.typed(enterprise_number=typed)).enterprise_number == "0400000185"


def test_somebody_with_an_account_asks_once_per_establishment(bakery: Bakery) -> None:
    place = PlaceInput.read(bakery.typed())
    with transaction(bakery.database) as session:
        member = factories.a_member(session, factories.a_company(session).id or 0)
    assert len(claim_another(member, place, now=NOW, on=bakery.database).rows) == 1
    with pytest.raises(AlreadyDone):
        claim_another(member, place, now=NOW, on=bakery.database)
    for actor in (bakery.operator, bakery.offa, None):
        with pytest.raises(Denied):
            claim_another(actor, place, now=NOW, on=bakery.database)


def test_what_nobody_confirms_is_forgotten_with_its_drafts(bakery: Bakery) -> None:
    bakery.asked()
    assert tidy_claims(now=NOW + timedelta(hours=71), on=bakery.database) == 0
    assert tidy_claims(now=NOW + timedelta(hours=73), on=bakery.database) == 1
    with reading(bakery.database) as session:
        assert session.exec(select(CompanyClaim)).all() == []


def test_a_draft_lives_as_long_as_its_claim(bakery: Bakery) -> None:
    claimant, claim = bakery.claimed()
    typed = {"form_key": "a" * 32, "place": f"{bakery.establishment}:boulanger"}
    save_draft(claimant, typed, now=NOW, on=bakery.database)
    tidy_claims(now=NOW, on=bakery.database)
    with transaction(bakery.database) as session:
        assert len(session.exec(select(Offer)).all()) == 1
        session.delete(session.get_one(CompanyClaim, claim))
    tidy_claims(now=NOW, on=bakery.database)
    with reading(bakery.database) as session:
        assert session.exec(select(Offer)).all() == []


def test_a_claim_that_fails_tells_nobody(bakery: Bakery, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[frozenset[str]] = []
    monkeypatch.setattr(hub, "publish", heard.append)
    with pytest.raises(DomainError):
        confirm_claim(None, "un jeton", PASSWORD, now=NOW, on=bakery.database)
    assert heard == []
    bakery.claimed()
    assert any("claims" in topics and f"operator:{bakery.operator.operator_id}" in topics for topics in heard)


def test_the_demonstration_names_a_bakery_until_somebody_acts_for_it(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(bakery.database) as session:
        session.get_one(Company, bakery.company).name = queries.DEMO_HOUSE
        session.exec(delete(CompanyMember))
    assert queries.demo_house(None, now=NOW, on=bakery.database) == DemoHouse()
    monkeypatch.setattr(queries, "settings", lambda: settings().model_copy(update={"demo": True}))
    named, typed = queries.demo_house(None, now=NOW, on=bakery.database), bakery.typed()
    numbers = {"enterprise_number": named.enterprise_number, "establishment_number": named.establishment_number}
    assert ClaimInput.read(typed | numbers) == ClaimInput.read(typed)
    with transaction(bakery.database) as session:
        factories.a_member(session, bakery.company)
    assert queries.demo_house(None, now=NOW, on=bakery.database) == DemoHouse()
