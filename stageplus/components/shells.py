"""Page shells: the learner's phone, the desk of the other roles, and the public pages."""

from collections.abc import Sequence
from typing import Literal

import reflex as rx

from stageplus.components.announcement import banner
from stageplus.components.brand import logo
from stageplus.components.button import button_link
from stageplus.components.callout import notice
from stageplus.components.frame import (
    Frame,
    bell,
    connection_banner,
    footer,
    framed,
    proof_panel,
    sign_out,
    unreachable_panel,
)
from stageplus.components.headings import page_head
from stageplus.components.icons import icon
from stageplus.components.link import back_link, link
from stageplus.components.navigation import NavItem, learner_nav, public_nav, role_navs
from stageplus.components.props import Content, Flag, Text, either, filled, of_role, shown_if_filled
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
    bar = _bar(known, _navigation(learner_nav() if nav is None else nav, active, known), _who(known, active))
    return _shell("learner", known, bar, page, tutoie=True)


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
    way = either(known.denied, rx.fragment(), _navigation(nav, active, known))
    bar = _bar(known, way, _who(known, active))
    return _shell("desk", known, bar, page, tutoie=False)


def own_shell(
    *content: Content,
    title: Text,
    active: str = "",
    frame: Frame | None = None,
    lead: Text = "",
    back: tuple[Text, Text] | None = None,
    actions: Content | None = None,
    skeleton: Content | None = None,
    width: Width = "normal",
) -> rx.Component:
    """Build a page that every role has, inside the frame of one's own role; without one it is a public page."""
    known = frame or Frame()
    page = _page(content, title, known, lead, back, actions, skeleton, width)
    navigations = {role: _navigation(nav, active, known) for role, nav in role_navs().items()}
    bar = _bar(
        known,
        of_role(known.role, navigations, _navigation(public_nav(), active, known)),
        either(known.signed_in, _who(known, active), _door(known)),
    )
    kinds = dict.fromkeys(navigations, "desk") | {"learner": "learner"}
    return _shell(of_role(known.role, kinds, "public"), known, bar, page, tutoie=known.role == "learner")


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
    door = _door(known) if sign_in else rx.fragment()
    bar = _bar(known, _navigation(public_nav(), active, known), door)
    return _shell("public", known, bar, page, tutoie=False)


def _shell(kind: Text, frame: Frame, bar: Content, page: Content, *, tutoie: Flag) -> rx.Component:
    return rx.el.div(
        link(_("Aller au contenu"), href="#contenu", native=True, class_name="skip"),
        connection_banner(tutoie=tutoie),
        bar,
        rx.el.div(page, footer(frame), class_name="body"),
        rx.el.div(class_name="sr", role="status", custom_attrs={"data-announce": ""}),
        class_name=f"app {kind}",
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
    inside = rx.el.div(
        *above,
        *head,
        notice(frame.notice),
        unreachable_panel(frame),
        proof_panel(frame.prove),
        _content(frame, content, skeleton),
    )
    look = "page" if width == "normal" else f"page page-{width}"
    announced = banner(frame.banner, frame.banner_link, frame.hide_banner)
    return rx.el.main(announced, framed(frame, inside), id="contenu", class_name=look)


def _content(frame: Frame, content: Sequence[Content], skeleton: Content | None) -> Content:
    shown = rx.el.div(*content, class_name="stack stack-wide")
    # A page without a skeleton is there from the first moment: taking it away would take what is typed in it.
    return shown if skeleton is None else either(frame.loading | frame.is_past, skeleton, shown)


def _home(frame: Frame) -> rx.Component:
    return link(logo(), href=frame.home, class_name="logo", custom_attrs={"aria-label": _("Stage+, accueil")})


def _bar(frame: Frame, *parts: Content) -> rx.Component:
    return rx.el.header(_home(frame), *parts, class_name="bar")


def _navigation(items: Sequence[NavItem], active: str, frame: Frame) -> rx.Component:
    return rx.el.nav(
        rx.el.ul(*[rx.el.li(_nav_link(item, active, frame)) for item in items]),
        class_name="tabs-nav",
        custom_attrs={"aria-label": _("Navigation principale")},
    )


def _nav_link(item: NavItem, active: str, frame: Frame) -> rx.Component:
    waiting = getattr(frame, item.counts) if item.counts else ""
    mark = {"aria-current": "page"} if item.key == active else {}
    count = rx.el.span(waiting, rx.el.span(" ", item.counted, class_name="sr"), class_name="count")
    return link(
        icon(item.icon),
        rx.el.span(item.label),
        shown_if_filled(waiting, count),
        href=item.href,
        class_name="nav-link",
        custom_attrs=mark,
    )


def _who(frame: Frame, active: str) -> rx.Component:
    return rx.el.div(
        bell(frame, current=active == "notifications"),
        shown_if_filled(frame.name, rx.el.span(frame.name, _acting_for(frame), class_name="who-name")),
        either(filled(frame.csrf), sign_out(frame.csrf)),
        class_name="who",
    )


def _acting_for(frame: Frame) -> Content:
    """Say for which company one acts, with the way to another where there are several."""
    company = rx.el.span(rx.el.span(_("pour"), " ", class_name="sr"), frame.company, class_name="hint who-company")
    way = link(company, href="/entreprise/choisir", description=_("Changer d’entreprise"))
    return shown_if_filled(frame.company, either(frame.acts_for_several, way, company))


def _door(frame: Frame) -> rx.Component:
    inside = button_link(_("Mon espace"), frame.home, size="small")
    outside = button_link(_("Se connecter"), "/connexion", size="small", native=True)
    return rx.el.div(either(frame.signed_in, inside, outside), class_name="who")
