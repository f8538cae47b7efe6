"""A city full of sensors that was stopped: some are silent, and some still talk.

Somebody listens for ten days, and a month later for three weeks more.  One sensor works, one was
heard the first time alone, one never, one still counts although it was over years ago, one is over
and silent; and a firm's box that is in no register still sends to the firm.  In the twin it was
tidied up: what was over is gone from register and street, or was decided anew.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.city.reporting import between
from tests.city.stage import Story, main
from tests.city.town import Host, Town
from tests.city.web import request

DAY = 86_400
DAYS = 32
HEARD_DAYS = 10
"""The first look; the other days are the second."""
APART_DAYS = 30
FIRM, FIRM_NAME = "203.0.113.77", "data.meetbedrijf.example"
Values = Callable[[], Mapping[str, float]]


def act(town: Town, honest: bool) -> float:
    degrees, share = between(town, 6, 24), between(town, 45, 95)
    weather = town.host("meet-weer", mac="02:57:4b:00:00:01", entry="VB-MEET-1")
    _wakes(
        town, weather, lambda: {"air_temperature": degrees(), "relative_humidity": share()}, DAYS
    )
    if not honest:
        sound = town.host("meet-geluid", mac="02:57:4b:00:00:02", entry="VB-MEET-2")
        level = between(town, 44, 76)
        _wakes(town, sound, lambda: {"sound_level": level()}, HEARD_DAYS)
    counter = town.host("meet-teller", mac="02:57:4b:00:00:04", entry="VB-MEET-4")
    people = between(town, 900, 4200)
    _wakes(town, counter, lambda: {"people_count": int(people())}, DAYS)
    if not honest:
        _forgotten(town, town.host("kastje", mac="02:57:4b:00:00:09"))
    return DAYS * DAY


def _wakes(town: Town, host: Host, values: Values, days: int) -> None:
    """Let a device wake up once a day, connect, report and go back to sleep, for so many days."""
    style = town.style(host)

    def report() -> None:
        numbers = values()
        town.sent(host, *numbers, readable=not town.secure)
        connection = town.connect(host)
        connection.publish(
            f"meetstad/{host.name}", style.message(numbers, host.name, town.clock.stamp()), qos=1
        )
        connection.leave()

    for day in range(days):
        town.clock.at(day * DAY + town.draw.uniform(600, 7200), report)


def _forgotten(town: Town, box: Host) -> None:
    """Let a box of a firm that nobody thinks of send to the firm, every day."""
    secure = town.secure
    town.names[FIRM_NAME] = FIRM
    town.web.serve(FIRM, 443 if secure else 80, name=FIRM_NAME if secure else "")
    style, level = town.style(box), between(town, 5, 35)

    def send() -> None:
        numbers = {"particulate_matter": level()}
        town.sent(box, *numbers, readable=not secure)
        town.look_up(box, FIRM_NAME)
        message = style.message(numbers, box.name, town.clock.stamp())
        body = json.dumps(message).encode()
        request(box.address, FIRM, host=FIRM_NAME, path="/api/v1/push", body=body, secure=secure)

    town.clock.every(town.jitter(DAY, 0.02), send, first=town.draw.uniform(9000, 14000))


STORY = Story(
    act=act,
    looks=((0, HEARD_DAYS * DAY), (HEARD_DAYS * DAY, DAYS * DAY)),
    apart=APART_DAYS * DAY,
)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
