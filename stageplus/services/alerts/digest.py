"""One mail at most a day to each learner, with the open offers that their alerts found and that they have not seen."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, func, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.alerts import WEEK, AlertPace, Told, due_alerts
from stageplus.models import Alert, AlertOffer, Learner, LinkPurpose, Offer, Person, SingleUseLink
from stageplus.services.alerts.queries import is_open
from stageplus.services.links.actions import issue_link
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.offers.queries import offers_to_show
from stageplus.services.offers.schemas import OfferCard
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _, ngettext
from stageplus.texts.formats import BRUSSELS, day_in_brussels

MOST_LINES = 10


def mail_news(now: datetime, on: Engine | None) -> int:
    """Mail to each learner what is due, one learner a transaction; a stop in between sends nothing twice."""
    with reading(on) as session:
        waiting = list(session.exec(_waiting(now)))
    mails = 0
    for learner_id in waiting:
        with transaction(on) as session:
            mails += _mail(session, learner_id, now)
    return mails


def _waiting(now: datetime) -> Any:
    """Select the learners for whom an alert that is mailed found something."""
    found = (
        select(AlertOffer.learner_id).join(Alert).join(Offer).join(Learner, col(AlertOffer.learner_id) == Learner.id)
    )
    found = found.join(Person, col(Learner.person_id) == Person.id).where(*_untold(now))
    # Leaves out at once whoever has had today's mail, and the weekly alerts whose week is young: `due_alerts` decides.
    other = aliased(Alert)
    this_morning = datetime.combine(day_in_brussels(now), time(), BRUSSELS)
    today = select(other.id).where(other.learner_id == AlertOffer.learner_id, col(other.mailed_at) >= this_morning)
    week_is_old = func.coalesce(Alert.mailed_at, Alert.created_at) < now - WEEK + timedelta(days=1)
    paced = (col(Alert.pace) == AlertPace.DAILY) | ((col(Alert.pace) == AlertPace.WEEKLY) & week_is_old)
    mailed = found.where(paced, ~today.exists(), col(Person.suspended_at).is_(None))
    return mailed.distinct().order_by(col(AlertOffer.learner_id))


def _untold(now: datetime) -> list[Any]:
    return [col(AlertOffer.mailed_at).is_(None), col(AlertOffer.seen_at).is_(None), *is_open(now.date())]


def _mail(session: Session, learner_id: int, now: datetime) -> int:
    alerts = session.exec(select(Alert).where(Alert.learner_id == learner_id).with_for_update()).all()
    due = due_alerts([_told(alert) for alert in alerts], day_in_brussels(now))
    news = select(AlertOffer.offer_id).join(Offer).where(AlertOffer.learner_id == learner_id, *_untold(now))
    mine = news.where(col(AlertOffer.alert_id).in_(due)).order_by(col(AlertOffer.found_at).desc())
    learner = session.get_one(Learner, learner_id)
    shown = offers_to_show(session, learner, list(session.exec(mine)), now)
    cards = [each.card for each in shown if not each.card.applied and not each.closed_words]
    told = update(AlertOffer).where(col(AlertOffer.learner_id) == learner_id)
    ids = [each.card.offer_id for each in shown]
    session.exec(told.where(col(AlertOffer.offer_id).in_(ids)).values(mailed_at=now))
    if not cards:
        return 0
    _write(session, learner, cards, now)
    session.exec(update(Alert).where(col(Alert.id).in_(due)).values(mailed_at=now))
    return 1


def _told(alert: Alert) -> Told:
    mailed = day_in_brussels(alert.mailed_at) if alert.mailed_at else None
    return Told(alert.id or 0, alert.pace, day_in_brussels(alert.created_at), mailed)


def _write(session: Session, learner: Learner, cards: list[OfferCard], now: datetime) -> None:
    person = session.get_one(Person, learner.person_id)
    count = len(cards)
    first = ngettext("Une nouvelle place pour toi", "{n} nouvelles places pour toi", count).format(n=count)
    lines = [
        _("{title}, chez {company}, à {town} ({distance} de chez toi)").format(
            title=card.title, company=card.company, town=card.municipality, distance=card.distance
        )
        for card in cards[:MOST_LINES]
    ]
    rest = [_("Et d’autres encore, sur la page de tes alertes.")] if count > MOST_LINES else []
    queue_mail(
        session,
        key=f"alerts:{learner.id}:{day_in_brussels(now).isoformat()}",
        kind="alerts",
        recipient=person.email,
        subject=first,
        sentences=[_("Bonjour {name}, tes alertes ont trouvé :").format(name=person.first_name), *lines, *rest],
        link=("/alertes", _("Voir ces places")),
        also=(_stop_link(session, person, now), _("Ne plus recevoir ces e-mails")),
        now=now,
    )


def _stop_link(session: Session, person: Person, now: datetime) -> str:
    """Make a link that stops the mails; those of earlier mails go on working until they end."""
    old = delete(SingleUseLink).where(col(SingleUseLink.purpose) == LinkPurpose.STOP_ALERTS)
    session.exec(old.where(col(SingleUseLink.person_id) == person.id, col(SingleUseLink.expires_at) <= now))
    lasts = timedelta(days=float(parameter_in_force(session, "alert_link_days", now.date())))
    return issue_link(session, LinkPurpose.STOP_ALERTS, lasts=lasts, now=now, person_id=person.id, others_go_on=True)
