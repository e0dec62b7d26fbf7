"""A learner's alerts: saved from the search, listed with what they found."""

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

import reflex as rx

from stageplus.services.alerts.actions import change_pace, drop_alert, save_alert, see_news, stop_mails
from stageplus.services.alerts.queries import my_alerts
from stageplus.services.alerts.schemas import AlertInput, Alerts, PaceInput
from stageplus.services.inputs import identifier
from stageplus.services.offers.schemas import OfferCard
from stageplus.states.audience import Audience
from stageplus.states.learner.offers import WORDS, fields_of, words_of
from stageplus.states.session import SessionState
from stageplus.texts import _


@dataclass(frozen=True)
class AlertLine:
    """An alert with the address of its search."""

    alert_id: int = 0
    label: str = ""
    pace: str = ""
    href: str = ""


class LearnerAlertsState(SessionState):
    """The alerts and the open offers they found; `saved` rises when a search became an alert."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    lines: list[AlertLine] = []  # noqa: RUF012
    fresh: list[OfferCard] = []  # noqa: RUF012
    seen: list[OfferCard] = []  # noqa: RUF012
    by_mail: bool = False
    saved: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the list; what it shows is seen from now on."""
        await self._refresh()
        await self._call(see_news)
        await self._count_waiting()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when an alert has found something."""
        await self._follow(lambda actor: {f"learner:{actor.learner_id}"})

    @rx.event
    async def save(self, typed: dict[str, Any]) -> None:
        """Save the search that the form carries, as the address bar writes it."""
        fields = fields_of(words_of(typed.get("search", "")))
        wanted = {**fields, "pace": typed.get("pace", ""), "writer": typed.get("writer", "")}
        if await self._send(save_alert, AlertInput, wanted):
            self._change(saved=self.saved + 1, notice=_("C’est noté. Tu retrouves cette recherche dans « Alertes »."))

    @rx.event
    async def change(self, alert_id: int, pace: str) -> None:
        """Change how often an alert is mailed."""
        self._show(await self._send(change_pace, PaceInput, {"pace": pace}, identifier(alert_id)))

    @rx.event
    async def drop(self, alert_id: int) -> None:
        """Delete an alert."""
        self._show(await self._call(drop_alert, identifier(alert_id)), _("L’alerte est supprimée."))

    @rx.event
    async def stop(self) -> None:
        """Stop all mails."""
        self._show(await self._call(stop_mails), _("Tu ne reçois plus d’e-mails d’alerte. La liste continue ici."))

    async def _refresh(self) -> None:
        self._show(await self._load(my_alerts))

    def _show(self, found: Alerts | None, notice: str = "") -> None:
        if found is None:
            return
        lines = [AlertLine(row.alert_id, row.label, row.pace, _address(row.fields)) for row in found.rows]
        self._change(
            lines=lines,
            fresh=[news.card for news in found.news if news.is_new],
            seen=[news.card for news in found.news if not news.is_new],
            by_mail=found.by_mail,
        )
        if notice:
            self._change(notice=notice)


def _address(fields: dict[str, str]) -> str:
    return f"/offres?{urlencode({WORDS[field]: value for field, value in fields.items() if field in WORDS})}"
