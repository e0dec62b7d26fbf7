"""Use cases of alerts: save one, change its pace, drop it, stop the mails, and the timed work that tells."""

from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, func, select, update

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.alerts import AlertPace
from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.domain.refusals import TooManyAlerts
from stageplus.models import Alert, AlertOffer, Learner, LinkPurpose
from stageplus.services.alerts.digest import mail_news
from stageplus.services.alerts.queries import alerts_in
from stageplus.services.alerts.schemas import AlertInput, Alerts, PaceInput
from stageplus.services.alerts.searches import is_everything, kept_search
from stageplus.services.alerts.watch import look_for_news
from stageplus.services.links.actions import spend_link
from stageplus.services.notifications.live import tell
from stageplus.services.offers.queries import municipality_named
from stageplus.services.registers.queries import parameter_in_force
from stageplus.services.suggestions.actions import forget_old_suggestions
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels


def save_alert(actor: Actor | None, data: AlertInput, *, now: datetime, on: Engine | None = None) -> Alerts:
    """Save a search as an alert; the same search again only changes how often it is mailed.

    Raises `InvalidInput` for a search of everything or around a place of nowhere, `TooManyAlerts` beyond the number in
    force.
    """
    actor = require(actor, Permission.OFFER_KEEP)
    if is_everything(data):
        raise InvalidInput({"form": _("Choisis d’abord un métier ou un lieu : sinon, tout te serait annoncé.")})
    with transaction(on) as session:
        if data.place and municipality_named(session, data.place) is None:
            raise InvalidInput({"form": _("Nous ne connaissons pas ce lieu. Essaie un code postal.")})
        search = kept_search(data)
        # Two taps at once wait for each other here.
        session.exec(select(Learner.id).where(Learner.id == actor.learner_id).with_for_update()).one()
        same = session.exec(select(Alert).where(Alert.learner_id == actor.learner_id, Alert.search == search)).first()
        if same is None:
            _check_room(session, actor, now)
            session.add(
                Alert(
                    learner_id=actor.learner_id or 0,
                    search=search,
                    pace=data.pace,
                    created_at=now,
                    checked_until=now,
                )
            )
        else:
            same.pace = data.pace
        session.flush()
        return _told(session, actor, now)


def change_pace(
    actor: Actor | None, alert_id: int, data: PaceInput, *, now: datetime, on: Engine | None = None
) -> Alerts:
    """Change how often one of one's alerts is mailed; raises `NotFound` for anybody else's."""
    actor = require(actor, Permission.OFFER_KEEP)
    with transaction(on) as session:
        mine = update(Alert).where(col(Alert.id) == alert_id, col(Alert.learner_id) == actor.learner_id)
        if session.exec(mine.values(pace=data.pace)).rowcount != 1:
            raise NotFound
        return _told(session, actor, now)


def drop_alert(actor: Actor | None, alert_id: int, *, now: datetime, on: Engine | None = None) -> Alerts:
    """Delete one of one's alerts with what it found; one that is gone already changes nothing."""
    actor = require(actor, Permission.OFFER_KEEP)
    with transaction(on) as session:
        session.exec(delete(Alert).where(col(Alert.id) == alert_id, col(Alert.learner_id) == actor.learner_id))
        return _told(session, actor, now)


def stop_mails(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Alerts:
    """Mail none of one's alerts any more; the site goes on showing what they find."""
    actor = require(actor, Permission.OFFER_KEEP)
    with transaction(on) as session:
        _stop(session, actor.learner_id or 0)
        return _told(session, actor, now)


def stop_mails_by_link(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> bool:
    """Stop the mails of whoever was mailed this link, signed in or not.

    Raises `NotFound` for a token that is none, `LinkSpent` when it was used or has expired.
    """
    with transaction(on) as session:
        link = spend_link(session, token, LinkPurpose.STOP_ALERTS, now)
        learner = session.exec(select(Learner.id).where(Learner.person_id == link.person_id)).one()
        _stop(session, learner or 0)
    return True


def see_news(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> None:
    """Note that one has seen what one's alerts found: it is no news any more, and goes into no mail."""
    actor = require(actor, Permission.OFFER_KEEP)
    with transaction(on) as session:
        mine = update(AlertOffer).where(col(AlertOffer.learner_id) == actor.learner_id)
        session.exec(mine.where(col(AlertOffer.seen_at).is_(None)).values(seen_at=now))


def watch_offers(*, now: datetime, on: Engine | None = None) -> str:
    """Look for the offers that alerts wait for, mail what is due, forget what is old; say how many of each."""
    found = look_for_news(now, on)
    mails = mail_news(now, on)
    with transaction(on) as session:
        days = float(parameter_in_force(session, "alert_news_days", day_in_brussels(now)))
        session.exec(delete(AlertOffer).where(col(AlertOffer.found_at) < now - timedelta(days=days)))
        forget_old_suggestions(session, now)
    return f"{found} / {mails}"


def _check_room(session: Session, actor: Actor, now: datetime) -> None:
    mine = select(func.count()).select_from(Alert).where(Alert.learner_id == actor.learner_id)
    if session.exec(mine).one() >= int(parameter_in_force(session, "alerts_max", day_in_brussels(now))):
        raise TooManyAlerts


def _stop(session: Session, learner_id: int) -> None:
    session.exec(update(Alert).where(col(Alert.learner_id) == learner_id).values(pace=AlertPace.ON_SITE))
    tell(session, f"learner:{learner_id}")


def _told(session: Session, actor: Actor, now: datetime) -> Alerts:
    tell(session, f"learner:{actor.learner_id}")
    return alerts_in(session, actor, now)
