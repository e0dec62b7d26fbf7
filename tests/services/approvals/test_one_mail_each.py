"""A file that changes many agréments writes to each person once: companies, learners, other operators' staff."""

import pytest
from sqlmodel import Session, col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.identifiers import with_check_digits
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Application,
    Approval,
    ApprovalRecord,
    Company,
    Establishment,
    Learner,
    Offer,
    OutboxMessage,
)
from stageplus.services.approvals.actions import import_approvals, undo_approvals
from stageplus.services.approvals.letters import MOST_LINES
from tests import factories
from tests.factories import NOW, TRADES
from tests.services.approvals.test_files import OURS, handed_in, numbered
from tests.services.approvals.test_recording import Register, register, told

__all__ = ["numbered", "register"]
PLACES = [with_check_digits(20_000_100 + number) for number in range(4)]
MANY = len(PLACES) * len(TRADES)


@pytest.fixture
def chain(numbered: Register) -> Register:
    """Give the bakery four more establishments, each approved in each trade, whose offers one learner applied to."""
    with transaction(numbered.database) as session:
        company = session.exec(select(Company).where(Company.enterprise_number == OURS[0])).one()
        learner = session.get_one(Learner, session.exec(select(Application.learner_id)).one())
        for number in PLACES:
            house = factories.an_establishment(session, company, number=number)
            for trade in TRADES:
                factories.an_approval(session, house, trade_code=trade, operator_id=numbered.ours.operator_id)
                factories.an_application(session, factories.an_offer(session, house, trade_code=trade), learner)
    return numbered


def rows(state: str) -> list[str]:
    return [f"{state};{OURS[0]};{n};Maison;5000;5;{trade};20/11/2026;Contrôle" for n in PLACES for trade in TRADES]


def imported(register: Register, *lines: str, actor: str = "ours") -> int:
    file = handed_in(register, *lines, actor=actor)
    import_approvals(getattr(register, actor), file, now=NOW, on=register.database)
    return file


def mails(session: Session, kind: str) -> list[OutboxMessage]:
    wanted = select(OutboxMessage).where(col(OutboxMessage.kind).startswith(kind))
    return list(session.exec(wanted.order_by(col(OutboxMessage.id))))


def test_a_suspension_by_file_writes_to_each_person_once(chain: Register) -> None:
    imported(chain, *rows("suspendu"))
    with reading(chain.database) as session:
        (to_company,), (to_learner,) = mails(session, "approval"), mails(session, "application-paused")
        halted = session.exec(select(Offer).where(Offer.status == OfferStatus.SUSPENDED)).all()
    assert len(halted) == MANY
    assert to_company.subject == "Plusieurs de vos agréments ne sont plus valables"
    assert f"{MANY} de vos agréments" in to_company.text
    assert f"{MANY} offres publiées sont mises en pause" in to_company.text
    assert to_company.text.count("Contrôle") == MOST_LINES
    assert f"Et {MANY - MOST_LINES} autres" in to_company.text
    assert to_learner.subject == "Plusieurs places sont en pause"
    assert f"{MANY} places où tu as postulé sont en pause" in to_learner.text
    assert "/candidatures" in to_learner.text


def test_undoing_the_file_writes_to_each_person_once_more(chain: Register) -> None:
    undo_approvals(chain.ours, imported(chain, *rows("suspendu")), now=NOW, on=chain.database)
    with reading(chain.database) as session:
        _suspended, to_company = mails(session, "approval")
        (to_learner,) = mails(session, "application-restored")
    assert to_company.subject == "Vos agréments ont changé"
    assert f"{MANY} offres mises en pause sont de nouveau en ligne" in to_company.text
    assert f"{MANY} places où tu as postulé sont de nouveau ouvertes" in to_learner.text


def test_what_is_new_and_what_is_suspended_come_in_one_mail(chain: Register) -> None:
    fresh = f"accordé;{OURS[0]};{OURS[1]};Maison;5000;5;coiffeur;20/11/2026;"
    imported(chain, fresh, *rows("suspendu")[:1])
    with reading(chain.database) as session:
        (mail,) = mails(session, "approval")
    assert mail.subject == "Vos agréments ont changé"
    assert "accordé" in mail.text and "suspendu" in mail.text


def test_a_file_of_one_agrement_writes_what_a_single_act_writes(chain: Register) -> None:
    imported(chain, *rows("suspendu")[:1])
    with reading(chain.database) as session:
        (to_company,), (to_learner,) = mails(session, "approval"), mails(session, "application-paused")
    assert to_company.subject == "Votre agrément n’est plus valable : vos offres sont en pause"
    assert to_learner.subject == "Une place est en pause"


def test_another_operators_staff_reads_of_all_disagreements_at_once(chain: Register) -> None:
    imported(chain, *rows("suspendu"), actor="theirs")
    assert len(told(chain, "approval-disputed")) == 1
    with reading(chain.database) as session:
        (mail,) = mails(session, "approval-disputed")
        disputed = session.exec(select(Approval).where(col(Approval.disputed))).all()
        assert len(session.exec(select(ApprovalRecord)).all()) == 2 * MANY + 1
    assert (len(disputed), {each.state for each in disputed}) == (MANY, {ApprovalState.GRANTED})
    assert mail.text.count("ce qui diffère de votre note") == MOST_LINES
    assert "/operateur/agrements" in mail.text


def test_each_establishment_knows_its_own_people_only(chain: Register) -> None:
    with transaction(chain.database) as session:
        house = session.exec(select(Establishment).where(Establishment.number == PLACES[0])).one()
        factories.a_member(session, house.company_id, house.id)
    imported(chain, *rows("retiré"))
    with reading(chain.database) as session:
        _everywhere, here = mails(session, "approval")
    assert f"{len(TRADES)} de vos agréments" in here.text
