"""The register of agréments: each operator's record, its effect on offers at once, disagreements left standing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.errors import AlreadyDone, Denied, InvalidInput, NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Application,
    Approval,
    ApprovalChange,
    Company,
    Establishment,
    Offer,
    OfferChange,
    OfferWord,
    OutboxMessage,
    Person,
)
from stageplus.services.approvals.actions import change_approval, record_approval, settle_approval
from stageplus.services.approvals.queries import approval_detail, approval_form, approvals
from stageplus.services.approvals.schemas import ApprovalDetail, ApprovalInput, ApprovalSearch, DecisionInput
from stageplus.services.coaching.queries import offers_of_my_sectors
from stageplus.services.coaching.schemas import FollowedSearch
from stageplus.services.postings.actions import suspend_offer
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()
ENTERPRISE, ESTABLISHMENT = "0400000185", "2000000141"


@dataclass(frozen=True)
class Register:
    """A bakery that one operator approved, with offers and an applicant; another operator, OFFA, a coach."""

    database: Engine
    ours: Actor
    theirs: Actor
    offa: Actor
    member: Actor
    coach: Actor
    approval: int
    offers: tuple[int, ...]


@pytest.fixture
def register(database: Engine) -> Register:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator, other = factories.an_operator(session), factories.an_operator(session)
        house = factories.an_establishment(session)
        approval = factories.an_approval(session, house, operator_id=operator.id)
        offers = [factories.an_offer(session, house) for _number in range(2)]
        factories.an_offer(session, house, trade_code="patissier")
        factories.an_application(session, offers[0], factories.a_learner(session, operator))
        return Register(
            database,
            factories.a_staff_member(session, operator.id or 0),
            factories.a_staff_member(session, other.id or 0),
            factories.an_offa_member(session),
            factories.a_member(session, house.company_id, is_admin=True),
            factories.a_coach(session, "alimentation"),
            approval.id or 0,
            tuple(offer.id or 0 for offer in offers),
        )


def decision(state: ApprovalState, reason: str = "Contrôle du 20 novembre", since: date = TODAY) -> DecisionInput:
    return DecisionInput(state=state, since=since, reason=reason)


def change(register: Register, actor: Actor, state: ApprovalState, days: int = 1) -> ApprovalDetail:
    since = TODAY + timedelta(days=days)
    now = NOW + timedelta(days=days)
    return change_approval(actor, register.approval, 0, decision(state, since=since), now=now, on=register.database)


def typed(register: Register, **changed: Any) -> ApprovalInput:
    with reading(register.database) as session:
        house = session.get_one(Establishment, session.get_one(Approval, register.approval).establishment_id)
        company = session.get_one(Company, house.company_id)
    known = {
        "enterprise_number": ENTERPRISE,
        "establishment_number": ESTABLISHMENT,
        "company": "Maison nouvelle",
        "postal_code": "5000",
        "workers": "4",
        "trade": "boulanger",
        "state": "accordé",
        "since": str(TODAY),
    }
    # The numbers of factories have no check digits.
    return ApprovalInput.read(known | changed).model_copy(
        update={"enterprise_number": company.enterprise_number, "establishment_number": house.number}
        if changed.get("known")
        else {}
    )


def read(register: Register, table: Any, identifier: int) -> Any:
    with reading(register.database) as session:
        return session.get_one(table, identifier)


def statuses(register: Register) -> list[OfferStatus]:
    return [read(register, Offer, offer).status for offer in register.offers]


def told(register: Register, kind: str) -> list[str]:
    with reading(register.database) as session:
        wanted = select(OutboxMessage.recipient).where(col(OutboxMessage.kind).startswith(kind))
        return list(session.exec(wanted))


def test_a_suspension_acts_on_the_published_offers_at_once(register: Register) -> None:
    detail = change(register, register.ours, ApprovalState.SUSPENDED)
    assert (detail.row.state_words, detail.paused_offers) == ("Suspendu", 2)
    assert statuses(register) == [OfferStatus.SUSPENDED] * 2
    with reading(register.database) as session:
        halts = session.exec(select(OfferChange).where(OfferChange.step == "halt")).all()
        assert {(halt.role, halt.note) for halt in halts} == {(register.ours.role, "Contrôle du 20 novembre")}
        assert session.exec(select(OfferWord).where(col(OfferWord.offer_id).in_(register.offers))).all() == []
        others = select(Offer.status).where(Offer.trade_code == "patissier")
        assert session.exec(others).all() == [OfferStatus.PUBLISHED]


def test_everybody_concerned_is_told_and_the_application_stays(register: Register) -> None:
    change(register, register.ours, ApprovalState.WITHDRAWN)
    member = read(register, Person, register.member.person_id).email
    assert told(register, "approval") == [member]
    assert len(told(register, "application-paused")) == 1
    with reading(register.database) as session:
        assert session.exec(select(Application.status)).one().value == "envoyée"
        words = session.exec(select(OutboxMessage.text).where(OutboxMessage.recipient == member)).one()
    assert "2 offres publiées sont mises en pause" in words and "Contrôle du 20 novembre" in words


def test_the_coach_counts_what_is_left(register: Register) -> None:
    def published() -> str:
        return offers_of_my_sectors(register.coach, FollowedSearch(), now=NOW, on=register.database).found_words

    assert published() == "3 offres"
    change(register, register.ours, ApprovalState.SUSPENDED)
    assert published() != "3 offres"


def test_a_restoration_puts_back_what_was_suspended_for_this_reason_only(register: Register) -> None:
    suspend_offer(register.member, register.offers[1], now=NOW, on=register.database)
    change(register, register.ours, ApprovalState.SUSPENDED, days=1)
    change(register, register.ours, ApprovalState.GRANTED, days=2)
    assert statuses(register) == [OfferStatus.PUBLISHED, OfferStatus.SUSPENDED]
    assert len(told(register, "application-restored")) == 1


def test_what_its_company_suspends_after_a_restoration_stays_suspended(register: Register) -> None:
    change(register, register.ours, ApprovalState.SUSPENDED, days=1)
    change(register, register.ours, ApprovalState.GRANTED, days=2)
    suspend_offer(register.member, register.offers[0], now=NOW + timedelta(days=3), on=register.database)
    change(register, register.ours, ApprovalState.SUSPENDED, days=4)
    change(register, register.ours, ApprovalState.GRANTED, days=5)
    assert statuses(register) == [OfferStatus.SUSPENDED, OfferStatus.PUBLISHED]


def test_an_offer_whose_days_are_over_does_not_come_back(register: Register) -> None:
    change(register, register.ours, ApprovalState.SUSPENDED, days=1)
    change(register, register.ours, ApprovalState.GRANTED, days=90)
    assert statuses(register) == [OfferStatus.SUSPENDED] * 2


def test_a_disagreement_is_shown_and_changes_nothing(register: Register) -> None:
    detail = record_approval(
        register.theirs,
        typed(register, known=True, state="suspendu", reason="Plainte"),
        now=NOW + timedelta(days=1),
        on=register.database,
    )
    assert (detail.row.state_words, detail.row.disputed) == ("Accordé", True)
    assert statuses(register) == [OfferStatus.PUBLISHED] * 2
    assert {opinion.state_words for opinion in detail.opinions} == {"Accordé", "Suspendu"}
    ours = read(register, Person, register.ours.person_id).email
    assert told(register, "approval-disputed") == [ours]
    found = approvals(register.offa, ApprovalSearch(disputed=True), now=NOW, on=register.database)
    assert (len(found.rows), found.disputed) == (1, 1)


def test_the_commission_ends_a_disagreement_and_its_decision_acts(register: Register) -> None:
    record_approval(
        register.theirs, typed(register, known=True, state="suspendu", reason="Plainte"), now=NOW, on=register.database
    )
    later = NOW + timedelta(days=1)
    decided = decision(ApprovalState.SUSPENDED, "Décision 12/2026")
    detail = settle_approval(register.offa, register.approval, decided, now=later, on=register.database)
    assert (detail.row.state_words, detail.row.disputed) == ("Suspendu", False)
    assert statuses(register) == [OfferStatus.SUSPENDED] * 2
    for actor in (register.ours, register.theirs, register.member, None):
        with pytest.raises(Denied):
            settle_approval(actor, register.approval, decided, now=later, on=register.database)


def test_the_history_says_who_and_why(register: Register) -> None:
    detail = change(register, register.ours, ApprovalState.SUSPENDED)
    assert "Contrôle du 20 novembre" in detail.history[0].detail
    person = read(register, Person, register.ours.person_id)
    assert person.last_name in detail.history[0].when
    record_approval(register.theirs, typed(register, known=True, reason="Visite"), now=NOW, on=register.database)
    seen = approval_detail(register.theirs, register.approval, now=NOW, on=register.database)
    assert person.last_name not in repr(seen)
    assert person.last_name in repr(approval_detail(register.offa, register.approval, now=NOW, on=register.database))


@pytest.mark.parametrize("state", [ApprovalState.REFUSED, ApprovalState.SUSPENDED, ApprovalState.WITHDRAWN])
def test_taking_away_needs_a_reason(register: Register, state: ApprovalState) -> None:
    data = decision(state, reason="")
    with pytest.raises(InvalidInput) as refused:
        change_approval(register.ours, register.approval, 0, data, now=NOW, on=register.database)
    assert list(refused.value.fields) == ["reason"]
    assert statuses(register) == [OfferStatus.PUBLISHED] * 2


def test_a_decision_of_tomorrow_is_not_recorded_today(register: Register) -> None:
    data = decision(ApprovalState.SUSPENDED, since=TODAY + timedelta(days=1))
    with pytest.raises(InvalidInput) as refused:
        change_approval(register.ours, register.approval, 0, data, now=NOW, on=register.database)
    assert list(refused.value.fields) == ["since"]


def test_recording_the_same_twice_leaves_one_entry(register: Register) -> None:
    change(register, register.ours, ApprovalState.SUSPENDED)
    with pytest.raises(AlreadyDone):
        change(register, register.ours, ApprovalState.SUSPENDED)
    with reading(register.database) as session:
        assert len(session.exec(select(ApprovalChange)).all()) == 1


def test_another_operator_finds_only_what_it_recorded(register: Register) -> None:
    assert approvals(register.theirs, ApprovalSearch(), now=NOW, on=register.database).rows == []
    with pytest.raises(NotFound):
        approval_detail(register.theirs, register.approval, now=NOW, on=register.database)
    with pytest.raises(NotFound):
        change(register, register.theirs, ApprovalState.WITHDRAWN)


def test_a_new_establishment_is_written_down_with_its_company(register: Register) -> None:
    detail = record_approval(register.ours, typed(register), now=NOW, on=register.database)
    assert (detail.row.company, detail.row.number, detail.workers) == ("Maison nouvelle", "2.000.000.141", 4)
    record_approval(register.ours, typed(register, trade="patissier"), now=NOW, on=register.database)
    found = approvals(register.ours, ApprovalSearch(text="2.000.000.141"), now=NOW, on=register.database)
    assert len(found.rows) == 2
    with reading(register.database) as session:
        assert len(session.exec(select(Establishment).where(Establishment.number == ESTABLISHMENT)).all()) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"enterprise_number": "2000000141"}, "enterprise_number"),
        ({"establishment_number": "0400000185"}, "establishment_number"),
        ({"postal_code": "50"}, "postal_code"),
        ({"workers": "-1"}, "workers"),
        ({"state": "peut-être"}, "state"),
        ({"company": " "}, "company"),
        ({"since": "hier"}, "since"),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field(register: Register, changed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        typed(register, **changed)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"trade": "alchimiste"}, "trade"), ({"postal_code": "9999"}, "postal_code")],
)
def test_what_nobody_knows_is_told_beside_its_field(register: Register, changed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        record_approval(register.ours, typed(register, **changed), now=NOW, on=register.database)
    assert list(refused.value.fields) == [field]
    with reading(register.database) as session:
        assert session.exec(select(Company).where(Company.enterprise_number == ENTERPRISE)).all() == []


def test_an_establishment_belongs_to_one_enterprise(register: Register) -> None:
    record_approval(register.ours, typed(register), now=NOW, on=register.database)
    other = typed(register, enterprise_number="0400000284")
    with pytest.raises(InvalidInput) as refused:
        record_approval(register.ours, other, now=NOW, on=register.database)
    assert list(refused.value.fields) == ["establishment_number"]


def test_offa_names_the_operator_that_decided(register: Register) -> None:
    with pytest.raises(InvalidInput) as refused:
        record_approval(register.offa, typed(register), now=NOW, on=register.database)
    assert list(refused.value.fields) == ["operator"]
    named = typed(register, operator=str(register.theirs.operator_id))
    record_approval(register.offa, named, now=NOW, on=register.database)
    assert len(approvals(register.theirs, ApprovalSearch(), now=NOW, on=register.database).rows) == 1
    ours = typed(register, trade="patissier", operator=str(register.theirs.operator_id))
    record_approval(register.ours, ours, now=NOW, on=register.database)
    assert len(approvals(register.theirs, ApprovalSearch(), now=NOW, on=register.database).rows) == 1


def test_the_list_is_filtered_and_paged(register: Register) -> None:
    with transaction(register.database) as session:
        fill(session, register)
    whole = approvals(register.offa, ApprovalSearch(page=9), now=NOW, on=register.database)
    assert (whole.page, whole.pages, whole.found_words) == (2, 2, "56 agréments")
    refused = ApprovalSearch(state=ApprovalState.REFUSED)
    assert len(approvals(register.offa, refused, now=NOW, on=register.database).rows) == 5
    named = ApprovalSearch(operator=register.theirs.operator_id or 0)
    assert approvals(register.offa, named, now=NOW, on=register.database).found_words == "0 agrément"
    assert approvals(register.offa, ApprovalSearch(text="nulle%part"), now=NOW, on=register.database).rows == []


def fill(session: Session, register: Register) -> None:
    for number in range(55):
        state = ApprovalState.REFUSED if number < 5 else ApprovalState.GRANTED
        house = factories.an_establishment(session)
        factories.an_approval(session, house, state=state, operator_id=register.ours.operator_id)


def test_only_offa_chooses_an_operator(register: Register) -> None:
    assert approval_form(register.ours, now=NOW, on=register.database).operators == []
    assert len(approval_form(register.offa, now=NOW, on=register.database).operators) >= 2
