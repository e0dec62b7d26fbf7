"""Codes at rest and in circulation: a keyed digest is kept, the code itself is on paper or in a mail alone."""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import choice
from typing import Any

from sqlmodel import Session, col, select

from stageplus.config import settings
from stageplus.domain.activation import new_code
from stageplus.domain.actors import Actor
from stageplus.domain.links import LinkPurpose
from stageplus.models import ActivationCode, CodeChannel, Enrolment, EnrolmentState, SingleUseLink
from stageplus.services.activation.schemas import MOST_SLIPS, ChosenInput
from stageplus.services.enrolment.queries import visible_enrolments
from stageplus.services.links.actions import end_links
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts.formats import day_in_brussels


def digest_of(code: str) -> str:
    """Return the only form in which a code is kept: without our key, nobody finds it by trying."""
    return hmac.new(settings().secret.encode(), b"activation:" + code.encode(), sha256).hexdigest()


def chosen(session: Session, actor: Actor, data: ChosenInput, now: datetime) -> Sequence[Enrolment]:
    """Return the enrolments to give a code, of those that the actor may see and that have no account yet, by name."""
    wanted: Any = visible_enrolments(actor).where(
        col(Enrolment.state) == EnrolmentState.ACTIVE, col(Enrolment.learner_id).is_(None)
    )
    if data.everybody:
        wanted = wanted.join(ActivationCode, col(ActivationCode.enrolment_id) == Enrolment.id, isouter=True)
        wanted = wanted.where(col(ActivationCode.enrolment_id).is_(None) | (col(ActivationCode.expires_at) <= now))
    else:
        wanted = wanted.where(col(Enrolment.id).in_(data.ids))
    found: Sequence[Enrolment] = session.exec(
        wanted.order_by(col(Enrolment.plain_name), col(Enrolment.id)).limit(MOST_SLIPS)
    ).all()
    return found


def valid_until(session: Session, now: datetime) -> datetime:
    """Return until when a code issued now can be used."""
    return now + timedelta(days=float(parameter_in_force(session, "activation_code_days", day_in_brussels(now))))


def issue(
    session: Session, enrolments: Sequence[Enrolment], channel: CodeChannel, by: Actor, now: datetime
) -> dict[int, str]:
    """Give each enrolment a fresh code; the one before, and a link mailed for it, work no more."""
    until = valid_until(session, now)
    ids = [enrolment.id or 0 for enrolment in enrolments]
    before = {
        each.enrolment_id: each
        for each in session.exec(select(ActivationCode).where(col(ActivationCode.enrolment_id).in_(ids)))
    }
    codes: dict[int, str] = {}
    for number in ids:
        codes[number] = new_code(choice)
        fresh: dict[str, Any] = {
            "code_hash": digest_of(codes[number]),
            "channel": channel,
            "issued_at": now,
            "expires_at": until,
            "used_at": None,
            "email": "",
            "issued_by": by.person_id,
        }
        kept = before.get(number) or ActivationCode(enrolment_id=number, **fresh)
        kept.sqlmodel_update(fresh)
        session.add(kept)
    end_links(session, LinkPurpose.ACTIVATION, now, col(SingleUseLink.subject).in_([str(number) for number in ids]))
    session.flush()
    return codes


def live_code(session: Session, code: str, now: datetime) -> tuple[ActivationCode, Enrolment] | None:
    """Return a code that can be used and its enrolment; used, expired and unknown ones answer alike."""
    wanted = select(ActivationCode, Enrolment).join(Enrolment).where(ActivationCode.code_hash == digest_of(code))
    wanted = wanted.where(col(ActivationCode.used_at).is_(None), col(ActivationCode.expires_at) > now)
    found = session.exec(wanted).first()
    return found if found and may_activate(found[1]) else None


def may_activate(enrolment: Enrolment) -> bool:
    """Say whether an enrolment can still be given an account."""
    return enrolment.state is EnrolmentState.ACTIVE and enrolment.learner_id is None
