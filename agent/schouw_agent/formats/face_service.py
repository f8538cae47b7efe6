"""Answers of face recognition services: who it is, how alike, and what else was made of a face."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from schouw_agent.formats.envelope import claimed, json_object, walk
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Opened

_PERSON = "face person name"
_LIKENESS = "face similarity"
_NAMES = {
    # CompreFace
    "result[].subjects[].subject": _PERSON,
    "result[].subjects[].similarity": _LIKENESS,
    "result[].embedding[]": "face embedding",
    "result[].age.low": "person age",
    "result[].age.high": "person age",
    "result[].gender.value": "person gender",
    # Double Take
    "matches[].name": _PERSON,
    "match.name": _PERSON,
    # CodeProject.AI and DeepStack
    "predictions[].userid": _PERSON,
    # Amazon Rekognition
    "FaceMatches[].Similarity": _LIKENESS,
    "FaceMatches[].Face.ExternalImageId": _PERSON,
    "FaceDetails[].AgeRange.Low": "person age",
    "FaceDetails[].AgeRange.High": "person age",
    "FaceDetails[].Gender.Value": "person gender",
    "FaceDetails[].Emotions[].Type": "person emotion",
}


def _rows(value: Mapping[str, Any], path: str, *keys: str) -> bool:
    """Return whether some row at the path has all the keys."""
    return any(isinstance(row, dict) and row.keys() >= set(keys) for row in walk(value, path))


_SHAPES: tuple[Callable[[Mapping[str, Any]], bool], ...] = (
    lambda value: _rows(value, "result[]", "box") and (
        _rows(value, "result[]", "subjects") or _rows(value, "result[]", "embedding")
        or _rows(value, "result[]", "age")
    ),
    lambda value: "unknowns" in value and "misses" in value and "matches" in value,
    lambda value: _rows(value, "match", "name", "confidence", "box"),
    lambda value: _rows(value, "predictions[]", "userid", "confidence"),
    lambda value: _rows(value, "FaceMatches[]", "Similarity"),
    lambda value: _rows(value, "FaceDetails[]", "BoundingBox"),
)  # fmt: skip


def _probe(content: Content) -> float:
    value = json_object(content)
    return 0.93 if value and any(shape(value) for shape in _SHAPES) else 0.0


def _open(content: Content) -> Opened:
    opened = open_value(claimed(content, FORMAT))
    leaves = [leaf._replace(hint=_NAMES.get(leaf.path, leaf.hint)) for leaf in opened.leaves]
    return replace(opened, leaves=leaves)


FORMAT = Format(
    id="face_service",
    title="Answer of a face recognition service",
    reference="API documentation of CompreFace, Double Take, CodeProject.AI, Amazon Rekognition",
    probe=_probe,
    open=_open,
)
