"""What operators and OFFA read about agréments."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, true
from sqlmodel import Session, and_, col, func, or_, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.errors import NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.domain.plain_text import plain
from stageplus.domain.reference import TradeStatus
from stageplus.domain.titles import both_genders
from stageplus.models import (
    Approval,
    ApprovalChange,
    ApprovalImport,
    ApprovalRecord,
    Company,
    Establishment,
    Municipality,
    Offer,
    Operator,
    Person,
    Trade,
)
from stageplus.services.approvals.columns import COLUMNS
from stageplus.services.approvals.files import file_for, preview_of, problems_of
from stageplus.services.approvals.schemas import (
    ApprovalDetail,
    ApprovalForm,
    ApprovalPage,
    ApprovalSearch,
    FilePage,
    FilePreview,
    OpinionRow,
)
from stageplus.services.approvals.wording import approval_row, file_row, history_row, opinion_row, state_choices
from stageplus.services.names import has_word
from stageplus.services.numbers import shown
from stageplus.services.registers.queries import named
from stageplus.services.spreadsheets.actions import export_csv, template_workbook
from stageplus.services.timelines import TimelineStep
from stageplus.texts import _, ngettext
from stageplus.texts.formats import number

PAGE_SIZE = 50


def approvals(actor: Actor | None, search: ApprovalSearch, *, now: datetime, on: Engine | None = None) -> ApprovalPage:
    """List a page of the agréments that one's operator has recorded, or for OFFA of all; disagreements first.

    A page too far gives the last one.
    """
    actor = require(actor, Permission.APPROVAL_RECORD)
    with reading(on) as session:
        wanted = [*_visible_to(actor), *_matching(session, search)]
        total, disputed = session.exec(_counts(wanted)).one()
        pages = max(1, -(-total // PAGE_SIZE))
        page = min(search.page, pages)
        ordered = _rows().where(*wanted).order_by(col(Approval.disputed).desc(), Company.plain_name, Approval.id)
        found = session.exec(ordered.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
        return ApprovalPage(
            rows=[approval_row(*each) for each in found],
            found_words=ngettext("{n} agrément", "{n} agréments", total).format(n=number(total)),
            disputed=int(disputed or 0),
            page=page,
            pages=pages,
            operators=_operators(session, actor),
        )


def approvals_to_decide(actor: Actor) -> Any:
    """Select, inside another statement, how many agréments that the actor's operator recorded are still requested."""
    asked = select(func.count(col(Approval.id))).where(*_visible_to(actor), Approval.state == ApprovalState.REQUESTED)
    return asked.scalar_subquery()


def approval_detail(
    actor: Actor | None, approval_id: int, *, now: datetime, on: Engine | None = None
) -> ApprovalDetail:
    """Show one agrément with everybody's record and its history; `NotFound` for what one's operator never recorded."""
    actor = require(actor, Permission.APPROVAL_RECORD)
    with reading(on) as session:
        return detail_in(session, actor, approval_for(session, actor, approval_id))


def approval_form(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> ApprovalForm:
    """Return what the form of a new record lets choose from."""
    actor = require(actor, Permission.APPROVAL_RECORD)
    with reading(on) as session:
        return ApprovalForm(_trades(session), _operators(session, actor), state_choices())


def approval_files(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> FilePage:
    """List the files handed in for one's operator, or for OFFA all, the latest first."""
    actor = require(actor, Permission.APPROVAL_RECORD)
    with reading(on) as session:
        wanted = select(ApprovalImport, Operator).join(Operator).order_by(col(ApprovalImport.id).desc())
        if actor.role is not Role.OFFA:
            wanted = wanted.where(ApprovalImport.operator_id == actor.operator_id)
        rows = [file_row(*each) for each in session.exec(wanted.limit(PAGE_SIZE))]
        return FilePage(rows, _operators(session, actor))


def approval_file(actor: Actor | None, import_id: int, *, now: datetime, on: Engine | None = None) -> FilePreview:
    """Show what importing a file would do, or did; raises `NotFound` for another operator's."""
    actor = require(actor, Permission.APPROVAL_RECORD)
    with reading(on) as session:
        return preview_of(session, file_for(session, actor, import_id))


def approval_file_problems(actor: Actor | None, import_id: int, *, now: datetime, on: Engine | None = None) -> bytes:
    """Write all problems of a file as csv, for whoever mends it; raises `NotFound` for another operator's."""
    actor = require(actor, Permission.APPROVAL_RECORD)
    with reading(on) as session:
        found = problems_of(file_for(session, actor, import_id))
    rows = [(each.line, each.column, each.message) for each in found if each.line]
    return export_csv([_("Ligne"), _("Colonne"), _("Problème")], rows)


def approvals_template(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> bytes:
    """Return the file to fill in."""
    require(actor, Permission.APPROVAL_RECORD)
    return template_workbook(_("Agréments"), COLUMNS)


def approval_for(session: Session, actor: Actor, approval_id: int, *, locked: bool = False) -> Approval:
    """Return an agrément within the actor's scope, and lock it for a change; raises `NotFound` for any other."""
    wanted = select(Approval).where(Approval.id == approval_id, *_visible_to(actor))
    found = session.exec(wanted.with_for_update() if locked else wanted).first()
    if found is None:
        raise NotFound
    return found


def detail_in(session: Session, actor: Actor, approval: Approval) -> ApprovalDetail:
    """Build what somebody sees of one agrément, within a session."""
    row = session.exec(_rows().where(Approval.id == approval.id)).one()
    establishment, company = row[1], row[2]
    published, paused = session.exec(_offers(approval)).one()
    return ApprovalDetail(
        row=approval_row(*row),
        enterprise_number=shown(company.enterprise_number),
        workers=establishment.workers,
        opinions=_opinions(session, approval),
        history=_history(session, actor, approval),
        open_offers=int(published or 0),
        paused_offers=int(paused or 0),
        operators=_operators(session, actor),
        states=state_choices(),
        may_settle=actor.may(Permission.APPROVAL_SETTLE),
    )


def _visible_to(actor: Actor) -> list[Any]:
    if actor.role is Role.OFFA:
        return []
    mine = select(ApprovalRecord.approval_id).where(ApprovalRecord.operator_id == actor.operator_id)
    return [col(Approval.id).in_(mine)]


def _matching(session: Session, search: ApprovalSearch) -> list[Any]:
    wanted: list[Any] = []
    if search.text:
        wanted.append(_says(session, search.text))
    if search.state:
        wanted.append(Approval.state == search.state)
    if search.operator:
        recorded = select(ApprovalRecord.approval_id).where(ApprovalRecord.operator_id == search.operator)
        wanted.append(col(Approval.id).in_(recorded))
    if search.disputed:
        wanted.append(col(Approval.disputed))
    return wanted


def _says(session: Session, text: str) -> Any:
    digits = "".join(sign for sign in text if sign.isdigit())
    numbers = [col(each).startswith(digits) for each in (Company.enterprise_number, Establishment.number)]
    words = plain(text).split()
    meant = zip(words, named(session, words), strict=True)
    named_so = [
        or_(
            has_word(Company.plain_name, word),
            has_word(Establishment.plain_name, word),
            col(Approval.trade_code).in_(found.trades),
        )
        for word, found in meant
    ]
    return or_(and_(true(), *named_so), *(numbers if digits else []))


def _joined(statement: Any) -> Any:
    return (
        statement.join(Establishment, Approval.establishment_id == Establishment.id)
        .join(Company, Establishment.company_id == Company.id)
        .join(Trade, Approval.trade_code == Trade.code)
    )


def _rows() -> Any:
    selected = select(Approval, Establishment, Company, Trade, Municipality, Operator)  # type: ignore[call-overload]
    placed = _joined(selected).join(Municipality, Establishment.municipality_ins == Municipality.ins)
    return placed.join(Operator, Approval.operator_id == Operator.id)


def _counts(wanted: list[Any]) -> Any:
    in_dispute = func.count(col(Approval.id)).filter(col(Approval.disputed))
    return _joined(select(func.count(col(Approval.id)), in_dispute).select_from(Approval)).where(*wanted)


def _offers(approval: Approval) -> Any:
    published = func.count(col(Offer.id)).filter(col(Offer.status) == OfferStatus.PUBLISHED)
    paused = func.count(col(Offer.id)).filter(col(Offer.status) == OfferStatus.SUSPENDED)
    return select(published, paused).where(
        Offer.establishment_id == approval.establishment_id, Offer.trade_code == approval.trade_code
    )


def _opinions(session: Session, approval: Approval) -> list[OpinionRow]:
    records = select(ApprovalRecord, Operator).join(Operator, isouter=True)
    mine = records.where(ApprovalRecord.approval_id == approval.id).order_by(col(ApprovalRecord.noted_at))
    return [opinion_row(record, operator) for record, operator in session.exec(mine)]


def _history(session: Session, actor: Actor, approval: Approval) -> list[TimelineStep]:
    changes = select(ApprovalChange, Operator, Person)
    changes = changes.join(Operator, col(ApprovalChange.operator_id) == Operator.id, isouter=True)
    changes = changes.join(Person, col(ApprovalChange.person_id) == Person.id, isouter=True)
    mine = changes.where(ApprovalChange.approval_id == approval.id).order_by(col(ApprovalChange.id).desc())
    return [history_row(*each, reader=actor) for each in session.exec(mine)]


def _operators(session: Session, actor: Actor) -> list[tuple[str, str]]:
    if actor.role is not Role.OFFA:
        return []
    found = session.exec(select(Operator.id, Operator.name).order_by(Operator.name))
    return [(str(operator_id), name) for operator_id, name in found]


def _trades(session: Session) -> list[tuple[str, str]]:
    proposed = select(Trade).where(Trade.status != TradeStatus.ARCHIVED)
    found = [(trade.code, both_genders(trade.name_f, trade.name_m)) for trade in session.exec(proposed)]
    return sorted(found, key=lambda trade: plain(trade[1]))
