"""The words of an offer as a learner reads them, and what is computed and never typed."""

from collections.abc import Mapping
from datetime import date, time

from stageplus.models import Learner, Offer
from stageplus.services.offers.lexicon import Lexicon
from stageplus.services.offers.schemas import OfferCard, OfferDetail, PayRow
from stageplus.services.offers.search import days_fit
from stageplus.texts import _, ngettext
from stageplus.texts.formats import days_words, hour, kilometres, long_date, money, number, short_date

LEVELS = ("a", "b", "c")
YEARS = 7
SATURDAY_AND_SUNDAY = 6
NIGHT_STARTS, NIGHT_ENDS = time(20), time(6)


def start_words(day: date) -> str:
    """Say from when the place is free."""
    return _("à partir du {day}").format(day=short_date(day))


def pay_rows(parameters: Mapping[str, str]) -> list[PayRow]:
    """Compute the minimum rétribution per level: a share of the minimum monthly income in force."""
    income = float(parameters["rmmmg_monthly_eur"])
    rates = {level: float(parameters[f"pay_rate_{level}"]) for level in LEVELS}
    return [
        PayRow(level.upper(), _("{n} % du revenu minimum").format(n=number(rate)), money(income * rate / 100))
        for level, rate in rates.items()
    ]


def minor_notes(offer: Offer) -> list[str]:
    """Explain to learners under eighteen what the hours mean for them."""
    notes = []
    if offer.day_starts_at < NIGHT_ENDS or offer.day_ends_at > NIGHT_STARTS or offer.day_ends_at < offer.day_starts_at:
        notes.append(_("Avant 18 ans, pas de travail entre 20 h et 6 h, sauf si ton secteur le permet."))
    if offer.company_days >> SATURDAY_AND_SUNDAY & 1:
        notes.append(_("Il y a du travail le dimanche : avant 18 ans, seuls certains secteurs le permettent."))
    return notes


def detail_of(
    offer: Offer,
    company: str,
    establishment: str,
    known: Lexicon,
    learner: Learner,
    distance: float,
    parameters: Mapping[str, str],
    is_open: bool,
    applied_id: int,
    similar: list[OfferCard],
) -> OfferDetail:
    """Build everything that a learner reads of an offer."""
    left = offer.places - offer.places_taken
    fits = days_fit(offer.company_days, learner.company_days)
    return OfferDetail(
        offer_id=offer.id or 0,
        title=known.trades[offer.trade_code].place,
        company=company,
        establishment=establishment,
        municipality=known.municipalities[offer.municipality_ins].name,
        distance=kilometres(distance),
        days=days_words(offer.company_days),
        days_words=_days_words(fits, learner.company_days),
        days_fit=fits,
        hours=_("de {start} à {end}").format(start=hour(offer.day_starts_at), end=hour(offer.day_ends_at)),
        weekly_hours=_("{n} h par semaine dans l’entreprise").format(n=offer.weekly_hours),
        start=_("entre le {first} et le {last}").format(
            first=short_date(offer.starts_from), last=short_date(offer.starts_until)
        ),
        places_left=ngettext("{n} place", "{n} places", left).format(n=left),
        tasks=offer.tasks,
        first_day=offer.first_day,
        years=_years_words(offer.years),
        language=offer.language,
        tutor=", ".join(filter(None, [offer.tutor_first_name, offer.tutor_function])),
        transport=offer.transport,
        own_transport=_transport_words(offer),
        equipment=offer.equipment,
        risks=offer.risks,
        accessibility=offer.accessibility,
        ends_on=long_date(offer.ends_on),
        pay=pay_rows(parameters),
        minor_notes=minor_notes(offer),
        who_answers=_("{company} te répond, au plus tard {n} jours après ta candidature.").format(
            company=company, n=number(float(parameters["answer_due_days"]))
        ),
        is_open=is_open,
        applied_id=applied_id,
        similar=similar,
    )


def _days_words(fits: bool, mine: int) -> str:
    if fits:
        return _("Ces jours vont avec les tiens.")
    return _("Tes jours en entreprise sont {days} : parles-en avec ton opérateur.").format(days=days_words(mine))


def _years_words(bits: int) -> str:
    if bits & YEARS == YEARS:
        return _("toutes les années")
    names = (_("1re"), _("2e"), _("3e"))
    return _("{years} année").format(
        years=", ".join(name for position, name in enumerate(names) if bits >> position & 1)
    )


def _transport_words(offer: Offer) -> str:
    if offer.licence_needed:
        return _("Le permis de conduire est nécessaire.")
    return _("Un moyen de transport à toi est nécessaire.") if offer.own_transport else ""
