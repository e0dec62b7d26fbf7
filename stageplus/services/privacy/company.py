"""What is kept of somebody who acts, or asks to act, for a company."""

from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, col

from stageplus.models import (
    Application,
    CalendarFeed,
    CoachLinkClaim,
    Company,
    CompanyClaim,
    CompanyInvitation,
    CompanyMember,
    Establishment,
    HandOver,
    InvitationEstablishment,
    MemberEstablishment,
    Offer,
)
from stageplus.services.privacy.rows import by_parent, listed, mine_or_to_me, named, offer_named, with_offer
from stageplus.services.privacy.schemas import Section, Whose
from stageplus.texts import _


def _teams(session: Session, whose: Whose) -> Any:
    wanted = named(
        numero=Company.id,
        entreprise=Company.name,
        administre=CompanyMember.is_admin,
        partout=CompanyMember.everywhere,
    ).select_from(CompanyMember)
    wanted = wanted.join(Company, col(Company.id) == CompanyMember.company_id)
    places = named(numero=MemberEstablishment.company_id, etablissement=Establishment.name)
    places = places.select_from(MemberEstablishment)
    places = places.join(Establishment, col(Establishment.id) == MemberEstablishment.establishment_id)
    of_company = by_parent(listed(session, places.where(MemberEstablishment.person_id == whose.person_id)), "numero")
    found = listed(session, wanted.where(CompanyMember.person_id == whose.person_id))
    return [row | {"etablissements": of_company.get(row.pop("numero"), [])} for row in found]


def _feeds(session: Session, whose: Whose) -> Any:
    wanted = named(entreprise=Company.name, depuis_le=CalendarFeed.created_at).select_from(CalendarFeed)
    wanted = wanted.join(Company, col(Company.id) == CalendarFeed.company_id)
    return listed(session, wanted.where(CalendarFeed.person_id == whose.person_id))


def _claims(session: Session, whose: Whose) -> Any:
    wanted = named(
        entreprise=CompanyClaim.company_name,
        numero_d_entreprise=CompanyClaim.enterprise_number,
        numero_d_etablissement=CompanyClaim.establishment_number,
        code_postal=CompanyClaim.postal_code,
        fonction=CompanyClaim.function,
        prenom=CompanyClaim.first_name,
        nom=CompanyClaim.last_name,
        adresse_e_mail=CompanyClaim.email,
        etat=CompanyClaim.state,
        faite_le=CompanyClaim.created_at,
        confirmee_le=CompanyClaim.confirmed_at,
        decidee_le=CompanyClaim.decided_at,
        motif=CompanyClaim.reason,
        explication=CompanyClaim.words,
        contestation=CompanyClaim.contest_words,
        contestee_le=CompanyClaim.contested_at,
    )
    by_link = exists().where(col(CoachLinkClaim.claim_id) == CompanyClaim.id)
    wanted = wanted.add_columns(by_link.label("par_le_lien_d_un_coach"))
    return listed(session, wanted.where(_claimed_by(whose)).order_by(CompanyClaim.created_at))


def _claimed_by(whose: Whose) -> Any:
    return mine_or_to_me(CompanyClaim.person_id, CompanyClaim.email, whose.person_id, whose.email)


def _drafts(session: Session, whose: Whose) -> Any:
    wanted = offer_named(
        a_faire=Offer.tasks,
        premier_jour=Offer.first_day,
        tuteur=Offer.tutor_first_name,
        fonction_du_tuteur=Offer.tutor_function,
        acces=Offer.transport,
        equipement=Offer.equipment,
        risques=Offer.risks,
        accessibilite=Offer.accessibility,
        commence_le=Offer.created_at,
        change_le=Offer.updated_at,
    ).join(CompanyClaim, col(CompanyClaim.id) == Offer.claim_id)
    return listed(session, with_offer(wanted).where(CompanyClaim.person_id == whose.person_id))


def _invitations(session: Session, whose: Whose) -> Any:
    wanted = named(
        invitation=CompanyInvitation.id,
        entreprise=Company.name,
        administre=CompanyInvitation.is_admin,
        partout=CompanyInvitation.everywhere,
        envoyee_le=CompanyInvitation.created_at,
        valable_jusqu_a=CompanyInvitation.expires_at,
        acceptee_le=CompanyInvitation.accepted_at,
        retiree_le=CompanyInvitation.withdrawn_at,
    ).select_from(CompanyInvitation)
    wanted = wanted.join(Company, col(Company.id) == CompanyInvitation.company_id)
    places = named(invitation=InvitationEstablishment.invitation_id, etablissement=Establishment.name)
    places = places.select_from(InvitationEstablishment)
    places = places.join(Establishment, col(Establishment.id) == InvitationEstablishment.establishment_id)
    places = places.join(CompanyInvitation, col(CompanyInvitation.id) == InvitationEstablishment.invitation_id)
    to_me = CompanyInvitation.email == whose.email
    of_invitation = by_parent(listed(session, places.where(to_me)), "invitation")
    found = listed(session, wanted.where(to_me).order_by(CompanyInvitation.created_at))
    return [row | {"etablissements": of_invitation.get(row.pop("invitation"), [])} for row in found]


def _handed_over(session: Session, whose: Whose) -> Any:
    wanted = offer_named(confiee_le=HandOver.at)
    wanted = wanted.join(Application, col(Application.offer_id) == Offer.id)
    wanted = with_offer(wanted.join(HandOver, col(HandOver.application_id) == Application.id))
    return listed(session, wanted.where(HandOver.person_id == whose.person_id).order_by(HandOver.at))


COMPANY = {
    "equipes": Section(
        _("Les entreprises pour lesquelles le compte agit."),
        _teams,
        frozenset({"company_member.person_id", "member_establishment.person_id", "member_establishment.company_id"}),
    ),
    "agendas_suivis": Section(
        _("Les agendas d’entretiens suivis depuis un autre logiciel, par une adresse secrète (jamais l’adresse)."),
        _feeds,
        frozenset({"calendar_feed.person_id", "calendar_feed.company_id"}),
    ),
    "demandes_d_acces": Section(
        _("Les demandes d’agir pour une entreprise, et leur réponse."),
        _claims,
        frozenset({"company_claim.person_id", "company_claim.email", "coach_link_claim.claim_id"}),
    ),
    "brouillons_en_attente_d_acces": Section(
        _("Les offres commencées avant que la demande d’accès soit acceptée, que personne d’autre ne voit."),
        _drafts,
        frozenset({"offer.claim_id"}),
    ),
    "invitations_d_entreprises": Section(
        _("Les invitations reçues à l’adresse actuelle pour agir pour une entreprise."),
        _invitations,
        frozenset({"company_invitation.email", "invitation_establishment.invitation_id"}),
    ),
    "candidatures_confiees": Section(
        _("Les candidatures confiées par un collègue, par leur offre. La personne qui a postulé n’y est pas nommée."),
        _handed_over,
        frozenset({"hand_over.person_id", "hand_over.application_id"}),
    ),
}
"""In the order of the file."""
