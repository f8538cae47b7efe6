"""The extension kinds of the agent, and how a package of them is found.

One extension is one module with one constant: `DECODER`, `FORMAT` or `DETECTOR`.
`discover` walks the package; nothing is registered by hand.
"""

import importlib
import pkgutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, NamedTuple, Protocol

from schouw_agent.records import Content, Leaf, Match, Medium, Message, Opened
from schouw_agent.runs import Run

ACCEPTED = 0.5
"""The score from which a decoder or a format may be chosen."""


class PortHint(NamedTuple):
    """What is known of a flow before its content: a hint, never a proof."""

    transport: str
    orig_port: int
    resp_port: int


class Conversation(Protocol):
    """The decoder's state of one flow.  It does no I/O and knows no time or address."""

    wanted: bool
    """False: the decoder needs no more payload of this flow."""
    server_name: str
    """Name of the server, once seen; else empty."""
    encryption: str
    """Such as "tls 1.3", once seen; else empty."""

    def feed(self, from_orig: bool, octets: bytes, /) -> Sequence[Message]:
        """Return the messages that these next octets of one direction complete.

        TCP: any slice of the direction, in order.  UDP: exactly one datagram.  The
        messages do not depend on how a TCP direction was sliced.  Raises `DecodeError`
        if the octets cannot be of this protocol.
        """
        ...

    def gap(self, from_orig: bool, octets: int, /) -> None:
        """Note that this many octets of one direction were lost, and resynchronise or stop.

        Raises `DecodeError` if no resynchronisation is possible.
        """
        ...

    def close(self) -> Sequence[Message]:
        """Return what is complete only because the flow has ended."""
        ...


class Carrier(Conversation, Protocol):
    """A conversation that may turn out to carry another protocol, such as STUN the way for SRTP."""

    protocol: str
    """Id of the decoder whose protocol the flow is told as; empty: the one that opened it."""


class Recogniser(Conversation, Protocol):
    """A conversation of which only the protocol may be told."""

    unread: bool
    """What the flow carries is not read: it counts as such, and is not assessable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What first octets must at least look like for a probe to be called: a cheap promise.

    It is evaluated for whole blocks of packets at once.  The promise of a decoder with screens: its
    `probe` gives less than 0.5 unless every head that was seen fits one of them.  For datagrams the
    head is the latest datagram of a direction; for streams it is how the direction starts.
    """

    octets: Mapping[int, Collection[int]] = field(default_factory=dict)
    """Offset → values that may stand there.  An octet that has not come yet fits."""
    least: int = 1
    """Octets of a datagram at least, up to 255; says nothing of streams."""
    ports: frozenset[int] = frozenset()
    """One of the two ports must be among these; empty: any port will do."""
    either: bool = False
    """One head that fits is enough, whatever the other direction looks like."""
    amid: bool = False
    """Of a stream whose opening was not seen, the probe may accept a head amid a message: such a
    head fits, whatever it is."""


class RunConversation(Conversation, Protocol):
    """A conversation that can hand over many messages that are alike at once."""

    def feed_runs(self, from_orig: bool, octets: bytes, /) -> Sequence[Message | Run]:
        """Return the messages that `feed` would return, some of them in runs."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoder:
    """An application protocol."""

    id: str
    title: str
    reference: str
    """The specification, with section."""
    transports: frozenset[str]
    """tcp and udp; or ethernet, ieee80211 and bluetooth for frames without IP: there a port is the
    ethertype or alike, and each frame a datagram."""
    ports: frozenset[int]
    """Usual server ports: a hint."""
    probe: Callable[[bytes, bytes, PortHint], float]
    """Score 0 to 1 for the first octets of orig and of resp (either may be empty).

    From 0.5 it is accepted, the highest first.
    """
    open: Callable[[PortHint], Conversation]
    """Start a conversation for a flow; the hint's `resp` is the server as far as known."""
    datagram: Callable[[bytes, int], Sequence[Message]] | None = None
    """Read one datagram that stands for itself, and ends at this octet of its direction.

    What `feed` would return or raise, of a protocol whose conversation has no other state.
    """
    screens: tuple[Screen, ...] = ()
    """Ways in which first octets may look; empty: `probe` is called for every flow.

    Where flows come by the hundred thousand, one decoder without screens costs more than all the
    others together.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A payload encoding, a medium or a message envelope."""

    id: str
    title: str
    reference: str
    probe: Callable[[Content], float]
    """Score 0 to 1 for the content.  From 0.5 it is accepted, the highest first."""
    open: Callable[[Content], Opened]
    """Open the content.  Raises `DecodeError` if it is malformed after all."""
    streams: bool = False
    """It opens packets of media streams, which are many: they are shown to such formats alone."""
    verbatim: bool = False
    """Its leaves are all the values of a JSON text, as they are and in their order."""


class Context(NamedTuple):
    """What a detector may know of the message besides its leaves."""

    topic: str = ""
    """MQTT topic or URL path."""
    format: str = ""
    """Id of the format, the innermost."""
    protocol: str = ""
    kind: str = ""
    """Kind of the message."""
    medium: Medium | None = None
    fields: "dict[str, Any] | None" = None
    """The fields of the message: user name, password present, and the like."""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """What the data is."""

    id: str
    title: str
    reference: str
    categories: frozenset[str]
    """Every category that it may give."""
    values: bool
    """True: it reads arrays and long texts, which are read anew in every message.

    False: key paths, units, types and looks (`looks.look`) decide alone, and so what it says of a
    structure is remembered.
    """
    detect: Callable[[Sequence[Leaf], Context], list[Match]]


def discover(package: ModuleType, constant: str) -> dict[str, Any]:
    """Return the extensions of a package by id, in order of id.

    Each module that has the constant contributes one extension, or several if the
    constant is a tuple.  Raises `ValueError` when two have the same id.
    """
    found: dict[str, Any] = {}
    for info in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        value = getattr(importlib.import_module(info.name), constant, None)
        if value is None:
            continue
        for extension in value if isinstance(value, tuple) else (value,):
            if extension.id in found:
                raise ValueError(f"two extensions are called {extension.id} ({info.name})")
            found[extension.id] = extension
    return dict(sorted(found.items()))
