"""What a company may tick for a trade: tasks, risks and equipment, of the trade itself or of its sector."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from stageplus.services.postings.schemas import Suggestions

FILE = Path(__file__).parents[2] / "reference" / "trade_suggestions.csv"
FIELDS = ("tasks", "risks", "equipment")


def suggested_for(trade_code: str, sector_code: str) -> Suggestions:
    """Return what is suggested for a trade; a field that the trade leaves out comes from its sector."""
    known = _shipped()
    found = {
        name: known.get(("métier", trade_code, name)) or known.get(("secteur", sector_code, name)) for name in FIELDS
    }
    return Suggestions(**{name: list(words or ()) for name, words in found.items()})


@cache
def _shipped() -> dict[tuple[str, str, str], tuple[str, ...]]:
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    with FILE.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            found[line["scope"], line["code"], line["field"]].append(line["words"])
    return {key: tuple(words) for key, words in found.items()}
