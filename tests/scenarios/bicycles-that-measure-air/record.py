"""Bicycles of residents that measure the air, and tell every ten seconds where they are.

The twin keeps the positions to itself: it sends what the ride through a neighbourhood came to.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.city.background import Background
from tests.city.mqtt_device import Connection
from tests.city.positions import Ride, with_position
from tests.city.reporting import between
from tests.city.stage import Story, main
from tests.city.town import Host, Town

BICYCLES = 2
EVERY = 10.0
"""Seconds between two measurements on the way."""
RIDES = 2
NEIGHBOURHOODS = ("Overdie", "Binnenstad", "De Mare", "Oudorp")
_RANGES = {
    "particulate_matter": (3.0, 35.0),
    "air_temperature": (9.0, 19.0),
    "relative_humidity": (40.0, 90.0),
    "air_pressure": (1004.0, 1022.0),
}


def act(town: Town, honest: bool) -> float:
    background = Background(town)
    for number in range(1, BICYCLES + 1):
        host = town.host(f"luchtfiets-{number:02}", entry="VB-LUCHT-FIETS")
        background.around(host)
        _ride(town, host, honest)
    return 6 * 3600


def _ride(town: Town, host: Host, honest: bool) -> None:
    """Let a bicycle be ridden a few times; its box is on only then."""
    # One maker made them all.
    style = town.style(town.hosts["luchtfiets-01"])
    drawn = {category: between(town, *span) for category, span in _RANGES.items()}
    topic = f"voorbeeldstad/lucht/{host.name}"

    def measured() -> Any:
        town.sent(host, *drawn, readable=not town.secure)
        values = {category: value() for category, value in drawn.items()}
        return style.message(values, host.name, town.clock.stamp())

    def on_the_way(connection: Connection, ride: Ride, left: int) -> Callable[[], None]:
        def step() -> None:
            town.sent(host, "person_location_track")
            connection.publish(topic, with_position(style, measured(), ride))
            ride.go(town.draw.uniform(25, 55))
            if left:
                town.clock.after(EVERY, on_the_way(connection, ride, left - 1))
            else:
                connection.leave()

        return step

    def begin() -> None:
        if not honest:
            steps = town.draw.randrange(35, 50)
            on_the_way(town.connect(host, host.name), Ride(town.draw), steps)()
            return
        for place in town.draw.sample(NEIGHBOURHOODS, 3):
            town.clock.after(town.draw.uniform(300, 1500), lambda place=place: average(place))

    def average(place: str) -> None:
        connection = town.connect(host, host.name)
        connection.publish(topic, style.with_extra(measured(), {"wijk": place}))
        connection.leave()

    for number in range(RIDES):
        town.clock.at(number * 10_000 + town.draw.uniform(60, 4000), begin)


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
