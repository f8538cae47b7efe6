"""JSON and YAML from a file that may be hostile: bounded, without aliases, never evaluated."""

import re
from typing import Any, TypeVar

import orjson
import yaml
from pydantic import BaseModel, ValidationError

from schouw_agent.errors import explain

MAX_OCTETS = 32 * 1024 * 1024
MAX_DEPTH = 32
MAX_YAML_NODES = 2_000_000

_JSON_PLACE = re.compile(r"line (\d+) column (\d+)")


R = TypeVar("R", bound=BaseModel)


class MalformedError(Exception):
    """The octets are no document that may be read: one phrase that says why and where."""


def read_document(octets: bytes) -> Any:
    """Return the value of a JSON document (RFC 8259), or else of a YAML one (YAML 1.1, safe types).

    Raises `MalformedError` for more than 32 MiB, more than 32 levels, YAML anchors and aliases (a
    small file could unfold into a huge one), and anything that is neither.
    """
    if len(octets) > MAX_OCTETS:
        raise MalformedError(f"larger than {MAX_OCTETS // 1024 // 1024} MiB")
    body = octets.removeprefix(b"\xef\xbb\xbf")
    if body.lstrip()[:1] in (b"{", b"["):
        return _read_json(body)
    return _read_yaml(body)


def read_record(octets: bytes, kind: type[R], has: str) -> R:
    """Return the record that a document is, a mapping that has such fields.

    Raises `MalformedError` with one phrase: which field, why.
    """
    found = read_document(octets)
    if not isinstance(found, dict):
        raise MalformedError(f"must be a mapping with {has}")
    try:
        return kind.model_validate(found)
    except ValidationError as error:
        raise MalformedError(explain(error)) from None


def _read_json(octets: bytes) -> Any:
    try:
        value = orjson.loads(octets)
    except orjson.JSONDecodeError as error:
        place = _JSON_PLACE.search(str(error))
        where = f", line {place[1]} column {place[2]}" if place else ""
        raise MalformedError(f"not valid JSON{where}") from None
    _bound_depth(value)
    return value


def _bound_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return
    raise MalformedError(f"more than {MAX_DEPTH} levels deep")


def _read_yaml(octets: bytes) -> Any:
    try:
        _bound_yaml(octets)
        return yaml.load(octets, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1} column {mark.column + 1}" if mark else ""
        raise MalformedError(f"not valid YAML{where}") from None
    except (yaml.YAMLError, ValueError):
        # ValueError: a date such as 2026-13-40, which the loader tries to make a date of.
        raise MalformedError("not valid YAML") from None


def _bound_yaml(octets: bytes) -> None:
    depth = 0
    for count, event in enumerate(yaml.parse(octets, Loader=yaml.CSafeLoader)):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mark = event.start_mark
            where = f", line {mark.line + 1}" if mark else ""
            raise MalformedError(f"anchors and aliases are not accepted{where}")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise MalformedError(f"more than {MAX_DEPTH} levels deep")
        if count > MAX_YAML_NODES:
            raise MalformedError(f"more than {MAX_YAML_NODES} values")
