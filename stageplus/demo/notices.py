"""What the people of the demonstration find in their list of notices: some read, some not, some told together."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select

from stageplus.demo.cast import Cast
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.letters import MailPace, group_of
from stageplus.domain.titles import place_title
from stageplus.models import (
    Application,
    Company,
    CompanyMember,
    Introduction,
    Learner,
    Municipality,
    Notice,
    Offer,
    OperatorMember,
    Person,
    Trade,
)
from stageplus.services.notifications.notices import note_letter, reader_of
from stageplus.services.notifications.schemas import About
from stageplus.texts import _

TO_LEARNER = {
    ApplicationStatus.IN_CONTACT: ("interview-offered", _("On te propose un entretien")),
    ApplicationStatus.REFUSED: ("application-refused", _("Une réponse à ta candidature")),
    ApplicationStatus.SENT: ("application-sent", _("Ta candidature est envoyée")),
    ApplicationStatus.LAPSED: ("application-lapsed", _("Une offre à laquelle tu as répondu est fermée")),
}
TO_ANSWER = (ApplicationStatus.SENT, ApplicationStatus.SEEN)
DEVICE = (_("Connexion avec un nouvel appareil : {device}").format(device="Chrome sur Android"), "/mot-de-passe-oublie")


def tell_some(cast: Cast) -> None:
    """Tell the five people of the demonstration what happened to them lately."""
    _tell_learner(cast)
    _tell_company(cast)
    _tell_operator(cast)
    for role in ("coach", "offa"):
        _note(cast, f"{role}@demo.test", "account", DEVICE[0], About(path=DEVICE[1]), hours=30)
    for told in cast.session.exec(select(Notice).where(col(Notice.at) < cast.now - timedelta(days=1))):
        told.read_at = told.at + timedelta(hours=2)


def _tell_learner(cast: Cast) -> None:
    email = "apprenant@demo.test"
    mine = select(Application).join(Learner).join(Person).where(Person.email == email)
    for number, application in enumerate(cast.session.exec(mine.order_by(col(Application.id)))):
        if application.status in TO_LEARNER:
            letter, subject = TO_LEARNER[application.status]
            _note(cast, email, letter, subject, _about(cast, application, "/candidatures"), hours=3 + 13 * number)
    _note(cast, email, "account", DEVICE[0], About(path=DEVICE[1]), hours=50)


def _tell_company(cast: Cast) -> None:
    email, subject = "entreprise@demo.test", _("Une nouvelle candidature vous attend")
    member = select(CompanyMember.company_id).join(Person).where(Person.email == email)
    theirs = select(Application).join(Offer).where(col(Offer.company_id).in_(member))
    waiting = theirs.where(col(Application.status).in_(TO_ANSWER)).order_by(col(Application.id))
    for application in cast.session.exec(waiting):
        about = _about(cast, application, "/entreprise/candidatures")
        offer = cast.session.get_one(Offer, application.offer_id)
        town = cast.session.get_one(Municipality, offer.municipality_ins).name
        words = f"{_title(cast, offer)}, {town}"
        _note(cast, email, "application-received", subject, replace(about, words=words))
    about = About(path="/entreprise/etablissements")
    _note(cast, email, "approval", _("Votre agrément est accordé"), about, hours=75)


def _tell_operator(cast: Cast) -> None:
    email, subject = "operateur@demo.test", _("Une mise en relation est à reprendre")
    mine = select(OperatorMember.operator_id).join(Person).where(Person.email == email)
    kept = select(Application).join(Introduction).where(col(Introduction.operator_id).in_(mine))
    for application in cast.session.exec(kept.where(col(Introduction.taken_over_at).is_(None))):
        about = replace(_about(cast, application, ""), path="/operateur/mises-en-relation")
        _note(cast, email, "introduction", subject, about)
    _note(cast, email, "account", DEVICE[0], About(path=DEVICE[1]), hours=30)


def _about(cast: Cast, application: Application, path: str) -> About:
    offer = cast.session.get_one(Offer, application.offer_id)
    company = cast.session.get_one(Company, offer.company_id)
    words = _("{title} chez {company}").format(title=_title(cast, offer), company=company.name)
    return About(f"application:{application.id}", f"offer:{offer.id}", words, f"{path}/{application.id}")


def _title(cast: Cast, offer: Offer) -> str:
    trade = cast.session.get_one(Trade, offer.trade_code)
    return place_title(trade.name_f, trade.name_m)


def _note(cast: Cast, email: str, letter: str, subject: str, about: About, hours: int = 2) -> None:
    reader = reader_of(cast.session, email, None, group_of(letter))
    key = f"demo:{cast.next()}"
    at = cast.now - timedelta(hours=hours)
    note_letter(cast.session, reader, MailPace.AT_ONCE, key=key, kind=letter, subject=subject, about=about, now=at)
