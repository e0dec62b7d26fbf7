"""Agréments: what each operator has recorded, and the one effect that follows from all of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ApprovalState(StrEnum):
    """Where an agrément stands."""

    REQUESTED = "demandé"
    GRANTED = "accordé"
    REFUSED = "refusé"
    SUSPENDED = "suspendu"
    WITHDRAWN = "retiré"


NEED_A_REASON = frozenset({ApprovalState.REFUSED, ApprovalState.SUSPENDED, ApprovalState.WITHDRAWN})
"""States that take something away: why is always asked."""


@dataclass(frozen=True)
class Opinion:
    """The last that somebody recorded on an agrément; `operator_id` is nobody for the Commission d’agrément."""

    operator_id: int | None
    state: ApprovalState
    since: date
    noted_at: datetime


@dataclass(frozen=True)
class Effect:
    """What an agrément does at this moment; `disputed` when operators disagree and the Commission has not decided."""

    state: ApprovalState
    since: date
    operator_id: int | None
    disputed: bool = False


def effect_of(opinions: Iterable[Opinion], before: Effect | None) -> Effect:
    """Say what an agrément does, given at least one opinion and what it did before.

    Valid for all operators (DOMAIN: agrément): one operator's decision is enough, and a mere request never undoes one.
    Where decisions differ the last undisputed effect stays until the Commission d’agrément et de médiation decides;
    its decision takes the place of whatever was recorded before it.
    """
    settled = _settled(list(opinions))
    decided = [opinion for opinion in settled if opinion.state is not ApprovalState.REQUESTED]
    standing = decided or settled
    if len({opinion.state for opinion in standing}) > 1 and before and before.state is not ApprovalState.REQUESTED:
        return Effect(before.state, before.since, before.operator_id, disputed=True)
    first = min(standing, key=lambda opinion: (opinion.noted_at, opinion.operator_id or 0))
    disputed = len({opinion.state for opinion in standing}) > 1
    return Effect(first.state, first.since, first.operator_id, disputed)


def _settled(opinions: list[Opinion]) -> list[Opinion]:
    commission = next((opinion for opinion in opinions if opinion.operator_id is None), None)
    if commission is None:
        return opinions
    later = [o for o in opinions if o.operator_id is not None and o.noted_at > commission.noted_at]
    heard = {o.operator_id for o in opinions} - {None} - {o.operator_id for o in later}
    return [*later, commission] if heard or not later else later
