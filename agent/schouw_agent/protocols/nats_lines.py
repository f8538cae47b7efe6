"""The operations of NATS: lines of text, some of them with a payload behind them.

NATS documentation, client protocol.  Operations are written in any case; fields are divided by
spaces or tabs.
"""

import re
from typing import Any, NamedTuple

import orjson

from schouw_agent.errors import DecodeError

_GAP = rb"[ \t]+"
_WORD = rb"[^\s\x00-\x1f\x7f]{1,4096}"
_SIZE = rb"([0-9]{1,9})"
_TO = rb"(" + _WORD + rb")"
_REPLY = rb"(?:" + _GAP + _WORD + rb")?"
_PUB = _TO + _REPLY + _GAP + _SIZE
_MSG = _TO + _GAP + _WORD + _REPLY + _GAP + _SIZE
_FORMS = {
    b"INFO": re.compile(rb"(\{.*\})", re.DOTALL),
    b"CONNECT": re.compile(rb"(\{.*\})", re.DOTALL),
    b"PUB": re.compile(_PUB),
    b"HPUB": re.compile(_PUB + _GAP + _SIZE),
    b"MSG": re.compile(_MSG),
    b"HMSG": re.compile(_MSG + _GAP + _SIZE),
    b"SUB": re.compile(_TO + _REPLY + _GAP + _WORD),
    b"UNSUB": re.compile(_WORD + rb"(?:" + _GAP + rb"[0-9]{1,20})?"),
    b"PING": re.compile(rb""),
    b"PONG": re.compile(rb""),
    b"+OK": re.compile(rb""),
    b"-ERR": re.compile(rb".*"),
}
OPERATIONS = frozenset(_FORMS)
PUBLISHING = frozenset({b"PUB", b"HPUB"})
DELIVERING = frozenset({b"MSG", b"HMSG"})
_HEADED = frozenset({b"HPUB", b"HMSG"})
_VERSION = re.compile(rb"NATS/1\.[0-9](?: +([0-9]{3})[^\r\n]*)?\r\n")
_MOST_FIELDS = 64
_STREAM_ANSWER = re.compile(
    rb'\s*\{\s*(?:"type"\s*:\s*"io\.nats\.jetstream\.'
    rb'|"stream"\s*:\s*"[^"]{0,256}"\s*,\s*"seq"\s*:\s*[0-9]+\s*[,}])'
)


class Operation(NamedTuple):
    """One line, understood."""

    name: bytes
    """In capitals, such as `PUB`."""
    subject: str
    """Of what is published, delivered or asked for; else empty."""
    header: int
    """Octets of the header that begins the payload; 0 if there is none."""
    total: int
    """Octets of header and payload together; -1 if the line has neither."""
    stated: bytes
    """The JSON of INFO and CONNECT; else empty."""


def parse(line: bytes) -> Operation:
    """Return the operation of a line without its end.  Raises `DecodeError`."""
    name, _, rest = line.replace(b"\t", b" ", 1).partition(b" ")
    name = name.upper()
    form = _FORMS.get(name)
    found = form.fullmatch(rest.strip(b" \t")) if form is not None else None
    if found is None:
        raise DecodeError("no operation")
    if name in (b"INFO", b"CONNECT"):
        return Operation(name, "", 0, -1, found[1])
    if name in PUBLISHING or name in DELIVERING:
        headed = name in _HEADED
        total = int(found[3] if headed else found[2])
        header = int(found[2]) if headed else 0
        if header > total:
            raise DecodeError("header longer than the message")
        return Operation(name, _text(found[1]), header, total, b"")
    return Operation(name, _text(found[1]) if name == b"SUB" else "", 0, -1, b"")


def topic(subject: str) -> str:
    """Return a subject, or what is asked for with wildcards, as the topic that MQTT would have.

    `city.noise.*` is `city/noise/+`, and `city.>` is `city/#`, as in the server's gateway for MQTT.
    """
    levels = subject.split(".")
    if levels[-1] == ">":
        levels[-1] = "#"
    return "/".join("+" if level == "*" else level for level in levels)


def header_fields(octets: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the status of a header, such as 503, else "", and its fields.

    Raises `DecodeError`.  Source: ADR-4 of the NATS architecture.
    """
    found = _VERSION.match(octets)
    if found is None or not octets.endswith(b"\r\n\r\n"):
        raise DecodeError("malformed header")
    told = []
    for line in octets[found.end() : -2].split(b"\r\n")[:-1][:_MOST_FIELDS]:
        name, colon, value = line.partition(b":")
        if not colon:
            raise DecodeError("malformed header field")
        told.append((_text(name.strip()), _text(value.strip())))
    return _text(found[1] or b""), tuple(told)


def is_housekeeping(subject: str, payload: bytes) -> bool:
    """Tell whether a message is between a client and the stream store or the server itself.

    They have subjects of their own; what a store answers comes to an inbox.  Source: JetStream wire
    API reference.
    """
    return subject.startswith(("$JS.", "$SYS.")) or bool(_STREAM_ANSWER.match(payload))


def credentials(stated: dict[str, Any]) -> str:
    """Return what a client proves itself by in CONNECT; never the secret."""
    if stated.get("pass"):
        return "password"
    if stated.get("auth_token"):
        return "bearer"
    if stated.get("sig") or stated.get("jwt") or stated.get("nkey"):
        return "other"  # a signature of what the server sent, which is of no use a second time
    return "user name" if stated.get("user") else ""


def members(stated: bytes) -> dict[str, Any]:
    """Return the members of the JSON of INFO or CONNECT.  Raises `DecodeError`."""
    try:
        found = orjson.loads(stated)
    except orjson.JSONDecodeError:
        raise DecodeError("malformed JSON") from None
    if not isinstance(found, dict):
        raise DecodeError("no JSON object")
    return found


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "replace")
