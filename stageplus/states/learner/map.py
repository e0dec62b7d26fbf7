"""The map of a search's offers, read apart from the list, and only where it is shown."""

from typing import ClassVar
from urllib.parse import urlencode

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.offers.queries import offers_map
from stageplus.services.offers.schemas import MapMarker, MapRing, MapTown, OfferSearch, readable_search
from stageplus.states.audience import Audience
from stageplus.states.learner.offers import fields_of, words_of
from stageplus.states.session import SessionState


class LearnerMapState(SessionState):
    """What the map shows; `level` is below 0 before it is first drawn.

    `view` rises when the map should show another part of the country, the one around `x` and `y`, in percent; else it
    stays where the learner has moved it. The communes are sent once somebody wants them as a list. `elsewhere` is the
    address of the same search in one commune alone, without its name at the end.
    """

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    level: int = -1
    last_level: int = 0
    words: str = ""
    markers: list[MapMarker] = []  # noqa: RUF012
    ring: MapRing = MapRing()
    own: MapRing = MapRing()
    towns: list[MapTown] = []  # noqa: RUF012
    listed: bool = False
    elsewhere: str = ""
    view: int = 0
    x: float = 50
    y: float = 50
    _framed: tuple[str, float] = ("", -1)

    @rx.event
    async def draw(self, search: str) -> None:
        """Draw the offers of a search, given as the address bar writes it; a new place or radius is framed."""
        await self._draw(search, None)

    @rx.event
    async def frame(self, search: str) -> None:
        """Show again the place and radius of the search, or the whole country."""
        self._framed = ("", -1)
        await self._draw(search, None)

    @rx.event
    async def zoom(self, search: str, level: int) -> None:
        """Show more or less of the country around the same middle."""
        await self._draw(search, identifier(level))

    @rx.event
    async def enter_cluster(self, search: str, level: int, name: str) -> None:
        """Show, one by one, the communes under the marker that has a name."""
        there = [marker for marker in self.markers if marker.name == name]
        await self._draw(search, identifier(level))
        for marker in there:
            self._look_at(marker.x, marker.y)

    @rx.event
    async def list_towns(self, search: str) -> None:
        """List the communes, or put the list away."""
        self._change(listed=not self.listed)
        await self._draw(search, self.level)

    async def _draw(self, search: str, level: int | None) -> None:
        asked = _search_in(search)
        keeps = level is None and self._is_framed(asked)
        errors, missing = self.errors, self.missing
        drawn = await self._call(offers_map, asked, self.level if keeps else level)
        # What the list has to say stays: the map comes after it.
        self._change(errors=errors, missing=missing)
        if drawn is None or drawn.level < 0:
            return
        self._change(
            level=drawn.level,
            last_level=drawn.last_level,
            words=drawn.words,
            markers=drawn.markers,
            ring=drawn.ring,
            own=drawn.own,
            towns=drawn.towns if self.listed else [],
            elsewhere=_in_one_commune(search),
        )
        if level is None and not keeps:
            self._framed = (asked.place, asked.radius)
            self._look_at(drawn.ring.x, drawn.ring.y)

    def _is_framed(self, asked: OfferSearch) -> bool:
        """Say whether the map shows already what a search asks for; a commune picked on the map is there too."""
        picked = self.level >= 0 and not asked.radius
        return picked or self._framed == (asked.place, asked.radius)

    def _look_at(self, x: float, y: float) -> None:
        self._change(view=self.view + 1, x=x, y=y)


def _in_one_commune(search: str) -> str:
    kept = [(word, value) for word, value in words_of(search).items() if word not in ("lieu", "rayon", "page", "carte")]
    return f"/offres?{urlencode([*kept, ('rayon', '0'), ('lieu', '')])}"


def _search_in(search: str) -> OfferSearch:
    """Read the search that the page claims to show; what does not fit is left out, as the list does."""
    found, _wrong = readable_search(fields_of(words_of(search)))
    return found
