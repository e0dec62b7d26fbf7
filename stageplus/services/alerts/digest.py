"""One mail at most a day to each learner: what their alerts found and what was suggested to them, both not seen yet."""

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
from stageplus.services.suggestions.actions import note_mailed
from stageplus.services.suggestions.queries import learners_to_mail, mailed_today, suggestions_in, untold
from stageplus.services.suggestions.schemas import SuggestedOffer
from stageplus.texts import _, ngettext
from stageplus.texts.formats import BRUSSELS, day_in_brussels

MOST_LINES = 10


def mail_news(now: datetime, on: Engine | None) -> int:
    """Mail to each learner what is due, one learner a transaction; a stop in between sends nothing twice.

    What is suggested waits until nobody has suggested more for some minutes, so that ten suggestions are one mail.
    """
    morning = _this_morning(now)
    with reading(on) as session:
        quiet = timedelta(minutes=float(parameter_in_force(session, "suggestion_mail_minutes", day_in_brussels(now))))
        waiting = {*session.exec(_waiting(now)), *session.exec(learners_to_mail(now, now - quiet, morning))}
    mails = 0
    for learner_id in sorted(waiting):
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
    morning = _this_morning(now)
    today = select(other.id).where(other.learner_id == AlertOffer.learner_id, col(other.mailed_at) >= morning)
    week_is_old = func.coalesce(Alert.mailed_at, Alert.created_at) < now - WEEK + timedelta(days=1)
    paced = (col(Alert.pace) == AlertPace.DAILY) | ((col(Alert.pace) == AlertPace.WEEKLY) & week_is_old)
    told = ~today.exists() & ~mailed_today(AlertOffer.learner_id, morning)
    return found.where(paced, told, col(Person.suspended_at).is_(None)).distinct()


def _this_morning(now: datetime) -> datetime:
    return datetime.combine(day_in_brussels(now), time(), BRUSSELS)


def _untold(now: datetime) -> list[Any]:
    return [col(AlertOffer.mailed_at).is_(None), col(AlertOffer.seen_at).is_(None), *is_open(day_in_brussels(now))]


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
    suggested = suggestions_in(session, learner_id, now, *untold(now)).rows
    if not cards and not suggested:
        return 0
    known = {each.card.offer_id for each in suggested}
    _write(session, learner, suggested, [card for card in cards if card.offer_id not in known], now)
    note_mailed(session, learner_id, sorted(known), now)
    if cards:
        session.exec(update(Alert).where(col(Alert.id).in_(due)).values(mailed_at=now))
    return 1


def _told(alert: Alert) -> Told:
    mailed = day_in_brussels(alert.mailed_at) if alert.mailed_at else None
    return Told(alert.id or 0, alert.pace, day_in_brussels(alert.created_at), mailed)


def _write(
    session: Session, learner: Learner, suggested: list[SuggestedOffer], cards: list[OfferCard], now: datetime
) -> None:
    person = session.get_one(Person, learner.person_id)
    found = [_line(card) for card in cards[:MOST_LINES]]
    rest = [_("Et d’autres encore, sur la page de tes alertes.")] if len(cards) > MOST_LINES else []
    head = _("Et tes alertes ont trouvé :") if suggested else _("Tes alertes ont trouvé :")
    stop = (_stop_link(session, person, now), _("Ne plus recevoir ces e-mails")) if cards else None
    queue_mail(
        session,
        key=f"alerts:{learner.id}:{day_in_brussels(now).isoformat()}",
        kind="alerts",
        recipient=person.email,
        subject=_subject(len(suggested), len(cards)),
        sentences=[
            _("Bonjour {name},").format(name=person.first_name),
            *(f"{each.by} : {_line(each.card)}. « {each.reason} »" for each in suggested),
            *([head, *found, *rest] if cards else []),
        ],
        link=("/offres", _("Voir ces places")) if suggested else ("/alertes", _("Voir ces places")),
        also=stop,
        now=now,
    )


def _subject(suggested: int, found: int) -> str:
    if suggested:
        words = ngettext("Une place suggérée pour toi", "{n} places suggérées pour toi", suggested)
        return words.format(n=suggested)
    return ngettext("Une nouvelle place pour toi", "{n} nouvelles places pour toi", found).format(n=found)


def _line(card: OfferCard) -> str:
    return _("{title}, chez {company}, à {town} ({distance} de chez toi)").format(
        title=card.title, company=card.company, town=card.municipality, distance=card.distance
    )


def _stop_link(session: Session, person: Person, now: datetime) -> str:
    """Make a link that stops the mails; those of earlier mails go on working until they end."""
    old = delete(SingleUseLink).where(col(SingleUseLink.purpose) == LinkPurpose.STOP_ALERTS)
    session.exec(old.where(col(SingleUseLink.person_id) == person.id, col(SingleUseLink.expires_at) <= now))
    lasts = timedelta(days=float(parameter_in_force(session, "alert_link_days", day_in_brussels(now))))
    return issue_link(session, LinkPurpose.STOP_ALERTS, lasts=lasts, now=now, person_id=person.id, others_go_on=True)
