"""The text of a report, taken apart: what stays the same from day to day, and amounts.

Reports are written with sorted keys and without spaces (`evidence.report_octets`).  Between two
keys that must follow each other stands what is of one report only; around these amounts lies text
that is mostly known.  A key with the comma or brace before it never stands within a JSON string,
where quotes are escaped, so that the places can be found without reading what lies between.

Nothing is checked here but that: the text around the amounts is of use only where it is known,
octet for octet, and `told_report` lets the records check it before it knows it.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

import orjson

_COUNT = rb"(\d{1,15})"
_TEXT = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
_TEXTS = rb"\[[^\]]*\]"
_MOMENT = rb'"([^"]*)Z"'
_RECURRENCE = rb"(null|\{[^{}]*(?:\{[^{}]*\}[^{}]*){0,2}\})"
_EMISSION = re.compile(
    rb',"confidence":(\d[^,]*),("consistent_with":' + _TEXT + rb',"direction":' + _TEXT
    + rb',"fingerprints":' + _TEXTS + rb'),"first_seen":' + _MOMENT + rb',("form":' + _TEXT
    + rb'),"intervals":\[([\d,]*)\],"last_seen":' + _MOMENT + rb',"messages":' + _COUNT
    + rb',"octets":' + _COUNT + rb',("path":' + _TEXT + rb',"privacy_class":' + _TEXT
    + rb',"protocol":' + _TEXT + rb',"recipient":' + _TEXT + rb'),"recurrence":' + _RECURRENCE
    + rb',("retained":[a-z]*),"returned_octets":' + _COUNT
    + rb',("self_declared":[a-z]*),"smallest":(null|\d[^,]*),'
)  # fmt: skip
_COVERAGE = re.compile(
    rb',"coverage":\{"missed_octets":' + _COUNT + rb',"octets":' + _COUNT + rb',"packets":'
    + _COUNT + rb',"undecoded":\[([^\]]*)\]\},"emissions":\['
)  # fmt: skip
_ID = re.compile(rb',"first_seen":' + _MOMENT + rb',"id":"([^"\\]*)","identifiers":')
_LAST_SEEN = re.compile(rb',"last_seen":' + _MOMENT + rb',"model":')
_RELAY = re.compile(rb',"relay":"([^"\\]*)","role":')
_RECIPIENT = re.compile(rb',"octets":' + _COUNT + rb',"port":')
_UNDECODED = re.compile(
    rb'\{"flows":' + _COUNT + rb',"messages":' + _COUNT + rb',"octets":' + _COUNT
)
_DEVICES, _DEVICE, _BEHIND = b',"devices":[', b'{"areas":[', b'],"end":'
_EMISSION_MARK = b"\0"
"""Where the amounts of an emission were.  No JSON has such an octet."""


class OtherFormError(Exception):
    """Something is written in another way than reports are, or is wrong."""


@dataclass(frozen=True, slots=True)
class EmissionTexts:
    """The amounts of all emissions of a report, each as a column of JSON values."""

    confidences: list[bytes]
    first_seen: list[bytes]
    """Moments without quotes and Z."""
    intervals: list[bytes]
    """Without brackets."""
    last_seen: list[bytes]
    messages: list[bytes]
    octets: list[bytes]
    recurrences: list[bytes]
    returned_octets: list[bytes]
    smallest: list[bytes]
    rest: list[tuple[bytes, ...]]
    """What lies between them."""


class DeviceTexts(NamedTuple):
    """One device: what is of this report, and what lies around it."""

    id: bytes
    relay: bytes
    first_seen: bytes
    last_seen: bytes
    coverage: tuple[bytes, ...]
    """Missed octets, octets and packets."""
    undecoded: list[bytes]
    """Flows, messages and octets of each."""
    emissions: int
    """How many."""
    recipients: list[bytes]
    """Octets of each."""
    rest: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """A report taken apart."""

    head: bytes
    """The report without devices."""
    devices: list[DeviceTexts]
    emissions: EmissionTexts
    body: bytes
    """The devices, as `device_octets` takes them."""


def as_written(payload: bytes) -> bytes:
    """Return a report as it would be written, whatever the order and the spaces it came in.

    Raises `ValueError` if it is no JSON.
    """
    return orjson.dumps(orjson.loads(payload), option=orjson.OPT_SORT_KEYS)


def take_apart(payload: bytes) -> ReportTexts:
    """Return the parts of a report.  Raises `OtherFormError` if it is written otherwise."""
    begin = payload.find(_DEVICES) + len(_DEVICES)
    end = payload.find(_BEHIND, begin)
    if begin < len(_DEVICES) or end < 0 or _EMISSION_MARK in payload:
        raise OtherFormError
    body = payload[begin:end]
    pieces = _EMISSION.split(body)
    width = _EMISSION.groups + 1
    (sure, shape, first, form, intervals, last, messages, octets, what, recurrence, retained,
     returned, declared, smallest) = (pieces[n::width] for n in range(1, width))  # fmt: skip
    texts = _EMISSION_MARK.join(pieces[::width]).split(_DEVICE)
    devices = [_device(text) for text in _separated(texts)]
    if sum(device.emissions for device in devices) != len(messages):
        raise OtherFormError
    return ReportTexts(
        head=payload[:begin] + payload[end:],
        devices=devices,
        emissions=EmissionTexts(
            sure, first, intervals, last, messages, octets, recurrence, returned, smallest,
            rest=list(zip(shape, form, what, retained, declared, strict=True)),
        ),
        body=body,
    )  # fmt: skip


def device_octets(body: bytes) -> list[bytes]:
    """Return the JSON of each device of a report that was taken apart."""
    return [_DEVICE + text for text in _separated(body.split(_DEVICE))]


def _separated(texts: list[bytes]) -> list[bytes]:
    """Return devices without their first key, of texts that it began and that commas end."""
    nothing, *others = texts
    last = others.pop() if others else b""
    if nothing or not last.endswith(b"}") or not all(text.endswith(b"},") for text in others):
        raise OtherFormError
    return [*(text[:-1] for text in others), last]


def _device(text: bytes) -> DeviceTexts:
    """Return one device; `text`: all of it behind its first key."""
    # To find a text is much faster than to search for a pattern that begins with it.
    coverage = _COVERAGE.match(text, text.find(b',"coverage":{'))
    id_ = coverage and _ID.match(text, text.find(b',"first_seen":', coverage.end()))
    last = id_ and _LAST_SEEN.match(text, text.find(b',"last_seen":', id_.end()))
    relay = last and _RELAY.match(text, text.find(b',"relay":', last.end()))
    if not (coverage and id_ and last and relay):
        raise OtherFormError
    *sizes, undecoded = coverage.groups()
    to_whom = _RECIPIENT.split(text[last.end() : relay.start()])
    why, reasons = list[bytes](), list[bytes]()
    if undecoded:
        why = _UNDECODED.split(undecoded)
        reasons = why[::4]
        del why[::4]
    return DeviceTexts(
        id=id_[2],
        relay=relay[1],
        first_seen=id_[1],
        last_seen=last[1],
        coverage=tuple(sizes),
        undecoded=why,
        emissions=text.count(_EMISSION_MARK),
        recipients=to_whom[1::2],
        rest=(
            text[: coverage.start()],
            text[coverage.end() : id_.start()],
            text[id_.end() : last.start()],
            text[relay.end() :],
            *to_whom[::2],
            b"",
            *reasons,
        ),
    )
