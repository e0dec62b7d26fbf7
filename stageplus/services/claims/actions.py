"""Use cases of claims: ask to act for a company, confirm the address, decide, contest."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, func, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.claims import CLAIM_LIFE, PENDING, ClaimState
from stageplus.domain.errors import AlreadyDone, NotPossible
from stageplus.domain.refusals import ClaimUnmatched, LinkSpent
from stageplus.models import (
    CompanyClaim,
    CompanyMember,
    Establishment,
    LinkPurpose,
    MemberEstablishment,
    Offer,
    Person,
)
from stageplus.services.absences.actions import keep_offers_answered
from stageplus.services.accounts.actions import accepted_password
from stageplus.services.accounts.queries import person_with_email
from stageplus.services.accounts.schemas import NewPasswordInput, Visitor
from stageplus.services.claims import letters
from stageplus.services.claims.queries import detail_in, my_claims_in
from stageplus.services.claims.schemas import (
    ClaimDetail,
    ClaimInput,
    ContestInput,
    MyClaims,
    PlaceInput,
    RefusalInput,
)
from stageplus.services.claims.scope import claim_for, deciders_of, establishment_of, own_claim
from stageplus.services.factors.queries import require_recent_proof
from stageplus.services.journal.actions import note_deed
from stageplus.services.links.actions import issue_link, spend_link
from stageplus.services.links.queries import usable_link
from stageplus.services.notifications.live import tell
from stageplus.services.outreach.actions import remember_claim
from stageplus.services.registers.queries import former_numbers, parameter_in_force
from stageplus.services.threads import costly
from stageplus.services.throttle import Limit, network_of, throttle
from stageplus.texts.formats import day_in_brussels

CLAIMS_FROM = Limit("claims from", 20, 60)
CLAIMS_FOR = Limit("claims for", 4, 60)
"""From one network, and for one mailbox: nobody is flooded with our mails."""


def make_claim(
    actor: Actor | None, visitor: Visitor, data: ClaimInput, *, now: datetime, on: Engine | None = None
) -> None:
    """Ask to act for a company; nothing happens before the link in the mail, and the answer never tells who is known.

    Numbers of the register or not, an address with an account or not: the answer is the same; only the mail, which
    nobody but its reader sees, says more. Raises `TooManyTries` in both cases alike.
    """
    throttle().admit(CLAIMS_FROM, network_of(visitor.address))
    throttle().admit(CLAIMS_FOR, data.email)
    with transaction(on) as session:
        person = person_with_email(session, data.email)
        if person:
            letters.another_door(session, data, person.role, now)
            return
        claim = CompanyClaim(**_typed(session, data), state=ClaimState.UNCONFIRMED, created_at=now)
        session.add(claim)
        session.flush()
        remember_claim(session, data.link, claim.id or 0)
        hours = int(parameter_in_force(session, "claim_link_hours", day_in_brussels(now)))
        lasts, subject = timedelta(hours=hours), str(claim.id)
        path = issue_link(session, LinkPurpose.CLAIM, lasts=lasts, now=now, subject=subject, others_go_on=True)
        letters.confirm(session, claim, path, hours, now)


@costly
def confirm_claim(
    actor: Actor | None, token: str, data: NewPasswordInput, *, now: datetime, on: Engine | None = None
) -> str:
    """Make the account of whoever was mailed this link, with the password chosen behind it: the claim then waits.

    The password is chosen here and not in the form that asks: whoever types a stranger's address gets nothing of it.
    Returns the address. Raises `NotFound` for a token that is none, `LinkSpent` when it was used, has expired, or the
    address has got an account meanwhile.
    """
    with reading(on) as session:
        subject = usable_link(session, token, LinkPurpose.CLAIM, now).subject
        found = session.get(CompanyClaim, int(subject))
    if found is None:
        raise LinkSpent
    own = (found.email, found.first_name, found.last_name, found.company_name)
    person = Person(
        email=found.email,
        first_name=found.first_name,
        last_name=found.last_name,
        role=Role.COMPANY,
        password_hash=accepted_password("new", data.new, own),
        created_at=now,
    )
    try:
        with transaction(on) as session:
            spend_link(session, token, LinkPurpose.CLAIM, now)
            claim = session.get_one(CompanyClaim, found.id)
            session.add(person)
            session.flush()
            note_deed(session, "account.made", by=None, to=person.id, now=now, detail=_about(claim))
            _step(session, claim, "confirm", None, now, confirmed_at=now, person_id=person.id)
            _arrive(session, claim, now)
            return claim.email
    except IntegrityError:  # the address has got an account meanwhile
        raise LinkSpent from None


def claim_another(actor: Actor | None, data: PlaceInput, *, now: datetime, on: Engine | None = None) -> MyClaims:
    """Ask, with one's account, to act for another establishment; raises `AlreadyDone` while the same one waits."""
    actor = require(actor, Permission.CLAIM_MAKE)
    with transaction(on) as session:
        person = session.get_one(Person, actor.person_id)
        same = select(CompanyClaim.id).where(
            CompanyClaim.person_id == person.id,
            CompanyClaim.establishment_number == data.establishment_number,
            col(CompanyClaim.state).in_(PENDING),
        )
        if session.exec(same).first():
            raise AlreadyDone
        claim = CompanyClaim(
            **_typed(session, data),
            email=person.email,
            first_name=person.first_name,
            last_name=person.last_name,
            person_id=person.id,
            state=ClaimState.WAITING,
            created_at=now,
            confirmed_at=now,
        )
        session.add(claim)
        session.flush()
        _arrive(session, claim, now)
        return my_claims_in(session, actor)


def accept_claim(actor: Actor | None, claim_id: int, *, now: datetime, on: Engine | None = None) -> ClaimDetail:
    """Let somebody act for the company: everywhere as its first administrator, else at the claimed establishment.

    Asks for a recent proof of who acts, since it lets somebody read applications. Raises `ClaimUnmatched` when the
    register does not know these two numbers together, `NotPossible` when somebody has decided meanwhile or, for
    operators, when the claim is contested.
    """
    actor = require(actor, Permission.CLAIM_DECIDE)
    with transaction(on) as session:
        claim = claim_for(session, actor, claim_id)
        require_recent_proof(session, actor, now)
        establishment = establishment_of(session, claim)
        if establishment is None:
            raise ClaimUnmatched
        step = "admit" if claim.state is ClaimState.CONTESTED else "accept"
        _step(session, claim, step, actor, now, decided_by=actor.person_id, decided_at=now)
        _let_in(session, claim, establishment)
        keep_offers_answered(session, actor, establishment.company_id, now)
        session.exec(update(Offer).where(col(Offer.claim_id) == claim.id).values(claim_id=None))
        note_deed(session, "claim.accepted", by=actor, to=claim.person_id, now=now, detail=_about(claim))
        letters.accepted(session, claim, now)
        tell(session, f"company:{establishment.company_id}")
        return detail_in(session, actor, claim)


def refuse_claim(
    actor: Actor | None, claim_id: int, data: RefusalInput, *, now: datetime, on: Engine | None = None
) -> ClaimDetail:
    """Refuse a claim with a reason; the person may contest once, and then OFFA's refusal is the last word."""
    actor = require(actor, Permission.CLAIM_DECIDE)
    with transaction(on) as session:
        claim = claim_for(session, actor, claim_id)
        is_final = claim.state is ClaimState.CONTESTED
        why = {"reason": data.reason, "words": data.words, "decided_by": actor.person_id, "decided_at": now}
        _step(session, claim, "uphold" if is_final else "refuse", actor, now, **why)
        if is_final:
            session.exec(delete(Offer).where(col(Offer.claim_id) == claim.id))
        detail = f"{_about(claim)} {data.reason.value} {data.words}"
        note_deed(session, "claim.refused", by=actor, to=claim.person_id, now=now, detail=detail)
        letters.refused(session, claim, now, is_final=is_final)
        return detail_in(session, actor, claim)


def contest_claim(
    actor: Actor | None, claim_id: int, data: ContestInput, *, now: datetime, on: Engine | None = None
) -> MyClaims:
    """Contest the refusal of one's own claim, once: it goes to OFFA."""
    actor = require(actor, Permission.CLAIM_MAKE)
    with transaction(on) as session:
        claim = own_claim(session, actor, claim_id)
        _step(session, claim, "contest", actor, now, contest_words=data.words, contested_at=now)
        note_deed(session, "claim.contested", by=actor, to=actor.person_id, now=now, detail=_about(claim))
        letters.contested(session, claim, now)
        return my_claims_in(session, actor)


def tidy_claims(*, now: datetime, on: Engine | None = None) -> int:
    """Forget claims whose address nobody confirmed, close refusals that nobody contested, and drop their drafts.

    Says how many claims ended.
    """
    with transaction(on) as session:
        confirm_by = now - timedelta(hours=float(parameter_in_force(session, "claim_link_hours", day_in_brussels(now))))
        contest_by = now - timedelta(
            days=float(parameter_in_force(session, "claim_contest_days", day_in_brussels(now)))
        )
        stale = delete(CompanyClaim).where(col(CompanyClaim.state) == ClaimState.UNCONFIRMED)
        gone = session.exec(stale.where(col(CompanyClaim.created_at) < confirm_by)).rowcount
        final = update(CompanyClaim).where(col(CompanyClaim.state) == ClaimState.REFUSED)
        closed = session.exec(final.where(col(CompanyClaim.decided_at) < contest_by).values(state=ClaimState.CLOSED))
        alive = select(CompanyClaim.id).where(col(CompanyClaim.state).in_(PENDING))
        orphans = delete(Offer).where(col(Offer.claim_id).is_not(None), col(Offer.claim_id).not_in(alive))
        session.exec(orphans)
        return int(gone + closed.rowcount)


def _arrive(session: Session, claim: CompanyClaim, now: datetime) -> None:
    establishment = establishment_of(session, claim)
    letters.received(session, claim, establishment is not None, now)
    letters.arrived(session, claim, establishment, now)
    note_deed(session, "claim.made", by=None, to=claim.person_id, now=now, detail=_about(claim))
    _news(session, claim)


def _step(
    session: Session, claim: CompanyClaim, step: str, actor: Actor | None, now: datetime, **changed: object
) -> None:
    before = claim.state
    after = CLAIM_LIFE.after(step, before, actor.role if actor else None)
    mine = update(CompanyClaim).where(col(CompanyClaim.id) == claim.id, col(CompanyClaim.state) == before)
    if session.exec(mine.values(state=after, **changed)).rowcount != 1:
        raise NotPossible(step, before)
    session.refresh(claim)
    _news(session, claim)


def _let_in(session: Session, claim: CompanyClaim, establishment: Establishment) -> None:
    known = session.get(CompanyMember, (claim.person_id, establishment.company_id))
    if known is None:
        admins = select(func.count()).select_from(CompanyMember).join(Person)
        admins = admins.where(CompanyMember.company_id == establishment.company_id, col(CompanyMember.is_admin))
        is_first = not session.exec(admins.where(col(Person.suspended_at).is_(None))).one()
        known = CompanyMember(
            person_id=claim.person_id or 0,
            company_id=establishment.company_id,
            is_admin=is_first,
            everywhere=is_first,
        )
        session.add(known)
        session.flush()
    here = (claim.person_id, establishment.id)
    if not known.everywhere and session.get(MemberEstablishment, here) is None:
        session.add(
            MemberEstablishment(
                person_id=claim.person_id or 0,
                establishment_id=establishment.id or 0,
                company_id=establishment.company_id,
            )
        )
        session.flush()


def _news(session: Session, claim: CompanyClaim) -> None:
    operators = [f"operator:{operator.id}" for operator in deciders_of(session, claim)]
    tell(session, "claims", f"person:{claim.person_id}", *operators)


def _typed(session: Session, data: PlaceInput) -> dict[str, Any]:
    """Return what was typed, with the number that a company has now."""
    typed, number = data.model_dump(exclude={"link"}), data.enterprise_number
    return typed | {"enterprise_number": former_numbers(session).get(number, number)}


def _about(claim: CompanyClaim) -> str:
    return f"{claim.id} {claim.enterprise_number} {claim.establishment_number}"
