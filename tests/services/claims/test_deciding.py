"""Deciding on a claim: by whom, with what beside it, once, with a reason that may be contested once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.claims import ClaimRefusal, ClaimState
from stageplus.domain.errors import Denied, NotFound, NotPossible
from stageplus.domain.refusals import ClaimUnmatched
from stageplus.models import (
    CompanyClaim,
    CompanyMember,
    Establishment,
    JournalEntry,
    MemberEstablishment,
    Offer,
    Person,
)
from stageplus.services.claims.actions import accept_claim, contest_claim, refuse_claim, tidy_claims
from stageplus.services.claims.queries import (
    claim_detail,
    claims_to_decide,
    claims_waiting,
    my_claims,
    operators_near,
)
from stageplus.services.claims.schemas import ContestInput, NearInput, RefusalInput
from stageplus.services.postings.actions import save_draft
from stageplus.services.postings.queries import my_offers
from stageplus.services.postings.schemas import PostingSearch
from tests import factories
from tests.factories import NOW
from tests.services.claims.conftest import Bakery
from tests.services.claims.test_asking import UNKNOWN

REFUSAL = RefusalInput(reason=ClaimRefusal.PERSON_UNKNOWN, words="L’entreprise dit non.")
CONTEST = ContestInput(words="Je suis la nouvelle gérante.")


def state_of(bakery: Bakery, claim: int) -> ClaimState:
    with reading(bakery.database) as session:
        return session.get_one(CompanyClaim, claim).state


def waiting(bakery: Bakery, actor: Actor) -> int:
    with reading(bakery.database) as session:
        return session.exec(select(claims_waiting(actor))).one()


def verdicts(bakery: Bakery, claim: int) -> dict[str, str]:
    checks = claim_detail(bakery.offa, claim, now=NOW, on=bakery.database).checks
    return {check.label: check.verdict for check in checks}


def test_whoever_recorded_an_agrement_decides_and_offa(bakery: Bakery) -> None:
    _claimant, claim = bakery.claimed()
    assert (waiting(bakery, bakery.operator), waiting(bakery, bakery.offa)) == (1, 1)
    for actor in (bakery.neighbour, bakery.stranger):
        assert claims_to_decide(actor, now=NOW, on=bakery.database).rows == []
        with pytest.raises(NotFound):
            claim_detail(actor, claim, now=NOW, on=bakery.database)
        with pytest.raises(NotFound):
            accept_claim(actor, claim, now=NOW, on=bakery.database)


def test_where_nobody_recorded_any_the_operators_of_the_province_decide(bakery: Bakery) -> None:
    _claimant, _claim = bakery.claimed(**UNKNOWN)
    seen = [waiting(bakery, actor) for actor in (bakery.operator, bakery.neighbour, bakery.stranger, bakery.offa)]
    assert seen == [1, 1, 0, 1]


def test_the_screen_shows_what_matches(bakery: Bakery) -> None:
    _claimant, claim = bakery.claimed(email="info@zephyr-pains.be")
    found = verdicts(bakery, claim)
    assert found == {
        "Numéro d’entreprise": "fits",
        "Unité d’établissement": "fits",
        "Nom": "fits",
        "Code postal": "fits",
        "Agrément": "fits",
        "Domaine de l’adresse e-mail": "fits",
        "Équipe": "unknown",
    }


def test_the_screen_shows_what_does_not_match(bakery: Bakery) -> None:
    differs = {"company_name": "Garage Oméga", "postal_code": "4000", "email": "ada@gmail.com"}
    _claimant, claim = bakery.claimed(**differs, enterprise_number=UNKNOWN["enterprise_number"])
    found = verdicts(bakery, claim)
    assert found["Numéro d’entreprise"] == "unknown"
    assert [found[name] for name in ("Unité d’établissement", "Nom", "Code postal")] == ["differs"] * 3
    assert found["Domaine de l’adresse e-mail"] == "unknown"
    assert not claim_detail(bakery.operator, claim, now=NOW, on=bakery.database).may_accept


def test_accepting_lets_in_at_the_claimed_establishment_and_frees_the_drafts(bakery: Bakery) -> None:
    claimant, claim = bakery.claimed()
    typed = {"form_key": "a" * 32, "place": f"{bakery.establishment}:boulanger"}
    save_draft(claimant, typed, now=NOW, on=bakery.database)
    detail = accept_claim(bakery.operator, claim, now=NOW, on=bakery.database)
    assert (detail.row.state_words, detail.may_decide) == ("Acceptée", False)
    with reading(bakery.database) as session:
        member = session.get_one(CompanyMember, (claimant.person_id, bakery.company))
        here = session.exec(select(MemberEstablishment.establishment_id)).all()
        assert (member.is_admin, member.everywhere, list(here)) == (False, False, [bakery.establishment])
        assert session.exec(select(Offer.claim_id)).all() == [None]
        deeds = session.exec(select(JournalEntry).where(JournalEntry.action == "claim.accepted")).all()
        assert [(deed.actor_id, deed.subject_id) for deed in deeds] == [(bakery.operator.person_id, claimant.person_id)]
    accepted = Actor(claimant.person_id, Role.COMPANY, company_id=bakery.company)
    assert my_offers(accepted, PostingSearch(), now=NOW, on=bakery.database).total == 1
    assert "validé" in bakery.mails("ada@demo.test")[-1].text


def test_the_first_person_of_a_company_is_its_administrator(bakery: Bakery) -> None:
    with transaction(bakery.database) as session:
        session.delete(session.get_one(CompanyMember, (bakery.administrator.person_id, bakery.company)))
    claimant, claim = bakery.claimed()
    accept_claim(bakery.offa, claim, now=NOW, on=bakery.database)
    with reading(bakery.database) as session:
        member = session.get_one(CompanyMember, (claimant.person_id, bakery.company))
        assert (member.is_admin, member.everywhere) == (True, True)


def test_numbers_that_the_register_does_not_know_let_nobody_in(bakery: Bakery) -> None:
    _claimant, claim = bakery.claimed(**UNKNOWN)
    with pytest.raises(ClaimUnmatched):
        accept_claim(bakery.operator, claim, now=NOW, on=bakery.database)
    assert state_of(bakery, claim) is ClaimState.WAITING


def test_a_refusal_gives_its_reason_and_keeps_the_drafts_until_it_is_final(bakery: Bakery) -> None:
    claimant, claim = bakery.claimed()
    refuse_claim(bakery.operator, claim, REFUSAL, now=NOW, on=bakery.database)
    mail = bakery.mails("ada@demo.test")[-1].text
    assert "L’entreprise dit non." in mail and "ne connaît pas cette personne" in mail
    [row] = my_claims(claimant, now=NOW, on=bakery.database).rows
    assert (row.may_contest, row.words) == (True, "L’entreprise dit non.")
    with pytest.raises(NotPossible):
        accept_claim(bakery.offa, claim, now=NOW, on=bakery.database)


def test_a_contested_refusal_goes_to_offa_alone(bakery: Bakery) -> None:
    claimant, claim = bakery.claimed()
    refuse_claim(bakery.operator, claim, REFUSAL, now=NOW, on=bakery.database)
    contest_claim(claimant, claim, CONTEST, now=NOW, on=bakery.database)
    assert (waiting(bakery, bakery.operator), waiting(bakery, bakery.offa)) == (0, 1)
    assert not claim_detail(bakery.operator, claim, now=NOW, on=bakery.database).may_decide
    assert claim_detail(bakery.offa, claim, now=NOW, on=bakery.database).contest_words == CONTEST.words
    with pytest.raises(Denied):
        accept_claim(bakery.operator, claim, now=NOW, on=bakery.database)
    accept_claim(bakery.offa, claim, now=NOW, on=bakery.database)
    assert state_of(bakery, claim) is ClaimState.ACCEPTED


def test_the_refusal_of_offa_is_the_last_word(bakery: Bakery) -> None:
    claimant, claim = bakery.claimed()
    save_draft(
        claimant,
        {"form_key": "a" * 32, "place": f"{bakery.establishment}:boulanger"},
        now=NOW,
        on=bakery.database,
    )
    refuse_claim(bakery.operator, claim, REFUSAL, now=NOW, on=bakery.database)
    contest_claim(claimant, claim, CONTEST, now=NOW, on=bakery.database)
    refuse_claim(bakery.offa, claim, REFUSAL, now=NOW, on=bakery.database)
    assert state_of(bakery, claim) is ClaimState.CLOSED
    with pytest.raises(NotPossible):
        contest_claim(claimant, claim, CONTEST, now=NOW, on=bakery.database)
    with reading(bakery.database) as session:
        assert session.exec(select(Offer)).all() == []


def test_a_refusal_that_nobody_contests_becomes_final(bakery: Bakery) -> None:
    _claimant, claim = bakery.claimed()
    refuse_claim(bakery.operator, claim, REFUSAL, now=NOW, on=bakery.database)
    assert tidy_claims(now=NOW + timedelta(days=29), on=bakery.database) == 0
    assert tidy_claims(now=NOW + timedelta(days=31), on=bakery.database) == 1
    assert state_of(bakery, claim) is ClaimState.CLOSED


def test_only_its_person_contests_a_claim(bakery: Bakery) -> None:
    _claimant, claim = bakery.claimed()
    refuse_claim(bakery.operator, claim, REFUSAL, now=NOW, on=bakery.database)
    with pytest.raises(NotFound):
        contest_claim(bakery.administrator, claim, CONTEST, now=NOW, on=bakery.database)
    for actor in (bakery.operator, bakery.offa, None):
        with pytest.raises(Denied):
            contest_claim(actor, claim, CONTEST, now=NOW, on=bakery.database)


def test_a_claim_is_decided_once_by_twenty_at_a_time(bakery: Bakery) -> None:
    claimant, claim = bakery.claimed()

    def decide(number: int) -> bool:
        try:
            if number % 2:
                accept_claim(bakery.operator, claim, now=NOW, on=bakery.database)
            else:
                refuse_claim(bakery.offa, claim, REFUSAL, now=NOW, on=bakery.database)
        except NotPossible:
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(decide, range(20))) == 1
    with reading(bakery.database) as session:
        member = session.get(CompanyMember, (claimant.person_id, bakery.company))
        assert (member is not None) is (state_of(bakery, claim) is ClaimState.ACCEPTED)


def test_whoever_is_in_the_team_already_stays_what_they_are(bakery: Bakery) -> None:
    with transaction(bakery.database) as session:
        house = session.get_one(Establishment, bakery.establishment)
        claimant = factories.a_claimant(session, house)
        session.add(CompanyMember(person_id=claimant.person_id, company_id=bakery.company, is_admin=True))
    accept_claim(bakery.offa, claimant.claim_id or 0, now=NOW, on=bakery.database)
    with reading(bakery.database) as session:
        assert session.get_one(CompanyMember, (claimant.person_id, bakery.company)).is_admin
        assert session.exec(select(MemberEstablishment)).all() == []


def test_the_list_is_open_ones_first(bakery: Bakery) -> None:
    _first, decided = bakery.claimed()
    accept_claim(bakery.operator, decided, now=NOW, on=bakery.database)
    _second, waits = bakery.claimed(email="bea@demo.test")
    found = claims_to_decide(bakery.operator, now=NOW, on=bakery.database)
    assert ([row.claim_id for row in found.rows], found.open_count) == ([waits, decided], 1)


@pytest.mark.parametrize(("place", "first", "coach"), [("5000", "5000", True), ("Bruxelles", "1000", False)])
def test_nobody_is_stuck_an_operator_is_near(bakery: Bakery, place: str, first: str, coach: bool) -> None:
    found = operators_near(None, NearInput(place=place), now=NOW, on=bakery.database)
    assert found.rows and found.needs_coach is coach
    assert {"5000": "Namur", "1000": "Bruxelles"}[first] == found.rows[0].town


def test_an_unknown_place_is_told(bakery: Bakery) -> None:
    assert operators_near(None, NearInput(place="Atlantide"), now=NOW, on=bakery.database).error
    assert operators_near(None, NearInput(), now=NOW, on=bakery.database).rows == []


def test_the_person_behind_a_decision_is_named(bakery: Bakery) -> None:
    _claimant, claim = bakery.claimed()
    accept_claim(bakery.operator, claim, now=NOW, on=bakery.database)
    with reading(bakery.database) as session:
        name = session.get_one(Person, bakery.operator.person_id).last_name
    assert name in claim_detail(bakery.offa, claim, now=NOW, on=bakery.database).decided
