"""A register that is fetched from the web: within one host, and within bounds."""

import base64
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from ipaddress import ip_address
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

import orjson

from schouw_collector.errors import RegisterError
from schouw_collector.registers.structured import MAX_OCTETS, MalformedError, read_document
from schouw_collector.registers.web_address import without_credentials

MAX_PAGES = 2_000
MAX_SECONDS = 600.0
_SILENCE_SECONDS = 60.0
_CHUNK = 1 << 16
_MAX_REDIRECTS = 5
# Where a page holds its entries and says where the next one is: HAL, and OGC SensorThings.
_LISTS = ("results", "_embedded", "value")
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: one document, all pages of a list together."""

    address: str
    """Without credentials and query."""
    octets: bytes
    fetched_at: datetime
    pages: int


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves every redirect to us: it might lead to another host."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def fetch(
    address: str, *, max_octets: int = MAX_OCTETS, max_seconds: float = MAX_SECONDS
) -> Fetched:
    """Return the document at an address, with the pages that it says come next.

    Only https; http for the machine's own loopback addresses.  Next pages and redirects must be on
    the same host.  A user name and password in the address are sent as basic authentication, and
    never shown.  Raises `RegisterError` with one line.
    """
    shown = without_credentials(address)
    deadline = time.monotonic() + max_seconds
    try:
        start, headers = _target(address)
        first = _get(start, headers, max_octets, deadline)
        octets, pages = _all_pages(start, headers, first, max_octets, deadline)
    except _RefusedError as error:
        raise RegisterError(f"{shown}: {error}") from None
    return Fetched(shown, octets, datetime.now(UTC).replace(microsecond=0), pages)


class _RefusedError(Exception):
    """The address cannot be read: a phrase without anything of the address."""


def _target(address: str) -> tuple[SplitResult, Mapping[str, str]]:
    """Return the address without credentials, and the headers to ask with."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise _RefusedError("not a web address") from None
    if not host or parts.scheme not in _PORTS:
        raise _RefusedError("not a web address (https)")
    if parts.scheme == "http" and not _is_loopback(host):
        raise _RefusedError("only https is fetched, or http from this machine itself")
    headers = {"Accept": "application/json, */*;q=0.5", "User-Agent": "schouw"}
    if parts.username is not None:
        words = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        headers["Authorization"] = f"Basic {base64.b64encode(words).decode()}"
    name = f"[{host}]" if ":" in host else host
    place = name if port is None else f"{name}:{port}"
    return parts._replace(netloc=place, fragment=""), headers


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme]


def _within(base: SplitResult, link: str) -> SplitResult:
    """Return the address of a link from a page; refused if it is on another host."""
    try:
        parts = urlsplit(urljoin(urlunsplit(base), link))
        same = parts.scheme in _PORTS and parts.username is None and _origin(parts) == _origin(base)
    except ValueError:
        same = False
    if not same:
        raise _RefusedError("it leads to another host, which is not followed")
    return parts._replace(fragment="")


def _get(
    target: SplitResult, headers: Mapping[str, str], max_octets: int, deadline: float
) -> bytes:
    """Return what is at an address, after redirects on the same host."""
    for _ in range(_MAX_REDIRECTS + 1):
        try:
            return _ask(target, headers, max_octets, deadline)
        except HTTPError as error:
            location = error.headers.get("Location")
            code = error.code
            error.close()
            if code not in (301, 302, 303, 307, 308) or not location:
                raise _RefusedError(f"the server answers {code}") from None
            target = _within(target, location)
        except TimeoutError:
            raise _RefusedError("the server takes too long") from None
        except URLError as error:
            late = isinstance(error.reason, TimeoutError)
            reason = "takes too long" if late else "cannot be reached"
            raise _RefusedError(f"the server {reason}") from None
        except (OSError, HTTPException, ValueError):
            raise _RefusedError("the connection broke off") from None
    raise _RefusedError(f"more than {_MAX_REDIRECTS} redirects")


def _ask(
    target: SplitResult, headers: Mapping[str, str], max_octets: int, deadline: float
) -> bytes:
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if _is_loopback(target.hostname or ""):
        handlers.append(urllib.request.ProxyHandler({}))
    # The scheme is http or https: `_target` and `_within` let nothing else through.
    request = urllib.request.Request(urlunsplit(target), headers=dict(headers))  # noqa: S310
    opener = urllib.request.build_opener(*handlers)
    kept = bytearray()
    with opener.open(request, timeout=_left(deadline)) as answer:
        while chunk := answer.read1(_CHUNK):
            kept += chunk
            if len(kept) > max_octets:
                raise _RefusedError(f"more octets than are read ({MAX_OCTETS >> 20} MiB in all)")
            _left(deadline)
        # Half a list would look like the whole of a shorter one.
        if answer.length:
            raise OSError
    return bytes(kept)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(left, _SILENCE_SECONDS)


def _all_pages(
    start: SplitResult,
    headers: Mapping[str, str],
    first: bytes,
    max_octets: int,
    deadline: float,
) -> tuple[bytes, int]:
    """Return one document of all pages; the first as it is if it is no page of several."""
    page = _page(first)
    link = _next_link(page)
    if not link:
        return first, 1
    gathered, seen, left, target = list(_items(page)), {urlunsplit(start)}, max_octets, start
    left -= len(first)
    while link:
        target = _within(target, link)
        if urlunsplit(target) in seen:
            raise _RefusedError("a page says that it is followed by one that was before it")
        if len(seen) >= MAX_PAGES:
            raise _RefusedError(f"more than {MAX_PAGES} pages")
        seen.add(urlunsplit(target))
        octets = _get(target, headers, left, deadline)
        left -= len(octets)
        page = _page(octets)
        gathered += _items(page)
        link = _next_link(page)
    key = next(key for key in _LISTS if key in _page(first))
    return orjson.dumps({("results" if key == "_embedded" else key): gathered}), len(seen)


def _page(octets: bytes) -> dict[str, Any]:
    if octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return {}
    try:
        document = read_document(octets)
    except MalformedError:
        return {}
    return document if isinstance(document, dict) else {}


def _items(page: Mapping[str, Any]) -> list[Any]:
    found = next((page[key] for key in _LISTS if key in page), None)
    if isinstance(found, dict):
        found = next((value for value in found.values() if isinstance(value, list)), None)
    if not isinstance(found, list):
        raise _RefusedError("a page without a list of entries")
    return found


def _next_link(page: Mapping[str, Any]) -> str:
    links = page.get("_links")
    following = links.get("next") if isinstance(links, dict) else None
    link = following.get("href") if isinstance(following, dict) else page.get("@iot.nextLink")
    return link if isinstance(link, str) and any(key in page for key in _LISTS) else ""
