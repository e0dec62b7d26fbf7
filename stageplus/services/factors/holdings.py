"""What somebody holds to prove who they are, and whether their role must hold something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, delete, select

from stageplus.domain.refusals import LastFactor
from stageplus.models import LinkedIdentity, Passkey, Person, RecoveryCode, TotpSecret
from stageplus.services.accounts.queries import is_spared
from stageplus.services.registers.queries import parameters_in_force


@dataclass(frozen=True)
class Held:
    """The second factors of one person that count."""

    totp: TotpSecret | None
    passkeys: Sequence[Passkey]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.passkeys) + (self.totp is not None)


def held_by(session: Session, person_id: int) -> Held:
    """Find somebody's second factors."""
    totp = session.get(TotpSecret, person_id)
    passkeys = session.exec(select(Passkey).where(Passkey.person_id == person_id).order_by(col(Passkey.id))).all()
    return Held(totp if totp and totp.confirmed_at else None, passkeys)


def is_needed(person: Person, rules: Mapping[str, str]) -> bool:
    """Say whether somebody's role must have a second factor, by the dated parameter of that role."""
    return rules.get(f"second_factor_required_{person.role}") == "1" and not is_spared(person)


def locked_person(session: Session, person_id: int) -> Person:
    """Load somebody so that two removals at once see each other."""
    return session.exec(select(Person).where(Person.id == person_id).with_for_update()).one()


def require_another(session: Session, person: Person, today: date) -> None:
    """Let a second factor go only when another stays or none is needed; raises `LastFactor`."""
    if held_by(session, person.id or 0).count <= 1 and is_needed(person, parameters_in_force(session, today)):
        raise LastFactor


def erase_factors(session: Session, person_id: int) -> None:
    """Take away everything that somebody proves who they are with, but the password."""
    session.exec(delete(LinkedIdentity).where(col(LinkedIdentity.person_id) == person_id))
    session.exec(delete(TotpSecret).where(col(TotpSecret.person_id) == person_id))
    session.exec(delete(Passkey).where(col(Passkey.person_id) == person_id))
    erase_codes(session, person_id)


def erase_codes(session: Session, person_id: int) -> None:
    """Take away somebody's recovery codes."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.person_id) == person_id))
