"""When the shape of an unreadable stream does not fit what an entry declares.

A shape never says what is in a stream.  A file that is sent, or regular telemetry, fits any entry:
logs, updates and measurements look so.
"""

from collections.abc import Iterable, Mapping

from schouw_agent.report import Emission
from schouw_agent.vocabulary import covered_by
from schouw_collector.comparing.comparison import QUESTION, Comparison

_EXPLAINS: Mapping[str, frozenset[str]] = {
    "video": frozenset({"video_stream", "aerial_imagery", "still_image", "face_image"}),
    "sound at a constant rate": frozenset(
        {"audio_stream", "speech_content", "video_stream", "voice_aggression_event"}
    ),
}
"""Shape → the declared categories that explain it: one of them is enough."""
_DUTCH = {
    "video": "video",
    "sound at a constant rate": "geluid met een vaste snelheid",
    "file transfer": "het versturen van een bestand",
    "telemetry": "regelmatige metingen",
}


def kind_of_shape(shape: str) -> str:
    """Return the kind of a shape such as "video, 1.9 Mbit/s, 10 min"."""
    return shape.partition(",")[0]


def in_dutch(shape: str) -> str:
    """Return what a stream resembles in Dutch: its kind, and amounts with a comma."""
    kind, _, amounts = shape.partition(", ")
    return ", ".join(filter(None, (_DUTCH.get(kind, kind), amounts.replace(".", ","))))


def at_odds(
    comparison: Comparison, rows: Iterable[tuple[str, Emission]]
) -> list[tuple[str, Emission]]:
    """Return the unreadable emissions whose shape nothing that the entry declares would explain.

    None if the entry declares nothing that could be read, or if readable data of the same devices
    explain the shape: then it is no secret, and other rules tell it.
    """
    if comparison.certainty < QUESTION or not comparison.declared:
        return []
    seen = {c for c, o in comparison.observed.items() if o.confidence >= QUESTION}
    explained = covered_by(comparison.declared) | covered_by(seen)
    return [
        (device_id, emission)
        for device_id, emission in rows
        if (explains := _EXPLAINS.get(kind_of_shape(emission.consistent_with)))
        and not explains & explained
    ]
