"""A passkey in a test: it answers as a browser does, or as somebody does who wants to be taken for it."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    """Return bytes as a browser writes them."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class SoftPasskey:
    """A P-256 key with its counter."""

    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    counter: int = 0

    def made(self, challenge: bytes, origin: str, host: str, **changed: Any) -> str:
        """Return what a browser says when it has made this passkey."""
        about = self._about(host, PRESENT | ATTESTED, **changed) + self._attested()
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": about})
        client = self._client("webauthn.create", challenge, origin)
        return self._json({"clientDataJSON": text(client), "attestationObject": text(attestation)})

    def shown(self, challenge: bytes, origin: str, host: str, *, kind: str = "webauthn.get", **changed: Any) -> str:
        """Return what a browser says when this passkey was used; the counter goes on."""
        self.counter += 1
        about, client = self._about(host, PRESENT | VERIFIED, **changed), self._client(kind, challenge, origin)
        signature = self.key.sign(about + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": about, "signature": signature}
        return self._json({name: text(part) for name, part in parts.items()})

    def _about(self, host: str, flags: int, present: bool = True, counter: int | None = None) -> bytes:
        flags = flags if present else flags & ~PRESENT
        count = self.counter if counter is None else counter
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + count.to_bytes(4)

    def _attested(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        return bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + cbor2.dumps(cose)

    def _client(self, kind: str, challenge: bytes, origin: str) -> bytes:
        return json.dumps({"type": kind, "challenge": text(challenge), "origin": origin, "crossOrigin": False}).encode()

    def _json(self, response: dict[str, str]) -> str:
        named = {"id": text(self.credential_id), "rawId": text(self.credential_id), "type": "public-key"}
        return json.dumps({**named, "response": response, "clientExtensionResults": {}})
