"""Use cases of activation: give codes, use one, confirm one's address, open or join an account, report a mistake."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.activation import grouped
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.errors import AlreadyDone, Denied, InvalidInput
from stageplus.domain.links import LinkPurpose
from stageplus.domain.refusals import LinkSpent
from stageplus.models import (
    ActivationCode,
    CodeChannel,
    Enrolment,
    EnrolmentReport,
    Operator,
    OperatorMember,
    Person,
    ReportKind,
    SingleUseLink,
)
from stageplus.services.accounts.actions import accepted_password, open_session
from stageplus.services.accounts.queries import person_with_email
from stageplus.services.accounts.schemas import Visitor
from stageplus.services.activation import letters
from stageplus.services.activation.codes import chosen, issue, live_code, may_activate, valid_until
from stageplus.services.activation.joining import join
from stageplus.services.activation.queries import slip_of
from stageplus.services.activation.schemas import (
    Activated,
    ChosenInput,
    CodeHolder,
    CodeInput,
    CodeSlip,
    ReportInput,
    SendResult,
    StartInput,
)
from stageplus.services.journal.actions import note_deed
from stageplus.services.links.actions import end_links, issue_link, spend_link
from stageplus.services.links.queries import usable_link
from stageplus.services.notifications.live import tell
from stageplus.services.registers.queries import parameter_in_force
from stageplus.services.threads import costly
from stageplus.services.throttle import Limit, network_of, throttle
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

WRONG_CODES = Limit("activation code", 20, 15)
"""Wrong codes per address: right ones are not counted, for a whole class activates behind one."""
MAILS_PER_CODE = Limit("activation mail", 5, 60)
MAILS_PER_ADDRESS = Limit("activation mail address", 120, 60)

WRONG_CODE = _(
    "Ce code ne marche pas : il a peut-être déjà servi, ou un plus récent l’a remplacé. Demande-le à ton opérateur. "
    "Si ton compte existe déjà, connecte-toi."
)
REPORTS = {"pas-moi": ReportKind.NOT_ME, "ailleurs": ReportKind.MOVED}


def print_codes(actor: Actor | None, data: ChosenInput, *, now: datetime, on: Engine | None = None) -> list[CodeSlip]:
    """Give each chosen enrolment a fresh code and return the slips to print: the codes are nowhere else."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with transaction(on) as session:
        enrolments = chosen(session, actor, data, now)
        codes = issue(session, enrolments, CodeChannel.PRINTED, actor, now)
        _note(session, actor, enrolments, "printed", now)
        until = valid_until(session, now)
        return [slip_of(session, enrolment, grouped(codes[enrolment.id or 0]), until) for enrolment in enrolments]


def send_codes(actor: Actor | None, data: ChosenInput, *, now: datetime, on: Engine | None = None) -> SendResult:
    """Mail each chosen enrolment a fresh code, where the roster has an address."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with transaction(on) as session:
        found = chosen(session, actor, data, now)
        enrolments = [enrolment for enrolment in found if enrolment.email]
        codes = issue(session, enrolments, CodeChannel.MAILED, actor, now)
        until, operator = valid_until(session, now), session.get_one(Operator, actor.operator_id)
        for enrolment in enrolments:
            letters.code(session, enrolment, operator, codes[enrolment.id or 0], until, now)
        _note(session, actor, enrolments, "mailed", now)
        return SendResult(len(enrolments), len(found) - len(enrolments))


def look_at_code(
    actor: Actor | None, visitor: Visitor, data: CodeInput, *, now: datetime, on: Engine | None = None
) -> CodeHolder:
    """Say whose code it is, to whoever holds it; raises `InvalidInput` alike for unknown, used and expired ones."""
    with reading(on) as session:
        _code, enrolment = _of_code(session, visitor, data.code, now)
        operator = session.get_one(Operator, enrolment.operator_id)
    return CodeHolder(f"{enrolment.first_name} {enrolment.last_name}", operator.name)


def start_activation(
    actor: Actor | None, visitor: Visitor, data: StartInput, *, now: datetime, on: Engine | None = None
) -> bool:
    """Mail the link that goes on to the learner's own address; the answer does not tell whether it has an account."""
    with transaction(on) as session:
        code, enrolment = _of_code(session, visitor, data.code, now)
        throttle().admit(MAILS_PER_CODE, data.code)
        throttle().admit(MAILS_PER_ADDRESS, network_of(visitor.address))
        hours = float(parameter_in_force(session, "activation_link_hours", day_in_brussels(now)))
        lasts, subject = timedelta(hours=hours), str(enrolment.id)
        path = issue_link(session, LinkPurpose.ACTIVATION, lasts=lasts, now=now, subject=subject)
        code.email = data.email
        letters.confirm(session, enrolment, data.email, path, person_with_email(session, data.email), now)
        return True


@costly
def finish_activation(
    actor: Actor | None, visitor: Visitor, token: str, password: str, *, now: datetime, on: Engine | None = None
) -> Activated:
    """Open the account behind a mailed link and sign in, or join the learner's account that has this address already.

    Of twenty at once one does it. Raises `NotFound`, `LinkSpent`, or `InvalidInput` for a password too weak.
    """
    with reading(on) as session:
        link = usable_link(session, token, LinkPurpose.ACTIVATION, now)
        code, enrolment = _of_link(session, link.subject)
        known = person_with_email(session, code.email)
        operator = session.get_one(Operator, enrolment.operator_id)
    new = None if known else _new_person(enrolment, operator, code.email, password, now)
    try:
        with transaction(on) as session:
            spend_link(session, token, LinkPurpose.ACTIVATION, now)
            code, enrolment = _of_link(session, link.subject)
            _use_up(session, code, now)
            person = join(session, enrolment, new or _learner_with(session, code.email), now)
            letters.welcome(session, person, now)
            note_deed(session, "account.activated", by=None, to=person.id, now=now, detail=enrolment.reference)
            opened = open_session(session, person, visitor, now).token if new else ""
            return Activated(person.email, opened)
    except IntegrityError:
        raise AlreadyDone from None


def attach_enrolment(
    actor: Actor | None, visitor: Visitor, data: CodeInput, *, now: datetime, on: Engine | None = None
) -> CodeHolder:
    """Join a new enrolment to the account of the learner who is signed in: history stays, the operator changes."""
    actor = require(actor, Permission.APPLICATION_SEND)
    with transaction(on) as session:
        code, enrolment = _of_code(session, visitor, data.code, now)
        _use_up(session, code, now)
        person = join(session, enrolment, session.get_one(Person, actor.person_id), now)
        note_deed(session, "enrolment.attached", by=actor, to=person.id, now=now, detail=enrolment.reference)
        operator = session.get_one(Operator, enrolment.operator_id)
        return CodeHolder(f"{enrolment.first_name} {enrolment.last_name}", operator.name)


def report_enrolment(
    actor: Actor | None, visitor: Visitor, data: ReportInput, *, now: datetime, on: Engine | None = None
) -> bool:
    """Tell the staff that the name or the operator behind a code is wrong; a code in wrong hands works no more."""
    kind = REPORTS[data.what]
    with transaction(on) as session:
        code, enrolment = _of_code(session, visitor, data.code, now)
        same = select(EnrolmentReport.id).where(EnrolmentReport.enrolment_id == enrolment.id)
        same = same.where(EnrolmentReport.kind == kind, col(EnrolmentReport.settled_at).is_(None))
        if session.exec(same).first() is None:
            session.add(EnrolmentReport(enrolment_id=enrolment.id or 0, kind=kind, at=now))
        if kind is ReportKind.NOT_ME:
            code.expires_at = now
            end_links(session, LinkPurpose.ACTIVATION, now, col(SingleUseLink.subject) == str(enrolment.id))
        for staff in _staff_of(session, enrolment, code):
            letters.reported(session, enrolment, kind, staff, now)
        tell(session, f"operator:{enrolment.operator_id}")
        return True


def _of_code(session: Session, visitor: Visitor, code: str, now: datetime) -> tuple[ActivationCode, Enrolment]:
    address = network_of(visitor.address)
    throttle().check(WRONG_CODES, address)
    found = live_code(session, code, now)
    if found is None:
        throttle().count(WRONG_CODES, address)
        raise InvalidInput({"code": WRONG_CODE})
    return found


def _of_link(session: Session, subject: str) -> tuple[ActivationCode, Enrolment]:
    wanted = select(ActivationCode, Enrolment).join(Enrolment).where(ActivationCode.enrolment_id == int(subject))
    found = session.exec(wanted).first()
    if found is None or found[0].used_at is not None or not may_activate(found[1]):
        raise LinkSpent
    return found


def _use_up(session: Session, code: ActivationCode, now: datetime) -> None:
    mine = update(ActivationCode).where(col(ActivationCode.enrolment_id) == code.enrolment_id)
    unused = mine.where(col(ActivationCode.used_at).is_(None), col(ActivationCode.code_hash) == code.code_hash)
    if session.exec(unused.values(used_at=now)).rowcount != 1:
        raise AlreadyDone


def _new_person(enrolment: Enrolment, operator: Operator, email: str, password: str, now: datetime) -> Person:
    own = (enrolment.first_name, enrolment.last_name, email, operator.name)
    return Person(
        email=email,
        first_name=enrolment.first_name,
        last_name=enrolment.last_name,
        role=Role.LEARNER,
        password_hash=accepted_password("new", password, own),
        created_at=now,
    )


def _learner_with(session: Session, email: str) -> Person:
    person = person_with_email(session, email)
    if person is None or person.role is not Role.LEARNER:
        raise Denied("activate")
    return person


def _staff_of(session: Session, enrolment: Enrolment, code: ActivationCode) -> Sequence[Person]:
    mine = select(Person).join(OperatorMember).where(OperatorMember.operator_id == enrolment.operator_id)
    issuer = session.exec(mine.where(Person.id == code.issued_by)).all()
    own = col(OperatorMember.implantation_id)
    return issuer or session.exec(mine.where(own.is_(None) | (own == enrolment.implantation_id))).all()


def _note(session: Session, actor: Actor, enrolments: Sequence[Enrolment], how: str, now: datetime) -> None:
    numbers = ", ".join(enrolment.reference for enrolment in enrolments)
    note_deed(session, f"codes.{how}", by=actor, to=None, now=now, detail=f"{len(enrolments)} : {numbers}")
    tell(session, f"operator:{actor.operator_id}")
