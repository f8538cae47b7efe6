"""Signatures: what is signed verifies, and nothing else does."""

import base64
import hashlib
import json
import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from schouw_agent.errors import ConfigError, SignatureError
from schouw_agent.signing import fingerprint, load_or_create_key, read_trusted, sign, verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
TYPE = "application/vnd.schouw.report+json"
FINGERPRINT = fingerprint(KEY.public_key())


def _envelope(**changes):
    envelope = json.loads(sign(TYPE, b"{}", KEY))
    signature = envelope["signatures"][0]
    for name, value in changes.items():
        (signature if name in signature else envelope)[name] = value
    return json.dumps(envelope).encode()


@given(st.binary(max_size=300), st.text(max_size=40))
def test_what_is_signed_verifies_octet_for_octet(payload, payload_type):
    verified = verify(sign(payload_type, payload, KEY), trusted=[FINGERPRINT])
    assert verified.payload == payload
    assert verified.payload_type == payload_type
    assert verified.fingerprint == FINGERPRINT


@settings(max_examples=300)
@given(st.data())
def test_one_flipped_bit_fails_or_changes_nothing(data):
    envelope = bytearray(sign(TYPE, b'{"category": "sound_level"}', KEY))
    at = data.draw(st.integers(0, len(envelope) - 1))
    envelope[at] ^= 1 << data.draw(st.integers(0, 7))
    try:
        verified = verify(bytes(envelope))
    except SignatureError:
        return
    # Only white space between the JSON tokens may differ.
    assert json.loads(envelope) == json.loads(sign(TYPE, b'{"category": "sound_level"}', KEY))
    assert verified.payload == b'{"category": "sound_level"}'


def test_the_signature_is_over_the_encoding_of_the_dsse_specification():
    signature = json.loads(sign("http://example.org/HelloWorld", b"hello world", KEY))
    KEY.public_key().verify(
        base64.b64decode(signature["signatures"][0]["sig"]),
        b"DSSEv1 29 http://example.org/HelloWorld 11 hello world",
    )


B64 = base64.b64encode
INVALID = [
    (b"", "not JSON"),
    (b"[]", "not a DSSE envelope"),
    (b"null", "not a DSSE envelope"),
    (b'{"payload": "", "signatures": []}', "not a DSSE envelope"),
    (_envelope(signatures=[]), "exactly one signature"),
    (_envelope(signatures=[{}, {}]), "exactly one signature"),
    (_envelope(signatures=["x"]), "not a DSSE envelope"),
    (_envelope(payload=None), "the payload is missing"),
    (_envelope(payload="e30"), "the payload is not base64"),
    (_envelope(payload="e31="), "the payload is not base64 as it was written"),
    (_envelope(payload=B64(b"[]").decode()), "does not fit the content"),
    (_envelope(payloadType="text/plain"), "does not fit the content"),
    (_envelope(sig=B64(bytes(64)).decode()), "does not fit the content"),
    (_envelope(sig=""), "does not fit the content"),
    (_envelope(keyid="00" * 32), "the key id is not that of the public key"),
    (_envelope(publicKey=B64(bytes(32)).decode()), "the key id is not that of the public key"),
    (
        _envelope(publicKey=B64(b"short").decode(), keyid=hashlib.sha256(b"short").hexdigest()),
        "not an Ed25519 key",
    ),
]


@pytest.mark.parametrize(("envelope", "reason"), INVALID)
def test_a_damaged_envelope_fails_and_says_what_does_not_fit(envelope, reason):
    with pytest.raises(SignatureError, match=reason):
        verify(envelope)


def test_another_signer_fails_under_trust_and_is_named():
    envelope = sign(TYPE, b"{}", OTHER)
    assert verify(envelope).fingerprint == fingerprint(OTHER.public_key())
    with pytest.raises(SignatureError, match=fingerprint(OTHER.public_key())):
        verify(envelope, trusted=[FINGERPRINT])


def test_a_fingerprint_is_eight_groups_of_four_hex_digits_of_the_sha256():
    raw = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    assert FINGERPRINT.replace(" ", "") == hashlib.sha256(raw).hexdigest()[:32]
    assert [len(group) for group in FINGERPRINT.split(" ")] == [4] * 8


@pytest.mark.parametrize(
    "text",
    [
        FINGERPRINT,
        FINGERPRINT.upper(),
        FINGERPRINT.replace(" ", ":"),
        FINGERPRINT.replace(" ", ""),
        hashlib.sha256(KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest(),
    ],
)
def test_a_trusted_fingerprint_may_be_written_in_several_ways(text):
    assert read_trusted(text) == FINGERPRINT


@pytest.mark.parametrize("text", ["", "no-such-file", "12ab", FINGERPRINT + " 00", "é" * 32])
def test_what_is_neither_key_nor_fingerprint_is_refused(text):
    with pytest.raises(ConfigError, match="neither a file nor a fingerprint"):
        read_trusted(text)


def test_a_trusted_key_may_be_a_file_with_either_half(tmp_path):
    private = tmp_path / "key.pem"
    private.write_bytes(_pem(KEY))
    public = tmp_path / "key.pub"
    public.write_bytes(
        KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    assert read_trusted(str(private)) == read_trusted(str(public)) == FINGERPRINT


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "state" / "schouw" / "signing-key.pem"
    key = load_or_create_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = load_or_create_key(path)
    assert fingerprint(again.public_key()) == fingerprint(key.public_key())
    assert [item.name for item in path.parent.iterdir()] == ["signing-key.pem"]


def _pem(key, encryption=None):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


BAD_KEYS = [
    (b"", 0o600, "not a PEM private key"),
    (b"hello", 0o600, "not a PEM private key"),
    (_pem(KEY), 0o640, "can be read by others"),
    (_pem(KEY), 0o604, "can be read by others"),
    (_pem(KEY, BestAvailableEncryption(b"secret")), 0o600, "protected by a password"),
    (_pem(generate_private_key(SECP256R1())), 0o600, "not an Ed25519 key"),
    (b"-" * 20_000, 0o600, "not a key file"),
]


@pytest.mark.parametrize(("octets", "mode", "reason"), BAD_KEYS)
def test_an_unsafe_or_wrong_key_file_is_refused_and_kept(tmp_path, octets, mode, reason):
    path = tmp_path / "signing-key.pem"
    path.write_bytes(octets)
    path.chmod(mode)
    with pytest.raises(ConfigError, match=reason) as caught:
        load_or_create_key(path)
    assert "PRIVATE" not in caught.value.diagnostics()
    assert path.read_bytes() == octets


def test_a_folder_that_cannot_be_made_gives_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="the signing key"):
        load_or_create_key(tmp_path / "file" / "signing-key.pem")
    with pytest.raises(ConfigError, match="the signing key"):
        load_or_create_key(Path(os.fspath(tmp_path)))
