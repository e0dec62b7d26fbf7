"""What the one button of a new application's mail does, without signing in."""

from datetime import datetime

from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.refusals import ApplicationGone
from stageplus.models import LinkPurpose
from stageplus.services.answers.actions import promise_in
from stageplus.services.links.actions import spend_link
from stageplus.services.links.queries import usable_link
from stageplus.services.replies.queries import may_be_promised, promised_day
from stageplus.services.replies.scope import application_behind
from stageplus.texts import _
from stageplus.texts.formats import long_date


def promise_by_link(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> str:
    """Say for whoever holds the link that the application is read and answered before a day; return it in words.

    Once: of twenty presses one does it, and there is nothing to take back. Raises `NotFound`, `LinkSpent`,
    `LinkOfAnother`, `AccountSuspended`, and `ApplicationGone` when nobody waits for this any more; a refused link is
    not used up.
    """
    with transaction(on) as session:
        link = usable_link(session, token, LinkPurpose.ANSWER, now)
        holder, parties = application_behind(session, actor, link)
        if not may_be_promised(parties):
            raise ApplicationGone
        day = promised_day(session, now)
        spend_link(session, token, LinkPurpose.ANSWER, now)
        promise_in(session, holder, parties, day, now)
        return _(
            "Vous répondez avant le {day}. La personne le sait, et vous ne recevez pas de rappel d’ici là."
        ).format(day=long_date(day))
