"""One way to put a rule to the test: an entry in Amsterdam form, devices, and what it says."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from schouw_collector.assessment import assess
from schouw_collector.binding.binding import read_bindings
from schouw_collector.declared.algorithms import Algorithm
from schouw_collector.declared.capability import ModelCapability
from schouw_collector.declared.country_data import read_country_data
from schouw_collector.declared.governance import read_governance
from schouw_collector.records import Finding
from schouw_collector.registers.register_reading import read_register

ENTRY = {
    "reference": "VB-001",
    "owner": {"name": "Ilse van der Kade", "organisation": "Gemeente Voorbeeldstad"},
    "type": "Geluidsensor",
    "datastream": "Geluidsniveau",
    "themes": ["Milieu: geluid"],
    "contains_pi_data": False,
    "observation_goals": [
        {
            "observation_goal": "Geluidshinder meten.",
            "legal_ground": "Publieke taak",
            "privacy_declaration": "https://voorbeeldstad.example/privacy",
        }
    ],
    "active_until": "2028-12-31",
}

CLOUD = {
    "host": "telemetry.cloud.example",
    "address": "203.0.113.80",
    "port": 443,
    "transport_security": "tls 1.3",
    "role": "cloud",
}
RECIPIENTS = {
    "broker": {},
    "encrypted broker": {"transport_security": "tls 1.3"},
    "unknown broker": {"transport_security": "unknown"},
    "subscriber": {"role": "subscriber"},
    "cloud": CLOUD,
    "plain cloud": {**CLOUD, "port": 80, "transport_security": "none"},
    "named recipient": {**CLOUD, "host": "in.voorbeeldbv.example"},
    "on site": {"address": "10.0.0.5", "role": "peer"},
}


def described(
    sends: Sequence[str] | None = None, to: str = "broker", confidence: float = 0.95, **device: Any
) -> dict[str, Any]:
    """Return a device that sends these categories to one of RECIPIENTS."""
    if sends is None:
        return device
    recipient = RECIPIENTS[to]
    key = recipient.get("host") or recipient.get("address", "192.0.2.10")
    emissions = [{"category": c, "confidence": confidence, "recipient": key} for c in sends]
    return {"emissions": emissions, "recipients": [recipient], **device}


GOVERNANCE = "https://schouw.example.org/schema/governance/1"


def given(
    algorithms: Sequence[Mapping[str, Any]] | None,
    capabilities: Sequence[Mapping[str, Any]],
    governance: Mapping[str, Any] | None,
    countries: Mapping[str, str] | None,
) -> dict[str, Any]:
    """Return what a check is given beside the register, from plain data."""
    files = [(n, "", text.encode()) for n, text in (countries or {}).items()]
    document = json.dumps({"schema": GOVERNANCE, **(governance or {})}).encode()
    return {
        "algorithms": None if algorithms is None else tuple(Algorithm(**a) for a in algorithms),
        "capabilities": tuple(ModelCapability(**c) for c in capabilities),
        "governance": None if governance is None else read_governance("g.json", document),
        "countries": read_country_data(files) if files else None,
    }


@pytest.fixture
def say_daily(make_device, make_report) -> Callable[..., list[Finding]]:
    """Return a function that gives what one rule says of one canonical entry and daily reports.

    `days`: what each report says of each device (as `make_device` takes it); None for no report.
    """

    def _say(
        rule_id: str,
        entry: Mapping[str, Any],
        days: Sequence[Sequence[Mapping[str, Any]] | None],
        bindings: Sequence[Mapping[str, Any]] = (),
        **top: Any,
    ) -> list[Finding]:
        reports = []
        for number, devices in enumerate(days):
            start = make_report().start + timedelta(days=number)
            seen = {"first_seen": start, "last_seen": start + timedelta(hours=20)}
            made = [
                make_device(**{"id": f"d{n}", **seen, **device})
                for n, device in enumerate(devices or (), 1)
            ]
            if devices is not None:
                reports.append(
                    make_report(made, minutes=1440, start=start, agent_id="gw", sequence=number + 1)
                )
        register = {
            "schema": "https://schouw.example.org/schema/register/1",
            "entries": [{"entry_id": "VB-001", "type": "Geluidsensor", **entry}],
        }
        rows = {
            "schema": "https://schouw.example.org/schema/bindings/1",
            "bindings": [{"entry": "VB-001", "set_by": "beheerder", **row} for row in bindings],
            **top,
        }
        assessment = assess(
            reports,
            read_register("register.json", json.dumps(register).encode()),
            read_bindings("bindings.json", json.dumps(rows).encode()),
            software="schouw 0.1.0",
        )
        return [finding for finding in assessment.findings if finding.rule_id == rule_id]

    return _say


@pytest.fixture
def say(make_device, make_report) -> Callable[..., list[Finding]]:
    """Return a function that gives what one rule says of an entry and the devices bound to it.

    `entry` changes the Amsterdam record, or is a whole canonical one.  `device` describes the
    bound device (see `described`), None for none; `others` are unbound.  `report` has more fields
    of the report.  `before` has reports from before it: how many days, how many minutes, the
    devices that were seen, and more fields.  The rest is what a check can be given.
    """

    def _say(
        rule_id: str,
        entry: Mapping[str, Any] | None = None,
        device: Mapping[str, Any] | None = None,
        others: Sequence[Mapping[str, Any]] = (),
        minutes: float = 10,
        name: str = "register.json",
        more: Sequence[Mapping[str, Any]] = (),
        report: Mapping[str, Any] | None = None,
        before: Sequence[Sequence[Any]] = (),
        algorithms: Sequence[Mapping[str, Any]] | None = None,
        capabilities: Sequence[Mapping[str, Any]] = (),
        governance: Mapping[str, Any] | None = None,
        countries: Mapping[str, str] | None = None,
        **top: Any,
    ) -> list[Finding]:
        if entry and "entry_id" in entry:
            document: Any = {
                "schema": "https://schouw.example.org/schema/register/1",
                "entries": [entry],
            }
        else:
            document = [{**ENTRY, **changes} for changes in ({**(entry or {})}, *more)]
        binding = {
            "entry": "VB-001",
            "kind": "mac",
            "pattern": "02:00:5e:00:53:01",
            "set_by": "beheerder",
        }
        rows = {
            "schema": "https://schouw.example.org/schema/bindings/1",
            "bindings": [{**binding, **top.pop("binding", {})}],
            "municipal_hosts": ["192.0.2.10"],
            **top,
        }
        devices = [] if device is None else [make_device(**described(**device))]
        devices += [
            make_device(
                **{
                    "id": f"x{n}",
                    "identifiers": {"mac": f"02:00:5e:00:54:{n:02}"},
                    **described(**other),
                }
            )
            for n, other in enumerate(others, 1)
        ]
        reports = [make_report(devices, minutes=minutes, **(report or {}))]
        for days, length, seen, *changes in before:
            start = reports[0].start - timedelta(days=days)
            times = {"first_seen": start, "last_seen": start + timedelta(minutes=length)}
            devices = [make_device(**{**described(**d), **times}) for d in seen]
            fields = changes[0] if changes else {}
            reports.append(make_report(devices, minutes=length, start=start, **fields))
        assessment = assess(
            reports,
            read_register(name, json.dumps(document).encode()),
            read_bindings("bindings.yaml", json.dumps(rows).encode()),
            software="schouw 0.1.0",
            **given(algorithms, capabilities, governance, countries),
        )
        return [finding for finding in assessment.findings if finding.rule_id == rule_id]

    return _say
