"""What an operator's staff reads of its rosters and enrolments."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, and_, case, col, func, or_, select

from stageplus.config import settings
from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import NotFound
from stageplus.domain.titles import both_genders
from stageplus.models import (
    ActivationCode,
    Enrolment,
    EnrolmentReport,
    EnrolmentState,
    Implantation,
    ImportState,
    Municipality,
    Person,
    RosterImport,
    Trade,
)
from stageplus.services.enrolment.actions import undo_until
from stageplus.services.enrolment.columns import COLUMNS
from stageplus.services.enrolment.plan import plan_of, problems_of
from stageplus.services.enrolment.preview import history_row, preview_of
from stageplus.services.enrolment.sample import sample_roster
from stageplus.services.enrolment.schemas import (
    EnrolmentDetail,
    EnrolmentPage,
    EnrolmentRow,
    EnrolmentSearch,
    ImportHistory,
    ImportPreview,
    ReportRow,
)
from stageplus.services.enrolment.scope import (
    enrolment_for,
    implantation_of,
    import_for,
    only_implantation,
    visible_to,
)
from stageplus.services.enrolment.wording import REPORT_WORDS, code_state, code_words
from stageplus.services.names import has_word
from stageplus.services.spreadsheets.actions import export_csv, template_workbook
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, days_ago, days_words, short_date

PAGE_ROWS = 50
MOST_IMPORTS = 20
LIST = "/operateur/codes"


def roster_template(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> bytes:
    """Build the file to fill in, with one example line and a sheet that explains it."""
    require(actor, Permission.ROSTER_MANAGE)
    notes = (
        _("Une ligne par apprenant ; effacez la ligne d’exemple avant d’importer."),
        _("L’ordre des colonnes est libre. Jamais de NISS, de photo, de données de santé."),
    )
    return template_workbook(_("Apprenants"), COLUMNS, notes)


def demo_roster(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> bytes:
    """Build an invented roster to try the import with, in demo mode only; `NotFound` elsewhere."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    if not settings().demo:
        raise NotFound
    with reading(on) as session:
        mine = select(Enrolment).where(*visible_to(actor)).order_by(col(Enrolment.id))
        return sample_roster(session, session.exec(mine).all(), day_in_brussels(now))


def roster_imports(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> ImportHistory:
    """List the latest imports of the actor's operator; restricted staff sees its own."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with reading(on) as session:
        mine = select(RosterImport, Person).join(Person, isouter=True)
        mine = mine.where(RosterImport.operator_id == actor.operator_id)
        if implantation_of(session, actor) is not None:
            mine = mine.where(RosterImport.person_id == actor.person_id)
        latest = session.exec(mine.order_by(col(RosterImport.id).desc()).limit(MOST_IMPORTS)).all()
        last = next((each for each, _who in latest if each.state is ImportState.DONE), None)
        until = undo_until(session, last) if last else None
        rows = [history_row(each, who, until if each is last else None, now) for each, who in latest]
        return ImportHistory(rows, settings().demo)


def import_preview(actor: Actor | None, import_id: int, *, now: datetime, on: Engine | None = None) -> ImportPreview:
    """Show what importing a file would do now; nothing happens by looking."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with reading(on) as session:
        return preview_of(session, *import_for(session, actor, import_id))


def import_problems(actor: Actor | None, import_id: int, *, now: datetime, on: Engine | None = None) -> bytes:
    """Write all problems of a file as csv, for whoever mends it."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with reading(on) as session:
        file, only = import_for(session, actor, import_id)
        found = problems_of(file)
        if file.state is ImportState.READ:
            found = sorted([*found, *plan_of(session, file, only).refused], key=lambda each: each.line)
    rows = [(each.line, each.column, each.reference, each.message) for each in found if each.line]
    return export_csv([_("Ligne"), _("Colonne"), _("Référence"), _("Problème")], rows)


def my_enrolments(
    actor: Actor | None, search: EnrolmentSearch, *, now: datetime, on: Engine | None = None
) -> EnrolmentPage:
    """List one page of the enrolments that the actor may see, by name, with how far each account has come."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with reading(on) as session:
        mine = visible_to(actor)
        wanted = [*mine, *_filters(search, now)]
        total, active, without_account, without_code = _totals(session, mine, wanted)
        pages = max(1, ceil(total / PAGE_ROWS))
        page = min(search.page, pages)
        ordered = _rows().where(*wanted).order_by(col(Enrolment.plain_name), col(Enrolment.id))
        found = session.exec(ordered.limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)).all()
        return EnrolmentPage(
            rows=[_row(each, now) for each in found],
            total=total,
            page=page,
            pages=pages,
            active=active,
            without_account=without_account,
            without_code=without_code,
        )


def visible_enrolments(actor: Actor) -> Any:
    """Select the enrolments that a member of staff may see."""
    return select(Enrolment).where(*visible_to(actor))


def enrolment_detail(
    actor: Actor | None, enrolment_id: int, *, now: datetime, on: Engine | None = None
) -> EnrolmentDetail:
    """Show one enrolment to the staff that may see it."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with reading(on) as session:
        enrolment = enrolment_for(session, actor, enrolment_id)
        found = session.exec(_rows().where(Enrolment.id == enrolment_id)).one()
        town = session.get_one(Municipality, enrolment.municipality_ins)
        return EnrolmentDetail(
            row=_row(found, now),
            first_name=enrolment.first_name,
            last_name=enrolment.last_name,
            birth_day=short_date(enrolment.birth_date),
            town=f"{enrolment.postal_code} {town.name}",
            days=days_words(enrolment.company_days),
            reports=_reports(session, [col(Enrolment.id) == enrolment_id], now),
        )


def open_reports(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[ReportRow]:
    """List what holders of codes reported and nobody looked at yet, the oldest first."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with reading(on) as session:
        return _reports(session, visible_to(actor), now)


def reports_waiting(actor: Actor) -> Any:
    """Select, inside another statement, how many reports of the actor's enrolments nobody has looked at."""
    still_open = select(func.count(col(EnrolmentReport.id))).join(Enrolment)
    return still_open.where(col(EnrolmentReport.settled_at).is_(None), *visible_to(actor)).scalar_subquery()


def lists_to_confirm(actor: Actor) -> Any:
    """Select, inside another statement, how many lists were read and wait to be imported or dropped.

    Restricted staff counts its own.
    """
    mine = select(func.count(col(RosterImport.id))).where(RosterImport.operator_id == actor.operator_id)
    own = or_(only_implantation(actor).is_(None), col(RosterImport.person_id) == actor.person_id)
    return mine.where(RosterImport.state == ImportState.READ, own).scalar_subquery()


def without_account(actor: Actor) -> Any:
    """Select, inside another statement, how many enrolments that last have no account yet."""
    lasting = select(func.count(col(Enrolment.id))).where(*visible_to(actor), Enrolment.state == EnrolmentState.ACTIVE)
    return lasting.where(col(Enrolment.learner_id).is_(None)).scalar_subquery()


def _row(found: Any, now: datetime) -> EnrolmentRow:
    enrolment, trade, place, code, report = found
    ended = _("Terminée le {day}").format(day=short_date(enrolment.ended_on)) if enrolment.ended_on else ""
    return EnrolmentRow(
        enrolment_id=enrolment.id or 0,
        name=f"{enrolment.last_name} {enrolment.first_name}",
        reference=enrolment.reference,
        trade=both_genders(trade.name_f, trade.name_m),
        year=enrolment.year,
        implantation=place or "",
        email=enrolment.email,
        code_words=code_words(enrolment, code, now),
        code_state=code_state(enrolment, code, now),
        state=ended,
        has_account=enrolment.learner_id is not None,
        reported=report is not None,
    )


def _rows() -> Any:
    report = select(func.min(EnrolmentReport.id)).where(EnrolmentReport.enrolment_id == Enrolment.id)
    report = report.where(col(EnrolmentReport.settled_at).is_(None))
    return (
        select(Enrolment, Trade, Implantation.name, ActivationCode, report.scalar_subquery())  # type: ignore[call-overload]
        .join(Trade, col(Enrolment.trade_code) == Trade.code)
        .join(Implantation, col(Enrolment.implantation_id) == Implantation.id, isouter=True)
        .join(ActivationCode, col(ActivationCode.enrolment_id) == Enrolment.id, isouter=True)
    )


def _filters(search: EnrolmentSearch, now: datetime) -> list[Any]:
    active, without = col(Enrolment.state) == EnrolmentState.ACTIVE, col(Enrolment.learner_id).is_(None)
    code = col(ActivationCode.enrolment_id)
    shown: dict[str, list[Any]] = {
        "sans-compte": [active, without],
        "sans-code": [active, without, code.is_(None) | (col(ActivationCode.expires_at) <= now)],
        "avec-compte": [active, col(Enrolment.learner_id).is_not(None)],
        "terminees": [col(Enrolment.state) == EnrolmentState.ENDED],
    }
    wanted = shown.get(search.shown, [])
    for word in search.q.split()[:5]:
        reference = col(Enrolment.reference).icontains(word, autoescape=True)
        wanted = [*wanted, or_(has_word(Enrolment.plain_name, word), reference)]
    return wanted


def _totals(session: Session, mine: Sequence[Any], wanted: Sequence[Any]) -> Sequence[int]:
    active, without = col(Enrolment.state) == EnrolmentState.ACTIVE, col(Enrolment.learner_id).is_(None)
    code = col(ActivationCode.enrolment_id)
    kinds = (and_(*wanted), active, and_(active, without), and_(active, without, code.is_(None)))
    counted: Any = select(*[func.count(case((kind, 1))) for kind in kinds]).select_from(Enrolment)
    counted = counted.join(ActivationCode, code == Enrolment.id, isouter=True)
    return tuple(session.exec(counted.where(*mine)).one())


def _reports(session: Session, wanted: Sequence[Any], now: datetime) -> list[ReportRow]:
    still_open = select(EnrolmentReport, Enrolment).join(Enrolment).where(col(EnrolmentReport.settled_at).is_(None))
    found = session.exec(still_open.where(*wanted).order_by(col(EnrolmentReport.at))).all()
    return [
        ReportRow(
            report_id=report.id or 0,
            enrolment_id=enrolment.id or 0,
            name=f"{enrolment.last_name} {enrolment.first_name}",
            reference=enrolment.reference,
            words=REPORT_WORDS[report.kind],
            when=days_ago(day_in_brussels(report.at), day_in_brussels(now)),
        )
        for report, enrolment in found
    ]
