"""The pages of plain text: accessibility, conditions, and the page of unknown addresses."""

from datetime import date

import reflex as rx

from stageplus.components import button_link, empty_state, link, public_shell, section
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _
from stageplus.texts.formats import long_date

DECLARED_ON = date(2026, 11, 25)


def accessibility_page() -> rx.Component:
    """Build the declaration of accessibility that the three decrees ask for."""
    return public_shell(
        rx.el.p(
            _(
                "L’OFFA veut que chacun puisse utiliser Stage+, avec un lecteur d’écran, au clavier ou en agrandissant le texte."
            )
        ),
        section(
            _("Les règles suivies"),
            rx.el.p(_("WCAG 2.1, niveau AA (norme européenne EN 301 549). Trois décrets le demandent :")),
            rx.el.ul(
                rx.el.li(_("Région wallonne : décret du 2 mai 2019 ;")),
                rx.el.li(_("Fédération Wallonie-Bruxelles : décret du 3 mai 2019 ;")),
                rx.el.li(_("Commission communautaire française : décret du 9 mai 2019.")),
                class_name="bullets",
            ),
        ),
        section(
            _("Où nous en sommes"),
            rx.el.p(
                rx.el.strong(_("Le site est partiellement conforme.")),
                " ",
                _("Personne d’extérieur ne l’a encore contrôlé."),
            ),
            rx.el.p(
                _(
                    "Chaque page est vérifiée à chaque changement : par un outil automatique, sur téléphone, tablette et "
                    "ordinateur, en clair et en sombre, et au clavier. Un outil ne voit pourtant qu’une partie des obstacles."
                )
            ),
        ),
        section(
            _("Ce qui peut encore gêner"),
            rx.el.ul(
                rx.el.li(_("Aucune personne handicapée n’a encore essayé le site pour nous.")),
                rx.el.li(_("Il n’y a ni version en langue des signes ni version « facile à lire ».")),
                rx.el.li(_("Ce que les entreprises écrivent dans leurs offres n’est pas toujours simple.")),
                class_name="bullets",
            ),
        ),
        section(
            _("Signaler un obstacle"),
            rx.el.p(
                _(
                    "Dites-le à votre opérateur ou à l’OFFA : quelle page, et ce qui bloque. Une autre façon de faire vous est proposée."
                ),
                " ",
                link(_("Comment joindre l’OFFA"), href="https://www.offa-oip.be", native=True),
            ),
            rx.el.p(_("Sans réponse, ou si elle ne suffit pas, une plainte est possible, gratuitement :")),
            rx.el.ul(
                rx.el.li(
                    _("au Médiateur de la Wallonie et de la Fédération Wallonie-Bruxelles :"),
                    " ",
                    link("le-mediateur.be", href="https://www.le-mediateur.be", native=True),
                ),
                rx.el.li(
                    _("à Unia, si vous pensez être discriminé :"),
                    " ",
                    link("unia.be", href="https://www.unia.be", native=True),
                ),
                class_name="bullets",
            ),
        ),
        rx.el.p(
            _("Déclaration établie le {day}, sur la base d’une auto-évaluation.").format(day=long_date(DECLARED_ON)),
            class_name="quiet-text",
        ),
        title=_("Accessibilité"),
        frame=frame(),
        width="narrow",
    )


def conditions_page() -> rx.Component:
    """Build the conditions of use."""
    return public_shell(
        section(
            _("Ce qu’est Stage+"),
            rx.el.p(
                _(
                    "Un service public gratuit, géré par l’OFFA. Il sert au premier contact entre un apprenant et une entreprise."
                )
            ),
            rx.el.p(_("Aucun contrat n’y est signé. La suite se fait avec l’opérateur de formation.")),
        ),
        section(
            _("Ce que fait chacun"),
            _promises(
                _("L’apprenant"),
                _("écrit la vérité, sur lui et pour lui ;"),
                _("retire sa candidature s’il n’est plus intéressé."),
            ),
            _promises(
                _("L’entreprise"),
                _("ne publie que des places qui existent, pour un métier agréé ;"),
                _("répond à chaque candidature, et clôture l’offre quand elle n’a plus de place ;"),
                _("ne choisit personne selon son sexe, son âge ou son origine (loi du 10 mai 2007) ;"),
                _("ne se sert des coordonnées que pour cette place."),
            ),
            _promises(
                _("L’opérateur"),
                _("tient à jour ses inscriptions et reprend les mises en relation ;"),
                _("ne cache aucune offre à ses apprenants."),
            ),
            _promises(
                _("Tout le monde"),
                _("garde son mot de passe et son code pour soi ;"),
                _("n’essaie pas d’accéder à ce qui est aux autres."),
            ),
        ),
        section(
            _("Ce que nous ne pouvons pas promettre"),
            rx.el.p(
                _(
                    "Qu’il y ait une place pour chacun, ni que le site réponde à chaque seconde. Les textes des offres sont ceux des entreprises."
                )
            ),
        ),
        section(
            _("Fin d’un accès"),
            rx.el.p(
                _(
                    "L’OFFA peut fermer un compte qui ne respecte pas ces règles. Elle dit pourquoi, et la personne peut répondre."
                )
            ),
            rx.el.p(_("Chacun peut fermer son compte quand il veut. Le droit belge s’applique.")),
        ),
        rx.el.p(link(_("Ce que deviennent les données personnelles"), href="/vie-privee")),
        title=_("Conditions d’utilisation"),
        frame=frame(),
        width="narrow",
    )


def _promises(who: str, *what: str) -> rx.Component:
    return rx.el.div(
        rx.el.h3(who),
        rx.el.ul(*[rx.el.li(each) for each in what], class_name="bullets"),
        class_name="stack stack-tight",
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


ACCESSIBILITY = Page("/accessibilite", _("Accessibilité"), Audience.EVERYONE, accessibility_page)
CONDITIONS = Page("/conditions", _("Conditions d’utilisation"), Audience.EVERYONE, conditions_page)
UNKNOWN = Page("404", _("Page introuvable"), Audience.EVERYONE, unknown_page)
