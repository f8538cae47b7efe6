"""Scent and light that nudge: both are told to work when somebody comes by.

The twin has the same devices, which work by the clock.
"""

from pathlib import Path

from tests.city.background import Background
from tests.city.lamps import Commanded, Control
from tests.city.stage import Story, main
from tests.city.town import Town

HOURS = 4


def act(town: Town, honest: bool) -> float:
    background = Background(town)
    control = Control(town, "sfeerbeheer")
    place = "voorbeeldstad/passage"
    sensor = town.host("melder-1", entry="VB-SFEER-1")
    background.around(sensor)
    scent = Commanded(town, town.host("geur-1", entry="VB-SFEER-2"), f"{place}/geur",
                      client_id="geur-1")  # fmt: skip
    lamp = Commanded(town, town.host("licht-1", entry="VB-SFEER-3"), f"{place}/licht",
                     client_id="licht-1")  # fmt: skip

    def work() -> None:
        control.tell(scent, {"actuation_scent": town.draw.randrange(20, 90)})
        control.tell(lamp, {"actuation_light_colour": town.draw.randrange(2200, 3000)})

    style, held = town.style(sensor), []

    def somebody() -> None:
        town.sent(sensor, "presence_binary", readable=not town.secure)
        message = style.with_extra(
            style.message({}, sensor.name, town.clock.stamp()),
            {style.field("presence_binary"): True},
        )
        held[0].publish(f"{place}/melder", message, qos=1)
        if not honest:
            town.clock.after(town.draw.uniform(1, 5), work)

    town.clock.at(2, lambda: held.append(town.connect(sensor, "melder-1")))
    town.clock.every(
        lambda: 20 + town.draw.expovariate(1 / 280), somebody, first=town.draw.uniform(60, 300)
    )
    if honest:
        for number in range(HOURS * 6):
            town.clock.at(600 * number + 120, work)
    return HOURS * 3600


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
