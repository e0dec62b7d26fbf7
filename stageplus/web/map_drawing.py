"""Draws the country and its basins once, from the shipped places: `python -m stageplus.web.map_drawing`."""

import csv
from pathlib import Path

from stageplus.domain.distances import Point
from stageplus.domain.drawing import KM_ACROSS, KM_DOWN, Named, on_the_drawing, outlines, path_of

PACKAGE = Path(__file__).resolve().parents[1]
REFERENCE = PACKAGE / "reference"
DRAWING = PACKAGE.parent / "assets" / "map.svg"
BASINS = PACKAGE.parent / "assets" / "basins.svg"
BEYOND = "Région flamande"
"""Drawn quietly: companies there may welcome learners, but the operators are elsewhere."""


def drawn() -> str:
    """Return the drawing: the provinces of Wallonia and Brussels, those beyond them, and a dot for every commune."""
    owners = {row["ins"]: (row["region"], row["province"]) for row in _rows("municipalities")}
    regions = {province: region for region, province in owners.values()}
    places = [Named(_spot(row), owners[row["municipality_ins"]][1]) for row in _rows("places")]
    paths = {province: path_of(lines) for province, lines in outlines(places).items()}
    groups = {
        "home": [path for province, path in paths.items() if regions[province] != BEYOND],
        "beyond": [path for province, path in paths.items() if regions[province] == BEYOND],
    }
    groups["towns"] = ["".join(_dot(row) for row in _rows("municipalities"))]
    inside = "\n".join(f'<g id="{name}">{_paths(found)}</g>' for name, found in groups.items())
    box = f"0 0 {round(10 * KM_ACROSS)} {round(10 * KM_DOWN)}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">\n{inside}\n</svg>\n'


def drawn_basins() -> str:
    """Return the drawing of the basins, each under its code; what belongs to none is left out."""
    owners = {row["ins"]: row["basin_code"] for row in _rows("municipalities")}
    places = [Named(_spot(row), owners[row["municipality_ins"]]) for row in _rows("places")]
    shapes = [f'<path id="{code}" d="{path_of(lines)}"/>' for code, lines in outlines(places).items() if code]
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{chr(10).join(shapes)}\n</svg>\n'


def _paths(found: list[str]) -> str:
    return "".join(f'<path d="{path}"/>' for path in found)


def _dot(row: dict[str, str]) -> str:
    x, y = _spot(row)
    return f"M{10 * x:.0f} {10 * y:.0f}h0"


def _spot(row: dict[str, str]) -> tuple[float, float]:
    return on_the_drawing(Point(float(row["latitude"]), float(row["longitude"])))


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    DRAWING.write_text(drawn(), encoding="utf-8")
    BASINS.write_text(drawn_basins(), encoding="utf-8")
