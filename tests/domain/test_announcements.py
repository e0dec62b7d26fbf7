"""When an announcement is shown, and where its link may lead."""

from datetime import date

import pytest

from stageplus.domain.announcements import Showing, is_safe_address, showing

FIRST, LAST = date(2026, 11, 20), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("today", "last", "stands"),
    [
        (date(2026, 11, 19), LAST, Showing.PLANNED),
        (FIRST, LAST, Showing.SHOWN),
        (LAST, LAST, Showing.SHOWN),
        (date(2026, 11, 25), LAST, Showing.OVER),
        (date(2036, 11, 25), None, Showing.SHOWN),
    ],
)
def test_both_its_days_count(today: date, last: date | None, stands: Showing) -> None:
    assert showing(FIRST, last, withdrawn=False, today=today) is stands
    assert showing(FIRST, last, withdrawn=True, today=today) is Showing.WITHDRAWN


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("/aide", True),
        ("/offres?q=pain&page=2#haut", True),
        ("https://www.formationalternance.be", True),
        ("https://www.formationalternance.be/agenda?x=1", True),
        ("//ailleurs.test", False),
        ("/\\ailleurs.test", False),
        ("http://ailleurs.test", False),
        ("https://nom@ailleurs.test", False),
        ("https://ailleurs.test:8443/", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("/a|b", False),
        (" /aide", False),
        ("/aide\n", False),
        ("aide", False),
    ],
)
def test_a_link_leads_into_the_site_or_to_a_secure_one(address: str, safe: bool) -> None:
    assert is_safe_address(address) is safe
