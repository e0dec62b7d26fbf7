"""What OFFA reads of moderation, a learner of their own flag, and a company of what is asked of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.errors import NotFound
from stageplus.domain.moderation import MODERATION, Standing
from stageplus.domain.offers import OfferStatus
from stageplus.domain.titles import place_title
from stageplus.models import (
    Company,
    Establishment,
    Learner,
    ModerationCase,
    ModerationStep,
    Offer,
    OfferFlag,
    Person,
    Trade,
)
from stageplus.services.moderation import remarks
from stageplus.services.moderation.schemas import (
    FLAG_WORDS,
    STANDING_WORDS,
    STEP_WORDS,
    CaseDetail,
    CaseGroup,
    CasePage,
    CaseRow,
    CaseSearch,
    FlagRow,
    MyFlag,
    Notice,
)
from stageplus.services.moderation.wording import remarks_sentence, texts_of
from stageplus.services.paging import page_of
from stageplus.services.timelines import TimelineStep
from stageplus.texts import _
from stageplus.texts.formats import moment_words, offers_counted

remarks_on = remarks.remarks_on
passages_of = remarks.passages_of
GROUPS: dict[CaseGroup, Any] = {
    "": col(ModerationCase.waiting_since).is_not(None),
    "demandes": ModerationCase.standing == Standing.CHANGE_ASKED,
    "hors-ligne": ModerationCase.standing == Standing.TAKEN_OFF,
    "tout": col(ModerationCase.offer_id).is_not(None),
}
DETAIL = 140
"""Letters of a reason that the queue shows; the case shows it whole."""
ONLINE_WORDS = {
    OfferStatus.PUBLISHED: _("En ligne"),
    OfferStatus.SUSPENDED: _("En pause"),
}


def cases_waiting() -> Any:
    """Count the offers that wait for OFFA, as part of a statement."""
    waiting = col(ModerationCase.waiting_since).is_not(None)
    return select(func.count()).select_from(ModerationCase).where(waiting).scalar_subquery()


def moderation_queue(actor: Actor | None, search: CaseSearch, *, now: datetime, on: Engine | None = None) -> CasePage:
    """List the offers that moderation looks at, those that wait longest first; for OFFA alone."""
    actor = require(actor, Permission.OFFER_MODERATE)
    with reading(on) as session:
        wanted = select(ModerationCase.offer_id).where(GROUPS[search.group])
        oldest = (col(ModerationCase.waiting_since).is_(None), col(ModerationCase.waiting_since))
        ordered = wanted.order_by(*oldest, col(ModerationCase.changed_at).desc(), col(ModerationCase.offer_id))
        found = page_of(session, ordered, search.page)
        rows = {each.offer_id: each for each in _rows(session, col(ModerationCase.offer_id).in_(found.ids))}
    return CasePage(
        rows=[rows[each] for each in found.ids],
        found_words=offers_counted(found.total),
        page=found.page,
        pages=found.pages,
    )


def moderation_case(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> CaseDetail:
    """Show what there is to decide about one offer; raises `NotFound` for what never came to moderation."""
    actor = require(actor, Permission.OFFER_MODERATE)
    with reading(on) as session:
        return case_in(session, offer_id, now)


def my_flag(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> MyFlag:
    """Say whether the learner's own flag on an offer waits for OFFA."""
    actor = require(actor, Permission.OFFER_FLAG)
    with reading(on) as session:
        mine = select(OfferFlag.at).where(OfferFlag.offer_id == offer_id, OfferFlag.learner_id == actor.learner_id)
        at = session.exec(mine.where(col(OfferFlag.settled_at).is_(None))).first()
        return MyFlag(moment_words(at) if at else "")


def case_in(session: Session, offer_id: int, now: datetime) -> CaseDetail:
    """Build everything that OFFA needs to decide about an offer, within a session."""
    row = next(iter(_rows(session, ModerationCase.offer_id == offer_id)), None)
    if row is None:
        raise NotFound
    found = session.exec(select(Offer, Establishment).join(Establishment).where(Offer.id == offer_id)).one()
    offer, establishment = found
    noticed = remarks.remarks_on(offer.model_dump())
    standing = Standing(row.standing)
    return CaseDetail(
        row=row,
        establishment=establishment.name,
        online_words=ONLINE_WORDS.get(offer.status, _("Terminée")),
        texts=texts_of(offer),
        remarks=noticed,
        flags=_flags(session, offer_id),
        history=_history(session, offer_id),
        decisions=sorted(MODERATION.possible(standing, Role.OFFA)),
        suggested=_suggested(remarks_sentence([each for each in noticed if each.examined])),
    )


def notice_of(case: ModerationCase | None) -> Notice:
    """Return what a company reads on its offer: only what OFFA decided, never that somebody flagged it."""
    if case is None or case.standing is Standing.ONLINE:
        return Notice()
    taken_off = case.standing is Standing.TAKEN_OFF
    title = _("OFFA a mis cette offre hors ligne") if taken_off else _("OFFA vous demande de changer cette offre")
    return Notice(title, case.words, taken_off)


def is_taken_off(session: Session, offer_id: int | None) -> bool:
    """Say whether OFFA keeps an offer off line."""
    case = session.get(ModerationCase, offer_id)
    return case is not None and case.standing is Standing.TAKEN_OFF


def title_of(session: Session, offer: Offer) -> str:
    """Name an offer and its company in one line."""
    trade, company = session.get_one(Trade, offer.trade_code), session.get_one(Company, offer.company_id)
    return f"{place_title(trade.name_f, trade.name_m)}, {company.name}"


def _rows(session: Session, which: Any) -> list[CaseRow]:
    came = col(ModerationStep.role).in_([Role.COMPANY, Role.LEARNER])
    last = select(func.max(ModerationStep.id)).where(ModerationStep.offer_id == ModerationCase.offer_id, came)
    statement: Any = select(ModerationCase, Offer, Company.name, Trade, ModerationStep)  # type: ignore[call-overload]
    statement = statement.join(Offer, ModerationCase.offer_id == Offer.id)
    statement = statement.join(Company, Offer.company_id == Company.id).join(Trade, Offer.trade_code == Trade.code)
    step = ModerationStep.id == last.correlate(ModerationCase).scalar_subquery()
    statement = statement.join(ModerationStep, step, isouter=True).where(which)
    return [_row(*found) for found in session.exec(statement)]


def _row(case: ModerationCase, offer: Offer, company: str, trade: Trade, came: ModerationStep | None) -> CaseRow:
    return CaseRow(
        offer_id=case.offer_id,
        title=place_title(trade.name_f, trade.name_m),
        company=company,
        why=STEP_WORDS[came.step] if came else "",
        detail=came.words[:DETAIL] if came else "",
        since=moment_words(case.waiting_since or case.changed_at),
        standing=case.standing.value,
        standing_words=_("À examiner") if case.waiting_since else STANDING_WORDS[case.standing],
        waits=case.waiting_since is not None,
    )


def _flags(session: Session, offer_id: int) -> list[FlagRow]:
    flags = select(OfferFlag, Person).join(Learner, col(OfferFlag.learner_id) == Learner.id, isouter=True)
    flags = flags.join(Person, col(Learner.person_id) == Person.id, isouter=True)
    found = session.exec(flags.where(OfferFlag.offer_id == offer_id).order_by(col(OfferFlag.id).desc())).all()
    return [
        FlagRow(FLAG_WORDS[flag.reason], flag.words, _name(person), moment_words(flag.at), flag.settled_at is not None)
        for flag, person in found
    ]


def _history(session: Session, offer_id: int) -> list[TimelineStep]:
    steps = select(ModerationStep, Person).join(Person, col(ModerationStep.person_id) == Person.id, isouter=True)
    found = session.exec(steps.where(ModerationStep.offer_id == offer_id).order_by(col(ModerationStep.id))).all()
    return [
        TimelineStep(
            STEP_WORDS[step.step], " · ".join(filter(None, [moment_words(step.at), _name(person)])), step.words
        )
        for step, person in found
    ]


def _name(person: Person | None) -> str:
    return f"{person.first_name} {person.last_name}" if person else ""


def _suggested(passages: str) -> str:
    if not passages:
        return ""
    return _("Ces mots sont à changer : {passages}").format(passages=passages)
