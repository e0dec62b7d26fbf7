"""The timed work in a process of its own, as fast as it goes, until it is killed.

Each of its lives begins some minutes later than the one before, as it would when the lease of the dead one ran out.
"""

import sys
from datetime import UTC, datetime, timedelta
from time import sleep

from stageplus.jobs.clock import SECONDS_BETWEEN_LOOKS, run_due

AT_WORK = "au travail"


def work(begun: datetime) -> None:
    """Let time pass without waiting for it."""
    print(AT_WORK, flush=True)
    while True:
        run_due(now=begun)
        begun += timedelta(seconds=SECONDS_BETWEEN_LOOKS)
        sleep(0.01)


if __name__ == "__main__":
    work(datetime.now(UTC) + timedelta(minutes=float(sys.argv[1])))
