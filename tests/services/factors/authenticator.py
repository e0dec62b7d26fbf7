"""A passkey device in software: it signs whatever it is asked to, rightly or as an attacker would."""

import json
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, NEW_KEY = 0x01, 0x04, 0x40
ORIGIN = "http://localhost:8000"


class Device:
    """One credential on one device; `origin`, `name` and `flags` are what the browser would fill in."""

    def __init__(self, origin: str = ORIGIN, name: str = "localhost", flags: int = PRESENT | VERIFIED) -> None:
        self.origin, self.name, self.flags = origin, name, flags
        self.identifier, self.key, self.count = token_bytes(32), ec.generate_private_key(ec.SECP256R1()), 0
        self.handle = ""

    def register(self, options: str) -> str:
        """Answer `navigator.credentials.create()`."""
        asked = json.loads(options)
        self.handle = asked["user"]["id"]
        point = self.key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        attested = bytes(16) + len(self.identifier).to_bytes(2, "big") + self.identifier + public
        data = self._data(self.flags | NEW_KEY) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", asked["challenge"])
        return self._answer({"clientDataJSON": said, "attestationObject": attestation})

    def sign(self, options: str, **changed: Any) -> str:
        """Answer `navigator.credentials.get()`; the counter goes on unless `count` says otherwise."""
        self.count = changed.pop("count", self.count + 1)
        data = self._data(self.flags)
        said = self._said("webauthn.get", changed.pop("challenge", json.loads(options)["challenge"]))
        signature = self.key.sign(data + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {"clientDataJSON": said, "authenticatorData": data, "signature": signature}
        return self._answer(answer, userHandle=changed.pop("handle", self.handle))

    def _data(self, flags: int) -> bytes:
        return sha256(self.name.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _answer(self, parts: dict[str, bytes], **texts: str) -> str:
        identifier = bytes_to_base64url(self.identifier)
        response = {name: bytes_to_base64url(part) for name, part in parts.items()} | texts
        return json.dumps({"id": identifier, "rawId": identifier, "type": "public-key", "response": response})


def challenge_in(options: str) -> bytes:
    """Read what has to be signed."""
    return base64url_to_bytes(json.loads(options)["challenge"])
