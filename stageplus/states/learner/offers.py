"""Searching offers, reading one, applying to it."""

from asyncio import sleep
from collections.abc import AsyncIterator
from dataclasses import dataclass, fields
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode

import reflex as rx

from stageplus.services.applications.actions import send_application
from stageplus.services.applications.schemas import ApplicationInput, ApplicationReceipt
from stageplus.services.figures.actions import note_seen
from stageplus.services.inputs import LONG_TEXT, identifier
from stageplus.services.offers.actions import note_fruitless_search
from stageplus.services.offers.queries import my_search, offer_detail, open_offers, similar_offers
from stageplus.services.offers.schemas import Facets, Heading, OfferCard, OfferDetail, OfferPage, readable_search
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.learner.drafting import LearnerDraftState
from stageplus.states.learner.favourites import LearnerKeepState
from stageplus.states.learner.suggestions import LearnerSuggestionsState
from stageplus.states.session import SessionState
from stageplus.texts import _
from stageplus.texts.formats import of_place

NAMES = {
    "q": "text",
    "lieu": "place",
    "rayon": "radius",
    "tri": "sort",
    "page": "page",
    "metier": "trade",
    "secteur": "sector",
    "debut": "start",
    "jours": "days",
    "soir": "evening",
    "weekend": "no_weekend",
    "permis": "no_licence",
    "langue": "language",
    "dispositif": "scheme",
    "carte": "map",
}
"""The address bar's words for the fields of a search: whoever opens the link sees the same results."""
WORDS = {field: name for name, field in NAMES.items()}
"""The same, from the field to the address bar's word."""
FILTERS = ("tri", "metier", "secteur", "debut", "jours", "soir", "weekend", "permis", "langue", "dispositif")
"""What the « Filtres » hold, by the address bar's words."""
CHOICES = ("metier", "secteur", "debut", "langue", "dispositif")
"""Those that are chosen from a list, which is empty when nothing is chosen."""
DRAWN_AFTER = 0.04
"""Seconds that a phone has to draw the offers before the counts beside the filters come and are drawn, too."""
USUAL = {"rayon": "15", "tri": "pertinence"}


@dataclass(frozen=True)
class SearchLink:
    """A way to another search."""

    label: str = ""
    href: str = ""


class LearnerFiltersState(SessionState):
    """The form of the search: a state of its own, so that offers are drawn again without it.

    Its lists stay out of the page until they are `counted`, which our script asks for where they are seen: a phone
    folds them. `form_round` rises when another search than the one that was typed fills the form.
    """

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    chosen: dict[str, str] = dict(USUAL)  # noqa: RUF012
    filters: int = 0
    radii: list[tuple[str, str]] = []  # noqa: RUF012
    facets: Facets = Facets()
    lists: str = ""
    counted: bool = False
    form_round: int = 0
    _asked: dict[str, str] = {}  # noqa: RUF012

    @rx.event
    async def count(self) -> None:
        """Count what each filter would leave of the search on screen, whose lists are seen from now on."""
        errors = self.errors
        search, _wrong = readable_search(fields_of(self._asked))
        found = await self._call(open_offers, search) or OfferPage()
        self._change(counted=True, errors=errors)
        self._count(found.facets)

    def _fill(self, asked: dict[str, str], facets: Facets) -> None:
        """Show what was asked; a search for a place of nowhere counts nothing and keeps the radii."""
        _search, wrong = readable_search(fields_of(asked))
        to_mend = bool(wrong.keys() & {NAMES[name] for name in FILTERS})
        self._change(chosen=_chosen(asked, wrong), filters=_filters(asked), counted=self.counted or to_mend)
        self._change(radii=facets.radii or self.radii)

    def _count(self, facets: Facets) -> None:
        """Show what each filter would leave, where the lists are seen."""
        if self.counted and facets.radii:
            self._change(facets=facets, lists=_values(facets))


class LearnerOffersState(LearnerFiltersState):
    """The page of search results; the address bar holds the whole search.

    `shown` are the offers of the page, in order, and `held` the cards that the phone has: a filter that only leaves
    some of them out, or brings them back, sends no card again.
    """

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    found: Heading = Heading()
    shown: list[int] = []  # noqa: RUF012
    held: dict[int, OfferCard] = {}  # noqa: RUF012
    before: str = ""
    after: str = ""
    unfiltered: str = ""
    here: str = ""
    map_switch: str = ""
    larger: list[SearchLink] = []  # noqa: RUF012
    neighbours: list[SearchLink] = []  # noqa: RUF012
    places: list[SearchLink] = []  # noqa: RUF012
    elsewhere: SearchLink = SearchLink()
    fewer: list[SearchLink] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        """Search what the address bar asks for; without anything, what the learner's own trade and town are."""
        asked = dict(self.router.url.query_parameters)
        if not self.router.url.query and (mine := await self._call(my_search)):
            asked = {"q": mine.text, "lieu": mine.place}
        self._change(form_round=self.form_round + (asked != self._asked))
        facets = await self._search(asked)
        self._fill(asked, facets)
        await self._mark()
        yield
        self._count(facets)
        nothing = not self.errors and (not self.found.total or self.found.widened)
        if asked.get("q") and nothing:
            errors = self.errors
            await self._call(note_fruitless_search, readable_search(fields_of(asked))[0])
            self._change(errors=errors)

    @rx.event
    async def search(self, typed: dict[str, Any]) -> AsyncIterator[Any]:
        """Search again, at once after a tap on a filter, which writes the address itself; else go to that address.

        What no address should carry, a text without end above all, stays in its field with a message.
        """
        asked = {name: str(typed[name]) for name in NAMES if name != "page" and typed.get(name)}
        _search, wrong = readable_search(fields_of(asked))
        if wrong:
            self._change(errors=wrong)
        elif typed.get("intent") != "filter" and asked != dict(self.router.url.query_parameters):
            self._asked = asked
            yield rx.redirect(_address(asked))
        else:
            facets = await self._search(asked)
            yield
            await sleep(DRAWN_AFTER)
            self._fill(asked, facets)
            self._count(facets)

    async def _mark(self) -> None:
        """Read what one keeps and what was suggested: it comes with the offers, so that nothing moves afterwards."""
        stars, suggestions = await self.get_state(LearnerKeepState), await self.get_state(LearnerSuggestionsState)
        await stars.load()
        await suggestions.mark()

    async def _search(self, asked: dict[str, str]) -> Facets:
        """Show what was found; what the filters would leave is returned, to be sent once the offers are on screen."""
        search, wrong = readable_search(fields_of(asked))
        self._change(_asked=asked)
        found = await self._load(open_offers, search) or OfferPage()
        self._show(found, {name: asked[name] for name in NAMES if name in asked and NAMES[name] not in wrong})
        self._change(errors=wrong | ({"place": found.place_error} if found.place_error else {}))
        return found.facets

    def _show(self, found: OfferPage, asked: dict[str, str]) -> None:
        """Show what was found, each part apart: what stays the same is not sent to the phone again."""
        said = {each.name: getattr(found, each.name) for each in fields(Heading)}
        cards = {card.offer_id: card for card in found.cards}
        self._change(found=Heading(**said), shown=list(cards))
        if any(self.held.get(offer_id) != card for offer_id, card in cards.items()):
            self.held = cards
        here = {name: value for name, value in asked.items() if name != "page"}
        self._change(
            here=urlencode({name: value for name, value in here.items() if value}),
            before=_address(here | {"page": str(found.page - 1)}) if found.page > 1 else "",
            after=_address(here | {"page": str(found.page + 1)}) if found.page < found.pages else "",
            unfiltered="" if found.total else _address(_without(here, *FILTERS)),
            map_switch=_address(asked | {"carte": "" if asked.get("carte") else "oui"}),
            larger=[SearchLink(link.label, _address(here | {"rayon": str(link.radius)})) for link in found.larger],
            neighbours=[SearchLink(link.label, _address(here | {"q": link.words})) for link in found.neighbours],
            fewer=[SearchLink(link.label, _address(_without(here, WORDS[link.field]))) for link in found.fewer],
            elsewhere=_elsewhere(found.elsewhere, here),
            places=[SearchLink(name, _address(here | {"lieu": name})) for name in found.places],
        )


class LearnerOfferState(SessionState):
    """One offer and the form to apply to it; `like` is the search for others of its kind, once it has gone."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    offer: OfferDetail = OfferDetail()
    receipt: ApplicationReceipt = ApplicationReceipt()
    similar: list[OfferCard] = []  # noqa: RUF012
    was_open: bool = False
    like: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the offer that the address names."""
        self._change(receipt=ApplicationReceipt(), similar=[], was_open=False)
        await self._refresh()
        if not self.missing and self.offer.is_open:
            await self._call(note_seen, self.offer.offer_id)

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when the offer or one's application changes."""
        offer_id = identifier(last_part(self.router.url))
        topics = {f"offer:{offer_id}"}
        await self._follow(lambda actor: topics | {f"learner:{actor.learner_id}"})

    @rx.event
    async def submit(self, typed: dict[str, Any]) -> None:
        """Save the draft, or send it unless its words are shown to say too much: the pressed button says which."""
        drafts = await self.get_state(LearnerDraftState)
        if typed.get("intent") == "autosave":
            await drafts.keep(typed)
        elif not await drafts._holds(typed):
            await self.apply(typed)

    @rx.event
    async def apply(self, typed: dict[str, Any]) -> None:
        """Send the application and show other places meanwhile; when it is too late, show the offer as it is now."""
        offer_id = identifier(typed.get("offer", ""))
        sent = await self._send(send_application, ApplicationInput, typed, offer_id)
        self.receipt = sent or self.receipt
        if sent:
            self.similar = await self._call(similar_offers, offer_id) or []
        elif self.errors.get("form"):
            await self._refresh()

    async def _refresh(self) -> None:
        errors = self.errors
        found = await self._load(offer_detail, identifier(last_part(self.router.url)))
        self._change(offer=found or self.offer, errors=errors)
        await (await self.get_state(LearnerDraftState))._read()
        self._change(was_open=self.was_open or self.offer.is_open, like=_like(self.offer))


def _like(offer: OfferDetail) -> str:
    gone = not (offer.is_open or offer.has_enough or offer.applied_id)
    return urlencode({"q": offer.title.split(" (")[0], "lieu": offer.municipality}) if gone and offer.offer_id else ""


def words_of(search: Any) -> dict[str, str]:
    """Return the address bar's words of a search that a page sent; a text without end is cut."""
    return {word: value for word, value in parse_qsl(str(search)[:LONG_TEXT]) if word in NAMES}


def fields_of(asked: dict[str, str]) -> dict[str, str]:
    """Return the fields of a search that the address bar's words fill."""
    return {NAMES[name]: value for name, value in asked.items() if name in NAMES and value}


def _chosen(asked: dict[str, str], wrong: dict[str, str]) -> dict[str, str]:
    """Return what each field of the form shows: what was asked, or the usual choice where that is not in the list."""
    lost = {name for name in (*USUAL, *CHOICES) if NAMES[name] in wrong}
    return (
        dict.fromkeys(CHOICES, "")
        | USUAL
        | {name: value for name, value in asked.items() if value and name not in lost}
    )


def _elsewhere(place: str, here: dict[str, str]) -> SearchLink:
    if not place:
        return SearchLink()
    words = _("Chercher plutôt près {of_place}").format(of_place=of_place(place))
    return SearchLink(words, _address(here | {"lieu": place}))


def _filters(asked: dict[str, str]) -> int:
    return sum(bool(asked.get(name)) and asked[name] != USUAL.get(name) for name in FILTERS)


def _without(asked: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in asked.items() if name not in names}


def _values(facets: Facets) -> str:
    """Name the choices that the lists have: when others come, the page makes the lists anew, else it keeps them."""
    lists = (facets.trades, facets.sectors, facets.languages, facets.schemes)
    return "|".join(value for choices in lists for value, _label in choices)


def _address(asked: dict[str, str]) -> str:
    return f"/offres?{urlencode({name: value for name, value in asked.items() if value}) or 'q='}"
