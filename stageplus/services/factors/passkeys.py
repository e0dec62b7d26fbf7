"""Passkeys as the browser speaks of them: what we ask, and whether the answer is right."""

import json
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from stageplus.config import settings
from stageplus.models import Passkey, Person
from stageplus.services.factors.keys import digest
from stageplus.services.factors.schemas import PasskeySite

VERIFIED = UserVerificationRequirement.REQUIRED
"""The device recognises its owner, by finger, face or code: that makes a passkey two factors in one."""


def passkey_site() -> PasskeySite:
    """Say for which name passkeys are made and from where they come: a name, never a bare number such as 127.0.0.1."""
    address = settings().site
    host = urlsplit(address).hostname or ""
    try:
        loopback = ip_address(host).is_loopback
    except ValueError:
        return PasskeySite(host, address)
    return PasskeySite("localhost", f"http://localhost:{settings().port}") if loopback else PasskeySite("", "")


def handle_of(person_id: int) -> bytes:
    """Return the name under which an authenticator files somebody: always the same, and it tells nothing."""
    return bytes.fromhex(digest("passkey handle", str(person_id)))


def registration_options(person: Person, present: Sequence[Passkey], challenge: bytes) -> str:
    """Ask a browser for a new passkey of somebody, not on a device that has one."""
    selection = AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED)
    options = generate_registration_options(
        rp_id=passkey_site().name,
        rp_name="Stage+",
        user_id=handle_of(person.id or 0),
        user_name=person.email,
        user_display_name=f"{person.first_name} {person.last_name}",
        challenge=challenge,
        authenticator_selection=selection,
        exclude_credentials=_descriptors(present),
    )
    return options_to_json(options)


def authentication_options(present: Sequence[Passkey], challenge: bytes) -> str:
    """Ask a browser for one of these passkeys, or for any of this site when none is named."""
    options = generate_authentication_options(
        rp_id=passkey_site().name,
        challenge=challenge,
        allow_credentials=_descriptors(present),
        user_verification=VERIFIED,
    )
    return options_to_json(options)


def registered(credential: str, challenge: bytes) -> dict[str, Any] | None:
    """Return what is kept of a new passkey when the answer is right."""
    site = passkey_site()
    try:
        found = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001 — whatever a browser sends, it proves nothing, and the library has many errors
        return None
    return {
        "credential_id": bytes_to_base64url(found.credential_id),
        "public_key": bytes_to_base64url(found.credential_public_key),
        "sign_count": found.sign_count,
    }


def counted(credential: str, challenge: bytes, passkey: Passkey) -> int | None:
    """Return the new count of signatures when this passkey signed this challenge here; nothing otherwise."""
    site = passkey_site()
    try:
        found = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001 — whatever a browser sends, it proves nothing, and the library has many errors
        return None
    return found.new_sign_count


def claimed(credential: str, *path: str) -> str:
    """Read one text of what a browser sent, before anything of it is believed; empty when it is not there."""
    try:
        found = json.loads(credential)
        for name in path:
            found = found[name]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return found if isinstance(found, str) else ""


def claimed_challenge(credential: str) -> str:
    """Read which challenge an answer says to have signed."""
    try:
        client_data = base64url_to_bytes(claimed(credential, "response", "clientDataJSON")).decode()
    except ValueError:
        return ""
    return claimed(client_data, "challenge")


def _descriptors(present: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential_id)) for each in present]
