"""What message envelopes have in common: where one keeps what it says of which device."""

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Leaf, Nested, Opened

_MOST_ROWS = 32
_LONGEST_NAME = 200
_EUI = re.compile(r"(?:[0-9A-Fa-f]{2}[:-]?){7}[0-9A-Fa-f]{2}")


def json_object(content: Content) -> dict[str, Any]:
    """Return the JSON object that a content is; empty if it is something else."""
    value = content.value
    return value if isinstance(value, dict) else {}


def claimed(content: Content, known: Format) -> dict[str, Any]:
    """Return the JSON object that a content is.  Raises `DecodeError` if it is not the format's."""
    if not known.probe(content):
        raise DecodeError(f"{known.id}: not one")
    return json_object(content)


def walk(value: Any, path: str) -> Iterator[Any]:
    """Yield what stands at a key path such as `rxInfo[].rssi`; `[]` steps into at most 32 rows."""
    key, _, rest = path.partition(".")
    rows = key.endswith("[]")
    if not isinstance(value, dict) or key.removesuffix("[]") not in value:
        return
    found = value[key.removesuffix("[]")]
    if rows:
        found = found[:_MOST_ROWS] if isinstance(found, list) else []
    for item in found if rows else (found,):
        if rest:
            yield from walk(item, rest)
        else:
            yield item


def text_at(value: Any, *paths: str) -> str:
    """Return the first short text or whole number at one of these key paths; empty if none."""
    for path in paths:
        for item in walk(value, path):
            if isinstance(item, str) and 0 < len(item) <= _LONGEST_NAME:
                return item
            if type(item) is int:
                return str(item)
    return ""


def eui64(text: str) -> str:
    """Return an EUI-64, in hexadecimal or base64, as 16 lower-case digits; empty if it is none."""
    if _EUI.fullmatch(text):
        return re.sub("[:-]", "", text).lower()
    if len(text) == 12:
        try:
            octets = base64.b64decode(text, validate=True)
        except ValueError:
            return ""
        return octets.hex() if len(octets) == 8 else ""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Key paths of one kind of envelope.  Where several are given, the first that is there counts.

    What none of them names is the affair of the envelope, and gives no leaves.
    """

    subject: tuple[str, ...]
    """Of the name of the device that is spoken for."""
    dev_eui: tuple[str, ...] = ()
    identifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind of identifier to its key paths."""
    readings: tuple[str, ...] = ()
    """Of what the device sent, decoded: each becomes leaves under its own key path."""
    nested: tuple[str, ...] = ()
    """Of what the device sent, as text that holds JSON or alike."""
    raw: tuple[str, ...] = ()
    """Of the octets that the device sent: opaque when nothing of it is decoded."""
    figures: tuple[str, ...] = ()
    """Of numbers about the device: its radio link, its place."""


def unpack(value: Mapping[str, Any], envelope: Envelope) -> Opened:
    """Return what an envelope of that kind holds."""
    leaves: list[Leaf] = []
    nested: list[Nested] = []
    over = ""
    for path in envelope.readings:
        for item in walk(value, path):
            if item is None:
                continue
            opened = open_value(item, path)
            leaves += opened.leaves
            nested += opened.nested
            over = over or opened.undecoded
    for path in envelope.nested:
        nested += [
            Nested(path, Content(item.encode("utf-8", "replace")))
            for item in walk(value, path)
            if isinstance(item, str) and item
        ]
    if not leaves and not nested:
        leaves += _opaque(value, envelope.raw)
    leaves += [
        Leaf(path, item)
        for path in envelope.figures
        for item in walk(value, path)
        if isinstance(item, int | float) and not isinstance(item, bool)
    ]
    return Opened(
        leaves=leaves,
        subject=text_at(value, *envelope.subject),
        identifiers=_identifiers(value, envelope),
        nested=nested,
        undecoded=over,
    )


def _opaque(value: Mapping[str, Any], paths: tuple[str, ...]) -> list[Leaf]:
    for path in paths:
        for item in walk(value, path):
            if isinstance(item, str) and item:
                return [Leaf(path, _raw(item), "", "", "opaque")]
    return []


def _raw(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return octets_of(text)


def contained(text: str, path: str, subject: str = "", media_type: str = "") -> Opened:
    """Return what a text, perhaps in base64, holds: a bare value is a leaf, all else nested."""
    octets = octets_of(text)
    if octets[:1] not in (b"{", b"["):
        try:
            bare = octets.decode("utf-8")
        except UnicodeDecodeError:
            bare = ""
        if bare.isprintable() and bare:
            return Opened(leaves=(Leaf(path, bare, "", subject),), subject=subject)
    return Opened(nested=(Nested(path, Content(octets, media_type=media_type), subject),))


def octets_of(text: str) -> bytes:
    """Return what a text in base64 stands for; of other text its own octets."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return text.encode("utf-8", "replace")


def _identifiers(value: Mapping[str, Any], envelope: Envelope) -> dict[str, str]:
    found = {"dev_eui": eui64(text_at(value, *envelope.dev_eui))} if envelope.dev_eui else {}
    found |= {kind: text_at(value, *paths) for kind, paths in envelope.identifiers.items()}
    return {kind: text for kind, text in found.items() if text}


def envelope_format(
    *,
    id: str,  # noqa: A002  (the field's own name)
    title: str,
    reference: str,
    marks: Mapping[str, type | tuple[type, ...]],
    any_of: tuple[str, ...] = (),
    envelope: Envelope,
) -> Format:
    """Return the format of JSON objects that have all the marks, and one of `any_of` if given.

    `marks`: key path to the type of what must stand there.
    """

    def fits(value: Mapping[str, Any]) -> bool:
        return all(
            isinstance(next(walk(value, path), None), kind) for path, kind in marks.items()
        ) and (not any_of or any(next(walk(value, path), None) is not None for path in any_of))

    def probe(content: Content) -> float:
        value = json_object(content)
        return 0.95 if value and fits(value) else 0.0

    def open_(content: Content) -> Opened:
        return unpack(claimed(content, known), envelope)

    known = Format(id=id, title=title, reference=reference, probe=probe, open=open_)
    return known
