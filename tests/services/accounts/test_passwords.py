"""Passwords of any length and content are told apart."""

import os
import threading

import bcrypt
import pytest
from pydantic import ValidationError

from stageplus.config import LEAST_BCRYPT_COST, Settings, settings
from stageplus.domain.errors import InvalidInput
from stageplus.services.accounts import passwords
from stageplus.services.accounts.passwords import (
    POLITENESS,
    _apart,
    hash_password,
    is_outdated,
    is_password,
    refuse_weak,
)


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


@pytest.mark.parametrize("stored", [None, ""])
@pytest.mark.parametrize("password", ["nobody has this password", "", "\0"])
def test_nobody_signs_in_without_a_hash(stored: str | None, password: str) -> None:
    assert not is_password(password, stored)


def test_the_same_accents_fit_however_a_keyboard_composes_them() -> None:
    assert is_password("me\u0301lange", hash_password("m\u00e9lange", cost=4))


def test_half_a_character_is_a_character_too() -> None:
    assert not is_password("\ud800", hash_password("\ud801", cost=4))


def test_a_hash_of_another_cost_is_outdated_and_answers_no_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "settings", lambda: settings().model_copy(update={"bcrypt_cost": 8}))
    spent: list[int] = []
    salt = bcrypt.gensalt
    monkeypatch.setattr(bcrypt, "gensalt", lambda cost: spent.append(cost) or salt(cost))
    assert is_outdated(hash_password("phrase", cost=5)) and not is_outdated(hash_password("phrase"))
    spent.clear()
    is_password("phrase", hash_password("phrase", cost=5))
    assert spent == [5, 5, 6, 7]  # 2^5 + 2^5 + 2^6 + 2^7 = 2^8


def test_the_cost_has_a_floor() -> None:
    with pytest.raises(ValidationError):
        Settings(bcrypt_cost=LEAST_BCRYPT_COST - 1)


def test_hashing_steps_back_before_everything_else() -> None:
    assert _apart(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())) >= POLITENESS
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) < POLITENESS


@pytest.mark.parametrize("password", ["motdepasse2026", "jetaimejetaime", "iloveyou1234", "charleroi 2026"])
def test_the_shipped_list_knows_what_people_choose(password: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        refuse_weak("new", password)
    assert list(refused.value.fields) == ["new"]


def test_a_phrase_passes() -> None:
    refuse_weak("new", "trois tasses bleues", ["Ada", "Essai"])
