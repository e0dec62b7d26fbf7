"""What the use cases of agréments, claims and teams are called with."""

from collections.abc import Callable
from datetime import date
from typing import Any

from stageplus.domain.approvals import ApprovalState
from stageplus.services.approvals.schemas import ApprovalInput, ApprovalSearch, DecisionInput

SUSPENSION = DecisionInput(state=ApprovalState.SUSPENDED, since=date(2026, 11, 20), reason="Contrôle")
RECORD = ApprovalInput.read(
    {
        "enterprise_number": "0400000185",
        "establishment_number": "2000000141",
        "company": "Maison nouvelle",
        "postal_code": "5000",
        "trade": "boulanger",
        "state": "accordé",
        "since": "2026-11-20",
    }
)

ARGUMENTS: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "approvals.approval_detail": lambda world: (world.approval,),
    "approvals.approvals": lambda world: (ApprovalSearch(),),
    "approvals.change_approval": lambda world: (world.approval, 0, SUSPENSION),
    "approvals.record_approval": lambda world: (RECORD,),
    "approvals.settle_approval": lambda world: (world.approval, SUSPENSION),
}
