"""The wire format of Protocol Buffers, by rows of the specification's own examples."""

import pytest

from schouw_agent.errors import DecodeError
from schouw_agent.formats.protobuf_wire import Field, floating, read_fields, signed, zigzag


def test_fields_in_their_order():
    octets = bytes.fromhex("089601 1207 74657374696e67 1a03089601 25 0000803f 29 000000000000f03f")
    assert read_fields(octets) == [
        Field(1, 0, 150),
        Field(2, 2, b"testing"),
        Field(3, 2, b"\x08\x96\x01"),
        Field(4, 5, b"\x00\x00\x80\x3f"),
        Field(5, 1, b"\x00\x00\x00\x00\x00\x00\xf0\x3f"),
    ]


@pytest.mark.parametrize(
    ("why", "octets"),
    [
        ("a varint that never ends", b"\x08" + b"\xff" * 12),
        ("a varint of more than 64 bits", b"\x08" + b"\xff" * 9 + b"\x7f"),
        ("field number 0", b"\x00\x01"),
        ("a group", b"\x0b\x0c"),
        ("longer than the message", b"\x0a\x05ab"),
        ("cut in a fixed field", b"\x0d\x00\x00"),
        ("fields without end", b"\x08\x01" * 5000),
    ],
)
def test_malformed(why, octets):
    with pytest.raises(DecodeError, match=r"^protobuf: "):
        read_fields(octets)


def test_numbers():
    assert signed(2**64 - 2) == -2
    assert [zigzag(n) for n in (0, 1, 2, 3)] == [0, -1, 1, -2]
    assert (floating(b"\x00\x00\x80\x3f"), floating(b"\x00\x00\x00\x00\x00\x00\xf0\x3f")) == (1, 1)
    with pytest.raises(DecodeError):
        floating(b"\x00")
