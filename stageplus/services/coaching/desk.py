"""The figures of a coach's desk: each with its definition, and the list of just those rows that it counts."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sqlmodel import Session, and_, case, col, func, select

from stageplus.domain.actors import Actor
from stageplus.domain.coaching import months_earlier
from stageplus.domain.offers import OfferStatus
from stageplus.models import Company, CompanyContact, CompanyFollowUp, Offer, OfferChange, Sector
from stageplus.services.coaching import scope
from stageplus.services.coaching.counting import has_application, has_unanswered
from stageplus.services.coaching.schemas import COMPANIES, OFFERS, CallRow, DeskFigure, Tone
from stageplus.services.coaching.scope import Bounds
from stageplus.services.paging import cut_words
from stageplus.texts import _, ngettext
from stageplus.texts.formats import BRUSSELS, day_in_brussels, days_ago, number, short_date

MOST_CALLS = 20


class Meaning(NamedTuple):
    """What a figure is called, what it counts, where its list is, and in which tone it stands when it is not zero."""

    label: str
    definition: str
    path: str
    filters: Mapping[str, str] = {}
    tone: Tone = "neutral"


def meanings(known: Bounds, soon_days: int) -> dict[str, Meaning]:
    """Say what each figure means, in the order of the desk."""
    warning: Tone = "warning"
    return {
        "offers": Meaning(_("Offres en ligne"), _("Publiées, ouvertes aux candidatures."), OFFERS),
        "places": Meaning(_("Places libres"), _("Places de ces offres, moins celles déjà prises."), OFFERS),
        "without": Meaning(
            _("Sans candidature"), _("Offres en ligne que personne n’a demandées."), OFFERS, {"sans": "oui"}, warning
        ),
        "soon": Meaning(
            _("Se terminent bientôt"),
            _("Offres en ligne, fin dans les {n} jours.").format(n=soon_days),
            OFFERS,
            {"bientot": "oui"},
        ),
        "waiting": Meaning(
            _("Réponse attendue"),
            _("Offres en ligne avec une candidature sans première réponse."),
            OFFERS,
            {"attente": "oui"},
            warning,
        ),
        "quiet": Meaning(
            _("Entreprises silencieuses"),
            _("Agréées, ont déjà publié, plus rien en ligne ni touché depuis {n} jours.").format(n=known.quiet_days),
            COMPANIES,
            {"etat": "muettes"},
            warning,
        ),
        "new": Meaning(
            _("Nouvel agrément sans offre"),
            _("Entreprises avec un agrément de moins de {n} jours, jamais utilisé.").format(n=known.new_days),
            COMPANIES,
            {"etat": "nouveaux"},
        ),
        "never": Meaning(
            _("Jamais publié"),
            _("Entreprises agréées sans aucune offre jusqu’ici."),
            COMPANIES,
            {"etat": "jamais"},
        ),
        "written": Meaning(
            _("Message de coach reçu"),
            _("Entreprises à qui un coach a écrit ces {n} derniers jours, en un envoi à plusieurs.").format(
                n=known.written_days
            ),
            COMPANIES,
            {"etat": "ecrites"},
        ),
    }


def counted(session: Session, sectors: Collection[str], known: Bounds, soon: date) -> dict[str, int]:
    """Count what the desk shows of some sectors together, in two statements."""
    offers: Any = select(  # type: ignore[call-overload]
        func.count(),
        func.sum(col(Offer.places) - col(Offer.places_taken)),
        _sum_of(~has_application()),
        _sum_of(col(Offer.ends_on) <= soon),
        _sum_of(has_unanswered()),
    ).select_from(Offer)
    published = col(Offer.status) == OfferStatus.PUBLISHED
    of_offers = session.execute(offers.where(col(Offer.sector_code).in_(sectors), published)).one()
    companies = select(func.count()).select_from(Company)
    unused = companies.where(scope.has_unused_approval(sectors, known)).scalar_subquery()
    written = companies.where(scope.followed(sectors), scope.was_written_to(sectors, known)).scalar_subquery()
    quiet_and_never = scope.standing_counts(sectors, known)
    of_companies = session.execute(quiet_and_never.add_columns(unused, written)).one()
    names = ("offers", "places", "without", "soon", "waiting", "quiet", "never", "new", "written")
    return {name: int(value or 0) for name, value in zip(names, [*of_offers, *of_companies], strict=True)}


def figures(
    counts: Mapping[str, int], meaning: Mapping[str, Meaning], sector: str = "", before: str = ""
) -> list[DeskFigure]:
    """Put counts beside what they mean, each with the address of its list; `before` is said of the open offers."""
    return [
        DeskFigure(
            key=name,
            label=means.label,
            value=number(counts[name]),
            definition=means.definition,
            href=_address(means, sector),
            before=before if name == "offers" else "",
            tone=means.tone if counts[name] else "neutral",
        )
        for name, means in meaning.items()
    ]


def before_words(session: Session, sectors: Collection[str], now: datetime) -> str:
    """Say how many offers were on line a month and a year ago, as their stories tell; nothing of before the first."""
    here = now.astimezone(BRUSSELS)
    ago = {months: datetime.combine(months_earlier(day_in_brussels(now), months), here.timetz()) for months in (1, 12)}
    was_on_line = [_sum_of(_on_line_at(moment)) for moment in ago.values()]
    together: Any = select(func.min(Offer.published_at), *was_on_line).select_from(Offer)
    began, month, year = session.execute(together.where(*_published_in(sectors))).one()
    said = ((1, month, _("{n} il y a un mois")), (12, year, _("{n} il y a un an")))
    known = [words.format(n=number(int(count))) for months, count, words in said if began and began <= ago[months]]
    return " · ".join(known)


def calls_of(session: Session, actor: Actor, known: Bounds) -> tuple[list[CallRow], str]:
    """List the companies to speak with today, the longest overdue first, and say when there are more."""
    last = select(func.max(CompanyContact.on_day)).where(
        CompanyContact.company_id == CompanyFollowUp.company_id,
        CompanyContact.sector_code == CompanyFollowUp.sector_code,
    )
    total = func.count().over()
    read: Any = select(  # type: ignore[call-overload]
        CompanyFollowUp, Company, Sector, last.correlate(CompanyFollowUp).scalar_subquery(), total
    )
    read = read.join(Company, col(Company.id) == CompanyFollowUp.company_id)
    read = read.join(Sector, col(Sector.code) == CompanyFollowUp.sector_code)
    read = read.where(col(CompanyFollowUp.sector_code).in_(actor.sectors), col(CompanyFollowUp.due_on) <= known.today)
    read = read.where(scope.followed(actor.sectors))
    rows = session.execute(read.order_by(CompanyFollowUp.due_on, Company.plain_name).limit(MOST_CALLS)).all()
    calls = [_call(known.today, *row) for *row, _total in rows]
    return calls, cut_words(len(rows), rows[0][4] if rows else 0)


def _call(today: date, planned: CompanyFollowUp, company: Company, sector: Sector, last: date | None) -> CallRow:
    late = (today - planned.due_on).days
    return CallRow(
        company_id=company.id or 0,
        company=company.name,
        sector=sector.name,
        due=ngettext("en retard de {n} jour", "en retard de {n} jours", late).format(n=late)
        if late
        else _("aujourd’hui"),
        is_late=late > 0,
        last_contact=f"{short_date(last)} ({days_ago(last, today)})" if last else _("aucun"),
    )


def _on_line_at(moment: datetime) -> Any:
    """Say whether an offer was on line at a moment: as it stands if nothing moved since, else as its story tells."""
    of_offer = select(OfferChange.status).where(OfferChange.offer_id == Offer.id, OfferChange.at <= moment)
    latest = of_offer.order_by(col(OfferChange.at).desc(), col(OfferChange.id).desc()).limit(1)
    stood = case((Offer.updated_at <= moment, col(Offer.status)), else_=latest.correlate(Offer).scalar_subquery())
    return and_(col(Offer.published_at) <= moment, stood == OfferStatus.PUBLISHED)


def _published_in(sectors: Collection[str]) -> tuple[Any, ...]:
    """Return the conditions of offers of some sectors that were ever published: all that an index of theirs holds."""
    published = [each for each in OfferStatus if each is not OfferStatus.DRAFT]
    return col(Offer.status).in_(published), col(Offer.sector_code).in_(sectors)


def _sum_of(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _address(means: Meaning, sector: str) -> str:
    asked = {**({"secteur": sector} if sector else {}), **means.filters}
    return f"{means.path}?{urlencode(asked)}" if asked else means.path
