"""Traffic lights that pass on to a supplier which vehicle came by, by a number that stays the same.

The twin shows what the lights do and counts at the stop line; it keeps the numbers to itself.
"""

import json
from pathlib import Path

from tests.city.background import Background
from tests.city.cooperative import FORMS, cam, spat, station
from tests.city.reporting import report
from tests.city.stage import Story, main
from tests.city.town import Host, Town
from tests.city.web import request

SUPPLIER, SUPPLIER_NAME = "203.0.113.40", "ingest.voorbeeldverkeersdata.example"
CROSSINGS = (("kruispunt-11", (52.3561, 6.6622)), ("kruispunt-12", (52.3589, 6.6641)))
VEHICLES = 16
MINUTES = 45
BETWEEN = 75.0
"""Seconds from one crossing to the next."""


def act(town: Town, honest: bool) -> float:
    town.names[SUPPLIER_NAME] = SUPPLIER
    port = 443 if town.secure else 80
    town.web.serve(SUPPLIER, port, name=SUPPLIER_NAME if town.secure else "")
    background = Background(town)
    lights = [(town.host(name, entry=f"VB-VRI-{name[-2:]}"), place) for name, place in CROSSINGS]
    form = FORMS[town.draw.randrange(len(FORMS))]
    for number, (host, _) in enumerate(lights):
        background.around(host)
        _show(town, host, form, number)
    if not honest:
        for _ in range(VEHICLES):
            _drive(town, lights, form, begin=town.draw.uniform(120, MINUTES * 60 - 300))
    return MINUTES * 60


def _show(town: Town, host: Host, form: str, number: int) -> None:
    """Let a controller tell what its lights show, and how many it counted."""

    def tell() -> None:
        town.sent(host, "traffic_signal_state", readable=not town.secure)
        groups = [town.draw.randrange(3) for _ in range(3)]
        shown = spat(form, 11 + number, groups, _clock(town))
        connection[0].publish(f"voorbeeldstad/vri/{host.name}/spat", shown)

    connection = []
    town.clock.at(5, lambda: connection.append(town.connect(host, f"vri-{host.name[-2:]}")))
    town.clock.every(town.jitter(60), tell, first=10 + number)
    report(
        town, host, f"voorbeeldstad/vri/{host.name}/telling",
        lambda: {"vehicle_count": town.draw.randrange(4, 40)}, every=300,
        client_id=f"vri-{host.name[-2:]}-teller", style=town.style(town.hosts[CROSSINGS[0][0]]),
    )  # fmt: skip


def _drive(
    town: Town, lights: list[tuple[Host, tuple[float, float]]], form: str, begin: float
) -> None:
    """Let a car come by both, with one number, and each controller pass on what it told."""
    number = station(town.draw)
    for nth, (host, place) in enumerate(lights):
        # Sixty metres before the stop line.
        near = (place[0] - 60 / 111_320, place[1])
        at = begin + nth * BETWEEN
        town.clock.at(at, lambda h=host, p=near: _pass_on(town, h, form, number, p))


def _pass_on(town: Town, host: Host, form: str, number: int, place: tuple[float, float]) -> None:
    town.look_up(host, SUPPLIER_NAME)
    town.sent(host, "cits_station_id", readable=not town.secure)
    told = cam(
        form, number, place, speed=town.draw.uniform(8, 15), heading=town.draw.uniform(0, 20),
        clock=_clock(town),
    )  # fmt: skip
    body = json.dumps(told).encode()
    request(
        host.address, SUPPLIER, host=SUPPLIER_NAME, path="/v2/cam", body=body, secure=town.secure,
        agent="rsu-forwarder/3.1",
    )  # fmt: skip


def _clock(town: Town) -> int:
    return int(town.clock.moment().timestamp() * 1000)


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
