"""The privacy text, for somebody of fifteen: what is kept, who sees it, how long, and what one may ask."""

import reflex as rx

from stageplus.components import callout, public_shell, section, skeleton_text
from stageplus.components.link import link
from stageplus.components.props import either
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.states.privacy import PrivacyState as State
from stageplus.texts import _


def privacy_page() -> rx.Component:
    """Build the privacy text."""
    return public_shell(
        callout(
            rx.el.p(_("Stage+ garde le moins possible, ne vend rien et ne suit personne.")),
            rx.el.p(_("Tu peux demander à tout voir, corriger, emporter ou effacer.")),
            title=_("En deux phrases"),
        ),
        _who(),
        _what(),
        _readers(),
        _periods(),
        _rights(),
        section(
            _("Un seul cookie"),
            rx.el.p(
                _(
                    "Il garde ta session ouverte. Sans lui, impossible de se connecter. Il disparaît quand tu te déconnectes."
                )
            ),
            rx.el.p(
                _("Pas de publicité, pas de mesure d’audience, rien qui vienne d’un autre site : donc pas de bandeau.")
            ),
        ),
        title=_("Vie privée"),
        lead=_("Ce que Stage+ sait de toi, pourquoi, et pour combien de temps."),
        frame=frame(),
        width="narrow",
    )


def _who() -> rx.Component:
    return section(
        _("Qui est responsable"),
        rx.el.p(
            _(
                "L’OFFA, l’Office francophone de la formation en alternance. C’est un organisme public. Les autorités lui ont "
                "donné une mission : aider les jeunes à trouver une place. C’est pour cela qu’il peut garder tes données. Il "
                "ne te demande pas ton accord, mais il te doit des comptes."
            )
        ),
        rx.el.p(
            _("Une question ? Écris à l’OFFA, à l’attention du délégué à la protection des données."),
            " ",
            link(_("Comment joindre l’OFFA"), href="https://www.offa-oip.be", native=True),
        ),
    )


def _what() -> rx.Component:
    return section(
        _("Ce que nous gardons"),
        rx.el.ul(
            rx.el.li(_("Qui tu es : nom, prénom, adresse e-mail, année de naissance, code postal.")),
            rx.el.li(_("Ta formation : opérateur, métier, année, jours en entreprise.")),
            rx.el.li(_("Ta date de naissance complète : pour ton opérateur seulement, jamais pour les entreprises.")),
            rx.el.li(_("Tes candidatures et tes messages : ce que tu écris, et ton téléphone si tu le donnes.")),
            rx.el.li(
                _("Les offres que tu ouvres : jusqu’au soir, pour te compter une fois. Ensuite, un nombre, sans toi.")
            ),
            rx.el.li(_("Tes favoris et tes alertes : tu les effaces quand tu veux, et ils partent avec ton compte.")),
            rx.el.li(
                _("Les mots d’une recherche qui ne trouve rien, jamais avec ton nom : OFFA apprend ce qui manque.")
            ),
            rx.el.li(_("Tes notifications : ce que le site t’annonce, et le rythme d’e-mails que tu choisis.")),
            rx.el.li(_("Ce que ton opérateur note pour t’aider : où tu en es, et quand te recontacter.")),
            rx.el.li(_("Qui ouvre tes données, et quel jour : tu le lis dans « Candidatures ».")),
            rx.el.li(_("Ta sécurité : quand et avec quel genre d’appareil ton compte s’est ouvert.")),
            class_name="bullets",
        ),
        rx.el.p(
            rx.el.strong(_("Jamais :"), " "),
            _("numéro national, photo, sexe, nationalité, santé, casier judiciaire, données de tes parents, rue."),
        ),
        rx.el.p(
            _(
                "Travailles-tu dans une entreprise ou chez un opérateur ? Nous gardons nom, adresse e-mail et organisation."
            )
        ),
    )


def _readers() -> rx.Component:
    return section(
        _("Qui voit quoi"),
        rx.el.ul(
            rx.el.li(_("Une entreprise te voit après ta candidature. Si tu la retires, elle ne te voit plus.")),
            rx.el.li(_("Ton opérateur voit où en sont tes candidatures, jamais ce que tu as écrit.")),
            rx.el.li(_("Ses notes sur toi restent chez lui. Tu les reçois quand tu demandes tes données.")),
            rx.el.li(
                _("Tes messages : toi et l’entreprise. Ton opérateur, si tu les montres. OFFA, si on les signale.")
            ),
            rx.el.li(_("Si tu lui demandes de l’aide, il reçoit ton nom et la recherche qui n’a rien donné.")),
            rx.el.li(_("Tes favoris et tes alertes, personne ne les voit : une entreprise lit au plus un nombre.")),
            rx.el.li(_("Un coach sectoriel voit des chiffres. Il ne voit personne.")),
            rx.el.li(_("L’OFFA fait fonctionner le site et peut t’aider si ton compte est bloqué.")),
            class_name="bullets",
        ),
        rx.el.p(_("Personne d’autre. Rien n’est donné à un autre site ni à un autre outil.")),
    )


def _periods() -> rx.Component:
    periods = State.periods
    rows = rx.el.dl(
        _period(
            _("Une candidature terminée"),
            periods.ended_application,
            _("Ce que tu as écrit est effacé ; il reste un chiffre."),
        ),
        _period(
            _("Un compte qui dort : nous te prévenons"),
            periods.inactive_warning,
            _("Une visite suffit pour le garder."),
        ),
        _period(
            _("Un compte qui dort : nous l’effaçons"),
            periods.inactive_account,
            _("Si personne n’est venu entre-temps."),
        ),
        _period(_("Après la fin de ta formation"), periods.after_registration, _("Ton compte d’apprenant est effacé.")),
        _period(
            _("Une invitation que personne n’accepte"), periods.unused_invitation, _("L’adresse invitée est effacée.")
        ),
        _period(_("Une notification"), periods.notices, _("Ce que le site t’a annoncé s’efface ensuite tout seul.")),
        _period(_("Le journal de sécurité"), periods.logs, _("Qui s’est connecté quand, pour repérer un abus.")),
        class_name="facts",
    )
    return section(
        _("Combien de temps"),
        either(periods.logs != "", rows, skeleton_text()),
        rx.el.p(_("Si tu demandes à être effacé, c’est tout de suite.")),
    )


def _period(what: str, length: rx.Var[str] | str, how: str) -> rx.Component:
    return rx.el.div(rx.el.dt(what), rx.el.dd(length), rx.el.dd(how, class_name="fact-note"))


def _rights() -> rx.Component:
    return section(
        _("Tes droits"),
        rx.el.ul(
            rx.el.li(
                _(
                    "Voir tes données et en recevoir une copie : un bouton de « Mon compte » les donne en un fichier, tout de suite."
                )
            ),
            rx.el.li(_("Faire corriger ce qui est faux.")),
            rx.el.li(_("Faire effacer ton compte.")),
            rx.el.li(_("Dire non : t’opposer à un usage, en expliquant ta situation.")),
            class_name="bullets",
        ),
        rx.el.p(
            _(
                "Pour le reste, écris à l’OFFA ou demande à ton opérateur. C’est gratuit, et la réponse vient dans le mois."
            )
        ),
        rx.el.p(
            _(
                "La réponse ne te va pas ? Tu peux porter plainte à l’Autorité de protection des données, gratuitement :"
            ),
            " ",
            link("autoriteprotectiondonnees.be", href="https://www.autoriteprotectiondonnees.be", native=True),
            _(", rue de la Presse 35, 1000 Bruxelles."),
        ),
    )


PAGE = Page("/vie-privee", _("Vie privée"), Audience.EVERYONE, privacy_page, loads=[State.load])
