"""What a learner may do about silence: ask the company once for news."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import col

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.titles import place_title
from stageplus.models import Application
from stageplus.services.applications.actions import facts_of_nudge, stay, write_to_company
from stageplus.services.applications.queries import application_of_learner, detail_for_learner
from stageplus.services.applications.schemas import ApplicationDetail, Took
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, long_date


def nudge_company(
    actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None
) -> ApplicationDetail:
    """Ask a company for news of one's application, once, after the days in force; its people are told by mail.

    The time that others paused the offer does not count. Raises `NudgedTooEarly`, `NudgedAlready`, and `NotPossible`
    once the company has answered.
    """
    actor = require(actor, Permission.APPLICATION_SEND)
    with transaction(on) as session:
        parties = application_of_learner(session, actor, application_id)
        took, facts = Took("nudge", actor.role, actor.person_id, now), facts_of_nudge(session, parties, now)
        stay(session, parties, took, col(Application.nudged_at).is_(None), facts=facts, nudged_at=now)
        words = [
            _("La personne qui a postulé pour « {title} » le {day} aimerait savoir où en est sa candidature.").format(
                title=place_title(parties.trade.name_f, parties.trade.name_m),
                day=long_date(day_in_brussels(parties.application.sent_at)),
            ),
            _("Un mot suffit : « je réponds avant le … » se dit en un geste."),
        ]
        write_to_company(session, parties, "nudged", _("On vous demande des nouvelles"), words, now)
        return detail_for_learner(session, parties, now)
