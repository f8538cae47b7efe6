"""What a message is about: every layer opened, every detector asked, one answer."""

import base64
import binascii
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import orjson

from schouw_agent.detectors.remainder import remaining
from schouw_agent.plugins import Context, Detector, Format
from schouw_agent.recognition.figure_numbers import FigureNumber
from schouw_agent.recognition.glossary import Glossary
from schouw_agent.recognition.natures import nature
from schouw_agent.recognition.opening import Layer, open_content
from schouw_agent.recognition.structure import Structure
from schouw_agent.records import OVER_LIMIT, Content, Match
from schouw_agent.vocabulary import CATEGORIES
from schouw_agent.vocabulary.topics import topic_template

MOST_MATCHES = 512
_MOST_PLANS = 16384
_LONGEST_LINE = 32 * 2**20
_SHORT = 64
_TOLD_BY_TOPIC = frozenset(("mqtt",))
"""Protocols of whose fields nobody reads more than is in the circumstances."""


@dataclass(frozen=True, slots=True)
class Classified:
    """What a content is, and what of it was not understood."""

    format: str
    """Id of the outermost format; empty if none knew it."""
    matches: tuple[Match, ...]
    """Of every layer; one for each path, category and subject."""
    subject: str = ""
    """The device that the message is about, if an envelope names it."""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    declared: tuple[str, ...] = ()
    undecoded: tuple[tuple[str, int], ...] = ()
    """Reason and octets, of each layer that was not understood."""
    lasting: bool = False
    """Every message of this structure gets this very answer."""
    by_structure: bool = False
    """The structure is that of a parsed value (`structure.Structure`)."""
    figured: "Figured | None" = None
    """If there are figures in the matches: what holds for other messages as well."""

    @property
    def plain(self) -> "Classified":
        """Return the answer without figures."""
        return self if self.figured is None else self.figured.plain


class Figured(NamedTuple):
    """What holds for messages that are alike but for their figures."""

    plain: Classified
    """The answer without them."""
    numbers: tuple[FigureNumber, ...] | None
    """Where they stand; None if each such message must be read for them."""
    in_words: float | None = None
    """Seconds of an interval that is told as a text."""


class Classifier:
    """Classifies contents, and remembers what a structure means.

    The memory is keyed by everything that an answer may rest on: protocol, kind, topic template,
    key paths, types, looks and plausibility.  Where a detector must read values, or an envelope
    names a device, nothing is remembered.
    """

    def __init__(self, formats: Mapping[str, Format], detectors: Mapping[str, Detector]) -> None:
        self._formats = formats
        self._of_streams = {each.id: each for each in formats.values() if each.streams}
        self._detectors = tuple(detectors.values())
        self._structure = Structure()
        self._plans: dict[Hashable, Classified] = {}
        self._glossary = Glossary()
        self._same: dict[Hashable, Classified] = {}
        """By the hash of short octets, seeded by the interpreter, and where they were seen."""
        self.cleared = 0
        """How often the memory was emptied: full, or overtaken by what a device announced."""

    def classify(self, content: Content, kind: str = "") -> Classified:
        """Return what the content is; never raises for what the content holds."""
        octets = content.octets
        value = content.value
        if value is None and octets[:1] in _JSON_STARTS:
            try:
                value = orjson.loads(octets)
            except orjson.JSONDecodeError:
                value = None
        shape = self._structure.key(value) if isinstance(value, (dict, list)) else None
        if shape is None:
            return self._without_structure(_with_value(content, value), kind)
        key = (shape, *self.circumstances(content, kind))
        known = self._plans.get(key)
        if known is not None:
            return known
        content = _with_value(content, value)
        layers = self._layers(content, kind)
        found = self._classify(content, kind, layers)
        alike = len(layers) == 1 and not layers[0].by_value
        if alike and not found.subject and not found.identifiers:
            found = self._remember(key, replace(found, by_structure=True))
        return found

    def _without_structure(self, content: Content, kind: str) -> Classified:
        """Return what a content is that has no structure.

        Of a bare value all that counts is how it looks, and of a packet of a medium its form: both
        are soon known.  So are octets that are seen again where they were seen before.
        """
        circumstances = self.circumstances(content, kind)
        same = None
        if content.protocol in _TOLD_BY_TOPIC and 0 < len(content.octets) <= _SHORT:
            same = (hash(content.octets), content.topic, *circumstances)
            known = self._same.get(same)
            if known is not None:
                return known
        layers = self._layers(content, kind)
        seen = nature(layers)
        if seen is None:
            return self._classify(content, kind, layers)
        # What it announced, if anything, counts for itself too.
        key = (*seen, *self.circumstances(content, kind))
        found = self._plans.get(key) or self._remember(key, self._classify(content, kind, layers))
        if same is not None:
            if len(self._same) >= _MOST_PLANS:
                self._same.clear()
            self._same[same] = found
        return found

    def _layers(self, content: Content, kind: str) -> Sequence[Layer]:
        """Return the layers of a content, with what was announced of its values."""
        formats = self._of_streams if kind == "media" else self._formats
        layers = open_content(content, formats)
        if self._glossary.learn(layers):
            # What was found of such messages before may now be called otherwise.
            self._plans.clear()
            self._same.clear()
            self.cleared += 1
        return self._glossary.explain(layers, content.topic)

    def circumstances(self, content: Content, kind: str) -> tuple[Hashable, ...]:
        """Return what an answer may rest on besides the octets of the content.

        It holds until the memory is emptied.
        """
        secret = content.fields.get("credentials")
        announced = self._glossary.version(content.topic)
        template = topic_template(content.topic)
        return template, content.protocol, kind, content.media_type, secret, announced

    def _remember(self, key: Hashable, found: Classified) -> Classified:
        if len(self._plans) >= _MOST_PLANS:
            self._plans.clear()
            self.cleared += 1
        found = self._plans[key] = replace(found, lasting=True)
        return found

    def _classify(self, content: Content, kind: str, layers: Sequence[Layer]) -> Classified:
        matches: dict[tuple[str, str, str], Match] = {}
        for i, layer in enumerate(layers):
            context = _context(layer, content, kind, outermost=i == 0)
            found = self._ask(layer, context)
            opened_within = {below.path for below in layers[i + 1 :]}
            found.extend(remaining(layer.leaves, found, opened_within))
            _merge(matches, found, layer)
        outer = layers[0]
        return Classified(
            format=outer.format,
            matches=_weightiest(matches.values()),
            subject=outer.subject,
            identifiers=outer.identifiers,
            declared=tuple(dict.fromkeys(c for layer in layers for c in layer.declared)),
            undecoded=_undecoded(layers, cut=len(matches) > MOST_MATCHES),
        )

    def _ask(self, layer: Layer, context: Context) -> list[Match]:
        found: list[Match] = []
        for detector in self._detectors:
            found.extend(detector.detect(layer.leaves, context))
        return found


_JSON_STARTS = (b"{", b"[", b" ", b"\n", b"\t", b"\r")


def _with_value(content: Content, value: Any) -> Content:
    return content if value is content.value else content._replace(value=value)


def _context(layer: Layer, content: Content, kind: str, *, outermost: bool) -> Context:
    return Context(
        topic=topic_template(content.topic),
        format=layer.format,
        protocol=content.protocol,
        kind=kind,
        medium=layer.medium,
        fields=dict(content.fields) if outermost and content.fields else None,
        subject=layer.subject,
    )


def _merge(
    matches: dict[tuple[str, str, str], Match], found: Iterable[Match], layer: Layer
) -> None:
    for match in found:
        path = match.path or layer.path
        subject = match.subject or layer.subject
        key = (path, match.category, subject)
        known = matches.get(key)
        if known is None or match.confidence > known.confidence:
            matches[key] = match._replace(path=path, subject=subject)
    if layer.form:
        key = (layer.path, "opaque_payload", layer.subject)
        matches.setdefault(
            key,
            Match(
                layer.path, "opaque_payload", 0.9, ("value_structure",), layer.form, layer.subject
            ),
        )


def _weightiest(matches: Collection[Match]) -> tuple[Match, ...]:
    """Return the matches, or of too many those that matter most: nothing hides in bulk."""
    if len(matches) <= MOST_MATCHES:
        return tuple(matches)
    ordered = sorted(matches, key=lambda m: (CATEGORIES[m.category].rank, m.confidence))
    return tuple(reversed(ordered[-MOST_MATCHES:]))


def _undecoded(layers: Sequence[Layer], *, cut: bool) -> tuple[tuple[str, int], ...]:
    outer = layers[0]
    if cut or outer.undecoded:  # what lies within is counted with it, once
        return ((outer.undecoded or OVER_LIMIT, outer.octets),)
    totals: dict[str, int] = {}
    for layer in layers:
        if layer.undecoded:
            totals[layer.undecoded] = totals.get(layer.undecoded, 0) + layer.octets
    return tuple(sorted(totals.items()))


def classify_line(classifier: Classifier, line: bytes) -> dict[str, Any]:
    """Return the answer to one JSON line `{id, payload, encoding, topic?}`.

    A malformed line gives `{id, error}`, with a fixed phrase for the reason.
    """
    if len(line) > _LONGEST_LINE:
        return {"id": None, "error": "line too long"}
    try:
        asked = orjson.loads(line)
    except orjson.JSONDecodeError:
        return {"id": None, "error": "not a JSON line"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "not a JSON object"}
    identity = asked.get("id")
    identity = identity if isinstance(identity, (str, int)) else None
    payload, topic = asked.get("payload"), asked.get("topic")
    if not isinstance(payload, str):
        return {"id": identity, "error": "payload is not a string"}
    octets = _octets(payload, asked.get("encoding", "text"))
    if isinstance(octets, str):
        return {"id": identity, "error": octets}
    content = Content(octets, topic=topic if isinstance(topic, str) else "")
    return _answer(identity, classifier.classify(content))


def _octets(payload: str, encoding: object) -> bytes | str:
    if encoding in ("json", "text"):
        return payload.encode("utf-8", "replace")
    if encoding != "base64":
        return "encoding is not json, text or base64"
    try:
        return base64.b64decode(payload, validate=True)
    except (binascii.Error, ValueError):
        return "payload is not base64"


def _answer(identity: object, classified: Classified) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "id": identity,
        "format": classified.format,
        "matches": [
            {
                "path": match.path,
                "category": match.category,
                "confidence": round(match.confidence, 2),
                "basis": list(match.basis),
            }
            for match in classified.matches
        ],
    }
    if classified.undecoded:
        answer["undecoded"] = [
            {"reason": reason, "octets": octets} for reason, octets in classified.undecoded
        ]
    return answer
