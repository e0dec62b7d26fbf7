"""What the pages show of the identity provider, when there is one."""

from typing import ClassVar

import reflex as rx

from stageplus.services.federation.actions import unlink_identity
from stageplus.services.federation.queries import my_identity, provider_here
from stageplus.services.federation.schemas import IdentityDetail, ProviderHere
from stageplus.services.inputs import identifier
from stageplus.states.audience import Audience
from stageplus.states.messages import wait_words
from stageplus.states.session import SessionState
from stageplus.texts import _

UNKNOWN = "fournisseur-inconnu"
ERRORS = {
    "fournisseur-refus": _(
        "Le passage par {provider} n’est pas allé au bout : rien n’a changé. Un nouvel essai reste possible."
    ),
    UNKNOWN: _("Cette identité {provider} n’est encore reliée à aucun compte Stage+."),
    "fournisseur-expire": _(
        "Le passage par {provider} a pris trop de temps ou a déjà servi. Un nouvel essai part d’ici."
    ),
    "fournisseur-panne": _("{provider} ne répond pas pour le moment. Les autres moyens de se connecter restent là."),
    "fournisseur-reponse": _(
        "La réponse de {provider} n’a pas pu être vérifiée : rien n’a changé. Un nouvel essai est possible."
    ),
    "fournisseur-pris": _("Cette identité {provider} est déjà reliée à un autre compte Stage+ : rien n’a changé."),
    "fournisseur-fait": _("Ce compte est déjà relié à {provider} : rien n’a changé."),
    "fournisseur-formulaire": _("Cette page était ouverte depuis trop longtemps : un nouvel essai suffit."),
}


class ProviderState(SessionState):
    """Which provider somebody may sign in with, and what the last try gave."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    here: ProviderHere = ProviderHere()
    sentence: str = ""
    unknown: bool = False

    @rx.event
    async def look(self) -> None:
        """Read the provider's name, and what the address bar says of the last try."""
        self.here = await self._load(provider_here) or ProviderHere()
        error = self.router.url.query_parameters.get("erreur", "")
        self.sentence, self.unknown = _sentence(error, self.here.name), error == UNKNOWN


class IdentityState(SessionState):
    """Whether one's own account is linked to the provider."""

    AUDIENCE: ClassVar[Audience] = Audience.SIGNED_IN

    identity: IdentityDetail = IdentityDetail()
    sentence: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the link, and what the address bar says of the last try."""
        asked = self.router.url.query_parameters
        self.identity = await self._load(my_identity) or IdentityDetail()
        error, name = asked.get("erreur", ""), self.identity.provider
        self.sentence = _sentence(error, name, identifier(asked.get("minutes", "")))
        if asked.get("fait") == "fournisseur" and self.identity.linked:
            self.notice = _("Le compte est relié à {provider}.").format(provider=name)

    @rx.event
    async def unlink(self) -> None:
        """Take the link away."""
        changed = await self._call(unlink_identity)
        if changed:
            self.identity, self.sentence = changed, ""
            self.notice = _("Le compte n’est plus relié à {provider}.").format(provider=changed.provider)


def _sentence(error: str, provider: str, minutes: int = 0) -> str:
    """Say what the last try gave; nothing where there is no provider."""
    if error == "essais" and minutes:
        return wait_words(max(1, min(minutes, 24 * 60)))
    return ERRORS.get(error, "").format(provider=provider) if provider else ""
