"""What surrounds the content of every page: who is signed in, the connection, and what replaces a refused page."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_base.constants.compiler import CompileVars, Hooks, Imports
from reflex_base.vars import VarData

from stageplus.components.button import button, button_link
from stageplus.components.callout import answer_box, callout
from stageplus.components.icons import IconName, icon
from stageplus.components.link import link
from stageplus.components.native_form import native_form
from stageplus.components.navigation import legal_nav
from stageplus.components.props import Content, Flag, Text, either, filled, of_role, shown_if_filled
from stageplus.texts import _


@dataclass(frozen=True)
class Frame:
    """The facts a shell needs from the session; every one may be a Reflex variable.

    `is_past` tells that they are about the page before, as long as the server has not answered for this one.
    """

    name: Text = ""
    person: Text = ""
    csrf: Text = ""
    signed_in: Flag = False
    home: Text = "/"
    denied: Flag = False
    missing: Flag = False
    fault: Text = ""
    notice: Text = ""
    prove: Text = ""
    loading: Flag = False
    is_past: Flag = False
    waiting: Text = ""
    company: Text = ""
    acts_for_several: Flag = False
    claims: Text = ""
    reported: Text = ""
    moderated: Text = ""
    proposed: Text = ""
    messages: Text = ""
    role: Text = ""
    unreachable: Flag = False
    notices: Text = ""
    banner: Text = ""
    banner_link: Text = ""
    hide_banner: Any = None


def connection_banner(*, tutoie: Flag = True) -> rx.Component:
    """Say in French that the connection is gone or back; our script fills it."""
    tu = _("Connexion perdue. Ce que tu as écrit est gardé ici et partira dès qu’elle revient.")
    vous = _("Connexion perdue. Ce que vous avez écrit est gardé ici et partira dès qu’elle revient.")
    return rx.el.div(
        class_name="offline",
        role="status",
        custom_attrs={
            "data-connection": rx.cond(_connection_lost(), "lost", "fine"),
            "data-lost-text": either(tutoie, tu, vous),
            "data-back-text": _("La connexion est revenue."),
        },
    )


def sign_out(csrf: Text) -> rx.Component:
    """Build the form that ends the session and empties what this device kept."""
    leave = button(_("Se déconnecter"), type="submit", variant="quiet", size="small", icon_name="door")
    return native_form(
        leave, action="/auth/deconnexion", csrf=csrf, class_name="sign-out", custom_attrs={"data-sign-out": ""}
    )


def bell(frame: Frame, *, current: bool) -> rx.Component:
    """Lead to what happened, with how much of it is not read yet; its name is read aloud where it is not shown."""
    name = _("Notifications")
    told = either(filled(frame.notices), name + ", " + frame.notices + " " + _("non lues"), name)
    return link(
        icon("bell"),
        rx.el.span(name, class_name="bell-name"),
        shown_if_filled(frame.notices, rx.el.span(frame.notices, class_name="count")),
        href="/notifications",
        class_name="nav-link bell",
        custom_attrs={"aria-label": told, **({"aria-current": "page"} if current else {})},
    )


def footer(frame: Frame) -> rx.Component:
    """Build the footer with the legal pages."""
    links = [link(label, href=href, class_name="") for label, href in legal_nav()]
    return rx.el.footer(
        rx.el.div(
            rx.el.nav(*links, class_name="row", custom_attrs={"aria-label": _("Informations légales")}),
            shown_if_filled(frame.name, rx.el.p(_("Session de"), " ", frame.name, _for_company(frame))),
            class_name="foot-in",
        ),
        class_name="foot",
    )


def unreachable_panel(frame: Frame) -> Any:
    """Tell that mail to one's address comes back, with the way to mend it."""
    tu = _("Les messages envoyés à ton adresse e-mail reviennent. Vérifie-la ou donnes-en une autre.")
    vous = _("Les messages envoyés à votre adresse e-mail reviennent. Vérifiez-la ou donnez-en une autre.")
    words = rx.el.p(of_role(frame.role, {"learner": tu}, vous))
    way = button_link(_("Voir l’adresse"), "/compte", variant="secondary", size="small")
    return either(frame.unreachable, callout(words, way, title=_("Nos e-mails n’arrivent pas"), tone="warning"))


def _for_company(frame: Frame) -> Content:
    return shown_if_filled(frame.company, rx.el.span(", ", _("pour"), " ", frame.company))


def proof_panel(prove: Text) -> Any:
    """Ask for a fresh proof of who acts before what was just asked, with the way there; it takes the focus."""
    way = button_link(_("Confirmer"), prove, icon_name="shield")
    words = rx.el.p(_("Cette action touche à la sécurité d’un compte. Rien n’a encore changé."))
    box = callout(words, way, title=_("Une confirmation est nécessaire"), tone="sun", icon_name="lock")
    return shown_if_filled(prove, answer_box(box, data_proof=""))


def framed(frame: Frame, content: Content) -> Any:
    """Show the content, or what explains why it is not there."""
    shown = either(filled(frame.fault), fault_panel(frame.fault, frame.home), content)
    shown = either(frame.missing, missing_panel(frame.home), shown)
    return either(frame.denied, denied_panel(frame.home), shown)


def denied_panel(home: Text) -> rx.Component:
    """Tell someone of another role that this page is not for them."""
    return _panel(
        _("Cette page n’est pas pour votre profil"),
        _("Elle est réservée à d’autres personnes. Rien n’a été modifié."),
        home,
        icon_name="lock",
    )


def missing_panel(home: Text) -> rx.Component:
    """Tell that the thing asked for does not exist, or not for this person."""
    return _panel(
        _("Page introuvable"),
        _("Cette page a été déplacée, supprimée, ou l’adresse contient une erreur."),
        home,
        icon_name="search",
    )


def fault_panel(reference: Text, home: Text) -> rx.Component:
    """Admit an error of ours, with the number that finds it in the log."""
    return _panel(
        _("Une erreur s’est produite chez nous"),
        _("Le texte déjà écrit est gardé sur cet appareil. Réessayer dans un instant suffit souvent."),
        home,
        rx.el.p(_("Numéro à donner à l’aide :"), " ", rx.el.strong(reference), class_name="whole-line"),
        button(_("Réessayer"), variant="secondary", custom_attrs={"data-reload": ""}),
        icon_name="alert",
    )


def _panel(title: str, words: str, home: Text, *more: Content, icon_name: IconName) -> rx.Component:
    way_out = rx.el.div(*more, button_link(_("Retour à l’accueil"), home), class_name="row")
    return rx.el.div(icon(icon_name, 60), rx.el.h1(title), rx.el.p(words), way_out, class_name="empty")


def _connection_lost() -> rx.Var[bool]:
    data = VarData(imports=Imports.CONNECT_ERRORS, hooks={Hooks.CONNECT_ERRORS: None})
    return rx.Var(f"({CompileVars.CONNECT_ERROR}.length > 0)", _var_data=data).to(bool)
