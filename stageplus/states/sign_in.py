"""What the sign-in page shows."""

from typing import ClassVar

import reflex as rx

from stageplus.services.accounts.browser import own_path
from stageplus.services.accounts.queries import demo_accounts
from stageplus.services.accounts.schemas import DemoAccount
from stageplus.services.inputs import identifier
from stageplus.states.audience import Audience
from stageplus.states.messages import wait_words
from stageplus.states.session import SessionState
from stageplus.texts import _

ERRORS = {
    "identifiants": _("L’adresse e-mail ou le mot de passe ne convient pas."),
    "cle": _("Cette clé d’accès n’a pas pu être vérifiée. Recommencez, ou prenez le mot de passe."),
    "suspendu": _("Ce compte est suspendu. Le message que vous avez reçu dit pourquoi ; OFFA peut vous répondre."),
    "formulaire": _("Cette page était ouverte depuis trop longtemps. Recommencez, rien d’autre n’est à faire."),
}


class SignInState(SessionState):
    """The sentence of the last try, where to go next, and the accounts of the demonstration."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    sentence: str = ""
    heading: str = ""
    accounts: list[DemoAccount] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read what the address bar says, and nothing else of it."""
        asked = self.router.url.query_parameters
        self.sentence = _sentence(asked.get("erreur", ""), identifier(asked.get("minutes", "")))
        self.heading = own_path(asked.get("suite", ""))
        self.accounts = await self._load(demo_accounts) or []


def _sentence(error: str, minutes: int) -> str:
    return wait_words(max(1, min(minutes, 24 * 60))) if error == "essais" else ERRORS.get(error, "")
