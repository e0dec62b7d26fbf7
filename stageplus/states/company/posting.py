"""The form of one offer, new or not, and the steps that the offer may take."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, ClassVar, TypedDict

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.moderation.schemas import Remark
from stageplus.services.postings.actions import (
    cap_applications,
    close_offer,
    copy_offer,
    discard_draft,
    edit_offer,
    hold_applications,
    publish_offer,
    renew_offer,
    resume_offer,
    save_draft,
    suspend_offer,
    take_applications,
)
from stageplus.services.postings.queries import my_offer, my_offers, new_offer_form, words_noticed
from stageplus.services.postings.schemas import (
    CapInput,
    ClosingInput,
    PostingDetail,
    PostingForm,
    PostingRow,
    PostingSearch,
    SavedDraft,
    Suggestions,
)
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _

OFFERS = "/entreprise/offres"
MOST_EARLIER = 5
STEPS = {
    "suspend": suspend_offer,
    "resume": resume_offer,
    "renew": renew_offer,
    "hold": hold_applications,
    "take": take_applications,
}
STEPPED = {
    "suspend": _("L’offre n’est plus visible. Les candidatures restent là."),
    "resume": _("L’offre est de nouveau en ligne."),
    "renew": _("L’offre est en ligne pour une nouvelle période."),
    "hold": _("Les apprenants lisent que vous avez assez de candidatures pour l’instant."),
    "take": _("Les apprenants peuvent de nouveau postuler."),
}

PUBLISHED = {
    False: _("L’offre est publiée : les apprenants la voient."),
    True: _("L’offre est publiée : les apprenants la voient. OFFA relira les passages signalés."),
}
CHANGED = {
    False: _("L’offre est à jour."),
    True: _("L’offre est à jour. OFFA relira les passages signalés."),
}


class OfferFields(TypedDict):
    """The fields of the form that hold several values; Reflex leaves the others beside them as they are."""

    days: list[str]
    years: list[str]


class CompanyOfferState(SessionState):
    """The form of one offer.

    `form` is what the fields were opened with and `round` draws them anew; while somebody types, only `detail` and
    `remarks`, on what its words should not say, follow. `asking` names where `errors` belong: the form, the steps or
    the dialog; it is empty while the form saves itself. `done` counts what was accepted, `sent_from` names the device's
    copies that a publication makes needless.
    """

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    form: PostingForm = PostingForm()
    detail: PostingDetail = PostingDetail()
    round: int = 0
    missing_fields: list[str] = []  # noqa: RUF012
    remarks: list[Remark] = []  # noqa: RUF012
    suggested: Suggestions = Suggestions()
    earlier: list[PostingRow] = []  # noqa: RUF012
    saved: str = ""
    asking: str = ""
    done: int = 0
    sent_from: str = ""
    changed_elsewhere: bool = False
    _told: str = ""
    _known: PostingForm = PostingForm()

    @rx.var
    def to_examine(self) -> bool:
        """Say whether words that stay as they are would bring the offer to moderation."""
        return any(each.examined for each in self.remarks)

    @rx.event
    async def start(self) -> Any:
        """Open an empty form, or go on with the draft that saved itself under this address."""
        named = self._named()
        found = await self._load(my_offer, named) if named else None
        if found and not found.is_draft:
            return rx.redirect(f"{OFFERS}/{named}", replace=True)
        kept = None if found else await self._call(my_offers, PostingSearch())
        self._change(earlier=[each for each in (kept.rows if kept else []) if each.since][:MOST_EARLIER])
        self._open(found or PostingDetail(form=await self._load(new_offer_form) or PostingForm(), is_draft=True))
        return None

    @rx.event
    async def load(self) -> None:
        """Open the offer that the address names."""
        self._open(await self._load(my_offer, self._named()) or PostingDetail())
        self._change(notice=self._told, sent_from=self.sent_from if self._told else "")
        self._told = ""

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show places taken and steps of colleagues as they come, without touching what is being typed."""
        named = self._named()
        await self._follow(lambda _actor: {f"offer:{named}"} if named else set())

    @rx.event
    async def submit(self, typed: OfferFields) -> AsyncIterator[Any]:
        """Save the draft, publish or change the offer: the button that was pressed says which."""
        fields: dict[str, Any] = dict(typed)
        fields["place"] = fields.get("place") or fields.get("fixed_place")
        if fields.get("intent") in {"autosave", "check", "draft"}:
            await (self._check(fields) if fields["intent"] == "check" else self._save(fields))
            return
        self._change(asking="form", errors={})
        yield
        act = self._change_offer if fields.get("intent") == "edit" else self._publish
        yield await act(fields)

    @rx.event
    async def step(self, offer_id: int, name: str) -> None:
        """Suspend, resume, renew, or let applications in or not."""
        if name in STEPS:
            self._change(asking="steps")
            self._follow_up(await self._call(STEPS[name], identifier(offer_id)), STEPPED[name])

    @rx.event
    async def copy_this(self, offer_id: int) -> Any:
        """Begin a draft like an earlier offer and open it."""
        self._change(asking="steps")
        draft = await self._call(copy_offer, identifier(offer_id))
        return rx.redirect(f"{OFFERS}/nouvelle?brouillon={draft}") if draft else None

    @rx.event
    async def close(self, typed: dict[str, Any]) -> AsyncIterator[None]:
        """Close with the reason whose button was pressed, and answer whoever waits."""
        self._change(asking="cloturer", errors={})
        yield
        # A field that is not drawn, as nobody waits, still comes: empty.
        fields = {name: value for name, value in typed.items() if value is not None}
        fields["reason"] = typed.get("intent") or typed.get("reason")
        closed = await self._send(close_offer, ClosingInput, fields, identifier(typed.get("offer")))
        if self.errors:
            errors = self.errors
            await self._refresh()  # whoever applied meanwhile is in the list
            self._change(errors=errors)
        waited = bool(typed.get("shown"))
        told = _("L’offre est fermée. Les personnes qui attendaient ont votre réponse.")
        self._follow_up(closed, told if waited else _("L’offre est fermée."))

    @rx.event
    async def cap(self, typed: dict[str, Any]) -> AsyncIterator[None]:
        """Choose after how many waiting applications the offer pauses by itself."""
        self._change(asking="assez", errors={})
        yield
        capped = await self._send(cap_applications, CapInput, typed, identifier(typed.get("offer")))
        self._follow_up(capped, _("C’est noté : l’offre se met en pause et rouvre d’elle-même."))

    @rx.event
    async def discard(self, offer_id: int) -> Any:
        """Delete a draft."""
        self._change(asking="supprimer")
        await self._call(discard_draft, identifier(offer_id))
        return None if self.errors or self.missing else rx.redirect(OFFERS, replace=True)

    async def _publish(self, typed: dict[str, Any]) -> Any:
        found = await self._call(publish_offer, typed)
        if found is None:
            return None
        self._told, self.sent_from = PUBLISHED[found.examined], str(typed.get("offer"))
        return rx.redirect(f"{OFFERS}/{found.row.offer_id}", replace=True)

    async def _change_offer(self, typed: dict[str, Any]) -> None:
        found = await self._call(edit_offer, identifier(typed.get("offer")), typed)
        if found:
            # What a reloaded page starts from: a field holds what it was first filled with.
            self._change(form=found.form)
        self._follow_up(found, CHANGED[bool(found and found.examined)])

    def _follow_up(self, found: PostingDetail | None, sentence: str) -> None:
        """Show what a step or a change made of the offer; the form stays as it is."""
        if found:
            self._show(found)
            self._change(done=self.done + 1, asking="", notice=sentence)

    async def _check(self, typed: dict[str, Any]) -> None:
        """Say what the words of an offer on line should not say, before they are saved."""
        errors = self.errors
        noticed = await self._call(words_noticed, typed)
        self._change(errors=errors, remarks=self.remarks if noticed is None else noticed)

    async def _save(self, typed: dict[str, Any]) -> None:
        self._saved(await self._call(save_draft, typed))

    def _saved(self, kept: SavedDraft | None) -> None:
        """Say when the draft was saved and what did not fit; what publishing still misses only once it was tried."""
        if kept and kept.detail.is_draft:
            self._show(kept.detail)
            wrong = kept.missing | kept.left_out if self.asking == "form" else kept.left_out
            words = _("Brouillon enregistré à {at}").format(at=kept.at)
            self._change(errors=wrong, missing_fields=sorted(kept.missing), saved=words, done=self.done + 1)
        elif "place" in self.errors:
            self._change(saved=_("Pas encore enregistré : choisissez d’abord le métier et l’établissement."))

    def _open(self, found: PostingDetail) -> None:
        """Fill the form; the one that is open already, after a lost connection, keeps what is being typed."""
        if found.row.offer_id != self.detail.row.offer_id:
            self._change(round=self.round + 1, saved="")
        self._change(form=found.form, missing_fields=found.form.missing, asking="")
        self._show(found)

    def _show(self, found: PostingDetail) -> None:
        self._known = found.form
        self._change(detail=replace(found, form=PostingForm(), remarks=[]), changed_elsewhere=False)
        self._change(remarks=found.remarks, suggested=found.form.suggested)

    async def _refresh(self) -> None:
        errors, missing = self.errors, self.missing
        found = await self._call(my_offer, self._named())
        self._change(errors=errors, missing=missing)
        if found:
            changed = self.changed_elsewhere or found.form.written != self._known.written
            self._change(detail=replace(found, form=PostingForm(), remarks=[]), changed_elsewhere=changed)

    def _named(self) -> int:
        """Return the offer that the address names, 0 for a new one."""
        url = self.router.url
        return identifier(url.query_parameters.get("brouillon") or last_part(url))
