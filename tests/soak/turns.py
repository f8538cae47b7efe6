"""A conversation as octets that can be changed at random: who says what, how cut, what is lost."""

import gc
import random
import struct
import sys
from collections.abc import Iterator, Mapping
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Conversation, Decoder, PortHint
from tests.soak.damage import damaged

MOST_HELD = 8 << 20
"""Octets that a conversation may hold, whatever was said."""
_HEAD = struct.Struct(">BHH")
_TURN = struct.Struct(">BH")
_CUTS = (-1, 0, 1, 2, 7, 40, 300, 1460)
"""Octets that come at a time; -1 stands for a loss, 0 for all at once."""
_SHARED = (type, ModuleType, FunctionType, BuiltinFunctionType, Decoder)
Turn = tuple[bool, bytes | int, int]
"""Whether it is from orig; octets, or how many are lost; how many of them come at a time."""


def packed(case: Mapping[str, Any], decoder: Decoder) -> bytes:
    """Return a row of a test table as octets."""
    transport = sorted(decoder.transports).index(case.get("transport", "tcp"))
    out = bytearray(_HEAD.pack(transport, case.get("orig_port", 41000), case.get("port", 29170)))
    for number, (side, octets) in enumerate(case["chunks"]):
        if isinstance(octets, int):
            out += _TURN.pack(side, min(octets, 0xFFFF))
            continue
        cut = 1 + number % (len(_CUTS) - 1)
        for at in range(0, len(octets), 0xFFFF):
            piece = octets[at : at + 0xFFFF]
            out += _TURN.pack(side | cut << 1, len(piece)) + piece
    return bytes(out)


def _turns(octets: bytes) -> Iterator[Turn]:
    at = _HEAD.size
    while at + _TURN.size <= len(octets):
        control, length = _TURN.unpack_from(octets, at)
        at += _TURN.size
        cut = control >> 1 & 7
        if cut == 0:
            yield bool(control & 1), max(1, length << (control >> 4)), 0
            continue
        said = octets[at : at + length]
        at += length
        if said:
            yield bool(control & 1), said, _CUTS[cut] or len(said)


def damaged_turn(octets: bytes, chance: random.Random) -> bytes:
    """Return the octets with one turn changed, and the lengths of the others still right."""
    found = list(_turns(octets))
    if not found:
        return damaged(octets, chance)
    out = bytearray(octets[: _HEAD.size])
    at = chance.randrange(len(found))
    if chance.random() < 0.1:
        found.insert(at, chance.choice(found))
    for number, (side, said, step) in enumerate(found):
        if isinstance(said, int):
            out += _TURN.pack(side, min(said, 0xFFFF))
            continue
        if number == at:
            said = damaged(said, chance)[:0xFFFF]
        cut = _CUTS.index(step) if step in _CUTS else 1
        out += _TURN.pack(side | cut << 1, len(said)) + said
    return bytes(out)


def converse(decoder: Decoder, octets: bytes) -> None:
    """Have a conversation, cut as the octets say and whole: the same is found, and little held."""
    if len(octets) < _HEAD.size:
        return
    number, orig_port, port = _HEAD.unpack_from(octets)
    transport = sorted(decoder.transports)[number % len(decoder.transports)]
    hint = PortHint(transport, orig_port, port)
    said = list(_turns(octets))
    heads = [b"".join(o for s, o, _ in said if s is side and not isinstance(o, int))[:2048]
             for side in (True, False)]  # fmt: skip
    assert 0 <= decoder.probe(heads[0], heads[1], hint) <= 1
    whole = _outcome(decoder, hint, [(side, each, 0) for side, each, _ in said])
    if transport != "tcp":
        return
    assert whole == _outcome(decoder, hint, said), "it matters how the stream was cut"


def _outcome(decoder: Decoder, hint: PortHint, said: list[Turn]) -> list[str]:
    conversation = decoder.open(hint)
    found: list[Any] = []
    error = ""
    try:
        for side, octets, step in said:
            if isinstance(octets, int):
                if conversation.wanted:
                    conversation.gap(side, octets)
                continue
            for at in range(0, len(octets), step or len(octets)):
                if not conversation.wanted:
                    break
                found += _fed(conversation, side, octets[at : at + (step or len(octets))], hint)
        assert held(conversation) < MOST_HELD
        found += conversation.close()
    except DecodeError as late:
        error = str(late)
        assert 0 < len(error) < 200
        assert error.isascii()
        assert error.isprintable()
    names = (conversation.server_name, conversation.encryption)
    return [*(repr(message) for message in found), *names, error]


def _fed(conversation: Conversation, side: bool, octets: bytes, hint: PortHint) -> list[Any]:
    try:
        return list(conversation.feed(side, octets))
    except DecodeError:
        if hint.transport == "tcp" or not conversation.wanted:
            raise
        return []  # the next datagram starts anew


def held(conversation: object) -> int:
    """Return how many octets an object holds, roughly, with all that it refers to."""
    todo, seen, total = [conversation], set(), 0
    while todo and total < MOST_HELD:
        each = todo.pop()
        if id(each) in seen or isinstance(each, _SHARED):
            continue
        seen.add(id(each))
        total += sys.getsizeof(each)
        todo += gc.get_referents(each)
    return total
