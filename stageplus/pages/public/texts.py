"""The pages of plain text: help, accessibility, privacy, conditions, and the page of unknown addresses."""

import reflex as rx

from stageplus.components import button_link, empty_state, public_shell, section
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _

QUESTIONS = (
    (
        _("Comment avoir un compte ?"),
        _("L’accès passe par votre opérateur : il inscrit ses apprenants et reconnaît les entreprises agréées."),
    ),
    (
        _("Comment publier une place ?"),
        _(
            "Dans « Offres », choisissez « Créer une offre ». Seuls les métiers agréés de vos établissements sont proposés."
        ),
    ),
    (
        _("Comment voir les candidatures ?"),
        _("Elles arrivent dans « Candidatures », sans recharger la page. Ouvrir l’une d’elles le dit à l’apprenant."),
    ),
    (
        _("Comment clôturer une offre ?"),
        _("Ouvrez l’offre, choisissez « Clôturer l’offre » et un motif. Les personnes en attente sont prévenues."),
    ),
    (
        _("Comment postuler, ou retirer une candidature ?"),
        _("Ouvre une offre et réponds aux trois questions. Pour retirer, ouvre ta candidature dans « Candidatures »."),
    ),
)


def help_page() -> rx.Component:
    """Build the answers to the five practical questions."""
    return public_shell(
        *[rx.el.details(rx.el.summary(question), rx.el.p(answer), class_name="card") for question, answer in QUESTIONS],
        section(
            _("Encore bloqué ?"),
            rx.el.p(
                _("Votre opérateur de formation est le premier à pouvoir vous aider. Notez le numéro d’erreur affiché.")
            ),
        ),
        title=_("Aide"),
        active="aide",
        frame=frame(),
        width="narrow",
    )


def accessibility_page() -> rx.Component:
    """Build the declaration of accessibility."""
    return public_shell(
        rx.el.p(
            _(
                "Stage+ vise le niveau AA des règles WCAG 2.1, comme le demandent les décrets du 2 mai 2019 (Région wallonne), "
                "du 3 mai 2019 (Fédération Wallonie-Bruxelles) et du 9 mai 2019 (COCOF)."
            )
        ),
        section(
            _("Où nous en sommes"),
            rx.el.p(
                _(
                    "Déclaration établie le 24 novembre 2026 à partir de contrôles automatiques et d’essais au clavier. "
                    "Aucun audit externe n’a encore eu lieu : le site est considéré comme partiellement conforme."
                )
            ),
        ),
        section(
            _("Signaler un obstacle"),
            rx.el.p(
                _(
                    "Dites-le à votre opérateur ou à l’OFFA en précisant la page. Sans réponse satisfaisante, le Médiateur "
                    "de la Wallonie et de la Fédération Wallonie-Bruxelles peut être saisi."
                )
            ),
        ),
        title=_("Accessibilité"),
        frame=frame(),
        width="narrow",
    )


def privacy_page() -> rx.Component:
    """Build the privacy text, readable at fifteen."""
    return public_shell(
        rx.el.p(
            _(
                "L’OFFA est responsable de tes données. Elle les utilise pour une mission publique : aider à trouver une place."
            )
        ),
        section(
            _("Ce que nous gardons"),
            rx.el.p(
                _(
                    "Ton nom, ton adresse e-mail, ton téléphone si tu le donnes, ton année de naissance, ton code postal, ton "
                    "opérateur, ton métier, ton année, tes jours en entreprise et ce que tu écris dans tes candidatures."
                )
            ),
            rx.el.p(_("Jamais : numéro national, photo, sexe, nationalité, santé, casier, données de tes parents.")),
        ),
        section(
            _("Qui voit quoi"),
            rx.el.p(
                _(
                    "Une entreprise te voit seulement après ta candidature, et plus du tout si tu la retires. Ton opérateur voit "
                    "où en sont tes candidatures, pas ce que tu as écrit. Les coachs et l’OFFA voient des chiffres."
                )
            ),
        ),
        section(
            _("Tes droits"),
            rx.el.p(
                _(
                    "Tu peux demander à voir, corriger ou effacer tes données, ou t’opposer à leur usage. Une plainte est "
                    "possible auprès de l’Autorité de protection des données."
                )
            ),
        ),
        section(
            _("Deux cookies, rien d’autre"),
            rx.el.p(
                _(
                    "L’un garde ta session ouverte. L’autre retient que ton compte a déjà servi sur cet appareil, sans dire "
                    "lequel : personne ne peut t’en couper l’accès en essayant des mots de passe. Sans eux, pas de connexion."
                )
            ),
        ),
        title=_("Vie privée"),
        frame=frame(),
        width="narrow",
    )


def conditions_page() -> rx.Component:
    """Build the conditions of use."""
    return public_shell(
        rx.el.p(_("Stage+ est gratuit pour tout le monde. Il sert au premier contact : aucun contrat n’y est conclu.")),
        section(
            _("Ce que chacun s’engage à faire"),
            rx.el.ul(
                rx.el.li(
                    _(
                        "Une entreprise publie des places réelles, répond à chaque candidature et ne trie personne "
                        "selon son sexe, son âge ou son origine (loi du 10 mai 2007)."
                    )
                ),
                rx.el.li(_("Un apprenant écrit la vérité et prévient s’il change d’avis.")),
                rx.el.li(_("Chacun garde son mot de passe pour soi.")),
            ),
        ),
        section(
            _("Fin d’un accès"),
            rx.el.p(_("L’OFFA peut fermer un compte qui ne respecte pas ces règles, avec un motif.")),
        ),
        title=_("Conditions d’utilisation"),
        frame=frame(),
        width="narrow",
    )


def unknown_page() -> rx.Component:
    """Build the page of unknown addresses."""
    return public_shell(
        empty_state(
            _("Cette adresse ne mène nulle part"),
            _("Elle contient peut-être une erreur, ou la page a été déplacée. Rien n’est perdu."),
            rx.cond(
                SessionState.signed_in,
                button_link(_("Mon espace"), SessionState.home),
                button_link(_("Voir les offres"), "/connexion?suite=/offres", native=True),
            ),
            button_link(_("Aller à l’accueil"), "/", variant="secondary"),
            button_link(_("Lire l’aide"), "/aide", variant="secondary"),
        ),
        title=_("Page introuvable"),
        frame=frame(),
        width="narrow",
    )


HELP = Page("/aide", _("Aide"), Audience.EVERYONE, help_page)
ACCESSIBILITY = Page("/accessibilite", _("Accessibilité"), Audience.EVERYONE, accessibility_page)
PRIVACY = Page("/vie-privee", _("Vie privée"), Audience.EVERYONE, privacy_page)
CONDITIONS = Page("/conditions", _("Conditions d’utilisation"), Audience.EVERYONE, conditions_page)
UNKNOWN = Page("404", _("Page introuvable"), Audience.EVERYONE, unknown_page)
