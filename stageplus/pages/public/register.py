"""The doors: who comes in how, in everyday words."""

import reflex as rx

from stageplus.components import button_link, callout, card, link, public_shell, row, section
from stageplus.components.icons import IconName, icon
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


def register_page() -> rx.Component:
    """Build the choice of doors."""
    return public_shell(
        rx.cond(SessionState.signed_in, _signed_in_already()),
        rx.el.div(
            _door(
                "search",
                _("J’apprends un métier"),
                _("Tu es inscrit dans un CEFA, à l’IFAPME ou à l’EFP, et tu cherches une entreprise."),
                button_link(_("Je suis apprenant"), "/inscription/apprenant", wide=True),
                "sun",
            ),
            _door(
                "building",
                _("Mon entreprise forme"),
                _("Votre entreprise ou votre service public est agréé, ou veut l’être, pour former un apprenant."),
                button_link(_("Je suis une entreprise"), "/inscription/entreprise", variant="secondary", wide=True),
                "accent",
            ),
            class_name="doors",
        ),
        section(
            _("Je travaille chez un opérateur, comme coach sectoriel ou à l’OFFA"),
            rx.el.p(
                _(
                    "Votre compte s’ouvre par invitation : un collègue qui a déjà un compte vous l’envoie par e-mail. "
                    "Pour le premier compte d’un opérateur, écrivez à l’OFFA."
                )
            ),
        ),
        rx.el.p(_("Un compte existe déjà ?"), " ", link(_("Se connecter"), href="/connexion", native=True)),
        title=_("Créer un compte"),
        lead=_("Qui êtes-vous ? Chacun a sa porte, aucune n’est payante."),
        frame=frame(),
    )


def learner_page() -> rx.Component:
    """Build where a learner's code comes from, and what to do without one."""
    return public_shell(
        row(
            button_link(_("J’ai mon code"), "/activation", size="large"),
            button_link(_("J’ai déjà un compte"), "/connexion", variant="secondary", size="large", native=True),
        ),
        section(
            _("D’où vient le code ?"),
            rx.el.ol(
                _step(_("Ton opérateur te le donne"), _("Sur une feuille avec un carré à scanner, ou par e-mail.")),
                _step(_("Tu confirmes que c’est toi"), _("Ton nom s’affiche, puis tu donnes ton adresse e-mail.")),
                _step(_("Tu choisis un mot de passe"), _("Et tu vois tout de suite les offres près de chez toi.")),
                class_name="numbered",
            ),
        ),
        section(
            _("Pas de code ?"),
            rx.el.p(_("Demande-le à ton référent, ton accompagnateur ou au secrétariat de ton centre.")),
            rx.el.p(_("Perdu ou trop vieux ? Il t’en redonne un tout de suite, l’ancien ne marche plus.")),
            rx.el.p(_("Pas encore inscrit chez un opérateur ? Inscris-toi d’abord : les CEFA, l’IFAPME et l’EFP prennent "
                      "des inscriptions toute l’année.")),
        ),
        callout(
            rx.el.p(_("Le code ouvre ton compte, rien d’autre. Ne le donne à personne, ne le montre pas en ligne.")),
            tone="sun",
        ),
        rx.el.p(link(_("Je suis une entreprise, pas un apprenant"), href="/inscription")),
        title=_("Ton compte d’apprenant"),
        lead=_("Il te faut un code. Ton opérateur de formation te le donne : c’est gratuit et ça prend deux minutes."),
        back=(_("Créer un compte"), "/inscription"),
        frame=frame(),
        width="narrow",
    )  # fmt: skip


def _signed_in_already() -> rx.Component:
    return callout(
        button_link(_("Continuer"), SessionState.home),
        title=rx.fragment(_("Session déjà ouverte :"), " ", SessionState.name),
        tone="sun",
    )


def _door(icon_name: IconName, title: str, words: str, action: rx.Component, surface: str) -> rx.Component:
    return card(
        icon(icon_name, 40), rx.el.h2(title), rx.el.p(words), action, surface="sun" if surface == "sun" else "accent"
    )


def _step(title: str, words: str) -> rx.Component:
    return rx.el.li(rx.el.strong(title), rx.el.p(words))


CHOICE = Page("/inscription", _("Créer un compte"), Audience.EVERYONE, register_page)
LEARNER = Page("/inscription/apprenant", _("Ton compte d’apprenant"), Audience.EVERYONE, learner_page)
