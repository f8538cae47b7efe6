"""Camera cars that were bought for an event, and then look elsewhere, for somebody else.

They drive through other parts of the region months later, tell a control room how near people stand
to each other, and let it look along.  In the twin it is the week of the event: they stay on its
ground, only the event's own staff look along, and all of it goes in TLS.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.city.background import Background
from tests.city.camera import Viewing
from tests.city.stage import Story, main
from tests.city.style import Style
from tests.city.town import Host, Town
from tests.city.web import request

MINUTES = 40
STAFF, STAFF_NAME = "192.0.2.20", "regie.voorbeeldstad.example"
CONTROL, CONTROL_NAME = "203.0.113.40", "meldkamer.regiovoorbeeld.example"
EVENT = (52.10, 5.11)
ELSEWHERE = ((51.97, 5.24), (52.21, 4.93), (52.24, 5.31))
"""Ten kilometres away and more."""


def act(town: Town, honest: bool) -> float:
    # An event that is prepared well encrypts, whatever the town does.
    town.secure = town.secure or honest
    noise = Background(town)
    town.known("staff of the event", STAFF, "02:57:48:00:00:14")
    town.names |= {STAFF_NAME: STAFF, CONTROL_NAME: CONTROL}
    town.web.serve(CONTROL, 443 if town.secure else 80, name=CONTROL_NAME if town.secure else "")
    for number in (1, 2):
        car = town.host(
            f"camera-auto-{number}", mac=f"02:57:4b:00:00:0{number}", entry=f"VB-CAMAUTO-{number}"
        )
        noise.around(car)
        _tell_place(town, car, honest)
        _look_along(town, car, STAFF, number * 300)
        if not honest:
            _look_along(town, car, CONTROL, number * 300 + 900)
            _alert(town, car)
    return MINUTES * 60


def _tell_place(town: Town, car: Host, honest: bool) -> None:
    style = town.style(car)
    places = [EVENT] if honest else town.draw.sample(ELSEWHERE, 2)
    held: list[Any] = []

    def tell() -> None:
        if not held:
            held.append(town.connect(car))
        part = int(town.clock.now / (MINUTES * 60) * len(places))
        latitude, longitude = places[part]
        town.sent(car, "vehicle_position_track", readable=not town.secure)
        held[0].publish(
            f"voertuigen/{car.name}/positie", _position(town, style, latitude, longitude)
        )

    town.clock.every(town.jitter(60), tell, first=town.draw.uniform(5, 30))


def _position(town: Town, style: Style, latitude: float, longitude: float) -> Mapping[str, Any]:
    spread = town.draw.uniform
    return {
        style.time_key: town.clock.stamp(),
        style.name("latitude"): round(latitude + spread(-0.006, 0.006), 6),
        style.name("longitude"): round(longitude + spread(-0.006, 0.006), 6),
        style.name("speed"): round(spread(5, 45), 1),
        style.name("heading"): round(spread(0, 360)),
    }


def _look_along(town: Town, car: Host, viewer: str, at: float) -> None:
    def look() -> None:
        town.sent(car, "video_stream", readable=not town.secure)
        if viewer == CONTROL:
            town.look_up(car, CONTROL_NAME)
        Viewing(town, car, viewer).begin(3)

    town.clock.at(at + town.draw.uniform(0, 100), look)


def _alert(town: Town, car: Host) -> None:
    """Tell the control room of people who stand together."""
    style = town.style(car, shape="flat")

    def tell() -> None:
        metres = round(town.draw.uniform(0.4, 1.4), 2)
        town.sent(car, "group_distance", readable=not town.secure)
        message = style.message({"group_distance": metres}, car.name, town.clock.stamp())
        town.look_up(car, CONTROL_NAME)
        request(
            car.address,
            CONTROL,
            host=CONTROL_NAME,
            path="/api/meldingen",
            body=json.dumps(message).encode(),
            secure=town.secure,
        )

    town.clock.every(town.jitter(180, 0.4), tell, first=town.draw.uniform(100, 200))


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
