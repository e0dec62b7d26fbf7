"""A page as data: where it is, what it is called, what it reads when it opens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from stageplus.components import Frame
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState

IS_PAST = (SessionState.path != "") & (rx.Var("globalThis.location?.pathname") != SessionState.path)
"""The browser opened another page, for which the server has not answered yet; never so where pages are built."""


@dataclass(frozen=True)
class Page:
    """One route; `title` comes before « · Stage+ », `loads` are the handlers that fill it."""

    route: str
    title: str
    audience: Audience
    build: Callable[[], rx.Component]
    loads: Sequence[Any] = field(default=(SessionState.settle,))

    @property
    def opens(self) -> list[Any]:
        """List everything that runs when the page opens; one that follows nothing still hears what happens to whom."""
        follows = any(getattr(load, "handler", load).is_background for load in self.loads)
        is_public = self.audience in {Audience.EVERYONE, Audience.IDENTIFYING}
        return [SessionState.enter, *self.loads, *([] if follows or is_public else [SessionState.hear])]


def frame() -> Frame:
    """Return what the shells need of the session."""
    return Frame(
        name=SessionState.name,
        person=SessionState.person,
        csrf=SessionState.csrf,
        signed_in=SessionState.signed_in,
        home=SessionState.home,
        denied=SessionState.denied & ~IS_PAST,
        missing=SessionState.missing & ~IS_PAST,
        fault=rx.cond(IS_PAST, "", SessionState.fault),
        notice=rx.cond(IS_PAST, "", SessionState.notice),
        prove=rx.cond(IS_PAST, "", SessionState.prove),
        loading=SessionState.loading,
        is_past=IS_PAST,
        waiting=SessionState.waiting,
        company=SessionState.company,
        acts_for_several=SessionState.acts_for_several,
        claims=SessionState.claims,
        reported=SessionState.reported,
        moderated=SessionState.moderated,
        proposed=SessionState.proposed,
        messages=SessionState.messages,
        role=SessionState.role,
        unreachable=SessionState.unreachable,
        notices=SessionState.notices,
        banner=rx.cond(SessionState.banner_key == SessionState.hidden_banner, "", SessionState.banner),
        banner_link=SessionState.banner_link,
        hide_banner=SessionState.hide_banner,
    )
