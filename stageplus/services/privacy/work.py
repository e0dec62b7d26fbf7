"""What is kept of whoever works on Stage+: mandates, and the traces that the work leaves."""

from typing import Any

from sqlmodel import Session, col, func, select

from stageplus.models import (
    ActivationCode,
    Announcement,
    Application,
    ApplicationChange,
    Approval,
    ApprovalChange,
    ApprovalImport,
    Circular,
    CoachLink,
    CoachLinkClaim,
    CoachMandate,
    Company,
    CompanyClaim,
    CompanyContact,
    CompanyFollowUp,
    CompanyInvitation,
    Consultation,
    EnrolmentReport,
    Establishment,
    FollowUp,
    Implantation,
    Introduction,
    InvitedSector,
    LearnerAssignment,
    LearnerNote,
    ModerationStep,
    Offer,
    OfferChange,
    Operator,
    OperatorMember,
    OutsidePlace,
    ReferenceChange,
    RosterImport,
    SavedView,
    Sector,
    StaffInvitation,
    StaffNudge,
    Suggestion,
    Trade,
)
from stageplus.services.privacy.rows import by_parent, listed, named, offer_named, with_offer
from stageplus.services.privacy.schemas import Section, Whose
from stageplus.texts import _


def _operators(session: Session, whose: Whose) -> Any:
    wanted = named(operateur=Operator.name, implantation=Implantation.name).select_from(OperatorMember)
    wanted = wanted.join(Operator, col(Operator.id) == OperatorMember.operator_id)
    wanted = wanted.join(Implantation, col(Implantation.id) == OperatorMember.implantation_id, isouter=True)
    return listed(session, wanted.where(OperatorMember.person_id == whose.person_id))


def _sectors(session: Session, whose: Whose) -> Any:
    wanted = named(secteur=Sector.name).join(CoachMandate, col(CoachMandate.sector_code) == Sector.code)
    return listed(session, wanted.where(CoachMandate.person_id == whose.person_id))


def _contacts(session: Session, whose: Whose) -> Any:
    """List the contacts with companies that a coach noted, in full: they are his words."""
    wanted = named(
        entreprise=Company.name,
        secteur=Sector.name,
        contact=CompanyContact.kind,
        le=CompanyContact.on_day,
        mots=CompanyContact.words,
        note_le=CompanyContact.at,
    ).select_from(CompanyContact)
    wanted = wanted.join(Company, col(Company.id) == CompanyContact.company_id)
    wanted = wanted.join(Sector, col(Sector.code) == CompanyContact.sector_code)
    return listed(session, wanted.where(CompanyContact.person_id == whose.person_id).order_by(CompanyContact.id))


def _views(session: Session, whose: Whose) -> Any:
    wanted = named(liste=SavedView.of_list, nom=SavedView.name, filtres=SavedView.query, gardee_le=SavedView.kept_at)
    return listed(session, wanted.where(SavedView.person_id == whose.person_id).order_by(SavedView.id))


def _invitations(session: Session, whose: Whose) -> Any:
    wanted = named(
        invitation=StaffInvitation.id,
        profil=StaffInvitation.role,
        operateur=Operator.name,
        implantation=Implantation.name,
        envoyee_le=StaffInvitation.sent_at,
        valable_jusqu_a=StaffInvitation.expires_at,
        acceptee_le=StaffInvitation.accepted_at,
        retiree_le=StaffInvitation.withdrawn_at,
    ).select_from(StaffInvitation)
    wanted = wanted.join(Operator, col(Operator.id) == StaffInvitation.operator_id, isouter=True)
    wanted = wanted.join(Implantation, col(Implantation.id) == StaffInvitation.implantation_id, isouter=True)
    sectors = named(invitation=InvitedSector.invitation_id, secteur=Sector.name).select_from(InvitedSector)
    sectors = sectors.join(Sector, col(Sector.code) == InvitedSector.sector_code)
    sectors = sectors.join(StaffInvitation, col(StaffInvitation.id) == InvitedSector.invitation_id)
    to_me = StaffInvitation.email == whose.email
    of_invitation = by_parent(listed(session, sectors.where(to_me)), "invitation")
    found = listed(session, wanted.where(to_me).order_by(StaffInvitation.sent_at))
    return [row | {"secteurs": of_invitation.get(row.pop("invitation"), [])} for row in found]


def _on_offers(session: Session, whose: Whose) -> Any:
    wanted = offer_named(etape=OfferChange.status, le=OfferChange.at, mots=OfferChange.note)
    wanted = with_offer(wanted.join(OfferChange, col(OfferChange.offer_id) == Offer.id))
    return listed(session, wanted.where(OfferChange.person_id == whose.person_id).order_by(OfferChange.id))


def _suggesting(session: Session, whose: Whose) -> Any:
    """List the offers suggested and why, without the learners."""
    wanted = offer_named(le=Suggestion.suggested_at, raison=Suggestion.reason)
    wanted = with_offer(wanted.join(Suggestion, col(Suggestion.offer_id) == Offer.id))
    return listed(session, wanted.where(Suggestion.person_id == whose.person_id).order_by(Suggestion.suggested_at))


def _on_applications(session: Session, whose: Whose) -> Any:
    wanted = offer_named(etape=ApplicationChange.status, le=ApplicationChange.at)
    wanted = wanted.join(Application, col(Application.offer_id) == Offer.id)
    wanted = with_offer(wanted.join(ApplicationChange, col(ApplicationChange.application_id) == Application.id))
    wanted = wanted.where(ApplicationChange.person_id == whose.person_id, Application.learner_id != whose.learner_id)
    return listed(session, wanted.order_by(ApplicationChange.id))


def _moderating(session: Session, whose: Whose) -> Any:
    wanted = offer_named(le=ModerationStep.at, mots=ModerationStep.words)
    wanted = with_offer(wanted.join(ModerationStep, col(ModerationStep.offer_id) == Offer.id))
    return listed(session, wanted.where(ModerationStep.person_id == whose.person_id).order_by(ModerationStep.id))


def _on_reference(session: Session, whose: Whose) -> Any:
    wanted = named(
        avant=ReferenceChange.before,
        apres=ReferenceChange.after,
        pourquoi=ReferenceChange.why,
        le=ReferenceChange.at,
    )
    return listed(session, wanted.where(ReferenceChange.by_id == whose.person_id).order_by(ReferenceChange.id))


def _announcing(session: Session, whose: Whose) -> Any:
    wanted = named(
        titre=Announcement.title,
        mots=Announcement.words,
        pour=Announcement.audience,
        du=Announcement.starts_on,
        au=Announcement.ends_on,
        le=Announcement.changed_at,
    )
    return listed(session, wanted.where(Announcement.by_id == whose.person_id).order_by(Announcement.id))


def _inviting(session: Session, whose: Whose) -> Any:
    wanted = named(
        occasion=CoachLink.name,
        code=CoachLink.code,
        ouvertures=CoachLink.opened,
        le=CoachLink.created_at,
        ferme_le=CoachLink.ended_at,
    )
    came = select(func.count(col(CoachLinkClaim.claim_id))).where(CoachLinkClaim.link_id == CoachLink.id)
    wanted = wanted.add_columns(came.scalar_subquery().label("demandes_d_acces"))
    return listed(session, wanted.where(CoachLink.person_id == whose.person_id).order_by(CoachLink.id))


def _writing(session: Session, whose: Whose) -> Any:
    """List the messages that a coach sent to several companies, in full: they are his words."""
    wanted = named(
        secteur=Sector.name,
        objet=Circular.subject,
        mots=Circular.words,
        bouton=Circular.way,
        entreprises=Circular.companies,
        le=Circular.sent_at,
    ).select_from(Circular)
    wanted = wanted.join(Sector, col(Sector.code) == Circular.sector_code)
    return listed(session, wanted.where(Circular.person_id == whose.person_id).order_by(Circular.id))


def _on_approvals(session: Session, whose: Whose) -> Any:
    wanted = named(
        etablissement=Establishment.name,
        metier=Trade.name_f,
        note=ApprovalChange.state,
        raison=ApprovalChange.reason,
        le=ApprovalChange.at,
    ).select_from(ApprovalChange)
    wanted = wanted.join(Approval, col(Approval.id) == ApprovalChange.approval_id)
    wanted = wanted.join(Establishment, col(Establishment.id) == Approval.establishment_id)
    wanted = wanted.join(Trade, col(Trade.code) == Approval.trade_code)
    return listed(session, wanted.where(ApprovalChange.person_id == whose.person_id).order_by(ApprovalChange.id))


def _files(session: Session, whose: Whose) -> Any:
    """List the files handed in; what is in them is about others."""
    return [
        row
        for table, what in ((RosterImport, _("liste d’apprenants")), (ApprovalImport, _("agréments")))
        for row in _handed_in(session, table, what, whose)
    ]


def _handed_in(session: Session, table: Any, what: str, whose: Whose) -> list[dict[str, Any]]:
    moments = {"remis_le": table.read_at, "importe_le": table.imported_at, "annule_le": table.undone_at}
    wanted = named(fichier=table.file_name, etat=table.state, **moments).where(table.person_id == whose.person_id)
    return [{"contenu": what} | row for row in listed(session, wanted.order_by(table.read_at))]


def _for_others(session: Session, whose: Whose) -> Any:
    """List what was done for others, without naming them."""
    done = (
        (_("code d’activation donné"), ActivationCode.issued_by, ActivationCode.issued_at),
        (_("signalement d’inscription réglé"), EnrolmentReport.settled_by, EnrolmentReport.settled_at),
        (_("mise en relation reprise"), Introduction.taken_over_by, Introduction.taken_over_at),
        (_("mise en relation terminée"), Introduction.settled_by, Introduction.settled_at),
        (_("place trouvée ailleurs, notée"), OutsidePlace.person_id, OutsidePlace.noted_at),
        (_("note sur un apprenant"), LearnerNote.person_id, LearnerNote.at),
        (_("suivi d’un apprenant"), FollowUp.changed_by, FollowUp.changed_at),
        (_("apprenant suivi en particulier"), LearnerAssignment.person_id, LearnerAssignment.at),
        (_("apprenant confié à une personne de l’équipe"), LearnerAssignment.assigned_by, LearnerAssignment.at),
        (_("entreprise relancée"), StaffNudge.person_id, StaffNudge.at),
        (_("rappel d’une entreprise planifié"), CompanyFollowUp.changed_by, CompanyFollowUp.changed_at),
        (_("candidature ou fiche ouverte"), Consultation.person_id, Consultation.at),
        (_("demande d’accès décidée"), CompanyClaim.decided_by, CompanyClaim.decided_at),
        (_("invitation dans une équipe"), CompanyInvitation.invited_by, CompanyInvitation.created_at),
        (_("invitation de personnel"), StaffInvitation.invited_by, StaffInvitation.sent_at),
    )
    return [
        {"geste": what} | row
        for what, who, moment in done
        for row in listed(session, named(le=moment).where(who == whose.person_id).order_by(moment))
    ]


WORK = {
    "operateurs": Section(
        _("L’opérateur pour lequel le compte agit."), _operators, frozenset({"operator_member.person_id"})
    ),
    "secteurs": Section(_("Les secteurs suivis par le coach."), _sectors, frozenset({"coach_mandate.person_id"})),
    "contacts_avec_les_entreprises": Section(
        _("Les contacts et les notes écrits par le coach, lus par les coachs du même secteur."),
        _contacts,
        frozenset({"company_contact.person_id"}),
    ),
    "vues_gardees": Section(
        _("Les filtres de listes gardés sous un nom."), _views, frozenset({"saved_view.person_id"})
    ),
    "invitations_de_l_offa": Section(
        _("Les invitations reçues de l’OFFA à l’adresse actuelle."),
        _invitations,
        frozenset({"staff_invitation.email", "invited_sector.invitation_id"}),
    ),
    "travail_sur_les_offres": Section(
        _("Les offres publiées, changées ou fermées avec ce compte."), _on_offers, frozenset({"offer_change.person_id"})
    ),
    "offres_suggerees": Section(
        _("Les offres suggérées à des apprenants avec ce compte."), _suggesting, frozenset({"suggestion.person_id"})
    ),
    "travail_sur_les_candidatures": Section(
        _("Les réponses données avec ce compte, par offre. Les apprenants n’y sont pas nommés."),
        _on_applications,
        frozenset({"application_change.person_id"}),
    ),
    "moderation": Section(
        _("Ce que ce compte a écrit ou décidé à propos d’une offre examinée par l’OFFA."),
        _moderating,
        frozenset({"moderation_step.person_id"}),
    ),
    "liens_d_invitation": Section(
        _("Les liens par lesquels le coach invite des entreprises, et combien de fois ils ont été ouverts."),
        _inviting,
        frozenset({"coach_link.person_id", "coach_link_claim.link_id"}),
    ),
    "messages_aux_entreprises": Section(
        _("Les messages que le coach a envoyés à plusieurs entreprises de ses secteurs."),
        _writing,
        frozenset({"circular.person_id", "company_contact.circular_id"}),
    ),
    "annonces": Section(
        _("Les annonces écrites ou changées en dernier avec ce compte."), _announcing, frozenset({"announcement.by_id"})
    ),
    "referentiels": Section(
        _("Ce que ce compte a changé dans les métiers, les mots, les secteurs, les dispositifs et les paramètres."),
        _on_reference,
        frozenset({"reference_change.by_id"}),
    ),
    "travail_sur_les_agrements": Section(
        _("Les agréments notés avec ce compte."), _on_approvals, frozenset({"approval_change.person_id"})
    ),
    "fichiers_remis": Section(
        _("Les fichiers remis avec ce compte, par leur nom."),
        _files,
        frozenset({"roster_import.person_id", "approval_import.person_id"}),
    ),
    "gestes_pour_d_autres": Section(
        _("Ce qui a été fait pour d’autres personnes, sans les nommer."),
        _for_others,
        frozenset(
            {
                "activation_code.issued_by",
                "enrolment_report.settled_by",
                "introduction.taken_over_by",
                "introduction.settled_by",
                "outside_place.person_id",
                "learner_note.person_id",
                "follow_up.changed_by",
                "learner_assignment.person_id",
                "learner_assignment.assigned_by",
                "staff_nudge.person_id",
                "company_follow_up.changed_by",
                "consultation.person_id",
                "company_claim.decided_by",
                "company_invitation.invited_by",
                "staff_invitation.invited_by",
            }
        ),
    ),
}
"""In the order of the file."""
