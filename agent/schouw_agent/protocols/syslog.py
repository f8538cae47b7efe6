"""Syslog: the lines that devices write about themselves and about what passes them."""

import re
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.stream import HEADER_LIMIT, OctetBuffer, StreamConversation
from schouw_agent.records import Message

PORTS = frozenset({514, 601})
_DATAGRAM_PORT = 514
_MOST_PRIORITY = 191
_PRIORITY = re.compile(rb"<(0|[1-9][0-9]{0,2})>")
_MONTHS = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_STAMP = rb"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}\S{0,16}"
_OLD_STAMP = _MONTHS + rb" [ 0-9][0-9] (?:[0-9]{4} )?[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
_NEW = re.compile(
    rb"1 (?:-|" + _STAMP + rb") (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) (?=[-\[])"
)
"""RFC 5424, 6: version, time, host, application, process, message id."""
_OLD = re.compile(
    rb" ?(?:[0-9]{1,10}: )?[*.]?(?:" + _OLD_STAMP + rb"|" + _STAMP + rb"):? (?:(\S{1,255}) )?"
)
"""RFC 3164, 4.1.2, and the older habits that RFC 5424 gathers in A.1."""
_PAIRS = re.compile(rb"date=[0-9]{4}-[0-9]{2}-[0-9]{2} time=[0-9]{2}:[0-9]{2}:[0-9]{2} \w+=")
"""How firewalls of Fortinet begin: with pairs, and no stamp of syslog (FortiOS, Log message)."""
_TAG = re.compile(rb"([\w.\-/]{1,48})(?:\[[^\]]{1,32}\])?:")
_DATA = re.compile(rb'-|(?:\[[^ =\]"]{1,32}(?: [^ =\]"]{1,32}="(?:[^"\\\]]|\\.)*")*\])+', re.DOTALL)
_COUNTED = re.compile(rb"([1-9][0-9]{0,5}) (?=<)")
_LONGEST_COUNT = 7
_LINE = re.compile(
    rb"[A-Za-z0-9\[][\x20-\x7e\t\x80-\xff]{1,48} [\x20-\x7e\t\x80-\xff]{4,}[\r\n\0]*"
)
"""A line of several words, which may be a message without its priority."""
_FIRST_OF_LINE = frozenset(each for each in range(128) if chr(each).isalnum()) | {0x5B}
_HEAD_OCTETS = 256


class Conversation(StreamConversation):
    """The messages of one sender."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__()
        self._datagrams = hint.transport == "udp"
        self._named = _DATAGRAM_PORT in (hint.orig_port, hint.resp_port)
        self.survives = self._datagrams
        self._buffers = (OctetBuffer(), OctetBuffer())
        self._host = ""

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        buffer = self._buffers[from_orig]
        buffer.append(octets)
        if self._datagrams:
            self._message(buffer.take(len(buffer)), buffer.position, messages)
            return
        while (line := _next(buffer)) is not None:
            if line.strip(b"\r\n\0 "):
                self._message(line, buffer.position, messages)

    def _message(self, octets: bytes, end: int, messages: list[Message]) -> None:
        fields, payload, host = parse(octets, self._named)
        messages.append(Message("syslog", "log", fields, payload, end))
        if host and host != self._host:
            self._host = host
            told = {"identity": {"host_name": host}}
            messages.append(Message("syslog", "identity", told, b"", end))

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Give up a stream: nothing tells the middle of a line from its start."""
        self._buffers[from_orig].lose(octets)
        self.wanted = self._datagrams


def _next(buffer: OctetBuffer) -> bytes | None:
    """Return the next message of a stream (RFC 6587, 3.4), or None if it has not come yet."""
    head = buffer.peek(_LONGEST_COUNT + 1)
    if not head:
        return None
    if head[:1].isdigit():
        if len(head) < _LONGEST_COUNT + 1 and b" " not in head[:-1]:
            return None
        counted = _COUNTED.match(head)
        if counted is None:
            raise DecodeError("malformed count")
        size = counted.end() + int(counted[1])
        return buffer.take(size)[counted.end() :] if len(buffer) >= size else None
    return buffer.take_through(b"\n", HEADER_LIMIT)


def parse(octets: bytes, named: bool) -> tuple[dict[str, Any], bytes, str]:
    """Return fields, text and host of a message.  Raises `DecodeError`.

    `named`: the port says that it is syslog, so that the priority may be missing.
    """
    match = _PRIORITY.match(octets)
    if match is None and not (named and _LINE.fullmatch(octets)):
        raise DecodeError("no priority")
    priority = int(match[1]) if match else 13  # RFC 3164, 4.3.3
    if priority > _MOST_PRIORITY:
        raise DecodeError("priority over the limit")
    fields: dict[str, Any] = {
        "facility": priority >> 3,
        "severity": priority & 7,
        "application": "",
        "content_type": "",
    }
    text = octets[match.end() if match else 0 :]
    new = _NEW.match(text)
    if new:
        data = _DATA.match(text, new.end())
        fields["application"] = _word(new[2])
        rest = text[data.end() if data else new.end() :]
        return (
            fields,
            _payload(rest.removeprefix(b" ").removeprefix(b"\xef\xbb\xbf")),
            _word(new[1]),
        )
    old = _OLD.match(text) if match else None
    host = b""
    if old:
        host, text = old[1] or b"", text[old.end() :]
        if host.endswith(b":"):  # no host, but already the tag
            text, host = host + b" " + text, b""
    tag = _TAG.match(text)
    if tag:
        fields["application"] = _word(tag[1])
        text = text[tag.end() :]
    return fields, _payload(text), _word(host)


def _word(octets: bytes) -> str:
    return "" if octets == b"-" else octets.decode("utf-8", "replace")


def _payload(text: bytes) -> bytes:
    return text.strip(b" \r\n\0")


def _is_text(octets: bytes) -> bool:
    return all(octet >= 32 or octet in b"\t\r\n\0" for octet in octets[:_HEAD_OCTETS])


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely the first octets of the sender are a message of syslog."""
    if not orig or (resp and hint.transport == "tcp" and not resp.startswith(b"<")):
        return 0.0
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    head = orig
    if hint.transport == "tcp" and head[:1].isdigit():
        counted = _COUNTED.match(head)
        head = head[counted.end() :] if counted else b""
    match = _PRIORITY.match(head)
    if match is None:
        silent = hint.transport == "udp" and not resp and hint.resp_port == _DATAGRAM_PORT
        return 0.55 if silent and _LINE.fullmatch(head) else 0.0
    if int(match[1]) > _MOST_PRIORITY or len(head) <= match.end():
        return 0.0
    text = head[match.end() :]
    if _NEW.match(text) or _OLD.match(text):
        return 0.95
    if hint.transport == "udp" and usual:
        return 0.9 if _is_text(text) else 0.0
    if _PAIRS.match(text):
        return 0.9
    return 0.6 if usual and _TAG.match(text) else 0.0


DECODER = Decoder(
    id="syslog",
    title="Syslog",
    reference="RFC 5424, RFC 3164; RFC 5426 (UDP), RFC 6587 (TCP)",
    transports=frozenset({"udp", "tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(
        # A sender, whatever it is answered; over TCP it may say how long its messages are.
        Screen(octets={0: b"<", 1: b"0123456789"}, either=True),
        Screen(octets={0: b"123456789", 1: b" 0123456789", 2: b" <0123456789"}, either=True),
        Screen(octets={0: _FIRST_OF_LINE}, ports=frozenset({_DATAGRAM_PORT}), either=True),
    ),
)
