"""Reads about second factors, and the rule that asks for a recent proof."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Stage, require, require_fresh
from stageplus.domain.errors import FreshFactorNeeded
from stageplus.models import Learner, Passkey, Person
from stageplus.services.factors.holdings import held_by, is_needed
from stageplus.services.factors.passkeys import passkey_site
from stageplus.services.factors.proofs import codes_left, unused_codes
from stageplus.services.factors.schemas import AccessDetail, FactorsDetail, PasskeyRow, TotpSetup, Ways
from stageplus.services.factors.scope import person_in_reach
from stageplus.services.factors.totp import new_setup
from stageplus.services.registers.queries import parameter_in_force, parameters_in_force
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, long_date

FEW_CODES = 3


def require_recent_proof(session: Session, actor: Actor, now: datetime) -> None:
    """Let on only who gave the second factor, or without one the password, in the last minutes (a dated parameter).

    For e-mail changes, exports of personal data, changes of roles, resets. Raises `FreshFactorNeeded`.
    """
    require_fresh(actor, now, parameter_in_force(session, "fresh_factor_minutes", day_in_brussels(now)))


def my_ways(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Ways:
    """Say how the person who acts can prove who they are."""
    actor = require(actor, Permission.FACTOR_GIVE)
    site = passkey_site()
    with reading(on) as session:
        held = held_by(session, actor.person_id)
        return Ways(
            totp=held.totp is not None,
            passkey=bool(held.passkeys and site.name),
            codes=codes_left(session, actor.person_id) > 0,
            password=not held.count,
            again=actor.stage is not Stage.FACTOR_DUE,
            passkey_host=site.name,
            passkey_origin=site.origin,
        )


def passkeys_here(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Ways:
    """Say, to whoever is about to sign in, where passkeys work."""
    site = passkey_site()
    return Ways(passkey=bool(site.name), passkey_host=site.name, passkey_origin=site.origin)


def my_factors(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> FactorsDetail:
    """List one's own second factors; whose second factor is due gives it first."""
    if actor is not None and actor.stage is Stage.FACTOR_DUE:
        raise FreshFactorNeeded
    actor = require(actor, Permission.FACTOR_REGISTER)
    with reading(on) as session:
        return factors_of(session, actor, now)


def factors_of(session: Session, actor: Actor, now: datetime) -> FactorsDetail:
    """Build what somebody sees of their own second factors."""
    rules = parameters_in_force(session, day_in_brussels(now))
    mine = select(Person, unused_codes(actor.person_id).scalar_subquery()).where(Person.id == actor.person_id)
    person, left = session.exec(mine).one()
    held, site = held_by(session, actor.person_id), passkey_site()
    since = held.totp.confirmed_at if held.totp else None
    return FactorsDetail(
        needed=is_needed(person, rules),
        missing=actor.stage is Stage.FACTOR_MISSING and not held.count,
        fresh=_is_fresh(actor, now, float(rules["fresh_factor_minutes"])),
        has_any=held.count > 0,
        totp_since=_since(since) if since else "",
        passkeys=[_row(passkey) for passkey in held.passkeys],
        codes_left=left,
        codes_words=ngettext("Il reste {n} code.", "Il reste {n} codes.", left).format(n=left),
        few_codes=left <= FEW_CODES,
        passkey_host=site.name,
        passkey_origin=site.origin,
    )


def totp_setup(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> TotpSetup:
    """Begin to set up an application of codes: a secret that counts only once a code of it was given."""
    actor = require(actor, Permission.FACTOR_REGISTER)
    with reading(on) as session:
        require_recent_proof(session, actor, now)
        return new_setup(actor.person_id, session.get_one(Person, actor.person_id).email)


def access_of_learner(actor: Actor | None, learner_id: int, *, now: datetime, on: Engine | None = None) -> AccessDetail:
    """Say whether a learner whose access the actor answers for has a second factor; raises `NotFound` for others."""
    actor = require(actor, Permission.FACTOR_RESET)
    with reading(on) as session:
        person_id = session.exec(select(Learner.person_id).where(Learner.id == learner_id)).first()
        person = person_in_reach(session, actor, person_id or 0)
        return AccessDetail(person.id or 0, held_by(session, person.id or 0).count > 0)


def _is_fresh(actor: Actor, now: datetime, minutes: float) -> bool:
    try:
        require_fresh(actor, now, minutes)
    except FreshFactorNeeded:
        return False
    return True


def _row(passkey: Passkey) -> PasskeyRow:
    used = passkey.last_used_at
    last = _("Pas encore utilisée") if used is None else _("Utilisée le {day}").format(day=_day(used))
    return PasskeyRow(passkey.id or 0, passkey.name, _since(passkey.created_at), last)


def _since(at: datetime) -> str:
    return _("Ajoutée le {day}").format(day=_day(at))


def _day(at: datetime) -> str:
    return long_date(day_in_brussels(at))
