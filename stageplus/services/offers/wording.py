"""The words of an offer as a learner reads them, and what is computed and never typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from string import ascii_uppercase
from typing import Any

from stageplus.domain.hours import Night
from stageplus.domain.offers import OfferStatus
from stageplus.domain.schemes import Ages
from stageplus.models import Learner, Offer, Person, SchemeRule
from stageplus.services.offers.filters import days_fit
from stageplus.services.offers.honesty import confirmed_words
from stageplus.services.offers.lexicon import Lexicon
from stageplus.services.offers.schemas import OfferDetail, PayRow, Shown
from stageplus.texts import _, ngettext
from stageplus.texts.formats import days_span, days_words, hour, kilometres, long_date, money, number, short_date

LEVELS = ("a", "b", "c")
YEARS = 7
SUNDAY = 6


def start_words(day: date) -> str:
    """Say from when the place is free."""
    return _("dès le {day}").format(day=short_date(day))


def pay_rows(parameters: Mapping[str, str], own_rates: str = "") -> list[PayRow]:
    """Compute the minimum rétribution per level: a share of the minimum monthly income in force.

    The shares are those of the dispositif, joined by `|`, or the contrat d'alternance's when it has none.
    """
    income = float(parameters["rmmmg_monthly_eur"])
    rates = own_rates.split("|") if own_rates else [parameters[f"pay_rate_{level}"] for level in LEVELS]
    return [
        PayRow(level, _("{n} % du revenu minimum").format(n=number(float(rate))), money(income * float(rate) / 100))
        for level, rate in zip(ascii_uppercase, rates, strict=False)
    ]


def scheme_notes(sheet: "Sheet", today: date, *, no_age_limit: bool) -> list[str]:
    """Tell a learner who may not fit the dispositif to ask the operator, who decides; nobody is refused.

    A year of birth leaves two ages possible: nothing is said as long as one of them fits.
    """
    rule, notes = sheet.rule, []
    ages = Ages(rule.min_age, rule.min_age_with_two_years, rule.max_age_contract)
    if not ages.may_hold(sheet.learner.birth_year, today.year, no_limit=no_age_limit):
        words = _("Le dispositif de cette offre va de {least} à {most} ans : parles-en à ton opérateur.")
        notes.append(words.format(least=rule.min_age_with_two_years, most=rule.max_age_contract))
    if sheet.network not in rule.operator_kinds.split("|"):
        notes.append(_("Ton opérateur ne suit pas d’habitude ce dispositif : demande-lui si c’est possible."))
    return notes


def minor_notes(offer: Offer, night: Night) -> list[str]:
    """Explain to learners under eighteen what the hours mean for them."""
    notes = []
    if night.touches(offer.day_starts_at, offer.day_ends_at):
        words = _("Avant 18 ans, pas de travail entre {start} et {end}, sauf si ton secteur le permet.")
        notes.append(words.format(start=hour(night.starts), end=hour(night.ends)))
    if offer.company_days >> SUNDAY & 1:
        notes.append(_("Il y a du travail le dimanche : avant 18 ans, seuls certains secteurs le permettent."))
    return notes


def my_days_words(offered: int, mine: int) -> str:
    """Say in few words whether the days of an offer are those of the learner, or which are missing."""
    if days_fit(offered, mine):
        return _("tous tes jours")
    return _("il manque {days}").format(days=days_words(mine & ~offered))


@dataclass(frozen=True)
class Sheet:
    """An offer with the names around it and the learner who reads it, as one statement returns them."""

    offer: Offer
    company: str
    establishment: str
    scheme: str
    rule: SchemeRule
    learner: Learner
    person: Person
    operator: str
    network: str
    applied_id: int | None
    confirmed_at: datetime | None


def detail_of(sheet: Sheet, known: Lexicon, parameters: Mapping[str, str], today: date) -> OfferDetail:
    """Build everything that a learner reads of an offer."""
    offer, learner = sheet.offer, sheet.learner
    left = offer.places - offer.places_taken
    fits = days_fit(offer.company_days, learner.company_days)
    closed, pay = closed_words(offer, today), pay_rows(parameters, sheet.rule.pay_rates)
    home = known.distances_from(known.municipalities[learner.municipality_ins])
    return OfferDetail(
        offer_id=offer.id or 0,
        title=known.trades[offer.trade_code].place,
        company=sheet.company,
        establishment=sheet.establishment,
        municipality=known.municipalities[offer.municipality_ins].name,
        distance=kilometres(home[offer.municipality_ins]),
        days=days_span(offer.company_days),
        days_words=_days_words(fits, learner.company_days),
        days_fit=fits,
        scheme=sheet.scheme,
        hours=_("de {start} à {end}").format(start=hour(offer.day_starts_at), end=hour(offer.day_ends_at)),
        weekly_hours=_("{n} h par semaine dans l’entreprise").format(n=offer.weekly_hours),
        start=_("entre le {first} et le {last}").format(
            first=short_date(offer.starts_from), last=short_date(offer.starts_until)
        ),
        places_left=ngettext("{n} place", "{n} places", left).format(n=left),
        ends_on=long_date(offer.ends_on),
        pay_from=_("dès {amount} par mois").format(amount=pay[0].amount),
        pay=pay,
        minor_notes=[
            *scheme_notes(sheet, today, no_age_limit=known.trades[offer.trade_code].no_age_limit),
            *minor_notes(offer, Night.in_force(parameters)),
        ],
        who_answers=_("{company} te répond, au plus tard {n} jours après ta candidature.").format(
            company=sheet.company, n=number(float(parameters["answer_due_days"]))
        ),
        is_open=not closed,
        closed_words=closed,
        has_enough=bool(enough_words(offer)),
        applied_id=sheet.applied_id or 0,
        confirmed=confirmed_words(sheet.confirmed_at, offer.published_at, today),
        shown=_shown(sheet, known),
        **_typed(offer),
    )


def _typed(offer: Offer) -> dict[str, Any]:
    return {
        "tasks": offer.tasks,
        "first_day": offer.first_day,
        "years": _years_words(offer.years),
        "language": offer.language,
        "tutor": ", ".join(filter(None, [offer.tutor_first_name, offer.tutor_function])),
        "transport": offer.transport,
        "own_transport": _transport_words(offer),
        "equipment": offer.equipment,
        "risks": offer.risks,
        "accessibility": offer.accessibility,
    }


def closed_words(offer: Offer, today: date) -> str:
    """Say why an offer takes no application any more; nothing while it does."""
    words = {
        OfferStatus.SUSPENDED: _("Elle est en pause pour le moment. Elle peut revenir : repasse plus tard."),
        OfferStatus.FILLED: _("Toutes ses places sont prises."),
        OfferStatus.CLOSED: _("L’entreprise l’a fermée."),
        OfferStatus.EXPIRED: _("Elle est arrivée à sa date de fin."),
    }
    if offer.status is not OfferStatus.PUBLISHED:
        return words.get(offer.status, words[OfferStatus.CLOSED])
    if offer.ends_on < today:
        return words[OfferStatus.EXPIRED]
    if offer.places_taken >= offer.places:
        return words[OfferStatus.FILLED]
    return enough_words(offer)


def enough_words(offer: Offer) -> str:
    """Say that the company of an open offer has enough applications for now; nothing while it wants more."""
    if offer.status is not OfferStatus.PUBLISHED or not (offer.intake_paused or offer.at_cap):
        return ""
    return _("L’entreprise a assez de candidatures pour l’instant. L’offre peut rouvrir : garde-la et repasse.")


def _shown(sheet: Sheet, known: Lexicon) -> list[Shown]:
    learner, person = sheet.learner, sheet.person
    return [
        Shown(_("Ton nom"), f"{person.first_name} {person.last_name}"),
        Shown(_("Ton adresse e-mail"), person.email),
        Shown(_("Ton métier"), known.trades[learner.trade_code].title),
        Shown(_("Ton année"), _("{n}e année").format(n=learner.year) if learner.year > 1 else _("1re année")),
        Shown(_("Tes jours en entreprise"), days_span(learner.company_days)),
        Shown(_("Ta commune"), known.municipalities[learner.municipality_ins].name),
        Shown(_("Ton opérateur"), sheet.operator),
    ]


def _days_words(fits: bool, mine: int) -> str:
    if fits:
        return _("Ces jours vont avec les tiens.")
    return _("Tes jours en entreprise sont {days} : parles-en avec ton opérateur.").format(days=days_span(mine))


def _years_words(bits: int) -> str:
    if bits & YEARS == YEARS:
        return _("toutes les années")
    names = (_("1re"), _("2e"), _("3e"))
    return _("{years} année").format(
        years=", ".join(name for position, name in enumerate(names) if bits >> position & 1)
    )


def _transport_words(offer: Offer) -> str:
    needed = [_("Le permis de conduire est nécessaire.")] if offer.licence_needed else []
    needed += [_("Un moyen de transport à toi est nécessaire.")] if offer.own_transport else []
    return " ".join(needed)
