"""A planted value is found however it is written, encoded or hashed; and what is alike is not."""

import base64
import hashlib
import hmac
import random
from collections.abc import Callable
from urllib.parse import quote

import pytest

from schouw_agent.privacy.canaries import Canaries
from schouw_agent.privacy.canary_file import parse_canaries

MAC = "02:00:5e:10:53:0f"
SIX = bytes.fromhex("02005e10530f")
FILE = f"""
[mac]
phone = {MAC}
[plate]
car = QO-971-Q
[name]
walker = Kwik Tëstpersoon
[phone]
mobile = 06-98765432
[email]
letters = walker@example.org
[text]
sentence = zevenentwintig paarse kanaries
[salt]
vendor = "pepper:"
"""

# Label, the notation that is reported, and what stands in the message.
PLAIN = [
    ("phone", "colons", MAC),
    ("phone", "colons", MAC.upper()),
    ("phone", "hyphens", MAC.replace(":", "-")),
    ("phone", "dots", "0200.5E10.530F"),
    ("phone", "no separators", "02005e10530f"),
    ("phone", "no separators", "esp02005E10530Fx"),
    ("phone", "colons, reversed", "0f:53:10:5e:00:02"),
    ("phone", "no separators, reversed", "0F53105E0002"),
    ("phone", "decimal number", "2200601383695"),
    ("phone", "list of numbers", "[2, 0, 94, 16, 83, 15]"),
    ("phone", "list of numbers", "2,0,94,16,83,15"),
    ("phone", "IPv6 interface identifier", "fe80::0:5eff:fe10:530f"),
    ("car", "no separators", "QO971Q"),
    ("car", "hyphens", "qo-971-q"),
    ("car", "spaces", "QO 971 Q"),
    ("walker", "words", "KWIK TËSTPERSOON"),
    ("walker", "with dots, without accents", "kwik.testpersoon"),
    ("walker", "last name first", "Tëstpersoon, Kwik"),
    ("mobile", "national", "0698765432"),
    ("mobile", "international", "+31698765432"),
    ("mobile", "international with 00", "0031698765432"),
    ("mobile", "in groups", "+31 6 98765432"),
    ("mobile", "in groups", "06-98 76 54 32"),
    ("letters", "words", "Walker@Example.ORG"),
    ("sentence", "with underscores", "zevenentwintig_paarse_kanaries"),
]

# What must not be taken for a canary, with the reason.
ALIKE = [
    ("another address", "02:00:5e:10:53:0e"),
    ("a part of the address", "02:00:5e:10:53"),
    ("the plate within a longer code", "1QO971Q"),
    ("the plate before a letter", "QO971QY"),
    ("another number", "0698765431"),
    ("a longer number", "106987654321"),
    ("the integer within a longer one", "22006013836951"),
    ("a name that begins alike", "Kwik Tëstpersoonsen"),
    ("one word of the name", "Tëstpersoon"),
    ("another mail address", "awalker@example.org"),
]

HASHES: list[tuple[str, Callable[[bytes], bytes]]] = [
    (name, lambda octets, each=each: hashlib.new(each, octets).digest())  # type: ignore[misc]
    for name, each in {
        "MD5": "md5",
        "SHA-1": "sha1",
        "SHA-224": "sha224",
        "SHA-256": "sha256",
        "SHA-384": "sha384",
        "SHA-512": "sha512",
        "SHA3-256": "sha3_256",
        "SHA3-512": "sha3_512",
    }.items()
]
HASHES += [
    ("BLAKE2b-512", lambda octets: hashlib.blake2b(octets).digest()),
    ("BLAKE2b-256", lambda octets: hashlib.blake2b(octets, digest_size=32).digest()),
    ("BLAKE2s-256", lambda octets: hashlib.blake2s(octets).digest()),
    (
        "SHA-256 with salt vendor before",
        lambda octets: hashlib.sha256(b"pepper:" + octets).digest(),
    ),
    (
        "SHA-1 with salt vendor after",
        lambda octets: HASHES[1][1](octets + b"pepper:"),
    ),
    (
        "HMAC-SHA-256 with key vendor",
        lambda octets: hmac.digest(b"pepper:", octets, "sha256"),
    ),
]
HASHED = [
    ("phone", "colons, lower case", MAC.encode()),
    ("phone", "no separators, upper case", b"02005E10530F"),
    ("phone", "six octets", SIX),
    ("phone", "hyphens, reversed, upper case", b"0F-53-10-5E-00-02"),
    ("car", "no separators, upper case", b"QO971Q"),
    ("car", "hyphens, upper case", b"QO-971-Q"),
    ("mobile", "international", b"+31698765432"),
    ("letters", "words, lower case", b"walker@example.org"),
]


@pytest.fixture(scope="module")
def canaries() -> Canaries:
    return Canaries(parse_canaries("walk.toml", FILE.encode()))


def found(canaries: Canaries, octets: bytes) -> list[tuple[str, str, str, str]]:
    """Return label, notation, encoding and algorithm of everything that is found."""
    return [
        (s.label, s.notation, s.encoding, s.algorithm)
        for match in canaries.find([("value", "", octets)])
        for s in match.canaries
    ]


@pytest.mark.parametrize(("label", "notation", "text"), PLAIN)
def test_a_value_is_found_in_every_notation(
    canaries: Canaries, label: str, notation: str, text: str
) -> None:
    for octets in (text.encode(), f'{{"id":"{text}"}}'.encode(), f"a {text} z".encode()):
        assert (label, notation, "", "") in found(canaries, octets)


@pytest.mark.parametrize(("reason", "text"), ALIKE)
def test_what_is_alike_is_no_canary(canaries: Canaries, reason: str, text: str) -> None:
    assert found(canaries, text.encode()) == [], reason


@pytest.mark.parametrize("text", [MAC, "QO-971-Q", "Kwik Tëstpersoon", "walker@example.org"])
def test_an_encoded_value_is_found_wherever_it_begins(canaries: Canaries, text: str) -> None:
    octets = text.encode()
    assert found(canaries, octets.hex().encode())[0][2] == "hexadecimal"
    assert found(canaries, octets.hex().upper().encode())[0][2] == "hexadecimal"
    assert found(canaries, "".join(f"%{octet:02X}" for octet in octets).encode())[0][2] == (
        "URL-encoded"
    )
    assert found(canaries, f"q={quote(text, safe='')}".encode())
    for before in range(3):
        # Six bits of a short value at an unlucky place are too few to be sure of.
        if len(octets) > 8:
            whole = b"x" * before + octets + b"yz"
            assert found(canaries, base64.b64encode(whole))[0][2] == "base64"
            assert found(canaries, base64.urlsafe_b64encode(whole))[0][2] == "base64"


def test_octets_are_found_within_others(canaries: Canaries) -> None:
    assert found(canaries, b"\x01\x02" + SIX + b"\xff") == [("phone", "six octets", "", "")]
    assert found(canaries, b"\x01\x02" + SIX[::-1]) == [("phone", "six octets, reversed", "", "")]


@pytest.mark.parametrize(("algorithm", "hashed"), HASHES, ids=[each[0] for each in HASHES])
@pytest.mark.parametrize(("label", "notation", "octets"), HASHED)
def test_a_digest_is_found_whole_and_cut(
    canaries: Canaries,
    label: str,
    notation: str,
    octets: bytes,
    algorithm: str,
    hashed: Callable[[bytes], bytes],
) -> None:
    digest = hashed(octets)
    for size in sorted({8, 9, 10, 11, 16, 20, len(digest)} & set(range(len(digest) + 1))):
        for part in (digest[:size], digest[-size:]):
            for written in (
                part.hex(), part.hex().upper(), f"visitor-{part.hex()}-1",
                base64.b64encode(part).decode(), base64.urlsafe_b64encode(part).decode(),
            ):  # fmt: skip
                expected = {(label, notation, algorithm)}
                told = {(f[0], f[1], f[3]) for f in found(canaries, written.encode())}
                assert told == expected, (size, written)
            assert {(f[0], f[3]) for f in found(canaries, b"\0" + part)} == {(label, algorithm)}


def test_seven_octets_of_a_digest_prove_nothing(canaries: Canaries) -> None:
    digest = hashlib.sha256(MAC.encode()).digest()
    for part in (digest[:7], digest[-7:]):
        for octets in (part, part.hex().encode(), base64.b64encode(part)):
            assert found(canaries, octets) == []


def test_other_octets_hold_no_canary(canaries: Canaries) -> None:
    noise = random.Random(7)
    for _ in range(20):
        octets = noise.randbytes(50_000)
        for each in (octets, octets.hex().encode(), base64.b64encode(octets)):
            assert found(canaries, each) == []


def test_a_match_says_what_it_is_and_never_the_value(canaries: Canaries) -> None:
    digest = hashlib.sha256(MAC.encode()).hexdigest()
    (clear,) = canaries.find([("payload.mac", "teller", MAC.encode())])
    (hashed,) = canaries.find([("", "", digest.encode())])

    assert (clear.category, clear.path, clear.subject) == ("wifi_mac_raw", "payload.mac", "teller")
    assert (clear.confidence, clear.basis) == (1.0, ("canary",))
    assert [s.notation for s in clear.canaries] == ["colons"]
    assert hashed.category == "wifi_mac_hashed"
    assert {(s.notation, s.algorithm) for s in hashed.canaries} == {
        ("colons, lower case", "SHA-256")
    }
    assert clear.form == hashed.form == "known test value"
    for match in (clear, hashed):
        assert MAC not in repr(match)
        assert digest[:16] not in repr(match)


def test_what_has_a_place_is_not_told_again_for_the_message_as_a_whole(canaries: Canaries) -> None:
    matches = canaries.find([("", "", MAC.encode()), ("mac", "", MAC.upper().encode())])

    assert [match.path for match in matches] == ["mac"]


def test_two_canaries_at_one_place_are_both_told(canaries: Canaries) -> None:
    matches = canaries.find(
        [("people[]", "", b"walker@example.org"), ("people[]", "", b"0698765432")]
    )

    assert [[s.label for s in match.canaries] for match in matches] == [["letters", "mobile"]]


def test_who_speaks_of_itself_is_no_sensor_that_saw_somebody(canaries: Canaries) -> None:
    assert canaries.find([("mac", "", MAC.encode())], ("02:00:00:00:00:09", MAC)) == []
    assert canaries.find([("plate", "", b"QO-971-Q")], ("02:00:00:00:00:09", MAC))
