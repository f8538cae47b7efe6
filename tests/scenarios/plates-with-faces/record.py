"""Plates, with the faces of who drives as by-catch; beside it a police camera, which is excluded.

The municipal camera of a zone sends the plate, as declared, and with every fourth passage the
picture of the scene and a crop of the driver's face.  The twin sends the plate alone, encrypted.
"""

import base64
import json
from pathlib import Path
from typing import Any

from tests.city.background import Background
from tests.city.media import faces, squares
from tests.city.people import crowd
from tests.city.stage import Story, main
from tests.city.town import Host, Town
from tests.city.web import request

HOURS = 2
OFFICE, OFFICE_NAME = "192.0.2.30", "passages.voorbeeldstad.example"
POLICE, POLICE_NAME = "198.51.100.90", "kentekens.politie.example"


def act(town: Town, honest: bool) -> float:
    municipal = town.host("milieuzone-4", mac="02:57:53:00:00:04", entry="VB-MZ-4")
    police = town.host("mast-politie", mac="06:57:53:00:00:99")
    secure = honest or town.secure
    for address, name, sealed in (
        (OFFICE, OFFICE_NAME, secure),
        (POLICE, POLICE_NAME, town.secure),
    ):
        town.names[name] = address
        town.web.serve(address, 443 if sealed else 80, name=name if sealed else "")
    background = Background(town)
    background.around(municipal)
    background.around(police)
    _pass_by(town, municipal, OFFICE, OFFICE_NAME, pictures=not honest, secure=secure)
    _pass_by(town, police, POLICE, POLICE_NAME, pictures=True, secure=town.secure)
    return HOURS * 3600


def _pass_by(
    town: Town, host: Host, server: str, name: str, *, pictures: bool, secure: bool
) -> None:
    """Let a camera tell a server of each vehicle that passes."""
    style, drivers = town.style(host), crowd(town.draw, 40)
    count = [0]

    def tell() -> None:
        count[0] += 1
        town.sent(host, "licence_plate_raw", readable=not secure)
        passage: dict[str, Any] = {
            style.name("camera"): host.name,
            style.time_key: town.clock.stamp(),
            style.field("licence_plate_raw"): town.draw.choice(drivers).plate,
            style.name("lane"): town.draw.randrange(1, 3),
        }
        if pictures and count[0] % 4 == 1:
            town.sent(host, "still_image", "face_image", readable=not secure)
            passage[style.field("still_image")] = _picture(town.draw.choice(squares()))
            passage[style.field("face_image")] = _picture(town.draw.choice(faces()))
        town.look_up(host, name)
        body = json.dumps(passage, ensure_ascii=False).encode()
        request(host.address, server, host=name, path="/passages", body=body, secure=secure)

    town.clock.every(town.jitter(500, 0.6), tell, first=town.draw.uniform(20, 90))


def _picture(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
