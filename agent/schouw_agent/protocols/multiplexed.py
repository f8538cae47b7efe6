"""STUN, DTLS and media that share two ports, as WebRTC has it (RFC 7983).

Media whose way was found by ICE, or whose keys came by DTLS, is taken for encrypted.  Where it is
not, calling it not assessable is the error that accuses nobody.
"""

from collections.abc import Sequence

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import PortHint
from schouw_agent.protocols import rtp_packet, stun_message
from schouw_agent.protocols.dtls_handshake import Handshake
from schouw_agent.protocols.identity import identity, text
from schouw_agent.records import Message

_MEDIA_PACKETS = 3
"""That make media sure."""
_PATIENCE = 48
"""Datagrams that are read before what was seen is taken for all that there is."""


class MultiplexedConversation:
    """The datagrams between two ports, each told by its first octet."""

    __slots__ = (
        "_count",
        "_handshake",
        "_media",
        "_positions",
        "_software",
        "encryption",
        "protocol",
        "server_name",
        "wanted",
    )

    def __init__(self, _hint: PortHint) -> None:
        self.wanted = True
        self.server_name = ""
        self.encryption = ""
        self.protocol = ""
        self._handshake: Handshake | None = None
        self._count = 0
        self._media = 0
        self._positions = [0, 0]
        self._software = [b"", b""]

    def feed(self, from_orig: bool, octets: bytes, /) -> Sequence[Message]:
        """Return the hellos and identities in this datagram.  Raises `DecodeError`."""
        self._positions[from_orig] += len(octets)
        self._count += 1
        if self._count >= _PATIENCE:
            self.wanted = False
        inner = stun_message.channel_data(octets)
        return self._datagram(from_orig, octets if inner is None else inner)

    def _datagram(self, from_orig: bool, octets: bytes) -> list[Message]:
        first = octets[0] if octets else 0
        end = self._positions[from_orig]
        if first < 4:
            return self._stun(from_orig, octets, end)
        if 20 <= first < 64:
            return self._dtls(from_orig, octets, end)
        if 128 <= first < 192:
            self._rtp(octets)
        elif not self._known:
            raise DecodeError("neither STUN, DTLS nor media")
        return []

    @property
    def _known(self) -> bool:
        return bool(self.protocol or self.encryption or self._count > 1)

    def _stun(self, from_orig: bool, octets: bytes, end: int) -> list[Message]:
        if not stun_message.score(octets, True):
            if self._known:
                return []
            raise DecodeError("not a STUN message")
        software = stun_message.software(octets)
        if software == self._software[from_orig]:
            return []
        self._software[from_orig] = software
        return identity("stun", end, {"user_agent": text(software)})

    def _dtls(self, from_orig: bool, octets: bytes, end: int) -> list[Message]:
        handshake = self._handshake
        if handshake is None:
            if not 20 <= octets[0] <= 25:
                return []
            handshake = self._handshake = Handshake()
        messages: list[Message] = []
        try:
            handshake.read(from_orig, octets, end, messages)
        finally:
            self.server_name = handshake.server_name
            self.protocol = "dtls"
            if self.encryption != "srtp":
                self.encryption = handshake.encryption
        return messages

    def _rtp(self, octets: bytes) -> None:
        if not rtp_packet.is_rtcp(octets) and rtp_packet.parse(octets) is None:
            return
        self._media += 1
        if self._media >= _MEDIA_PACKETS:
            # The flow keeps the name of what opened it; that it carries media is its encryption.
            self.encryption = "srtp"
            self.wanted = False

    def gap(self, from_orig: bool, octets: int, /) -> None:
        """Go on: the next datagram starts anew."""
        self._positions[from_orig] += octets

    def close(self) -> Sequence[Message]:
        """Return nothing more."""
        return ()
