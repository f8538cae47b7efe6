"""The plan of the square: who is on the network, and the invented people and things they meet.

Every address is from the documentation blocks (RFC 5737), every name ends in .example
(RFC 2606), every MAC address is locally administered.
"""

import hashlib
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A host of its own namespace, with one network interface."""

    name: str
    address: str
    mac: str
    names: tuple[str, ...] = ()
    """DNS names that resolve to it."""


SQUARE = {
    host.name: host
    for host in (
        Host(
            name="makelaar",
            address="192.0.2.10",
            mac="02:57:48:00:00:0a",
            names=("mqtt.waterhaven.example",),
        ),
        Host(
            name="gemeente",
            address="192.0.2.11",
            mac="02:57:48:00:00:0b",
            names=("verkeer.waterhaven.example",),
        ),
        Host(
            name="lora",
            address="192.0.2.15",
            mac="02:57:48:00:00:0f",
            names=("lora.waterhaven.example",),
        ),
        Host(
            name="dashboard",
            address="192.0.2.20",
            mac="02:57:48:00:00:14",
            names=("dashboard.waterhaven.example",),
        ),
        Host(
            name="lichtregie",
            address="192.0.2.30",
            mac="02:57:48:00:00:1e",
            names=("lichtregie.waterhaven.example",),
        ),
        Host(name="geluid1", address="192.0.2.34", mac="02:57:48:00:00:22"),
        Host(name="teller", address="192.0.2.35", mac="02:57:48:00:00:23"),
        Host(name="geluid2", address="192.0.2.36", mac="02:57:48:00:00:24"),
        Host(name="passanten", address="192.0.2.37", mac="02:57:48:00:00:25"),
        Host(name="camera", address="192.0.2.38", mac="02:57:48:00:00:26"),
        Host(name="voertuig", address="192.0.2.39", mac="02:57:48:00:00:27"),
        Host(name="afval", address="192.0.2.40", mac="02:57:48:00:00:28"),
        Host(name="lamp", address="192.0.2.41", mac="02:57:48:00:00:29"),
        Host(name="kastje", address="192.0.2.42", mac="02:57:48:00:00:2a"),
        Host(name="politie", address="192.0.2.99", mac="02:57:48:00:00:63"),
        Host(name="gast", address="192.0.2.230", mac="02:9c:41:7e:20:33"),
    )
}
ROUTER = Host(
    name="router",
    address="192.0.2.1",
    mac="02:57:48:00:00:01",
    names=("tijd.waterhaven.example",),
)
INTERNET = {
    host.name: host
    for host in (
        Host(
            name="telvision",
            address="203.0.113.50",
            mac="02:ee:00:00:00:50",
            names=("upload.telvision.example",),
        ),
        Host(name="loopstroom", address="203.0.113.60", mac="02:ee:00:00:00:60"),
        Host(name="kijker", address="203.0.113.77", mac="02:ee:00:00:00:77"),
        Host(
            name="sensecloud",
            address="198.51.100.40",
            mac="02:ee:00:00:01:40",
            names=("ingest.sensecloud.example",),
        ),
        Host(
            name="weer",
            address="198.51.100.80",
            mac="02:ee:00:00:01:80",
            names=("www.weer.example",),
        ),
        Host(
            name="meldkamer",
            address="198.51.100.99",
            mac="02:ee:00:00:01:99",
            names=("beeld.meldkamer.example",),
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One capture: when it is said to be made, how long, and what differs in it."""

    file: str
    start: datetime
    seconds: int
    creep: bool
    """The honest counter sends hashed MAC addresses too."""


TAKES = {
    "2026-05": Take(
        file="havenplein-2026-05.pcapng",
        start=datetime(2026, 5, 12, 9, 0, tzinfo=UTC),
        seconds=180,
        creep=False,
    ),
    "2026-09": Take(
        file="havenplein-2026-09.pcapng",
        start=datetime(2026, 9, 15, 9, 0, tzinfo=UTC),
        seconds=80,
        creep=True,
    ),
}

_LETTERS = "BDFGHJKLNPRSTVXZ"


@dataclass(frozen=True, slots=True)
class People:
    """The invented traces of people and vehicles that the devices send, drawn from one seed."""

    hashes: list[str] = field(default_factory=list)
    """SHA-256 of an invented MAC address in hex, less its last three digits."""
    plates: list[str] = field(default_factory=list)
    passes: list[str] = field(default_factory=list)
    """Seven-octet card numbers in hex, as an NFC card gives."""

    @property
    def plate_hashes(self) -> list[str]:
        """Return 40 hex digits a plate, as the Amsterdam passage message carries."""
        return [
            hashlib.sha1(plate.encode(), usedforsecurity=False).hexdigest() for plate in self.plates
        ]


def people(seed: int) -> People:
    """Return the same invented people for the same seed."""
    draw = random.Random(seed)
    phones = [draw.randbytes(6) for _ in range(48)]

    def letters(count: int) -> str:
        return "".join(draw.choice(_LETTERS) for _ in range(count))

    plates = [
        draw.choice(
            (
                f"{letters(2)}-{draw.randrange(100, 1000)}-{letters(1)}",
                f"{letters(1)}-{draw.randrange(100, 1000)}-{letters(2)}",
                f"{draw.randrange(10, 100)}-{letters(3)}-{draw.randrange(1, 10)}",
            )
        )
        for _ in range(24)
    ]
    return People(
        hashes=[hashlib.sha256(phone.hex(":").encode()).hexdigest()[:61] for phone in phones],
        plates=plates,
        passes=["04" + draw.randbytes(6).hex().upper() for _ in range(12)],
    )


SOUND_METER_USER = "geluid-havenplein-02"
SOUND_METER_PASSWORD = "stille-haven-41"  # noqa: S105 (invented: it is there to be seen in clear)
RELAY_USER = "lora-netwerkserver"
RELAY_PASSWORD = "vuurtoren-op-de-kade-7"  # noqa: S105 (as above)
GUEST_AGENT = "Mozilla/5.0 (Gasttelefoon; verzonnen toestel 8841)"
SENTENCES = (
    "Kom je vanavond ook naar de haven, om acht uur?",
    "Ik heb de sleutel bij de buurvrouw gelegd.",
    "De boot naar het eiland is weer te laat.",
    "Neem jij brood mee? Dan zet ik koffie.",
    "Zij werkt nu bij de bakker op de hoek.",
    "Morgen moet ik naar de dokter in de stad.",
)
