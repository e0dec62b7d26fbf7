"""What each role finds in its navigation: only pages that exist."""

from dataclasses import dataclass

from stageplus.components.icons import IconName
from stageplus.components.props import Text
from stageplus.texts import _


@dataclass(frozen=True)
class NavItem:
    """One entry; `count` shows how many things wait there, an empty one shows nothing."""

    key: str
    label: str
    href: str
    icon: IconName
    count: Text = ""


def learner_nav(waiting: Text = "") -> tuple[NavItem, ...]:
    """List the tabs of a learner."""
    return (
        NavItem("offres", _("Offres"), "/offres", "search"),
        NavItem("candidatures", _("Candidatures"), "/candidatures", "send", waiting),
        NavItem("compte", _("Compte"), "/compte", "account"),
        NavItem("aide", _("Aide"), "/aide", "help"),
    )


def company_nav(waiting: Text = "") -> tuple[NavItem, ...]:
    """List the entries of a company; `waiting` counts the applications to answer."""
    return (
        NavItem("accueil", _("À faire"), "/entreprise", "home"),
        NavItem("offres", _("Offres"), "/entreprise/offres", "list"),
        NavItem("candidatures", _("Candidatures"), "/entreprise/candidatures", "letter", waiting),
        *_account_and_help(),
    )


def coach_nav() -> tuple[NavItem, ...]:
    """List the entries of a coach."""
    return (NavItem("accueil", _("Mes secteurs"), "/coach", "layers"), *_account_and_help())


def operator_nav(waiting: Text = "") -> tuple[NavItem, ...]:
    """List the entries of an operator's staff; `waiting` counts the introductions to take over."""
    return (
        NavItem("mises-en-relation", _("Mises en relation"), "/operateur/mises-en-relation", "people", waiting),
        NavItem("apprenants", _("Mes apprenants"), "/operateur/apprenants", "account"),
        *_account_and_help(),
    )


def offa_nav() -> tuple[NavItem, ...]:
    """List the entries of OFFA."""
    return (NavItem("accueil", _("Vue d’ensemble"), "/offa", "layers"), *_account_and_help())


def public_nav() -> tuple[NavItem, ...]:
    """List the entries of someone who is not signed in."""
    return (NavItem("aide", _("Aide"), "/aide", "help"),)


def legal_nav() -> tuple[tuple[str, str], ...]:
    """List the pages that every footer links to."""
    return (
        (_("Aide"), "/aide"),
        (_("Accessibilité"), "/accessibilite"),
        (_("Vie privée"), "/vie-privee"),
        (_("Conditions d’utilisation"), "/conditions"),
    )


def _account_and_help() -> tuple[NavItem, ...]:
    return (
        NavItem("compte", _("Mon compte"), "/compte", "account"),
        NavItem("aide", _("Aide"), "/aide", "help"),
    )
