"""How long reads take, as the benches print it."""

from collections.abc import Callable, Sequence
from statistics import quantiles
from time import perf_counter

Reading = Callable[[], object]
WARM_UP = 2


def timed(readings: Sequence[Reading], rounds: int) -> dict[str, float]:
    """Return the median and 95th percentile of some reads in milliseconds, each done so often after a warm-up."""
    times = []
    for turn in range(WARM_UP + rounds):
        for read in readings:
            start = perf_counter()
            read()
            if turn >= WARM_UP:
                times.append((perf_counter() - start) * 1000)
    percentiles = quantiles(times, n=100)
    return {"p50_ms": round(percentiles[49], 2), "p95_ms": round(percentiles[94], 2)}
