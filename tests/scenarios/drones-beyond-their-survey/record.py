"""A drone that was to survey building sites, and flies elsewhere, later, and live for others.

It tells the ground station where it is and where its pilot stands (MAVLink, remote
identification), uploads pictures, and lets a firm watch live.  In the twin the survey still goes
on: control goes by radio, and only pictures cross, in TLS, to the surveyor.
"""

from pathlib import Path

from tests.city.background import Background
from tests.city.camera import Viewing
from tests.city.mavlink import Flight
from tests.city.media import squares
from tests.city.stage import Story, main
from tests.city.town import Host, Town
from tests.city.web import request

MINUTES = 25
STATION = "192.0.2.30"
SURVEYOR, SURVEYOR_NAME = "203.0.113.80", "upload.landmeetbureau.example"
WATCHER = "203.0.113.90"
ELSEWHERE = ((52.41, 5.28), (52.37, 5.62), (52.61, 5.30))
"""Ten kilometres from the building sites and more: where people live."""


def act(town: Town, honest: bool) -> float:
    noise = Background(town)
    town.known("ground station", STATION, "02:57:48:00:00:1e")
    drone = town.host("drone-landmeting", mac="02:57:4b:00:00:01", entry="VB-VLUCHT-1")
    noise.around(drone)
    _upload(town, drone, secure=honest or town.secure)
    if not honest:
        if not town.secure:
            # MAVLink has no TLS: where all is encrypted, it goes through a tunnel or by radio.
            _tell(town, drone)
        town.clock.at(town.draw.uniform(500, 800), lambda: _live(town, drone))
    return MINUTES * 60


def _tell(town: Town, drone: Host) -> None:
    flight = Flight(town, drone, STATION)
    sites = town.draw.sample(ELSEWHERE, 2)
    near = town.draw.uniform

    def tell() -> None:
        town.sent(drone, "vehicle_position_track", "person_location_track")
        north, east = sites[int(town.clock.now / (MINUTES * 60) * len(sites))]
        place = (north + near(-0.004, 0.004), east + near(-0.004, 0.004))
        pilot = (north + near(-0.0002, 0.0002), east + near(-0.0002, 0.0002))
        flight.tell(place, pilot, near(40, 110))

    town.clock.every(town.jitter(10), tell, first=town.draw.uniform(5, 15))


def _upload(town: Town, drone: Host, *, secure: bool) -> None:
    town.names[SURVEYOR_NAME] = SURVEYOR
    town.web.serve(SURVEYOR, 443 if secure else 80, name=SURVEYOR_NAME if secure else "")
    folder = town.draw.choice(("uav", "drone", "drones/vluchten", "luchtfoto"))
    number = 0

    def send() -> None:
        nonlocal number
        number += 1
        town.sent(drone, "aerial_imagery", readable=not secure)
        town.look_up(drone, SURVEYOR_NAME)
        request(
            drone.address,
            SURVEYOR,
            host=SURVEYOR_NAME,
            path=f"/{folder}/{town.seed}/{number:04}.jpg",
            body=town.draw.choice(squares()),
            kind="image/jpeg",
            secure=secure,
        )

    town.clock.every(town.jitter(300), send, first=town.draw.uniform(60, 120))


def _live(town: Town, drone: Host) -> None:
    town.sent(drone, "video_stream", readable=not town.secure)
    Viewing(town, drone, WATCHER, path="/uav/live").begin(5)


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
