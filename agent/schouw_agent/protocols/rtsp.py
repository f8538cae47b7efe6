"""RTSP: how cameras are asked for their pictures and sound, and these themselves over TCP."""

import re
from typing import Any, NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import rtp_packet, rtsp_session, sdp, text_head
from schouw_agent.protocols.stream import HEADER_LIMIT, OctetBuffer, StreamConversation
from schouw_agent.records import Message

PORTS = frozenset({554, 8554})
_REQUEST = re.compile(rb"([A-Z_]{3,20}) (\S+) RTSP/[12]\.0")
_RESPONSE = re.compile(rb"RTSP/[12]\.0 ([1-6][0-9]{2})(?: .*)?", re.DOTALL)
_HEAD = re.compile(
    rb"[A-Z_]{3,20} (?:[rR][tT][sS][pP][su]?://\S{1,4096}|\*|/\S{0,4096}) RTSP/[12]\.0\r?\n"
    rb"|[A-Z_]{3,20} [rR][tT][sS][pP][su]?://[\x20-\x7e]{180,}\r?\Z"
    rb"|RTSP/[12]\.0 [1-6][0-9]{2}[ \r\n]"
)
# Without a dollar sign, so that no frame starts within a line.
_AFTER_GAP = re.compile(
    rb"(?<![A-Z_])[A-Z_]{3,20} (?:rtsps?://[\x21-\x23\x25-\x7e]{1,1024}|\*) RTSP/[12]\.0\r?\n"
    rb"|RTSP/[12]\.0 [1-6][0-9]{2}(?: [\x20-\x23\x25-\x7e]{0,256})?\r?\n"
)
_AFTER_GAP_OCTETS = 1400
_FRAME = b"$"
_PLAUSIBLE_FRAME = 1 << 14
"""Octets of a frame that is taken for one after a gap."""
_PENDING_REQUESTS = 64


class _Request(NamedTuple):
    method: str
    path: str
    asked: rtsp_session.Transport


class _Side:
    """What one direction is in the middle of."""

    __slots__ = ("body", "buffer", "head", "lost", "skip")

    def __init__(self) -> None:
        self.buffer = OctetBuffer()
        self.head = text_head.HeadReader()
        self.body: tuple[str, dict[str, Any], dict[str, str], int] | None = None
        """Kind, fields, header fields and length of a message whose body is to come."""
        self.skip = 0
        """Octets of an interleaved frame that are not read."""
        self.lost = False


class Conversation(StreamConversation):
    """The two sides of one RTSP connection."""

    def __init__(self, _hint: PortHint) -> None:
        super().__init__()
        self._sides = (_Side(), _Side())
        self._requests: dict[str, _Request] = {}
        self._media: tuple[sdp.Media, ...] = ()
        self._channels: dict[int, dict[str, Any]] = {}
        """The session that each interleaved channel carries."""
        self._delivered: dict[tuple[bool, int], int] = {}

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        side = self._sides[from_orig]
        side.buffer.append(octets)
        while self._step(side, from_orig, messages):
            pass

    def _step(self, side: _Side, from_orig: bool, messages: list[Message]) -> bool:
        """Read one thing; return False if more octets are needed for it."""
        if side.skip:
            skipped = side.buffer.skip(side.skip)
            side.skip -= skipped
            self.skipped_octets += skipped
            return side.skip == 0
        if side.lost:
            return _find_start(side)
        if side.body is not None:
            return self._body(side, messages)
        if not side.head.begun:
            first = side.buffer.peek(1)
            if first == _FRAME:
                return self._frame(side, from_orig, messages)
            if first in (b"\r", b"\n"):  # RFC 9112, 2.2, and a frame may follow
                return bool(side.buffer.skip(1))
        lines = side.head.read(side.buffer)
        if lines is not None:
            self._message(side, lines, messages)
            return True
        start = side.head.start_line
        if start and not (_REQUEST.fullmatch(start) or _RESPONSE.fullmatch(start)):
            raise DecodeError("malformed start line")
        return False

    def _message(self, side: _Side, lines: list[bytes], messages: list[Message]) -> None:
        response = _RESPONSE.fullmatch(lines[0])
        request = None if response else _REQUEST.fullmatch(lines[0])
        if response is None and request is None:
            raise DecodeError("malformed start line")
        headers = text_head.fields(lines[1:])
        if request is not None:
            kind, told = "request", self._request(request, headers)
        else:
            kind, told = "response", self._response(response, headers)
        length = text_head.content_length(headers.get("content-length", "0"))
        if length > HEADER_LIMIT:
            raise DecodeError("body over the limit")
        side.body = (kind, told, headers, length)
        self._body(side, messages)

    def _request(self, match: re.Match[bytes], headers: dict[str, str]) -> dict[str, Any]:
        method = match[1].decode()
        url = rtsp_session.target(match[2].decode("latin-1"))
        if len(self._requests) >= _PENDING_REQUESTS:
            self._requests.clear()
        asked = rtsp_session.transport(headers.get("transport", ""))
        self._requests[headers.get("cseq", "")] = _Request(method, url.path, asked)
        credentials = text_head.credentials(headers.get("authorization", ""))
        return {
            "method": method,
            "path": url.path,
            "query": url.query,
            "host": url.host,
            "user_agent": headers.get("user-agent", ""),
            "content_type": text_head.media_type(headers.get("content-type", "")),
            "credentials": credentials or ("other" if url.user else ""),
        }

    def _response(self, match: re.Match[bytes] | None, headers: dict[str, str]) -> dict[str, Any]:
        nothing = _Request("", "", rtsp_session.transport(""))
        request = self._requests.pop(headers.get("cseq", ""), nothing)
        return {
            "status": int(match[1]) if match else 0,
            "method": request.method,
            "path": request.path,
            "server": headers.get("server", ""),
            "content_type": text_head.media_type(headers.get("content-type", "")),
            "asked": request.asked,
        }

    def _body(self, side: _Side, messages: list[Message]) -> bool:
        """Deliver a message once its body is there, with what follows from it."""
        if side.body is None or len(side.buffer) < side.body[3]:
            return False
        kind, told, headers, length = side.body
        side.body = None
        payload = side.buffer.take(length)
        end = side.buffer.position
        asked = told.pop("asked", None)
        messages.append(Message("rtsp", kind, told, payload, end))
        if told["content_type"] == "application/sdp":
            self._media = sdp.parse(payload)
            description = {
                "path": told["path"],
                "media": tuple(medium._asdict() for medium in self._media),
            }
            messages.append(Message("rtsp", "description", description, b"", end))
        if told["method"] == "SETUP" and told.get("status") == 200 and "transport" in headers:
            answer = rtsp_session.transport(headers["transport"])
            medium = rtsp_session.medium(self._media, told["path"])
            session = rtsp_session.fields(answer, asked, medium, told["path"])
            for channel in answer.channels:
                self._channels[channel] = session
            messages.append(Message("rtsp", "session", session, b"", end))
        return True

    def _frame(self, side: _Side, from_orig: bool, messages: list[Message]) -> bool:
        """Read an interleaved frame (RFC 2326, 10.12)."""
        header = side.buffer.peek(4)
        if len(header) < 4:
            return False
        channel, length = header[1], header[2] << 8 | header[3]
        count = self._delivered.get((from_orig, channel), 0)
        if count >= rtp_packet.MEDIA_PACKETS:
            side.skip = 4 + length
            return True
        if len(side.buffer) < 4 + length:
            return False
        packet = rtp_packet.parse(side.buffer.take(4 + length)[4:])
        if packet is None:  # RTCP, or application data
            return True
        self._delivered[from_orig, channel] = count + 1
        session = self._channels.get(channel, {"payload_types": {}, "media": "", "path": ""})
        told = rtp_packet.fields(packet, session["payload_types"].get(packet.payload_type, ""))
        told |= {"channel": channel, "media": session["media"], "path": session["path"]}
        messages.append(Message("rtsp", "media", told, packet.payload, side.buffer.position))
        return True

    def _lose(self, from_orig: bool, octets: int) -> None:
        side = self._sides[from_orig]
        known = side.skip
        header = side.buffer.peek(4)
        between = side.body is None and not side.head.begun and not side.lost
        if not known and between and header[:1] == _FRAME and len(header) == 4:
            known = 4 + (header[2] << 8 | header[3]) - len(side.buffer)
        side.buffer.lose(octets)
        side.body = None
        # A gap within a frame leaves the start of the next one known.
        side.skip = known - octets if known >= octets and not side.lost else 0
        if known < octets or side.lost:
            side.head.clear()
            side.lost = True


def _find_start(side: _Side) -> bool:
    """Skip to the next frame or start line after a gap; return whether there is one."""
    held = side.buffer.peek(len(side.buffer))
    line = _AFTER_GAP.search(held) if b"RTSP/" in held else None
    found = line.start() if line else len(held)
    keep = max(0, len(held) - _AFTER_GAP_OCTETS) if line is None else found
    at = held.find(_FRAME)
    while 0 <= at < found:
        fits = _frame_fits(held, at)
        if fits is not False:
            side.buffer.skip(at if fits else min(at, max(0, len(held) - _AFTER_GAP_OCTETS)))
            side.lost = fits is None
            return fits is True
        at = held.find(_FRAME, at + 1)
    side.buffer.skip(keep)
    side.lost = line is None
    return line is not None


def _frame_fits(held: bytes, at: int) -> bool | None:
    """Return whether a frame of RTP starts here and another follows; None if it is not known."""
    if at + 6 > len(held):
        return None
    following = at + 4 + (held[at + 2] << 8 | held[at + 3])
    if held[at + 4] >> 6 != 2 or not at + 12 <= following <= at + _PLAUSIBLE_FRAME:
        return False
    if following + 6 > len(held):
        return None
    return held[following] == _FRAME[0] and held[following + 4] >> 6 == 2


def _frames_score(head: bytes) -> float:
    """Return how surely a head is a chain of interleaved frames of RTP."""
    at = count = 0
    while at + 6 <= len(head):
        if head[at] != _FRAME[0] or head[at + 4] >> 6 != 2:
            return 0.0
        at += 4 + (head[at + 2] << 8 | head[at + 3])
        count += 1
    if count >= 2:
        return 0.8
    return 0.6 if count and rtp_packet.parse(head[4:at]) and head[1] < 16 else 0.0


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are the first octets of RTSP."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "tcp" or not heads:
        return 0.0
    return min(0.98 if _HEAD.match(head) else _frames_score(head) for head in heads)


DECODER = Decoder(
    id="rtsp",
    title="RTSP 1.0 and 2.0, with interleaved RTP",
    reference="RFC 2326, RFC 7826; RFC 8866 (SDP)",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(
        Screen(octets=dict.fromkeys(range(3), frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ_"))),
        Screen(octets={0: _FRAME, 4: range(0x80, 0xC0)}),
    ),
)
