"""What OFFA reads of accounts to look at, ranked with reasons; acting on one is done on its own page."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.suspicions import WEIGHTS, Sign, points_of
from stageplus.models import Person
from stageplus.services.accounts.queries import ROLE_WORDS
from stageplus.services.registers.queries import parameters_in_force
from stageplus.services.suspicions.schemas import SuspectRow, Suspects
from stageplus.services.suspicions.signs import signs_since
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, number

MOST_SHOWN = 50


def suspects(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Suspects:
    """List the accounts whose facts of the days in force weigh enough, with every reason; for OFFA alone.

    `suspicion_days` says how far back, `suspicion_points` from how many points on.
    """
    actor = require(actor, Permission.PEOPLE_MANAGE)
    with reading(on) as session:
        known = parameters_in_force(session, day_in_brussels(now))
        days, least = int(known["suspicion_days"]), int(known["suspicion_points"])
        signs = signs_since(session, now - timedelta(days=days))
        heavy = {person: points_of(each) for person, each in signs.items() if points_of(each) >= least}
        first = sorted(heavy, key=lambda person: (-heavy[person], person))[:MOST_SHOWN]
        people = {each.id or 0: each for each in session.exec(select(Person).where(col(Person.id).in_(first)))}
    rows = [_row(people[each], heavy[each], signs[each]) for each in first]
    words = ngettext("{n} compte à vérifier", "{n} comptes à vérifier", len(heavy)).format(n=number(len(heavy)))
    rule = _("Faits des {days} derniers jours, à partir de {least} points. Les points ne font rien à personne.")
    return Suspects(rows, words, rule.format(days=number(days), least=number(least)))


def _row(person: Person, points: int, signs: Mapping[Sign, int]) -> SuspectRow:
    weightiest = sorted(signs, key=lambda sign: (-WEIGHTS[sign] * signs[sign], sign.value))
    return SuspectRow(
        person_id=person.id or 0,
        name=f"{person.last_name} {person.first_name}",
        email=person.email,
        role=ROLE_WORDS[person.role],
        points=number(points),
        reasons=[_reason(sign, signs[sign]) for sign in weightiest],
    )


def _reason(sign: Sign, n: int) -> str:
    words = {
        Sign.HIDDEN: ngettext("{n} message masqué par OFFA", "{n} messages masqués par OFFA", n),
        Sign.REPORTED: ngettext("{n} message signalé par d’autres", "{n} messages signalés par d’autres", n),
        Sign.TAKEN_OFF: ngettext(
            "{n} offre de son entreprise mise hors ligne", "{n} offres de son entreprise mises hors ligne", n
        ),
        Sign.FLAGGED: ngettext(
            "{n} signalement d’offres de son entreprise", "{n} signalements d’offres de son entreprise", n
        ),
        Sign.FALSE_ALARM: ngettext("{n} signalement resté sans suite", "{n} signalements restés sans suite", n),
        Sign.REFUSED: ngettext("{n} demande d’accès refusée", "{n} demandes d’accès refusées", n),
        Sign.RESET: ngettext("{n} accès remis à zéro", "{n} accès remis à zéro", n),
        Sign.BURST: ngettext("{n} série de mots de passe faux", "{n} séries de mots de passe faux", n),
        Sign.UNREACHABLE: _("Les e-mails à son adresse reviennent"),
    }
    return words[sign].format(n=number(n))
