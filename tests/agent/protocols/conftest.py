"""How a conversation is run over chunks, whole and sliced."""

import random
from collections.abc import Iterable, Sequence

import pytest

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint


def converse(decoder: Decoder, chunks: Iterable[tuple[bool, bytes]], hint: PortHint):
    """Return (messages with their direction, error or None) of chunks in order.

    A chunk that is a number is a gap of that length.
    """
    conversation = decoder.open(hint)
    found = []
    try:
        for from_orig, octets in chunks:
            if not conversation.wanted:
                break
            if isinstance(octets, int):
                conversation.gap(from_orig, octets)
            else:
                found += [(from_orig, m) for m in conversation.feed(from_orig, octets)]
        # The side of what only the end of the flow completes does not matter here.
        found += [(None, m) for m in conversation.close()]
    except DecodeError as error:
        return found, error, conversation
    return found, None, conversation


def octet_by_octet(chunks: Sequence[tuple[bool, bytes]]):
    for from_orig, octets in chunks:
        if isinstance(octets, int):
            yield from_orig, octets
        else:
            for i in range(len(octets)):
                yield from_orig, octets[i : i + 1]


def random_slices(chunks: Sequence[tuple[bool, bytes]], chance: random.Random):
    for from_orig, octets in chunks:
        if isinstance(octets, int):
            yield from_orig, octets
            continue
        i = 0
        while i < len(octets):
            size = chance.choice((1, 2, 3, 5, 8, 40, 200, 1460))
            yield from_orig, octets[i : i + size]
            i += size


class Run:
    """What the tests of the decoders share."""

    converse = staticmethod(converse)
    octet_by_octet = staticmethod(octet_by_octet)
    random_slices = staticmethod(random_slices)


@pytest.fixture(scope="session")
def run() -> Run:
    return Run()
