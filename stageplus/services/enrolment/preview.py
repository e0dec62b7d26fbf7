"""What staff reads before it confirms an import, and of the imports that were."""

from datetime import datetime

from sqlmodel import Session

from stageplus.models import Enrolment, Implantation, ImportState, Person, RosterImport
from stageplus.services.enrolment.plan import Change, Plan, label_of, plan_of, problems_of, values_of
from stageplus.services.enrolment.schemas import ImportPreview, ImportRow, PreviewLine, RosterRow
from stageplus.services.enrolment.trades import TradeNames
from stageplus.services.enrolment.wording import STATE_WORDS, result_words
from stageplus.services.paging import cut_words
from stageplus.texts import _
from stageplus.texts.formats import days_words, moment_words, short_date

LINES_SHOWN = 300


def history_row(found: RosterImport, who: Person | None, until: datetime | None, now: datetime) -> ImportRow:
    """Build one import's line in the history; `until` is there for the one that can be undone."""
    return ImportRow(
        import_id=found.id or 0,
        file_name=found.file_name,
        when=moment_words(found.imported_at or found.read_at),
        who=f"{who.first_name} {who.last_name}" if who else "",
        state=STATE_WORDS[found.state],
        result=result_words(found),
        can_undo=until is not None and now <= until,
        waits=found.state is ImportState.READ,
        undo_until=moment_words(until) if until else "",
    )


def preview_of(session: Session, found: RosterImport, only: int | None) -> ImportPreview:
    """Build the preview of a file that waits; of any other only what did not fit."""
    problems = [problem for problem in problems_of(found) if problem.line]
    refusal = next((each.message for each in problems_of(found) if not each.line and not each.is_warning), "")
    ignored = ", ".join(each.column for each in problems_of(found) if not each.line and each.is_warning)
    plan = plan_of(session, found, only) if found.state is ImportState.READ else Plan()
    errors = [*(each for each in problems if not each.is_warning), *plan.refused]
    warnings = [each for each in problems if each.is_warning]
    words = _Words(session)
    return ImportPreview(
        import_id=found.id or 0,
        file_name=found.file_name,
        state=found.state.value,
        refusal=refusal,
        added=len(plan.added),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        refused=len({each.line for each in errors}),
        problems=errors[:LINES_SHOWN],
        warnings=warnings[:LINES_SHOWN],
        added_lines=[words.added(row) for row in plan.added[:LINES_SHOWN]],
        changed_lines=[words.changed(change) for change in plan.changed[:LINES_SHOWN]],
        absent_lines=[_absent(enrolment) for enrolment in plan.absent[:LINES_SHOWN]],
        absent=len(plan.absent),
        problems_cut=cut_words(LINES_SHOWN, len(errors)),
        warnings_cut=cut_words(LINES_SHOWN, len(warnings)),
        added_cut=cut_words(LINES_SHOWN, len(plan.added)),
        changed_cut=cut_words(LINES_SHOWN, len(plan.changed)),
        absent_cut=cut_words(LINES_SHOWN, len(plan.absent)),
        new_implantations=", ".join(plan.new_implantations),
        unknown_columns=ignored,
    )


class _Words:
    """Says in words what a row holds and what it changes."""

    def __init__(self, session: Session) -> None:
        self.session, self.trades = session, TradeNames(session)

    def added(self, row: RosterRow) -> PreviewLine:
        said = (self.trades.title_of(row.trade_code), _("année {n}").format(n=row.year), days_words(row.company_days))
        name = f"{row.last_name} {row.first_name}"
        return PreviewLine(0, str(row.line), row.reference, name, " · ".join(said))

    def changed(self, change: Change) -> PreviewLine:
        said = values_of(change.row, change.enrolment.implantation_id)
        words = []
        for name in change.fields:
            if name == "state":
                words.append(_("l’inscription reprend"))
            elif name not in {"municipality_ins", "implantation_id"}:
                old, new = getattr(change.enrolment, name), said[name]
                words.append(f"{label_of(name)} : {self._shown(name, old)} → {self._shown(name, new)}")
            elif name == "implantation_id":
                old_name = self._implantation(change.enrolment)
                words.append(f"{label_of(name)} : {old_name} → {change.row.implantation}")
        mine = change.enrolment
        name = f"{mine.last_name} {mine.first_name}"
        return PreviewLine(mine.id or 0, str(change.row.line), mine.reference, name, " · ".join(words))

    def _implantation(self, enrolment: Enrolment) -> str:
        found = self.session.get(Implantation, enrolment.implantation_id) if enrolment.implantation_id else None
        return found.name if found else "—"

    def _shown(self, name: str, value: object) -> str:
        if name == "trade_code":
            return self.trades.title_of(str(value))
        if name == "company_days":
            return days_words(int(str(value)))
        return short_date(value) if name == "birth_date" else str(value) or "—"


def _absent(enrolment: Enrolment) -> PreviewLine:
    words = _("a un compte") if enrolment.learner_id else _("pas encore de compte")
    name = f"{enrolment.last_name} {enrolment.first_name}"
    return PreviewLine(enrolment.id or 0, "", enrolment.reference, name, words)
