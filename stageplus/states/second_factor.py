"""What the pages of second factors show."""

from typing import ClassVar

import reflex as rx

from stageplus.services.accounts.browser import own_path
from stageplus.services.factors.queries import my_ways
from stageplus.services.factors.schemas import Ways
from stageplus.services.inputs import identifier
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _, ngettext

ERRORS = {
    "mot-de-passe": _("Ce n’est pas le bon mot de passe."),
    "formulaire": _("Cette page était ouverte depuis trop longtemps. Recommencez, rien d’autre n’est à faire."),
}


class ProofState(SessionState):
    """How to prove who one is, what the last try gave, and where to go next."""

    AUDIENCE: ClassVar[Audience] = Audience.IDENTIFYING

    ways: Ways = Ways()
    sentence: str = ""
    heading: str = ""

    @rx.event
    async def load(self) -> None:
        """Read what the address bar says, and the ways of this person."""
        asked = self.router.url.query_parameters
        self.sentence = _sentence(asked.get("erreur", ""), identifier(asked.get("minutes", "")))
        self.heading = own_path(asked.get("suite", ""))
        self.ways = await self._load(my_ways) or Ways()


def _sentence(error: str, minutes: int) -> str:
    if error != "essais":
        return ERRORS.get(error, "")
    wait = max(1, min(minutes, 24 * 60))
    words = ngettext(
        "Trop d’essais. Un nouvel essai est possible dans {n} minute.",
        "Trop d’essais. Un nouvel essai est possible dans {n} minutes.",
        wait,
    )
    return words.format(n=wait)
