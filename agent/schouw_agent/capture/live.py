"""Interfaces of this machine as a feed: what they receive and send, as it happens."""

import contextlib
import select
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from schouw_agent.bulk import Bulk
from schouw_agent.capture import bpf, clock, shunt
from schouw_agent.capture.expression import compile_expression
from schouw_agent.capture.feed import Seen
from schouw_agent.capture.hardware import LOOPBACK_HARDWARE, is_radio, link_type
from schouw_agent.capture.packet_socket import RETIRE_MILLISECONDS, PacketSocket
from schouw_agent.capture.presence import Presence
from schouw_agent.capture.stop import Stop
from schouw_agent.errors import CaptureError, ConfigError
from schouw_agent.records import Delivery, FrameBlock, Interface

RING_OCTETS = 16 << 20
SNAP_OCTETS = 262_144
End = tuple[str, int]
"""Address and port."""
_TICK_SECONDS = 0.25
_LINGER_SECONDS = 0.01
"""How long frames are let come in once all are read: of few, each takes several times as long.  The
ring holds what comes in meanwhile eight times over at a gigabit a second."""
_LOOK_SECONDS = 0.5
_SHUNT_SECONDS = 2.0
_SHUNT_INSTRUCTIONS = 768
"""Some 100 flows.  Kernels before 6.8 hold no more than 20 KiB of filters for a socket, and while
one replaces another, both count."""


class Interfaces:
    """One or more interfaces, looked at until it is time to stop."""

    def __init__(
        self,
        names: Sequence[str],
        stop: Stop,
        *,
        expression: str = "",
        ring_octets: int = RING_OCTETS,
        snap_octets: int = SNAP_OCTETS,
        shunts: bool = False,
    ) -> None:
        """Take what to look at; nothing is opened before it is iterated."""
        self.frames = 0
        self.tells_drops = True
        self.joins = False
        self.waits = False
        self.missed_messages = 0
        self.vantage = "network interface"
        self.clock_synchronised: bool | None = None
        self.span: tuple[int, int] | None = None
        self._names = tuple(dict.fromkeys(names))
        self._stop = stop
        self._expression = expression
        self._ring_octets = ring_octets
        self._snap_octets = snap_octets
        self._shunts = shunts and snap_octets > shunt.SHUNTED_OCTETS
        self._bulk: Callable[[], Sequence[Bulk]] = tuple
        self._shunted: Sequence[Bulk] = ()
        self._own_ends: Callable[[], tuple[End, End] | None] = lambda: None
        self._own: tuple[End, End] | None = None
        self._shunted_octets = 0
        """To which the kernel has ever cut known media; 0: never."""
        self._compiled: dict[int, bpf.Program] = {}
        self._present: list[Presence] = []
        self._interfaces: list[Interface] = []
        self._numbers: dict[int, int] = {}
        """Index of the kernel → place in `_interfaces`."""
        self._counts = np.zeros(0, dtype=np.int64)
        self._steps = clock.Steps()
        self._told: list[str] = []

    @property
    def partial(self) -> bool:
        """A filter left frames out, or an interface was away."""
        return bool(self._expression) or any(each.absences for each in self._present)

    def spare(self, bulk: Callable[[], Sequence[Bulk]]) -> None:
        """Take the way to ask which flows need no more than their headers copied."""
        self._bulk = bulk

    def leave_out(self, own: Callable[[], "tuple[End, End] | None"]) -> None:
        """Take the way to ask for a connection of Schouw itself, which is not looked at."""
        self._own_ends = own

    def seen(self) -> list[Seen]:
        """Return each interface with its frames, and what was missed or left out."""
        common = [f"only what the filter lets through: {self._expression}"] * bool(self._expression)
        common += [*self._steps.notes(), *self._told]
        common += ["the connection of Schouw itself to the broker is left out"] * bool(self._own)
        frames = dict.fromkeys(self._names, 0)
        for interface, count in zip(self._interfaces, self._counts.tolist(), strict=False):
            frames[interface.name] += count
        return [
            Seen(each.name, "interface", frames[each.name], (*each.notes(), *common))
            for each in self._present
        ]

    def __iter__(self) -> Iterator[FrameBlock | Sequence[Delivery]]:
        """Yield frames until it is time to stop, and then those that are still in the ring.

        Raises `CaptureError` if an interface is not there or may not be looked at, and
        `ConfigError` if the filter is wrong.
        """
        self._own = self._own_ends()
        self._present = [Presence(name) for name in self._names]
        for each in self._present:
            if is_radio(each.hardware):
                raise CaptureError(f"{each.name}: radio is not captured live, only read from files")
        heard = PacketSocket(self._ring_octets)
        try:
            self._tune(heard)
            self._stop.begin()
            start = time.time_ns()
            yield from self._until_stop(heard)
            yield from self._rest(heard)
            self.span = (start, max(start, time.time_ns()))
            self.clock_synchronised = False if self._steps.seconds else clock.synchronised()
        finally:
            heard.close()

    def _until_stop(self, heard: PacketSocket) -> Iterator[FrameBlock | Sequence[Delivery]]:
        poll = select.poll()
        poll.register(heard.socket, select.POLLIN)
        poll.register(self._stop, select.POLLIN)
        pause = select.poll()
        pause.register(self._stop, select.POLLIN)
        look_at = shunt_at = time.monotonic()
        while not self._stop.over:
            before = self.frames
            yield from self._blocks(heard)
            if self.frames == before:
                yield ()
            elif not heard.behind:
                pause.poll(self._stop.remaining(_LINGER_SECONDS) * 1000)
            now = time.monotonic()
            if now >= look_at:
                look_at = now + _LOOK_SECONDS
                self._look(heard)
            if self._shunts and now >= shunt_at:
                shunt_at = now + _SHUNT_SECONDS
                self._shunt(heard)
            poll.poll(self._stop.remaining(_TICK_SECONDS) * 1000)

    def _rest(self, heard: PacketSocket) -> Iterator[FrameBlock]:
        """Let nothing more in, and yield what is in; the kernel keeps back the last a little."""
        heard.filter(bpf.NOTHING)
        until = time.monotonic() + 3 * RETIRE_MILLISECONDS / 1000
        poll = select.poll()
        poll.register(heard.socket, select.POLLIN)
        while (left := until - time.monotonic()) > 0:
            poll.poll(left * 1000)
            yield from self._blocks(heard)
        if lost := heard.losses():
            empty = np.zeros(0, dtype=np.int64)
            none = empty.astype(np.uint32)
            octets, interface = np.zeros(0, dtype=np.uint8), np.zeros(0, dtype=np.uint16)
            yield FrameBlock(
                octets, empty, none, none, empty, interface, tuple(self._interfaces), lost
            )

    def _blocks(self, heard: PacketSocket) -> Iterator[FrameBlock]:
        interfaces = tuple(self._interfaces)
        for block in heard.blocks(interfaces, self._numbers, self._shunted_octets):
            self.frames += block.offset.size
            self._counts += np.bincount(block.interface, minlength=len(interfaces))
            lost = heard.losses()
            yield replace(block, dropped=lost) if lost else block

    def _look(self, heard: PacketSocket) -> None:
        """Notice what has changed around: interfaces that went or came, and the clock."""
        self._steps.look()
        changed = [each.look() for each in self._present]
        own = self._own_ends() or self._own
        if any(changed) or own != self._own:
            self._own = own
            self._tune(heard)

    def _shunt(self, heard: PacketSocket) -> None:
        found = self._bulk()
        if set(found) == set(self._shunted):
            return
        before, self._shunted = self._shunted, found
        self._shunted_octets = shunt.SHUNTED_OCTETS
        try:
            heard.filter(self._program())
        except CaptureError as error:
            self._shunted = before
            self._shunts = False
            self._told.append(f"media was not left to the kernel any more: {error.diagnostics()}")

    def _tune(self, heard: PacketSocket) -> None:
        """Hear the interfaces that are here now, and no other."""
        for each in self._present:
            if not each.here:
                continue
            interface = Interface(each.name, link_type(each.hardware))
            if interface not in self._interfaces:
                self._interfaces.append(interface)
                self._counts = np.append(self._counts, 0)
            self._numbers[each.index] = self._interfaces.index(interface)
        heard.filter(self._program())
        for each in self._present:
            if each.here:
                # It may be gone again; the next look will tell.
                with contextlib.suppress(OSError):
                    heard.join(each.index)

    def _wanted(self, link: int) -> bpf.Program:
        """Return the expression's program for a link type, compiled once."""
        if self._expression and link not in self._compiled:
            self._compiled[link] = compile_expression(self._expression, link)
        return self._compiled.get(link, ())

    def _program(self) -> bpf.Program:
        """Return the filter for what is here now."""
        ports = {}
        for each in self._present:
            if not each.here:
                continue
            wanted = self._wanted(link_type(each.hardware))
            ports[each.index] = bpf.Port(each.hardware == LOOPBACK_HARDWARE, wanted)
        if not ports:
            return bpf.NOTHING
        head = bpf.join(ports, ())
        room = bpf.INSTRUCTIONS_MAX - len(head)
        if room < 1:
            raise ConfigError("the filter is too long for the kernel")
        room = min(room, _SHUNT_INSTRUCTIONS)
        return [*head, *shunt.tail(self._shunted, _flows(self._own), self._snap_octets, room)]


def _flows(ends: tuple[End, End] | None) -> list[Bulk]:
    """Return both directions of a connection."""
    if ends is None:
        return []
    (one, one_port), (other, other_port) = ((_packed(each[0]), each[1]) for each in ends)
    return [Bulk(one, other, one_port, other_port), Bulk(other, one, other_port, one_port)]


def _packed(address: str) -> bytes:
    """Return an address as 16 octets, IPv4 mapped into IPv6."""
    if ":" in address:
        return socket.inet_pton(socket.AF_INET6, address.partition("%")[0])
    return bytes(10) + b"\xff\xff" + socket.inet_aton(address)
