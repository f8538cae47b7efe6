"""Contents are opened by the format that scores highest, and what lies inside them in turn."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import ACCEPTED, Format
from schouw_agent.recognition.values import with_json
from schouw_agent.records import (
    INVALID,
    OVER_LIMIT,
    UNKNOWN_FORMAT,
    Content,
    Leaf,
    Medium,
    Opened,
    Term,
)

DEEPEST = 6
MOST_LAYERS = 64
MOST_LEAVES = 8192
MOST_OCTETS = 16 * 2**20
"""Leaves and octets: of all layers of one message together."""
_SAMPLE = 4096
_OPAQUE_BITS = 7.0


@dataclass(frozen=True, slots=True)
class Layer:
    """One content that was opened, or could not be."""

    path: str
    """Where it was found; empty for the message itself."""
    format: str
    """Id of the format; empty if none knew it."""
    leaves: Sequence[Leaf] = ()
    """With full paths."""
    medium: Medium | None = None
    subject: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    declared: Sequence[str] = ()
    undecoded: str = ""
    """The reason, if it was not or not wholly understood."""
    octets: int = 0
    by_value: bool = False
    """What the leaves are called rests on values."""
    terms: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)
    scope: str = ""
    """Both as in `records.Opened`."""
    form: str = ""
    """Of what nobody recognised: what it looks like."""


def open_content(
    content: Content,
    formats: Mapping[str, Format],
    met: Callable[[Content], object] | None = None,
) -> list[Layer]:
    """Return the layers of a content, the outermost first.

    Bounded in depth (6), layers (64), leaves (8,192) and octets (16 MiB); what lies beyond is a
    layer with the reason `over_limit`.  Nested text that no format knows stays a leaf of its
    parent.  `met` is given each content that is met, also those that are not opened.
    """
    layers: list[Layer] = []
    budget, leaves = MOST_OCTETS, MOST_LEAVES
    todo: deque[tuple[str, str, Content, int]] = deque([("", "", content, 0)])
    while todo:
        path, subject, part, depth = todo.popleft()
        if met is not None:
            met(part)
        size = len(part.octets)
        if depth > DEEPEST or len(layers) >= MOST_LAYERS or size > budget or leaves < 0:
            layers.append(Layer(path, "", undecoded=OVER_LIMIT, octets=size, subject=subject))
            if len(layers) > MOST_LAYERS:
                break
            continue
        budget -= size
        part = with_json(part)
        chosen = _choose(part, formats)
        if chosen is None or (depth and chosen.id in _LEFT_IN_PARENT):
            if depth == 0 or not _textual(part.octets):
                layers.append(_unknown(path, subject, part))
            continue
        layer, opened = _open(path, subject, part, chosen)
        layers.append(layer)
        leaves -= len(layer.leaves)
        inherited = layer.subject
        for nested in opened.nested:
            below = join(path, nested.path)
            inner = _with_context(nested.content, content)
            todo.append((below, nested.subject or inherited, inner, depth + 1))
    return layers


# A nested text that is only text is already a leaf of what it was found in.
_LEFT_IN_PARENT = frozenset(("plain_text", "number_text"))


def join(prefix: str, path: str) -> str:
    """Return the full path of something found at `path` within what was found at `prefix`."""
    if not prefix or not path:
        return prefix or path
    return prefix + path if path.startswith("[]") else f"{prefix}.{path}"


def _with_context(inner: Content, outer: Content) -> Content:
    return inner if inner.topic else inner._replace(topic=outer.topic)


def _choose(content: Content, formats: Mapping[str, Format]) -> Format | None:
    best, best_score = None, 0.0
    for extension in formats.values():
        score = extension.probe(content)
        if score >= ACCEPTED and score > best_score:
            best, best_score = extension, score
    return best


def _open(path: str, subject: str, content: Content, chosen: Format) -> tuple[Layer, Opened]:
    size = len(content.octets)
    try:
        opened = chosen.open(content)
    except DecodeError:
        failed = Layer(path, chosen.id, undecoded=INVALID, octets=size, subject=subject)
        return failed, Opened()
    leaves = opened.leaves
    if path:
        leaves = [leaf._replace(path=join(path, leaf.path)) for leaf in leaves]
    layer = Layer(
        path=path,
        format=chosen.id,
        leaves=leaves,
        medium=opened.media,
        subject=opened.subject or subject,
        identifiers=opened.identifiers,
        declared=opened.declared,
        undecoded=opened.undecoded,
        octets=size,
        by_value=opened.by_value,
        terms=opened.terms,
        scope=opened.scope,
    )
    return layer, opened


def _unknown(path: str, subject: str, content: Content) -> Layer:
    octets = content.octets
    if not octets and content.value is None:
        return Layer(path, "", subject=subject)
    return Layer(
        path, "", undecoded=UNKNOWN_FORMAT, octets=len(octets), subject=subject,
        form=opaque_form(octets),
    )  # fmt: skip


def opaque_form(octets: bytes) -> str:
    """Return, for people, what octets that nobody recognises look like."""
    even = len(octets) >= 512 and entropy(octets[:_SAMPLE]) >= _OPAQUE_BITS
    kind = "compressed or encrypted octets" if even else "octets"
    return f"{kind}, {size_class(len(octets))}"


def size_class(size: int) -> str:
    """Return a size in octets rounded up to a power of two, so that forms stay few."""
    return f"up to {1 << max(0, size - 1).bit_length()}"


def entropy(octets: bytes) -> float:
    """Return the Shannon entropy of octets, in bits per octet (0 to 8)."""
    if not octets:
        return 0.0
    counts = np.bincount(np.frombuffer(octets, np.uint8))
    shares = counts[counts > 0] / len(octets)
    return float(-(shares * np.log2(shares)).sum())


def _textual(octets: bytes) -> bool:
    try:
        octets[:_SAMPLE].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= _SAMPLE - 4
    return True
