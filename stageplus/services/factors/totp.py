"""Codes of an authenticator application: a secret shared once, a code good once."""

import hmac
from datetime import datetime

import pyotp
import segno

from stageplus.services.factors.keys import decrypted, encrypted
from stageplus.services.factors.schemas import TotpSetup

ISSUER = "Stage+"
STEP = 30
"""Seconds that a code lasts; the one before and the one after count too, for clocks that are not quite right."""
SETUP_LASTS = 15 * 60


def new_setup(person_id: int, email: str) -> TotpSetup:
    """Draw a fresh secret for somebody: nothing is saved before a code of it was given."""
    secret = pyotp.random_base32()
    address = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=email, issuer_name=ISSUER)
    drawn = segno.make(address, error="m").svg_data_uri(scale=5, border=2, dark="#12131f", light="#ffffff")
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return TotpSetup(groups, drawn, address, encrypted(f"{person_id}:{secret}"))


def secret_of(setup: str, person_id: int) -> str | None:
    """Return the secret of a set-up of this person begun in the last quarter of an hour."""
    owner, _colon, secret = (decrypted(setup, SETUP_LASTS) or "").partition(":")
    return secret if owner == str(person_id) and secret else None


def step_of(secret: str, code: str, now: datetime, after: int = 0) -> int | None:
    """Return the time step of a code that is right at this moment and later than the last one that was used."""
    typed = "".join(code.split())
    present = int(now.timestamp()) // STEP
    codes = pyotp.TOTP(secret, interval=STEP)
    right = [step for step in (present - 1, present, present + 1) if _same(codes.generate_otp(step), typed)]
    return next((step for step in right if step > after), None)


def _same(code: str, typed: str) -> bool:
    return hmac.compare_digest(code.encode(), typed.encode("utf-8", "ignore"))
