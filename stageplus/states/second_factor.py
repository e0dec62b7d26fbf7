"""What the pages of second factors show."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.accounts.browser import own_path
from stageplus.services.factors.actions import remove_passkey, remove_totp, rename_passkey, renew_codes
from stageplus.services.factors.queries import my_factors, my_ways, passkeys_here, totp_setup
from stageplus.services.factors.schemas import FactorsDetail, PasskeyNameInput, RecoveryCodes, TotpSetup, Ways
from stageplus.services.inputs import identifier
from stageplus.states.audience import Audience, cookie_of
from stageplus.states.session import SessionState
from stageplus.texts import _, ngettext

OLD_PAGE = _("Cette page était ouverte depuis trop longtemps. Recommencez, rien d’autre n’est à faire.")
PROOF_ERRORS = {
    "application": _("Ce code ne convient pas, ou il a déjà servi. Attendez le suivant et recopiez-le."),
    "cle": _("Cette clé d’accès n’a pas pu être vérifiée. Recommencez, ou prenez un autre moyen."),
    "secours": _("Ce code de secours ne convient pas, ou il a déjà servi."),
    "mot-de-passe": _("Ce n’est pas le bon mot de passe."),
    "formulaire": OLD_PAGE,
}
FACTOR_ERRORS = {
    "application": _("Ce code ne convient pas. Attendez le suivant dans l’application et recopiez-le."),
    "cle": _("La clé d’accès n’a pas pu être ajoutée. Recommencez, rien n’a changé."),
    "formulaire": OLD_PAGE,
}
DONE = {
    "application": _("L’application de codes est activée."),
    "cle": _("La clé d’accès est ajoutée."),
}
LONGEST_WAIT = 24 * 60


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


class FactorsState(SessionState):
    """One's own second factors; what must be copied is here only while it is copied.

    `done` counts the changes that were accepted.
    """

    AUDIENCE: ClassVar[Audience] = Audience.IDENTIFYING

    factors: FactorsDetail = FactorsDetail()
    setup: TotpSetup = TotpSetup()
    codes: RecoveryCodes = RecoveryCodes()
    sentence: str = ""
    heading: str = ""
    done: int = 0

    @rx.event
    async def load(self) -> None:
        """Read one's second factors, and what the address bar says of the last step."""
        asked = self.router.url.query_parameters
        error = asked.get("erreur", "")
        self.sentence, self.notice = FACTOR_ERRORS.get(error, ""), DONE.get(asked.get("fait", ""), "")
        self.heading, self.codes = own_path(asked.get("suite", "")), RecoveryCodes()
        self.setup = self.setup if error == "application" else TotpSetup()
        self.factors = await self._load(my_factors) or FactorsDetail()

    @rx.event
    async def begin_totp(self) -> None:
        """Show what an application needs."""
        self.setup = await self._call(totp_setup) or TotpSetup()

    @rx.event
    async def rename(self, typed: dict[str, Any]) -> None:
        """Give a passkey another name."""
        passkey_id = identifier(typed.get("passkey", ""))
        self._show(await self._send(rename_passkey, PasskeyNameInput, typed, passkey_id), _("Le nom est à jour."))

    @rx.event
    async def remove_passkey(self, passkey_id: int) -> None:
        """Take a passkey away."""
        shown = await self._call(remove_passkey, cookie_of(self), identifier(passkey_id))
        self._show(shown, _("La clé d’accès est retirée."))

    @rx.event
    async def remove_totp(self) -> None:
        """Take the application of codes away."""
        self._show(await self._call(remove_totp, cookie_of(self)), _("L’application de codes est retirée."))

    @rx.event
    async def renew_codes(self) -> None:
        """Show ten new recovery codes, this once."""
        self.codes = await self._call(renew_codes) or RecoveryCodes()
        if self.codes.codes:
            self.factors = await self._load(my_factors) or FactorsDetail()

    @rx.event
    def forget(self) -> None:
        """Leave the page without what had to be copied."""
        self.setup, self.codes = TotpSetup(), RecoveryCodes()

    def _show(self, changed: FactorsDetail | None, notice: str) -> None:
        if changed:
            self.factors, self.notice, self.done = changed, notice, self.done + 1


class PasskeySignInState(SessionState):
    """Where passkeys work, for whoever is about to sign in."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    here: Ways = Ways()

    @rx.event
    async def look(self) -> None:
        """Read for which name passkeys are made."""
        self.here = await self._load(passkeys_here) or Ways()


def _sentence(error: str, minutes: int) -> str:
    if error != "essais":
        return PROOF_ERRORS.get(error, "")
    wait = max(1, min(minutes, LONGEST_WAIT))
    words = ngettext(
        "Trop d’essais. Un nouvel essai est possible dans {n} minute.",
        "Trop d’essais. Un nouvel essai est possible dans {n} minutes.",
        wait,
    )
    return words.format(n=wait)
