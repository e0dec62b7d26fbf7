"""The register of agréments, as operators and OFFA use it: the same pages, each within its own scope."""

from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx

from stageplus.domain.actors import Actor
from stageplus.services.approvals.actions import (
    change_approval,
    import_approvals,
    record_approval,
    settle_approval,
    undo_approvals,
)
from stageplus.services.approvals.queries import (
    approval_detail,
    approval_file,
    approval_files,
    approval_form,
    approvals,
)
from stageplus.services.approvals.schemas import (
    ApprovalDetail,
    ApprovalForm,
    ApprovalInput,
    ApprovalPage,
    ApprovalSearch,
    DecisionInput,
    FilePage,
    FilePreview,
)
from stageplus.services.inputs import identifier
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState
from stageplus.texts import _

UPLOAD_ERRORS = {
    "poids": _("Ce fichier est trop lourd : 5 Mo au plus."),
    "fichier": _("Choisissez d’abord un fichier."),
    "operateur": _("Choisissez l’opérateur qui a décidé."),
    "formulaire": _("Cette page était ouverte depuis trop longtemps. Recommencez, rien d’autre n’est à faire."),
}


def topics_of(actor: Actor) -> set[str]:
    """Say what an operator's staff, or OFFA, listens to."""
    return {f"operator:{actor.operator_id}"} if actor.operator_id else {"approvals"}


class ApprovalsState(ListState, SessionState):
    """The list of agréments; the address bar holds the search."""

    AUDIENCE: ClassVar[Audience] = Audience.REGISTRARS
    NAMES: ClassVar[Mapping[str, str]] = {
        "q": "text",
        "etat": "state",
        "operateur": "operator",
        "desaccord": "disputed",
        "page": "page",
    }

    found: ApprovalPage = ApprovalPage()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what colleagues and other operators record as it comes."""
        await self._follow(topics_of)

    async def _list(self) -> None:
        self._change(found=await self._found(approvals, ApprovalSearch, ApprovalPage()))


class ApprovalState(SessionState):
    """One agrément, its history, and the form that records another decision."""

    AUDIENCE: ClassVar[Audience] = Audience.REGISTRARS

    detail: ApprovalDetail = ApprovalDetail()
    form: ApprovalForm = ApprovalForm()
    form_round: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the agrément that the address names."""
        await self._refresh()

    @rx.event
    async def start(self) -> None:
        """Open the form of a new record."""
        self.form = await self._load(approval_form) or ApprovalForm()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what others record as it comes."""
        await self._follow(topics_of)

    @rx.event
    async def record(self, typed: dict[str, Any]) -> Any:
        """Record a decision on an establishment and a trade."""
        made = await self._send(record_approval, ApprovalInput, typed)
        return rx.redirect(f"{_base(typed)}/{made.row.approval_id}") if made else None

    @rx.event
    async def change(self, typed: dict[str, Any]) -> None:
        """Record another decision of an operator; its effect is immediate."""
        named = identifier(typed.get("approval")), identifier(typed.get("operator"))
        if named[1] == 0 and typed.get("commission"):
            self._show(await self._send(settle_approval, DecisionInput, typed, named[0]))
        else:
            self._show(await self._send(change_approval, DecisionInput, typed, *named))

    def _show(self, found: ApprovalDetail | None) -> None:
        if found:
            self.detail, self.form_round = found, self.form_round + 1
            self.notice = _("La décision est notée. Les personnes concernées sont prévenues.")

    async def _refresh(self) -> None:
        errors, named = self.errors, identifier(last_part(self.router.url))
        self.detail = await self._load(approval_detail, named) or self.detail
        self.errors = errors


def _base(typed: dict[str, Any]) -> str:
    return "/offa/agrements" if typed.get("espace") == "offa" else "/operateur/agrements"


class ApprovalFilesState(SessionState):
    """Files of agréments handed in, the latest first."""

    AUDIENCE: ClassVar[Audience] = Audience.REGISTRARS

    files: FilePage = FilePage()
    refusal: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the history."""
        self.refusal = UPLOAD_ERRORS.get(self.router.url.query_parameters.get("erreur", ""), "")
        self.files = await self._load(approval_files) or FilePage()


class ApprovalFileState(SessionState):
    """What importing one file would do, or did."""

    AUDIENCE: ClassVar[Audience] = Audience.REGISTRARS

    preview: FilePreview = FilePreview()

    @rx.event
    async def load(self) -> None:
        """Read the file that the address names."""
        named = identifier(last_part(self.router.url))
        self.preview = await self._load(approval_file, named) or FilePreview()

    @rx.event
    async def confirm(self, import_id: int) -> None:
        """Record what the file says."""
        self._keep(await self._call(import_approvals, identifier(import_id)), _("Le fichier est importé."))

    @rx.event
    async def undo(self, import_id: int) -> None:
        """Bring back what was before."""
        self._keep(await self._call(undo_approvals, identifier(import_id)), _("L’import est annulé."))

    def _keep(self, found: FilePreview | None, sentence: str) -> None:
        if found:
            self.preview, self.notice = found, sentence
