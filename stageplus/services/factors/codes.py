"""Recovery codes: ten of them, shown once, each good once."""

from secrets import choice

from stageplus.services.factors.keys import digest

HOW_MANY, HALF = 10, 5
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""No 0 or 1, I, L, O or U: nothing that is misread from paper. Ten letters are some 49 bits."""


def new_codes() -> list[str]:
    """Draw ten codes such as `K7WQM-R2XBD`."""
    return ["-".join("".join(choice(LETTERS) for _ in range(HALF)) for _half in range(2)) for _code in range(HOW_MANY)]


def code_hash(person_id: int, typed: str) -> str:
    """Return what is kept of somebody's code, in whatever case and spacing it is typed."""
    letters = "".join(letter for letter in typed.upper() if letter in LETTERS)
    return digest("recovery code", f"{person_id}:{letters}")
