"""Remote identification: messages written out by hand from ASTM F3411-22a, 5.4.5."""

import random
import struct
from contextlib import suppress

import pytest

from schouw_agent.errors import DecodeError
from schouw_agent.protocols.remote_id_messages import RemoteId, parse

BASIC = bytes([0x02, 0x12]) + b"TEST0000000000007".ljust(20, b"\0") + bytes(3)
SESSION = bytes([0x02, 0x41]) + b"\x01\xaa".ljust(20, b"\0") + bytes(3)
LOCATION = bytes([0x12, 0x22]) + struct.pack(
    "<BBbiiHHHBBHBB", 90, 12, 0, 523700000, 49000000, 0, 2100, 2040, 0, 0, 0, 0, 0
)
NOWHERE = bytes([0x12, 0x20]) + struct.pack(
    "<BBbiiHHHBBHBB", 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
)
FAST = LOCATION[:1] + b"\x21" + LOCATION[2:]
SYSTEM = bytes([0x42, 0]) + struct.pack("<ii", 523710000, 49010000) + bytes(15)
OPERATOR = bytes([0x52, 0]) + b"NLDabcdefgh12345".ljust(20, b"\0") + bytes(3)
DESCRIBED = bytes([0x32, 0]) + b"Quay survey".ljust(23, b"\0")
PACK = bytes([0xF2, 25, 2]) + BASIC + OPERATOR
PLACE = {"latitude": 52.37, "longitude": 4.9, "altitude": 50.0, "height": 20.0}

MESSAGES = [
    (BASIC, "basic_id", {"vehicle": {"ua_type": "multirotor", "serial": "TEST0000000000007"}}),
    (SESSION, "basic_id", {"vehicle": {"ua_type": "aeroplane", "session_id": "01aa"}}),
    (LOCATION, "location", {"vehicle": PLACE | {"gps_course": 270, "gps_speed": 3.0}}),
    (FAST, "location", {"vehicle": PLACE | {"gps_course": 90, "gps_speed": 72.75}}),
    (NOWHERE, "location", {}),
    (SYSTEM, "system", {"operator_person": {"latitude": 52.371, "longitude": 4.901}}),
    (OPERATOR, "operator_id", {"operator_person": {"operator_id": "NLDabcdefgh12345"}}),
    (DESCRIBED, "self_id", {"vehicle": {"description": "Quay survey"}}),
    (bytes([0x22]) + bytes(24), "authentication", {}),
]


@pytest.mark.parametrize(("octets", "kind", "values"), MESSAGES)
def test_a_message_says(octets, kind, values):
    assert parse(octets) == [RemoteId(kind, values)]


def test_a_pack_holds_several():
    assert [message.kind for message in parse(PACK)] == ["basic_id", "operator_id"]


@pytest.mark.parametrize(
    "octets",
    [b"", BASIC[:-1], b"\x72" + bytes(24), PACK[:-1], b"\xf2\x18\x01" + BASIC, b"\xf2\x19\x0a"],
)
def test_what_is_none_is_refused(octets):
    with pytest.raises(DecodeError):
        parse(octets)


def test_damage_gives_no_other_error():
    chance = random.Random(4)
    for _ in range(2000):
        octets = bytearray(PACK)
        octets[chance.randrange(len(octets))] = chance.randrange(256)
        with suppress(DecodeError):
            parse(bytes(octets))
