"""Rosters and codes of an operator, as its staff handles them."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypedDict

import reflex as rx

from stageplus.services.enrolment.actions import (
    correct_enrolment,
    drop_import,
    end_enrolment,
    import_roster,
    resume_enrolment,
    settle_reports,
    undo_import,
)
from stageplus.services.enrolment.queries import (
    enrolment_detail,
    import_preview,
    my_enrolments,
    open_reports,
    roster_imports,
)
from stageplus.services.enrolment.schemas import (
    ConfirmInput,
    CorrectionInput,
    EnrolmentDetail,
    EnrolmentPage,
    EnrolmentSearch,
    ImportHistory,
    ImportPreview,
    ReportRow,
)
from stageplus.services.inputs import identifier
from stageplus.states.addresses import asked_in, last_part
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState
from stageplus.texts import _, ngettext

UPLOAD_ERRORS = {
    "poids": _("Ce fichier est trop lourd : 5 Mo au plus."),
    "fichier": _("Choisissez d’abord un fichier."),
    "formulaire": _("Cette page était ouverte depuis trop longtemps. Recommencez, rien d’autre n’est à faire."),
    "trop": _("C’est trop pour une fois : 1 000 personnes au plus."),
    "personne": _("Cochez d’abord au moins une personne."),
}


class AbsentFields(TypedDict):
    """The field of the form that holds several values; Reflex leaves the others beside it as they are."""

    ended: list[str]


class OperatorImportsState(SessionState):
    """Files handed in, the latest first."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    history: ImportHistory = ImportHistory()
    refusal: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the history."""
        self.refusal = UPLOAD_ERRORS.get(self.router.url.query_parameters.get("erreur", ""), "")
        await self._refresh()

    @rx.event
    async def undo(self, import_id: int) -> None:
        """Undo one import."""
        if done := await self._call(undo_import, identifier(import_id)):
            kept = ngettext(
                "{n} inscription est restée : activée ou corrigée entre-temps.",
                "{n} inscriptions sont restées : activées ou corrigées entre-temps.",
                done.kept,
            ).format(n=done.kept)
            self.notice = f"{_('L’import est annulé.')} {kept if done.kept else ''}".strip()
        await self._show_again()

    async def _show_again(self) -> None:
        errors = self.errors
        await self._refresh()
        self.errors = errors

    async def _refresh(self) -> None:
        self.history = await self._load(roster_imports) or ImportHistory()


class OperatorImportState(SessionState):
    """One file before it is imported, and what became of it."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    preview: ImportPreview = ImportPreview()
    result: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the preview that the address names."""
        self.result = ""
        await self._read()

    @rx.event
    async def confirm(self, typed: AbsentFields) -> None:
        """Import what the preview shows."""
        chosen: dict[str, Any] = {**typed}
        number = identifier(chosen.get("import_id", ""))
        if done := await self._send(import_roster, ConfirmInput, chosen, number):
            self.result = done.words

    @rx.event
    async def drop(self, import_id: int) -> Any:
        """Give the file up."""
        await self._call(drop_import, identifier(import_id))
        return rx.redirect("/operateur/importer")

    async def _read(self) -> None:
        named = identifier(last_part(self.router.url))
        self.preview = await self._load(import_preview, named) or ImportPreview()


class OperatorReportsState(SessionState):
    """What was reported and nobody looked at; live, while the list beside it keeps still under who ticks its boxes."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    reports: list[ReportRow] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read what there is to look at."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when something is reported, or settled by a colleague."""
        await self._follow(lambda actor: {f"operator:{actor.operator_id}"})

    @rx.event
    async def settle(self, enrolment_id: int) -> None:
        """Say that a report was looked at."""
        await self._call(settle_reports, identifier(enrolment_id))
        await self._refresh()
        await self._count_waiting()

    async def _refresh(self) -> None:
        errors = self.errors
        self._change(reports=await self._call(open_reports) or [], errors=errors)


class OperatorCodesState(ListState, SessionState):
    """Who has no account yet; the address bar holds the search and what a post answered."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR
    NAMES: ClassVar[Mapping[str, str]] = {"q": "q", "voir": "shown", "page": "page"}

    found: EnrolmentPage = EnrolmentPage()
    refusal: str = ""

    async def _refresh(self) -> None:
        answered = asked_in(self.router.url)
        self.refusal = UPLOAD_ERRORS.get(answered.get("erreur", ""), "")
        self.notice = _sent_words(identifier(answered.get("envoyes")), identifier(answered.get("sans")))
        await self._list()

    async def _list(self) -> None:
        self._change(found=await self._found(my_enrolments, EnrolmentSearch, EnrolmentPage()))


class OperatorEnrolmentState(SessionState):
    """One enrolment."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    detail: EnrolmentDetail = EnrolmentDetail()

    @rx.event
    async def load(self) -> None:
        """Read the enrolment that the address names."""
        await self._read(identifier(last_part(self.router.url)))

    @rx.event
    async def correct(self, typed: dict[str, Any]) -> None:
        """Correct name or address."""
        number = identifier(typed.get("enrolment_id", ""))
        await self._send(correct_enrolment, CorrectionInput, typed, number)
        await self._told(number, _("L’inscription est corrigée. Un nouveau code montrera le bon nom."))

    @rx.event
    async def end(self, enrolment_id: int) -> None:
        """End it today."""
        await self._call(end_enrolment, identifier(enrolment_id))
        await self._told(
            identifier(enrolment_id), _("L’inscription est terminée. Le compte reste, sans pouvoir postuler.")
        )

    @rx.event
    async def resume(self, enrolment_id: int) -> None:
        """Take it up again."""
        await self._call(resume_enrolment, identifier(enrolment_id))
        await self._told(identifier(enrolment_id), _("L’inscription reprend."))

    @rx.event
    async def settle(self, enrolment_id: int) -> None:
        """Say that the reports were looked at."""
        await self._call(settle_reports, identifier(enrolment_id))
        await self._told(identifier(enrolment_id), _("Le signalement est classé."))

    async def _told(self, enrolment_id: int, notice: str) -> None:
        errors = self.errors
        self.notice = "" if errors else notice
        await self._read(enrolment_id)
        await self._count_waiting()
        self.errors = errors

    async def _read(self, enrolment_id: int) -> None:
        self.detail = await self._load(enrolment_detail, enrolment_id) or EnrolmentDetail()


def _sent_words(sent: int, without: int) -> str:
    if not sent and not without:
        return ""
    words = ngettext("{n} code envoyé.", "{n} codes envoyés.", sent).format(n=sent)
    more = ngettext(
        "{n} personne sans adresse : imprimez son code.", "{n} personnes sans adresse : imprimez leurs codes.", without
    )
    return f"{words} {more.format(n=without) if without else ''}".strip()
