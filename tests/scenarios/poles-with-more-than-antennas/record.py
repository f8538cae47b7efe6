"""Poles with a lamp and an antenna for mobile telephones, and something else that nobody announced.

In one pole sits a box of its own that counts passers-by and measures fields, and tells a company.
In another a gateway passes on what two sensors in the ground tell by radio, encrypted.  In the twin
there is no such box.
"""

import json
import random
import struct
from pathlib import Path

from tests.city.background import Background
from tests.city.lorawan import Gateway, Node
from tests.city.reporting import between, report
from tests.city.stage import Story, main
from tests.city.town import BROKER_ADDRESS, Host, Town, Truth
from tests.city.web import request

POLES = 2
HOURS = 3
OPERATOR, OPERATOR_NAME = "198.51.100.60", "core.voorbeeldmobiel.example"
SOIL = {"VB-BODEM-01": 0x2602A151, "VB-BODEM-02": 0x2602A152}
"""Address of the radio of each."""
COMPANY, COMPANY_NAME = "203.0.113.70", "collect.voorbeeldpaal.example"


def act(town: Town, honest: bool) -> float:
    town.names |= {OPERATOR_NAME: OPERATOR, COMPANY_NAME: COMPANY}
    town.web.serve(OPERATOR, 443, name=OPERATOR_NAME)
    port = 443 if town.secure else 80
    town.web.serve(COMPANY, port, name=COMPANY_NAME if town.secure else "")
    background = Background(town)
    for number in range(1, POLES + 1):
        lamp = town.host(f"mast-{number:02}", entry=f"VB-MAST-{number:02}")
        background.around(lamp)
        _shine(town, lamp)
    cell = town.host("zendcel-01", entry="VB-5G-01")
    town.clock.every(town.jitter(1200), lambda: _carry(town, cell), first=40)
    gateway = town.host("loragateway", mac="02:57:4b:00:00:02")
    background.around(gateway)
    _pass_on(town, gateway)
    if not honest:
        box = town.host("kastje", mac="02:57:4b:00:00:01")
        background.around(box)
        _tell(town, box)
    return HOURS * 3600


def _shine(town: Town, host: Host) -> None:
    """A lamp that tells how bright it is and what it uses."""
    power = between(town, 18, 42)
    level = between(town, 30, 100)
    report(
        town, host, f"voorbeeldstad/verlichting/{host.name}",
        lambda: {"asset_energy_use": power(), "actuation_light_level": int(level())},
        every=900, style=town.style(town.hosts["mast-01"]),
    )  # fmt: skip


def _carry(town: Town, host: Host) -> None:
    """What telephones send and receive goes to the operator, encrypted."""
    town.look_up(host, OPERATOR_NAME)
    town.sent(host, "opaque_payload", readable=False)
    body = town.draw.randbytes(town.draw.randrange(500, 1500))
    request(
        host.address, OPERATOR, host=OPERATOR_NAME, path="/tunnel", body=body, secure=True,
        kind="application/octet-stream", agent="smallcell/5.2",
    )  # fmt: skip


def _pass_on(town: Town, host: Host) -> None:
    """What sensors in the ground tell by radio goes on to the network server, still encrypted."""
    # Apart from all else that the seed chooses.
    draw = random.Random(f"{town.seed} radio")
    gateway = Gateway(town.wire, host, BROKER_ADDRESS, draw)
    town.clock.every(lambda: draw.uniform(290, 310), gateway.keep_alive, first=draw.uniform(1, 9))
    for entry, address in SOIL.items():
        node, moist = Node(draw, address), draw.randrange(150, 400)
        town.truths[entry] = Truth(entry, entry, {"soil_condition"}, readable=False)
        town.clock.every(
            lambda: draw.uniform(1100, 1300),
            lambda node=node, moist=moist: gateway.forward(
                node.frame(struct.pack(">BHH", 1, moist, 345))
            ),
            first=draw.uniform(60, 1200),
        )


def _tell(town: Town, host: Host) -> None:
    """The box counts who comes by, measures fields, and tells the company."""
    style = town.style(host)
    field = between(town, 0.3, 2.4)

    def tell() -> None:
        town.look_up(host, COMPANY_NAME)
        numbers = {"people_count": town.draw.randrange(3, 60), "electromagnetic_field": field()}
        town.sent(host, *numbers, readable=not town.secure)
        body = json.dumps(style.message(numbers, host.name, town.clock.stamp())).encode()
        request(
            host.address, COMPANY, host=COMPANY_NAME, path="/v1/measurements", body=body,
            secure=town.secure, agent="edge-agent/1.9",
        )  # fmt: skip

    town.clock.every(town.jitter(600), tell, first=town.draw.uniform(30, 600))


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
