"""What somebody sees who follows the link of a new application's mail; looking changes nothing."""

from datetime import date, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor
from stageplus.domain.applications import APPLICATION_LIFE
from stageplus.domain.refusals import AccountSuspended, ApplicationGone, LinkOfAnother
from stageplus.domain.titles import place_title
from stageplus.models import LinkPurpose
from stageplus.services.applications.actions import facts_of
from stageplus.services.applications.queries import Parties
from stageplus.services.links.queries import fresh_link
from stageplus.services.registers.queries import parameters_in_force
from stageplus.services.replies.schemas import ReplyView
from stageplus.services.replies.scope import application_behind
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, days_ago, long_date


def look_at_reply(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> ReplyView:
    """Show a first name and a motivation to whom the mail was sent, while the link works and nobody has answered."""
    with reading(on) as session:
        link = fresh_link(session, token, LinkPurpose.ANSWER, now)
        if link is None:
            return ReplyView()
        try:
            _holder, parties = application_behind(session, actor, link)
        except ApplicationGone:
            return ReplyView("withdrawn")
        except (LinkOfAnother, AccountSuspended):
            return ReplyView("elsewhere" if actor and actor.person_id != link.person_id else "left")
        return _view(session, parties, now)


def may_be_promised(parties: Parties) -> bool:
    """Say whether the one button of the link has something left to do."""
    application = parties.application
    possible = APPLICATION_LIFE.steps["promise"].sources
    return application.status in possible and application.promised_on is None and facts_of(parties).learner_is_there


def promised_day(session: Session, now: datetime) -> date:
    """Return the day that the button promises: the usual delay from today, within what may be promised."""
    today = day_in_brussels(now)
    known = parameters_in_force(session, today)
    return today + timedelta(days=min(int(known["answer_due_days"]), int(known["answer_promise_days"])))


def _view(session: Session, parties: Parties, now: datetime) -> ReplyView:
    title, number = place_title(parties.trade.name_f, parties.trade.name_m), parties.application.id or 0
    if not may_be_promised(parties):
        return ReplyView("settled", number, title)
    received = days_ago(day_in_brussels(parties.application.sent_at), day_in_brussels(now))
    words = _("Dire que je l’ai lue et que je réponds avant le {day}")
    return ReplyView(
        standing="open",
        application_id=number,
        title=title,
        first_name=parties.person.first_name,
        motivation=parties.application.motivation,
        received=_("Reçue {when}").format(when=received),
        promise_words=words.format(day=long_date(promised_day(session, now))),
    )
