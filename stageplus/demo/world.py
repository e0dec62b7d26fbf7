"""Fills an empty database with an invented, plausible world: people, companies, offers and applications.

Deterministic but for `now`, so that dates never look old. Every name is invented, every address ends in demo.test.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from random import Random

from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.db.words import remember_words
from stageplus.demo import words
from stageplus.demo.answers import hand_over_some
from stageplus.demo.cast import Cast, a_company, a_learner, a_person, lost_mailbox, lost_phone, mark, people_of
from stageplus.demo.enrolments import enrol_everybody
from stageplus.demo.following import follow_some
from stageplus.demo.interviews import fill_agenda
from stageplus.demo.learning import ask_for_some, keep_some, suggest_some, watch_for_some
from stageplus.demo.linked import link_two_shops
from stageplus.demo.moderation import fill_moderation
from stageplus.demo.notices import tell_some
from stageplus.demo.outreach import invite_companies
from stageplus.demo.prepared import prepare_some
from stageplus.demo.reference import announce, fill_reference
from stageplus.demo.registers import fill_registers
from stageplus.demo.seasons import fill_past_year
from stageplus.demo.staff import await_staff
from stageplus.demo.stories import DEMO_COMPANY_STORIES, DEMO_LEARNER_STORIES, IN_CONTACT, SEE, SEND, tell_story
from stageplus.demo.talks import fill_talks
from stageplus.domain.actors import Role
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    CoachMandate,
    JobLease,
    Learner,
    Municipality,
    Offer,
    Operator,
    OperatorMember,
    Person,
)
from stageplus.services.leases import DEMO_MARK
from stageplus.services.offers.actions import words_for
from stageplus.texts.formats import day_in_brussels

COMPANIES, LEARNERS = 66, 90
COACHED = ("construction", "alimentation", "mobilite", "horeca", "coiffure-bien-etre", "technologie-metal")
ENDS_SOON = timedelta(days=5)
STATUSES = (*[OfferStatus.PUBLISHED] * 12, OfferStatus.SUSPENDED, OfferStatus.EXPIRED, OfferStatus.CLOSED)


def is_demo_database(on: Engine) -> bool:
    """Say whether a database holds the invented world."""
    with transaction(on) as session:
        return session.get(JobLease, DEMO_MARK) is not None


def has_people(on: Engine) -> bool:
    """Say whether anybody, real or invented, is registered."""
    with transaction(on) as session:
        return session.exec(select(Person.id).limit(1)).first() is not None


def fill_demo_world(*, now: datetime, on: Engine, progress: Callable[[str], None] = lambda _step: None) -> None:
    """Fill the world once; a second call finds it and adds nothing. Needs the reference data."""
    if is_demo_database(on):
        return
    with transaction(on) as session:
        cast = Cast(session, now, Random(2026))  # noqa: S311 — a story, not a secret
        progress("Opérateurs, coachs et OFFA")
        operators = _operators(cast)
        _coaches(cast)
        await_staff(cast, a_person(cast, Role.OFFA, "offa@demo.test", "Olympe", "Fictif"), operators)
        progress("Entreprises et offres")
        offers = [*_companies(cast), *fill_registers(cast, operators)]
        progress("Apprenants et candidatures")
        _learners(cast, operators, offers)
        hand_over_some(cast)
        ask_for_some(cast, operators[0])
        _suggest(cast, offers)
        enrol_everybody(cast, operators)
        fill_moderation(cast)
        fill_talks(cast)
        fill_reference(cast)
        announce(cast)
        invite_companies(cast)
        tell_some(cast)
        fill_past_year(cast, operators)
        _write_words(session, [*offers, *link_two_shops(cast)])
        session.add(JobLease(name=DEMO_MARK, until=now, last_run_at=now, last_result="monde inventé"))


def _operators(cast: Cast) -> list[Operator]:
    made = []
    for number, (kind, name, town) in enumerate(words.OPERATORS):
        operator = cast.kept(Operator(kind=kind, name=name, municipality_ins=cast.town(town).ins))
        email = "operateur@demo.test" if number == 0 else f"referent{number}@demo.test"
        person = a_person(cast, Role.OPERATOR, email, words.FIRST_NAMES[number], "Gabarit")
        cast.kept(OperatorMember(person_id=person.id or 0, operator_id=operator.id or 0))
        made.append(operator)
    return made


def _coaches(cast: Cast) -> None:
    for number, sector in enumerate(COACHED):
        email = "coach@demo.test" if number == 0 else f"coach{number}@demo.test"
        person = a_person(cast, Role.COACH, email, words.FIRST_NAMES[-1 - number], "Patron")
        sectors = ("construction", "alimentation") if number == 0 else (sector,)
        for each in sectors:
            cast.kept(CoachMandate(person_id=person.id or 0, sector_code=each))


def _companies(cast: Cast) -> list[Offer]:
    towns, statuses = cycle(words.TOWNS), cycle(STATUSES)
    offers: list[Offer] = []
    bakery = words.TRADES[0]
    offers += a_company(cast, "Boulangerie du Nuage", cast.town("Namur"), bakery, [OfferStatus.PUBLISHED] * 2)
    people_of(cast, offers[0], "entreprise@demo.test")
    offers[1].ends_on = day_in_brussels(cast.now) + ENDS_SOON  # the reminder is in the mailbox from the start
    offers[0].most_waiting = 6
    offers += a_company(cast, "Pâtisserie du Nuage", cast.town("Namur"), words.TRADES[1], [OfferStatus.DRAFT])
    for number in range(COMPANIES):
        trade = words.TRADES[number % len(words.TRADES)]
        town = cast.town("Namur" if number in {0, 30} else next(towns))
        name = f"{trade[1]} {words.WHIMS[(number + number // 30 * 3 + 1) % len(words.WHIMS)]}"
        offers += a_company(cast, name, town, trade, [next(statuses), next(statuses), OfferStatus.PUBLISHED])
        people_of(cast, offers[-1], f"entreprise{number}@demo.test")
    offers += a_company(cast, "Atelier moto du Virage", cast.town("Namur"), words.MOTO, [OfferStatus.PUBLISHED] * 2)
    people_of(cast, offers[-1], "entreprise-moto@demo.test")
    return offers


def _learners(cast: Cast, operators: list[Operator], offers: list[Offer]) -> None:
    published = [offer for offer in offers if offer.status is OfferStatus.PUBLISHED]
    hers = [offer for offer in published if offer.trade_code == "boulanger"]
    namur = cast.town("Namur")
    mine = a_learner(cast, operators[0], "apprenant@demo.test", ("Mila", "Brouillon"), "boulanger", namur)
    for story, offer in zip(DEMO_LEARNER_STORIES, hers[2:], strict=False):
        tell_story(cast, offer, mine, story)
    tell_story(cast, hers[2 + len(DEMO_LEARNER_STORIES)], mine, (SEND, SEE), earlier=9)
    fill_agenda(cast, hers[2], operators[0], partial(tell_story, story=IN_CONTACT))
    keep_some(cast, mine, offers)
    watch_for_some(cast, mine, offers)
    for number in range(LEARNERS):
        operator = operators[number % len(operators)] if number > len(DEMO_COMPANY_STORIES) else operators[0]
        name = (words.FIRST_NAMES[number % len(words.FIRST_NAMES)], words.LAST_NAMES[number % len(words.LAST_NAMES)])
        trade = "boulanger" if number <= len(DEMO_COMPANY_STORIES) else words.TRADES[number % len(words.TRADES)][0]
        town = cast.session.get_one(Municipality, operator.municipality_ins)
        learner = a_learner(cast, operator, f"apprenant{number}@demo.test", name, trade, town)
        if number == 1:
            lost_phone(cast, learner)
        if number == 2:
            lost_mailbox(cast, learner)
        if number < len(DEMO_COMPANY_STORIES):
            tell_story(cast, hers[0], learner, DEMO_COMPANY_STORIES[number])
        elif number % 3:
            near = [offer for offer in published if offer.trade_code == trade and offer not in hers[:2]]
            for offer in near[:2]:
                tell_story(cast, offer, learner, cast.random.choice(DEMO_COMPANY_STORIES[:6]))
    prepare_some(cast, mine, hers[0], hers[-1])


def _suggest(cast: Cast, offers: list[Offer]) -> None:
    referent, learner = (
        cast.session.exec(select(Person).where(Person.email == email)).one()
        for email in ("operateur@demo.test", "apprenant@demo.test")
    )
    mine = cast.session.exec(select(Learner).where(Learner.person_id == learner.id)).one()
    suggest_some(cast, referent, mine, offers)
    follow_some(cast, referent, mine)


def _write_words(session: Session, offers: list[Offer]) -> None:
    session.flush()
    for offer in offers:
        if offer.status is OfferStatus.PUBLISHED:
            found = words_for(offer, mark(session, offer))
            session.add_all(found)
            remember_words(session, [each.word for each in found])
