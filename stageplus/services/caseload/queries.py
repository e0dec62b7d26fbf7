"""What an operator's staff finds on its desk, and whom it may choose from."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.models import Implantation, OperatorMember, Person
from stageplus.services.caseload.figures import WITHOUT, figures_of, situations, to_do, without_place
from stageplus.services.caseload.schemas import MYSELF, NOBODY, Choices, Desk
from stageplus.services.followup.queries import only_implantation, ordered_learners, patience_in, rows_of_learners
from stageplus.services.followup.schemas import LearnerSearch
from stageplus.texts import _

MOST_LISTED = 8


def my_desk(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Desk:
    """Count what waits for the staff of an operator, and list who of its learners is without a place longest."""
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with reading(on) as session:
        patience = patience_in(session, now)
        groups = to_do(patience), without_place(patience), situations()
        waiting, without, situated = figures_of(session, actor, now, patience, *groups)
        search = LearnerSearch(**WITHOUT, sort="attente")
        longest = ordered_learners(session, actor, search, now, patience).limit(MOST_LISTED)
        rows = rows_of_learners(session, list(session.execute(longest).scalars()), now)
    return Desk(waiting, without, situated, rows)


def choices(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Choices:
    """List the colleagues and implantations of one's operator; restricted staff reads those of its implantation."""
    actor = require(actor, Permission.LEARNER_FOLLOW)
    only = only_implantation(actor)
    with reading(on) as session:
        patience = patience_in(session, now)
        mine = select(Implantation.id, Implantation.name).where(Implantation.operator_id == actor.operator_id)
        mine = mine.where(or_(only.is_(None), col(Implantation.id) == only)).order_by(col(Implantation.name))
        places = [(str(each), name) for each, name in session.exec(mine)]
        days = _("Depuis {n} jours au moins")
        waiting = [("long", days.format(n=patience.long)), ("tres-long", days.format(n=patience.very_long))]
        late = [("retard", _("En retard de plus de {n} jours").format(n=patience.answer))]
        staff = _colleagues(session, actor)
        nobody = (NOBODY, _("Personne"))
        return Choices([(MYSELF, _("Moi")), nobody, *staff], [nobody, *staff], places, waiting, late)


def _colleagues(session: Session, actor: Actor) -> list[tuple[str, str]]:
    only, theirs = only_implantation(actor), col(OperatorMember.implantation_id)
    staff = select(Person.id, Person.first_name, Person.last_name).join(OperatorMember)
    staff = staff.where(OperatorMember.operator_id == actor.operator_id, col(Person.suspended_at).is_(None))
    seen = staff.where(or_(only.is_(None), theirs.is_(None), theirs == only)).order_by(col(Person.plain_name))
    return [(str(each), f"{first} {last}") for each, first, last in session.exec(seen)]
