"""Use cases of a message to several companies: a coach sends it, a company stops such messages or wants them again."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.coaching import ContactKind
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound
from stageplus.domain.refusals import LinkOfAnother
from stageplus.models import Circular, CircularStop, Company, CompanyContact, CompanyMember, LinkPurpose, Person
from stageplus.services.circulars.addressees import readers_of
from stageplus.services.circulars.letters import news_of, send
from stageplus.services.circulars.plans import Plan, plan_of
from stageplus.services.circulars.queries import choice_in
from stageplus.services.circulars.schemas import CircularChoice, SendInput, SentCircular, WantedInput, asked_by
from stageplus.services.inputs import identifier
from stageplus.services.links.actions import spend_link
from stageplus.services.notifications.actions import drop_news_about
from stageplus.services.notifications.live import tell
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, number


def send_circular(actor: Actor | None, data: SendInput, *, now: datetime, on: Engine | None = None) -> SentCircular:
    """Send a message to the companies that its preview named, once per form, and note it in the history of each.

    Whoever stopped such messages or got one since the preview is left out. Raises `InvalidInput` without a preview,
    or when nobody is left to write to, `NotFound` for companies of none of the coach's sectors, `AlreadyDone` when the
    form is somebody else's.
    """
    actor, ids = require(actor, Permission.COMPANY_INVITE), asked_by(data.query).ticked
    if not ids:
        raise InvalidInput({"form": _("Relisez d’abord l’aperçu : lui seul dit à qui le message part.")})
    # The companies and the words are part of the key: another message from the same page is another message.
    key = sha256(f"{data.form_key}:{data.query}:{data.subject}:{data.words}".encode()).hexdigest()
    with transaction(on) as session:
        _wait_for_each_other(session, actor, ids)
        sent = session.exec(select(Circular).where(Circular.form_key == key)).first()
        if sent is not None and sent.person_id != actor.person_id:
            raise AlreadyDone
        if sent is None:
            sent = _sent(session, actor, plan_of(session, actor, data, now), data, key, now)
        return SentCircular(_sent_words(sent.companies))


def stop_by_link(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> bool:
    """Stop the messages of coaches to the company of a mailed link, for whoever holds it, signed in or not.

    Raises `NotFound` for a token that is none, `LinkSpent` when it was used or has expired, `LinkOfAnother` when
    whoever got the mail no longer acts for the company.
    """
    with transaction(on) as session:
        link = spend_link(session, token, LinkPurpose.STOP_CIRCULARS, now)
        if session.get(CompanyMember, (link.person_id, identifier(link.subject))) is None:
            raise LinkOfAnother
        _stop(session, identifier(link.subject), now)
    return True


def choose_circulars(
    actor: Actor | None, data: WantedInput, *, now: datetime, on: Engine | None = None
) -> CircularChoice:
    """Stop the messages of coaches to the company that one acts for, or want them again; `NotFound` without one."""
    actor = require(actor, Permission.TEAM_BELONG)
    with transaction(on) as session:
        company_id = actor.company_id or 0
        if session.get(CompanyMember, (actor.person_id, company_id)) is None:
            raise NotFound
        if data.wanted:
            session.exec(delete(CircularStop).where(col(CircularStop.company_id) == company_id))
        else:
            _stop(session, company_id, now)
        return choice_in(session, actor)


def _wait_for_each_other(session: Session, actor: Actor, ids: tuple[int, ...]) -> None:
    """Hold the coach and the companies: two taps, or two coaches who write to one company, come one after the other."""
    me = select(Person.id).where(Person.id == actor.person_id, Person.role == Role.COACH)
    session.exec(me.with_for_update(key_share=True)).one()
    _hold(session, ids)


def _hold(session: Session, ids: tuple[int, ...]) -> None:
    held = select(Company.id).where(col(Company.id).in_(ids)).order_by(col(Company.id))
    session.exec(held.with_for_update(key_share=True)).all()


def _sent(session: Session, actor: Actor, plan: Plan, data: SendInput, key: str, now: datetime) -> Circular:
    if not plan.reached:
        raise InvalidInput({"form": _("Plus aucune de ces entreprises ne peut recevoir le message : voyez l’aperçu.")})
    circular = Circular(
        form_key=key,
        person_id=actor.person_id,
        sector_code=plan.sector,
        subject=data.subject,
        words=data.words,
        way=data.way,
        companies=len(plan.reached),
        sent_at=now,
    )
    session.add(circular)
    session.flush()
    _note(session, circular, plan, now)
    _mail(session, circular, plan, now)
    tell(session, f"sector:{plan.sector}")
    return circular


def _note(session: Session, circular: Circular, plan: Plan, now: datetime) -> None:
    about: dict[str, Any] = {"sector_code": plan.sector, "person_id": circular.person_id, "circular_id": circular.id}
    said: dict[str, Any] = {"kind": ContactKind.MESSAGE, "words": circular.subject, "on_day": day_in_brussels(now)}
    session.add_all(CompanyContact(company_id=each.company_id, at=now, **said, **about) for each in plan.reached)


def _mail(session: Session, circular: Circular, plan: Plan, now: datetime) -> None:
    lasts = timedelta(days=float(parameter_in_force(session, "circular_link_days", day_in_brussels(now))))
    readers = readers_of(session, [each.company_id for each in plan.reached], plan.sector)
    for company in plan.reached:
        for reader in readers.get(company.company_id, []):
            send(session, circular, plan.author, company, reader, lasts, now)


def _stop(session: Session, company_id: int, now: datetime) -> None:
    _hold(session, (company_id,))
    if session.get(CircularStop, company_id) is None:
        session.add(CircularStop(company_id=company_id, since=now))
    drop_news_about(session, news_of(company_id))


def _sent_words(count: int) -> str:
    words = ngettext("Le message part à {n} entreprise.", "Le message part à {n} entreprises.", count)
    return words.format(n=number(count))
