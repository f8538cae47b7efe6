"""What many small or broken pieces may make a decoder hold is bounded."""

import gc
import sys
import zlib
from types import FunctionType, ModuleType

import pytest

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import PortHint
from schouw_agent.protocols.amqp import DECODER as AMQP
from schouw_agent.protocols.coap import DECODER as COAP
from schouw_agent.protocols.http import DECODER as HTTP
from schouw_agent.protocols.stream import BODY_LIMIT

UPGRADE = b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"
SWITCHED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
MOST = 8 * 2**20


def held(conversation, pieces, from_orig=True):
    """Return the octets that a conversation holds after these pieces.

    Everything that can be reached from it is added up; what else came to be, in a cache for
    instance, may be a few thousand blocks at the most.
    """
    pieces = list(pieces)
    before = sys.getallocatedblocks()
    for piece in pieces:
        conversation.feed(from_orig, piece)
    octets, blocks = reached(conversation)
    assert sys.getallocatedblocks() - before < blocks + 20_000
    return octets


def reached(thing):
    """Return the octets and the number of the objects that can be reached from one."""
    octets, seen, waiting = 0, {}, [thing]
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, type | ModuleType | FunctionType):
            continue
        seen[id(each)] = each
        octets += sys.getsizeof(each)
        waiting += gc.get_referents(each)
    return octets, len(seen)


def websocket(extensions=b""):
    conversation = HTTP.open(PortHint("tcp", 41000, 80))
    conversation.feed(True, UPGRADE)
    conversation.feed(False, SWITCHED + extensions + b"\r\n")
    return conversation


def test_blocks_of_very_many_bodies():
    coap = COAP.open(PortHint("udp", 41000, 5683))
    blocks = (
        # A request with Uri-Path, an ETag that differs, and a block in the middle.
        bytes([0x50, 2]) + n.to_bytes(2, "big") + b"\x42" + n.to_bytes(2, "big")
        + b"\x71a" + b"\xd1\x03\x1e" + b"\xff" + bytes(1000)
        for n in range(20_000)
    )  # fmt: skip
    assert held(coap, blocks) < MOST


def test_parts_of_a_message_without_an_end():
    assert held(websocket(), [b"\x01\x00"] + [b"\x00\x00" * 1000] * 200, False) < MOST
    assert held(websocket(), [b"\x01\x00"] + [b"\x00\x01a" * 1000] * 200, False) < MOST


def test_streams_that_never_end():
    head = bytes.fromhex("000003 01 04")
    frames = (head + n.to_bytes(4, "big") + b"\x83\x86\x84" for n in range(1, 40_001, 2))
    conversation = HTTP.open(PortHint("tcp", 41000, 80))
    assert held(conversation, [PREFACE, *frames]) < MOST


def test_a_message_that_inflates_without_bound():
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = packer.compress(bytes(6 * BODY_LIMIT)) + packer.flush(zlib.Z_SYNC_FLUSH)
    bomb = bomb.removesuffix(b"\0\0\xff\xff")
    conversation = websocket(b"Sec-WebSocket-Extensions: permessage-deflate\r\n")
    frame = b"\xc1\x7f" + len(bomb).to_bytes(8, "big") + bomb
    (message,) = conversation.feed(False, frame)
    assert len(message.payload) == 64 * len(bomb) < BODY_LIMIT
    assert message.fields["truncated"] is True


def test_a_list_that_says_it_is_very_long():
    body = b"\x00\x53\x10\xf0\x00\x00\x00\x05\xff\xff\xff\xff\x40"
    frame = (8 + len(body)).to_bytes(4, "big") + b"\x02\0\0\0" + body
    with pytest.raises(DecodeError):
        AMQP.open(PortHint("tcp", 41000, 5672)).feed(True, frame)
