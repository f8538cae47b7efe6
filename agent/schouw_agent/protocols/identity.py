"""What a message says of who its sender is."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from schouw_agent.records import Message

_TEXT_LIMIT = 255
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def text(octets: bytes) -> str:
    """Return octets as one line of text of bounded length; what is no UTF-8 as Latin-1."""
    try:
        decoded = octets.decode()
    except UnicodeDecodeError:
        decoded = octets.decode("latin-1")
    return line(decoded)


def line(value: str) -> str:
    """Return a text as one line of bounded length."""
    return _NOT_TEXT.sub(" ", value).strip()[:_TEXT_LIMIT]


def identity(
    protocol: str, end: int, facts: Mapping[str, str | Sequence[str]], about: str = ""
) -> list[Message]:
    """Return a message of kind `identity` with the facts that are not empty, or nothing.

    The kinds of facts: host_name, vendor, model, firmware, serial, mac, dev_eui, mud_url,
    device_type, name, user_agent, and services, which are a sequence.  They are about the
    sender, or about the recipient if `about` says so.
    """
    known = {
        kind: value if isinstance(value, str) else tuple(value)
        for kind, value in facts.items()
        if value
    }
    if not known:
        return []
    fields: dict[str, Any] = {"identity": known}
    if about:
        fields["about"] = about
    return [Message(protocol, "identity", fields, b"", end)]


def mac(octets: bytes) -> str:
    """Return six octets as a MAC address in lower case with colons; empty if none or a group's."""
    if len(octets) != 6 or octets[0] & 1 or not any(octets):
        return ""
    return octets.hex(":")
