"""The records that the stages of the agent hand to each other.

Nothing here leaves the process; what does is in `report`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from schouw_agent.privacy.recurrence import Pseudonyms
    from schouw_agent.privacy.sightings import Sighting

_UID_OCTETS = 6
# Reasons why octets were not understood.  They are counted in the coverage.
ENCRYPTED = "encrypted"
UNKNOWN_PROTOCOL = "unknown_protocol"
NOT_READ = "not_read"
UNKNOWN_FORMAT = "unknown_format"
INVALID = "invalid"
GAP = "gap"
OVER_LIMIT = "over_limit"
TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True)
class Interface:
    """A place where frames were captured."""

    name: str
    """As the capture names it; empty if it does not."""
    link_type: int
    """LINKTYPE_ number (tcpdump.org/linktypes)."""


@dataclass(frozen=True, slots=True)
class FrameBlock:
    """Some frames in capture order, as columns over one buffer.

    The buffer is reused: a block is valid until the next one is asked for.
    """

    octets: NDArray[np.uint8]
    """(B,) the buffer that all frames lie in."""
    offset: NDArray[np.int64]
    """(N,) where each frame starts in `octets`."""
    captured_length: NDArray[np.uint32]
    """(N,) octets of the frame that are in the buffer."""
    wire_length: NDArray[np.uint32]
    """(N,) octets of the frame on the wire."""
    time: NDArray[np.int64]
    """(N,) nanoseconds since 1970, UTC."""
    interface: NDArray[np.uint16]
    """(N,) index into `interfaces`."""
    interfaces: tuple[Interface, ...]
    dropped: int = 0
    """Frames that the source says it lost since the previous block."""
    shunted: int = 0
    """Of these, frames cut on purpose: of media that is known and needs no reading."""

    def part(self, start: int, stop: int) -> "FrameBlock":
        """Return the frames from `start` up to `stop`; what was lost counts for the first."""
        if start == 0 and stop >= self.offset.size:
            return self
        return replace(
            self,
            offset=self.offset[start:stop],
            captured_length=self.captured_length[start:stop],
            wire_length=self.wire_length[start:stop],
            time=self.time[start:stop],
            interface=self.interface[start:stop],
            dropped=self.dropped if start == 0 else 0,
            shunted=self.shunted if start == 0 else 0,
        )


class Endpoint(NamedTuple):
    """One end of a flow."""

    mac: str
    """Lower case with colons; empty if the link shows none."""
    address: str
    """IPv4 or IPv6 address, or empty for a flow without IP."""
    port: int


class Flow(NamedTuple):
    """A biflow (RFC 5103).  `orig` is who opened it, or who was seen first."""

    uid: str
    """Deterministic: the same capture gives the same uid."""
    orig: Endpoint
    resp: Endpoint
    transport: str
    """tcp, udp, icmp, or ip-N for another IP protocol."""
    protocol: str
    """Id of a decoder, or "unknown"."""
    server_name: str
    """From TLS, HTTP or the like; empty if unseen."""
    encryption: str
    """Such as "tls 1.3"; empty if the content is readable or unknown."""
    start: int
    """Nanoseconds since 1970."""
    end: int
    orig_packets: int
    resp_packets: int
    orig_octets: int
    """IP payload above the transport header, as on the wire, retransmissions included."""
    resp_octets: int
    missed_octets: int
    """TCP payload that was acknowledged or skipped but never seen, both directions."""


class Message(NamedTuple):
    """One application message, or a part of a medium.

    It bears no time and no address: the stream that it came from knows them.
    """

    protocol: str
    kind: str
    """Such as publish, request, response, offer."""
    fields: Mapping[str, Any]
    """What the decoder documents.  Never leaves the agent unminimised."""
    payload: bytes
    """What a format may open; empty if there is none."""
    end: int
    """Octets of this direction of the flow up to and including the message, since its start."""


class Delivery(NamedTuple):
    """A message together with where it was seen."""

    flow: "FlowReference"
    message: Message
    time: int
    """Nanoseconds since 1970 at which its last octet was seen."""
    from_orig: bool


def flow_uid(identity: bytes) -> str:
    """Return the uid of a flow from what tells it from all others: ends, protocol and start."""
    return blake2b(identity, digest_size=_UID_OCTETS).hexdigest()


class FlowReference(NamedTuple):
    """The part of a flow that is known while it still runs."""

    identity: str | bytes
    """The uid, or what it is the digest of: few ask for it, and a digest takes time."""
    orig: Endpoint
    resp: Endpoint
    transport: str
    """As of a flow; ethernet, ieee80211 or bluetooth for frames without IP."""

    @property
    def uid(self) -> str:
        """Return the uid of the flow, as in `Flow`."""
        return self.identity if isinstance(self.identity, str) else flow_uid(self.identity)


class Content(NamedTuple):
    """Octets or a parsed value that a format may open."""

    octets: bytes
    """As on the wire; empty if only `value` is known."""
    value: Any = None
    """What the octets say, if they are JSON, or if a format has read them already."""
    topic: str = ""
    """MQTT topic or URL path that it came by, as a hint."""
    media_type: str = ""
    """Declared media type such as image/jpeg, lower case, without parameters; a hint only."""
    protocol: str = ""
    """Id of the decoder that delivered it; empty for a message without traffic."""
    fields: Mapping[str, Any] = MappingProxyType({})
    """The fields of the message."""


class Leaf(NamedTuple):
    """One value of a message, with the path to it."""

    path: str
    """Key path such as `payload.sensors[].dB`; list positions are `[]`."""
    value: Any
    """str, int, float, bool, None, bytes, or a list of numbers, which stays one leaf."""
    unit: str = ""
    """Declared unit, as written."""
    subject: str = ""
    """Which device the value is about, if not the sender; empty otherwise."""
    hint: str = ""
    """Device class, entity type or other word that the envelope gives."""


class Term(NamedTuple):
    """What a device announced of a value that its later messages give without a name or a unit."""

    path: str
    """Its name, as a key path; empty to keep the one that it comes with."""
    unit: str = ""
    hint: str = ""
    """Device class or other word for what it is."""


@dataclass(frozen=True, slots=True)
class Nested:
    """Content found inside a message, such as base64 in JSON."""

    path: str
    content: Content
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a format found in a message."""

    leaves: Sequence[Leaf] = ()
    media: "Medium | None" = None
    subject: str = ""
    """The device that the whole message is about, if the envelope names it."""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """Identifiers of that device by kind: dev_eui, serial, name, gateway."""
    declared: Sequence[str] = ()
    """Category ids that the device says of itself that it can sense."""
    nested: Sequence[Nested] = ()
    terms: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)
    """What later messages leave out: scope (a topic, or the format's own name for a device) to the
    path of a leaf to what it stands for."""
    scope: str = ""
    """The scope of announced terms that this message's leaves are in, if it is not the topic."""
    undecoded: str = ""
    """The reason, if the format recognised the content but could not open it."""
    by_value: bool = False
    """What the leaves are called rests on values: it holds for this message alone."""


@dataclass(frozen=True, slots=True)
class Medium:
    """An image, sound or video, described and not kept."""

    kind: str
    """image, audio or video."""
    form: str
    """For people, such as "JPEG 1280×720" or "WAV 16 kHz mono 2.0 s"."""


class Match(NamedTuple):
    """What a detector says of one path of a message."""

    path: str
    category: str
    """Id in vocabulary/categories.toml."""
    confidence: float
    """0 to 1.  From 0.8 it may carry a finding, from 0.5 a question."""
    basis: tuple[str, ...]
    """Of: value_structure, field_name, unit, self_declared, media_signature, check_digit, canary.
    """
    form: str = ""
    """What the value looks like, never the value: "64 hex digits", "number"."""
    subject: str = ""
    """The device that it is about, if not the sender."""
    canaries: "tuple[Sighting, ...]" = ()
    pseudonyms: "Pseudonyms | None" = None
    """What may be counted of the values, if recurrence is to be estimated."""
    smallest: float | None = None
    """Of a figure about people: the smallest above zero."""
    window: float | None = None
    """Of a figure about people: seconds that it is over, if the message tells."""
    cell: str = ""
    """Of the place of a device: a geohash of five characters."""
