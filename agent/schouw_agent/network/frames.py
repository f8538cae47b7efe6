"""Frames without IP that a decoder reads: each is one datagram of its sender.

They belong to no flow.  For a decoder all frames of one sender and one kind are a conversation; its
port is the number of the kind, and its transport "ethernet", "ieee80211" or "bluetooth".
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.errors import DecodeError
from schouw_agent.inventory.flow_batch import mac_text
from schouw_agent.network.layer import (
    BLE_ADVERTISING,
    LLDP,
    RADIO_BEACON,
    SNAP_CISCO,
    Layer,
    Octets,
)
from schouw_agent.network.packets import Tally
from schouw_agent.network.undecided import best
from schouw_agent.plugins import Conversation, Decoder, PortHint
from schouw_agent.records import Delivery, Endpoint, FlowReference

SENDERS_MAX = 4096
"""Whom the last of them was longest ago is forgotten."""
_BEACON = 0x80


class _Sender(NamedTuple):
    conversation: Conversation
    reference: FlowReference


class FrameReader:
    """The conversations of those who sent such frames."""

    def __init__(self, decoders: Mapping[str, Sequence[Decoder]]) -> None:
        """`decoders`: by transport."""
        self._decoders = decoders
        self._senders: OrderedDict[tuple[str, int, int], _Sender] = OrderedDict()

    def read(
        self,
        octets: Octets,
        frames: Layer,
        time: NDArray[np.int64],
        first_frame: int,
        tally: Tally,
    ) -> list[tuple[int, Delivery]]:
        """Return what the frames say, each with the number of its frame.

        `time` (frames of the block,): of each frame of the block its time.
        """
        found: list[tuple[int, Delivery]] = []
        columns = (frames.frame, frames.kind, frames.network, frames.captured_end)
        macs = (frames.source_mac, frames.destination_mac)
        rows = zip(*(each.tolist() for each in (*columns, *macs)), strict=True)
        for frame, kind, start, end, source, destination in rows:
            content = octets[start:end].tobytes()
            transport, port = _name(kind, content)
            if kind == SNAP_CISCO:
                content = content[2:]
            ends = (Endpoint(mac_text(source), "", 0), Endpoint(mac_text(destination), "", port))
            told = self._feed((transport, port, source), ends, content, int(time[frame]))
            found += [(first_frame + frame, delivery) for delivery in told or ()]
            if told is None and kind == BLE_ADVERTISING:
                # Whatever does not show itself to be part of a place is somebody's.
                tally.passers_by += 1
        return found

    def _feed(
        self, key: tuple[str, int, int], ends: tuple[Endpoint, Endpoint], content: bytes, time: int
    ) -> list[Delivery] | None:
        """Return what a frame says; None if no decoder knows it."""
        sender = self._senders.get(key) or self._meet(key, ends, content, time)
        if sender is None:
            return None
        self._senders.move_to_end(key)
        if not sender.conversation.wanted:
            return []
        try:
            messages = sender.conversation.feed(True, content)
        except DecodeError:
            return []
        return [Delivery(sender.reference, message, time, True) for message in messages]

    def _meet(
        self, key: tuple[str, int, int], ends: tuple[Endpoint, Endpoint], content: bytes, time: int
    ) -> _Sender | None:
        transport, port, _ = key
        hint = PortHint(transport, 0, port)
        decoder = best(self._decoders.get(transport, ()), content, b"", hint)
        if decoder is None:
            return None
        identity = f"{transport} {port} {ends[0].mac} {time}".encode()
        uid = blake2b(identity, digest_size=6).hexdigest()
        sender = _Sender(decoder.open(hint), FlowReference(uid, *ends, transport))
        self._senders[key] = sender
        if len(self._senders) > SENDERS_MAX:
            self._senders.popitem(last=False)
        return sender


def _name(kind: int, content: bytes) -> tuple[str, int]:
    """Return transport and port of a frame."""
    if kind == SNAP_CISCO:
        return "ethernet", int.from_bytes(content[:2], "big")
    return {
        LLDP: ("ethernet", LLDP),
        RADIO_BEACON: ("ieee80211", _BEACON),
        BLE_ADVERTISING: ("bluetooth", 0),
    }[kind]
