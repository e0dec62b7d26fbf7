"""A saved search: how it is kept and read again."""

import json

from stageplus.services.offers.schemas import OfferSearch

OF_THE_PAGE = {"page", "sort", "map", "pace"}


def kept_search(search: OfferSearch) -> str:
    """Return the form in which a search is kept: its fields without those of a page of results."""
    fields = search.model_dump(mode="json", exclude=OF_THE_PAGE, exclude_defaults=True)
    return json.dumps(fields | {"radius": search.radius}, ensure_ascii=False, sort_keys=True)


def read_search(kept: str) -> OfferSearch:
    """Read a kept search; a filter that is there no more is left out."""
    return OfferSearch.read_address(json.loads(kept))


def search_fields(kept: str) -> dict[str, str]:
    """Return the fields of a kept search as an address bar holds them."""
    return {name: "oui" if value is True else str(value) for name, value in json.loads(kept).items() if value != ""}


def is_everything(search: OfferSearch) -> bool:
    """Say whether a search names neither trade, word nor place: everything there is would answer it."""
    return not (search.text or search.place or search.trade or search.sector)
