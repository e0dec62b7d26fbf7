"""What is kept of how a learner is followed: by the staff of their operator, and by whoever opened their data."""

from typing import Any

from sqlmodel import Session, col

from stageplus.models import (
    Company,
    Consultation,
    FollowUp,
    LearnerAssignment,
    LearnerNote,
    Operator,
    OutsidePlace,
    Trade,
)
from stageplus.services.privacy.rows import listed, named
from stageplus.services.privacy.schemas import Section, Whose
from stageplus.texts import _


def _places(session: Session, whose: Whose) -> Any:
    wanted = named(
        entreprise=OutsidePlace.company_name,
        numero_d_entreprise=OutsidePlace.enterprise_number,
        metier=Trade.name_f,
        premier_jour=OutsidePlace.starts_on,
        note_par_l_operateur=OutsidePlace.by_staff,
        note_le=OutsidePlace.noted_at,
        fini_le=OutsidePlace.ended_at,
    ).select_from(OutsidePlace)
    wanted = wanted.join(Trade, col(Trade.code) == OutsidePlace.trade_code, isouter=True)
    return listed(session, wanted.where(OutsidePlace.learner_id == whose.learner_id).order_by(OutsidePlace.noted_at))


def _follow_up(session: Session, whose: Whose) -> Any:
    wanted = named(
        situation=FollowUp.situation, prochain_contact=FollowUp.next_contact_on, changee_le=FollowUp.changed_at
    )
    return listed(session, wanted.where(FollowUp.learner_id == whose.learner_id))


def _assignment(session: Session, whose: Whose) -> Any:
    wanted = named(operateur=Operator.name, le=LearnerAssignment.at).select_from(LearnerAssignment)
    wanted = wanted.join(Operator, col(Operator.id) == LearnerAssignment.operator_id)
    return listed(session, wanted.where(LearnerAssignment.learner_id == whose.learner_id))


def _notes(session: Session, whose: Whose) -> Any:
    wanted = named(operateur=Operator.name, le=LearnerNote.at, note=LearnerNote.words).select_from(LearnerNote)
    wanted = wanted.join(Operator, col(Operator.id) == LearnerNote.operator_id)
    return listed(session, wanted.where(LearnerNote.learner_id == whose.learner_id).order_by(LearnerNote.at))


def _consultations(session: Session, whose: Whose) -> Any:
    wanted = named(
        jour=Consultation.day,
        profil=Consultation.role,
        entreprise=Company.name,
        operateur=Operator.name,
        candidature=Consultation.application_id,
    ).select_from(Consultation)
    wanted = wanted.join(Company, col(Company.id) == Consultation.company_id, isouter=True)
    wanted = wanted.join(Operator, col(Operator.id) == Consultation.operator_id, isouter=True)
    return listed(session, wanted.where(Consultation.learner_id == whose.learner_id).order_by(Consultation.at))


FOLLOWED = {
    "places_trouvees_ailleurs": Section(
        _("Les places trouvées sans Stage+, notées par l’apprenant ou par son opérateur."),
        _places,
        frozenset({"outside_place.learner_id"}),
    ),
    "suivi_par_l_operateur": Section(
        _("Où en est la recherche pour l’opérateur, et quand il reprend contact."),
        _follow_up,
        frozenset({"follow_up.learner_id"}),
    ),
    "confie_a_l_equipe": Section(
        _("Depuis quand une personne de l’équipe de l’opérateur suit l’apprenant en particulier."),
        _assignment,
        frozenset({"learner_assignment.learner_id"}),
    ),
    "notes_de_l_operateur": Section(
        _("Ce que l’équipe de l’opérateur a écrit. L’entreprise n’en lit rien."),
        _notes,
        frozenset({"learner_note.learner_id"}),
    ),
    "consultations": Section(
        _("Qui a ouvert une candidature ou la fiche, et quel jour : l’organisation, jamais la personne."),
        _consultations,
        frozenset({"consultation.learner_id", "consultation.application_id"}),
    ),
}
"""In the order of the file."""
