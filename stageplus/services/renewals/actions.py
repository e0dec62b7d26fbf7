"""Use cases of an offer's end: the reminders before it, and what a mailed link may do without signing in."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, exists
from sqlmodel import Session, and_, col, or_, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import InvalidInput
from stageplus.domain.offers import FILLED_BY, OfferStatus
from stageplus.models import LinkPurpose, Offer, OfferReminder
from stageplus.services.links.actions import spend_link
from stageplus.services.links.queries import usable_link
from stageplus.services.postings.actions import close_in, renew_in
from stageplus.services.postings.queries import title_in
from stageplus.services.registers.queries import parameters_in_force
from stageplus.services.renewals.letters import remind, waiting_in, waiting_words
from stageplus.services.renewals.schemas import EndingInput, EndingReceipt
from stageplus.services.renewals.scope import Ending, ending_of, must_wait_for_an_answer
from stageplus.services.renewals.wording import standing_words
from stageplus.services.teams.queries import somebody_acts
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

AT_ONCE = 100
"""Offers reminded of in one transaction: a stop in the middle loses none and repeats none."""
FIRST, LAST = 1, 2


def remind_of_endings(*, now: datetime, on: Engine | None = None) -> int:
    """Remind companies that an offer ends, once after each of the two delays in force; say of how many offers.

    Running again sends nothing again. After a stop of the site the reminder of the moment goes out, not those missed
    before it; an offer that ended meanwhile is told of too, as its one-tap renewal is still there.
    """
    reminded = done = _remind_some(now, on)
    while done == AT_ONCE:
        done = _remind_some(now, on)
        reminded += done
    return reminded


def renew_by_link(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> EndingReceipt:
    """Renew an offer for whoever holds the link of its reminder, once; nobody needs to be signed in.

    Raises `NotFound`, `LinkSpent`, `LinkOfAnother`, `AccountSuspended`, `OfferMoved`, and what `renew_offer` raises;
    a refused link is not used up.
    """
    with transaction(on) as session:
        ending = _used(session, actor, token, now)
        renew_in(session, ending.holder, ending.offer, now)
        return _receipt(session, ending, _("L’offre reste en ligne"))


def close_by_link(
    actor: Actor | None, token: str, data: EndingInput, *, now: datetime, on: Engine | None = None
) -> EndingReceipt:
    """Close an offer that nobody waits for; whoever waits is answered by somebody who signs in and sees who it is.

    Raises `InvalidInput` while somebody waits, otherwise as `renew_by_link` and `close_offer` do.
    """
    with transaction(on) as session:
        ending = _used(session, actor, token, now)
        waiting = waiting_in(session, ending.offer)
        if waiting:
            words = _("{waiting} Connectez-vous pour leur répondre et fermer l’offre.")
            raise InvalidInput({"form": words.format(waiting=waiting_words(waiting))})
        close_in(session, ending.holder, ending.offer, data, now)
        filled = data.reason in FILLED_BY
        return _receipt(session, ending, _("La place est notée comme prise") if filled else _("L’offre est fermée"))


def _used(session: Session, actor: Actor | None, token: str, now: datetime) -> Ending:
    link = usable_link(session, token, LinkPurpose.OFFER_ENDING, now)
    ending = ending_of(session, actor, link, to_act=True)
    must_wait_for_an_answer(ending)
    spend_link(session, token, LinkPurpose.OFFER_ENDING, now)
    return ending


def _receipt(session: Session, ending: Ending, title: str) -> EndingReceipt:
    name, establishment = title_in(session, ending.offer)
    return EndingReceipt(title, f"{name} — {establishment}. {standing_words(ending.offer)}")


def _remind_some(now: datetime, on: Engine | None) -> int:
    with transaction(on) as session:
        today = day_in_brussels(now)
        known = parameters_in_force(session, today)
        last_day = today + timedelta(days=int(known["offer_reminder_days_2"]))
        due = session.exec(_due(known, today, last_day).order_by(col(Offer.id)).limit(AT_ONCE)).all()
        for offer in due:
            turn = LAST if offer.ends_on <= last_day else FIRST
            session.add(OfferReminder(offer_id=offer.id or 0, ends_on=offer.ends_on, turn=turn, sent_at=now))
            remind(session, offer, turn, int(known["offer_renewal_late_days"]), now)
        return len(due)


def _due(known: Mapping[str, str], today: date, last_day: date) -> Any:
    """Select the offers on line, or that ended a short while ago, which nobody was reminded of in this turn."""
    first_day = today + timedelta(days=int(known["offer_reminder_days_1"]))
    oldest = today - timedelta(days=int(known["offer_renewal_late_days"]))
    ends, status = col(Offer.ends_on), col(Offer.status)
    online = status == OfferStatus.PUBLISHED
    first = and_(online, ends > last_day, ends <= first_day, ~_reminded(FIRST))
    last = and_(online, ends >= oldest, ends <= last_day, ~_reminded(LAST))
    over = and_(status == OfferStatus.EXPIRED, ends >= oldest, ends < today, ~_reminded(LAST))
    return select(Offer).where(or_(first, last, over), somebody_acts(Offer.company_id, Offer.establishment_id))


def _reminded(turn: int) -> Any:
    this_end = and_(col(OfferReminder.offer_id) == Offer.id, col(OfferReminder.ends_on) == Offer.ends_on)
    return exists().where(this_end, col(OfferReminder.turn) == turn)
