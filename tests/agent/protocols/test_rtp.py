"""Of a flow that only starts like RTP, RTP is not told."""

import pytest

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import PortHint
from schouw_agent.protocols.rtp import DECODER
from tests.agent.protocols import cases_rtp

COUNTER = [bytes.fromhex("80600001 00000000") + bytes([0, 0, 0, n]) + b"x" * 40 for n in range(9)]
LOOKALIKES = [
    # Name, and datagrams whose first one fits RTP.
    ("ONC RPC over UDP", [bytes.fromhex("80600001 00000000 00000002") + bytes(40)]),
    ("SRT or UDT", [bytes.fromhex("80000000 00000000 1a2b3c4d 00000000") + bytes(48)]),
    ("Omron FINS", [bytes.fromhex("80000200 01000001 00000101 82000000 0001")]),
    ("a counter where the source stands", COUNTER),
    (
        "nothing goes on",
        [bytes([0x80, 0x60, n * 7 % 256]) + bytes(range(n, n + 60)) for n in range(9)],
    ),
]


def told(chunks) -> str:
    conversation = DECODER.open(PortHint("udp", 41000, 29170))
    for from_orig, octets in chunks:
        try:
            conversation.feed(from_orig, octets)
        except DecodeError:
            if not conversation.wanted:
                break
    return conversation.protocol or "rtp"


@pytest.mark.parametrize("case", cases_rtp.CASES, ids=lambda case: case["name"])
def test_what_goes_on_is_told_as_rtp(case) -> None:
    assert told(case["chunks"]) == "rtp"


def test_a_way_through_nat_may_be_opened_with_anything() -> None:
    assert told([(True, b"\r\n"), *cases_rtp.CASES[0]["chunks"]]) == "rtp"


@pytest.mark.parametrize("case", cases_rtp.INVALID, ids=lambda case: case["name"])
def test_what_breaks_off_is_not(case) -> None:
    assert told(case["chunks"]) == "unknown"


@pytest.mark.parametrize(("name", "datagrams"), LOOKALIKES, ids=[each[0] for each in LOOKALIKES])
def test_what_starts_alike_is_not(name: str, datagrams: list[bytes]) -> None:
    del name
    assert DECODER.probe(datagrams[0], b"", PortHint("udp", 41000, 29170)) >= 0.5
    assert told([(True, each) for each in datagrams]) == "unknown"
