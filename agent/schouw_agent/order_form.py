"""A new order file: what its writer said, with comments that say what each part is for."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schouw_agent.errors import ConfigError
from schouw_agent.order import read_order

_TOPIC = "topic:"
_SIX_PAIRS = re.compile(r"([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the writer of an order has to say."""

    principal: str
    permission: str
    start: datetime
    end: datetime
    purpose: str = ""
    subnets: Sequence[str] = ()
    guest_subnets: Sequence[str] = ()
    brokers: Sequence[str] = ()
    topics: Sequence[str] = ()
    exclusions: Sequence[tuple[str, str]] = ()
    """Address, subnet, MAC address, or `topic:` and a topic filter; and the reason."""


def order_text(answers: Answers) -> str:
    """Return the text of an order file, which `read_order` accepts.

    Raises `ConfigError` that names the field and the reason if an answer cannot stand there.
    """
    lines = [
        "# The mandate of an inspection.  Without one nothing is looked at live; what lies outside",
        "# it is counted and not looked at.  The digest of this file goes into the evidence.",
        'schema = "https://schouw.example.org/schema/order/1"',
        "",
        "# Who ordered it, and by what decision.",
        f"principal = {_text(answers.principal)}",
        "# Who of the owner of the network gave leave, how, and when.",
        f"permission = {_text(answers.permission)}",
        "# What the inspection is to find out.",
        f"purpose = {_text(answers.purpose)}",
        "",
        "# When it may look.",
        "[period]",
        f"start = {answers.start.isoformat()}",
        f"end = {answers.end.isoformat()}",
        "",
        "[scope]",
        "# Where the devices are, as addresses or subnets; empty: everywhere.",
        f"subnets = {_texts(answers.subnets)}",
        "# Where passers-by are, such as a guest network: counted as frames, never listed.",
        f"guest_subnets = {_texts(answers.guest_subnets)}",
        "# Brokers that may be subscribed to, and topic filters: MQTT only, empty means none.",
        f"brokers = {_texts(answers.brokers)}",
        f"topics = {_texts(answers.topics)}",
        "",
        "# Systems that must not be looked at, such as those of the police, and why.",
        "# By address (or subnet), mac, or topic.",
    ]
    if not answers.exclusions:
        lines += [
            "# [[exclusion]]",
            '# address = "192.0.2.200"',
            '# reason = "Camera of the police"',
        ]
    for what, reason in answers.exclusions:
        kind = "mac" if _SIX_PAIRS.fullmatch(what) else "address"
        if what.startswith(_TOPIC):
            kind, what = "topic", what.removeprefix(_TOPIC)
        lines += ["[[exclusion]]", f"{kind} = {_text(what)}", f"reason = {_text(reason)}", ""]
    text = "\n".join(lines).rstrip() + "\n"
    if not answers.principal.strip() or not answers.permission.strip():
        raise ConfigError("an order names a principal and a permission")
    read_order("the order", text.encode())
    return text


def _text(value: str) -> str:
    # A JSON string without escapes beyond ASCII is a TOML basic string.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _texts(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(_text, values)) + "]"
