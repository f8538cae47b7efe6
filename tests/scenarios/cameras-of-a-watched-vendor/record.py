"""Cameras of a vendor that the municipality itself wants to be told of.

They say who made them when they are looked for (by seed by WS-Discovery, UPnP or mDNS), in the
banner of their web page, and by the cloud of their maker, with which they keep in touch.  One of
them is in no register.  In the twin all cameras are of another maker, know no cloud, and are
watched in TLS.
"""

import random
from pathlib import Path

from tests.city.background import Background
from tests.city.camera import Viewing
from tests.city.discovery import Findable
from tests.city.neighbours import Mdns, Product, Ssdp
from tests.city.stage import Story, main
from tests.city.town import Host, Town
from tests.city.vendor_cloud import VendorCloud
from tests.city.web import request

MINUTES = 20
CONTROL_ROOM = "192.0.2.20"
CLOUD_ADDRESS, CLOUD_NAME = "203.0.113.66", "p2p.verkijkvast-cloud.example"
WATCHED, OTHER = "Verkijkvast", "Helderblik"


def act(town: Town, honest: bool) -> float:
    noise = Background(town)
    town.known("control room", CONTROL_ROOM, "02:57:48:00:00:14")
    cloud = VendorCloud(town, CLOUD_ADDRESS, CLOUD_NAME)
    series = town.draw.randrange(2, 9)
    for number in range(1, 4 if honest else 5):
        declared = number <= 3
        camera = town.host(
            f"camera-{number}",
            mac=f"02:57:4b:00:00:0{number}",
            entry=f"VB-CAM-{number}" if declared else "",
        )
        maker = OTHER if honest or number == 3 else WATCHED
        model = f"{maker[:2].upper()}-{series}{number}43-I"
        _can_be_found(town, camera, maker, model)
        noise.around(camera, introduced=True)
        if maker == WATCHED:
            cloud.keep_touch(camera, 60)
        if declared:
            seconds = town.draw.uniform(4, 7)
            start = number * 200 + town.draw.uniform(0, 100)
            town.clock.at(start, lambda c=camera, s=seconds: _watch(town, c, s, honest))
            if not (honest or town.secure):
                _has_a_page(town, camera, maker)
    return MINUTES * 60


def _can_be_found(town: Town, camera: Host, maker: str, model: str) -> None:
    found = _as_found(town, camera, maker, model)
    town.clock.at(town.draw.uniform(1, 10), found.say_hello)
    town.clock.every(
        town.jitter(400), lambda: found.be_found(CONTROL_ROOM), first=town.draw.uniform(20, 60)
    )


def _as_found(town: Town, camera: Host, maker: str, model: str) -> Findable | Ssdp | Mdns:
    way = random.Random(f"{town.seed} {camera.name} found").randrange(3)
    if not way:
        told = {"name": f"{maker} {model}", "hardware": model, "manufacturer": maker}
        return Findable(town, camera, told)
    product = Product(maker, model, "5.2.1")
    if way == 1:
        return Mdns(town, camera, product, "_rtsp._tcp", 554)
    found = Ssdp(town, camera, product)
    if not town.secure:
        found.describe()
    return found


def _watch(town: Town, camera: Host, seconds: float, honest: bool) -> None:
    secure = honest or town.secure
    town.sent(camera, "video_stream", readable=not secure)
    Viewing(town, camera, CONTROL_ROOM, secure=secure).begin(seconds)


def _has_a_page(town: Town, camera: Host, maker: str) -> None:
    """Let somebody in the control room open the camera's page once."""
    town.web.serve(
        camera.address,
        80,
        in_street=True,
        banner=f"{maker}-Webs",
        answer=lambda *_: ("text/html", b"<html><title>Login</title></html>"),
    )

    def look() -> None:
        with town.wire.among_servers():
            request(CONTROL_ROOM, camera.address, host=camera.address, agent="Mozilla/5.0")

    town.clock.at(town.draw.uniform(700, 900), look)


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
