"""Use cases of the register of agréments: record a decision, change it, note what the Commission decided."""

from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.errors import AlreadyDone, InvalidInput
from stageplus.domain.reference import TradeStatus
from stageplus.models import ApprovalImport, ImportState, Operator, Trade
from stageplus.services.approvals.columns import COLUMNS
from stageplus.services.approvals.establishments import establishment_for
from stageplus.services.approvals.files import carry_out, file_for, preview_of, stored_problems, undo
from stageplus.services.approvals.post import one_mail_each
from stageplus.services.approvals.queries import approval_for, detail_in
from stageplus.services.approvals.recording import (
    Decision,
    Entry,
    begin_approvals,
    locked_approval,
    record_decision,
)
from stageplus.services.approvals.rows import Judged, judged, stored_rows
from stageplus.services.approvals.schemas import ApprovalDetail, ApprovalInput, DecisionInput, FilePreview, FileProblem
from stageplus.services.inputs import cleaned, identifier
from stageplus.services.journal.actions import note_deed
from stageplus.services.spreadsheets.queries import read_sheet
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels


def record_approval(
    actor: Actor | None, data: ApprovalInput, *, now: datetime, on: Engine | None = None
) -> ApprovalDetail:
    """Record a decision of one's operator on an establishment and a trade, also where nobody has recorded any.

    OFFA records for the operator that it names. Raises `AlreadyDone` when this decision is recorded already.
    """
    actor = require(actor, Permission.APPROVAL_RECORD)
    data.check(day_in_brussels(now))
    try:
        with transaction(on) as session:
            decision = Decision(_operator(session, actor, data.operator), data.state, data.since, data.reason)
            trade = session.get(Trade, data.trade)
            if trade is None:
                raise InvalidInput({"trade": _("Choisissez un métier de la liste.")})
            establishment_id = establishment_for(session, data).id or 0
            approval = locked_approval(session, establishment_id, trade.code)
            if approval is None and trade.status == TradeStatus.ARCHIVED:
                raise InvalidInput({"trade": _("Ce métier est archivé : choisissez-en un autre.")})
            if approval is None:
                new = Entry(establishment_id, trade.code, decision)
                with one_mail_each(session, now) as post:
                    [approval] = begin_approvals(session, actor, [new], post, now)
            else:
                record_decision(session, actor, approval, decision, now)
            _note(session, actor, approval.id or 0, decision, now)
            return detail_in(session, actor, approval)
    except IntegrityError:  # somebody wrote down the same establishment or agrément at this very moment
        raise AlreadyDone from None


def change_approval(
    actor: Actor | None, approval_id: int, operator_id: int, data: DecisionInput, *, now: datetime,
    on: Engine | None = None,
) -> ApprovalDetail:  # fmt: skip
    """Record another decision of one's operator on an agrément that it has recorded; OFFA names the operator.

    Suspension and withdrawal act on the published offers at once. Raises `NotFound` for what one’s operator has not
    recorded, `AlreadyDone` when nothing would change.
    """
    actor = require(actor, Permission.APPROVAL_RECORD)
    data.check(day_in_brussels(now))
    with transaction(on) as session:
        approval = approval_for(session, actor, approval_id, locked=True)
        decision = Decision(_operator(session, actor, operator_id), data.state, data.since, data.reason)
        record_decision(session, actor, approval, decision, now)
        _note(session, actor, approval_id, decision, now)
        return detail_in(session, actor, approval)


def settle_approval(
    actor: Actor | None, approval_id: int, data: DecisionInput, *, now: datetime, on: Engine | None = None
) -> ApprovalDetail:
    """Note, as OFFA, what the Commission d’agrément et de médiation decided: it ends a disagreement of operators."""
    actor = require(actor, Permission.APPROVAL_SETTLE)
    data.check(day_in_brussels(now))
    with transaction(on) as session:
        approval = approval_for(session, actor, approval_id, locked=True)
        decision = Decision(None, data.state, data.since, data.reason)
        record_decision(session, actor, approval, decision, now)
        _note(session, actor, approval_id, decision, now)
        return detail_in(session, actor, approval)


def hand_in_approvals(
    actor: Actor | None, operator_id: int, file_name: str, content: bytes, *, now: datetime, on: Engine | None = None
) -> int:
    """Read a file of agréments for one's operator, or as OFFA for a named one, and keep it for the preview.

    Nothing is recorded yet. A file that cannot be read is kept too, with the reason: the history shows it. Raises
    `InvalidInput` beside `operator` when OFFA names none.
    """
    actor = require(actor, Permission.APPROVAL_RECORD)
    result = Judged()
    with transaction(on) as session:
        found = ApprovalImport(
            operator_id=_operator(session, actor, operator_id),
            person_id=actor.person_id,
            file_name=str(cleaned(file_name))[:120] or _("fichier sans nom"),
            state=ImportState.READ,
            read_at=now,
        )
        try:
            result = judged(session, read_sheet(content, COLUMNS), day_in_brussels(now))
        except InvalidInput as refusal:
            found.state = ImportState.DROPPED
            result.problems.append(FileProblem(0, "", refusal.fields["file"]))
        found.rows, found.problems = stored_rows(result.rows), stored_problems(result.problems)
        session.add(found)
        session.flush()
        return found.id or 0


def import_approvals(actor: Actor | None, import_id: int, *, now: datetime, on: Engine | None = None) -> FilePreview:
    """Record what a file says, all or nothing, with every effect at once; pressing twice records once."""
    actor = require(actor, Permission.APPROVAL_RECORD)
    with transaction(on) as session:
        found = file_for(session, actor, import_id)
        carry_out(session, actor, found, now)
        note_deed(session, "approvals.imported", by=actor, to=None, now=now, detail=f"{found.id} {found.file_name}")
        return preview_of(session, found)


def undo_approvals(actor: Actor | None, import_id: int, *, now: datetime, on: Engine | None = None) -> FilePreview:
    """Bring back what was before a file, within the hours in force; what was changed since stays.

    Raises `NotPossible` when its time is over, `AlreadyDone` when it is undone.
    """
    actor = require(actor, Permission.APPROVAL_RECORD)
    with transaction(on) as session:
        found = file_for(session, actor, import_id)
        undo(session, actor, found, now)
        note_deed(session, "approvals.undone", by=actor, to=None, now=now, detail=f"{found.id} {found.file_name}")
        return preview_of(session, found)


def _operator(session: Session, actor: Actor, claimed: int) -> int:
    if actor.role is Role.OPERATOR:
        return actor.operator_id or 0
    operator = session.get(Operator, identifier(claimed))
    if operator is None:
        raise InvalidInput({"operator": _("Choisissez l’opérateur qui a décidé.")})
    return operator.id or 0


def _note(session: Session, actor: Actor, approval_id: int, decision: Decision, now: datetime) -> None:
    who = f"operator {decision.operator_id}" if decision.operator_id else "commission"
    detail = f"{approval_id} {decision.state.value} {who} {decision.reason}"
    note_deed(session, "approval.recorded", by=actor, to=None, now=now, detail=detail)
