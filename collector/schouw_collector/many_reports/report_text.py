"""The text of a device in a report, taken apart: what stays the same from day to day, and amounts.

Reports are written with sorted keys and without spaces (`evidence.report_octets`).  Between two
keys that must follow each other stands what is of one report only; around these amounts lies text
that is mostly known.  A key with the comma or brace before it never stands within a JSON string,
where quotes are escaped, so that the places can be found without reading what lies between.

Nothing is checked here but that: the text around the amounts is of use only where it is known,
octet for octet, and `told_report` lets the records check it before it knows it.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import orjson

_COUNT = rb"(\d{1,15})"
_TEXT = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
_TEXTS = rb"\[[^\[\]]*\]"
_MOMENT = rb'"([^"]*)Z"'
_RECURRENCE = rb"(null|\{[^{}]*(?:\{[^{}]*\}[^{}]*){0,2}\})"
_EMISSION = re.compile(
    rb',"confidence":(\d[^,]*),"consistent_with":' + _TEXT + rb',"direction":' + _TEXT
    + rb',"fingerprints":' + _TEXTS + rb',"first_seen":' + _MOMENT + rb',"form":' + _TEXT
    + rb',"intervals":\[([\d,]*)\],"last_seen":' + _MOMENT + rb',"messages":' + _COUNT
    + rb',"octets":' + _COUNT + rb',"path":' + _TEXT + rb',"privacy_class":' + _TEXT
    + rb',"protocol":' + _TEXT + rb',"recipient":' + _TEXT + rb',"recurrence":' + _RECURRENCE
    + rb',"retained":[a-z]*,"returned_octets":' + _COUNT
    + rb',"self_declared":[a-z]*,"smallest":(null|\d[^,]*),'
)  # fmt: skip
_COVERAGE = re.compile(
    rb',"coverage":\{"missed_octets":' + _COUNT + rb',"octets":' + _COUNT + rb',"packets":'
    + _COUNT + rb',"undecoded":\[([^\[\]]*)\]\},"emissions":\['
)  # fmt: skip
_EMISSIONS, _EMISSIONS_END = b',"emissions":[', b'],"firmware":'
_ID = re.compile(rb',"first_seen":' + _MOMENT + rb',"id":"([^"\\]*)","identifiers":')
_LAST_SEEN = re.compile(rb',"last_seen":' + _MOMENT + rb',"model":')
_RELAY = re.compile(rb',"relay":"([^"\\]*)","role":')
_RECIPIENT = re.compile(rb',"octets":' + _COUNT + rb',"port":')
_UNDECODED = re.compile(
    rb'\{"flows":' + _COUNT + rb',"messages":' + _COUNT + rb',"octets":' + _COUNT
)
_DEVICES, _DEVICE, _BEHIND = b',"devices":[', b'{"areas":[', b'],"end":'


class OtherFormError(Exception):
    """Something is written in another way than reports are, or is wrong."""


class Amount(IntEnum):
    """What is of one report only."""

    CONFIDENCE = 1
    INTERVALS = 2
    """Without brackets."""
    EMISSION_COUNT = 3
    """Messages, octets, returned octets."""
    EMISSION_SEEN = 4
    """First and last; moments are without quotes and Z."""
    SMALLEST = 5
    RECURRENCE = 6
    DEVICE_SIZE = 7
    """Missed octets, octets, packets."""
    UNDECODED = 8
    """Flows, messages, octets."""
    DEVICE_SEEN = 9
    RECIPIENT_OCTETS = 10
    ID = 11
    RELAY = 12


_OF_EMISSION = (
    Amount.CONFIDENCE,
    Amount.EMISSION_SEEN,
    Amount.INTERVALS,
    Amount.EMISSION_SEEN,
    Amount.EMISSION_COUNT,
    Amount.EMISSION_COUNT,
    Amount.RECURRENCE,
    Amount.EMISSION_COUNT,
    Amount.SMALLEST,
)
"""In the order of the groups of the pattern."""


class Span(NamedTuple):
    """An amount, and where in the text of its device it stands."""

    amount: Amount
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DeviceText:
    """One device, taken apart."""

    text: bytes
    spans: list[Span]
    """Of all amounts, in the order of the text."""
    begin: int
    """Where the list of its emissions begins, behind the bracket."""
    end: int
    """Where it ends, before the bracket."""


class ReportText(NamedTuple):
    """A report in two parts."""

    head: bytes
    """The report without devices."""
    devices: bytes
    """Without the brackets around them."""


def as_written(payload: bytes) -> bytes:
    """Return a report as it would be written, whatever the order and the spaces it came in.

    Raises `ValueError` if it is no JSON.
    """
    return orjson.dumps(orjson.loads(payload), option=orjson.OPT_SORT_KEYS)


def report_text(payload: bytes) -> ReportText:
    """Return the parts of a report.  Raises `OtherFormError` if it is written otherwise."""
    begin = payload.find(_DEVICES) + len(_DEVICES)
    end = payload.rfind(_BEHIND, begin)
    if begin < len(_DEVICES) or end < 0:
        raise OtherFormError
    return ReportText(payload[:begin] + payload[end:], payload[begin:end])


def devices_of(text: bytes) -> list[bytes]:
    """Return the text of each device but for its first key and last brace, which they all have.

    `text`: devices as in `ReportText`, as they are or as a skeleton.  Raises `OtherFormError` if it
    is something else.
    """
    if not (text.startswith(_DEVICE) and text.endswith(b"}")):
        raise OtherFormError
    return text[len(_DEVICE) : -1].split(b"}," + _DEVICE)


def whole(device: bytes) -> bytes:
    """Return a device, as `devices_of` gave it, as JSON."""
    return b"%b%b}" % (_DEVICE, device)


def without_emissions(device: bytes) -> bytes:
    """Return a device, as `whole` gave it, with a list of no emissions."""
    begin = device.find(_EMISSIONS) + len(_EMISSIONS)
    return device[:begin] + device[device.rfind(_EMISSIONS_END) :]


def take_apart(text: bytes) -> DeviceText:
    """Return one device, as `whole` gave it, taken apart.

    Raises `OtherFormError` if it is written otherwise.
    """
    coverage = _COVERAGE.search(text)
    if coverage is None:
        raise OtherFormError
    begin = end = coverage.end()
    spans = [Span(Amount.DEVICE_SIZE, *coverage.span(n)) for n in (1, 2, 3)]
    for row in _UNDECODED.finditer(text, *coverage.span(4)):
        spans += (Span(Amount.UNDECODED, *row.span(n)) for n in (1, 2, 3))
    for emission in _EMISSION.finditer(text, begin):
        spans += (Span(a, *emission.span(n)) for n, a in enumerate(_OF_EMISSION, 1))
        end = emission.end()
    end = text.find(_EMISSIONS_END, end)
    id_ = _ID.search(text, max(end, 0))
    last = id_ and _LAST_SEEN.search(text, id_.end())
    relay = last and _RELAY.search(text, last.end())
    if end < 0 or not (id_ and last and relay):
        raise OtherFormError
    spans += [Span(Amount.DEVICE_SEEN, *id_.span(1)), Span(Amount.ID, *id_.span(2))]
    spans.append(Span(Amount.DEVICE_SEEN, *last.span(1)))
    for to_whom in _RECIPIENT.finditer(text, last.end(), relay.start()):
        spans.append(Span(Amount.RECIPIENT_OCTETS, *to_whom.span(1)))
    spans.append(Span(Amount.RELAY, *relay.span(1)))
    return DeviceText(text, spans, begin, end)
