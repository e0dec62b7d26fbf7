"""The use case of OFFA that joins two companies of the register which are one."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.models import CompanyMember, FormerNumber
from stageplus.services.factors.queries import require_recent_proof
from stageplus.services.journal.actions import note_deed
from stageplus.services.mergers import letters
from stageplus.services.mergers.moving import move_everything
from stageplus.services.mergers.queries import both_held
from stageplus.services.mergers.schemas import MergeInput
from stageplus.services.notifications.live import tell
from stageplus.services.numbers import shown


def merge_companies(actor: Actor | None, data: MergeInput, *, now: datetime, on: Engine | None = None) -> str:
    """Move all that one company has to another, which stays, and return the name of that one; there is no way back.

    The number of the one that goes leads to the other from then on, in files and in claims. Everybody who acts for
    either is told. Asks for a recent proof. Raises `NotFound` when one of the two is not there any more.
    """
    actor = require(actor, Permission.PEOPLE_MANAGE)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        keep, gone = both_held(session, data.keep_id, data.gone_id)
        number, name, gone_id = gone.enterprise_number, gone.name, gone.id
        move_everything(session, keep, gone)
        session.delete(gone)
        session.flush()
        session.add(FormerNumber(enterprise_number=number, company_id=keep.id or 0, name=name, since=now))
        everybody = session.exec(select(CompanyMember.person_id).where(CompanyMember.company_id == keep.id)).all()
        letters.joined(session, everybody, keep, number, data.why, now)
        detail = f"{name} ({shown(number)}) → {keep.name} ({shown(keep.enterprise_number)}) · {data.why}"
        note_deed(session, "company.merged", by=actor, to=None, now=now, detail=detail[:500])
        for topic in (f"company:{keep.id}", f"company:{gone_id}", "people"):
            tell(session, topic)
        return keep.name
