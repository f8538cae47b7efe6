"""What an RTSP dialogue says of its sessions: transports, addresses and encodings (RFC 2326)."""

from typing import Any, NamedTuple

from schouw_agent.protocols.sdp import Media


class Target(NamedTuple):
    """A request URL in parts, without user name and password."""

    path: str
    query: str
    host: str
    user: bool
    """The URL holds a user name, and so most often a password."""


class Transport(NamedTuple):
    """A Transport field (RFC 2326, 12.39)."""

    kind: str
    """udp or tcp."""
    client_port: int
    server_port: int
    channels: tuple[int, ...]
    """Interleaved channels: of RTP, and of RTCP."""
    destination: str
    source: str


def target(url: str) -> Target:
    """Return the parts of a request URL."""
    _, separator, rest = url.partition("://")
    if not separator:
        return Target(url, "", "", False)
    authority, slash, path = rest.partition("/")
    user, at, host = authority.rpartition("@")
    path, _, query = path.partition("?")
    return Target(slash + path, query, host, bool(at and user))


def transport(value: str) -> Transport:
    """Return the first transport of a Transport field."""
    words = value.split(",")[0].split(";")
    parameters = {}
    for word in words[1:]:
        name, _, text = word.partition("=")
        parameters[name.strip().lower()] = text.strip().strip('"')
    channels = _numbers(parameters.get("interleaved", ""), 255)
    tcp = bool(channels) or words[0].strip().upper().endswith("/TCP")
    client = _numbers(parameters.get("client_port", parameters.get("port", "")), 65535)
    server = _numbers(parameters.get("server_port", ""), 65535)
    # RTSP 2.0 writes addresses with ports (RFC 7826, 18.54).
    destination, client_port = _address(parameters.get("dest_addr", ""))
    source, server_port = _address(parameters.get("src_addr", ""))
    return Transport(
        "tcp" if tcp else "udp",
        client[0] if client else client_port,
        server[0] if server else server_port,
        channels,
        parameters.get("destination", destination),
        parameters.get("source", source),
    )


def _numbers(text: str, limit: int) -> tuple[int, ...]:
    words = text.split("-")[:2]
    if not all(word.isascii() and word.isdigit() and len(word) <= 5 for word in words):
        return ()
    return tuple(number for number in map(int, words) if number <= limit)


def _address(text: str) -> tuple[str, int]:
    first = text.partition('"')[0]
    host, _, port = first.rpartition(":")
    return host.strip("[]"), int(
        port
    ) if port.isascii() and port.isdigit() and port < "9" * 5 else 0


def medium(media: tuple[Media, ...], path: str) -> Media:
    """Return the medium that a SETUP of this path is about; the only one if there is one."""
    for candidate in media:
        control = target(candidate.control).path.partition("?")[0]
        if control not in ("", "*") and (path == control or path.endswith("/" + control)):
            return candidate
    return media[0] if len(media) == 1 else Media("", 0, {}, "")


def fields(answer: Transport, asked: Transport, of: Media, path: str) -> dict[str, Any]:
    """Return the fields of a session; what the answer leaves out is as it was asked for."""
    return {
        "transport": answer.kind,
        "client_port": answer.client_port or asked.client_port,
        "server_port": answer.server_port,
        "channels": answer.channels,
        "destination": answer.destination or asked.destination,
        "source": answer.source,
        "payload_types": dict(of.payload_types),
        "media": of.media,
        "path": path,
    }
