"""The lines of the files, a few hundred rows read at a time, each time within the reader's scope."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor
from stageplus.domain.titles import both_genders
from stageplus.models import Introduction, Learner
from stageplus.services.followup.queries import (
    count_live,
    learners_of,
    my_introductions,
    read_introductions,
    read_learners,
)
from stageplus.services.guidance.schemas import SITUATION_WORDS
from stageplus.services.placements.schemas import FAILURE_WORDS
from stageplus.services.spreadsheets.schemas import Cell
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

AT_ONCE = 300
OF_LEARNERS = (
    _("Nom"),
    _("Prénom"),
    _("Référence"),
    _("Adresse e-mail"),
    _("Métier"),
    _("Année"),
    _("Implantation"),
    _("Code postal"),
    _("Commune"),
    _("A une place"),
    _("Sans lieu de stage depuis"),
    _("Situation"),
    _("Prochain contact"),
    _("Suivi par"),
    _("Candidatures en cours"),
    _("Sans réponse"),
    _("Dernière visite"),
)
OF_INTRODUCTIONS = (
    _("Nom"),
    _("Prénom"),
    _("Adresse e-mail"),
    _("Métier"),
    _("Entreprise"),
    _("Établissement"),
    _("Commune"),
    _("Retenue le"),
    _("État"),
    _("Reprise le"),
    _("Par"),
    _("Premier jour"),
    _("Motif"),
    _("Notée le"),
)
Line = tuple[Cell, ...]


def learner_lines(actor: Actor, ids: list[int], now: datetime, on: Engine | None) -> Iterator[Line]:
    """Read the learners of the list, in its order; whoever has left since is left out."""
    for some in _parts(ids):
        with reading(on) as session:
            wanted = read_learners(now).where(*learners_of(actor), col(Learner.id).in_(some))
            found = {row[0].id: row for row in session.exec(wanted)}
            live = count_live(session, list(found))
        yield from (_learner(*found[each], live.get(each, (0, 0))) for each in some if each in found)


def introduction_lines(actor: Actor, ids: list[int], on: Engine | None) -> Iterator[Line]:
    """Read the introductions of the list, in its order."""
    for some in _parts(ids):
        with reading(on) as session:
            wanted = read_introductions().where(*my_introductions(actor), col(Introduction.id).in_(some))
            found = {row[0].id: row for row in session.exec(wanted)}
        yield from (_introduction(*found[each]) for each in some if each in found)


def _parts(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _learner(*found: Any) -> Line:
    learner, person, trade, town, _asks, follow_up, there, implantation, colleague, since, (live, unanswered) = found
    return (
        person.last_name,
        person.first_name,
        learner.operator_reference,
        person.email,
        both_genders(trade.name_f, trade.name_m),
        learner.year,
        implantation,
        learner.postal_code,
        town.name,
        _("oui") if learner.has_place else _("non"),
        None if learner.has_place else day_in_brussels(since),
        SITUATION_WORDS[follow_up.situation] if follow_up else None,
        follow_up.next_contact_on if follow_up else None,
        _name(colleague),
        live,
        unanswered,
        _day(there),
    )


def _introduction(*found: Any) -> Line:
    introduction, _learner, person, trade, company, establishment, town, colleague = found
    reason = introduction.failure_reason
    return (
        person.last_name,
        person.first_name,
        person.email,
        both_genders(trade.name_f, trade.name_m),
        company.name,
        establishment.name,
        town.name,
        _day(introduction.created_at),
        introduction.status.value,
        _day(introduction.taken_over_at),
        _name(colleague),
        introduction.started_on,
        FAILURE_WORDS[reason] if reason else None,
        _day(introduction.settled_at),
    )


def _name(person: Any) -> str | None:
    return f"{person.first_name} {person.last_name}" if person else None


def _day(at: datetime | None) -> date | None:
    return day_in_brussels(at) if at else None
