"""What is kept of a learner: the enrolment and everything they did on Stage+."""

from typing import Any

from sqlmodel import Session, col

from stageplus.models import (
    ActivationCode,
    Alert,
    AlertOffer,
    Enrolment,
    EnrolmentReport,
    Favourite,
    HelpRequest,
    Implantation,
    Learner,
    Municipality,
    Offer,
    OfferFlag,
    OfferSight,
    Operator,
    RosterChange,
    RosterImport,
    Suggestion,
    Trade,
)
from stageplus.services.privacy.applying import applications, documents, drafts
from stageplus.services.privacy.rows import by_parent, listed, named, offer_named, with_offer
from stageplus.services.privacy.schemas import Section, Whose
from stageplus.texts import _


def _profile(session: Session, whose: Whose) -> Any:
    wanted = named(
        operateur=Operator.name,
        implantation=Implantation.name,
        numero_chez_l_operateur=Learner.operator_reference,
        metier=Trade.name_f,
        annee=Learner.year,
        jours_en_entreprise=Learner.company_days,
        annee_de_naissance=Learner.birth_year,
        code_postal=Learner.postal_code,
        commune=Municipality.name,
        telephone=Learner.phone,
        a_une_place=Learner.has_place,
        inscription_terminee_le=Learner.enrolment_ended_on,
    ).select_from(Learner)
    wanted = _with_training(wanted, Learner)
    return listed(session, wanted.where(Learner.id == whose.learner_id))


def _with_training(statement: Any, table: Any) -> Any:
    statement = statement.join(Operator, col(Operator.id) == table.operator_id)
    statement = statement.join(Implantation, col(Implantation.id) == table.implantation_id, isouter=True)
    statement = statement.join(Trade, col(Trade.code) == table.trade_code)
    return statement.join(Municipality, col(Municipality.ins) == table.municipality_ins)


def _enrolments(session: Session, whose: Whose) -> Any:
    wanted = named(
        inscription=Enrolment.id,
        operateur=Operator.name,
        implantation=Implantation.name,
        numero_chez_l_operateur=Enrolment.reference,
        prenom=Enrolment.first_name,
        nom=Enrolment.last_name,
        date_de_naissance=Enrolment.birth_date,
        adresse_e_mail=Enrolment.email,
        code_postal=Enrolment.postal_code,
        commune=Municipality.name,
        metier=Trade.name_f,
        annee=Enrolment.year,
        jours_en_entreprise=Enrolment.company_days,
        etat=Enrolment.state,
        terminee_le=Enrolment.ended_on,
        compte_relie_le=Enrolment.activated_at,
        notee_le=Enrolment.created_at,
        changee_le=Enrolment.updated_at,
    ).select_from(Enrolment)
    wanted = _with_training(wanted, Enrolment).where(Enrolment.learner_id == whose.learner_id)
    found = listed(session, wanted.order_by(Enrolment.created_at))
    parts = {name: by_parent(read(session, whose), "inscription") for name, read in _OF_ENROLMENT.items()}
    for row in found:
        number = row.pop("inscription")
        row |= {name: rows.get(number, []) for name, rows in parts.items()}
    return found


def _codes(session: Session, whose: Whose) -> list[dict[str, Any]]:
    wanted = named(
        inscription=ActivationCode.enrolment_id,
        voie=ActivationCode.channel,
        donne_le=ActivationCode.issued_at,
        valable_jusqu_a=ActivationCode.expires_at,
        utilise_le=ActivationCode.used_at,
        adresse_donnee=ActivationCode.email,
    )
    return _of_enrolments(session, wanted, ActivationCode, whose)


def _reports(session: Session, whose: Whose) -> list[dict[str, Any]]:
    wanted = named(
        inscription=EnrolmentReport.enrolment_id,
        dit=EnrolmentReport.kind,
        le=EnrolmentReport.at,
        regle_le=EnrolmentReport.settled_at,
    )
    return _of_enrolments(session, wanted, EnrolmentReport, whose)


def _imports(session: Session, whose: Whose) -> list[dict[str, Any]]:
    wanted = named(
        inscription=RosterChange.enrolment_id,
        effet=RosterChange.kind,
        importee_le=RosterImport.imported_at,
        annulee_le=RosterImport.undone_at,
        avant_l_import=RosterChange.before,
    ).select_from(RosterChange)
    wanted = wanted.join(RosterImport, col(RosterImport.id) == RosterChange.import_id)
    return _of_enrolments(session, wanted, RosterChange, whose)


def _of_enrolments(session: Session, wanted: Any, table: Any, whose: Whose) -> list[dict[str, Any]]:
    mine = wanted.join(Enrolment, col(Enrolment.id) == table.enrolment_id)
    return listed(session, mine.where(Enrolment.learner_id == whose.learner_id))


_OF_ENROLMENT = {"codes_d_activation": _codes, "signalements": _reports, "listes_de_l_operateur": _imports}


def _favourites(session: Session, whose: Whose) -> Any:
    return _about_offers(session, Favourite, whose, garde_le=Favourite.kept_at)


def _alerts(session: Session, whose: Whose) -> Any:
    wanted = named(
        alerte=Alert.id,
        recherche=Alert.search,
        rythme=Alert.pace,
        creee_le=Alert.created_at,
        regardee_jusqu_a=Alert.checked_until,
        dernier_courrier_le=Alert.mailed_at,
    ).where(Alert.learner_id == whose.learner_id)
    moments = {"trouvee_le": AlertOffer.found_at, "vue_le": AlertOffer.seen_at, "courrier_le": AlertOffer.mailed_at}
    offers = by_parent(_about_offers(session, AlertOffer, whose, alerte=AlertOffer.alert_id, **moments), "alerte")
    return [row | {"offres_trouvees": offers.get(row.pop("alerte"), [])} for row in listed(session, wanted)]


def _requests(session: Session, whose: Whose) -> Any:
    wanted = named(cherche=HelpRequest.search, le=HelpRequest.asked_at, montree_jusqu_a=HelpRequest.shown_until)
    return listed(session, wanted.where(HelpRequest.learner_id == whose.learner_id).order_by(HelpRequest.asked_at))


def _suggestions(session: Session, whose: Whose) -> Any:
    moments = {"suggeree_le": Suggestion.suggested_at, "vue_le": Suggestion.seen_at, "masquee_le": Suggestion.hidden_at}
    mailed = {"raison": Suggestion.reason, "courrier_le": Suggestion.mailed_at}
    return _about_offers(session, Suggestion, whose, **moments, **mailed)


def _flags(session: Session, whose: Whose) -> Any:
    said = {"motif": OfferFlag.reason, "mots": OfferFlag.words, "le": OfferFlag.at, "decide_le": OfferFlag.settled_at}
    return _about_offers(session, OfferFlag, whose, **said)


def _sights(session: Session, whose: Whose) -> Any:
    return _about_offers(session, OfferSight, whose, jour=OfferSight.day)


def _about_offers(session: Session, table: Any, whose: Whose, **columns: Any) -> list[dict[str, Any]]:
    wanted = offer_named(**columns).join(table, col(table.offer_id) == Offer.id)
    return listed(session, with_offer(wanted).where(table.learner_id == whose.learner_id))


LEARNER = {
    "formation": Section(
        _("La formation, comme l’opérateur l’a inscrite, et le téléphone s’il a été donné."),
        _profile,
        frozenset({"learner.person_id"}),
    ),
    "inscriptions": Section(
        _(
            "Ce que l’opérateur a noté dans ses listes, les codes d’activation donnés (jamais le code) "
            "et ce qui a été signalé."
        ),
        _enrolments,
        frozenset(
            {
                "enrolment.learner_id",
                "enrolment.email",
                "activation_code.enrolment_id",
                "activation_code.email",
                "enrolment_report.enrolment_id",
                "roster_change.enrolment_id",
            }
        ),
    ),
    "candidatures": Section(
        _(
            "Chaque candidature : ce qui a été écrit, la réponse, chaque étape, l’entretien et la mise en relation "
            "s’il y en a."
        ),
        applications,
        frozenset(
            {
                "application.learner_id",
                "application_change.application_id",
                "interview.application_id",
                "interview_slot.interview_id",
                "introduction.application_id",
                "staff_nudge.application_id",
            }
        ),
    ),
    "brouillons": Section(
        _("Ce qui est écrit pour une offre et pas encore envoyé."), drafts, frozenset({"application_draft.learner_id"})
    ),
    "cv": Section(
        _("Les CV joints, chacun à côté sous le nom donné ici ; sans nom, son examen n’est pas terminé."),
        documents,
        frozenset({"document.learner_id", "document.application_id"}),
    ),
    "favoris": Section(_("Les offres gardées."), _favourites, frozenset({"favourite.learner_id"})),
    "alertes": Section(
        _("Les recherches enregistrées et les offres qu’elles ont trouvées."),
        _alerts,
        frozenset({"alert.learner_id", "alert_offer.learner_id", "alert_offer.alert_id"}),
    ),
    "demandes_d_aide": Section(
        _("Les recherches sans résultat envoyées à l’opérateur."), _requests, frozenset({"help_request.learner_id"})
    ),
    "suggestions": Section(
        _("Les offres suggérées par l’opérateur."), _suggestions, frozenset({"suggestion.learner_id"})
    ),
    "signalements_d_offres": Section(
        _("Les offres signalées à l’OFFA. L’entreprise n’en sait rien."), _flags, frozenset({"offer_flag.learner_id"})
    ),
    "offres_ouvertes_ce_jour": Section(
        _("Les offres lues ce jour, gardées jusqu’au soir pour compter chaque personne une fois."),
        _sights,
        frozenset({"offer_sight.learner_id"}),
    ),
}
"""In the order of the file."""
