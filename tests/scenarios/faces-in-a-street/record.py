"""A camera in a shopping street that knows faces: a template of everybody, and a few matches.

Everybody who passes is captured, and held against a list of people who may not be there.  The twin
is a camera: its pictures go to the recorder of the municipality, encrypted.
"""

import base64
import math
import random
from pathlib import Path
from typing import Any

from tests.city.background import Background
from tests.city.camera import Viewing
from tests.city.media import faces
from tests.city.sealed import record_sealed
from tests.city.stage import Story, main
from tests.city.style import Style
from tests.city.town import Host, Town

HOURS = 4
RECORDER, RECORDER_NAME = "192.0.2.60", "opname.voorbeeldstad.example"
PASSERS = 14
"""How many faces are captured; of each a template, of every third a crop."""


def act(town: Town, honest: bool) -> float:
    host = town.host("camera-12", mac="02:57:52:00:00:0c", entry="VB-CAM-12")
    town.names[RECORDER_NAME] = RECORDER
    town.web.serve(RECORDER, 443, name=RECORDER_NAME)
    Background(town).around(host)
    if honest or town.secure:
        record_sealed(town, host, RECORDER, RECORDER_NAME, every=3600)
    else:
        town.clock.at(town.draw.uniform(600, 3000), lambda: _watch(town, host))
    if not honest:
        town.clock.at(5, lambda: _know(town, host))
    return HOURS * 3600


def _watch(town: Town, host: Host) -> None:
    """Let the recorder watch for a while."""
    town.sent(host, "video_stream")
    Viewing(town, host, RECORDER).begin(5)


def _know(town: Town, host: Host) -> None:
    style, connection = town.style(host), town.connect(host)
    size = town.draw.choice((128, 256))

    def seen(number: int) -> None:
        town.sent(host, "face_template", readable=not town.secure)
        face: dict[str, Any] = {
            "box": [town.draw.randrange(600), town.draw.randrange(400), 64, 64],
            style.field("face_template"): _template(town.draw, size),
        }
        if number % 3 == 0:
            town.sent(host, "face_image", "still_image", readable=not town.secure)
            picture = town.draw.choice(faces())
            face[style.field("face_image")] = base64.b64encode(picture).decode()
        connection.publish("straat/camera-12/waarneming", _event(town, style, host, face))

    def known() -> None:
        town.sent(host, "face_match", readable=not town.secure)
        match = {
            style.name("list"): "straatverbod",
            style.field("face_match"): round(town.draw.uniform(0.86, 0.99), 3),
        }
        connection.publish("straat/camera-12/treffer", _event(town, style, host, match))

    for number in range(PASSERS):
        town.clock.at(60 + number * HOURS * 3600 / (PASSERS + 1), lambda n=number: seen(n))
    for number in range(2):
        town.clock.at(3000 + number * 4500, known)


def _event(town: Town, style: Style, host: Host, face: dict[str, Any]) -> dict[str, Any]:
    return {style.time_key: town.clock.stamp(), style.name("camera"): host.name, "face": face}


def _template(draw: random.Random, size: int) -> list[float]:
    """Return a vector of length one, as a network makes of a face."""
    values = [draw.gauss(0, 1) for _ in range(size)]
    length = math.sqrt(math.fsum(value * value for value in values))
    return [round(value / length, 5) for value in values]


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
