"""A dispositif that OFFA adds by data alone carries all the way: enrolled, searched, applied, accepted, taken over."""

from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.models import Learner, Operator, OutboxMessage, Person
from stageplus.services.accounts.schemas import Visitor
from stageplus.services.activation.actions import finish_activation, print_codes, start_activation
from stageplus.services.activation.schemas import ChosenInput, StartInput
from stageplus.services.applications.actions import accept_application, send_application
from stageplus.services.applications.schemas import ApplicationInput
from stageplus.services.enrolment.actions import hand_in_roster, import_roster
from stageplus.services.enrolment.queries import import_preview
from stageplus.services.enrolment.schemas import ConfirmInput
from stageplus.services.followup.actions import take_over
from stageplus.services.followup.queries import introductions
from stageplus.services.followup.schemas import IntroductionSearch
from stageplus.services.networks.actions import save_network, save_operator
from stageplus.services.networks.schemas import NetworkInput, OperatorInput
from stageplus.services.offers.queries import offer_detail, open_offers
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.postings.actions import publish_offer
from tests import factories
from tests.factories import NOW
from tests.services.postings.conftest import filled_form
from tests.services.schemes.conftest import HIGHER, Desk
from tests.services.schemes.test_networks import NETWORK, OPERATOR

CODE = "alternance-en-enseignement-superieur"
VISITOR = Visitor("192.0.2.7")
ROSTER = """Matricule;Nom;Prénom;Né le;E-mail;CP;Métier;Année;Jours en entreprise
H1;Essai;Ada;14/03/1998;;5000;Boulangère;1;lundi au jeudi
H2;Essai;Bob;14/03/2010;;5000;Boulanger;1;lundi au jeudi"""


def test_a_dispositif_added_by_data_carries_the_whole_way(desk: Desk) -> None:
    company, place = a_bakery(desk.database)
    staff = the_school(desk)
    learner = an_activated_learner(desk.database, staff)

    form = filled_form(place) | {"scheme": CODE}
    offer = publish_offer(company, form, now=NOW, on=desk.database).row.offer_id
    found = open_offers(learner, OfferSearch(text="pain", scheme=CODE), now=NOW, on=desk.database)
    assert [card.offer_id for card in found.cards] == [offer]
    read = offer_detail(learner, offer, now=NOW, on=desk.database)
    assert (read.scheme, read.minor_notes) == (HIGHER["name"], [])
    assert (read.pay_from, [row.level for row in read.pay]) == ("dès 1\u00a0055,94\u00a0€ par mois", ["A", "B"])

    typed = ApplicationInput(form_key="c" * 32, motivation="J’aime le pain.")
    sent = send_application(learner, offer, typed, now=NOW, on=desk.database)
    accept_application(company, sent.application_id, now=NOW + timedelta(hours=1), on=desk.database)
    [waiting] = introductions(staff, IntroductionSearch(), now=NOW, on=desk.database).waiting
    assert waiting.learner == "Ada Essai"
    assert take_over(staff, waiting.introduction_id, now=NOW + timedelta(hours=2), on=desk.database).taken_over


def a_bakery(database: Engine) -> tuple[Actor, str]:
    with transaction(database) as session:
        establishment = factories.an_establishment(session)
        factories.an_approval(session, establishment)
        return factories.a_member(session, establishment.company_id), f"{establishment.id}:boulanger"


def the_school(desk: Desk) -> Actor:
    """Add the network, the dispositif that it runs and its operator, by OFFA's own acts; then its staff."""
    save_network(desk.offa, NetworkInput.read(NETWORK), now=NOW, on=desk.database)
    desk.saves(HIGHER, kinds=["haute-ecole"])
    save_operator(desk.offa, OperatorInput.read(OPERATOR), now=NOW, on=desk.database)
    with transaction(desk.database) as session:
        operator = session.exec(select(Operator.id).where(Operator.kind == "haute-ecole")).one()
        return factories.a_staff_member(session, operator or 0)


def an_activated_learner(database: Engine, staff: Actor) -> Actor:
    """Enrol two people, of whom the younger is for another dispositif, and open the account of the elder."""
    handed_in = hand_in_roster(staff, "liste.csv", ROSTER.encode(), now=NOW, on=database)
    [problem] = import_preview(staff, handed_in, now=NOW, on=database).warnings
    assert (problem.line, "18 à 30 ans" in problem.message) == (3, True)
    assert import_roster(staff, handed_in, ConfirmInput.read({}), now=NOW, on=database).added == 2
    slips = print_codes(staff, ChosenInput(everybody=True), now=NOW, on=database)
    code = next(slip.code for slip in slips if slip.reference == "H1")
    start = StartInput.read({"code": code, "email": "ada@exemple.test"})
    start_activation(None, VISITOR, start, now=NOW, on=database)
    with Session(database) as session:
        mail = session.exec(select(OutboxMessage).where(OutboxMessage.recipient == "ada@exemple.test")).one()
    token = mail.text.partition("/lien/")[2].split()[0]
    finish_activation(None, VISITOR, token, "nuage cactus trompette", now=NOW, on=database)
    with reading(database) as session:
        return factories.actor_of_learner(
            session.exec(select(Learner).join(Person).where(Person.email == "ada@exemple.test")).one()
        )


def test_who_may_not_fit_is_told_to_ask_and_nobody_is_refused(desk: Desk) -> None:
    company, place = a_bakery(desk.database)
    desk.saves(HIGHER, kinds=["efp"])
    form = filled_form(place) | {"scheme": CODE}
    offer = publish_offer(company, form, now=NOW, on=desk.database).row.offer_id
    with transaction(desk.database) as session:
        young = factories.actor_of_learner(factories.a_learner(session, birth_year=2010))
    notes = offer_detail(young, offer, now=NOW, on=desk.database).minor_notes
    assert [("18 à 30 ans" in note, "Ton opérateur" in note) for note in notes] == [(True, False), (False, True)]
    typed = ApplicationInput(form_key="c" * 32, motivation="J’aime le pain.")
    assert send_application(young, offer, typed, now=NOW, on=desk.database).application_id
