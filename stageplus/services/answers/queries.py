"""What a company reads beside an application: what it may take back, and whom or where it may hand it over to."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import APPLICATION_LIFE
from stageplus.domain.offers import OfferStatus
from stageplus.models import Company, Establishment, HandOver, HeldAnswer, Municipality, Offer, Person
from stageplus.services.answers.schemas import Desk, Ways
from stageplus.services.applications.queries import Parties, application_of_company, polite_words
from stageplus.services.registers.queries import parameters_in_force
from stageplus.services.teams.queries import people_at
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels


def answer_desk(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Desk:
    """Show the answer that one gave last and may still take back, and the words that an answer begins with."""
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with reading(on) as session:
        known = parameters_in_force(session, day_in_brussels(now))
        mine = select(HeldAnswer.key).where(HeldAnswer.person_id == actor.person_id, col(HeldAnswer.until) > now)
        last = session.exec(mine.order_by(col(HeldAnswer.given_at).desc()).limit(1)).first()
        company = session.get(Company, actor.company_id) if actor.company_id else None
        return Desk(
            undo_key=last or "",
            undo_words=_undo_words(int(float(known["answer_undo_seconds"]))) if last else "",
            polite_words=polite_words("", company.name if company else ""),
            promise_words=_promise_words(int(known["answer_promise_days"])),
        )


def ways_on(actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None) -> Ways:
    """Show whom and where an application may be handed over to; nobody and nowhere once it has ended.

    Raises `NotFound` for another company's application, or a withdrawn one.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with reading(on) as session:
        parties = application_of_company(session, actor, application_id)
        holder = _holder(session, application_id)
        if "hand over" not in APPLICATION_LIFE.possible(parties.application.status, actor.role):
            return Ways(holder=holder)
        there = _elsewhere(session, parties, now)
        return Ways(
            colleagues=tuple((str(each.id), _name(each, actor)) for each in colleagues_for(session, parties)),
            elsewhere=tuple((str(offer.id), f"{place.name}, {town}") for offer, place, town in there),
            holder=holder,
        )


def colleagues_for(session: Session, parties: Parties) -> list[Person]:
    """List the people who act for the application's establishment and whose account is open."""
    return [each for each in people_at(session, parties.establishment) if each.suspended_at is None]


def offers_elsewhere(session: Session, parties: Parties, now: datetime) -> list[tuple[Offer, Establishment]]:
    """List the open offers of the same company for the same trade, in its other establishments."""
    return [(offer, place) for offer, place, _town in _elsewhere(session, parties, now)]


def _elsewhere(session: Session, parties: Parties, now: datetime) -> list[tuple[Offer, Establishment, str]]:
    mine = parties.offer
    wanted = (
        select(Offer, Establishment, Municipality.name)
        .join(Establishment, col(Offer.establishment_id) == Establishment.id)
        .join(Municipality, col(Offer.municipality_ins) == Municipality.ins)
        .where(Offer.company_id == mine.company_id, Offer.establishment_id != mine.establishment_id)
        .where(Offer.trade_code == mine.trade_code, Offer.scheme_code == mine.scheme_code)
        .where(Offer.status == OfferStatus.PUBLISHED, col(Offer.ends_on) >= day_in_brussels(now))
        .where(col(Offer.places_taken) < col(Offer.places))
        .order_by(Establishment.name, col(Offer.id))
    )
    return [(offer, place, town) for offer, place, town in session.exec(wanted)]


def _holder(session: Session, application_id: int) -> str:
    to = select(Person).join(HandOver, col(HandOver.person_id) == Person.id)
    found = session.exec(to.where(HandOver.application_id == application_id)).first()
    return _("Confiée à {name}").format(name=f"{found.first_name} {found.last_name}") if found else ""


def _name(person: Person, actor: Actor) -> str:
    name = f"{person.first_name} {person.last_name}"
    return _("{name} (vous)").format(name=name) if person.id == actor.person_id else name


def _undo_words(seconds: int) -> str:
    return ngettext(
        "Votre réponse part dans {n} seconde : d’ici là, vous pouvez la reprendre.",
        "Votre réponse part dans {n} secondes : d’ici là, vous pouvez la reprendre.",
        seconds,
    ).format(n=seconds)


def _promise_words(days: int) -> str:
    words = _("Dans {n} jours au plus. La personne lit cette date, et vous ne recevez pas de rappel d’ici là.")
    return words.format(n=days)
