"""What each role finds in its navigation: only pages that exist."""

from dataclasses import dataclass
from typing import Literal

from stageplus.components.icons import IconName
from stageplus.domain.actors import Role
from stageplus.texts import _


@dataclass(frozen=True)
class NavItem:
    """One entry; `counts` names what the frame says of how much waits for the person there."""

    key: str
    label: str
    href: str
    icon: IconName
    counts: Literal["", "waiting", "claims", "reported", "moderated", "proposed", "messages"] = ""
    counted: str = _("à traiter")


def learner_nav() -> tuple[NavItem, ...]:
    """List the tabs of a learner, few enough for a thumb; help is at the foot of every page."""
    return (
        NavItem(
            "offres", _("Offres"), "/offres", "search", counts="proposed", counted=_("à voir parmi les suggestions")
        ),
        NavItem("favoris", _("Favoris"), "/favoris", "star"),
        NavItem("alertes", _("Alertes"), "/alertes", "spark", counts="waiting", counted=_("à voir")),
        NavItem(
            "candidatures",
            _("Candidatures"),
            "/candidatures",
            "send",
            counts="messages",
            counted=_("à lire dans les messages"),
        ),
        NavItem("compte", _("Compte"), "/compte", "account"),
    )


def company_nav() -> tuple[NavItem, ...]:
    """List the entries of a company, with the applications to answer."""
    return (
        NavItem("accueil", _("À faire"), "/entreprise", "home"),
        NavItem("offres", _("Offres"), "/entreprise/offres", "list"),
        NavItem("candidatures", _("Candidatures"), "/entreprise/candidatures", "letter", counts="waiting"),
        NavItem("agenda", _("Agenda"), "/entreprise/agenda", "calendar"),
        NavItem("etablissements", _("Établissements"), "/entreprise/etablissements", "building"),
        NavItem("equipe", _("Équipe"), "/entreprise/equipe", "people"),
        *_account_and_help(),
    )


def coach_nav() -> tuple[NavItem, ...]:
    """List the entries of a coach."""
    return (
        NavItem("accueil", _("Mes secteurs"), "/coach", "layers"),
        NavItem("territoire", _("Mon territoire"), "/coach/territoire", "map-pin"),
        NavItem("inviter", _("Inviter"), "/coach/inviter", "send"),
        *_account_and_help(),
    )


def operator_nav() -> tuple[NavItem, ...]:
    """List the entries of an operator's staff, with introductions to take over, claims and reports to look at."""
    return (
        NavItem("accueil", _("À faire"), "/operateur", "home"),
        NavItem(
            "mises-en-relation", _("Mises en relation"), "/operateur/mises-en-relation", "people", counts="waiting"
        ),
        NavItem("apprenants", _("Mes apprenants"), "/operateur/apprenants", "account"),
        NavItem("offres", _("Offres"), "/operateur/offres", "search"),
        NavItem("agrements", _("Agréments"), "/operateur/agrements", "shield"),
        NavItem("demandes", _("Demandes d’accès"), "/operateur/demandes", "building", counts="claims"),
        NavItem("codes", _("Codes d’activation"), "/operateur/codes", "lock", counts="reported"),
        NavItem("importer", _("Importer une liste"), "/operateur/importer", "list"),
        *_account_and_help(),
    )


def offa_nav() -> tuple[NavItem, ...]:
    """List the entries of OFFA."""
    return (
        NavItem("accueil", _("Vue d’ensemble"), "/offa", "layers"),
        NavItem("agrements", _("Agréments"), "/offa/agrements", "shield"),
        NavItem("demandes", _("Demandes d’accès"), "/offa/demandes", "building", counts="claims"),
        NavItem("moderation", _("Modération"), "/offa/moderation", "alert", counts="moderated"),
        NavItem("referentiels", _("Référentiels"), "/offa/referentiels", "tools"),
        NavItem("statistiques", _("Statistiques"), "/offa/statistiques", "target"),
        NavItem("comptes", _("Comptes"), "/offa/comptes", "people"),
        NavItem("annonces", _("Annonces"), "/offa/annonces", "flag"),
        NavItem("journal", _("Journal"), "/offa/journal", "list"),
        *_account_and_help(),
    )


def role_navs() -> dict[str, tuple[NavItem, ...]]:
    """List the navigation of every role."""
    return {
        Role.LEARNER.value: learner_nav(),
        Role.COMPANY.value: company_nav(),
        Role.COACH.value: coach_nav(),
        Role.OPERATOR.value: operator_nav(),
        Role.OFFA.value: offa_nav(),
    }


def public_nav() -> tuple[NavItem, ...]:
    """List the entries of someone who is not signed in."""
    return (NavItem("aide", _("Aide"), "/aide", "help"),)


def legal_nav() -> tuple[tuple[str, str], ...]:
    """List the pages that every footer links to."""
    return (
        (_("Aide"), "/aide"),
        (_("Statistiques"), "/statistiques"),
        (_("Accessibilité"), "/accessibilite"),
        (_("Vie privée"), "/vie-privee"),
        (_("Conditions d’utilisation"), "/conditions"),
    )


def _account_and_help() -> tuple[NavItem, ...]:
    return (
        NavItem("compte", _("Mon compte"), "/compte", "account"),
        NavItem("aide", _("Aide"), "/aide", "help"),
    )
