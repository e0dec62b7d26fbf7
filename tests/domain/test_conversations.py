"""When the two sides may write, in every status."""

import pytest

from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.conversations import OPEN, SIDES, may_write


@pytest.mark.parametrize("status", ApplicationStatus)
@pytest.mark.parametrize("role", Role)
def test_only_the_two_sides_write_and_never_once_closed(role: Role, status: ApplicationStatus) -> None:
    for begun in (True, False):
        assert not may_write(role, status, begun=begun, closed=True)
        late = status is ApplicationStatus.UNANSWERED and (begun or role is Role.COMPANY)
        assert may_write(role, status, begun=begun, closed=False) is (role in SIDES and (status in OPEN or late))


def test_nothing_is_open_before_the_company_has_seen_it_or_after_its_end() -> None:
    shut = {ApplicationStatus.DRAFT, ApplicationStatus.SENT, ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN}
    assert not OPEN & (shut | {ApplicationStatus.LAPSED})
