"""Writes a city: register, bindings, and what its agents report, day by day.

    python benchmarks/city_reports.py DIR [--days 90] [--seed 1] [--quiet]

The same seed gives the same files: DIR/register.json, DIR/bindings.json and
DIR/reports/DAY-AGENT.json.  Days differ as days do: amounts vary, devices fall silent, get another
address or new firmware, frames are lost, a report comes twice or never.  Unless it is --quiet,
some devices begin to do something else on the way.
"""

import argparse
import hashlib
import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from city_fleet import AGENTS, DEVICES, ENTRIES, City, Sends, Sensor, city

from schouw_agent.report import Report
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.evidence.evidence import report_octets

START = datetime(2026, 6, 1, tzinfo=UTC)
BROKER = {"host": "", "address": "192.0.2.10", "port": 1883, "role": "broker"}
_LATER = (
    # Kind, supplier, from which part of the days on, and what is new.
    ("bicycles", "Alfa Voorbeeld", 0.4, (Sends("bluetooth_id_hashed", "id", "64 hex digits", 96),)),
    ("waste", "Delta Voorbeeld", 0.6, (Sends("access_token_id", "card", "8 hex digits", 30),)),
    ("sound", "Alfa Voorbeeld", 0.7, (Sends("audio_stream", "clip", "WAV 16 kHz", 60),)),
)


def write(
    folder: Path,
    *,
    days: int = 90,
    seed: int = 1,
    quiet: bool = True,
    entries: int = ENTRIES,
    devices: int = DEVICES,
) -> None:
    """Write a city and its reports; what is there already is overwritten."""
    town = city(seed, entries, devices, days)
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    (folder / "register.json").write_bytes(orjson.dumps(town.register))
    (folder / "bindings.json").write_bytes(orjson.dumps(town.bindings))
    for name, octets in reports(town, days, seed, quiet=quiet):
        (folder / "reports" / name).write_bytes(octets)


def reports(town: City, days: int, seed: int, *, quiet: bool) -> Iterator[tuple[str, bytes]]:
    """Yield name and octets of each report, in order of time; one in two hundred comes twice."""
    chance = random.Random(seed + 1)
    for day in range(days):
        for agent in range(AGENTS):
            if chance.random() < 0.005 and day:
                continue
            octets = report_octets(
                Report.model_validate(_report(town, agent, day, days, chance, quiet=quiet))
            )
            yield f"{day:03d}-{agent:02d}.json", octets
            if chance.random() < 0.005:
                yield f"{day:03d}-{agent:02d}-again.json", octets


def _report(
    town: City, agent: int, day: int, days: int, chance: random.Random, *, quiet: bool
) -> dict[str, Any]:
    start = START + timedelta(days=day)
    here = [s for s in town.sensors if s.agent == agent and s.first_day <= day]
    devices = [
        _device(sensor, start, day, days, chance, quiet=quiet)
        for sensor in here
        if chance.random() >= 0.01
    ]
    octets = sum(d["coverage"]["octets"] for d in devices)
    unread = sum(u["octets"] for d in devices for u in d["coverage"]["undecoded"])
    return {
        "schema": "https://schouw.example.org/schema/report/1",
        "agent_id": f"gateway-{agent:02d}",
        "epoch": 1,
        "sequence": day,
        "software": "schouw 0.1.0",
        "knowledge": "0" * 64,
        "observation_point": f"gateway-{agent:02d}",
        "start": _moment(start),
        "end": _moment(start + timedelta(days=1)),
        "sources": [{"name": "eth1", "kind": "interface"}],
        "coverage": {
            "frames": octets // 200,
            "octets": octets + octets // 5,
            "kernel_drops": chance.randrange(1, 2_000) if chance.random() < 0.03 else 0,
            "duplicates": 0,
            "payload_octets": octets,
            "read_octets": octets - unread,
            "undecoded": [{"reason": "encrypted", "flows": 100, "messages": 0, "octets": unread}],
            "flows": 20 * len(devices),
            "messages": sum(e["messages"] for d in devices for e in d["emissions"]),
            "clock_synchronised": True,
            "vantage": "network interface",
        },
        "devices": [_server(agent, start), *devices],
        "linkages": [],
        "followings": [],
        "canaries": [],
    }


def _server(agent: int, start: datetime) -> dict[str, Any]:
    """Return the network server that carries the messages of the radio devices."""
    end = start + timedelta(days=1, seconds=-1)
    return _whole(
        "server",
        "relay",
        [("mac", f"02:00:5e:ff:00:{agent:02x}"), ("ip", f"198.51.100.{agent + 1}")],
        [],
        [],
        start,
        end,
        octets=1_000_000,
    )


def _device(
    sensor: Sensor, start: datetime, day: int, days: int, chance: random.Random, *, quiet: bool
) -> dict[str, Any]:
    first = start + timedelta(seconds=chance.randrange(900))
    last = start + timedelta(days=1, seconds=-chance.randrange(1, 900))
    carrier = sensor.model.kind.carrier
    # A lease runs for some weeks, and then there is another.
    lease = sensor.number + (day + sensor.number) // 30 * 7
    address = f"198.51.{100 + lease // 250 % 100}.{lease % 250 + 1}"
    if carrier == "lorawan":
        known = [("dev_eui", sensor.dev_eui)]
    elif carrier == "mqtt":
        known = [("mac", sensor.mac), ("ip", address), ("client_id", sensor.client)]
    else:
        known = [("mac", sensor.mac), ("ip", address)]
    if carrier == "tls":
        recipient = _recipient(f"{sensor.model.supplier.split()[0].lower()}.example")
        octets = int(chance.uniform(0.9, 1.1) * 200_000_000)
        rows = [_opaque(recipient["host"], octets, first, last)]
        recipients = [recipient | {"octets": octets}]
    else:
        rows, recipients = _readable(sensor, day, days, first, last, chance, quiet=quiet)
        octets = sum(r["octets"] for r in recipients)
    device = _whole(f"d{sensor.number}", "sensor", known, rows, recipients, first, last, octets)
    if carrier == "lorawan":
        device["relay"] = "server"
        device["coverage"] = {"packets": 0, "octets": 0, "missed_octets": 0, "undecoded": []}
    if carrier == "tls":
        undecoded = {"reason": "encrypted", "flows": 4, "messages": 0, "octets": octets}
        device["coverage"]["undecoded"] = [undecoded]
    model = sensor.model
    release = (day + len(model.name) * 7 + len(model.supplier)) // 45
    device |= {"vendor": model.supplier, "model": model.name, "firmware": f"2.{release}"}
    device["authentication"] = "unseen" if carrier == "lorawan" else "TLS"
    return device


def _readable(
    sensor: Sensor,
    day: int,
    days: int,
    first: datetime,
    last: datetime,
    chance: random.Random,
    *,
    quiet: bool,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    model, kind = sensor.model, sensor.model.kind
    sends = [*model.sends, *sensor.also]
    if not quiet:
        for name, supplier, part, more in _LATER:
            if (kind.name, model.supplier) == (name, supplier) and day >= days * part:
                sends += more
    # Some put the reference of the register in their topic, which is a hint for the binding.
    named = sensor.reference if sensor.reference and sensor.number % 3 == 0 else sensor.client
    topic = f"{kind.name}/{named}/up"
    rows = [_emission(s, topic, BROKER["address"], first, last, chance) for s in sends]
    amount = max(row["octets"] for row in rows)
    recipients = [BROKER | {"octets": amount, "transport_security": "none", "topic_filters": []}]
    if model.cloud:
        rows += [_emission(s, "/v1/data", model.cloud, first, last, chance) for s in sends]
        recipients.append(_recipient(model.cloud) | {"octets": amount})
    return rows, recipients


def _recipient(host: str) -> dict[str, Any]:
    last = hashlib.sha256(host.encode()).digest()[0]
    return {
        "host": host,
        "address": f"203.0.113.{last}",
        "port": 443,
        "transport_security": "tls 1.3",
        "role": "cloud",
        "octets": 0,
        "topic_filters": [],
    }


def _emission(
    sends: Sends,
    channel: str,
    recipient: str,
    first: datetime,
    last: datetime,
    chance: random.Random,
) -> dict[str, Any]:
    times = max(1, round(sends.times * chance.uniform(0.9, 1.1)))
    bins = [0] * (11 + int(math.log2(86_400 / sends.times)))
    bins[-1] = times - 1
    return {
        "category": sends.category,
        "privacy_class": CATEGORIES[sends.category].privacy_class,
        "path": sends.path,
        "protocol": "http" if channel.startswith("/") else "mqtt",
        "channel": channel,
        "direction": "sent",
        "recipient": recipient,
        "form": sends.form,
        "retained": False,
        "messages": times,
        "octets": times * 120,
        "intervals": bins,
        "window_seconds": 300.0 if sends.category.endswith("_count") else None,
        "smallest": float(chance.randrange(10, 15)) if sends.category.endswith("_count") else None,
        "consistent_with": "",
        "returned_octets": 0,
        "fingerprints": [],
        "certificate_names": [],
        "confidence": round(chance.uniform(0.92, 0.97), 2),
        "basis": ["field_name", "value_structure"],
        "canaries": [],
        "recurrence": None,
        "self_declared": False,
        "first_seen": _moment(first),
        "last_seen": _moment(last),
    }


def _opaque(host: str, octets: int, first: datetime, last: datetime) -> dict[str, Any]:
    ends = {"first_seen": _moment(first), "last_seen": _moment(last)}
    return {
        "category": "opaque_payload", "privacy_class": "unknown", "path": "", "protocol": "tls",
        "channel": "tls", "direction": "sent", "recipient": host, "form": "", "retained": False,
        "messages": 4, "octets": octets, "intervals": [], "window_seconds": None,
        "smallest": None, "consistent_with": "", "returned_octets": octets // 100,
        "fingerprints": ["t13d1516h2_8daaf6152771_02713d6af862"], "certificate_names": [host],
        "confidence": 1.0, "basis": ["traffic_shape"], "canaries": [], "recurrence": None,
        "self_declared": False, **ends,
    }  # fmt: skip


def _whole(
    id_: str,
    role: str,
    known: list[tuple[str, str]],
    emissions: list[dict[str, Any]],
    recipients: list[dict[str, Any]],
    first: datetime,
    last: datetime,
    octets: int,
) -> dict[str, Any]:
    return {
        "id": id_,
        "role": role,
        "identifiers": [{"kind": k, "value": v, "confidence": 0.95} for k, v in known],
        "vendor": "",
        "model": "",
        "firmware": "",
        "software": [],
        "services": [],
        "mud_url": "",
        "capabilities": [],
        "authentication": "unseen",
        "relay": "",
        "areas": [],
        "emissions": emissions,
        "recipients": recipients,
        "coverage": {
            "packets": octets // 800,
            "octets": octets,
            "missed_octets": 0,
            "undecoded": [],
        },
        "first_seen": _moment(first),
        "last_seen": _moment(last),
    }


def _moment(when: datetime) -> str:
    """Return a moment as agents write it."""
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    write(options.folder, days=options.days, seed=options.seed, quiet=options.quiet)


if __name__ == "__main__":
    main()
