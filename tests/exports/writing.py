"""Writes a hundred thousand rows as a file, in a process of its own, and says how much memory that took.

Run as a script: `csv` and the address of a database for the whole list of a coach, read as it is written, or `xlsx` for
invented rows of the same shape through the same writer; then where to write.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from stageplus.db.engine import open_engine
from stageplus.domain.actors import Actor, Role
from stageplus.services.coaching.queries import offers_file
from stageplus.services.coaching.schemas import FollowedSearch
from stageplus.services.spreadsheets.actions import streamed_file
from stageplus.services.spreadsheets.schemas import Cell

ROWS = 100_000
DANGERS = ("=2+40", "+2+40", "@SUM(A1:A9)", '=HYPERLINK("http://x","y")', "Boulangerie d’essai")
HEADINGS = ("Offre", "Entreprise", "Numéro", "Commune", "Secteur", "État", "Places", "Candidatures", "Publiée", "Fin")
FIRST_DAY = date(2026, 1, 4)
PAGE = 4096


def invented() -> Iterator[list[Cell]]:
    """Give rows with numbers, days and texts, some of which would be formulas."""
    for number in range(ROWS):
        day = FIRST_DAY + timedelta(days=number % 700)
        texts = [f"Place {number}", DANGERS[number % len(DANGERS)], "0123456749", "Namur", "Alimentation", "Publiée"]
        yield [*texts, number % 7, number, day, day + timedelta(days=60)]


def resident() -> int:
    """Return the bytes that this process holds in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


class Peak:
    """The most that was held while something ran, looked at every few milliseconds."""

    def __init__(self) -> None:
        self.most, self._over = resident(), Event()
        self._watch = Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Peak":
        self._watch.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(0.01):
            self.most = max(self.most, resident())


def list_of_a_coach(url: str) -> Iterator[bytes]:
    """Export the offers of a sector as the site does."""
    engine, now = open_engine(url), datetime.now(UTC)
    coach = Actor(1, Role.COACH, sectors=frozenset({"alimentation"}), proved_at=now)
    return offers_file(coach, FollowedSearch(state="toutes"), "csv", now=now, on=engine)


def main(kind: str, to: Path, url: str = "") -> None:
    """Write the file, and print the growth in bytes."""
    before = resident()
    with Peak() as peak, to.open("wb") as file:
        pieces = list_of_a_coach(url) if kind == "csv" else streamed_file("xlsx", "Offres", HEADINGS, invented())
        for piece in pieces:
            file.write(piece)
    print(json.dumps({"grown": peak.most - before, "bytes": to.stat().st_size}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
