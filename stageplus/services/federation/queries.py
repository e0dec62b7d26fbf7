"""Reads about the identity provider and who is linked to it."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.config import settings
from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import FreshFactorNeeded
from stageplus.models import LinkedIdentity
from stageplus.services.factors.queries import require_recent_proof
from stageplus.services.federation.schemas import IdentityDetail, ProviderHere
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, long_date


def provider_here(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> ProviderHere:
    """Say, to whoever is about to sign in, which provider this installation knows, if any."""
    return ProviderHere(settings().oidc_name)


def my_identity(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> IdentityDetail:
    """Say whether one's own account is linked to the provider; an empty answer where there is none."""
    actor = require(actor, Permission.ACCOUNT_OWN)
    if not settings().oidc_issuer:
        return IdentityDetail()
    with reading(on) as session:
        return identity_of(session, actor, now)


def identity_of(session: Session, actor: Actor, now: datetime) -> IdentityDetail:
    """Build what somebody sees of their own link to the provider."""
    found = linked_to(session, actor.person_id)
    return IdentityDetail(
        provider=settings().oidc_name,
        linked=found is not None,
        since=_("Relié le {day}").format(day=_day(found.created_at)) if found else "",
        last_used=_last_use(found) if found else "",
        fresh=_is_fresh(session, actor, now),
    )


def linked_to(session: Session, person_id: int) -> LinkedIdentity | None:
    """Find somebody's identity at the provider of this installation."""
    mine = select(LinkedIdentity).where(LinkedIdentity.person_id == person_id)
    return session.exec(mine.where(LinkedIdentity.issuer == settings().oidc_issuer)).first()


def _is_fresh(session: Session, actor: Actor, now: datetime) -> bool:
    try:
        require_recent_proof(session, actor, now)
    except FreshFactorNeeded:
        return False
    return True


def _last_use(found: LinkedIdentity) -> str:
    if found.last_used_at is None:
        return _("Pas encore utilisé")
    return _("Utilisé le {day}").format(day=_day(found.last_used_at))


def _day(at: datetime) -> str:
    return long_date(day_in_brussels(at))
