"""What is told of an HTTP request, a response and a part: the fields of their messages."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote_plus

from schouw_agent.protocols import text_head
from schouw_agent.protocols.http_body import Part

_PAIRS_LIMIT = 256


class Request(NamedTuple):
    """The part of a request that its response is told with."""

    method: str
    path: str
    host: str


def request(method: str, target: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of a request; of credentials only the scheme."""
    path, host = _target(method, target)
    path, _, query = path.partition("?")
    pairs = [pair for pair in query.split("&")[:_PAIRS_LIMIT] if pair]
    return {
        "method": method,
        "path": path,
        "query": query,
        "query_keys": tuple(unquote_plus(pair.partition("=")[0]) for pair in pairs),
        "host": headers.get("host", host),
        "user_agent": headers.get("user-agent", ""),
        "content_type": text_head.media_type(headers.get("content-type", "")),
        "credentials": text_head.credentials(headers.get("authorization", "")),
        "cookies": "cookie" in headers,
    }


def response(status: int, headers: Mapping[str, str], to: Request) -> dict[str, Any]:
    """Return the fields of a response."""
    return {
        "status": status,
        "content_type": text_head.media_type(headers.get("content-type", "")),
        "server": headers.get("server", ""),
        "path": to.path,
        "request_path": to.path,
        "request_host": to.host,
        "request_method": to.method,
        "cookies": "set-cookie" in headers,
    }


def part(found: Part, index: int, kind: str, whole: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a part of a message of this kind with these fields."""
    disposition = text_head.parameters(found.fields.get("content-disposition", ""))
    prefix = "" if kind == "request" else "request_"
    fields: dict[str, Any] = {
        "content_type": text_head.media_type(found.fields.get("content-type", "")),
        "name": disposition.get("name", ""),
        "file_name": disposition.get("filename", ""),
        "index": index,
        "of": kind,
        "method": whole[f"{prefix}method"],
        "path": whole["path"],
        "host": whole[f"{prefix}host"],
    }
    if found.truncated:
        fields["truncated"] = True
    return fields


def server_name(host: str) -> str:
    """Return the host of a Host field in lower case, without its port."""
    name = host.strip().lower()
    if name.startswith("["):
        return name[: name.find("]") + 1][:255]
    return name.partition(":")[0][:255]


def _target(method: str, target: str) -> tuple[str, str]:
    """Return the path with its query, and the host that a target names (RFC 9112, 3.2)."""
    if method == "CONNECT":
        return "", target
    scheme, separator, rest = target.partition("://")
    if separator and scheme.lower() in ("http", "https"):
        host, slash, path = rest.partition("/")
        return slash + path or "/", host.rpartition("@")[2]
    return target, ""
