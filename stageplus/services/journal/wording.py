"""What each deed of the journal is called."""

from stageplus.domain.actors import Role
from stageplus.texts import _

DEEDS = {
    "account.activated": _("Compte d’apprenant ouvert"),
    "account.made": _("Compte d’entreprise créé"),
    "administrator.created": _("Administrateur créé depuis le terminal"),
    "announcement.saved": _("Annonce enregistrée"),
    "announcement.withdrawn": _("Annonce retirée"),
    "approval.recorded": _("Agrément noté"),
    "approvals.imported": _("Agréments importés"),
    "approvals.undone": _("Import d’agréments annulé"),
    "claim.accepted": _("Demande d’accès acceptée"),
    "claim.contested": _("Refus contesté"),
    "claim.made": _("Demande d’accès faite"),
    "claim.refused": _("Demande d’accès refusée"),
    "company.merged": _("Deux inscriptions d’une entreprise réunies"),
    "data.exported": _("Données personnelles téléchargées"),
    "email.changed": _("Adresse e-mail changée"),
    "email.unreachable": _("E-mail revenu"),
    "enrolment.attached": _("Inscription rattachée à un compte"),
    "enrolment.corrected": _("Inscription corrigée"),
    "factor.code_used": _("Code de secours utilisé"),
    "factor.codes_renewed": _("Codes de secours renouvelés"),
    "factor.registered": _("Deuxième étape ajoutée"),
    "factor.removed": _("Deuxième étape retirée"),
    "factor.reset": _("Deuxième étape remise à zéro"),
    "identity.linked": _("Fournisseur d’identité relié"),
    "identity.unlinked": _("Fournisseur d’identité délié"),
    "moderation.asked": _("Changement demandé pour une offre"),
    "moderation.changed": _("Offre changée à la demande d’OFFA"),
    "moderation.flagged": _("Offre signalée"),
    "moderation.left": _("Offre laissée en ligne"),
    "moderation.lifted": _("Offre remise en ligne par OFFA"),
    "moderation.message-closed": _("Conversation fermée par OFFA"),
    "moderation.message-hidden": _("Message masqué par OFFA"),
    "moderation.message-left": _("Message signalé, laissé visible"),
    "moderation.message-lifted": _("Message rendu visible par OFFA"),
    "moderation.message-reported": _("Message signalé"),
    "moderation.taken-off": _("Offre mise hors ligne par OFFA"),
    "moderation.worded": _("Offre publiée avec des mots à examiner"),
    "password.changed": _("Mot de passe changé"),
    "password.reset": _("Mot de passe oublié, remplacé"),
    "people.charged": _("Mandat changé"),
    "people.invitation-withdrawn": _("Invitation retirée"),
    "people.invited": _("Invitation envoyée"),
    "people.invited-again": _("Invitation renvoyée"),
    "people.joined": _("Invitation acceptée"),
    "people.restored": _("Compte rouvert"),
    "people.suspended": _("Compte suspendu"),
    "sign-in.burst": _("Dix mots de passe faux de suite"),
    "reference.operator_networks": _("Réseau d’opérateurs changé"),
    "reference.operators": _("Opérateur changé"),
    "reference.parameters": _("Paramètre changé"),
    "reference.scheme_rules": _("Règles d’un dispositif changées"),
    "reference.schemes": _("Dispositif changé"),
    "reference.sectors": _("Secteur changé"),
    "reference.trade_words": _("Mot d’un métier changé"),
    "reference.trades": _("Métier changé"),
    "roster.imported": _("Liste d’apprenants importée"),
    "roster.undone": _("Import d’une liste annulé"),
    "session.ended": _("Session terminée"),
    "team.changed": _("Rôle changé dans une équipe"),
    "team.handed-over": _("Équipe transmise"),
    "team.invitation-withdrawn": _("Invitation d’équipe retirée"),
    "team.invited": _("Invitation d’équipe envoyée"),
    "team.joined": _("Équipe rejointe"),
    "team.removed": _("Personne retirée d’une équipe"),
    "team.switched": _("Entreprise choisie"),
}
BY_ROLE = {
    Role.LEARNER: _("un apprenant"),
    Role.COMPANY: _("l’entreprise"),
    Role.OPERATOR: _("l’opérateur"),
    Role.COACH: _("un coach sectoriel"),
    Role.OFFA: _("l’OFFA"),
}
"""How whoever did something is told to whom it was done to."""
SAID_IN_FRENCH = frozenset({"factor.registered", "factor.removed", "factor.reset"})
"""With those of people, whose detail was written to be read; the others keep identifiers there."""


def shown_detail(action: str, detail: str) -> str:
    """Return what the journal shows of a detail."""
    return detail if action in SAID_IN_FRENCH or action.startswith(("people.", "moderation.", "reference.")) else ""
