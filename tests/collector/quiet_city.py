"""A city where nothing changes: what devices do on one day, with all the noise of a real network.

Intervals jitter, devices fall silent and come back, addresses are lent anew, topics hold ids of the
moment, brokers and clouds stand in for each other, rare things happen, and detectors now and then
are mistaken.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from schouw_agent.report import Coverage, Device, DeviceCoverage, Emission, Identifier, Recipient
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.records import Assessment, EntryAssessment, Period, Verdict, Words

START = datetime(2026, 3, 2, tzinfo=UTC)
_DAY = timedelta(days=1)
_SAID = Words(nl="-", en="-")
_MODELS = (
    # vendor and model, category, seconds between messages, by the clock, key path, rare category
    ("Voorbeeld Geluid-2", "sound_level", 60, True, "payload.laeq", "device_tamper"),
    ("Voorbeeld Klimaat", "air_temperature", 600, True, "temp", "smoke_fire_alarm"),
    ("Anders Teller", "people_count", 300, True, "zones.{}.count", "device_tamper"),
    ("Anders Parkeer", "parking_bay_occupancy", 900, False, "bay.occupied", "button_press"),
    ("Derde Lamp", "actuation_light_level", 1800, False, "dim", "asset_state"),
    ("Derde Lucht", "particulate_matter", 120, True, "pm.pm25", "reactive_gases"),
    ("", "water_level", 900, True, "level", "device_tamper"),
    ("Vierde Beeld", "opaque_payload", 5, False, "", "device_tamper"),
)


def days(devices: int, seed: int) -> Iterator[Assessment]:
    """Yield one assessment a day, without end."""
    fixed = random.Random(seed)
    models = [fixed.choice(range(len(_MODELS))) for _ in range(devices)]
    for day in range(10**6):
        chance = random.Random(f"{seed} {day}")
        yield _day(models, day, chance)


def _day(models: list[int], day: int, chance: random.Random) -> Assessment:
    leases = list(range(len(models)))
    if day % 3 == 0:
        chance.shuffle(leases)
    failover = 20 <= day < 27 or chance.random() < 0.05
    start = START + day * _DAY
    seen = [
        _device(number, model, leases[number], day, failover, chance)
        for number, model in enumerate(models)
        if chance.random() > 0.1
    ]
    bound = {d.id for d in seen if int(d.id[1:]) % 4}
    return Assessment(
        period=Period(start=start, end=start + _DAY),
        software="schouw 0.1.0",
        knowledge="0" * 64,
        register_source="register.json",
        coverage=Coverage(
            frames=1, octets=1, kernel_drops=int(chance.random() < 0.1), payload_octets=1
        ),
        entries=tuple(_entry(d) for d in seen if d.id in bound),
        devices=tuple(seen),
        unbound_devices=tuple(d.id for d in seen if d.id not in bound),
        findings=(),
    )


def _entry(device: Device) -> EntryAssessment:
    declared = device.emissions[0].category
    return EntryAssessment(
        entry_id=f"E-{device.id}",
        name=f"Sensor {device.id}",
        device_ids=(device.id,),
        verdicts=(Verdict(category=declared, verdict="declared_and_observed", reason=_SAID),),
    )


def _device(
    number: int, model: int, lease: int, day: int, failover: bool, chance: random.Random
) -> Device:
    name, category, seconds, clock, path, rare = _MODELS[model]
    start = START + day * _DAY
    if failover and chance.random() < 0.5:
        peer = Recipient(
            host="", address="10.0.0.12", port=1883, transport_security="none", role="broker",
            octets=9,
        )  # fmt: skip
    elif number % 7 == 0:
        address = f"203.0.113.{chance.randrange(1, 200)}"
        peer = Recipient(
            host=f"mqtt-{chance.randrange(9)}.cloud.example", address=address, port=8883,
            transport_security="tls 1.3", role="cloud", octets=9,
        )  # fmt: skip
    else:
        peer = Recipient(
            host="", address="10.0.0.11", port=1883, transport_security="none", role="broker",
            octets=9,
        )  # fmt: skip
    topic = f"stad/{number % 40}/{'{id}' if number % 3 else chance.randrange(1000)}/{category}"

    def emission(category: str, path: str, seconds: float, clock: bool, **more: object) -> Emission:
        messages = max(1, round(86_400 / seconds * chance.uniform(0.6, 1.0)))
        return Emission(
            category=category,
            privacy_class=CATEGORIES[category].privacy_class,
            path=path,
            protocol="mqtt",
            channel=topic,
            direction="received" if category.startswith("actuation") else "sent",
            recipient=peer.key,
            messages=messages,
            octets=messages * 40,
            intervals=_intervals(seconds * chance.uniform(0.9, 1.1), messages, clock, chance),
            window_seconds=300.0 if category == "people_count" else None,
            smallest=float(chance.randrange(1, 4)) if category == "people_count" else None,
            confidence=more.get("confidence", 0.95),
            basis=("field_name",),
            first_seen=start,
            last_seen=start + _DAY,
        )

    seconds *= chance.uniform(0.85, 1.2)
    emissions = [emission(category, path.format(chance.randrange(8)), seconds, clock)]
    if chance.random() < 0.02:
        emissions.append(emission(rare, "event", 86_400, False))
    if chance.random() < 0.002:
        wrong = chance.choice(("air_pressure", "wind", "illuminance", "soil_condition"))
        emissions.append(emission(wrong, "x", 600, True, confidence=chance.uniform(0.5, 0.79)))
    address = Identifier(kind="ip", value=f"10.{lease >> 8}.{lease & 255}.7")
    own = Identifier(kind="mac", value=f"02:00:5e:{number >> 8:02x}:{number & 255:02x}:01")
    return Device(
        id=f"d{number}",
        role="sensor",
        identifiers=(address,) if number % 20 == 0 else (own, address),
        vendor=name,
        firmware="1.4" if name else "",
        emissions=tuple(emissions),
        recipients=(peer,),
        coverage=DeviceCoverage(packets=9, octets=4000, missed_octets=0),
        first_seen=start,
        last_seen=start + _DAY,
    )


def _intervals(
    seconds: float, messages: int, clock: bool, chance: random.Random
) -> tuple[int, ...]:
    """Return a histogram of intervals: around one length, or exponentially spread."""
    bins = [0] * 30
    drawn = min(messages - 1, 60)
    for _ in range(drawn):
        length = chance.gauss(seconds, seconds / 10) if clock else chance.expovariate(1 / seconds)
        place = next((i for i in range(30) if length < 2.0 ** (i - 9)), 29)
        bins[place] += max(1, (messages - 1) // drawn)
    return tuple(bins)
