"""What a coach sees before a message leaves, and what a company chose; a look changes nothing."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.circulars import Chosen, Spared
from stageplus.domain.errors import NotFound
from stageplus.models import CircularStop, Company, CompanyMember, Sector
from stageplus.services.circulars.letters import shown
from stageplus.services.circulars.plans import Limits, Plan, chosen_in, limits_of, plan_of
from stageplus.services.circulars.schemas import (
    SPARED_WORDS,
    TICKED,
    CircularChoice,
    CircularDesk,
    CircularInput,
    CircularPreview,
    SparedRow,
    asked_by,
)
from stageplus.services.paging import cut_words
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, long_date, number

MOST_SPARED = 50


def circular_desk(actor: Actor | None, query: str, *, now: datetime, on: Engine | None = None) -> CircularDesk:
    """Say for how many companies a coach is about to write, and what the limits leave him today.

    Raises `NotFound` when none of those that the address names is in his sectors.
    """
    actor, asked = require(actor, Permission.COMPANY_INVITE), asked_by(query)
    with reading(on) as session:
        chosen = chosen_in(session, actor, asked, asked.search.sector, now)
        if asked.ticked and not chosen:
            raise NotFound
        mine = select(Sector.code, Sector.name).where(col(Sector.code).in_(actor.sectors)).order_by(Sector.name)
        several = not asked.search.sector and len(actor.sectors) > 1
        return CircularDesk(
            chosen_words=_chosen_words(len(chosen)),
            chosen=len(chosen),
            limits_words=_limits_words(limits_of(session, actor, now)),
            sectors=[(code, name) for code, name in session.exec(mine)] if several else [],
        )


def preview_circular(
    actor: Actor | None, data: CircularInput, *, now: datetime, on: Engine | None = None
) -> CircularPreview:
    """Show a coach a message as its first company will read it, to how many it goes, who is left out and why.

    Raises `InvalidInput` when a coach of several sectors named none, `NotFound` for companies of none of his.
    """
    actor = require(actor, Permission.COMPANY_INVITE)
    with reading(on) as session:
        return _preview(plan_of(session, actor, data, now), data)


def my_circular_choice(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> CircularChoice:
    """Say whether the company that one acts for wants messages of coaches; empty for whoever acts for none."""
    actor = require(actor, Permission.ACCOUNT_OWN)
    with reading(on) as session:
        return choice_in(session, actor)


def choice_in(session: Session, actor: Actor) -> CircularChoice:
    """Say it, within a session."""
    mine = select(Company.name, CircularStop.since).join(CompanyMember)
    mine = mine.join(CircularStop, col(CircularStop.company_id) == Company.id, isouter=True)
    mine = mine.where(CompanyMember.person_id == actor.person_id, Company.id == actor.company_id)
    found = session.exec(mine).first()
    if found is None:
        return CircularChoice()
    name, since = found
    words = _("Arrêtés le {day}.").format(day=long_date(day_in_brussels(since))) if since else ""
    return CircularChoice(name, since is None, words)


def _preview(plan: Plan, data: CircularInput) -> CircularPreview:
    count = len(plan.reached)
    first = plan.reached[0] if plan.reached else plan.spared[0][0]
    return CircularPreview(
        subject=data.subject,
        text=shown(data, plan.author, first.name),
        to_words=_to_words(count),
        count=count,
        spared=[_spared(each, why) for each, why in plan.spared[:MOST_SPARED]],
        spared_words=_spared_words(len(plan.spared)),
        spared_cut=cut_words(min(len(plan.spared), MOST_SPARED), len(plan.spared)),
        query=f"{TICKED}={'-'.join(str(each.company_id) for each in plan.reached)}&secteur={plan.sector}",
    )


def _spared(company: Chosen, why: Spared) -> SparedRow:
    return SparedRow(company.company_id, company.name, SPARED_WORDS[why])


def _chosen_words(count: int) -> str:
    return ngettext("{n} entreprise choisie", "{n} entreprises choisies", count).format(n=number(count))


def _to_words(count: int) -> str:
    if not count:
        return _("Ce message n’atteint aucune entreprise.")
    words = ngettext("Ce message part à {n} entreprise.", "Ce message part à {n} entreprises.", count)
    return words.format(n=number(count))


def _spared_words(count: int) -> str:
    if not count:
        return ""
    return ngettext("{n} entreprise n’est pas atteinte", "{n} entreprises ne sont pas atteintes", count).format(
        n=number(count)
    )


def _limits_words(limits: Limits) -> str:
    return _(
        "Un envoi atteint {most} entreprises au plus ; aujourd’hui, il vous en reste {left} sur {daily}. Dans un "
        "secteur, une entreprise reçoit un message de coach tous les {days} jours au plus."
    ).format(
        most=number(limits.most),
        left=number(max(0, limits.daily - limits.today)),
        daily=number(limits.daily),
        days=limits.pause_days,
    )
