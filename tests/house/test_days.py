"""A day is a day in Brussels: a moment's own `.date()` is that of UTC, which lags behind at night by one or two hours.

With it an offer that ended yesterday would still be listed after midnight, and refused to whoever applies.
"""

import re
from pathlib import Path

SERVICES = Path(__file__).resolve().parents[2] / "stageplus" / "services"
CELLS = "spreadsheets/tables.py"
"""Where a cell of a sheet holds a day without an hour."""


def test_services_ask_for_the_day_in_brussels() -> None:
    asking = {
        str(path.relative_to(SERVICES))
        for path in SERVICES.rglob("*.py")
        if re.search(r"\.date\(\)", path.read_text().replace(".astimezone(BRUSSELS).date()", ""))
    }
    assert asking <= {CELLS}
