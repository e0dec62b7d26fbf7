"""A saved search: how it is kept, read again and said in words."""

import json

from stageplus.services.offers.schemas import FILTERS, OfferSearch
from stageplus.texts import _

OTHER_FILTERS = ("trade", "sector", "start", "evening", "no_weekend", "language", "scheme")
OF_THE_PAGE = {"page", "sort", "pace"}


def kept_search(search: OfferSearch) -> str:
    """Return the form in which a search is kept: its fields without those of a page of results."""
    fields = search.model_dump(mode="json", exclude=OF_THE_PAGE, exclude_defaults=True)
    return json.dumps(fields | {"radius": search.radius}, ensure_ascii=False, sort_keys=True)


def read_search(kept: str) -> OfferSearch:
    """Read a kept search; a filter that is there no more is left out."""
    return OfferSearch.read_address(json.loads(kept))


def search_fields(kept: str) -> dict[str, str]:
    """Return the fields of a kept search as an address bar holds them."""
    return {name: "oui" if value is True else str(value) for name, value in json.loads(kept).items() if value}


def is_everything(search: OfferSearch) -> bool:
    """Say whether a search names neither trade, word nor place: everything there is would answer it."""
    return not (search.text or search.place or search.trade or search.sector)


def search_words(search: OfferSearch) -> str:
    """Say a search in one line."""
    where = _("{place}, à {radius} km").format(place=search.place, radius=search.radius) if search.place else ""
    parts = [
        search.text or _("Tous les métiers"),
        where,
        _("mes jours") if search.days else "",
        _("sans permis") if search.no_licence else "",
        *(FILTERS[name].lower() for name in OTHER_FILTERS if getattr(search, name)),
    ]
    return " · ".join(filter(None, parts))
