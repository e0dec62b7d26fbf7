"""Passwords of any length and content are told apart."""

import pytest

from stageplus.services.accounts.passwords import hash_password, is_password


@pytest.mark.parametrize("password", ["court", "x" * 100, "avec\0nul", "émoji 🌍", ""])
def test_a_password_fits_its_own_hash_only(password: str) -> None:
    hashed = hash_password(password, cost=4)
    assert is_password(password, hashed)
    assert not is_password(password + "!", hashed)


def test_what_comes_after_72_bytes_counts() -> None:
    assert not is_password("x" * 72 + "a", hash_password("x" * 72 + "b", cost=4))


def test_what_comes_after_a_nul_byte_counts() -> None:
    assert not is_password("a\0b", hash_password("a\0c", cost=4))


def test_the_same_password_hashes_differently() -> None:
    assert hash_password("phrase", cost=4) != hash_password("phrase", cost=4)


def test_nobody_signs_in_without_a_hash() -> None:
    assert not is_password("nobody has this password", None)
