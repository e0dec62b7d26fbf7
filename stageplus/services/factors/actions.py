"""Use cases of second factors: prove who one is."""

from datetime import datetime

from sqlalchemy import Engine

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import InvalidInput, NotPossible
from stageplus.models import Person
from stageplus.services.accounts.queries import is_password_of
from stageplus.services.factors.proofs import has_factor, renew_session
from stageplus.services.factors.schemas import Proof
from stageplus.texts import _


def prove_by_password(actor: Actor | None, token: str, proof: Proof, *, now: datetime, on: Engine | None = None) -> str:
    """Take the password again from whoever has no second factor, and return the session's new token.

    Raises `NotPossible` when there is a second factor, which is then the one to give; `InvalidInput` when it is wrong.
    """
    actor = require(actor, Permission.FACTOR_GIVE)
    with reading(on) as session:
        if has_factor(session, actor.person_id):
            raise NotPossible("prove by password", "has a second factor")
        person = session.get_one(Person, actor.person_id)
    if not is_password_of(person, proof.given):
        raise InvalidInput({"preuve": _("Ce n’est pas le bon mot de passe.")})
    with transaction(on) as session:
        return renew_session(session, actor, token, password_at=now)
