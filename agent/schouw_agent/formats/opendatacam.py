"""OpenDataCam: road users counted per line, and followed from frame to frame."""

from collections.abc import Iterator, Mapping
from typing import Any

from schouw_agent.formats.envelope import claimed, json_object
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Leaf, Opened

_COUNTED = {
    "person": "people count",
    "bicycle": "bicycle count",
    "car": "vehicle count",
    "truck": "vehicle count",
    "bus": "vehicle count",
    "motorbike": "vehicle count",
    "motorcycle": "vehicle count",
}
_SUMMARIES = ("counterSummary", "counterData")
_MOST_LINES = 64


def _probe(content: Content) -> float:
    value = json_object(content)
    counting = isinstance(value.get("counterSummary"), dict) and (
        "trackerSummary" in value or "counter" in value or "areas" in value
    )
    frame = value.get("trackerDataForLastFrame")
    return 0.93 if counting or isinstance(frame, dict) else 0.0


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    leaves = [leaf for key in _SUMMARIES for leaf in _counts(value.get(key), key)]
    frame = value.get("trackerDataForLastFrame")
    opened = open_value(frame, "trackerDataForLastFrame") if isinstance(frame, dict) else Opened()
    history = value.get("counterHistory")
    passed = open_value(history, "counterHistory") if isinstance(history, list) else Opened()
    return Opened(
        leaves=[*leaves, *opened.leaves, *passed.leaves],
        undecoded=opened.undecoded or passed.undecoded,
    )


def _counts(summary: Any, key: str) -> Iterator[Leaf]:
    if not isinstance(summary, Mapping):
        return
    for line in list(summary.values())[:_MOST_LINES]:
        if not isinstance(line, dict):
            continue
        for kind, name in _COUNTED.items():
            number = line.get(kind)
            if isinstance(number, int | float) and not isinstance(number, bool):
                # The id of a counting line is drawn anew for each count: it names no field.
                yield Leaf(f"{key}.{kind}", number, "", "", name)


FORMAT = Format(
    id="opendatacam",
    title="OpenDataCam count or frame",
    reference="OpenDataCam API documentation, counter and tracker data",
    probe=_probe,
    open=_open,
)
