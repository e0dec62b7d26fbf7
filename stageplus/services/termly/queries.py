"""The report of a term, per implantation: every figure is a query within the scope of whoever asks."""

from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Engine, literal, union_all
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import HIDDEN_FROM_COMPANY, ApplicationStatus
from stageplus.domain.errors import NotFound
from stageplus.domain.terms import Term, latest_terms, read_term, term_of
from stageplus.models import Application, ApplicationChange, Implantation, Introduction, Learner, Operator
from stageplus.services.followup.queries import enrolled_with, learners_of, my_introductions, only_implantation
from stageplus.services.termly.schemas import FIGURES, REPORT, TermLine, TermReport, TermRow
from stageplus.texts import _
from stageplus.texts.formats import BRUSSELS, day_in_brussels, long_date

SHOWN = 5
ANSWERS = (ApplicationStatus.IN_CONTACT, ApplicationStatus.ACCEPTED, ApplicationStatus.REFUSED)
PLACE = col(Learner.implantation_id)
Counts = dict[str, dict[int | None, int]]


def my_terms(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[TermRow]:
    """List the latest terms, whose report may be asked for, the present one first."""
    require(actor, Permission.LEARNER_FOLLOW)
    return [TermRow(_name(term), REPORT.format(term=term.code)) for term in latest_terms(day_in_brussels(now), SHOWN)]


def term_report(actor: Actor | None, code: str, *, now: datetime, on: Engine | None = None) -> TermReport:
    """Count a term for the implantations that the actor may see; raises `NotFound` for one to come, or for none."""
    actor = require(actor, Permission.LEARNER_FOLLOW)
    term, today = read_term(code), day_in_brussels(now)
    if term is None or term > term_of(today):
        raise NotFound
    with reading(on) as session:
        operator = session.get_one(Operator, actor.operator_id or 0)
        counts, places = _counts(session, actor, term), _places(session, actor)
    lines = [TermLine(name, _values(counts, {place})) for place, name in places]
    elsewhere = _values(
        counts, {key for found in counts.values() for key in found} - {place for place, _name in places}
    )
    if any(elsewhere) or not lines:
        lines.append(TermLine(_("Sans implantation"), elsewhere))
    return TermReport(
        operator=operator.name,
        title=_name(term),
        period=_("du {first} au {last}").format(first=long_date(term.first), last=long_date(term.last)),
        made=_("Fait le {day}").format(day=long_date(today)),
        lines=lines,
        total=tuple(sum(column) for column in zip(*(line.values for line in lines), strict=True)),
    )


def _places(session: Session, actor: Actor) -> list[tuple[int, str]]:
    only = only_implantation(actor)
    mine = select(Implantation.id, Implantation.name).where(Implantation.operator_id == actor.operator_id)
    mine = mine.where(only.is_(None) | (col(Implantation.id) == only)).order_by(col(Implantation.name))
    return [(each or 0, name) for each, name in session.exec(mine)]


def _values(counts: Counts, places: set[int | None]) -> tuple[int, ...]:
    return tuple(sum(counts[name].get(place, 0) for place in places) for name, _label, _definition in FIGURES)


def _counts(session: Session, actor: Actor, term: Term) -> Counts:
    """Count each figure per implantation in one statement."""
    found: Counts = defaultdict(dict)
    for place, name, count in session.execute(union_all(*_statements(actor, term))):
        found[name][place] = count
    return found


def _statements(actor: Actor, term: Term) -> list[Any]:
    first, after = _begins(term.first), _begins(term.following.first)
    learners, applications, introductions = (_of_learners(actor), _of_applications(actor), _of_introductions(actor))
    sent = applications.where(col(Application.sent_at) >= first, col(Application.sent_at) < after)
    answer = select(ApplicationChange.id).where(ApplicationChange.application_id == Application.id)
    made, settled, day = col(Introduction.created_at), col(Introduction.settled_at), col(Introduction.started_on)
    counted = {
        "learners": learners,
        "without": learners.where(col(Learner.has_place).is_(False)),
        "sent": sent,
        "answered": sent.where(answer.where(col(ApplicationChange.status).in_(ANSWERS)).exists()),
        "introduced": introductions.where(made >= first, made < after),
        "started": introductions.where(day >= term.first, day <= term.last),
        "failed": introductions.where(col(Introduction.failure_reason).is_not(None), settled >= first, settled < after),
    }
    return [each.add_columns(literal(name), func.count()).group_by(PLACE) for name, each in counted.items()]


def _of_learners(actor: Actor) -> Any:
    return select(PLACE).where(*enrolled_with(actor))


def _of_applications(actor: Actor) -> Any:
    theirs = select(PLACE).select_from(Application).join(Learner, col(Application.learner_id) == Learner.id)
    return theirs.where(*learners_of(actor), col(Application.status).not_in(HIDDEN_FROM_COMPANY))


def _of_introductions(actor: Actor) -> Any:
    theirs = (
        select(PLACE).select_from(Introduction).join(Application, col(Introduction.application_id) == Application.id)
    )
    return theirs.join(Learner, col(Application.learner_id) == Learner.id).where(*my_introductions(actor))


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), BRUSSELS)


def _name(term: Term) -> str:
    order = (_("Premier trimestre"), _("Deuxième trimestre"), _("Troisième trimestre"), _("Quatrième trimestre"))
    return f"{order[term.quarter - 1]} {term.year}"
