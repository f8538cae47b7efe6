"""By which hash functions a value may have been made a pseudonym, and how a digest is written."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

Hash = Callable[[bytes], bytes]


def _plain(name: str, octets: bytes) -> bytes:
    return hashlib.new(name, octets, usedforsecurity=False).digest()


def _blake2(make: Callable[..., Any], size: int, octets: bytes) -> bytes:
    return bytes(make(octets, digest_size=size, usedforsecurity=False).digest())


# FIPS 180-4 and 202, RFC 1321 and 7693.  A truncated SHA is found by its first octets; BLAKE2 of
# another length is another function.
_NAMES = {
    "MD5": "md5", "SHA-1": "sha1", "SHA-224": "sha224", "SHA-256": "sha256", "SHA-384": "sha384",
    "SHA-512": "sha512", "SHA3-224": "sha3_224", "SHA3-256": "sha3_256", "SHA3-384": "sha3_384",
    "SHA3-512": "sha3_512",
}  # fmt: skip
ALGORITHMS: Mapping[str, Hash] = {
    **{name: partial(_plain, each) for name, each in _NAMES.items()},
    **{f"BLAKE2b-{8 * n}": partial(_blake2, hashlib.blake2b, n) for n in (16, 20, 32, 64)},
    **{f"BLAKE2s-{8 * n}": partial(_blake2, hashlib.blake2s, n) for n in (16, 32)},
}


def digests(octets: bytes, salts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each way to hash a value, and the digest; a salt is named by its label."""
    for name, hashed in ALGORITHMS.items():
        yield name, hashed(octets)
        for label, salt in salts.items():
            yield f"{name} with salt {label} before", hashed(salt + octets)
            yield f"{name} with salt {label} after", hashed(octets + salt)
    for label, salt in salts.items():
        for name, each in _NAMES.items():
            yield f"HMAC-{name} with key {label}", hmac.digest(salt, octets, each)


def written(digest: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield encoding and octets of what a digest, or 64 bits of either end of it, must contain.

    In hexadecimal it is in lower case.  In base64 it is what any truncation by whole octets has.
    """
    for part in (digest[:8], digest[-8:]):
        yield "hexadecimal", part.hex().encode()
        yield "octets", part
    # What follows the first eight octets changes the eleventh character.
    for part in (digest[:8], digest[:9]):
        yield from _base64(part, 11)
    # Where the last group begins depends on how many octets are left.
    for part in (digest[-8:], digest[-9:], digest[-10:]):
        yield from _base64(part, 14)


def _base64(part: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    standard = base64.b64encode(part).rstrip(b"=")[:most]
    yield "base64", standard
    url = standard.translate(bytes.maketrans(b"+/", b"-_"))
    if url != standard:
        yield "base64url", url
