"""A workstation of the police that asks a database of faces, on a municipal network: excluded.

The camera of the municipality brings its pictures to the recorder, encrypted.  A workstation of
the police in the same control room sends pictures of faces to the database.  The order excludes
it, so of that nothing is decoded and nothing is said.  In the twin it asks nothing.
"""

from pathlib import Path

from tests.city.background import Background
from tests.city.guests import visit
from tests.city.media import faces
from tests.city.sealed import record_sealed
from tests.city.stage import Story, main
from tests.city.town import Host, Town
from tests.city.web import request

HOURS = 2
RECORDER, RECORDER_NAME = "192.0.2.60", "opname.voorbeeldstad.example"
DATABASE, DATABASE_NAME = "198.51.100.91", "gezichten.politie.example"


def act(town: Town, honest: bool) -> float:
    camera = town.host("camera-40", mac="02:57:55:00:00:28", entry="VB-CAM-40")
    police = town.host("werkplek-politie", mac="06:57:55:00:00:99")
    town.names |= {RECORDER_NAME: RECORDER, DATABASE_NAME: DATABASE}
    town.web.serve(RECORDER, 443, name=RECORDER_NAME)
    sealed = DATABASE_NAME if town.secure else ""
    town.web.serve(DATABASE, 443 if sealed else 80, name=sealed)
    background = Background(town)
    background.around(camera)
    background.around(police)
    record_sealed(town, camera, RECORDER, RECORDER_NAME, every=1800)
    visit(town, 2, HOURS * 3600)
    if not honest:
        first = town.draw.uniform(60, 900)
        town.clock.every(town.jitter(1200, 0.5), lambda: _ask(town, police), first=first)
    return HOURS * 3600


def _ask(town: Town, police: Host) -> None:
    """Ask who somebody on a picture is."""
    town.sent(police, "face_image", readable=not town.secure)
    town.look_up(police, DATABASE_NAME)
    request(
        police.address,
        DATABASE,
        host=DATABASE_NAME,
        path="/zoeken",
        body=town.draw.choice(faces()),
        kind="image/jpeg",
        secure=town.secure,
    )


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
