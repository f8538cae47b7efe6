"""Lampposts that calm: the light changes its colour when people shout, and nobody wrote that down.

The twin has the same lamps and meters; the lamps keep to a timetable, and the meter sends levels.
"""

from pathlib import Path

from tests.city.background import Background
from tests.city.lamps import Commanded, Control
from tests.city.reporting import between, report
from tests.city.stage import Story, main
from tests.city.town import Town

HOURS = 5
LAMPS = 2
SOUNDS = ("shouting", "glass", "fight", "music", "singing")
CALM, LIVELY = 2200, 4000
"""Colour temperature in kelvin."""


def act(town: Town, honest: bool) -> float:
    background = Background(town)
    control = Control(town, "lichtbesturing")
    street = "voorbeeldstad/uitgaansstraat"
    counter = town.host("teller-1", entry="VB-STRAAT-1")
    people = between(town, 20, 400)
    report(town, counter, f"{street}/teller", lambda: {"people_count": int(people())}, every=120)
    meter = town.host("geluid-1", entry="VB-STRAAT-2")
    level = between(town, 55, 92)
    report(town, meter, f"{street}/geluid/niveau", lambda: {"sound_level": level()}, every=120)
    background.around(meter)
    lamps = [
        Commanded(town, town.host(f"lamp-{n}", entry=f"VB-STRAAT-{n + 2}"),
                  f"{street}/verlichting/{n}", client_id=f"lamp-{n}")
        for n in range(1, LAMPS + 1)
    ]  # fmt: skip

    def light(kelvin: int, level: int) -> None:
        for lamp in lamps:
            control.tell(lamp, {"actuation_light_colour": kelvin, "actuation_light_level": level})

    if honest:
        for number in range(HOURS * 6):
            warm = CALM if number % 2 else LIVELY
            town.clock.at(600 * number + 300, lambda warm=warm: light(warm, 70))
        return HOURS * 3600
    style = town.style(meter)
    held = []

    def hear_something() -> None:
        town.sent(meter, "sound_event_class", readable=not town.secure)
        body = style.with_extra(
            style.message({}, meter.name, town.clock.stamp()),
            {style.field("sound_event_class"): town.draw.choice(SOUNDS)},
        )
        held[0].publish(f"{street}/geluid/gebeurtenis", body, qos=1)
        kelvin = int(town.draw.uniform(CALM, 2700))
        town.clock.after(town.draw.uniform(1.5, 6), lambda: light(kelvin, 100))

    town.clock.at(3, lambda: held.append(town.connect(meter, "geluid-1-gebeurtenis")))
    # Seldom, and then several times in a row: nothing about people in the street comes by a clock.
    town.clock.every(
        lambda: 20 + town.draw.expovariate(1 / 400),
        hear_something,
        first=town.draw.uniform(60, 600),
    )
    return HOURS * 3600


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
