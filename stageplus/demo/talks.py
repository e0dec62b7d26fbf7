"""What people have written to each other in the invented world, what was shown to a referent and reported to OFFA."""

from datetime import timedelta

from sqlmodel import col, select

from stageplus.demo.cast import Cast
from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.conversations import SIDES, MessageConcern, MessageStanding
from stageplus.models import (
    Application,
    CompanyMember,
    Conversation,
    ConversationSide,
    Learner,
    Message,
    MessageCase,
    MessageReport,
    Offer,
    Person,
)

LEARNER, COMPANY = Role.LEARNER, Role.COMPANY
Said = tuple[tuple[Role, str], ...]
ABOUT_THE_TRIAL: Said = (
    (COMPANY, "Bonjour, merci pour votre candidature ! Connaissez-vous déjà un peu l’atelier ?"),
    (
        LEARNER,
        "Bonjour, oui : j’y ai acheté du pain samedi avec ma sœur.\nEst-ce que je dois apporter des chaussures ?",
    ),
    (COMPANY, "Très bien. Des chaussures fermées suffisent pour la visite, nous prêtons le reste."),
    (COMPANY, "Entrez par la cour, la porte du magasin est encore fermée à cette heure-là."),
)
ABOUT_THE_BUS: Said = (
    (LEARNER, "Bonjour, le premier bus arrive à 6 h 10. Est-ce que je peux commencer à 6 h 15 ?"),
    (COMPANY, "Bonjour, oui, 6 h 15 convient. Le matin, nous sommes trois à la pâte."),
    (LEARNER, "Merci ! Et le samedi, est-ce que c’est pareil ?"),
)
RUDE: Said = (
    (LEARNER, "Bonjour, avez-vous eu le temps de lire ma candidature ?"),
    (COMPANY, "Donnez-moi plutôt votre numéro privé, on se verra un soir sans passer par le site."),
    (LEARNER, "Je préfère qu’on s’écrive ici."),
)


def fill_talks(cast: Cast) -> None:
    """Write some conversations: one waits for its learner, one for its company, one is looked at by OFFA."""
    mine = _applications(cast, "apprenant@demo.test", COMPANY, ApplicationStatus.IN_CONTACT)
    theirs = _applications(cast, "entreprise@demo.test", LEARNER, ApplicationStatus.IN_CONTACT)
    elsewhere = [each for each in _applications(cast, "", LEARNER, ApplicationStatus.SEEN) if each not in theirs]
    if mine:
        _talk(cast, mine[0], ABOUT_THE_TRIAL, unread={LEARNER: 2})
    if theirs:
        talk = _talk(cast, theirs[0], ABOUT_THE_BUS, unread={COMPANY: 1})
        learner = cast.session.get_one(Learner, theirs[0].learner_id)
        talk.shown_to, talk.shown_at = learner.operator_id, cast.now - timedelta(hours=5)
    if elsewhere:
        _report(cast, elsewhere[-1])


def _applications(cast: Cast, email: str, kind: Role, status: ApplicationStatus) -> list[Application]:
    found = select(Application).join(Offer).where(Application.status == status).order_by(col(Application.id))
    person = select(Person.id).where(Person.email == email).scalar_subquery()
    if email and kind is COMPANY:
        found = found.join(Learner, col(Application.learner_id) == Learner.id).where(Learner.person_id == person)
    elif email:
        found = found.join(CompanyMember, col(CompanyMember.company_id) == Offer.company_id)
        found = found.where(CompanyMember.person_id == person)
    return list(cast.session.exec(found))


def _talk(cast: Cast, application: Application, said: Said, unread: dict[Role, int]) -> Conversation:
    number = application.id or 0
    talk: Conversation = cast.kept(Conversation(application_id=number))
    first = cast.now - timedelta(hours=3 * len(said))
    messages = [
        cast.kept(
            Message(
                application_id=number,
                form_key=f"{number}-{place}",
                role=role,
                person_id=_author(cast, application, role),
                words=words,
                sent_at=first + timedelta(hours=3 * place, minutes=7 * place),
            )
        )
        for place, (role, words) in enumerate(said)
    ]
    for side in SIDES:
        received = [each for each in messages if each.role is not side]
        left = unread.get(side, 0)
        read, waits = received[: len(received) - left], received[len(received) - left :]
        cast.kept(
            ConversationSide(
                application_id=number,
                role=side,
                read_until=read[-1].id or 0 if read else 0,
                unread=left,
                waiting_since=waits[0].sent_at if waits else None,
            )
        )
    return talk


def _author(cast: Cast, application: Application, role: Role) -> int | None:
    if role is LEARNER:
        return cast.session.get_one(Learner, application.learner_id).person_id
    company = cast.session.get_one(Offer, application.offer_id).company_id
    members = select(CompanyMember.person_id).where(CompanyMember.company_id == company)
    return cast.session.exec(members.order_by(col(CompanyMember.person_id))).first()


def _report(cast: Cast, application: Application) -> None:
    _talk(cast, application, RUDE, unread={})
    said = select(Message).where(Message.application_id == application.id, Message.role == COMPANY)
    message, at = cast.session.exec(said).one(), cast.now - timedelta(hours=2)
    number, reporter = message.id or 0, _author(cast, application, LEARNER)
    cast.kept(
        MessageReport(
            message_id=number,
            person_id=reporter,
            reason=MessageConcern.ELSEWHERE,
            words="Je ne veux pas donner mon numéro.",
            at=at,
        )
    )
    cast.kept(MessageCase(message_id=number, standing=MessageStanding.VISIBLE, waiting_since=at, changed_at=at))
