"""Two inscriptions of one company become one: nothing is lost, nobody gains but administrators, the number leads on."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, func, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import FreshFactorNeeded, InvalidInput, NotFound
from stageplus.models import (
    AnswerRate,
    Application,
    Approval,
    CalendarFeed,
    CircularStop,
    Company,
    CompanyClaim,
    CompanyContact,
    CompanyFollowUp,
    CompanyMember,
    Establishment,
    FormerNumber,
    JournalEntry,
    MemberEstablishment,
    Offer,
    OutboxMessage,
    SignInSession,
)
from stageplus.services.approvals.actions import record_approval
from stageplus.services.approvals.schemas import ApprovalInput
from stageplus.services.claims.actions import claim_another
from stageplus.services.claims.schemas import PlaceInput
from stageplus.services.mergers.actions import merge_companies
from stageplus.services.mergers.queries import merger_desk
from stageplus.services.mergers.schemas import MergeInput, MergerDesk, PairSearch
from stageplus.services.postings.queries import my_offers
from stageplus.services.postings.schemas import PostingSearch
from tests import factories
from tests.factories import NOW

KEEP, GONE = "0400000185", "0400000284"


@dataclass(frozen=True)
class Desk:
    """A company twice in the register, each time with a house, an offer, an agrément, and people."""

    database: Engine
    offa: Actor
    keep: int
    gone: int
    admin: Actor
    everywhere: Actor
    limited: Actor
    both: Actor
    houses: tuple[int, int]

    def compared(self, **asked: str) -> MergerDesk:
        return merger_desk(self.offa, PairSearch(**asked), now=NOW, on=self.database)

    def merges(self, **changed: int) -> str:
        data = MergeInput(**({"keep_id": self.keep, "gone_id": self.gone} | changed), why="Numéro mal recopié")
        return merge_companies(self.offa, data, now=NOW, on=self.database)

    def scope(self, actor: Actor) -> tuple[bool, bool, list[int]]:
        """Say whether somebody administrates the company that stays, acts everywhere, or where."""
        with Session(self.database) as session:
            member = session.get_one(CompanyMember, (actor.person_id, self.keep))
            mine = select(MemberEstablishment.establishment_id).where(MemberEstablishment.person_id == actor.person_id)
            return member.is_admin, member.everywhere, sorted(session.exec(mine).all())

    def counted(self, table: type[SQLModel]) -> int:
        with Session(self.database) as session:
            return session.exec(select(func.count()).select_from(table)).one()


@pytest.fixture
def desk(database: Engine) -> Desk:
    with transaction(database) as session:
        factories.minimal_reference(session)
        keep = factories.a_company(session, enterprise_number=KEEP, name="Boulangerie Dubois SRL")
        gone = factories.a_company(session, enterprise_number=GONE, name="Boulangerie Dubois")
        here = factories.an_establishment(session, keep)
        there = factories.an_establishment(session, gone, number="2000000141")
        for house in (here, there):
            factories.an_approval(session, house)
            offer = factories.an_offer(session, house)
            factories.an_application(session, offer, factories.a_learner(session))
        both = factories.a_member(session, keep.id or 0, here.id)
        session.add(CompanyMember(person_id=both.person_id, company_id=gone.id or 0))
        session.flush()
        limited = factories.a_member(session, gone.id or 0, there.id)
        feed = {"token_hash": "f" * 64, "created_at": NOW}
        session.add(CalendarFeed(person_id=limited.person_id, company_id=gone.id or 0, **feed))
        for company, received in ((keep, 4), (gone, 6)):
            session.add(AnswerRate(company_id=company.id or 0, received=received, answered=3))
        admin = factories.a_member(session, gone.id or 0, is_admin=True)
        factories.a_session(session, admin.person_id, company_id=gone.id)
        return Desk(
            database,
            factories.an_offa_member(session),
            keep.id or 0,
            gone.id or 0,
            admin,
            factories.a_member(session, gone.id or 0),
            limited,
            both,
            (here.id or 0, there.id or 0),
        )


def test_pairs_that_look_alike_are_listed_with_the_reasons(desk: Desk) -> None:
    [pair] = desk.compared().pairs
    assert (pair.keep.number, pair.gone.number) == ("0400.000.185", "0400.000.284")
    assert pair.reasons == "même nom, même code postal, même personne"


def test_what_moves_is_said_before(desk: Desk) -> None:
    for asked in ({"keep": KEEP, "gone": "BE 0400.000.284"}, {"keep": str(desk.keep), "gone": str(desk.gone)}):
        shown = desk.compared(**asked)
        assert (shown.pair.keep.company_id, shown.pair.gone.company_id) == (desk.keep, desk.gone)
        assert [row.how_many for row in shown.moved] == ["1", "1", "1", "4", "1", "1", "0"]
    for wrong in ({"keep": KEEP, "gone": KEEP}, {"keep": KEEP, "gone": "n’importe quoi"}, {"keep": KEEP}):
        shown = desk.compared(**wrong)
        assert shown.error and not shown.moved and shown.pairs


def test_nothing_is_lost(desk: Desk) -> None:
    before = {table: desk.counted(table) for table in (Establishment, Offer, Application, Approval, CalendarFeed)}
    assert desk.merges() == "Boulangerie Dubois SRL"
    assert {table: desk.counted(table) for table in before} == before
    assert (desk.counted(Company), desk.compared().pairs) == (1, [])
    with Session(desk.database) as session:
        for table in (Establishment, Offer, CalendarFeed, SignInSession):
            assert set(session.exec(select(table.company_id))) == {desk.keep}  # type: ignore[attr-defined]
        rate = session.exec(select(AnswerRate)).one()
        assert (rate.company_id, rate.received, rate.answered) == (desk.keep, 10, 6)


def test_everybody_acts_where_they_did_and_administrators_for_the_whole(desk: Desk) -> None:
    desk.merges()
    here, there = desk.houses
    assert desk.scope(desk.admin) == (True, True, [])
    assert desk.scope(desk.everywhere) == (False, False, [there])
    assert desk.scope(desk.limited) == (False, False, [there])
    assert desk.scope(desk.both) == (False, False, [here, there])
    one_house = replace(desk.limited, company_id=desk.keep)
    assert len(my_offers(one_house, PostingSearch(), now=NOW, on=desk.database).rows) == 1


def test_all_of_both_teams_are_told_once_with_the_reason_and_the_journal_says_it(desk: Desk) -> None:
    desk.merges()
    with reading(desk.database) as session:
        mails = session.exec(select(OutboxMessage).where(OutboxMessage.kind == "team")).all()
        [entry] = session.exec(select(JournalEntry).where(JournalEntry.action == "company.merged")).all()
    assert len(mails) == len({mail.recipient for mail in mails}) == 4
    assert "Numéro mal recopié" in mails[0].text and "0400.000.284" in mails[0].text
    assert "0400.000.284" in entry.detail and "Numéro mal recopié" in entry.detail


def test_the_number_that_goes_leads_to_the_company_that_stays(desk: Desk) -> None:
    desk.merges()
    with Session(desk.database) as session:
        number = session.get_one(Establishment, desk.houses[1]).number
        operator = factories.an_operator(session)
        staff = factories.a_staff_member(session, operator.id or 0)
        session.commit()
    decision = {"enterprise_number": GONE, "establishment_number": number, "company": "Boulangerie Dubois"}
    typed = {"postal_code": "5000", "trade": "patissier", "state": "accordé", "since": "2026-11-20"}
    record_approval(staff, ApprovalInput.read(decision | typed), now=NOW, on=desk.database)
    place = {"enterprise_number": GONE, "establishment_number": number, "company_name": "Dubois"}
    person = {"postal_code": "5000", "function": "Gérant"}
    claim_another(desk.admin, PlaceInput.read(place | person), now=NOW, on=desk.database)
    with Session(desk.database) as session:
        assert session.exec(select(func.count()).select_from(Company)).one() == 1
        claim = session.exec(select(CompanyClaim).order_by(col(CompanyClaim.id).desc())).first()
        assert claim is not None and claim.enterprise_number == KEEP
        assert session.get_one(FormerNumber, GONE).name == "Boulangerie Dubois"


def test_a_number_follows_through_two_joins(desk: Desk) -> None:
    with transaction(desk.database) as session:
        third = factories.a_company(session, enterprise_number="0400000383").id or 0
    desk.merges()
    desk.merges(keep_id=third, gone_id=desk.keep)
    with Session(desk.database) as session:
        assert set(session.exec(select(FormerNumber.company_id))) == {third}


def test_what_is_not_there_any_more_is_not_found_and_a_proof_is_asked(desk: Desk) -> None:
    for changed in ({"gone_id": desk.keep}, {"gone_id": 999}, {"keep_id": 999}):
        with pytest.raises(NotFound):
            desk.merges(**changed)
    with pytest.raises(InvalidInput, match="why"):
        MergeInput.read({"keep_id": "1", "gone_id": "2", "why": " "})
    stale = replace(desk.offa, proved_at=NOW - timedelta(hours=1))
    with pytest.raises(FreshFactorNeeded):
        merge_companies(stale, MergeInput(keep_id=desk.keep, gone_id=desk.gone, why="x"), now=NOW, on=desk.database)
    desk.merges()
    with pytest.raises(NotFound):
        desk.merges()


def test_what_coaches_noted_goes_on_and_so_does_the_wish_for_no_messages(desk: Desk) -> None:
    with transaction(desk.database) as session:
        coach = factories.a_coach(session, "alimentation", "soins")
        factories.a_circular(session, coach, desk.keep, desk.gone)
        factories.a_circular(session, coach, desk.gone)
        for company_id, sector, days in ((desk.keep, "soins", 1), (desk.gone, "soins", 2), (desk.gone, "mobilite", 3)):
            due = {"due_on": NOW.date() + timedelta(days=days), "changed_at": NOW}
            session.add(CompanyFollowUp(company_id=company_id, sector_code=sector, **due))
        session.add(CircularStop(company_id=desk.gone, since=NOW))
    desk.merges()
    with Session(desk.database) as session:
        contacts = session.exec(select(CompanyContact)).all()
        planned = {each.sector_code: (each.due_on - NOW.date()).days for each in session.exec(select(CompanyFollowUp))}
        stops = session.exec(select(CircularStop.company_id)).all()
    assert [each.company_id for each in contacts] == [desk.keep, desk.keep]
    assert len({each.circular_id for each in contacts}) == 2
    assert (planned, list(stops)) == ({"soins": 1, "mobilite": 3}, [desk.keep])
