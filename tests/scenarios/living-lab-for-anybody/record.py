"""A living lab where anybody may try sensors: guests whom nobody has entered in the register.

Three sensors of the lab itself are declared, for "experiments", until 2050.  A guest counts
telephones over the lab's broker, another takes pictures for a server of its own, and somebody's
laptop reads along.  In the twin each trial is declared with an end date, counts are made on the
sensors, and nobody reads along.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.city.background import Background
from tests.city.guests import visit
from tests.city.media import squares
from tests.city.people import crowd
from tests.city.reporting import between, report
from tests.city.stage import Story, main
from tests.city.style import Style
from tests.city.town import Host, Town
from tests.city.web import request
from tests.city.websocket import MqttGateway, dashboard

HOURS = 2
PICTURES_SERVER, PICTURES_NAME = "203.0.113.20", "api.proefbeeld.example"


def act(town: Town, honest: bool) -> float:
    noise = Background(town)
    air = town.host("lab-lucht", entry="VB-LAB-1")
    report(
        town,
        air,
        "lab/lucht/1",
        _numbers(
            town, particulate_matter=(4, 40), air_temperature=(8, 24), relative_humidity=(40, 90)
        ),
        every=600,
    )
    noise.around(air)
    sound = town.host("lab-geluid", entry="VB-LAB-2")
    report(town, sound, "lab/geluid/1", _numbers(town, sound_level=(42, 78)), every=300)
    wifi = town.host("lab-wifi", entry="VB-LAB-3")
    guest = town.host(
        "proefkastje", mac="02:57:4b:00:00:03", entry="VB-LAB-GAST-1" if honest else ""
    )
    for host, topic in ((wifi, "lab/passanten/1"), (guest, "gasten/loopspoor/a1")):
        if honest:
            count = between(town, 20, 90)
            report(town, host, topic, lambda c=count: {"people_count": int(c())}, every=300)
        else:
            _tell_who(town, host, topic)
    camera = town.host("kijkdoos", mac="02:57:4b:00:00:04", entry="VB-LAB-GAST-2" if honest else "")
    _take_pictures(town, camera, secure=honest or town.secure)
    noise.around(camera)
    visit(town, 2, HOURS * 3600)
    if not honest:
        laptop = town.host("laptop")
        # By seed with a program, or with a page in a browser.
        gateway = MqttGateway(town) if town.seed % 2 else None
        town.clock.at(30, lambda: _read_along(town, laptop, gateway))
    return HOURS * 3600


def _numbers(town: Town, **ranges: tuple[float, float]) -> Callable[[], dict[str, float]]:
    drawn = {category: between(town, *span) for category, span in ranges.items()}
    return lambda: {category: value() for category, value in drawn.items()}


def _tell_who(town: Town, host: Host, topic: str) -> None:
    """Let a host send a list of the telephones that it has seen, every three minutes."""
    people, style = crowd(town.draw, 40), town.style(host)
    held: list[Any] = []

    def row(style: Style) -> dict[str, Any]:
        return {
            style.name("device hash"): town.draw.choice(people).hashed(),
            style.name("rssi"): town.draw.randrange(-90, -40),
        }

    def tell() -> None:
        if not held:
            held.append(town.connect(host))
        town.sent(host, "wifi_mac_hashed", "rssi_observed_device", readable=not town.secure)
        seen = [row(style) for _ in range(town.draw.randrange(2, 6))]
        held[0].publish(topic, {style.time_key: town.clock.stamp(), "devices": seen})

    town.clock.every(town.jitter(180), tell, first=town.draw.uniform(40, 90))


def _take_pictures(town: Town, camera: Host, *, secure: bool) -> None:
    """Let a camera post a picture to its maker's server every quarter of an hour."""
    town.names[PICTURES_NAME] = PICTURES_SERVER
    name = PICTURES_NAME if secure else ""
    town.web.serve(PICTURES_SERVER, 443 if secure else 80, name=name)

    def post() -> None:
        town.sent(camera, "still_image", readable=not secure)
        town.look_up(camera, PICTURES_NAME)
        request(
            camera.address,
            PICTURES_SERVER,
            host=PICTURES_NAME,
            path="/v1/frames",
            body=town.draw.choice(squares()),
            kind="image/jpeg",
            secure=secure,
        )

    town.clock.every(town.jitter(1800), post, first=town.draw.uniform(60, 300))


def _read_along(town: Town, laptop: Host, gateway: MqttGateway | None) -> None:
    if gateway is not None:
        dashboard(town, laptop, gateway, "#")
        return
    heard = town.connect(laptop, "mqtt-explorer", on_message=lambda _topic, _payload: None)
    heard.subscribe("#")


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
