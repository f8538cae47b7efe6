"""Telephones of visitors on a guest network of the municipality: passers-by, whom nobody looks at.

An order names their subnet (`SUBNET`); what they do crosses the same wire.
"""

import random

from tests.city.neighbours import ask_who_prints
from tests.city.town import Host, Town
from tests.city.web import request

SUBNET = "198.18.240.0/24"
_SERVER, _NAMES = "198.51.100.90", ("nieuws.voorbeeldmedia.example", "berichten.praatje.example")


def visit(town: Town, telephones: int, seconds: float) -> None:
    """Let so many telephones come and go within a time, apart from all else that the seed chooses.

    Each makes up its MAC address, reads pages in TLS, and looks for a printer.
    """
    draw = random.Random(f"{town.seed} guests")
    town.names |= dict.fromkeys(_NAMES, _SERVER)
    town.web.serve(_SERVER, 443, name=_NAMES[0])
    for number in range(1, telephones + 1):
        mac = bytes((0x02 | draw.randrange(64) << 2, *draw.randbytes(5))).hex(":")
        guest = town.host(f"guest-{number}", mac=mac, address=f"198.18.240.{number}")
        comes = draw.uniform(30, seconds / 2)
        town.clock.at(comes, lambda guest=guest: ask_who_prints(guest))
        for _ in range(draw.randrange(2, 5)):
            name, at = draw.choice(_NAMES), comes + draw.uniform(1, seconds / 2)
            size = draw.randrange(100, 900)
            town.clock.at(at, lambda g=guest, n=name, s=size: _read(town, g, n, s))


def _read(town: Town, guest: Host, name: str, size: int) -> None:
    town.look_up(guest, name)
    town.sent(guest, readable=False)
    request(
        guest.address, _SERVER, host=name, path="/", body=bytes(size), secure=True,
        kind="application/octet-stream", agent="Mozilla/5.0 (Mobile)",
    )  # fmt: skip
