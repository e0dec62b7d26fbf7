"""One offer for several establishments of a company."""

from typing import Any, ClassVar, TypedDict

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.postings.actions import extend_offer
from stageplus.services.postings.queries import extension_of
from stageplus.services.postings.schemas import ExtendInput, Extension
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _, ngettext


class LinkFields(TypedDict):
    """The field of the form that holds several values; Reflex leaves the others beside it as they are."""

    establishments: list[str]


class CompanyLinkState(SessionState):
    """The linked offers of the page's offer, and where it may be offered too."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    extension: Extension = Extension()
    link_errors: dict[str, str] = {}  # noqa: RUF012
    extended: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the linked offers."""
        self._change(link_errors={})
        await self._read()

    @rx.event
    async def extend(self, typed: LinkFields) -> None:
        """Offer the same place in the ticked establishments."""
        chosen: dict[str, Any] = {**typed}
        done = await self._send(extend_offer, ExtendInput, chosen, identifier(chosen.get("offer")))
        self._change(link_errors=self.errors, errors={})
        if done is None:
            return
        told = ngettext("{n} offre liée est en ligne.", "{n} offres liées sont en ligne.", done.published)
        words = [told.format(n=done.published)] if done.published else []
        waits = ngettext("{n} brouillon est à compléter.", "{n} brouillons sont à compléter.", done.drafts)
        words += [waits.format(n=done.drafts)] if done.drafts else []
        await self._read()
        self._change(extended=self.extended + 1, notice=" ".join(words) or _("Rien n’a changé."))

    async def _read(self) -> None:
        errors, missing = self.errors, self.missing
        found = await self._call(extension_of, identifier(last_part(self.router.url)))
        self._change(extension=found or Extension(), errors=errors, missing=missing)
