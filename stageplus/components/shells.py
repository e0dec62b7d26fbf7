"""Page shells: the learner's phone, the desk of the other roles, and the public pages."""

from collections.abc import Sequence
from typing import Literal

import reflex as rx

from stageplus.components.brand import logo
from stageplus.components.button import button_link
from stageplus.components.callout import notice
from stageplus.components.frame import Frame, connection_banner, footer, framed, sign_out
from stageplus.components.headings import page_head
from stageplus.components.icons import icon
from stageplus.components.link import back_link, link
from stageplus.components.navigation import NavItem, learner_nav, public_nav
from stageplus.components.props import Content, Text, class_names, either, filled, shown_if_filled
from stageplus.texts import _

Width = Literal["form", "narrow", "normal", "wide"]


def learner_shell(
    *content: Content,
    title: Text,
    active: str = "",
    frame: Frame | None = None,
    lead: Text = "",
    back: tuple[Text, Text] | None = None,
    actions: Content | None = None,
    skeleton: Content | None = None,
    width: Width = "normal",
    nav: Sequence[NavItem] | None = None,
) -> rx.Component:
    """Build a learner's page: tabs under the thumb on a phone, beside the logo on a larger screen."""
    known = frame or Frame()
    page = _page(content, title, known, lead, back, actions, skeleton, width)
    bar = rx.el.header(
        _home(known), _navigation(learner_nav() if nav is None else nav, active), _who(known), class_name="bar"
    )
    return _shell("learner", known, bar, page, footer(known), tutoie=True)


def desk_shell(
    nav: Sequence[NavItem],
    *content: Content,
    title: Text,
    active: str = "",
    frame: Frame | None = None,
    lead: Text = "",
    back: tuple[Text, Text] | None = None,
    actions: Content | None = None,
    skeleton: Content | None = None,
    width: Width = "wide",
) -> rx.Component:
    """Build a page of company, coach, operator or OFFA: navigation above on a tablet, at the left on a desk."""
    known = frame or Frame()
    page = _page(content, title, known, lead, back, actions, skeleton, width)
    bar = rx.el.header(_home(known), _navigation(nav, active), _who(known), class_name="bar")
    body = rx.el.div(page, footer(known), class_name="desk-body")
    return _shell("desk", known, bar, body, tutoie=False)


def public_shell(
    *content: Content,
    title: Text | None,
    active: str = "",
    frame: Frame | None = None,
    lead: Text = "",
    back: tuple[Text, Text] | None = None,
    actions: Content | None = None,
    skeleton: Content | None = None,
    width: Width = "normal",
    sign_in: bool = True,
) -> rx.Component:
    """Build a page for everyone; without `title` the content brings its own `h1`."""
    known = frame or Frame()
    page = _page(content, title, known, lead, back, actions, skeleton, width)
    bar = rx.el.header(
        _home(known), _navigation(public_nav(), active), _door(known) if sign_in else rx.fragment(), class_name="bar"
    )
    return _shell("public", known, bar, page, footer(known), tutoie=False)


def _shell(kind: str, frame: Frame, *parts: Content, tutoie: bool) -> rx.Component:
    return rx.el.div(
        link(_("Aller au contenu"), href="#contenu", native=True, class_name="skip"),
        connection_banner(tutoie=tutoie),
        *parts,
        rx.el.div(class_name="sr", role="status", custom_attrs={"data-announce": ""}),
        class_name=class_names("app", kind),
        custom_attrs={"data-person": frame.person},
    )


def _page(
    content: Sequence[Content],
    title: Text | None,
    frame: Frame,
    lead: Text,
    back: tuple[Text, Text] | None,
    actions: Content | None,
    skeleton: Content | None,
    width: Width,
) -> rx.Component:
    above = [back_link(*back)] if back else []
    head = [] if title is None else [page_head(title, lead=lead, actions=actions)]
    inside = rx.el.div(*above, *head, notice(frame.notice), _content(frame, content, skeleton))
    look = "page" if width == "normal" else f"page page-{width}"
    return rx.el.main(framed(frame, inside), id="contenu", class_name=look)


def _content(frame: Frame, content: Sequence[Content], skeleton: Content | None) -> Content:
    shown = rx.el.div(*content, class_name="stack stack-wide")
    return shown if skeleton is None else either(frame.loading, skeleton, shown)


def _home(frame: Frame) -> rx.Component:
    return link(logo(), href=frame.home, class_name="logo", custom_attrs={"aria-label": _("Stage+, accueil")})


def _navigation(items: Sequence[NavItem], active: str) -> rx.Component:
    return rx.el.nav(
        rx.el.ul(*[rx.el.li(_nav_link(item, active)) for item in items]),
        class_name="tabs-nav",
        custom_attrs={"aria-label": _("Navigation principale")},
    )


def _nav_link(item: NavItem, active: str) -> rx.Component:
    mark = {"aria-current": "page"} if item.key == active else {}
    return link(
        icon(item.icon),
        rx.el.span(item.label),
        shown_if_filled(item.count, rx.el.span(item.count, class_name="count")),
        href=item.href,
        class_name="nav-link",
        custom_attrs=mark,
    )


def _who(frame: Frame) -> rx.Component:
    return rx.el.div(
        shown_if_filled(frame.name, rx.el.span(frame.name, class_name="who-name")),
        either(filled(frame.csrf), sign_out(frame.csrf)),
        class_name="who",
    )


def _door(frame: Frame) -> rx.Component:
    inside = button_link(_("Mon espace"), frame.home, size="small")
    outside = button_link(_("Se connecter"), "/connexion", size="small", native=True)
    return rx.el.div(either(frame.signed_in, inside, outside), class_name="who")
