"""Cells that no spreadsheet program takes for formulas."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
WIDEST = 48


def neutral(cell: object) -> str:
    """Write a cell so that no spreadsheet program takes it for a formula (CWE-1236)."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
