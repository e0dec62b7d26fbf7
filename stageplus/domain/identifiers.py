"""Belgian numbers of enterprises and of their establishments (Banque-Carrefour des Entreprises)."""

_LENGTH, _MODULUS = 10, 97
_FIRST_OF_ENTERPRISE, _FIRST_OF_ESTABLISHMENT = frozenset("01"), frozenset("2345678")


def with_check_digits(first_eight: int) -> str:
    """Complete a number: the last two digits are 97 minus the first eight modulo 97."""
    return f"{first_eight:08}{_MODULUS - first_eight % _MODULUS:02}"


def is_enterprise_number(digits: str) -> bool:
    """Say whether ten digits, the first 0 or 1, are an enterprise number with the right check digits."""
    return _is_number(digits, _FIRST_OF_ENTERPRISE)


def is_establishment_number(digits: str) -> bool:
    """Say whether ten digits, the first 2 to 8, are an establishment number with the right check digits."""
    return _is_number(digits, _FIRST_OF_ESTABLISHMENT)


def _is_number(digits: str, first: frozenset[str]) -> bool:
    is_shaped = len(digits) == _LENGTH and digits.isascii() and digits.isdigit() and digits[0] in first
    return is_shaped and digits == with_check_digits(int(digits[:8]))
