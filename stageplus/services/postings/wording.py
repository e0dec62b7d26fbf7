"""The words of an offer as its own company reads them, and as the fields of its form hold them."""

from datetime import date, datetime, time

from stageplus.domain.offers import OfferStatus
from stageplus.domain.titles import both_genders, place_title
from stageplus.models import Establishment, Offer, Trade
from stageplus.services.offers.schemas import OfferDetail
from stageplus.services.postings.schemas import STATUS_WORDS, Intake, PosterSheet, PostingRow
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, days_ago, short_date

FIELDS = (
    "form_key", "scheme_code", "places", "starts_from", "starts_until", "day_starts_at", "day_ends_at", "weekly_hours",
    "tasks", "first_day", "language", "tutor_first_name", "tutor_function", "transport", "own_transport",
    "licence_needed", "equipment", "risks", "accessibility",
)  # fmt: skip


def title_of(trade: Trade, establishment: Establishment) -> str:
    """Name a trade in an establishment."""
    return f"{both_genders(trade.name_f, trade.name_m)} — {establishment.name}"


def place_words(offer: Offer) -> str:
    """Return the value that stands for an offer's establishment and trade in a form."""
    return f"{offer.establishment_id}:{offer.trade_code}"


def written_words(offer: Offer) -> dict[str, str]:
    """Return what each field of the form holds; what is nought or empty shows nothing."""
    written = {name: _in_a_field(getattr(offer, name, None)) for name in FIELDS}
    return written | {"place": place_words(offer), "scheme": written.pop("scheme_code")}


def posting_row(
    offer: Offer, trade: Trade, establishment: Establishment, to_answer: int, applications: int, *, now: datetime
) -> PostingRow:
    """Build the line of an offer."""
    is_open = offer.status in {OfferStatus.PUBLISHED, OfferStatus.SUSPENDED}
    today = day_in_brussels(now)
    taken = ngettext("{n} place prise sur {places}", "{n} places prises sur {places}", offer.places_taken)
    changed = days_ago(day_in_brussels(offer.updated_at), today)
    published = short_date(day_in_brussels(offer.published_at)) if offer.published_at else ""
    return PostingRow(
        offer_id=offer.id or 0,
        title=place_title(trade.name_f, trade.name_m),
        establishment=establishment.name,
        status=offer.status.value,
        status_words=STATUS_WORDS[offer.status],
        places=_("{taken} sur {places}").format(taken=offer.places_taken, places=offer.places),
        places_words=taken.format(n=offer.places_taken, places=offer.places),
        to_answer=to_answer,
        applications=applications,
        ends=_("jusqu’au {day}").format(day=short_date(offer.ends_on)) if is_open else "",
        changed=_("modifiée {when}").format(when=changed),
        intake_words=_("candidatures en pause") if intake_of(offer).has_enough else "",
        since=_("En ligne depuis le {day}").format(day=published) if published else "",
    )


def words_to_all(company: str) -> str:
    """Propose the last word of a company to everybody who waits for an offer that it closes; it may edit it."""
    return _(
        "Bonjour,\n\nMerci pour votre candidature et pour l’intérêt que vous portez à notre entreprise. "
        "La place n’est malheureusement plus libre. Nous vous souhaitons de trouver rapidement une place."
        "\n\nL’équipe de {company}"
    ).format(company=company)


def intake_of(offer: Offer) -> Intake:
    """Say whether an offer takes applications, and what stops it."""
    is_open = offer.status in {OfferStatus.PUBLISHED, OfferStatus.SUSPENDED}
    words = ""
    if offer.intake_paused:
        words = _("Vous avez mis les candidatures en pause.")
    elif offer.at_cap:
        words = ngettext(
            "{n} candidature attend, comme vous l’avez choisi : les suivantes attendront vos réponses.",
            "{n} candidatures attendent, comme vous l’avez choisi : les suivantes attendront vos réponses.",
            offer.most_waiting or 0,
        ).format(n=offer.most_waiting)
    most = "" if offer.most_waiting is None else str(offer.most_waiting)
    return Intake(can_change=is_open, has_enough=is_open and bool(words), words=words, most=most)


def poster_sheet(shown: OfferDetail, offer_id: int) -> PosterSheet:
    """Choose what of an offer goes on its poster."""
    return PosterSheet(
        title=shown.title,
        company=shown.company,
        facts=(
            (_("Où"), shown.municipality),
            (_("Places libres"), shown.places_left),
            (_("Jours en entreprise"), shown.days),
            (_("Horaire"), shown.hours),
            (_("Début"), shown.start),
            (_("Rétribution"), shown.pay_from),
        ),
        tasks=shown.tasks,
        until=_("Offre ouverte jusqu’au {day}.").format(day=shown.ends_on),
        path=f"/offres/{offer_id}",
    )


def _in_a_field(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value or "")
