"""Small worlds for tests: rows with sensible defaults, and the actors that go with them."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from stageplus.domain.activation import new_code
from stageplus.domain.actors import Actor, Role
from stageplus.domain.alerts import AlertPace
from stageplus.domain.announcements import Public, Spot
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.circulars import Way
from stageplus.domain.claims import ClaimState
from stageplus.domain.coaching import ContactKind
from stageplus.domain.conversations import SIDES, MessageConcern, MessageStanding
from stageplus.domain.documents import DocumentKind, DocumentState
from stageplus.domain.interviews import InterviewKind, InterviewState
from stageplus.domain.moderation import FlagReason, Standing
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    ActivationCode,
    Alert,
    Announcement,
    Application,
    ApplicationDraft,
    Approval,
    ApprovalRecord,
    ApprovalState,
    Basin,
    Circular,
    CoachLink,
    CoachMandate,
    CodeChannel,
    Company,
    CompanyClaim,
    CompanyContact,
    CompanyMember,
    Conversation,
    ConversationSide,
    Document,
    Enrolment,
    EnrolmentState,
    Establishment,
    Interview,
    InterviewSlot,
    Learner,
    MemberEstablishment,
    Message,
    MessageCase,
    MessageReport,
    ModerationCase,
    ModerationStep,
    Municipality,
    Notice,
    Offer,
    OfferFlag,
    Operator,
    OperatorKind,
    OperatorMember,
    OperatorNetwork,
    Parameter,
    Person,
    Place,
    Scheme,
    SchemeRule,
    Sector,
    SignInSession,
    Suggestion,
    Trade,
    TradeWord,
)
from stageplus.services.accounts.queries import token_hash
from stageplus.services.activation.codes import digest_of
from stageplus.services.alerts.searches import kept_search
from stageplus.services.documents.sealing import sealed
from stageplus.services.offers.schemas import OfferSearch
from stageplus.texts.formats import day_in_brussels

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
# For states and pages, whose clock is the real one.
TOMORROW = day_in_brussels(datetime.now(UTC)) + timedelta(days=1)
NEXT_MONTH = TOMORROW + timedelta(days=30)
HASH = "$2b$04$" + "e" * 53
TOWNS = {
    "92094": ("Namur", "5000", 50.4669, 4.8675),
    "62063": ("Liège", "4000", 50.6326, 5.5797),
    "53053": ("Mons", "7000", 50.4542, 3.9523),
    "21004": ("Bruxelles", "1000", 50.8467, 4.3525),
    "92048": ("Fosses-la-Ville", "5070", 50.3950, 4.6960),
}
PROVINCES = {"92": "Namur", "62": "Liège", "53": "Hainaut", "21": "Bruxelles-Capitale"}
TRADES = {
    "boulanger": ("alimentation", "Boulanger", "Boulangère", ["pain", "boulangerie"]),
    "patissier": ("alimentation", "Pâtissier", "Pâtissière", ["gateau", "patisserie"]),
    "coiffeur": ("soins", "Coiffeur", "Coiffeuse", ["coiffure", "cheveux"]),
    "mecanicien": ("mobilite", "Mécanicien", "Mécanicienne", ["mecano", "garage", "voiture"]),
}
SECTORS = ("alimentation", "soins", "mobilite")
ORDINARY = {"no_age_limit": False, "status": "attesté"}
PARAMETERS = {
    "rmmmg_monthly_eur": "2111.89",
    "rank_words": "40",
    "rank_trade": "20",
    "rank_year": "5",
    "rank_days": "12",
    "rank_distance": "16",
    "rank_freshness": "8",
    "rank_applications": "6",
    "rank_answers": "6",
    "rank_half_distance_km": "20",
    "rank_half_life_days": "15",
    "evening_from": "18",
    "interview_slots_max": "5",
    "interview_counter_max": "3",
    "interview_minutes": "45",
    "interview_within_days": "120",
    "interview_reminder_hours": "24",
    "fruitless_search_days": "180",
    "fruitless_search_least": "2",
    "pay_rate_a": "17",
    "pay_rate_b": "24",
    "pay_rate_c": "32",
    "weekly_hours_max": "38",
    "weekly_company_hours_min": "20",
    "night_from": "20",
    "night_to": "6",
    "offer_lifetime_days": "60",
    "offer_start_within_days": "540",
    "offer_ending_soon_days": "7",
    "favourite_offers_max": "3",
    "notice_days": "60",
    "daily_mail_hour": "17",
    "quiet_from": "21",
    "quiet_to": "7",
    "help_request_hours": "24",
    "help_request_days": "14",
    "help_request_mails_max": "3",
    "alerts_max": "3",
    "coach_links_max": "3",
    "circular_companies_max": "3",
    "circular_daily_max": "4",
    "circular_pause_days": "30",
    "circular_link_days": "60",
    "suspicion_days": "90",
    "suspicion_points": "3",
    "alert_news_days": "60",
    "alert_link_days": "60",
    "suggestion_learners_max": "30",
    "suggestion_mail_minutes": "15",
    "suggestion_days": "90",
    "answer_habit_months": "12",
    "answer_habit_least": "5",
    "offer_reminder_days_1": "7",
    "offer_reminder_days_2": "1",
    "offer_renewal_late_days": "14",
    "offer_help_days": "14",
    "operators_told_nearest": "2",
    "operators_told_again_days": "30",
    "company_quiet_days": "90",
    "new_approval_days": "90",
    "saved_views_max": "3",
    "applications_week_max": "5",
    "cv_most_megabytes": "1",
    "draft_keep_days": "60",
    "variety_days": "30",
    "variety_same_texts": "2",
    "variety_same_companies": "2",
    "variety_same_trades": "3",
    "answer_due_days": "14",
    "answer_reminder_days_1": "7",
    "answer_reminder_days_2": "14",
    "answer_undo_seconds": "0",
    "answer_promise_days": "14",
    "nudge_after_days": "10",
    "unanswered_in_a_row": "3",
    "answer_link_days": "14",
    "no_answer_after_days": "30",
    "staff_nudge_days": "7",
    "without_place_days_1": "30",
    "without_place_days_2": "60",
    "messages_per_hour_max": "3",
    "message_mail_minutes": "10",
    "claim_link_hours": "72",
    "claim_contest_days": "30",
    "team_invitation_days": "14",
    "staff_invitation_days": "7",
    "approval_undo_hours": "24",
    "fresh_factor_minutes": "10",
    "activation_code_days": "60",
    "activation_link_hours": "72",
    "roster_undo_hours": "24",
    "training_years_max": "7",
    "reset_link_minutes": "30",
    "email_link_hours": "24",
    "retention_ended_application_months": "3",
    "retention_inactive_learner_warning_months": "11",
    "retention_inactive_learner_months": "12",
    "retention_invitation_months": "3",
    "retention_after_registration_end_months": "3",
    "log_retention_months": "12",
}
PARAMETERS |= {f"session_idle_minutes_{role}": "30" for role in Role}
PARAMETERS |= {f"session_absolute_hours_{role}": "10" for role in Role}
UNITS = {name: "points" for name in PARAMETERS if name.startswith("rank_") and "half" not in name}
_numbers = count(1)


def kept(session: Session, row: Any) -> Any:
    """Save a row and give it back with its identifier."""
    session.add(row)
    session.flush()
    return row


def minimal_reference(session: Session) -> None:
    """Put the few reference rows that the other factories point at, quickly: nearly every test begins with them."""
    for table, rows in _reference_rows().items():
        session.execute(insert(table), rows)


def _reference_rows() -> dict[type[SQLModel], list[dict[str, Any]]]:
    since = date(2020, 1, 1)
    where = {ins: {"latitude": latitude, "longitude": longitude} for ins, (*_, latitude, longitude) in TOWNS.items()}
    return {
        Basin: [{"code": "namur", "name": "Namur"}],
        Municipality: [_town(ins, name) | where[ins] for ins, (name, *_) in TOWNS.items()],
        Place: [
            {"postal_code": code, "municipality_ins": ins, "locality": name, "precision": "centre", **where[ins]}
            for ins, (name, code, *_) in TOWNS.items()
        ],
        Sector: [{"code": code, "name": code.capitalize(), "has_coach": True} for code in SECTORS],
        Trade: [
            {"code": code, "sector_code": sector, "name_m": name_m, "name_f": name_f, **ORDINARY}
            for code, (sector, name_m, name_f, _words) in TRADES.items()
        ],
        TradeWord: [
            {"trade_code": code, "word": word, "kind": "everyday"} for code in TRADES for word in TRADES[code][-1]
        ],
        OperatorNetwork: [{"code": kind, "name": kind.upper(), "words": kind.upper()} for kind in OperatorKind],
        Scheme: [
            {
                "code": "alternance-secondaire",
                "name": "Formation en alternance",
            }
        ],
        SchemeRule: [
            {
                "scheme_code": "alternance-secondaire",
                "min_age": 16,
                "min_age_with_two_years": 15,
                "max_age_contract": 25,
                "operator_kinds": "cefa|ifapme|efp",
                "effective_from": since,
            }
        ],
        Parameter: [
            {"name": name, "effective_from": since, "value": value, "unit": UNITS.get(name, ""), "source": "test"}
            for name, value in PARAMETERS.items()
        ],
    }


def a_scheme_rule(session: Session, **fields: Any) -> SchemeRule:
    """Make a rule of the dispositif of minimal_reference, for those of fifteen to twenty-five."""
    ages = {"min_age": 16, "min_age_with_two_years": 15, "max_age_contract": 25}
    defaults = {"scheme_code": "alternance-secondaire", "operator_kinds": "ifapme", "effective_from": date(2020, 1, 1)}
    return kept(session, SchemeRule(**(ages | defaults | fields)))


def _town(ins: str, name: str) -> dict[str, Any]:
    region = "Région de Bruxelles-Capitale" if ins[0] == "2" else "Région wallonne"
    return {"ins": ins, "name": name, "basin_code": "namur", "province": PROVINCES[ins[:2]], "region": region}


def a_person(session: Session, role: Role, **fields: Any) -> Person:
    """Make somebody with an account."""
    number = next(_numbers)
    defaults = {"email": f"personne{number}@demo.test", "first_name": "Lou", "last_name": f"Essai{number}"}
    known = {"created_at": NOW, "password_hash": HASH}
    return kept(session, Person(role=role, **(known | defaults | fields)))


def a_session(session: Session, person_id: int, token: str = "jeton", **fields: Any) -> SignInSession:
    """Sign somebody in with a browser that holds this token."""
    defaults = {"token_hash": token_hash(token), "created_at": NOW, "last_seen_at": NOW, "device": "Chrome sur Android"}
    return kept(session, SignInSession(person_id=person_id, **(defaults | fields)))


def an_operator(session: Session, **fields: Any) -> Operator:
    """Make an operator."""
    defaults = {"kind": OperatorKind.IFAPME, "name": f"Centre d’essai {next(_numbers)}", "municipality_ins": "92094"}
    return kept(session, Operator(**(defaults | fields)))


def a_learner(session: Session, operator: Operator | None = None, **fields: Any) -> Learner:
    """Make a learner of eighteen in Namur, in the company from Monday to Thursday."""
    operator = operator or an_operator(session)
    defaults = {
        "person_id": fields.get("person_id") or a_person(session, Role.LEARNER).id,
        "operator_id": operator.id,
        "operator_reference": f"R{next(_numbers)}",
        "trade_code": "boulanger",
        "year": 1,
        "company_days": 0b01111,
        "birth_year": 2008,
        "postal_code": "5000",
        "municipality_ins": "92094",
    }
    return kept(session, Learner(**(defaults | fields)))


def an_enrolment(session: Session, operator: Operator | None = None, **fields: Any) -> Enrolment:
    """Make an enrolment of somebody of seventeen without an account."""
    operator = operator or an_operator(session)
    number = next(_numbers)
    defaults = {
        "operator_id": operator.id,
        "reference": f"E{number}",
        "first_name": "Lou",
        "last_name": f"Essai{number}",
        "birth_date": date(2009, 3, 14),
        "postal_code": "5000",
        "municipality_ins": "92094",
        "trade_code": "boulanger",
        "year": 1,
        "company_days": 0b01111,
        "state": EnrolmentState.ACTIVE,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return kept(session, Enrolment(**(defaults | fields)))


def an_activation_code(session: Session, enrolment: Enrolment, **fields: Any) -> str:
    """Give an enrolment a code for thirty days and return it."""
    code = new_code(Random(enrolment.id).choice)
    defaults = {
        "enrolment_id": enrolment.id,
        "code_hash": digest_of(code),
        "channel": CodeChannel.PRINTED,
        "issued_at": NOW,
        "expires_at": NOW + timedelta(days=30),
    }
    kept(session, ActivationCode(**(defaults | fields)))
    return code


def an_enrolled_learner(session: Session, operator: Operator | None = None, **fields: Any) -> tuple[Enrolment, Learner]:
    """Make an enrolment with the account that follows it."""
    enrolment = an_enrolment(session, operator, **fields)
    names = {"first_name": enrolment.first_name, "last_name": enrolment.last_name}
    person = a_person(session, Role.LEARNER, **names)
    place = {"operator_id": enrolment.operator_id, "operator_reference": enrolment.reference}
    learner = kept(
        session, a_learner(session, session.get(Operator, enrolment.operator_id), person_id=person.id, **place)
    )
    enrolment.learner_id, enrolment.activated_at = learner.id, NOW
    return kept(session, enrolment), learner


def a_company(session: Session, **fields: Any) -> Company:
    """Make a company."""
    number = next(_numbers)
    defaults = {"enterprise_number": f"0{number:09}", "name": f"Maison d’essai {number}"}
    return kept(session, Company(**(defaults | fields)))


def an_establishment(session: Session, company: Company | None = None, **fields: Any) -> Establishment:
    """Make an establishment in Namur with five workers."""
    number = next(_numbers)
    defaults = {
        "company_id": (company or a_company(session)).id,
        "number": f"2{number:09}",
        "name": f"Atelier d’essai {number}",
        "postal_code": "5000",
        "municipality_ins": "92094",
        "workers": 5,
    }
    return kept(session, Establishment(**(defaults | fields)))


def an_approval(session: Session, establishment: Establishment, **fields: Any) -> Approval:
    """Make a granted approval, recorded by its operator."""
    defaults = {"trade_code": "boulanger", "state": ApprovalState.GRANTED, "since": date(2024, 1, 1)}
    operator_id = fields.pop("operator_id", None) or an_operator(session).id
    approval: Approval = kept(
        session, Approval(establishment_id=establishment.id, operator_id=operator_id, **(defaults | fields))
    )
    recorded = {"operator_id": operator_id, "state": approval.state, "since": approval.since, "noted_at": NOW}
    kept(session, ApprovalRecord(approval_id=approval.id, **recorded))
    return approval


def an_offer(session: Session, establishment: Establishment | None = None, **fields: Any) -> Offer:
    """Make a published offer of one place for a baker."""
    establishment = establishment or an_establishment(session)
    trade = fields.get("trade_code", "boulanger")
    defaults = {
        "form_key": f"{next(_numbers):032x}",
        "company_id": establishment.company_id,
        "establishment_id": establishment.id,
        "trade_code": trade,
        "sector_code": TRADES[trade][0],
        "scheme_code": "alternance-secondaire",
        "municipality_ins": establishment.municipality_ins,
        "status": OfferStatus.PUBLISHED,
        "places": 1,
        "starts_from": NOW.date() + timedelta(days=7),
        "starts_until": NOW.date() + timedelta(days=60),
        "company_days": 0b01111,
        "day_starts_at": time(8),
        "day_ends_at": time(16, 30),
        "weekly_hours": 30,
        "tasks": "Pétrir, façonner et cuire avec l’équipe.",
        "tutor_first_name": "Sacha",
        "tutor_function": "Chef d’atelier",
        "ends_on": NOW.date() + timedelta(days=60),
        "created_at": NOW,
        "updated_at": NOW,
        "published_at": NOW,
    }
    return kept(session, Offer(**(defaults | fields)))


def an_application(session: Session, offer: Offer, learner: Learner, **fields: Any) -> Application:
    """Make an application that was just sent."""
    defaults = {
        "form_key": f"{next(_numbers):032x}",
        "offer_id": offer.id,
        "learner_id": learner.id,
        "status": ApplicationStatus.SENT,
        "motivation": "J’aime travailler de mes mains.",
        "sent_at": NOW,
        "changed_at": NOW,
        "answer_due_on": NOW.date() + timedelta(days=14),
    }
    return kept(session, Application(**(defaults | fields)))


def an_interview(session: Session, application: Application, *slots: datetime, **fields: Any) -> Interview:
    """Give an application an interview: fixed at a moment if that is named, else offered at some by the company."""
    at = fields.get("starts_at")
    application.status = fields.pop("status", ApplicationStatus.IN_CONTACT)
    defaults = {
        "uid": f"{next(_numbers):032x}",
        "state": InterviewState.AGREED if at else InterviewState.OFFERED,
        "kind": InterviewKind.ON_SITE,
        "place": "À l’atelier",
        "minutes": 45,
        "created_at": NOW,
        "changed_at": NOW,
    }
    by = fields.pop("by", Role.COMPANY)
    interview: Interview = kept(session, Interview(application_id=application.id, **(defaults | fields)))
    for slot in slots or (at,):
        kept(session, InterviewSlot(interview_id=interview.id, by=by, at=slot))
    return interview


def a_case(session: Session, offer: Offer, learner: Learner | None = None, **fields: Any) -> ModerationCase:
    """Bring an offer to moderation, by a learner's flag when one is named."""
    defaults = {"standing": Standing.ONLINE, "waiting_since": NOW, "changed_at": NOW}
    case: ModerationCase = kept(session, ModerationCase(offer_id=offer.id, **(defaults | fields)))
    flagged = learner is not None
    role, step = (Role.LEARNER, "flag") if flagged else (Role.COMPANY, "wording")
    if learner is not None:
        kept(session, OfferFlag(offer_id=offer.id, learner_id=learner.id, reason=FlagReason.FEES, at=NOW))
    who = learner.person_id if learner else None
    kept(session, ModerationStep(offer_id=offer.id, step=step, role=role, person_id=who, at=NOW))
    return case


def a_talk(session: Session, application: Application, **fields: Any) -> Conversation:
    """Begin the conversation of an application, unless it is there."""
    talk = session.get(Conversation, application.id)
    if talk is None:
        talk = kept(session, Conversation(application_id=application.id, **fields))
        for role in SIDES:
            kept(session, ConversationSide(application_id=application.id, role=role))
    return talk


def a_message(
    session: Session, application: Application, by: Actor, words: str = "Bonjour !", **fields: Any
) -> Message:
    """Let one side of an application write to the other, who has not read it yet."""
    a_talk(session, application)
    other = Role.COMPANY if by.role is Role.LEARNER else Role.LEARNER
    side = session.get_one(ConversationSide, (application.id, other))
    side.unread, side.waiting_since = side.unread + 1, side.waiting_since or NOW
    defaults = {"form_key": f"{next(_numbers):064x}", "role": by.role, "person_id": by.person_id, "sent_at": NOW}
    return kept(session, Message(application_id=application.id, words=words, **(defaults | fields)))


def a_report(session: Session, message: Message, learner: Learner, words: str = "") -> MessageCase:
    """Let a learner bring a message to OFFA."""
    said = {"reason": MessageConcern.FEES, "words": words, "at": NOW}
    kept(session, MessageReport(message_id=message.id, person_id=learner.person_id, **said))
    waits = {"standing": MessageStanding.VISIBLE, "waiting_since": NOW, "changed_at": NOW}
    return kept(session, MessageCase(message_id=message.id, **waits))


def shown(session: Session, application: Application, operator: Operator) -> None:
    """Let the staff of an operator read a conversation, as its learner wishes."""
    talk = a_talk(session, application)
    talk.shown_to, talk.shown_at = operator.id, NOW
    kept(session, talk)


def an_alert(session: Session, learner: Learner, pace: AlertPace = AlertPace.DAILY, **search: Any) -> Alert:
    """Make an alert of a learner."""
    kept_as = kept_search(OfferSearch.read(search))
    moments = {"created_at": NOW, "checked_until": NOW}
    return kept(session, Alert(learner_id=learner.id, search=kept_as, pace=pace, **moments))


def a_draft(session: Session, offer: Offer, learner: Learner, **typed: str) -> ApplicationDraft:
    """Let a learner type the draft of an application."""
    fields = {"motivation": "J’aime le pain."} | typed
    return kept(session, ApplicationDraft(learner_id=learner.id, offer_id=offer.id, saved_at=NOW, **fields))


def a_document(session: Session, application: Application, content: bytes = b"%PDF-", **fields: Any) -> Document:
    """Make the CV of an application."""
    whose = {"learner_id": application.learner_id, "offer_id": application.offer_id, "application_id": application.id}
    return _a_document(session, content, **(whose | fields))


def a_document_of_draft(
    session: Session, offer: Offer, learner: Learner, content: bytes = b"%PDF-", **fields: Any
) -> Document:
    """Make the CV of a draft."""
    return _a_document(session, content, learner_id=learner.id, offer_id=offer.id, **fields)


def _a_document(session: Session, content: bytes, **fields: Any) -> Document:
    file = {"kind": DocumentKind.PDF, "state": DocumentState.CLEAN, "size": len(content), "added_at": NOW}
    return kept(session, Document(sealed=sealed(content, fields["learner_id"]), **(file | fields)))


def a_suggestion(session: Session, offer: Offer, learner: Learner, by: Actor, **fields: Any) -> Suggestion:
    """Let a member of the learner's operator suggest an offer to them."""
    defaults = {"operator_id": learner.operator_id, "reason": "Tout près de chez toi.", "suggested_at": NOW}
    told = {"learner_id": learner.id, "offer_id": offer.id, "person_id": by.person_id}
    return kept(session, Suggestion(**(told | defaults | fields)))


def actor_of_learner(learner: Learner) -> Actor:
    """Return the learner as an actor."""
    return Actor(learner.person_id, Role.LEARNER, learner_id=learner.id, proved_at=NOW)


def a_member(session: Session, company_id: int, *establishments: int | None, is_admin: bool = False) -> Actor:
    """Make somebody who acts for a company, everywhere unless establishments are named, as an actor."""
    person = a_person(session, Role.COMPANY)
    everywhere = not establishments
    kept(
        session,
        CompanyMember(person_id=person.id, company_id=company_id, is_admin=is_admin, everywhere=everywhere),
    )
    for establishment_id in establishments:
        kept(
            session,
            MemberEstablishment(person_id=person.id, company_id=company_id, establishment_id=establishment_id),
        )
    return Actor(person.id or 0, Role.COMPANY, company_id=company_id, proved_at=NOW)


def a_claimant(session: Session, establishment: Establishment, **fields: Any) -> Actor:
    """Make somebody whose claim on an establishment waits, as an actor."""
    person = a_person(session, Role.COMPANY)
    defaults = {
        "enterprise_number": session.get_one(Company, establishment.company_id).enterprise_number,
        "establishment_number": establishment.number,
        "company_name": establishment.name,
        "postal_code": establishment.postal_code,
        "function": "Gérante",
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "person_id": person.id,
        "state": ClaimState.WAITING,
        "created_at": NOW,
        "confirmed_at": NOW,
    }
    claim = kept(session, CompanyClaim(**(defaults | fields)))
    return Actor(person.id or 0, Role.COMPANY, claim_id=claim.id, proved_at=NOW)


def a_coach_link(session: Session, coach: Actor, **fields: Any) -> CoachLink:
    """Make an invitation link of a coach."""
    defaults = {"code": f"{next(_numbers):012d}", "name": "Webinaire de mars", "created_at": NOW}
    return kept(session, CoachLink(person_id=coach.person_id, **(defaults | fields)))


def an_announcement(session: Session, **fields: Any) -> Announcement:
    """Make a banner for everybody, shown since yesterday."""
    shown_to = {"spot": Spot.BANNER, "audience": Public.EVERYONE, "starts_on": NOW.date() - timedelta(days=1)}
    return kept(session, Announcement(**({"words": "Bonne rentrée.", "changed_at": NOW} | shown_to | fields)))


def a_notice(session: Session, person_id: int, **fields: Any) -> Notice:
    """Make a line of somebody's list of notices, not read yet and mailed already."""
    defaults = {"letter": "application-received", "subject": "Une nouvelle candidature vous attend", "at": NOW}
    made = {"key": f"avis:{next(_numbers)}", "bundle": f"avis {next(_numbers)}", "person_id": person_id}
    return kept(session, Notice(**(defaults | made | fields)))


def a_staff_member(session: Session, operator_id: int, implantation_id: int | None = None) -> Actor:
    """Make a member of an operator's staff, as an actor; restricted when an implantation is named."""
    person = a_person(session, Role.OPERATOR)
    kept(session, OperatorMember(person_id=person.id, operator_id=operator_id, implantation_id=implantation_id))
    return Actor(person.id or 0, Role.OPERATOR, operator_id=operator_id, proved_at=NOW)


def a_coach(session: Session, *sectors: str) -> Actor:
    """Make a coach of some sectors, as an actor."""
    person = a_person(session, Role.COACH)
    for sector in sectors:
        kept(session, CoachMandate(person_id=person.id, sector_code=sector))
    return Actor(person.id or 0, Role.COACH, sectors=frozenset(sectors), proved_at=NOW)


def a_circular(session: Session, coach: Actor, *companies: int, **fields: Any) -> Circular:
    """Make a message that a coach sent to some companies."""
    defaults = {"sector_code": "alimentation", "subject": "Vos offres", "words": "Sont-elles à jour ?", "sent_at": NOW}
    made = {"form_key": f"{next(_numbers):064}", "way": Way.OFFERS, "companies": len(companies)}
    circular: Circular = kept(session, Circular(person_id=coach.person_id, **(defaults | made | fields)))
    said: dict[str, Any] = {"kind": ContactKind.MESSAGE, "words": circular.subject, "on_day": circular.sent_at.date()}
    for company_id in companies:
        about = {"sector_code": circular.sector_code, "person_id": coach.person_id, "circular_id": circular.id}
        kept(session, CompanyContact(company_id=company_id, at=circular.sent_at, **said, **about))
    return circular


def an_offa_member(session: Session) -> Actor:
    """Make a member of OFFA, as an actor."""
    return Actor(a_person(session, Role.OFFA).id or 0, Role.OFFA, proved_at=NOW)
