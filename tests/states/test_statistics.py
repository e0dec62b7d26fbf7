"""Figures are narrowed by the address bar; the choices do not travel twice."""

from typing import Any

import pytest
from reflex.istate.data import RouterData

from stageplus.domain.actors import Actor, Role
from stageplus.services.statistics.schemas import Choices, FiguresSearch, FollowedFigures, MonthSearch, OpenFigures
from stageplus.states import statistics
from stageplus.states.admin import figures
from stageplus.states.admin.figures import OffaFiguresState
from stageplus.states.audience import current_actor
from stageplus.states.statistics import OpenFiguresState


class Read:
    """A read that remembers who asked for what."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[Any] = []

    def __call__(self, actor: Any, search: Any, *, now: Any) -> Any:
        self.asked.append((actor, search))
        return self.answer


def at(kind: type[Any], address: str) -> Any:
    state = kind(_reflex_internal_init=True)
    where = {"pathname": address.split("?")[0], "asPath": address, "query": {}}
    state.router = RouterData.from_router_data({**where, "headers": {"origin": "https://stage.test"}})
    return state


async def test_offa_narrows_the_figures_by_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    offa = Actor(1, Role.OFFA)
    current_actor.set(offa)
    choices = Choices(sectors=[("soins", "Soins")])
    read = Read(FollowedFigures(answer_rate="50 %", choices=choices))
    monkeypatch.setattr(figures, "followed_figures", read)
    state = at(OffaFiguresState, "/offa?secteur=soins&periode=3-mois&bassin=liege&autre=x")
    await OffaFiguresState.load.fn(state)  # type: ignore[attr-defined]
    assert read.asked == [(offa, FiguresSearch(sector="soins", period="3-mois", basin="liege"))]
    assert (state.found.answer_rate, state.found.choices, state.choices) == ("50 %", Choices(), choices)


async def test_a_period_that_nobody_offers_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Read(FollowedFigures())
    monkeypatch.setattr(figures, "followed_figures", read)
    await OffaFiguresState.load.fn(at(OffaFiguresState, "/offa?periode=toujours"))  # type: ignore[attr-defined]
    assert read.asked[0][1] == FiguresSearch()


async def test_nobody_needs_to_sign_in_for_the_open_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    current_actor.set(None)
    read = Read(OpenFigures(month="2026-10"))
    monkeypatch.setattr(statistics, "open_figures", read)
    state = at(OpenFiguresState, "/statistiques?mois=2026-10")
    await OpenFiguresState.load.fn(state)  # type: ignore[attr-defined]
    assert read.asked == [(None, MonthSearch(month="2026-10"))]
    assert (state.found.month, state.loading) == ("2026-10", False)
