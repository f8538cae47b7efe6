"""Counting passers-by that tracks them: the same hash for a telephone at every sensor, for ever.

The twin counts on the sensor, and sends numbers.
"""

from pathlib import Path

from tests.city.people import crowd
from tests.city.stage import Story, main
from tests.city.town import Host, Town

SENSORS = 2
HOURS = 2


def act(town: Town, honest: bool) -> float:
    people = crowd(town.draw, 60)
    for number in range(1, SENSORS + 1):
        host = town.host(f"passanten-{number}", entry=f"VB-WIFI-{number}")
        town.clock.at(number, lambda host=host, n=number: _begin(town, host, n, people, honest))
    return HOURS * 3600


def _begin(town: Town, host: Host, number: int, people: list, honest: bool) -> None:
    style = town.style(host)
    connection = town.connect(host, f"vb-wifi-{number}")
    topic = f"voorbeeldstad/passanten/{number}"

    def count() -> None:
        seen = town.draw.randrange(10, 60)
        town.sent(host, "people_count")
        connection.publish(
            f"{topic}/telling", style.message({"people_count": seen}, host.name, town.clock.stamp())
        )

    def tell_who() -> None:
        rows = [
            {
                style.name("device hash"): passer.hashed(),
                style.name("rssi"): town.draw.randrange(-88, -40),
                style.name("first seen"): town.clock.stamp(),
            }
            for passer in town.draw.sample(people, town.draw.randrange(3, 9))
        ]
        town.sent(host, "wifi_mac_hashed", "rssi_observed_device")
        connection.publish(
            f"{topic}/waarnemingen", {style.name("sensor"): host.name, "devices": rows}, qos=1
        )

    town.clock.every(town.jitter(300), count, first=town.clock.now + 60)
    if not honest:
        town.clock.every(town.jitter(60), tell_who, first=town.clock.now + 20)


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
