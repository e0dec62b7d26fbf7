"""A company's quick answers, to one application or several, and the few seconds to take one back."""

from typing import Any, ClassVar, TypedDict

import reflex as rx

from stageplus.services.answers.actions import (
    answer_by_phone,
    hand_over_application,
    move_application,
    promise_answers,
    reconsider_refusal,
    refuse_several,
    take_back_answer,
)
from stageplus.services.answers.schemas import Answered, HandOverInput, MoveInput, PromiseInput, SeveralRefusalInput
from stageplus.services.inputs import SHORT_TEXT, identifier
from stageplus.states.audience import Audience
from stageplus.states.company.inbox import GONE, CompanyInboxState
from stageplus.texts import _, ngettext

SEVERAL = {"ids": "waiting", "before": "before_all"}
"""The names of these fields in the form for several: each is on its page once."""


class WaitingFields(TypedDict):
    """The field of the form that holds several values; Reflex leaves the others beside it as they are."""

    waiting: list[str]


class RefusedFields(TypedDict):
    """The same of the form that refuses."""

    ids: list[str]


class CompanyAnswersState(CompanyInboxState):
    """What a tap answers beside the list; what it obtains is shown there."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    @rx.event
    async def phone(self, application_id: int) -> None:
        """Note that the answer was given by telephone."""
        self._change(asking="telephone", errors={})
        noted = await self._call(answer_by_phone, identifier(application_id))
        self._settle(noted, _("C’est noté : vous êtes en contact."))
        await self._refresh()

    @rx.event
    async def reconsider(self, application_id: int) -> None:
        """Go back on a refusal."""
        self._change(asking="revoir", errors={})
        again = await self._call(reconsider_refusal, identifier(application_id))
        self._settle(again, _("Le refus est repris : vous êtes de nouveau en contact."))
        await self._refresh()

    @rx.event
    async def promise(self, typed: dict[str, Any]) -> None:
        """Promise an answer before a day."""
        self._change(asking="patienter", errors={})
        one = typed | {"ids": typed.get("application", "")}
        await self._conclude(await self._send(promise_answers, PromiseInput, one))

    @rx.event
    async def promise_several(self, typed: WaitingFields) -> None:
        """Promise several an answer before the same day."""
        self._change(asking="patienter-plusieurs", errors={})
        filled: dict[str, Any] = {**typed}
        chosen = {"ids": filled.get("waiting", []), "before": filled.get("before_all", "")}
        answered = await self._send(promise_answers, PromiseInput, chosen)
        self._change(errors={SEVERAL.get(name, name): fault for name, fault in self.errors.items()})
        await self._conclude(answered)

    @rx.event
    async def refuse_several(self, typed: RefusedFields) -> None:
        """Refuse several with one reason and one text."""
        self._change(asking="refuser-plusieurs", errors={})
        chosen: dict[str, Any] = {"ids": [], **typed}
        await self._conclude(await self._send(refuse_several, SeveralRefusalInput, chosen))

    @rx.event
    async def take_back(self, key: str) -> None:
        """Take the last answer back."""
        self._change(asking="", errors={})
        if await self._call(take_back_answer, str(key)[:SHORT_TEXT]):
            self._change(notice=_("Votre réponse est reprise : rien n’a été envoyé."))
        await self._refresh()

    @rx.event
    async def hand_over(self, typed: dict[str, Any]) -> None:
        """Hand the application over to a colleague."""
        self._change(asking="confier", errors={})
        number = identifier(typed.get("application"))
        handed = await self._send(hand_over_application, HandOverInput, typed, number)
        self._settle(handed, _("La candidature est confiée."))
        await self._refresh()

    @rx.event
    async def move(self, typed: dict[str, Any]) -> None:
        """Let the application go on in another establishment."""
        self._change(asking="deplacer", errors={})
        where = await self._send(move_application, MoveInput, typed, identifier(typed.get("application")))
        if where:
            self._change(done=self.done + 1, asking="")
            self._change(notice=_("La candidature est confiée à {place}.").format(place=where))
        await self._refresh()

    async def _conclude(self, answered: Answered | None) -> None:
        """Close the dialog and say how many were reached, or leave it open with what is wrong."""
        if self.missing:
            self._change(missing=False, errors={"form": GONE})
        errors = self.errors
        if answered:
            self._change(done=self.done + 1, asking="", notice=_answered_words(answered))
        await self._refresh()
        self._change(errors=errors)


def _answered_words(answered: Answered) -> str:
    done = ngettext("{n} réponse notée.", "{n} réponses notées.", answered.done).format(n=answered.done)
    left = ngettext(
        "{n} candidature avait changé entre-temps : elle reste comme elle est.",
        "{n} candidatures avaient changé entre-temps : elles restent comme elles sont.",
        answered.left,
    ).format(n=answered.left)
    return f"{done} {left}" if answered.left else done
