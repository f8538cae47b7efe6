"""A city on paper: its sensors, its register as municipalities write it, and its bindings.

All of it is invented, and the same for the same seed.  What is wrong with the register is what is
wrong with real ones: sentinel dates, cameras without personal data, no legal ground, nothing said
of what is measured, one theme for all that an importer read, and entries that stand there twice.
"""

import random
from dataclasses import dataclass
from typing import Any

from schouw_collector.binding import SCHEMA

ENTRIES, DEVICES, AGENTS = 5_000, 2_000, 10
CITY = "Gemeente Voorbeeldstad"
_OWNERS = (*[CITY] * 17, "Vervoerbedrijf Voorbeeld", "Winkels Voorbeeld BV", "Waterschap Voorbeeld")
_GROUNDS = ("Publieke taak", "Publieke taak", "Wettelijke verplichting", "Gerechtvaardigd belang")
_SUPPLIERS = ("Alfa Voorbeeld", "Bravo Voorbeeld", "Charlie Voorbeeld", "Delta Voorbeeld")


@dataclass(frozen=True, slots=True)
class Sends:
    """What a model sends: category, key path, what it looks like, and how often a day."""

    category: str
    path: str
    form: str = "number"
    times: int = 96


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sensor, as the register and the wire know it."""

    name: str
    type: str
    texts: tuple[str, ...]
    """What owners write under "Wat meet de sensor?"."""
    theme: str
    carrier: str
    """lorawan: through a network server; mqtt: itself, in the clear; tls: what nobody can read."""
    sends: tuple[Sends, ...]
    share: int
    personal: bool = False


_HEALTH = Sends("device_health", "battery", times=24)
_BESIDES = {
    "lorawan": (
        Sends("radio_link_quality", "rx_metadata[].rssi"),
        Sends("radio_link_quality", "rx_metadata[].snr"),
    ),
    "mqtt": (Sends("device_identity", "id", "text"), Sends("device_health", "uptime", times=24)),
    "tls": (),
}
"""What all devices tell of themselves."""
_NEAR, _OPTICAL = "Aanwezigheid of nabijheidsensor", "Optische / camera sensor"
_CLIMATE, _POSITION = "Klimaatsensor", "Positie- of verplaatsingsensor"
KINDS = (
    Kind("parking", _NEAR, ("Bezetting parkeervak", "Parkeerplaats vrij of bezet"),
         "Mobiliteit: auto", "lorawan",
         (Sends("parking_bay_occupancy", "occupied", "true or false", 40), _HEALTH), 20),
    Kind("waste", "Dichtheidssensor", ("Vulgraad afvalcontainer", "Vulgraad"), "Milieu: afval",
         "lorawan", (Sends("waste_fill_level", "fill_level", times=24), _HEALTH), 16),
    Kind("climate", _CLIMATE, ("Temperatuur en luchtvochtigheid", "Temperatuur, luchtvochtigheid"),
         "Milieu: klimaatverandering", "lorawan",
         (Sends("air_temperature", "temperature"), Sends("relative_humidity", "humidity"),
          _HEALTH), 12),
    Kind("air", "Chemiesensor", ("Luchtkwaliteit: fijnstof en stikstofdioxide", "Fijnstof, NO2"),
         "Milieu: water, bodem, lucht", "mqtt",
         (Sends("particulate_matter", "pm25", times=288), Sends("reactive_gases", "no2", times=288),
          Sends("particulate_matter", "pm10", times=288)), 6),
    Kind("sound", "Geluidsensor", ("Geluidsniveau in dB(A)", "Geluidsniveau"), "Milieu: geluid",
         "mqtt", (Sends("sound_level", "laeq", times=1440),), 6),
    Kind("people", _NEAR, ("Tellen van mensen", "Aantal voetgangers", "Passantentelling, anoniem"),
         "Mobiliteit: voetganger", "mqtt", (Sends("people_count", "count", times=288),), 8),
    Kind("bicycles", _NEAR, ("Tellen van fietsers", "Aantal fietsers"), "Mobiliteit: fiets",
         "lorawan", (Sends("bicycle_count", "count", times=96), _HEALTH), 6),
    Kind("traffic", _NEAR, ("Aantal voertuigen en snelheid", "Verkeersintensiteit en snelheid"),
         "Mobiliteit: auto", "mqtt",
         (Sends("vehicle_count", "intensity", times=288), Sends("traffic_speed", "speed")), 6),
    Kind("plates", _OPTICAL, ("Kentekens", ""), "Mobiliteit: auto", "mqtt",
         (Sends("licence_plate_hashed", "plate.hash", "64 hex digits", 5_000),
          Sends("vehicle_count", "count", times=288)), 4, personal=True),
    Kind("camera", _OPTICAL, ("Camera", "Camerabeelden", ""), "Mobiliteit: auto", "tls", (), 6,
         personal=True),
    Kind("water", "Vloeistof- en gasstroomsensor", ("Waterpeil", "Waterstand"),
         "Milieu: water, bodem, lucht", "lorawan", (Sends("water_level", "level"), _HEALTH), 5),
    Kind("light", "Electriciteitssensor", ("Energieverbruik van de verlichting", ""),
         "Milieu: energie", "tls", (), 5),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """A product of a supplier."""

    supplier: str
    name: str
    kind: Kind
    also: tuple[Sends, ...] = ()
    """What it sends besides what its owners declare."""
    cloud: str = ""
    """Server of the supplier that gets the same data; empty: none."""

    @property
    def sends(self) -> tuple[Sends, ...]:
        """Return all that it sends."""
        return (*self.kind.sends, *_BESIDES[self.kind.carrier], *self.also)


_ALSO = {
    "Bravo Voorbeeld people": (
        Sends("wifi_mac_hashed", "seen[].id", "64 hex digits", 288),
        Sends("rssi_observed_device", "seen[].rssi", times=288),
    ),
    "Delta Voorbeeld climate": (Sends("illuminance", "lux"),),
    "Charlie Voorbeeld sound": (Sends("sound_event_class", "event", "text", 40),),
}
_CLOUDS = {"Bravo Voorbeeld people": "ingest.bravo.example"}
MODELS = tuple(
    Model(
        supplier=supplier,
        name=f"{kind.name.upper()[:3]}-{10 * number}",
        kind=kind,
        also=_ALSO.get(f"{supplier} {kind.name}", ()),
        cloud=_CLOUDS.get(f"{supplier} {kind.name}", ""),
    )
    for kind in KINDS
    for number, supplier in enumerate(_SUPPLIERS, 1)
)


@dataclass(frozen=True, slots=True)
class Sensor:
    """One device in the street, and the entry that it belongs to."""

    number: int
    model: Model
    agent: int
    reference: str
    """Of its entry; empty: nobody declared it."""
    bound: bool
    first_day: int
    also: tuple[Sends, ...] = ()
    """What this one sends besides, unlike others of its model."""

    @property
    def mac(self) -> str:
        """Return its locally administered MAC address."""
        return "02:00:5e:" + self.number.to_bytes(3, "big").hex(":")

    @property
    def dev_eui(self) -> str:
        """Return its invented DevEUI."""
        return f"02574800{self.number:08x}"

    @property
    def client(self) -> str:
        """Return its client id, which is also in its topic."""
        return f"{self.model.kind.name}-{self.number:05d}"


@dataclass(frozen=True, slots=True)
class City:
    """Sensors, register and bindings, as documents to be written to files."""

    sensors: tuple[Sensor, ...]
    register: list[dict[str, Any]]
    bindings: dict[str, Any]


def city(seed: int = 1, entries: int = ENTRIES, devices: int = DEVICES, days: int = 90) -> City:
    """Return a city.  One device in seven is not bound, one in forty stands in no register."""
    chance = random.Random(seed)
    models = chance.choices(MODELS, [m.kind.share for m in MODELS], k=devices)
    sensors = []
    for number, model in enumerate(models):
        declared = chance.random() >= 1 / 40
        sensors.append(
            Sensor(
                number=number,
                model=model,
                agent=number % AGENTS,
                reference=f"VS-{number:05d}" if declared else "",
                bound=declared and chance.random() >= 1 / 8,
                # Some ten come while one looks.
                first_day=chance.randrange(1, days) if days > 1 and number % 200 == 199 else 0,
                also=_odd_one(number),
            )
        )
    kinds = [s.model.kind for s in sensors if s.reference]
    references = [s.reference for s in sensors if s.reference]
    more = entries - len(references)
    kinds += chance.choices(KINDS, [k.share for k in KINDS], k=more)
    references += [f"VS-{devices + number:05d}" for number in range(more)]
    register = [
        _entry(number, reference, kind, chance)
        for number, (reference, kind) in enumerate(zip(references, kinds, strict=True), 1)
    ]
    return City(tuple(sensors), register, _bindings(sensors))


def _odd_one(number: int) -> tuple[Sends, ...]:
    if number == 1234:
        return (Sends("face_template", "face.embedding", "512 numbers", 300),)
    return (Sends("audio_stream", "clip", "WAV 16 kHz", 60),) if number == 777 else ()


def _entry(number: int, reference: str, kind: Kind, chance: random.Random) -> dict[str, Any]:
    """Return a device of the API, in one of the ways in which entries come about."""
    owner = chance.choice(_OWNERS)
    imported = kind.type == _OPTICAL or chance.random() < 0.1
    personal = kind.personal
    ground: str | None = chance.choice(_GROUNDS[: 3 if owner == CITY else 4])
    notice = f"https://voorbeeldstad.example/privacy/{kind.name}"
    text, until = chance.choice(kind.texts), f"{chance.randrange(2027, 2032)}-12-31"
    if imported:
        # As the importer of Amsterdam does: no text, one theme, and a date far away.
        text, until, ground = "", "2050-01-01", None if kind.name == "plates" else "Wegbeheerder"
        personal = personal and kind.name != "plates"
    elif chance.random() < 0.15:
        ground = None
    if chance.random() < 0.1:
        notice = ""
    if kind.name == "camera" and chance.random() < 0.4:
        personal = False
    return {
        "id": number,
        # Some were entered twice; the register then knows two things by one reference.
        "reference": reference if number % 500 or number < 3_000 else "VS-02999",
        "owner": {"name": "", "email": "", "organisation": owner},
        "type": kind.type,
        "regions": None,
        "location": {
            "latitude": round(52.30 + chance.random() / 10, 5),
            "longitude": round(4.80 + chance.random() / 10, 5),
        },
        "location_description": "",
        "datastream": text,
        "themes": ["Mobiliteit: auto" if imported else kind.theme],
        "contains_pi_data": personal,
        "observation_goals": [
            {
                "id": number,
                "observation_goal": f"Beleid: {kind.theme}",
                "legal_ground": ground,
                "privacy_declaration": notice if personal else "",
            }
        ],
        "project_paths": None,
        "active_until": until,
    }


def _bindings(sensors: list[Sensor]) -> dict[str, Any]:
    rows = [
        {
            "entry": sensor.reference,
            "kind": "dev_eui" if sensor.model.kind.carrier == "lorawan" else "mac",
            "pattern": sensor.dev_eui if sensor.model.kind.carrier == "lorawan" else sensor.mac,
            "set_by": "beheerder sensornetwerk",
        }
        for sensor in sensors
        if sensor.bound
    ]
    return {
        "schema": SCHEMA,
        "bindings": rows,
        "municipal_hosts": ["192.0.2.0/24", "*.voorbeeldstad.example"],
    }
