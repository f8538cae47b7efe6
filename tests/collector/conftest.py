"""Factories for what the collector works on: emissions, devices, reports, assessments.

Each is a fixture that gives a function, so that a table row can say what it needs in plain data.
Every name, address and identifier is invented.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schouw_agent.report import (
    Coverage,
    Device,
    DeviceCoverage,
    Emission,
    Identifier,
    Recipient,
    Report,
    Source,
    Undecoded,
)
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.records import (
    Assessment,
    EntryAssessment,
    Evidence,
    Finding,
    Norm,
    Period,
    Verdict,
    Words,
)

START = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
BROKER = {
    "host": "",
    "address": "192.0.2.10",
    "port": 1883,
    "transport_security": "none",
    "role": "broker",
}
CLOUD = {
    "host": "telemetry.cloud.example",
    "address": "203.0.113.80",
    "port": 443,
    "transport_security": "tls 1.3",
    "role": "cloud",
}


def _recipient(**changes: Any) -> Recipient:
    return Recipient(**{**BROKER, "octets": 4000, **changes})


def _emission(category: str, **changes: Any) -> Emission:
    known = CATEGORIES.get(category)
    return Emission(
        **{
            "category": category,
            "privacy_class": known.privacy_class if known else "unknown",
            "path": "value",
            "protocol": "mqtt",
            "channel": "havenplein/sensor/1",
            "direction": "sent",
            "recipient": "192.0.2.10",
            "form": "number",
            "messages": 20,
            "octets": 2000,
            "confidence": 0.95,
            "basis": ("field_name",),
            "first_seen": START,
            "last_seen": START + timedelta(minutes=10),
            **changes,
        }
    )


def _emissions(given: Iterable[str | Mapping[str, Any] | Emission]) -> tuple[Emission, ...]:
    made = []
    for item in given:
        if isinstance(item, Emission):
            made.append(item)
        elif isinstance(item, str):
            made.append(_emission(item))
        else:
            made.append(_emission(**item))
    return tuple(made)


def _device(
    id: str = "d1",  # noqa: A002
    emissions: Iterable[str | Mapping[str, Any] | Emission] = (),
    identifiers: Mapping[str, str] | None = None,
    recipients: Iterable[Mapping[str, Any] | Recipient] | None = None,
    undecoded: Mapping[str, int] | None = None,
    octets: int = 8000,
    missed_octets: int = 0,
    **changes: Any,
) -> Device:
    known = {"mac": "02:00:5e:00:53:01"} if identifiers is None else identifiers
    return Device(
        **{
            "id": id,
            "role": "sensor",
            "identifiers": tuple(Identifier(kind=k, value=v) for k, v in known.items()),
            "authentication": "unseen",
            "emissions": _emissions(emissions),
            "recipients": tuple(
                item if isinstance(item, Recipient) else _recipient(**item)
                for item in ([{}] if recipients is None else recipients)
            ),
            "coverage": DeviceCoverage(
                packets=80,
                octets=octets,
                missed_octets=missed_octets,
                undecoded=tuple(
                    Undecoded(reason=reason, flows=1, octets=n)
                    for reason, n in (undecoded or {}).items()
                ),
            ),
            "first_seen": START,
            "last_seen": START + timedelta(minutes=10),
            **changes,
        }
    )


def _report(
    devices: Iterable[Device] = (),
    *,
    minutes: float = 10,
    start: datetime = START,
    coverage: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Report:
    return Report(
        **{
            "agent_id": "spot-check",
            "software": "schouw 0.1.0",
            "knowledge": "0" * 64,
            "observation_point": "havenplein.pcapng",
            "start": start,
            "end": start + timedelta(minutes=minutes),
            "sources": (Source(name="havenplein.pcapng", sha256="1" * 64, frames=900),),
            "coverage": Coverage(
                **{
                    "frames": 900,
                    "octets": 90_000,
                    "payload_octets": 60_000,
                    "read_octets": 54_000,
                    "flows": 12,
                    "messages": 240,
                    **(coverage or {}),
                }
            ),
            "devices": tuple(devices),
            **changes,
        }
    )


def _words(text: str) -> Words:
    return Words(nl=f"{text} (nl)", en=f"{text} (en)")


def _finding(**changes: Any) -> Finding:
    return Finding(
        **{
            "id": "6f1c2a60-0000-5000-8000-000000000001",
            "kind": "finding",
            "rule_id": "D04",
            "severity": "high",
            "title": _words("More sensitive than declared"),
            "entry_id": "HP-04",
            "device_ids": ("d1",),
            "category": "audio_stream",
            "recipient": "192.0.2.10",
            "observed": _words("20 messages with sound clips"),
            "declared": _words("Sound level"),
            "difference": _words("Sound clips are not declared"),
            "refutation": _words("A declaration of sound clips"),
            "action": _words("Ask the organisation"),
            "norms": (
                Norm(
                    id="gdpr-5-1-c",
                    name=_words("GDPR art. 5(1)(c)"),
                    jurisdiction="EU",
                    binding=True,
                ),
            ),
            "confidence": 0.95,
            "evidence": (
                Evidence(
                    device_id="d1",
                    category="audio_stream",
                    path="clip",
                    protocol="mqtt",
                    channel="havenplein/sensor/1",
                    recipient="192.0.2.10",
                    form="WAV 16 kHz mono 2.0 s",
                    messages=20,
                    confidence=0.95,
                    basis=("media_signature",),
                    first_seen=START,
                    last_seen=START + timedelta(minutes=10),
                ),
            ),
            **changes,
        }
    )


def _assessment(**changes: Any) -> Assessment:
    """One entry with three verdicts, one unbound device, one finding and one question."""
    return Assessment(
        **{
            "period": Period(start=START, end=START + timedelta(minutes=10)),
            "software": "schouw 0.1.0",
            "knowledge": "0" * 64,
            "register_source": "register.json",
            "coverage": _report().coverage,
            "entries": (
                EntryAssessment(
                    entry_id="HP-04",
                    name="Geluidsensor HP-04",
                    organisation="Gemeente Voorbeeldstad",
                    type="Geluidsensor",
                    declared_text=("Geluidsniveau",),
                    declared_categories=("sound_level",),
                    mapping_note=_words("Read as sound level"),
                    contains_personal_data=False,
                    device_ids=("d1",),
                    coverage_share=0.9,
                    verdicts=tuple(
                        Verdict(
                            category=category,
                            verdict=verdict,
                            reason=_words(f"Because {category}"),
                            coverage_share=0.9,
                            device_ids=("d1",),
                        )
                        for category, verdict in (
                            ("sound_level", "declared_and_observed"),
                            ("audio_stream", "undeclared"),
                            ("opaque_payload", "not_assessable"),
                        )
                    ),
                ),
            ),
            "devices": (
                _device("d1", ["sound_level", "audio_stream"]),
                _device("d2", ["opaque_payload"], {"mac": "02:00:5e:00:53:02"}, [CLOUD]),
            ),
            "unbound_devices": ("d2",),
            "findings": (
                _finding(),
                _finding(
                    id="6f1c2a60-0000-5000-8000-000000000002",
                    kind="question",
                    rule_id="D01",
                    severity="low",
                    entry_id="",
                    device_ids=("d2",),
                    category="",
                    recipient="",
                    evidence=(),
                ),
            ),
            **changes,
        }
    )


@pytest.fixture
def make_recipient() -> Callable[..., Recipient]:
    """Return a function that makes a `Recipient`: an on-site broker without encryption."""
    return _recipient


@pytest.fixture
def make_emission() -> Callable[..., Emission]:
    """Return a function that makes an `Emission` of a category."""
    return _emission


@pytest.fixture
def make_device() -> Callable[..., Device]:
    """Return a function that makes a `Device`; emissions as category ids, dicts or records."""
    return _device


@pytest.fixture
def make_report() -> Callable[..., Report]:
    """Return a function that makes a `Report` of ten minutes with these devices."""
    return _report


@pytest.fixture
def make_finding() -> Callable[..., Finding]:
    """Return a function that makes a `Finding`."""
    return _finding


@pytest.fixture
def make_assessment() -> Callable[..., Assessment]:
    """Return a function that makes an `Assessment` with one of everything."""
    return _assessment
