"""Light as a service: all that the lamps tell goes to the supplier, unreadable for anybody else.

The twin tells the municipality what it uses, and is commanded by it.
"""

import json
from collections.abc import Callable
from pathlib import Path

from tests.city.background import Background
from tests.city.lamps import Commanded, Control
from tests.city.reporting import between, report
from tests.city.stage import Story, main
from tests.city.town import Host, Town
from tests.city.web import request

HOURS = 4
LAMPS = 2
SUPPLIER_ADDRESS, SUPPLIER_NAME = "203.0.113.60", "tenant-17.lichtdienst.example"


def act(town: Town, honest: bool) -> float:
    background = Background(town)
    town.names[SUPPLIER_NAME] = SUPPLIER_ADDRESS
    # The service of a supplier is encrypted whatever the town does.
    town.web.serve(SUPPLIER_ADDRESS, 443, name=SUPPLIER_NAME)
    control = Control(town, "lichtbeheer") if honest else None
    for number in range(1, LAMPS + 1):
        lamp = town.host(f"armatuur-{number}", entry=f"VB-ARMATUUR-{number}")
        background.around(lamp)
        energy = between(town, 0.01, 0.3)
        topic = f"voorbeeldstad/verlichting/{number}"
        if control is None:
            _serve(town, lamp, energy)
            continue
        report(town, lamp, f"{topic}/verbruik",
               lambda energy=energy: {"asset_energy_use": energy()}, every=900)  # fmt: skip
        commanded = Commanded(town, lamp, topic, client_id=f"{lamp.name}-besturing")
        for hour, level in ((1, 100), (2, 70), (3, 40)):
            town.clock.at(
                hour * 3600 + number,
                lambda lamp=commanded, level=level: control.tell(
                    lamp, {"actuation_light_level": level}
                ),
            )
    return HOURS * 3600


def _serve(town: Town, lamp: Host, energy: Callable[[], float]) -> None:
    style = town.style(lamp)

    def tell() -> None:
        town.sent(lamp, "asset_energy_use", "actuation_light_level", readable=False)
        values = {"asset_energy_use": energy(), "actuation_light_level": 70}
        message = style.message(values, lamp.name, town.clock.stamp())
        town.look_up(lamp, SUPPLIER_NAME)
        request(lamp.address, SUPPLIER_ADDRESS, host=SUPPLIER_NAME, path="/telemetry",
                body=json.dumps(message).encode(), secure=True)  # fmt: skip

    town.clock.every(town.jitter(1200), tell, first=town.draw.uniform(30, 900))


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
