"""Metrics as Prometheus and OpenMetrics write them: a name, labels and a value on each line."""

import re

from schouw_agent.errors import DecodeError
from schouw_agent.formats.text_lines import as_text
from schouw_agent.plugins import Format
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Opened

_LONGEST = 4 * 2**20
_MOST_LEAVES = 4096
_COMMENT = re.compile(r"#(?: (?:HELP|TYPE|UNIT) [A-Za-z_:][\w:]{0,127} | EOF$)")
_SAMPLE = re.compile(
    r"([A-Za-z_:][\w:]{0,127})(\{[^{}]{0,4096}\})?[ \t]{1,8}"
    r"([+-]?(?:\d{1,20}(?:\.\d{0,20})?(?:[eE][+-]?\d{1,3})?|Inf|NaN))"
    r"(?:[ \t](\d{10,13})(?:\.\d{1,9})?)?(?: # .{0,200})?$"
)
_LABEL = re.compile(r'([A-Za-z_]\w{0,63})="((?:[^"\\]|\\.){0,512})"')


def _read(octets: bytes, most: int) -> tuple[list[re.Match[str]], bool] | None:
    """Return the samples and whether they are sure to be metrics; None if a line is neither."""
    text = as_text(octets, _LONGEST)
    if text is None:
        return None
    found: list[re.Match[str]] = []
    sure = False
    for line in text.splitlines():
        row = line.strip()
        if not row:
            continue
        if row.startswith("#"):
            sure |= _COMMENT.match(row) is not None
            continue
        match = _SAMPLE.match(row)
        if match is None:
            return None
        found.append(match)
        if len(found) >= most:
            break
    sure |= len(found) > 1 or any(match[2] or match[4] for match in found)
    return (found, sure) if found else None


def _probe(content: Content) -> float:
    first = content.octets[:1]
    if not (first.isalpha() or first in (b"_", b":", b"#", b"\n")):
        return 0.0
    read = _read(content.octets, 64)
    return 0.85 if read and read[1] else 0.0


def _open(content: Content) -> Opened:
    read = _read(content.octets, _MOST_LEAVES)
    if read is None:
        raise DecodeError("prometheus_text: no samples")
    leaves: list[Leaf] = []
    for match in read[0]:
        name = match[1].replace(":", "_")
        for label, value in _LABEL.findall(match[2] or ""):
            leaves.append(Leaf(f"{name}.{label}", value))
        leaves.append(Leaf(name, float(match[3])))
    over = len(read[0]) >= _MOST_LEAVES or len(leaves) > _MOST_LEAVES
    return Opened(leaves=leaves[:_MOST_LEAVES], undecoded=OVER_LIMIT if over else "")


FORMAT = Format(
    id="prometheus_text",
    title="Prometheus metrics",
    reference="Prometheus exposition formats, text 0.0.4; OpenMetrics 1.0",
    probe=_probe,
    open=_open,
)
