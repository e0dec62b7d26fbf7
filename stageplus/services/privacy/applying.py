"""What is kept of a learner's applications."""

from typing import Any

from sqlmodel import Session, col

from stageplus.domain.documents import DocumentState
from stageplus.models import (
    Application,
    ApplicationChange,
    ApplicationDraft,
    Document,
    Interview,
    InterviewSlot,
    Introduction,
    Offer,
    Operator,
    StaffNudge,
)
from stageplus.services.documents.queries import kept_name
from stageplus.services.privacy.rows import by_parent, listed, named, offer_named, with_offer
from stageplus.services.privacy.schemas import Whose


def applications(session: Session, whose: Whose) -> list[dict[str, Any]]:
    """List a learner's applications with their steps; whoever acted for the company or the clock is a role, no name."""
    wanted = offer_named(
        candidature=Application.id,
        etat=Application.status,
        motivation=Application.motivation,
        experience=Application.experience,
        trajet=Application.journey,
        telephone=Application.phone,
        envoyee_le=Application.sent_at,
        changee_le=Application.changed_at,
        reponse_attendue_le=Application.answer_due_on,
        mots_de_l_entreprise=Application.company_words,
        motif_du_refus=Application.refusal_reason,
        reponse_promise_le=Application.promised_on,
        nouvelles_demandees_le=Application.nudged_at,
        contenu_efface_le=Application.erased_at,
    ).join(Application, col(Application.offer_id) == Offer.id)
    wanted = with_offer(wanted).where(Application.learner_id == whose.learner_id)
    steps = by_parent(_steps(session, whose), "candidature")
    interviews = by_parent(_interviews(session, whose), "candidature")
    introductions = by_parent(_introductions(session, whose), "candidature")
    nudges = by_parent(_nudges(session, whose), "candidature")
    found = listed(session, wanted.order_by(Application.sent_at))
    for row in found:
        number = row["candidature"]
        row |= {"etapes": steps.get(number, []), "entretien": interviews.get(number, [])}
        row |= {"mise_en_relation": introductions.get(number, [])}
        row |= {"relances_par_l_operateur": nudges.get(number, [])}
    return found


def drafts(session: Session, whose: Whose) -> list[dict[str, Any]]:
    """List what a learner has prepared and not sent."""
    wanted = offer_named(
        motivation=ApplicationDraft.motivation,
        experience=ApplicationDraft.experience,
        trajet=ApplicationDraft.journey,
        telephone=ApplicationDraft.phone,
        enregistre_le=ApplicationDraft.saved_at,
    ).join(ApplicationDraft, col(ApplicationDraft.offer_id) == Offer.id)
    return listed(session, with_offer(wanted).where(ApplicationDraft.learner_id == whose.learner_id))


def documents(session: Session, whose: Whose) -> list[dict[str, Any]]:
    """List a learner's CVs, and under which name each lies beside the list; one that nobody opens has none."""
    wanted = offer_named(
        fichier=Document.id,
        candidature=Document.application_id,
        format=Document.kind,
        taille_en_octets=Document.size,
        controle=Document.state,
        ajoute_le=Document.added_at,
        controle_le=Document.examined_at,
    ).join(Document, col(Document.offer_id) == Offer.id)
    found = listed(session, with_offer(wanted).where(Document.learner_id == whose.learner_id))
    for row in found:
        is_clean = row["controle"] == DocumentState.CLEAN
        row["fichier"] = kept_name(row["fichier"], row["format"]) if is_clean else ""
    return found


def _steps(session: Session, whose: Whose) -> list[dict[str, Any]]:
    wanted = named(
        candidature=ApplicationChange.application_id,
        le=ApplicationChange.at,
        etat=ApplicationChange.status,
        par=ApplicationChange.role,
    )
    wanted = wanted.join(Application, col(Application.id) == ApplicationChange.application_id)
    return listed(session, wanted.where(Application.learner_id == whose.learner_id).order_by(ApplicationChange.id))


def _interviews(session: Session, whose: Whose) -> list[dict[str, Any]]:
    wanted = named(
        entretien=Interview.id,
        candidature=Interview.application_id,
        etat=Interview.state,
        comment=Interview.kind,
        fixe_le=Interview.starts_at,
        minutes=Interview.minutes,
        lieu=Interview.place,
        mots_de_l_entreprise=Interview.words,
        raison_du_changement=Interview.why,
        par=Interview.why_by,
        propose_le=Interview.created_at,
        change_le=Interview.changed_at,
        rappele_le=Interview.reminded_at,
    ).join(Application, col(Application.id) == Interview.application_id)
    slots = named(entretien=InterviewSlot.interview_id, moment=InterviewSlot.at, propose_par=InterviewSlot.by)
    slots = slots.join(Interview, col(Interview.id) == InterviewSlot.interview_id)
    slots = slots.join(Application, col(Application.id) == Interview.application_id).order_by(InterviewSlot.at)
    mine = Application.learner_id == whose.learner_id
    offered = by_parent(listed(session, slots.where(mine)), "entretien")
    found = listed(session, wanted.where(mine))
    return [row | {"moments_proposes": offered.get(row.pop("entretien"), [])} for row in found]


def _introductions(session: Session, whose: Whose) -> list[dict[str, Any]]:
    wanted = named(
        candidature=Introduction.application_id,
        operateur=Operator.name,
        faite_le=Introduction.created_at,
        etat=Introduction.status,
        reprise_le=Introduction.taken_over_at,
        premier_jour=Introduction.started_on,
        motif=Introduction.failure_reason,
        terminee_le=Introduction.settled_at,
    ).select_from(Introduction)
    wanted = wanted.join(Application, col(Application.id) == Introduction.application_id)
    wanted = wanted.join(Operator, col(Operator.id) == Introduction.operator_id)
    return listed(session, wanted.where(Application.learner_id == whose.learner_id))


def _nudges(session: Session, whose: Whose) -> list[dict[str, Any]]:
    wanted = named(candidature=StaffNudge.application_id, le=StaffNudge.at)
    wanted = wanted.join(Application, col(Application.id) == StaffNudge.application_id)
    return listed(session, wanted.where(Application.learner_id == whose.learner_id).order_by(StaffNudge.at))
