"""The list of a company's applications, ordered and cut into pages by the database."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import aliased, load_only
from sqlmodel import Session, and_, case, col, func, select

from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import TO_ANSWER, ApplicationStatus
from stageplus.domain.titles import both_genders, place_title
from stageplus.models import (
    Application,
    ConversationSide,
    Establishment,
    HandOver,
    Interview,
    Learner,
    Offer,
    Person,
    Trade,
)
from stageplus.services.applications.schemas import STATUS_WORDS, InboxGroup, InboxPage, InboxRow, InboxSearch
from stageplus.services.applications.scope import learner_is_there, visible_to
from stageplus.services.applications.wording import answer_day
from stageplus.services.interviews.queries import list_words
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, days_ago, short_date

PAGE_SIZE = 20
MOST_OFFERS = 100
GROUPS: dict[InboxGroup, frozenset[ApplicationStatus]] = {
    "": frozenset(ApplicationStatus),
    "a-repondre": TO_ANSWER,
    "en-contact": frozenset({ApplicationStatus.IN_CONTACT}),
    "retenues": frozenset({ApplicationStatus.ACCEPTED}),
    "terminees": frozenset({ApplicationStatus.REFUSED, ApplicationStatus.LAPSED, ApplicationStatus.FELL_THROUGH}),
}
ENDED = GROUPS["retenues"] | GROUPS["terminees"]
TURN = {
    ApplicationStatus.SENT: 0,
    ApplicationStatus.SEEN: 0,
    ApplicationStatus.UNANSWERED: 1,
    ApplicationStatus.IN_CONTACT: 2,
}
"""What waits comes first: never answered, late, in contact; then everything else."""


def inbox_page(session: Session, actor: Actor, search: InboxSearch, to_answer: int, now: datetime) -> InboxPage:
    """Read one page, within a session."""
    wanted = [*visible_to(actor), col(Application.status).in_(GROUPS[search.group])]
    wanted += [Application.offer_id == search.offer] if search.offer else []
    wanted += [learner_is_there()] if search.group == "a-repondre" else []
    total = session.exec(select(func.count(col(Application.id))).join(Offer).where(*wanted)).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(search.page, pages)
    found = session.exec(_listed().where(*wanted).offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE))
    rows = [inbox_row(*each, now=now) for each in found]
    return InboxPage(
        rows=rows,
        offers=_offers(session, actor, search.offer),
        several=[_choice(row) for row in rows if row.status in TO_ANSWER and not row.suspended],
        to_answer=to_answer,
        total=total,
        page=page,
        pages=pages,
    )


def inbox_row(
    application: Application,
    person: Person,
    trade: Trade,
    establishment: Establishment,
    interview: Interview | None,
    holder: Person | None = None,
    unread: int | None = None,
    *,
    now: datetime,
) -> InboxRow:
    """Build the line of an application; `holder` is the colleague whom it was handed over to."""
    today = day_in_brussels(now)
    suspended = person.suspended_at is not None and application.status not in ENDED
    return InboxRow(
        application_id=application.id or 0,
        person=f"{person.first_name} {person.last_name}",
        title=place_title(trade.name_f, trade.name_m),
        establishment=establishment.name,
        status=application.status.value,
        status_words=STATUS_WORDS[application.status],
        received=_("Reçue {when}").format(when=days_ago(day_in_brussels(application.sent_at), today)),
        waiting_words=_("Compte suspendu pour le moment") if suspended else _waiting_words(application, interview),
        urgent=application.status in TO_ANSWER and answer_day(application) < today and not suspended,
        suspended=suspended,
        days_words=_days_words(application, today) if application.status in TO_ANSWER else "",
        holder=_("Confiée à {name}").format(name=f"{holder.first_name} {holder.last_name}") if holder else "",
        unread=_unread_words(unread or 0),
    )


def _unread_words(unread: int) -> str:
    if not unread:
        return ""
    return ngettext("{n} nouveau message", "{n} nouveaux messages", unread).format(n=unread)


def _waiting_words(application: Application, interview: Interview | None) -> str:
    if application.status in TO_ANSWER and application.promised_on:
        return _("Réponse promise avant le {day}").format(day=short_date(application.promised_on))
    if application.status in TO_ANSWER:
        return _("À répondre pour le {day}").format(day=short_date(application.answer_due_on))
    return list_words(interview) if application.status is ApplicationStatus.IN_CONTACT and interview else ""


def _choice(row: InboxRow) -> tuple[str, str]:
    return str(row.application_id), f"{row.person} — {row.title}"


def _days_words(application: Application, today: date) -> str:
    days = (today - day_in_brussels(application.sent_at)).days
    if days < 1:
        return _("Arrivée aujourd’hui")
    return ngettext("Attend depuis {n} jour", "Attend depuis {n} jours", days).format(n=days)


def _listed() -> Any:
    turn = case(TURN, value=col(Application.status), else_=len(TURN))
    due = func.coalesce(col(Application.promised_on), col(Application.answer_due_on))
    since = case((col(Application.status).in_(TURN), col(Application.sent_at)))
    waits = case((col(Application.status).in_(TO_ANSWER), due))
    theirs = (ConversationSide.application_id == Application.id, ConversationSide.role == Role.COMPANY)
    fields: Any = (Application.id, Application.status, Application.sent_at, Application.answer_due_on)
    holder = aliased(Person)
    return (
        select(Application, Person, Trade, Establishment, Interview, holder, ConversationSide.unread)  # type: ignore[call-overload]
        .options(load_only(*fields, Application.promised_on))  # type: ignore[arg-type]
        .outerjoin(HandOver, col(HandOver.application_id) == Application.id)
        .outerjoin(holder, col(holder.id) == HandOver.person_id)
        .join(Offer, col(Application.offer_id) == Offer.id)
        .join(Learner, col(Application.learner_id) == Learner.id)
        .join(Person, col(Learner.person_id) == Person.id)
        .join(Trade, col(Offer.trade_code) == Trade.code)
        .join(Establishment, col(Offer.establishment_id) == Establishment.id)
        .join(ConversationSide, and_(*theirs), isouter=True)
        .outerjoin(Interview, col(Interview.application_id) == Application.id)
        .order_by(turn, waits, since, col(Application.changed_at).desc(), col(Application.id).desc())
    )


def _offers(session: Session, actor: Actor, chosen: int) -> list[tuple[str, str]]:
    """List the offers with applications, the chosen one and the latest first: enough to choose from."""
    named: Any = (Offer.id, Offer.starts_from, Trade.name_f, Trade.name_m, Establishment.name)
    statement = (
        select(*named, func.count(col(Application.id)))  # type: ignore[call-overload]
        .select_from(Application)
        .join(Offer, col(Application.offer_id) == Offer.id)
        .join(Trade, col(Offer.trade_code) == Trade.code)
        .join(Establishment, col(Offer.establishment_id) == Establishment.id)
        .where(*visible_to(actor))
        .group_by(*named)
        .order_by(col(Offer.id) != chosen, col(Offer.id).desc())
    )
    return [(str(found[0]), _offer_words(*found[1:])) for found in session.exec(statement.limit(MOST_OFFERS))]


def _offer_words(starts: Any, name_f: str, name_m: str, establishment: str, count: int) -> str:
    sent = ngettext("{n} candidature", "{n} candidatures", count).format(n=count)
    words = _("{trade}, {establishment}, dès le {day} ({sent})")
    title = both_genders(name_f, name_m)
    return words.format(trade=title, establishment=establishment, day=short_date(starts), sent=sent)
