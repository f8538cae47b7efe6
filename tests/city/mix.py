"""Any mix of devices: those that keep to what was declared, careless ones, and deviating ones.

*Sloppy* devices send what was declared, retain it, and leave a will.
*Deviating* ones send something else besides, from some moment on.
Most speak the MQTT of their makers, others CoAP, and some report to a server of NATS.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.city.background import Background
from tests.city.people import Passer, crowd
from tests.city.reporting import between, report
from tests.city.style import Style
from tests.city.town import Host, Town
from tests.city.ways import MQTT, Ways, way_of

HONEST, SLOPPY, DEVIATING = "honest", "sloppy", "deviating"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of device, and what a municipality would declare of it."""

    name: str
    type: str
    declared: str
    theme: str
    every: float
    """Seconds."""
    values: Mapping[str, tuple[float, float]]
    """Category → range."""
    more: str = ""
    """Category of what a deviating one sends besides; empty if it has nothing to send."""


KINDS = (
    Kind(name="lucht", type="Chemiesensor", declared="Fijnstof, temperatuur en luchtvochtigheid",
         theme="Milieu: stoffen", every=300, more="sound_level",
         values={"particulate_matter": (4, 40), "air_temperature": (4, 28),
                 "relative_humidity": (35, 95)}),
    Kind(name="geluid", type="Geluidsensor", declared="Geluidsniveau in dB(A)",
         theme="Milieu: geluid", every=60, values={"sound_level": (42, 85)}),
    Kind(name="teller", type="Aanwezigheid of nabijheidsensor", declared="Aantal passanten",
         theme="Mobiliteit: voetganger", every=300, more="wifi_mac_hashed",
         values={"people_count": (10, 400)}),
    Kind(name="verkeer", type="Optische / camera sensor", declared="Tellen van voertuigen",
         theme="Mobiliteit: auto", every=300, more="licence_plate_raw",
         values={"vehicle_count": (5, 300)}),
    Kind(name="fietsteller", type="Aanwezigheid of nabijheidsensor", declared="Tellen van fietsers",
         theme="Mobiliteit: fiets", every=300, values={"bicycle_count": (5, 300)}),
    Kind(name="container", type="Aanwezigheid of nabijheidsensor",
         declared="Vulgraad van de container", theme="Milieu: afval", every=1800,
         more="access_token_id", values={"waste_fill_level": (5, 95)}),
)  # fmt: skip
_COUNTS = frozenset(("people_count", "vehicle_count", "bicycle_count"))
_WORDS = {
    "wifi_mac_hashed": "device hash",
    "licence_plate_raw": "licence plate",
    "access_token_id": "card number",
}


@dataclass(slots=True)
class Papers:
    """What the municipality has of the devices."""

    register: list[dict[str, Any]] = field(default_factory=list)
    bindings: dict[str, Any] = field(default_factory=dict)
    manners: dict[str, str] = field(default_factory=dict)
    """Host → honest, sloppy or deviating."""


def furnish(town: Town, devices: int, *, sloppy: float, deviating: float, seconds: float) -> Papers:
    """Put so many devices in a town, and return their papers.

    `sloppy` and `deviating` are shares; a device that has nothing more to send is honest instead.
    """
    papers = Papers()
    people = crowd(town.draw, 300)
    background, ways = Background(town), Ways(town)
    rows = []
    for number in range(1, devices + 1):
        kind = town.draw.choice(KINDS)
        reference = f"VB-{number:05}"
        host = town.host(f"{kind.name}-{number:05}", entry=reference)
        manner = _manner(town, kind, sloppy, deviating)
        papers.manners[host.name] = manner
        papers.register.append(_entry(kind, reference))
        rows.append({"entry": reference, "kind": "mac", "pattern": host.mac, "set_by": "beheerder"})
        _place(town, ways, host, kind, manner, people, seconds)
        if number % 7 == 0:
            background.around(host)
    papers.bindings = {
        "schema": "https://schouw.example.org/schema/bindings/1",
        "bindings": rows,
        "municipal_hosts": ["192.0.2.10", "mqtt.voorbeeldstad.example"],
    }
    return papers


def _manner(town: Town, kind: Kind, sloppy: float, deviating: float) -> str:
    drawn = town.draw.random()
    if drawn < deviating:
        return DEVIATING if kind.more else HONEST
    return SLOPPY if drawn < deviating + sloppy else HONEST


def _entry(kind: Kind, reference: str) -> dict[str, Any]:
    return {
        "reference": reference,
        "owner": {"organisation": "Gemeente Voorbeeldstad"},
        "type": kind.type,
        "datastream": kind.declared,
        "themes": [kind.theme],
        "contains_pi_data": False,
        "observation_goals": [
            {
                "observation_goal": kind.declared,
                "legal_ground": "Publieke taak",
                "privacy_declaration": "https://voorbeeldstad.example/privacy",
            }
        ],
        "active_until": "2029-12-31",
    }


def _place(
    town: Town, ways: Ways, host: Host, kind: Kind, manner: str, people: list[Passer],
    seconds: float,
) -> None:  # fmt: skip
    drawn = {category: between(town, *span) for category, span in kind.values.items()}

    def values() -> Mapping[str, float]:
        return {c: int(f()) if c in _COUNTS else f() for c, f in drawn.items()}

    topic = f"voorbeeldstad/{kind.name}/{host.name}"
    extra = _more(town, host, kind, people, after=seconds / 3) if manner == DEVIATING else None
    # Only a broker retains messages, and publishes wills.
    way = MQTT if manner == SLOPPY else way_of(town, host)
    if way == MQTT:
        options: dict[str, Any] = {}
        if manner == SLOPPY:
            options = {"retain": True, "will": (f"voorbeeldstad/{host.name}/status", "offline")}
        report(town, host, topic, values, every=kind.every, extra=extra, **options)
        return
    style = town.style(host)

    def value() -> Any:
        numbers = values()
        town.sent(host, *numbers, readable=not town.secure)
        message = style.message(numbers, host.name, town.clock.stamp())
        return style.with_extra(message, extra(style)) if extra else message

    ways.report(way, host, topic, value, every=kind.every)


def _more(
    town: Town, host: Host, kind: Kind, people: list[Passer], *, after: float
) -> Callable[[Style], Mapping[str, Any]]:
    """Return what a deviating device adds to its messages, once some time has passed."""
    level = between(town, 42, 85)

    def extra(style: Style) -> Mapping[str, Any]:
        if town.clock.now < after:
            return {}
        town.sent(host, kind.more, readable=not town.secure)
        passer = town.draw.choice(people)
        values = {
            "sound_level": level(),
            "wifi_mac_hashed": passer.hashed(),
            "licence_plate_raw": passer.plate,
            "access_token_id": passer.card,
        }
        words = _WORDS.get(kind.more) or style.field(kind.more)
        return {words: values[kind.more]}

    return extra
