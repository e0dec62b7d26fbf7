"""Agréments in words."""

from stageplus.domain.actors import Actor, Role
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.titles import both_genders
from stageplus.models import (
    Approval,
    ApprovalChange,
    ApprovalImport,
    ApprovalRecord,
    Company,
    Establishment,
    Municipality,
    Operator,
    Person,
    Trade,
)
from stageplus.services.approvals.schemas import STATE_TONES, STATE_WORDS, ApprovalRow, FileRow, OpinionRow
from stageplus.services.numbers import shown
from stageplus.services.timelines import TimelineStep
from stageplus.texts import _
from stageplus.texts.formats import moment_words, short_date


def state_choices() -> list[tuple[str, str]]:
    """List the states to choose from."""
    return [(state.value, words) for state, words in STATE_WORDS.items()]


def approval_row(
    approval: Approval,
    establishment: Establishment,
    company: Company,
    trade: Trade,
    town: Municipality,
    operator: Operator,
) -> ApprovalRow:
    """Build the line of an agrément."""
    return ApprovalRow(
        approval_id=approval.id or 0,
        company=company.name,
        establishment=establishment.name,
        number=shown(establishment.number),
        town=f"{establishment.postal_code} {town.name}",
        trade=both_genders(trade.name_f, trade.name_m),
        state=approval.state.value,
        state_words=STATE_WORDS[approval.state],
        tone=STATE_TONES[approval.state],
        since=short_date(approval.since),
        operator=operator.name,
        disputed=approval.disputed,
    )


def opinion_row(record: ApprovalRecord, operator: Operator | None) -> OpinionRow:
    """Build what one operator, or the Commission, last recorded."""
    return OpinionRow(
        who=operator.name if operator else _("Commission d’agrément et de médiation"),
        state_words=STATE_WORDS[record.state],
        tone=STATE_TONES[record.state],
        since=short_date(record.since),
        operator_id=record.operator_id or 0,
    )


def history_row(
    change: ApprovalChange, operator: Operator | None, person: Person | None, *, reader: Actor
) -> TimelineStep:
    """Build one entry of the history: colleagues and OFFA read who wrote it, other operators which operator did."""
    organization = operator.name if operator else _("Commission d’agrément et de médiation")
    is_colleague = reader.role is Role.OFFA or (
        change.role is Role.OPERATOR and reader.operator_id == change.operator_id
    )
    author = f"{person.first_name} {person.last_name}, " if person and is_colleague else ""
    effect = STATE_WORDS[change.effect].lower()
    words = _("Désaccord : l’effet reste « {effect} ».") if change.disputed else _("Effet : « {effect} ».")
    reason = _("Raison : {reason}").format(reason=change.reason) if change.reason else ""
    return TimelineStep(
        title=_("{state} à partir du {day}").format(state=STATE_WORDS[change.state], day=short_date(change.since)),
        when=f"{moment_words(change.at)} · {author}{organization}",
        detail=" ".join(part for part in (reason, words.format(effect=effect)) if part),
        state="done" if change.state in {ApprovalState.GRANTED, ApprovalState.REQUESTED} else "stopped",
    )


def file_row(found: ApprovalImport, operator: Operator) -> FileRow:
    """Build the line of a file."""
    return FileRow(
        import_id=found.id or 0,
        file_name=found.file_name,
        when=moment_words(found.read_at),
        operator=operator.name,
        state=found.state.value,
    )
