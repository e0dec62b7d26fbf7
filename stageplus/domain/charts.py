"""Where the parts of a bar chart stand: worked out here, drawn as SVG by the page; no colour carries meaning."""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, GUTTER, ROOM = 400, 140, 62
"""Units of the drawing: in all, left of the axis for names, right of the longest bar for its figure."""
ROW, HIGH_ROW, BAR, FOOT = 30, 48, 18, 26
"""Units of height: of a row, of one whose name stands above its bar, of a bar, and of the axis under the last row."""
ROUND_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """One bar with its name and its figure in words; `hidden` when there is a figure that is not shown."""

    label: str
    words: str
    label_y: int
    y: int
    text_y: int
    width: int
    words_x: int
    hidden: bool = False


@dataclass(frozen=True)
class Tick:
    """A line across the bars, with the figure that it stands for."""

    words: str
    x: int


@dataclass(frozen=True)
class Chart:
    """A chart of bars that lie one under the other; `box` is its SVG view box, `words` says it without looking.

    Bars begin at `axis`; where that is the edge of the drawing, names stand above their bars.
    """

    bars: list[Bar] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    box: str = f"0 0 {WIDTH} {FOOT}"
    axis: int = GUTTER
    foot: int = 0
    foot_text: int = 0
    words: str = ""


def nice_top(most: int) -> int:
    """Return the first round number (1, 2 or 5 and zeros, at least 2) that is not below `most`."""
    power = 1
    while True:
        for step in ROUND_STEPS:
            if step * power >= max(most, 2):
                return step * power
        power *= 10


def bar_chart(points: Sequence[tuple[str, int | None, str]], *, long_names: bool = False) -> Chart:
    """Lay out bars by name, figure (nothing when it is not shown) and the figure in words."""
    top = nice_top(max((count or 0 for _label, count, _words in points), default=0))
    axis, row = (0, HIGH_ROW) if long_names else (GUTTER, ROW)
    long, middle = WIDTH - axis - ROOM, row - ROW // 2
    bars = [
        Bar(
            label=label,
            words=words,
            label_y=row * number + ROW // 2 - (4 if long_names else 0),
            y=row * number + middle - BAR // 2,
            text_y=row * number + middle,
            width=round(long * (count or 0) / top),
            words_x=axis + round(long * (count or 0) / top) + 6,
            hidden=count is None,
        )
        for number, (label, count, words) in enumerate(points)
    ]
    halves = [0, top // 2, top] if top % 2 == 0 else [0, top]
    foot = row * len(bars)
    return Chart(
        bars=bars,
        ticks=[Tick(f"{each:,}".replace(",", "\u00a0"), axis + round(long * each / top)) for each in halves],
        box=f"0 0 {WIDTH} {foot + FOOT}",
        axis=axis,
        foot=foot,
        foot_text=foot + FOOT - 8,
        words="; ".join(f"{label} : {words}" for label, _count, words in points),
    )
