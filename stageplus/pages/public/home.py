"""The front page: what Stage+ is, and two doors."""

import reflex as rx

from stageplus.components import button_link, card, link, public_shell, section
from stageplus.components.button import Variant
from stageplus.components.icons import IconName, icon
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.states.front import FrontState
from stageplus.texts import _


def home_page() -> rx.Component:
    """Build the front page."""
    return public_shell(
        _hero(),
        rx.cond(FrontState.signed_in, _welcome(), _doors()),
        _totals(),
        _how(),
        _promises(),
        rx.cond(FrontState.signed_in, rx.fragment(), _others()),
        title=None,
        frame=frame(),
    )


def _others() -> rx.Component:
    return rx.el.p(
        _("Opérateurs, coachs sectoriels et OFFA :"),
        " ",
        link(_("votre espace est par ici"), href="/connexion", native=True),
        ".",
    )


def _hero() -> rx.Component:
    return rx.el.div(
        rx.el.h1(_("Un métier s’apprend aussi en entreprise")),
        rx.el.p(
            _(
                "Stage+ réunit les places de formation en alternance de Wallonie et de Bruxelles. "
                "On y trouve une entreprise près de chez soi, et on y postule en trois minutes, sans CV."
            ),
            class_name="lead",
        ),
        class_name="brand-hero stack",
    )


def _welcome() -> rx.Component:
    return card(
        rx.el.h2(_("Bonjour"), " ", FrontState.name),
        button_link(_("Mon espace"), FrontState.home, size="large"),
        surface="sun",
    )


def _doors() -> rx.Component:
    return rx.el.div(
        _door(
            "search",
            _("Je cherche une place"),
            _("Tu as de 15 à 25 ans et tu es inscrit dans un CEFA, à l’IFAPME ou à l’EFP."),
            _("Voir les offres"),
            "/connexion?suite=/offres",
            "/inscription/apprenant",
            "primary",
        ),
        _door(
            "building",
            _("Je forme un apprenant"),
            _("Vous êtes une entreprise formatrice agréée, et vous avez une place à proposer."),
            _("Proposer une place"),
            "/connexion?suite=/entreprise",
            "/inscription/entreprise",
            "secondary",
        ),
        class_name="doors",
    )


def _door(name: IconName, title: str, words: str, action: str, href: str, register: str, look: Variant) -> rx.Component:
    return card(
        icon(name, 36),
        rx.el.h2(title),
        rx.el.p(words),
        button_link(action, href, variant=look, size="large", native=True, wide=True),
        link(_("Créer un compte"), href=register, description=title),
        surface="sun" if look == "primary" else "plain",
        class_name="door",
    )


def _totals() -> rx.Component:
    totals = FrontState.totals
    figures = [
        (totals.offers, _("offres ouvertes")),
        (totals.trades, _("métiers")),
        (totals.municipalities, _("communes")),
    ]
    # A dash keeps the room of a number that is still on its way.
    pairs = [rx.el.div(rx.el.dt(words), rx.el.dd(rx.cond(number, number, "–"))) for number, words in figures]
    return rx.el.dl(*pairs, class_name="totals", custom_attrs={"aria-label": _("En ce moment sur Stage+")})


def _how() -> rx.Component:
    return section(
        _("Comment ça marche ?"),
        rx.el.ol(
            _step(
                _("L’apprenant postule"),
                _("Il choisit une offre près de chez lui et répond à trois questions."),
            ),
            _step(
                _("L’entreprise répond"),
                _("Elle reçoit la candidature tout de suite. Si elle tarde, Stage+ la relance."),
            ),
            _step(
                _("L’opérateur prend la suite"),
                _("Le contrat et le plan de formation se font avec lui, hors de Stage+."),
            ),
            class_name="numbered numbered-wide",
        ),
    )


def _step(title: str, words: str) -> rx.Component:
    return rx.el.li(rx.el.h3(title), rx.el.p(words))


def _promises() -> rx.Component:
    return section(
        _("On peut compter là-dessus"),
        rx.el.ul(
            _promise("coin", _("Gratuit pour tout le monde"), _("C’est un service public de l’OFFA, sans publicité.")),
            _promise("check", _("Des entreprises agréées"), _("Une offre ne paraît que si l’agrément est accordé.")),
            _promise("clock", _("Des offres à jour"), _("Une offre s’arrête d’elle-même après sa date de fin.")),
            _promise("shield", _("Des données qui restent ici"), _("Aucun traceur, et rien n’est transmis ailleurs.")),
            class_name="promises",
        ),
    )


def _promise(name: IconName, title: str, words: str) -> rx.Component:
    return rx.el.li(icon(name, 26), rx.el.h3(title), rx.el.p(words, class_name="quiet-text"))


PAGE = Page("/", _("Accueil"), Audience.EVERYONE, home_page, loads=[FrontState.load])
