"""Signatures over what leaves the machine: Ed25519 in DSSE envelopes, and the key's keeping.

Source: DSSE protocol and envelope 1.0.2 (github.com/secure-systems-lab/dsse), RFC 8032.
"""

import base64
import binascii
import contextlib
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from schouw_agent.errors import ConfigError, SignatureError

MAX_ENVELOPE_OCTETS = 256 << 20
"""A larger envelope is refused before it is parsed."""
_MAX_KEY_OCTETS = 16 << 10
_WRITTEN_DIGITS = 32
"""Hex digits that people write down: 128 bits, beyond finding a second key with the same ones."""


class Verified(NamedTuple):
    """What an envelope holds, after its signature was found to fit."""

    payload: bytes
    """The octets as they were signed."""
    payload_type: str
    public_key: Ed25519PublicKey
    fingerprint: str
    """Of the key that signed, as `fingerprint` writes it."""


def sign(payload_type: str, payload: bytes, key: Ed25519PrivateKey) -> bytes:
    """Return a DSSE envelope, as JSON, over exactly these octets.

    `keyid` is the SHA-256 of the raw public key, in hex.  The public key itself stands beside
    it (an additional field, which DSSE allows), so that an envelope can be checked on its own;
    whose key it is, only a trusted fingerprint tells.
    """
    raw = _raw(key.public_key())
    return _written(
        {
            "payload": base64.b64encode(payload).decode(),
            "payloadType": payload_type,
            "signatures": [
                {
                    "keyid": hashlib.sha256(raw).hexdigest(),
                    "publicKey": base64.b64encode(raw).decode(),
                    "sig": base64.b64encode(key.sign(_encoding(payload_type, payload))).decode(),
                }
            ],
        }
    )


def _written(envelope: dict[str, Any]) -> bytes:
    layout = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(envelope, option=layout)


def is_as_written(envelope: bytes) -> bool:
    """Tell whether an envelope that `verify` accepts is, octet for octet, what `sign` writes.

    The signature covers the payload only: what stands beside it can be added to unseen.
    """
    parsed = orjson.loads(envelope)
    known = {"payload", "payloadType", "signatures"}
    own = {"keyid", "publicKey", "sig"}
    whole = parsed.keys() == known and parsed["signatures"][0].keys() == own
    return whole and _written(parsed) == envelope


def verify(envelope: bytes, *, trusted: Collection[str] | None = None) -> Verified:
    """Return the payload of a DSSE envelope whose one signature fits it, octet for octet.

    `trusted`: fingerprints of which the signer's must be one; None: any signer, who is then
    unknown.  Raises `SignatureError` with what does not fit.
    """
    payload, payload_type, signature = _parts(envelope)
    raw = _decoded(signature.get("publicKey"), "the public key")
    if hashlib.sha256(raw).hexdigest() != signature.get("keyid"):
        raise SignatureError("the key id is not that of the public key")
    try:
        public_key = Ed25519PublicKey.from_public_bytes(raw)
        public_key.verify(
            _decoded(signature.get("sig"), "the signature"), _encoding(payload_type, payload)
        )
    except ValueError:
        raise SignatureError("the public key is not an Ed25519 key") from None
    except InvalidSignature:
        raise SignatureError("the signature does not fit the content") from None
    mine = fingerprint(public_key)
    if trusted is not None and mine not in trusted:
        raise SignatureError(f"signed by another key than the trusted one: {mine}")
    return Verified(payload, payload_type, public_key, mine)


def fingerprint(public_key: Ed25519PublicKey) -> str:
    """Return the key's name for people to write down: eight groups of four hex digits.

    They are the first 128 bits of the SHA-256 of the raw public key (32 octets).
    """
    return _grouped(hashlib.sha256(_raw(public_key)).hexdigest())


def public_key_text(public_key: Ed25519PublicKey) -> str:
    """Return the raw public key (32 octets) in base64."""
    return base64.b64encode(_raw(public_key)).decode()


def read_trusted(text: str) -> str:
    """Return the fingerprint that a user gave, or that of the key in the file that they named.

    A file holds a PEM public key, or the PEM private key of the user.  A fingerprint has 32 hex
    digits, or all 64 of the SHA-256, with any spaces, colons or hyphens.  Raises `ConfigError`.
    """
    path = Path(text)
    if path.is_file():
        return _fingerprint_of_file(path)
    digits = re.sub(r"[\s:-]", "", text).lower()
    if not re.fullmatch(r"[0-9a-f]{32}|[0-9a-f]{64}", digits):
        raise ConfigError(
            "the trusted key is neither a file nor a fingerprint of 32 or 64 hex digits"
        )
    return _grouped(digits)


def load_or_create_key(path: Path) -> Ed25519PrivateKey:
    """Return the signing key kept in a file, which is made at the first use.

    PEM (PKCS #8), for its owner's eyes only.  Raises `ConfigError` if the file can be read by
    others, or is not such a key, or cannot be made.
    """
    try:
        if not path.exists():
            _create(path)
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            _refuse_unsafe(path, status)
            return _private_key(path, file.read(_MAX_KEY_OCTETS))
    except OSError as error:
        raise ConfigError(f"the signing key {path}: {error.strerror}") from None


def _refuse_unsafe(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode) or status.st_size >= _MAX_KEY_OCTETS:
        raise ConfigError(f"the signing key {path} is not a key file")
    # Windows keeps no such permissions: its profile folder is private by itself.
    if os.name == "posix" and status.st_mode & 0o077:
        raise ConfigError(f"the signing key {path} can be read by others; run: chmod 600 {path}")


def _private_key(path: Path, pem: bytes) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError:
        raise ConfigError(f"the signing key {path} is protected by a password") from None
    except (ValueError, UnsupportedAlgorithm):
        raise ConfigError(f"the signing key {path} is not a PEM private key") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigError(f"the signing key {path} is not an Ed25519 key")
    return key


def _create(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    # mkstemp gives mode 0600.  A link, unlike a rename, never replaces the key that another
    # process made in the meantime.
    number, temporary = tempfile.mkstemp(dir=path.parent, prefix=".signing-key-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            Path(path).hardlink_to(temporary)
    finally:
        Path(temporary).unlink()


def _fingerprint_of_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            pem = file.read(_MAX_KEY_OCTETS)
    except OSError as error:
        raise ConfigError(f"the trusted key {path}: {error.strerror}") from None
    try:
        if b"PRIVATE KEY" in pem:
            return fingerprint(_private_key(path, pem).public_key())
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise ConfigError(f"the trusted key {path} is not a PEM key") from None
    if not isinstance(key, Ed25519PublicKey):
        raise ConfigError(f"the trusted key {path} is not an Ed25519 key")
    return fingerprint(key)


def _parts(envelope: bytes) -> tuple[bytes, str, dict[str, Any]]:
    if len(envelope) > MAX_ENVELOPE_OCTETS:
        raise SignatureError("the envelope is too large")
    try:
        parsed = orjson.loads(envelope)
    except ValueError:
        raise SignatureError("the envelope is not JSON") from None
    if not isinstance(parsed, dict) or not isinstance(parsed.get("payloadType"), str):
        raise SignatureError("the envelope is not a DSSE envelope")
    signatures = parsed.get("signatures")
    # Schouw signs once; what a second signature would vouch for is not defined.
    if not isinstance(signatures, list) or len(signatures) != 1:
        raise SignatureError("the envelope does not bear exactly one signature")
    if not isinstance(signatures[0], dict):
        raise SignatureError("the envelope is not a DSSE envelope")
    return _decoded(parsed.get("payload"), "the payload"), parsed["payloadType"], signatures[0]


def _decoded(text: object, what: str) -> bytes:
    if not isinstance(text, str):
        raise SignatureError(f"{what} is missing")
    try:
        octets = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise SignatureError(f"{what} is not base64") from None
    # One spelling for one content: base64 has spare bits that a flipped bit could hide in.
    if base64.b64encode(octets).decode() != text:
        raise SignatureError(f"{what} is not base64 as it was written")
    return octets


def _encoding(payload_type: str, payload: bytes) -> bytes:
    """Return the pre-authentication encoding (DSSE protocol, "Signature Definition")."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def _raw(public_key: Ed25519PublicKey) -> bytes:
    return public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _grouped(digits: str) -> str:
    return " ".join(digits[i : i + 4] for i in range(0, _WRITTEN_DIGITS, 4))
