"""Activation codes: short enough to read aloud, long enough not to be guessed, with a sign that catches slips."""

from collections.abc import Callable

SIGNS = "ACDEFHJKLMPRTUVWXY34679"
"""Twenty-three signs that no handwriting and no ear mixes up: no O or 0, I or 1, S or 5, B or 8, Z or 2, G, N, Q."""
RANDOM_SIGNS, GROUP = 8, 3
LENGTH = RANDOM_SIGNS + 1
_LOOK_ALIKE = str.maketrans({"N": "M", "Q": "9", "G": "6"})


def new_code(choose: Callable[[str], str]) -> str:
    """Make a code from a source of chance: eight signs and one that checks them."""
    signs = "".join(choose(SIGNS) for _sign in range(RANDOM_SIGNS))
    return signs + _check_sign(signs)


def typed_code(typed: str) -> str:
    """Read a code as people type it, in any case and grouping."""
    return "".join(sign for sign in typed.upper().translate(_LOOK_ALIKE) if sign.isalnum())


def is_well_formed(code: str) -> bool:
    """Say whether a code has the right length, signs and check: any single slip or swap of neighbours shows."""
    return len(code) == LENGTH and set(code) <= set(SIGNS) and code[-1] == _check_sign(code[:-1])


def grouped(code: str) -> str:
    """Write a code in groups of three, as it is printed and read aloud: `K7M-4XP-9AR`."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _check_sign(signs: str) -> str:
    # The number of signs is prime: weights from 1 up make every single slip and every swap change the sum.
    return SIGNS[sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, start=1)) % len(SIGNS)]
